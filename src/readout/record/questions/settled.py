"""What became of announcements: the ledger, for each over the reports nearest to its day that name those concerned."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import MAXYEAR, date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from readout.knowledge.folding import fold
from readout.record import tables as t
from readout.record.questions.filters import Filters, source
from readout.record.questions.lines import Line, rows
from readout.record.questions.names import ENTITIES, newest
from readout.resolve.corroboration import Corroboration
from readout.resolve.happenings import day_of
from readout.resolve.identity import Identity
from readout.resolve.ledger import LATEST, Ledger
from readout.resolve.reports import Report
from readout.schema import Readout

SETTLING = frozenset({"occurred", "ongoing", "denied"})
MOST_REPORTS = 6
"""Reports that one announcement is held against: those that name most of its parties, nearest to its day."""
MOST_NAMED = 300
"""Mentions of each party, the newest in time for it, among which these reports are looked for."""
REMEMBERED = 20_000
"""Outcomes that are kept."""
Outcome = tuple[str, str] | None
"""A state, and the id of the article that says so; `None` where no report settles it."""


class _Asked(NamedTuple):
    """An announcement with the reports that may tell what became of it."""

    line: Line
    names: frozenset[str]
    """Folded names of those who take part."""
    near: list[int]
    """Keys of articles."""


_KNOWN: OrderedDict[tuple[str, ...], Outcome] = OrderedDict()
"""Outcomes by the announcement and the digests of the readouts they rest on, so that none outlives a new reading."""


def with_outcome(connection: sa.Connection, lines: list[Line], filters: Filters) -> list[Line]:
    """The lines of what is due, each in the state that the reports leave it in.

    Args:
        connection: of a reading transaction.
        lines: announcements.
        filters: by which they were found.

    Returns:
        The lines; where another report settles one, with its state, and with that article under `settled_by`.
    """
    asked = [_asked(connection, line, filters) for line in lines]
    outcomes = _outcomes(connection, [one for one in asked if one.near], filters)
    return [_settled(line, outcomes.get(line.id)) for line in lines]


def _settled(line: Line, outcome: Outcome) -> Line:
    if outcome is None:
        return line
    return replace(line, what={**line.what, "state": outcome[0], "settled_by": outcome[1]})


def _asked(connection: sa.Connection, line: Line, filters: Filters) -> _Asked:
    """The reports from an announcement to some months after its day that name at least half of its parties."""
    names = frozenset(fold(name) for side in ("actors", "recipients") for name in line.what[side])
    told = (line.published or "")[:10]
    due = day_of(line.end or line.start or told, last=True)
    if not names or due is None:
        return _Asked(line, names, [])
    last = (due + timedelta(days=LATEST)).isoformat() if due.year < MAXYEAR else filters.today
    e, a, shared = t.ENTITIES.c, t.ARTICLES.c, sa.func.count(t.ENTITIES.c.folded.distinct())
    chosen = (
        sa.select(a.key, a.known_on, shared)
        .join(t.ENTITIES, e.article == a.key)
        .where(e.key.in_(newest(ENTITIES, sorted(names), MOST_NAMED, min(last, filters.today))))
        .where(e.known_on >= told, a.id != line.article, *filters.reports())
        .group_by(a.key, a.known_on)
        .having(shared >= (len(names) + 1) // 2)
    )
    near = sorted(connection.execute(chosen), key=lambda row: (-row[2], _days_between(row.known_on, due), row.key))
    return _Asked(line, names, [row.key for row in near[:MOST_REPORTS]])


def _days_between(known_on: str, due: date) -> int:
    return abs((date.fromisoformat(known_on) - due).days)


def _outcomes(connection: sa.Connection, asked: list[_Asked], filters: Filters) -> dict[str, Outcome]:
    a, r = t.ARTICLES.c, t.READOUTS.c
    own = sa.select(a.key, a.id)
    key_of = {row.id: row.key for row in rows(connection, own, a.id, sorted({one.line.article for one in asked}))}
    wanted = sorted({key for one in asked for key in (key_of[one.line.article], *one.near)})
    digests = {row.article: row.digest for row in rows(connection, sa.select(r.article, r.digest), r.article, wanted)}
    rests_on = {one.line.id: [key_of[one.line.article], *one.near] for one in asked}
    names = {id: (id, *(digests[key] for key in keys)) for id, keys in rests_on.items()}
    new = [one for one in asked if names[one.line.id] not in _KNOWN]
    reports = _reports(connection, sorted({key for one in new for key in rests_on[one.line.id]}))
    for one in new:
        _KNOWN[names[one.line.id]] = _outcome(one, [reports[key] for key in rests_on[one.line.id]], filters)
    found = {one.line.id: _KNOWN[names[one.line.id]] for one in asked}
    while len(_KNOWN) > REMEMBERED:
        _KNOWN.popitem(last=False)
    return found


def _reports(connection: sa.Connection, keys: Sequence[int]) -> dict[int, Report]:
    a, r = t.ARTICLES.c, t.READOUTS.c
    chosen = sa.select(a.key, a.id, a.given_id, source().label("source"), r.json).join(t.READOUTS)
    return {
        row.key: Report(row.id, Readout.model_validate_json(row.json), row.given_id, None, row.source)
        for row in rows(connection, chosen, a.key, keys)
    }


def _outcome(asked: _Asked, reports: list[Report], filters: Filters) -> Outcome:
    concerned = [_concerned(report, asked) for report in reports]
    ledger = Ledger(Corroboration(Identity(concerned)), filters.today)
    entry = next((one for one in ledger.entries() if one.id == asked.line.id and one.by), None)
    return (entry.state, entry.by[0]) if entry and entry.by else None


def _concerned(report: Report, asked: _Asked) -> Report:
    """A report with only the announcement asked for and what may settle it; all pairs of events would take long."""
    readout = report.readout
    announced = [x for x in readout.expectations if report.stable.get(x.id) == asked.line.id]
    own = {x.event for x in announced}
    who = {e.id for e in readout.entities if fold(e.name) in asked.names}

    def settles(told: Any) -> bool:
        return told.status in SETTLING and bool(who.intersection((*told.actors, *told.recipients)))

    less = readout.model_copy(
        update={
            "events": [v for v in readout.events if v.id in own or settles(v)],
            "occurrences": [o for o in readout.occurrences if settles(o)],
            "expectations": announced,
        }
    )
    return replace(report, readout=less)
