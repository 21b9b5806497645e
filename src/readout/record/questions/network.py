"""Who takes part in events with whom, around one name."""

from __future__ import annotations

from typing import NamedTuple

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


def network(connection: sa.Connection, name: str, filters: Filters | None = None, *, tied: bool = True) -> Network:
    """Those who take part in events with somebody, and what they have with each other.

    Args:
        connection: of a reading transaction.
        name: the name; see `names.names_like`.
        filters: what to narrow it to; dates are those of the reports, `limit` is of partners.
        tied: whether the ties among the partners are wanted, too.

    Returns:
        The partners with most events first, and their ties in the reports that name the one asked for. Of a name
        that is in very many reports, by the newest three hundred.

    Raises:
        OptionError: there is no such name.
    """
    filters = filters or Filters()
    names = names_like(connection, name)
    named = newest_named(connection, names, filters)
    partners = _partners(connection, names, named, filters)
    some = partners[: filters.limit]
    articles = sorted({key >> ITEM_BITS for key in named})
    ties = _ties(connection, [one.folded for one in some], articles) if tied else []
    return Network(names, some, ties, len(partners) > filters.limit or len(named) >= NEWEST)


_MINE, _THEIRS = t.PARTICIPANTS.alias("mine"), t.PARTICIPANTS.alias("theirs")
_EVENTS = sa.func.count(_MINE.c.event.distinct())
_HAPPENED = t.EVENTS.c.status.in_(("occurred", "ongoing"))
_SHARED = _MINE.join(_THEIRS, _THEIRS.c.event == _MINE.c.event).join(t.EVENTS, _MINE.c.event == t.EVENTS.c.key)
"""Two who take part in one event."""


def _partners(connection: sa.Connection, names: list[str], named: list[int], filters: Filters) -> list[Partner]:
    e = t.ENTITIES.c
    chosen = (
        sa.select(sa.func.min(e.name), e.folded, sa.func.min(e.kind), _EVENTS)
        .select_from(_SHARED.join(t.ENTITIES, _THEIRS.c.entity == e.key))
        .where(_MINE.c.entity.in_(named), e.folded.not_in(names), e.kind.in_(ACTING), _HAPPENED)
        .group_by(e.folded)
        .order_by(_EVENTS.desc(), e.folded)
        .limit(filters.limit + 1)
    )
    return [Partner(*row) for row in connection.execute(chosen)]


def _ties(connection: sa.Connection, names: list[str], articles: list[int]) -> list[Tie]:
    one, other = _MINE.c.name, _THEIRS.c.name
    chosen = (
        sa.select(one, other, _EVENTS)
        .select_from(_SHARED)
        .where(t.EVENTS.c.article.in_(articles), one < other, _HAPPENED)
        .where(one.concat("").in_(names), other.concat("").in_(names))  # by the events, not by the index of names
        .group_by(one, other)
        .order_by(_EVENTS.desc(), one, other)
    )
    return [Tie(*row) for row in connection.execute(chosen)]
