"""What the record did not know at an earlier moment: events, and names under sanctions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.questions.events import Chosen, answer
from readout.record.questions.filters import Conditions, Filters
from readout.record.questions.lines import Answer, with_sentences
from readout.record.questions.people import gathered, line_of

_EARLIER, _OF_THEM, _THEN = t.SCREENINGS.alias("earlier"), t.ENTITIES.alias("of_them"), t.ARTICLES.alias("then")


def news(connection: sa.Connection, since: datetime, filters: Filters, only: Conditions | None = None) -> Answer:
    """Events of articles that came into the record since a moment, the newest report first.

    Args:
        connection: of a reading transaction.
        since: the moment (UTC).
        filters: what to narrow it to.
        only: further conditions on the events, such as those of a beat.
    """
    a, v = t.ARTICLES.c, t.EVENTS.c
    dated = filters.during(sa.func.coalesce(v.starts, a.known_on), sa.func.coalesce(v.ends, a.known_on))
    conditions = [*_since(connection, since), *filters.reports(), *filters.typed(), *dated, *(only or [])]
    return answer(connection, [Chosen(a.known_on, conditions)], filters.limit, newest=True)


def newly_sanctioned(connection: sa.Connection, since: datetime, filters: Filters) -> Answer:
    """Names that articles since a moment tell or show to be under sanctions, and none before did.

    Args:
        connection: of a reading transaction.
        since: the moment (UTC).
        filters: what to narrow it to; dates are those of the reports.
    """
    c, e, a = t.SCREENINGS.c, t.ENTITIES.c, t.ARTICLES.c
    before = (
        sa.select(_EARLIER.c.key)
        .select_from(_EARLIER.join(_OF_THEM, _EARLIER.c.entity == _OF_THEM.c.key))
        .join(_THEN, _OF_THEM.c.article == _THEN.c.key)
        .where(_OF_THEM.c.folded == e.folded, _EARLIER.c.match, _THEN.c.added_at <= since)
    )
    first = sa.select(sa.func.min(t.MENTIONS.c.start_char)).where(t.MENTIONS.c.entity == e.key)
    start = sa.func.coalesce(c.start_char, first.correlate(t.ENTITIES).scalar_subquery(), 0).label("start_char")
    chosen = (
        sa.select(
            e.key, e.name, e.folded, e.kind, e.country, c.list, c.in_force, start, c.end_char, a.id.label("article"),
            a.outlet, a.published, a.known_on, sa.func.coalesce(a.source_group, a.id).label("source"),
        )
        .select_from(t.SCREENINGS.join(t.ENTITIES, c.entity == e.key).join(t.ARTICLES, e.article == a.key))
        .where(c.match, *_since(connection, since), *filters.reports(dated=True), ~before.exists())
        .order_by(a.known_on.desc(), a.key.desc(), c.key)
        .limit(filters.limit * 10)
    )  # fmt: skip
    lines = gathered(connection.execute(chosen), lambda row: row.folded, _line)
    return Answer(with_sentences(connection, lines[: filters.limit]), len(lines) > filters.limit)


def _since(connection: sa.Connection, since: datetime) -> Conditions:
    """Conditions for articles that came since a moment; keys rise as they come, so all of them follow the first."""
    a = t.ARTICLES.c
    first = connection.scalar(sa.select(sa.func.min(a.key)).where(a.added_at > since))
    return [sa.false()] if first is None else [a.key >= first, a.added_at > since]


def _line(row: Any) -> Any:
    what = {"name": row.name, "kind": row.kind, "country": row.country, "list": row.list, "in_force": row.in_force}
    span = (row.start_char, row.end_char or row.start_char + len(row.name))
    return line_of(row, "e", span, what, row.known_on)
