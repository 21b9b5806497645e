"""Which contents stood when: the spans of days, and how one more version changes them.

A version of day d holds from d until the day n of the version after it. Adding it, in whatever order, means that in
[d, n) exactly its contents stand; the spans of all others are cut there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from readout.resolve.lists.schema import CONTENTS, SPANS


class Span(NamedTuple):
    """A content and the days from and before which it stood."""

    content: int
    since: date
    until: date | None


def covering(day: date) -> sa.ColumnElement[bool]:
    """The spans in which a day lies."""
    return sa.and_(SPANS.c.since <= day, sa.or_(SPANS.c.until.is_(None), SPANS.c.until > day))


def put(connection: sa.Connection, list_id: int, wanted: set[int], day: date, after: date | None) -> None:
    """Make exactly these contents stand from one version to the next.

    Args:
        connection: inside a transaction.
        list_id: the list.
        wanted: the ids of the contents of the version.
        day: the version's day.
        after: the day of the version after it; None if it is the newest.
    """
    touching = sa.or_(covering(day), SPANS.c.until == day, SPANS.c.since == after)
    columns = SPANS.c.content_id, SPANS.c.since, SPANS.c.until
    rows = connection.execute(sa.select(*columns).where(SPANS.c.list_id == list_id, touching))
    spans = [Span(*row) for row in rows]
    standing = {s.content: s for s in spans if s.since <= day and (s.until is None or s.until > day)}
    before = {s.content: s for s in spans if s.until == day}
    later = {s.content: s for s in spans if after is not None and s.since == after}
    gone, made = [], []
    for content in standing.keys() - wanted:
        gone.append(standing[content])
        made += _cut(standing[content], day, after)
    for content in wanted - standing.keys():
        left, right = before.get(content), later.get(content)
        gone += [span for span in (left, right) if span]
        made.append(Span(content, left.since if left else day, right.until if right else after))
    _write(connection, list_id, gone, made)


def _cut(span: Span, day: date, after: date | None) -> list[Span]:
    """What is left of a span without [day, after)."""
    left = [Span(span.content, span.since, day)] if span.since < day else []
    ends_later = after is not None and (span.until is None or span.until > after)
    return [*left, Span(span.content, after, span.until)] if ends_later and after else left


def _write(connection: sa.Connection, list_id: int, gone: list[Span], made: list[Span]) -> None:
    if gone:
        same = SPANS.c.content_id == sa.bindparam("content"), SPANS.c.since == sa.bindparam("first")
        connection.execute(sa.delete(SPANS).where(*same), [{"content": s.content, "first": s.since} for s in gone])
    if made:
        rows = [{"content_id": s.content, "since": s.since, "until": s.until, "list_id": list_id} for s in made]
        connection.execute(sa.insert(SPANS), rows)


class Standing(NamedTuple):
    """An unbroken time in which an entry stood, whatever its content, and its newest content in it."""

    since: date
    until: date | None
    text: str


def standings(connection: sa.Connection, list_id: int) -> dict[str, list[Standing]]:
    """All standings of all entries of a list, by the entries' ids, oldest first."""
    joined = SPANS.join(CONTENTS, SPANS.c.content_id == CONTENTS.c.id)
    columns = CONTENTS.c.key, SPANS.c.since, SPANS.c.until, CONTENTS.c.text
    query = sa.select(*columns).select_from(joined).where(SPANS.c.list_id == list_id)
    by_key: dict[str, list[Standing]] = {}
    for key, since, until, text in connection.execute(query.order_by(SPANS.c.since)):
        by_key.setdefault(key, []).append(Standing(since, until, text))
    return {key: _merged(spans) for key, spans in by_key.items()}


def _merged(spans: Iterable[Standing]) -> list[Standing]:
    merged: list[Standing] = []
    for span in spans:
        if merged and merged[-1].until == span.since:
            merged[-1] = Standing(merged[-1].since, span.until, span.text)
        else:
            merged.append(span)
    return merged
