"""What waits for a person's judgement: events, statements and announcements, the newest reports first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.decisions import about
from readout.record.keys import item_id
from readout.record.questions.filters import Filters

Kind = Literal["event", "statement", "expectation"]
_TABLES: dict[Kind, tuple[str, Any]] = {
    "event": ("v", t.EVENTS), "statement": ("s", t.STATEMENTS), "expectation": ("x", t.EXPECTATIONS),
}  # fmt: skip
KINDS: tuple[Kind, ...] = ("event", "statement", "expectation")


class Queue(NamedTuple):
    """What waits."""

    ids: list[str]
    """In the order of review."""
    waiting: int
    """How many there are in all."""
    decided: int
    """How many of that kind were decided."""


def waiting(
    connection: sa.Connection, filters: Filters | None = None, kinds: Sequence[Kind] = KINDS, *, unsure: bool = False
) -> Queue:
    """The items that nobody decided about.

    Args:
        connection: of a reading transaction.
        filters: what to narrow it to; dates are those of the reports.
        kinds: of items.
        unsure: those that were skipped instead.
    """
    filters, a = filters or Filters(), t.ARTICLES.c
    parts, decided = [], 0
    for letter, table in (_TABLES[kind] for kind in kinds):
        judged = about(letter, "positive", "negative")
        skipped = about(letter, "unsure", "none")
        decided += int(connection.scalar(sa.select(sa.func.count()).select_from(judged.subquery())) or 0)
        asked = table.c.key.in_(skipped) if unsure else table.c.key.not_in(about(letter))
        parts.append(
            sa.select(table.c.key, sa.literal(letter).label("letter"), a.id, a.known_on, a.key.label("article"))
            .select_from(table.join(t.ARTICLES, table.c.article == a.key))
            .where(asked, *filters.reports(dated=True))
        )
    every = sa.union_all(*parts).subquery()
    c = every.c
    order = (c.known_on.desc(), c.article.desc(), c.key, c.letter)
    found = connection.execute(sa.select(c.id, c.letter, c.key).order_by(*order).limit(filters.limit))
    count = int(connection.scalar(sa.select(sa.func.count()).select_from(every)) or 0)
    return Queue([item_id(*row) for row in found], count, decided)
