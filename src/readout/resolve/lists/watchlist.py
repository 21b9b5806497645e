"""All lists that screening asks: those in the store, and the shipped one as far as the store does not hold it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from readout.errors import OptionError
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.place import default_file
from readout.resolve.lists.shipped import Shipped, shipped, stale


class Watchlist(NamedTuple):
    """Entries of several lists with their dates, to be asked by `Entry.in_force`."""

    entries: tuple[Entry, ...]
    days: dict[str, date]
    """The day of the newest version of each list."""
    own: bool
    """Whether the shipped list stands in it as it came."""
    since: dict[str, date]
    """The day of the first version of each list."""

    def status(self, entry: Entry, on: date) -> bool | None:
        """Whether an entry was in force on a day.

        Args:
            entry: one of these entries.
            on: the day.

        Returns:
            Yes or no; None where the day lies before the list's first version and the list does not say since when
            the entry is listed.
        """
        if entry.listed_on is None and on < self.since[entry.list] and entry.in_force(on):
            return None
        return entry.in_force(on)

    def warnings(self, on: date | None = None, only: Container[str] = ()) -> list[str]:
        """One line for each list that is too old, or begins too late, to tell of a day.

        Args:
            on: the day asked about; by default today.
            only: the lists asked; by default all.
        """
        asked = on or datetime.now(UTC).date()
        days = {name: day for name, day in self.days.items() if not only or name in only}
        own = self.own and shipped().name in days
        came = [shipped().warning(asked)] if own else []
        added = [stale(name, day, asked) for name, day in days.items() if not own or name != shipped().name]
        return [line for line in (*came, *added) if line]


def watchlist(database: str | Path | None = None) -> Watchlist:
    """The lists to screen against.

    Args:
        database: as for `Lists`; where the default file does not exist, only the shipped list.

    Returns:
        Every entry that ever stood in one of them. A list added under the shipped one's name continues it: up to the
        first added version its history holds, from then on that of the store.

    Raises:
        OptionError: the database is not there or cannot be opened.
    """
    came = shipped()
    if database is None and not default_file().exists():
        return Watchlist(came.entries, {came.name: came.day}, True, {came.name: came.since})
    if database is not None and "://" not in str(database) and not Path(database).exists():
        raise OptionError(f"{database}: no such database; lists are added with readout lists add --db")
    from readout.resolve.lists.store import Lists

    lists = Lists(database)
    versions = {name: lists.versions(name) for name in lists.names()}
    days = {name: held[-1].day for name, held in versions.items()}
    since = {name: held[0].day for name, held in versions.items()}
    stored = lists.known()
    lists.close()
    if came.name not in versions:
        days, since = {came.name: came.day, **days}, {came.name: came.since, **since}
        return Watchlist((*came.entries, *stored), days, True, since)
    first = since[came.name]
    since[came.name] = min(first, came.since)
    others = [entry for entry in stored if entry.list != came.name]
    same = [entry for entry in stored if entry.list == came.name]
    return Watchlist((*others, *continued(came, same, first)), days, False, since)


def continued(came: Shipped, stored: Sequence[Entry], first: date) -> Iterator[Entry]:
    """The shipped list up to the day of the first added version, and the added versions from then on.

    Args:
        came: the shipped list.
        stored: the same list's entries in the store.
        first: the day of its first version there.
    """
    if first <= came.since:
        yield from stored
        return
    at_first = {entry.id for entry in stored if entry.listed_on is None or entry.listed_on <= first}
    before = {e.id: e for e in came.entries if e.in_force(first) and (e.listed_on is None or e.listed_on <= first)}
    for entry in came.entries:
        if entry.listed_on is None or entry.listed_on < first:
            if entry.id not in before:
                yield entry
            elif entry.id not in at_first:
                yield replace(entry, delisted_on=first)
    for entry in stored:
        if entry.listed_on is not None:
            yield entry
        else:
            earlier = before.get(entry.id)
            yield replace(entry, listed_on=earlier.listed_on if earlier else first)
