"""Lists with their versions in a database, so that the state of any day can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from readout.errors import ContentError, OptionError, ReadoutError
from readout.resolve.lists import queries
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.formats import parse
from readout.resolve.lists.place import default_file
from readout.resolve.lists.published import Published
from readout.resolve.lists.queries import Version
from readout.resolve.lists.records import from_text
from readout.resolve.lists.schema import LISTS, WRITES, engine
from readout.resolve.lists.source import fetch
from readout.resolve.lists.spans import Standing, put, standings

FEWEST = 0.5
"""The share of the entries of the version in force below which a new one is taken for cut off."""
LONGEST_NAME = 200


class Added(NamedTuple):
    """What adding a list came to."""

    version: Version
    is_new: bool
    """False where the version in force on that day had the same content, and nothing was changed."""


class Changes(NamedTuple):
    """How a list's state on one day differs from that on another."""

    added: list[Entry]
    changed: list[tuple[Entry, Entry]]
    """Before and after."""
    removed: list[Entry]


class Lists:
    """Sanctions lists with their versions.

    Args:
        database: a SQLite file, or the address of a database that SQLAlchemy knows; by default a file in the user's
            data directory.

    Raises:
        OptionError: the database cannot be opened.
    """

    def __init__(self, database: str | Path | None = None) -> None:
        self._database = database or default_file()
        try:
            self._engine = engine(self._database)
        except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
            raise OptionError(f"{_shown(self._database)}: no usable database ({_reason(error)})") from None

    def add(self, source: str | Path, name: str, day: date | None = None, *, allow_private: bool = False) -> Added:
        """Add a version of a list, whole or not at all.

        Args:
            source: a file, a folder with OFAC's tables, or an address.
            name: the name the list goes by.
            day: the day the list is of; by default the day it states, else today.
            allow_private: whether addresses in private networks may be fetched from.

        Returns:
            The version, and whether it is a new one.

        Raises:
            OptionError: the name cannot be one.
            SourceError: it cannot be read or fetched.
            ContentError: it is in no known format, cut off or damaged, or has fewer than half the entries of the
                version in force.
        """
        if not name.isprintable() or not 0 < len(name.strip()) <= LONGEST_NAME:
            raise OptionError("the name of a list has 1 to 200 showable characters")
        got = fetch(source, allow_private=allow_private)
        try:
            published = parse(got.parts, name)
            version = _version(name, day, published, got.sha256, got.origin)
            return self._add(version, published.entries)
        except ContentError as error:
            raise ContentError(f"{got.origin}: {error}; nothing is changed") from None

    def _add(self, version: Version, entries: list[Entry]) -> Added:
        with self._transaction(writes=True) as connection:
            list_id = queries.list_id(connection, version.name)
            known = queries.versions(connection, version.name)
            before = next((v for v in reversed(known) if v.day <= version.day), None)
            if before and before.sha256 == version.sha256:
                return Added(before, False)
            if before and version.entries < FEWEST * before.entries:
                raise ContentError(
                    f"holds {version.entries:,} entries where the version of {before.day} has {before.entries:,}"
                )
            after = next((v.day for v in known if v.day > version.day), None)
            put(connection, list_id, queries.contents(connection, list_id, entries), version.day, after)
            queries.record(connection, list_id, version)
            return Added(version, True)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def names(self) -> list[str]:
        """The names of the lists in the store."""
        with self._transaction() as connection:
            return list(connection.scalars(sa.select(LISTS.c.name).order_by(LISTS.c.name)))

    def versions(self, name: str) -> list[Version]:
        """The versions of a list, oldest first.

        Raises:
            OptionError: there is no such list.
        """
        with self._transaction() as connection:
            found = queries.versions(connection, name)
        if not found:
            raise OptionError(f"{name}: no such list in {_shown(self._database)}")
        return found

    def entries(self, name: str | None = None, on: date | None = None) -> list[Entry]:
        """The entries in force on a day.

        An entry is in force if it stood in the newest version dated not after the day, and the day is not outside
        the listing dates that the list gives. Where the list states that an entry was listed after that version and
        not after the day, it is in force too, although it stands only in the version after the day; so one later
        version is enough where a list gives listing dates.

        Args:
            name: the list; by default all lists.
            on: the day; by default the state of each list's newest version.

        Returns:
            The entries. Where the list gives no listing dates, `listed_on` is the day of the first version in which
            the entry stood, unless that is the list's first; `delisted_on` is that of the first in which it no longer
            did.
        """
        return [entry for listed in self._named(name) for entry in self._state(listed, on)]

    def known(self, name: str | None = None) -> list[Entry]:
        """Every entry that ever stood in a list, with its newest content and the dates from and to which it stood.

        An entry that was taken off and put back comes once for each time.

        Args:
            name: the list; by default all lists.
        """
        return [entry for listed in self._named(name) for entry in self._known(listed)]

    def changes(self, name: str, before: date | None = None, after: date | None = None) -> Changes:
        """What was added to a list, changed and removed between two days.

        Args:
            name: the list.
            before: the earlier day; by default that of the version before the newest.
            after: the later day; by default that of the newest version.

        Raises:
            OptionError: there is no such list.
        """
        days = [version.day for version in self.versions(name)]
        old = {e.id: e for e in self._state(name, before or days[-2])} if before or len(days) > 1 else {}
        new = {e.id: e for e in self._state(name, after or days[-1])}
        both = [key for key in new if key in old]
        return Changes(
            added=[new[key] for key in new if key not in old],
            changed=[(old[key], new[key]) for key in both if _stated(old[key]) != _stated(new[key])],
            removed=[old[key] for key in old if key not in new],
        )

    def _named(self, name: str | None) -> list[str]:
        return [self.versions(name)[0].name] if name is not None else self.names()

    def _state(self, name: str, on: date | None) -> list[Entry]:
        with self._transaction() as connection:
            versions = queries.versions(connection, name)
            list_id = queries.list_id(connection, name)
            times = standings(connection, list_id)
            day = on or versions[-1].day
            at = max((v.day for v in versions if v.day <= day), default=None)
            after = min((v.day for v in versions if v.day > day), default=None)
            stood = queries.texts(connection, list_id, at)
            there = {key for key, _ in stood}
            coming = [text for key, text in queries.texts(connection, list_id, after) if key not in there]
        first = versions[0].day
        entries = [_dated(from_text(text, name), _during(times[key], at or day), first) for key, text in stood]
        if on is not None:
            entries = [entry for entry in entries if entry.in_force(on)]
            stated = (from_text(text, name) for text in coming)
            entries += [e for e in stated if e.listed_on and (at or date.min) < e.listed_on and e.in_force(on)]
        return entries

    def _known(self, name: str) -> list[Entry]:
        with self._transaction() as connection:
            first = queries.versions(connection, name)[0].day
            times = standings(connection, queries.list_id(connection, name))
        return [_dated(from_text(s.text, name), s, first) for spans in times.values() for s in spans]

    @contextmanager
    def _transaction(self, *, writes: bool = False) -> Iterator[sa.Connection]:
        try:
            with self._engine.execution_options(**{WRITES: writes}).begin() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise ReadoutError(f"{_shown(self._database)}: the database failed ({_reason(error)})") from None


def _version(name: str, day: date | None, published: Published, sha256: str, origin: str) -> Version:
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    of = day or published.day or now.date()
    return Version(name, of, len(published.entries), now, sha256, origin, published.form)


def _during(times: list[Standing], day: date) -> Standing:
    return next(span for span in reversed(times) if span.since <= day)


def _dated(entry: Entry, standing: Standing, first: date) -> Entry:
    """The entry with the dates that the versions tell where the list itself tells none."""
    listed = entry.listed_on or (standing.since if standing.since > first else None)
    return replace(entry, listed_on=listed, delisted_on=entry.delisted_on or standing.until)


def _stated(entry: Entry) -> Entry:
    """The entry without dates, which also tell of versions."""
    return replace(entry, listed_on=None, delisted_on=None)


def _shown(database: str | Path) -> str:
    """The name of a database without a password."""
    text = str(database)
    return sa.make_url(text).render_as_string() if "://" in text else text


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())[:160] or type(error).__name__
