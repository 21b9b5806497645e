"""Readouts into the tables: which of them are new, which known, which revise another, and all their rows at once."""

from __future__ import annotations

import hashlib
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from readout.errors import ContentError
from readout.knowledge.outlets import outlet
from readout.record import tables as t
from readout.record.database import insert, update_all
from readout.record.days import known_on
from readout.record.fulltext import index
from readout.record.keys import PLACES, address, article_id, bounds, content_hash
from readout.record.revisions import differences
from readout.record.rows import DEPENDENT, KEYED, Rows, rows_of, storable
from readout.record.signatures import ALIKE, likeness, signature
from readout.schema import Readout

UNDATED = "~"
"""Sorts behind every day."""
State = Literal["new", "same", "revision", "reread"]
ORDER = (t.OUTLETS, t.ARTICLES, t.SIGNATURES, t.CREDITS, t.READOUTS, *KEYED, *DEPENDENT, t.CHANGES)
"""Tables in the order in which their rows can be inserted."""


class Added(NamedTuple):
    """What adding a readout came to."""

    id: str
    """The article's id in the record."""
    state: State
    """`new`; `same`: article and readout were there; `revision`: a new version of an article that was there; `reread`:
    the article was there and its readout is replaced."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A readout with all that can be made of it outside a transaction."""

    readout: Readout
    id: str
    given_id: str | None
    address: str | None
    json: str
    digest: str
    minima: bytes


class _Known(NamedTuple):
    key: int
    id: str
    published: str
    """When it was published, or what sorts behind every day: then the order of arrival alone tells."""


def prepare(readout: Readout) -> Prepared:
    """Make a readout ready to be written.

    Raises:
        ContentError: it cannot be stored.
    """
    article = readout.article
    name = readout.id[:80]
    if not article.text.strip() or len(article.text) >= PLACES:
        raise ContentError(f"{name}: the readout has no text, or one of more than {PLACES:,} characters")
    try:
        json = readout.to_json()
    except ValueError:
        raise ContentError(f"{name}: the readout cannot be written as JSON") from None
    given = readout.id if readout.id != article.id else None
    return Prepared(
        readout,
        article_id(article, given),
        given,
        address(article.url) if article.url else None,
        json,
        hashlib.blake2b(json.encode(), digest_size=16).hexdigest(),
        signature(article.text),
    )


def _published(one: Prepared) -> str:
    return one.readout.article.published or UNDATED


def write(connection: sa.Connection, batch: Sequence[Prepared]) -> list[Added]:
    """Write readouts, all or none.

    Args:
        connection: of a writing transaction.
        batch: the readouts.

    Returns:
        What became of each, in their order.

    Raises:
        ContentError: a readout does not fit its text.
    """
    writing = _Writing(connection, batch)
    added = [writing.add(one) for one in batch]
    writing.flush()
    return added


