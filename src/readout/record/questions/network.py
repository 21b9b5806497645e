"""Who takes part in events with whom, around one name."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.keys import ITEM_BITS
from readout.record.questions.filters import Filters
from readout.record.questions.names import NEWEST, names_like, newest_named

ACTING = ("person", "organization", "group", "place", "facility")


class Partner(NamedTuple):
    """Somebody who takes part in events with the one asked for."""

    name: str
    folded: str
    kind: str
    events: int


class Tie(NamedTuple):
    """Two who take part in the same events; folded names, in their order."""

    one: str
    other: str
    events: int


class Network(NamedTuple):
    """The surroundings of a name."""

    names: list[str]
    """The folded names that stand for the one asked for."""
    partners: list[Partner]
    ties: list[Tie]
    """Among the partners."""
    more: bool


def network(connection: sa.Connection, name: str, filters: Filters | None = None) -> Network:
    """Those who take part in events with somebody, and what they have with each other.

    Args:
        connection: of a reading transaction.
        name: the name; see `names.names_like`.
        filters: what to narrow it to; dates are those of the reports, `limit` is of partners.

    Returns:
        The partners with most events first, and their ties in the reports that name the one asked for. Of a name
        that is in very many reports, by the newest five hundred.

    Raises:
        OptionError: there is no such name.
    """
    filters = filters or Filters()
    names = names_like(connection, name)
    named = newest_named(connection, names, filters)
    partners = _partners(connection, names, named, filters)
    some = partners[: filters.limit]
    ties = _ties(connection, [one.folded for one in some], [key >> ITEM_BITS for key in named])
    return Network(names, some, ties, len(partners) > filters.limit or len(named) >= NEWEST)


def _together(one: Any, other: Any) -> tuple[Any, sa.ColumnElement[int]]:
    """The tables that tie two entities by an event, and how many events tie them."""
    mine, theirs, v, a = t.PARTICIPANTS.alias("mine"), t.PARTICIPANTS.alias("theirs"), t.EVENTS.c, t.ARTICLES.c
    tables = (
        one.join(mine, mine.c.entity == one.c.key)
        .join(theirs, theirs.c.event == mine.c.event)
        .join(other, theirs.c.entity == other.c.key)
        .join(t.EVENTS, mine.c.event == v.key)
        .join(t.ARTICLES, v.article == a.key)
    )
    return tables, sa.func.count(v.key.distinct())


def _partners(connection: sa.Connection, names: list[str], named: list[int], filters: Filters) -> list[Partner]:
    one, other = t.ENTITIES.alias("one"), t.ENTITIES.alias("other")
    tables, events = _together(one, other)
    chosen = (
        sa.select(sa.func.min(other.c.name), other.c.folded, sa.func.min(other.c.kind), events)
        .select_from(tables)
        .where(one.c.key.in_(named), other.c.folded.not_in(names), other.c.kind.in_(ACTING))
        .where(t.EVENTS.c.status.in_(("occurred", "ongoing")))
        .group_by(other.c.folded)
        .order_by(events.desc(), other.c.folded)
        .limit(filters.limit + 1)
    )
    return [Partner(*row) for row in connection.execute(chosen)]


def _ties(connection: sa.Connection, names: list[str], articles: list[int]) -> list[Tie]:
    one, other = t.ENTITIES.alias("one"), t.ENTITIES.alias("other")
    tables, events = _together(one, other)
    chosen = (
        sa.select(one.c.folded, other.c.folded, events)
        .select_from(tables)
        .where(t.EVENTS.c.article.in_(articles), one.c.folded < other.c.folded)
        .where(one.c.folded.concat("").in_(names), other.c.folded.concat("").in_(names))
        .where(t.EVENTS.c.status.in_(("occurred", "ongoing")))
        .group_by(one.c.folded, other.c.folded)
        .order_by(events.desc(), one.c.folded, other.c.folded)
    )
    return [Tie(*row) for row in connection.execute(chosen)]
