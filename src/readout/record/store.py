"""The record: what all readouts say together, kept in one SQLite file or in a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

from readout.errors import OptionError
from readout.record import decisions, fulltext, sources, writing
from readout.record import tables as t
from readout.record.database import Database, default_file, insert
from readout.record.decisions import Decision, Edit, Verdict
from readout.record.fulltext import Found, Searched
from readout.record.keys import article_id, content_hash
from readout.record.revisions import Change
from readout.record.writing import Added
from readout.schema import Article, Readout

BATCH = 256
"""Readouts of `add_many` that share a transaction; none is acknowledged before it is committed."""


class Kept(NamedTuple):
    """An article of the record."""

    id: str
    given_id: str | None
    """The id it came in with."""
    url: str | None
    title: str | None
    outlet: str | None
    country: str | None
    """The outlet's, ISO 3166-1 alpha-3."""
    outlet_kind: str | None
    """independent, state, official, agency"""
    published: str | None
    text: str
    added_at: datetime
    """UTC."""
    revision_of: str | None
    """The id of the version before."""
    source_group: str | None
    """The id of the first of the articles that copy one report; `None` until `Record.regroup`."""


class Record:
    """A record, opened and brought up to date.

        with Record("beat.sqlite") as record:
            for added in record.add_many(readouts):
                print(added.id, added.state)

    Args:
        database: a SQLite file, or the address of a PostgreSQL database; by default a file in the user's data
            directory.

    Raises:
        OptionError: the database cannot be opened, or was made by a newer Readout.
    """

    def __init__(self, database: str | Path | None = None) -> None:
        self.database = Database(database or default_file())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    def add(self, readout: Readout) -> Added:
        """Add one readout with its article, whole or not at all.

        Raises:
            ContentError: it cannot be stored.
        """
        prepared = writing.prepare(readout)
        with self.database.writing() as connection:
            return writing.write(connection, [prepared])[0]

    def add_many(self, readouts: Iterable[Readout], *, batch: int = BATCH) -> Iterator[Added]:
        """Add readouts, some of them in one transaction, each whole or not at all.

        Args:
            readouts: taken only as fast as they are stored.
            batch: how many share a transaction.

        Yields:
            What became of each, in their order, once it is safe in the database.

        Raises:
            ContentError: a readout cannot be stored; those before its batch are in the record.
        """
        remaining = iter(readouts)
        while prepared := [writing.prepare(readout) for readout in islice(remaining, batch)]:
            with self.database.writing() as connection:
                added = writing.write(connection, prepared)
            yield from added

    def reading_of(self, article: Article, given_id: str | None = None) -> Readout | None:
        """A readout of an article that the record has already: its own, or that of a copy published on the same day.

        Args:
            article: the article.
            given_id: the id it came in with, if any.

        Returns:
            The readout, of this article; `None` where it must be read.
        """
        a = t.ARTICLES.c
        id, given = article_id(article, given_id), given_id or article.id
        with self.database.reading() as connection:
            chosen = sa.select(a.id, t.READOUTS.c.json).join(t.READOUTS)
            chosen = chosen.where(a.content_hash == content_hash(article.text))
            found = connection.execute(chosen.where(sa.or_(a.id == id, a.published == article.published))).all()
        if not found:
            return None
        own = next((json for known, json in found if known == id), None)
        readout = Readout.model_validate_json(own or found[0][1])
        return readout if own else readout.model_copy(update={"id": given, "article": article})

    def visit(self, url: str) -> tuple[str | None, str | None, datetime] | None:
        """The ETag, the Last-Modified and the moment (UTC) of the last visit to an address."""
        v = t.VISITS.c
        with self.database.reading() as connection:
            chosen = sa.select(v.etag, v.last_modified, v.visited_at).where(v.url == url)
            found = connection.execute(chosen).one_or_none()
        return (found[0], found[1], found[2]) if found else None

    def visited(self, url: str, etag: str | None, last_modified: str | None, outcome: str) -> None:
        """Note a visit to an address.

        Args:
            url: the address.
            etag: what its server called what it gave.
            last_modified: when it said that was made.
            outcome: what came of it.
        """
        now = datetime.now(UTC).replace(tzinfo=None)
        with self.database.writing() as connection:
            connection.execute(t.VISITS.delete().where(t.VISITS.c.url == url))
            insert(connection, t.VISITS, [(url, etag, last_modified, now, outcome)])

    def remove(self, id: str) -> None:
        """Remove an article with everything that rests on it; decisions stay.

        Raises:
            OptionError: there is no such article.
        """
        with self.database.writing() as connection:
            key = self._key(connection, id)
            connection.execute(t.ARTICLES.delete().where(t.ARTICLES.c.key == key))

    def article(self, id: str) -> Kept:
        """An article.

        Args:
            id: its id in the record, or the id it came in with (then the newest version).

        Raises:
            OptionError: there is no such article.
        """
        with self.database.reading() as connection:
            key = self._key(connection, id)
            return Kept(*connection.execute(_KEPT.where(t.ARTICLES.c.key == key)).one())

    def articles(self, as_of: str | None = None, *, revised: bool = False) -> Iterator[Kept]:
        """The articles in the order of their ids.

        Args:
            as_of: only what was known on this day (ISO 8601).
            revised: versions that were revised since, too.
        """
        with self.database.reading() as connection:
            chosen = _KEPT.where(*_current(as_of, revised)).order_by(t.ARTICLES.c.id)
            for row in connection.execution_options(yield_per=200).execute(chosen):
                yield Kept(*row)

    def readout(self, id: str) -> Readout:
        """The readout of an article, as it was made.

        Args:
            id: the article's id in the record, or the id it came in with.

        Raises:
            OptionError: there is no such article.
        """
        with self.database.reading() as connection:
            chosen = sa.select(t.READOUTS.c.json).where(t.READOUTS.c.article == self._key(connection, id))
            return Readout.model_validate_json(connection.execute(chosen).scalar_one())

    def readouts(self, as_of: str | None = None, *, revised: bool = False) -> Iterator[tuple[str, Readout]]:
        """The readouts, each with its article's id, in the order of the ids.

        Args:
            as_of: only of articles known on this day (ISO 8601).
            revised: of versions that were revised since, too.
        """
        with self.database.reading() as connection:
            chosen = sa.select(t.ARTICLES.c.id, t.READOUTS.c.json).join(t.READOUTS)
            chosen = chosen.where(*_current(as_of, revised)).order_by(t.ARTICLES.c.id)
            for id, json in connection.execution_options(yield_per=50).execute(chosen):
                yield id, Readout.model_validate_json(json)

    def search(
        self,
        words: str,
        *,
        kind: Searched = "articles",
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        limit: int = 20,
    ) -> list[Found]:
        """Look for words in articles or statements; see `fulltext.search`."""
        with self.database.reading() as connection:
            return fulltext.search(connection, words, kind=kind, since=since, until=until, outlet=outlet, limit=limit)

    def changes(self, id: str) -> list[Change]:
        """What a revision gained and lost against the version before it; [] for an article that is none.

        Raises:
            OptionError: there is no such article.
        """
        c = t.CHANGES.c
        with self.database.reading() as connection:
            chosen = sa.select(c.sign, c.kind, c.words, c.start_char, c.end_char)
            key = self._key(connection, id)
            return [Change(*row) for row in connection.execute(chosen.where(c.article == key).order_by(c.place))]

    def regroup(self) -> int:
        """Find copies of one report anew, over all articles; gives how many articles changed their group."""
        with self.database.writing() as connection:
            return sources.regroup(connection)

    def is_grouped(self) -> bool:
        """Whether every article has been held against the others for copies."""
        a = t.ARTICLES.c
        with self.database.reading() as connection:
            return connection.scalar(sa.select(a.key).where(a.source_group.is_(None)).limit(1)) is None

    def settle(self) -> None:
        """Work out what became of what is due today, and keep it, so that what is due is told at once."""
        from readout.record.questions.due import outcomes_today
        from readout.record.questions.settled import keep

        with self.database.reading() as connection:
            found = outcomes_today(connection)
        with self.database.writing() as connection:
            keep(connection, found)

    def copies(self) -> list[list[str]]:
        """The ids of articles that copy one report, a list for each report that has copies."""
        a = t.ARTICLES.c
        groups: dict[str, list[str]] = {}
        with self.database.reading() as connection:
            for id, group in connection.execute(sa.select(a.id, a.source_group).order_by(a.id)):
                groups.setdefault(group or id, []).append(id)
        return [ids for _, ids in sorted(groups.items()) if len(ids) > 1]

    def independent(self, ids: Iterable[str]) -> int:
        """How many independent sources some articles are: copies of one report count once."""
        a, remaining = t.ARTICLES.c, iter(ids)
        groups: set[str] = set()
        with self.database.reading() as connection:
            while some := list(islice(remaining, 500)):
                chosen = sa.select(sa.func.coalesce(a.source_group, a.id)).where(a.id.in_(some))
                groups.update(connection.scalars(chosen))
        return len(groups)

    def decide(
        self, what: str, verdict: Verdict, by: str, why: str | None = None, change: Edit | None = None
    ) -> Decision:
        """Keep what somebody decided; see `decisions.decide`."""
        with self.database.writing() as connection:
            return decisions.decide(connection, what, verdict, by, why, change)

    def undo(self, decision: int) -> None:
        """Take a decision back; it stays in the record with the moment at which it was undone.

        Raises:
            OptionError: there is none of that number, or it is undone already.
        """
        with self.database.writing() as connection:
            decisions.undo(connection, decision)

    def decisions(self, what: str | None = None, *, undone: bool = False) -> list[Decision]:
        """The decisions that stand, oldest first.

        Args:
            what: only those about this.
            undone: those that were undone, too.
        """
        with self.database.reading() as connection:
            return decisions.decisions(connection, what, undone=undone)

    def _key(self, connection: sa.Connection, id: str) -> int:
        a = t.ARTICLES.c
        key = connection.scalar(sa.select(a.key).where(a.id == id))
        if key is None:
            newest = sa.select(a.key).where(a.given_id == id).order_by(a.key.desc()).limit(1)
            key = connection.scalar(newest)
        if key is None:
            raise OptionError(f"{id[:80]}: no such article in {self.database.shown}")
        return int(key)


_BEFORE = t.ARTICLES.alias("before")
_LATER = t.ARTICLES.alias("later")
_KEPT: sa.Select[Any] = (
    sa.select(
        *(t.ARTICLES.c[name] for name in ("id", "given_id", "url", "title", "outlet")),
        t.OUTLETS.c.country,
        t.OUTLETS.c.kind,
        *(t.ARTICLES.c[name] for name in ("published", "text", "added_at")),
        _BEFORE.c.id,
        t.ARTICLES.c.source_group,
    )
    .outerjoin_from(t.ARTICLES, t.OUTLETS)
    .outerjoin(_BEFORE, _BEFORE.c.key == t.ARTICLES.c.revision_of)
)


def _current(as_of: str | None, revised: bool) -> list[sa.ColumnElement[bool]]:
    """Conditions for the articles known on a day, without those that had been revised by then."""
    conditions: list[sa.ColumnElement[bool]] = [t.ARTICLES.c.known_on <= as_of] if as_of else []
    if not revised:
        later = sa.exists().where(_LATER.c.revision_of == t.ARTICLES.c.key)
        conditions.append(~(later.where(_LATER.c.known_on <= as_of) if as_of else later))
    return conditions