class _Writing:
    def __init__(self, connection: sa.Connection, batch: Sequence[Prepared]) -> None:
        self.connection = connection
        self.now = datetime.now(UTC).replace(tzinfo=None)
        self.next_key = (connection.scalar(sa.select(sa.func.max(t.ARTICLES.c.key))) or 0) + 1
        self.known = self._known(one.id for one in batch)
        self.versions = self._versions("address", (one.address for one in batch))
        self.same_name = self._versions("given_id", (one.given_id for one in batch))
        self.fresh: dict[int, Prepared] = {}
        self.rows: Rows = defaultdict(list)

    def _known(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """The key and the digest of the readout of each article that is there, by its id."""
        found = sa.select(t.ARTICLES.c.id, t.ARTICLES.c.key, t.READOUTS.c.digest).join(t.READOUTS)
        return {id: (key, digest) for id, key, digest in self._in(found, t.ARTICLES.c.id, ids)}

    def _versions(self, column: str, values: Iterable[str | None]) -> dict[str, list[_Known]]:
        """The versions of each article that is there, oldest first, by where it was published or by its given id."""
        by, a = t.ARTICLES.c[column], t.ARTICLES.c
        chosen = sa.select(by, a.key, a.id, sa.func.coalesce(a.published, UNDATED)).order_by(a.key)
        found: dict[str, list[_Known]] = defaultdict(list)
        for value, *known in self._in(chosen, by, values):
            insort(found[value], _Known(*known), key=lambda version: version.published)
        return found

    def _in(self, query: sa.Select[Any], column: sa.Column[Any], values: Iterable[str | None]) -> Iterable[Any]:
        wanted = {value for value in values if value}
        return self.connection.execute(query.where(column.in_(wanted))) if wanted else ()

    def add(self, one: Prepared) -> Added:
        if one.id in self.known:
            key, digest = self.known[one.id]
            if digest == one.digest:
                return Added(one.id, "same")
            self._replace(one, key)
            return Added(one.id, "reread")
        before, after = self._between(one)
        self._insert(one, before)
        if after:
            self._follow(one, after)
        return Added(one.id, "revision" if before or after else "new")

    def _between(self, one: Prepared) -> tuple[_Known | None, _Known | None]:
        """The versions that an article revises and that revise it: those at its address that were published before and
        after it, whichever came first; without an address, a like text of its name."""
        if one.address:
            versions = self.versions[one.address]
            place = bisect_right(versions, _published(one), key=lambda version: version.published)
            return (versions[place - 1] if place else None), (versions[place] if place < len(versions) else None)
        known = self.same_name[one.given_id][-1] if one.given_id and self.same_name[one.given_id] else None
        return (known if known and likeness(one.minima, self._minima(known.key)) >= ALIKE else None), None

    def _minima(self, key: int) -> bytes:
        if key in self.fresh:
            return self.fresh[key].minima
        found = self.connection.scalar(sa.select(t.SIGNATURES.c.minima).where(t.SIGNATURES.c.article == key))
        return bytes(found or b"")

    def _insert(self, one: Prepared, before: _Known | None) -> None:
        key, self.next_key = self.next_key, self.next_key + 1
        day = known_on(one.readout.article.published, self.now, is_revision=before is not None)
        for table, rows in rows_of(one.readout, key, day).items():
            self.rows[table] += rows
        self.rows[t.ARTICLES].append(self._article(one, key, before.key if before else None, day))
        self.rows[t.SIGNATURES].append((key, one.minima))
        self._about(one, key)
        if before:
            self.rows[t.CHANGES] += [
                (key, n, *c) for n, c in enumerate(differences(self._readout(before), one.readout))
            ]
        self.fresh[key] = one
        self.known[one.id] = (key, one.digest)
        version = _Known(key, one.id, _published(one))
        if one.address:
            insort(self.versions[one.address], version, key=lambda known: known.published)
        if one.given_id:
            self.same_name[one.given_id].append(version)

    def _follow(self, one: Prepared, after: _Known) -> None:
        """Make a version that was there the revision of one that came later and was published before it."""
        self.flush()
        key, (low, high) = self.known[one.id][0], bounds(after.key)
        a = t.ARTICLES.c
        added_at = self.connection.scalar(sa.select(a.added_at).where(a.key == after.key)) or self.now
        day = known_on(None, added_at, is_revision=True)
        self.connection.execute(t.ARTICLES.update().where(a.key == after.key).values(revision_of=key, known_on=day))
        for table in (t.ENTITIES, t.STATEMENTS):
            self.connection.execute(table.update().where(table.c.article == after.key).values(known_on=day))
        p, undated = t.PARTICIPANTS.c, sa.select(t.EVENTS.c.key).where(t.EVENTS.c.starts.is_(None))
        of = p.event >= low, p.event < high, p.event.in_(undated.where(t.EVENTS.c.article == after.key))
        self.connection.execute(t.PARTICIPANTS.update().where(*of).values(day=day))
        self.connection.execute(t.CHANGES.delete().where(t.CHANGES.c.article == after.key))
        changes = differences(one.readout, self._readout(after))
        self.rows[t.CHANGES] += [(after.key, n, *change) for n, change in enumerate(changes)]

    def _about(self, one: Prepared, key: int) -> None:
        """Rows that an article has whether it is new or read again."""
        article, made_by = one.readout.article, one.readout.produced_by
        if article.outlet:
            known = outlet(article.outlet, article.url)
            name = storable(article.outlet)
            self.rows[t.OUTLETS].append((name, known.country, known.kind) if known else (name, None, None))
        self.rows[t.CREDITS] += [(key, storable(agency)) for agency in dict.fromkeys(article.contributors)]
        self.rows[t.READOUTS].append((key, one.json, one.digest, made_by.readout, made_by.model, self.now))

    def _article(self, one: Prepared, key: int, before: int | None, known: str) -> tuple[Any, ...]:
        article = one.readout.article
        title, name = (storable(text) if text else None for text in (article.title, article.outlet))
        text = storable(article.text)
        where = one.given_id, article.url, one.address, title, name, article.published, known, article.language
        return key, one.id, *where, content_hash(article.text), text, self.now, before, None

    def _readout(self, version: _Known) -> Readout:
        if version.key in self.fresh:
            return self.fresh[version.key].readout
        found = self.connection.scalar(sa.select(t.READOUTS.c.json).where(t.READOUTS.c.article == version.key))
        return Readout.model_validate_json(found or "")

    def _replace(self, one: Prepared, key: int) -> None:
        """Put a new readout in the place of an article's old one; rows whose words are the same keep their keys."""
        self.flush()
        day = self._known_on(one, key)
        new = rows_of(one.readout, key, day)
        low, high = bounds(key)
        for table in (t.MENTIONS, t.ROLES, t.RELATIONS, t.PARTICIPANTS):
            owner = table.c["event" if table is t.PARTICIPANTS else "entity"]
            self.connection.execute(table.delete().where(owner >= low, owner < high))
        for table in KEYED:
            old = set(self.connection.scalars(sa.select(table.c.key).where(table.c.key >= low, table.c.key < high)))
            vanished = sorted(old - {row[0] for row in new[table]})
            for start in range(0, len(vanished), 500):
                self.connection.execute(table.delete().where(table.c.key.in_(vanished[start : start + 500])))
            rows = new.pop(table)
            insert(self.connection, table, rows, update_all(table))
            index(self.connection, table, [row for row in rows if row[0] not in old])
        self._replace_about(one, key, day)
        self.rows.update(new)
        self.flush()
        self.known[one.id] = (key, one.digest)

    def _known_on(self, one: Prepared, key: int) -> str:
        """The day from which an article that is read again was known: a new one only where its date was told."""
        a, published = t.ARTICLES.c, one.readout.article.published
        known, before = self.connection.execute(sa.select(a.known_on, a.revision_of).where(a.key == key)).one()
        return (
            str(known) if published is None or before is not None else known_on(published, self.now, is_revision=False)
        )

    def _replace_about(self, one: Prepared, key: int, day: str) -> None:
        self.connection.execute(t.READOUTS.delete().where(t.READOUTS.c.article == key))
        self.connection.execute(t.CREDITS.delete().where(t.CREDITS.c.article == key))
        self._about(one, key)
        insert(self.connection, t.OUTLETS, self.rows.pop(t.OUTLETS, ()), "ON CONFLICT DO NOTHING")
        before = self.connection.scalar(sa.select(t.ARTICLES.c.revision_of).where(t.ARTICLES.c.key == key))
        row = dict(zip(t.ARTICLES.c.keys(), self._article(one, key, before, day), strict=True))
        kept = {"key", "id", "text", "content_hash", "added_at", "revision_of", "source_group"}
        told = {name: value for name, value in row.items() if name not in kept and value is not None}
        self.connection.execute(t.ARTICLES.update().where(t.ARTICLES.c.key == key).values(**told))

    def flush(self) -> None:
        for table in ORDER:
            then = "ON CONFLICT DO NOTHING" if table is t.OUTLETS else ""
            rows = self.rows.pop(table, ())
            insert(self.connection, table, rows, then)
            index(self.connection, table, rows)
