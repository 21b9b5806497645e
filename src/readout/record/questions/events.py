"""Events out of the tables, those that several reports tell alike as one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.decisions import about, changes
from readout.record.keys import item_id
from readout.record.questions.filters import Conditions, source
from readout.record.questions.lines import Answer, Line, rows, with_sentences

Side = tuple[tuple[str, str], ...]
"""Who takes part: part and folded name."""


_PLACE, _VOICE, _WORDS = t.ENTITIES.alias("place"), t.ENTITIES.alias("voice"), t.STATEMENTS.alias("word")


class _Columns(NamedTuple):
    place: Any
    voice: Any


EVENTS = _Columns(_PLACE.c, _VOICE.c)
"""The entities of an event's place and of the one whose word it is."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which events, in the order of which day."""

    day: sa.ColumnElement[Any]
    conditions: Conditions
    expected: bool = False
    """Whether expectations are asked for; their dates then are those when they are due."""
    what: dict[str, Any] = field(default_factory=dict)
    """What every line says besides."""
    is_timeless: bool = False
    """Whether the day is none of the events' own, so that they stand before all that have one."""


@dataclass(slots=True)
class _Group:
    """Rows that tell of one event."""

    rows: list[Any]
    articles: set[str]
    sides: Side


def answer(
    connection: sa.Connection, chosen: Iterable[Chosen], limit: int, *, newest: bool, sentences: bool = True
) -> Answer:
    """The events in the order of days.

    Args:
        connection: of a reading transaction.
        chosen: selections, of which lines are taken together.
        limit: how many lines at most.
        newest: whether the last days come first.
        sentences: whether the lines get their sentences and addresses, for which whole texts are read.
    """
    groups, more = [], False
    for one in chosen:
        found, is_more = _groups(connection, one, limit, newest=newest)
        groups += [("" if one.is_timeless else group.rows[0].day or "", one, group) for group in found]
        more = more or is_more
    groups.sort(key=lambda g: (g[0], g[2].rows[0].item), reverse=newest)
    lines = _lines(connection, [g[1:] for g in groups[:limit]])
    return Answer(with_sentences(connection, lines) if sentences else lines, more or len(groups) > limit)


def _groups(connection: sa.Connection, chosen: Chosen, limit: int, *, newest: bool) -> tuple[list[_Group], bool]:
    """At least as many groups as the limit, or all: whole days, so that no line misses one of its sources."""
    wanted = limit
    while True:
        last = _last_day(connection, chosen, wanted, newest=newest)
        select = _select(chosen)
        if last is not None:
            select = select.where(chosen.day >= last if newest else chosen.day <= last)
        groups = _joined(connection, list(connection.execute(select)))
        if last is None or len(groups) >= limit:
            return groups, last is not None
        wanted *= 4


def _last_day(connection: sa.Connection, chosen: Chosen, wanted: int, *, newest: bool) -> str | None:
    """The day of the row after so many; `None` where there are no more rows."""
    order = chosen.day.desc() if newest else chosen.day.asc()
    select = _joins(sa.select(chosen.day), chosen).order_by(order).offset(wanted).limit(1)
    day: str | None = connection.scalar(select)
    return day


def _select(chosen: Chosen) -> sa.Select[Any]:
    v, a, x = t.EVENTS.c, t.ARTICLES.c, t.EXPECTATIONS.c
    item = x if chosen.expected else v
    dates = (x.due_start, x.due_end, x.precision) if chosen.expected else (v.starts, v.ends, v.precision)
    names = ("starts", "ends", "precision")
    return _joins(
        sa.select(
            item.key.label("item"), v.key.label("event"), v.type, v.mode, v.status, v.start_char, v.end_char,
            *(column.label(name) for column, name in zip(dates, names, strict=True)),
            _PLACE.c.name.label("place"), _PLACE.c.folded.label("there"),
            _PLACE.c.country, _PLACE.c.lat, _PLACE.c.lon, _VOICE.c.name.label("voice"),
            a.id.label("article"), a.outlet, a.published, chosen.day.label("day"), source().label("source"),
        ),
        chosen,
    ).order_by(a.known_on, item.key)  # fmt: skip


