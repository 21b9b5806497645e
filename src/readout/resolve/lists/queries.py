"""What the store asks of its tables and writes into them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from readout.resolve.lists.entry import Entry
from readout.resolve.lists.records import digest, to_text
from readout.resolve.lists.schema import CONTENTS, LISTS, SPANS, VERSIONS
from readout.resolve.lists.spans import covering

BATCH = 500
"""Rows asked for at once; databases bound the number of values in a query."""


class Version(NamedTuple):
    """One version of a list in the store."""

    name: str
    day: date
    entries: int
    added_at: datetime
    """UTC."""
    sha256: str
    source: str
    form: str


def versions(connection: sa.Connection, name: str) -> list[Version]:
    """The versions of a list, oldest first."""
    columns = [LISTS.c.name, *(VERSIONS.c[key] for key in Version._fields[1:])]
    query = sa.select(*columns).join_from(VERSIONS, LISTS).where(LISTS.c.name == name).order_by(VERSIONS.c.day)
    return [Version(*row) for row in connection.execute(query)]


def list_id(connection: sa.Connection, name: str) -> int:
    """The number of a list, which is made if it is not there."""
    found = connection.scalar(sa.select(LISTS.c.id).where(LISTS.c.name == name))
    if found is None:
        found = connection.execute(sa.insert(LISTS).values(name=name).returning(LISTS.c.id)).scalar_one()
    return int(found)


def record(connection: sa.Connection, list_id: int, version: Version) -> None:
    """Note the version; one of the same day is replaced by it."""
    same = VERSIONS.c.list_id == list_id, VERSIONS.c.day == version.day
    connection.execute(sa.delete(VERSIONS).where(*same))
    connection.execute(sa.insert(VERSIONS).values(list_id=list_id, **dict(list(version._asdict().items())[1:])))


def contents(connection: sa.Connection, list_id: int, entries: list[Entry]) -> set[int]:
    """The ids of the contents of entries; those not seen before are stored."""
    held = {digest(text): (entry.id, text) for entry in entries for text in [to_text(entry)]}
    known = _ids(connection, list_id, list(held))
    if fresh := [key for key in held if key not in known]:
        rows = [{"list_id": list_id, "digest": d, "key": held[d][0], "text": held[d][1]} for d in fresh]
        connection.execute(sa.insert(CONTENTS), rows)
        known |= _ids(connection, list_id, fresh)
    return set(known.values())


def _ids(connection: sa.Connection, list_id: int, digests: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(digests), BATCH):
        among = CONTENTS.c.digest.in_(digests[start : start + BATCH])
        query = sa.select(CONTENTS.c.digest, CONTENTS.c.id).where(CONTENTS.c.list_id == list_id, among)
        found.update((key, number) for key, number in connection.execute(query))
    return found


def texts(connection: sa.Connection, list_id: int, day: date | None) -> list[tuple[str, str]]:
    """The ids and contents of the entries that stood in the version of a day."""
    if day is None:
        return []
    joined = SPANS.join(CONTENTS, SPANS.c.content_id == CONTENTS.c.id)
    query = sa.select(CONTENTS.c.key, CONTENTS.c.text).select_from(joined)
    rows = connection.execute(query.where(SPANS.c.list_id == list_id, covering(day)).order_by(CONTENTS.c.id))
    return [(key, text) for key, text in rows]
