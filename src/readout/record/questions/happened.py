"""What happened when, and who met whom."""

from __future__ import annotations

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.questions.events import EVENTS, Chosen, answer
from readout.record.questions.filters import Conditions, Filters
from readout.record.questions.lines import Answer
from readout.record.questions.names import DONE, are_common, country_code, names_like, newest

FEW = 5000
"""Events without a day that are sorted quickly."""
DEEP, FEWEST = 20, 500
"""Rows, the newest, that are looked through for each line of an answer about one name, and at least."""
MEETING = "CONSULT"
"""PLOVER's type of meetings, visits and talks."""


def timeline(
    connection: sa.Connection,
    filters: Filters | None = None,
    name: str | None = None,
    only: Conditions | None = None,
    *,
    sentences: bool = True,
) -> Answer:
    """What happened, in the order of days; what has no day stands on the day of its report, or before all if that has
    none.

    Args:
        connection: of a reading transaction.
        filters: what to narrow it to.
        name: only what this one takes part in; of somebody in very many events the newest are looked through.
        only: further conditions on the events, such as those of a beat.
        sentences: whether the lines get their sentences and addresses, for which whole texts are read.

    Returns:
        The newest lines within the limit, oldest first.

    Raises:
        OptionError: no such name, place or type.
    """
    filters = filters or Filters()
    if filters.is_empty:
        return Answer()
    of = [_newest_of(connection, name, filters, is_narrow=bool(only))] if name else []
    more = [*of, *(only or [])]
    return _events(connection, filters, more, sentences=sentences)


def met(connection: sa.Connection, filters: Filters, name: str, other: str | None = None) -> Answer:
    """Meetings of somebody, with somebody else or at all.

    Args:
        connection: of a reading transaction.
        filters: what to narrow it to; `type` is that of meetings unless given.
        name: who met.
        other: whom.

    Returns:
        As `timeline`.
    """
    both = [takes_part(connection, one) for one in (name, other) if one]
    return _events(connection, filters, both + ([] if filters.type else [t.EVENTS.c.type == MEETING]))


def _newest_of(connection: sa.Connection, name: str, filters: Filters, *, is_narrow: bool) -> sa.ColumnElement[bool]:
    """The condition that somebody takes part in an event: where nothing else narrows it, in one of the newest."""
    if is_narrow or filters.type or filters.status or filters.place or filters.source_kind or filters.as_of:
        return takes_part(connection, name)
    most = max(FEWEST, DEEP * filters.limit)
    return t.EVENTS.c.key.in_(newest(DONE, names_like(connection, name), most, filters.until))


def takes_part(connection: sa.Connection, name: str) -> sa.ColumnElement[bool]:
    """The condition that somebody takes part in an event.

    Raises:
        OptionError: no such name.
    """
    p, names = t.PARTICIPANTS.c, names_like(connection, name)
    if not are_common(connection, names):
        return t.EVENTS.c.key.in_(sa.select(p.event).where(p.name.in_(names)))
    told = sa.select(p.event).where(p.event == t.EVENTS.c.key, p.name.concat("").in_(names))
    return told.correlate(t.EVENTS).exists()


def in_place(connection: sa.Connection, filters: Filters) -> Conditions:
    """Conditions for where an event took place.

    Raises:
        OptionError: no such place.
    """
    if not filters.place:
        return []
    e, place = t.ENTITIES.c, t.EVENTS.c.place
    if code := country_code(filters.place):
        return [EVENTS.place.country == code]
    return [place.in_(sa.select(e.key).where(e.folded.in_(names_like(connection, filters.place))))]


def _is_undated(connection: sa.Connection) -> sa.ColumnElement[bool]:
    """The condition for events without a day. Few are found by the index and sorted; where there are many, the articles
    are walked through, for which the condition must be one that no index serves."""
    v = t.EVENTS.c
    some = sa.select(sa.literal(1)).where(v.starts.is_(None)).limit(FEW + 1).subquery()
    are_few = (connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0) <= FEW
    return v.starts.is_(None) if are_few else sa.func.coalesce(v.starts, "") == ""


def _events(connection: sa.Connection, filters: Filters, more: Conditions, *, sentences: bool = True) -> Answer:
    v, a = t.EVENTS.c, t.ARTICLES.c
    conditions = [*filters.reports(), *filters.typed(), *in_place(connection, filters), *more]
    if filters.status:
        conditions.append(v.status == filters.status)
    by_day = [v.starts <= f"{filters.until}~"] if filters.until else []  # besides `during`, since an index serves it
    dated = Chosen(v.starts, [v.starts.is_not(None), *by_day, *filters.during(v.starts, v.ends), *conditions])
    undated = [_is_undated(connection), *filters.during(a.known_on, a.known_on), *conditions]
    reported = Chosen(a.known_on, [a.published.is_not(None), *undated])
    timeless = Chosen(a.known_on, [a.published.is_(None), *undated], is_timeless=True)
    found = answer(connection, [dated, reported, timeless], filters.limit, newest=True, sentences=sentences)
    return Answer(found.lines[::-1], found.more)