def _joins(select: sa.Select[Any], chosen: Chosen) -> sa.Select[Any]:
    v, a = t.EVENTS.c, t.ARTICLES.c
    if chosen.expected:
        tables = t.EXPECTATIONS.join(t.EVENTS, t.EXPECTATIONS.c.event == v.key)
        tables = tables.join(t.ARTICLES, t.EXPECTATIONS.c.article == a.key)
    else:
        tables = t.EVENTS.join(t.ARTICLES, v.article == a.key)
    tables = tables.outerjoin(_PLACE, v.place == _PLACE.c.key)
    tables = tables.outerjoin(_WORDS, v.asserted_by == _WORDS.c.key).outerjoin(_VOICE, _WORDS.c.speaker == _VOICE.c.key)
    select = select.select_from(tables).where(v.key.not_in(about("v", "negative")), *chosen.conditions)
    return select.where(t.EXPECTATIONS.c.key.not_in(about("x", "negative"))) if chosen.expected else select


def _joined(connection: sa.Connection, found: list[Any]) -> list[_Group]:
    """Rows that tell of the same: one type, status and day, and the same names, or their ends, of who takes part."""
    people = _sides(connection, [row.event for row in found])
    alike: dict[tuple[Any, ...], list[_Group]] = defaultdict(list)
    for row in found:
        sides = tuple((part, folded) for part, _, folded in people[row.event])
        ends = frozenset((part, folded.rpartition(" ")[2]) for part, folded in sides)
        groups = alike[row.type, row.status, row.starts, row.ends, ends]
        group = next((g for g in groups if _is_same(g, row, sides)), None)
        if group is None:
            groups.append(_Group([row], {row.article}, sides))
        else:
            group.rows.append(row)
            group.articles.add(row.article)
    return [group for groups in alike.values() for group in groups]


def _is_same(group: _Group, row: Any, sides: Side) -> bool:
    """Two events of one report are two; without day or people only copies of one report tell the same."""
    first = group.rows[0]
    if row.article in group.articles or (first.there and row.there and first.there != row.there):
        return False
    if row.source != first.source and not (sides and row.starts):
        return False
    return len(sides) == len(group.sides) and all(any(_fits(a, b) for b in group.sides) for a in sides)


def _fits(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether names are the same, or one is the end of the other, as surnames are."""
    a, b = one[1], other[1]
    return one[0] == other[0] and (a == b or a.endswith(f" {b}") or b.endswith(f" {a}"))


def _sides(connection: sa.Connection, events: list[int]) -> dict[int, list[tuple[str, str, str]]]:
    """Part, name and folded name of whoever takes part in each event."""
    p, e = t.PARTICIPANTS.c, t.ENTITIES.c
    chosen = (
        sa.select(p.event, p.part, e.name, e.folded).select_from(t.PARTICIPANTS).join(t.ENTITIES, p.entity == e.key)
    )
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for event, part, name, folded in rows(connection, chosen.order_by(p.event, p.part, p.place), p.event, events):
        found[event].append((part, name, folded))
    return found


def _lines(connection: sa.Connection, groups: list[tuple[Chosen, _Group]]) -> list[Line]:
    people = _sides(connection, [group.rows[0].event for _, group in groups])

    def named(event: int, part: str) -> list[str]:
        return [name for side, name, _ in people[event] if side == part]

    lines = [_line(chosen, group, named) for chosen, group in groups]
    events = changes(connection, "v", (group.rows[0].event for _, group in groups))
    waits = changes(connection, "x", (group.rows[0].item for chosen, group in groups if chosen.expected))
    told = (events.get(g.rows[0].event, {}) | (waits.get(g.rows[0].item, {}) if c.expected else {}) for c, g in groups)
    return [_edited(line, change) for line, change in zip(lines, told, strict=True)]


def _edited(line: Line, change: dict[str, str | None]) -> Line:
    """A line as somebody says it should be."""
    if not change:
        return line
    what = line.what | {name: value for name, value in change.items() if name not in ("start", "end")}
    return replace(line, what=what, start=change.get("start", line.start), end=change.get("end", line.end))


def _line(chosen: Chosen, group: _Group, named: Callable[[int, str], list[str]]) -> Line:
    row, letter = group.rows[0], "x" if chosen.expected else "v"
    where = next((one for one in group.rows if one.place), row)
    what = {
        **chosen.what,
        "type": row.type,
        "mode": row.mode,
        "status": row.status,
        "actors": named(row.event, "actor"),
        "recipients": named(row.event, "recipient"),
        "place": where.place,
        "country": where.country,
        "lat": where.lat,
        "lon": where.lon,
        "asserted_by": row.voice,
    }
    ids = tuple(item_id(one.article, letter, one.item) for one in group.rows)
    return Line(
        id=ids[0], sources=len({one.source for one in group.rows}), article=row.article,
        span=(row.start_char, row.end_char), what=what, start=row.starts, end=row.ends, precision=row.precision,
        outlet=row.outlet, published=row.published, reports=ids,
    )  # fmt: skip
