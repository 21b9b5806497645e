"""What became of announcements: the ledger, for each over the reports nearest to its day that name those concerned."""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from readout import __version__
from readout.knowledge.folding import fold
from readout.record import tables as t
from readout.record.database import insert
from readout.record.keys import ITEM_BITS
from readout.record.questions.filters import AFTER_ALL, Filters, source
from readout.record.questions.lines import Line, rows
from readout.resolve.corroboration import Corroboration
from readout.resolve.happenings import day_of
from readout.resolve.identity import Identity
from readout.resolve.ledger import LATEST, Ledger
from readout.resolve.reports import Report
from readout.schema import Event, Occurrence, Readout

SETTLING = frozenset({"occurred", "ongoing", "denied"})
MOST_REPORTS = 6
"""Reports that one announcement is held against: those that name most of its parties, nearest to its day."""
MOST_NAMED = 300
"""Mentions of each party, the newest in time for it, among which these reports are looked for."""
SPARE = 2
"""How many times as many are looked for, since some are not asked for: revised, or of another kind of source."""
REMEMBERED = 20_000
"""Outcomes that are kept in memory."""
Outcome = tuple[str, str] | None
"""A state, and the id of the article that says so; `None` where no report settles it."""


class _Asked(NamedTuple):
    """An announcement with the reports that may tell what became of it."""

    line: Line
    names: frozenset[str]
    """Folded names of those who take part."""
    near: list[int]
    """Keys of articles."""


_NAMING = (
    sa.select(t.ENTITIES.c.key, t.ENTITIES.c.known_on)
    .where(t.ENTITIES.c.folded == sa.bindparam("name"))
    .where(t.ENTITIES.c.known_on >= sa.bindparam("first"), t.ENTITIES.c.known_on <= sa.bindparam("last"))
    .order_by(t.ENTITIES.c.known_on.desc())
    .limit(MOST_NAMED)
)
"""Who bears a name in the reports of some time, the newest first; answered by the index, without a row."""
_KNOWN: OrderedDict[str, Outcome] = OrderedDict()
"""Outcomes by the digest of what they rest on: the announcement and its readouts; none outlives a new reading."""


def with_outcome(connection: sa.Connection, lines: list[Line], filters: Filters) -> list[Line]:
    """The lines of what is due, each in the state that the reports leave it in.

    Args:
        connection: of a reading transaction.
        lines: announcements.
        filters: by which they were found.

    Returns:
        The lines; where another report settles one, with its state, and with that article under `settled_by`.
    """
    found = _outcomes(connection, _asked(connection, lines, filters), filters)
    return [_settled(line, found[line.id][1] if line.id in found else None) for line in lines]


def outcomes(connection: sa.Connection, lines: list[Line], filters: Filters) -> dict[str, Outcome]:
    """What became of announcements, to be kept in the record (`keep`).

    Args:
        connection: of a reading transaction.
        lines: announcements.
        filters: by which they were found.

    Returns:
        The outcomes by the digest of what they rest on.
    """
    return dict(_outcomes(connection, _asked(connection, lines, filters), filters).values())


def keep(connection: sa.Connection, found: Mapping[str, Outcome]) -> None:
    """Keep outcomes in the record in place of those that it keeps.

    Args:
        connection: of a writing transaction.
        found: as `outcomes` gives them.
    """
    connection.execute(t.OUTCOMES.delete())
    insert(connection, t.OUTCOMES, [(key, *(told or (None, None))) for key, told in sorted(found.items())])


def _settled(line: Line, outcome: Outcome) -> Line:
    if outcome is None:
        return line
    return replace(line, what={**line.what, "state": outcome[0], "settled_by": outcome[1]})


def _asked(connection: sa.Connection, lines: list[Line], filters: Filters) -> list[_Asked]:
    """The reports from each announcement to some months after its day that name at least half of its parties."""
    found = {line.id: _naming(connection, line, filters) for line in lines}
    a = t.ARTICLES.c
    current = sa.select(a.key, a.id).where(*filters.reports())
    keys = sorted({key for near in found.values() for key in near})
    known = {row.key: row.id for row in rows(connection, current, a.key, keys)}
    asked = []
    for line in lines:
        near = [key for key in found[line.id] if known.get(key, line.article) != line.article]
        asked.append(_Asked(line, _parties(line), near[:MOST_REPORTS]))
    return [one for one in asked if one.near]


def _parties(line: Line) -> frozenset[str]:
    return frozenset(fold(name) for side in ("actors", "recipients") for name in line.what[side])


def _naming(connection: sa.Connection, line: Line, filters: Filters) -> list[int]:
    """Keys of articles that name the parties, those that name most of them first, then those nearest to the day."""
    names, told = _parties(line), (line.published or "")[:10]
    due = day_of(line.end or line.start or told, last=True)
    if due is None:
        return []
    last = (due + timedelta(days=LATEST)).isoformat() if due.year < MAXYEAR else filters.today
    shared: Counter[int] = Counter()
    days: dict[int, str] = {}
    for name in sorted(names):
        given = {"name": name, "first": told, "last": min(last, filters.today) + AFTER_ALL}
        naming = {key >> ITEM_BITS: day for key, day in connection.execute(_NAMING, given)}
        shared.update(naming.keys())
        days |= naming
    enough = [(-n, _days_between(days[key], due), key) for key, n in shared.items() if n >= (len(names) + 1) // 2]
    return [key for *_, key in sorted(enough)[: SPARE * MOST_REPORTS]]


def _days_between(known_on: str, due: date) -> int:
    return abs((date.fromisoformat(known_on) - due).days)


def _outcomes(connection: sa.Connection, asked: list[_Asked], filters: Filters) -> dict[str, tuple[str, Outcome]]:
    """What became of each announcement, by its id, with what that rests on."""
    a, r = t.ARTICLES.c, t.READOUTS.c
    own = sa.select(a.key, a.id)
    key_of = {row.id: row.key for row in rows(connection, own, a.id, sorted({one.line.article for one in asked}))}
    rests_on = {one.line.id: [key_of[one.line.article], *one.near] for one in asked}
    wanted = sorted({key for keys in rests_on.values() for key in keys})
    digests = {row.article: row.digest for row in rows(connection, sa.select(r.article, r.digest), r.article, wanted)}
    names = {id: _digest([__version__, id, *(digests[key] for key in keys)]) for id, keys in rests_on.items()}
    _recall(connection, sorted(set(names.values()) - _KNOWN.keys()))
    new = [one for one in asked if names[one.line.id] not in _KNOWN]
    reports = _reports(connection, sorted({key for one in new for key in rests_on[one.line.id]}))
    for one in new:
        _KNOWN[names[one.line.id]] = _outcome(one, [reports[key] for key in rests_on[one.line.id]], filters)
    found = {one.line.id: (names[one.line.id], _KNOWN[names[one.line.id]]) for one in asked}
    while len(_KNOWN) > REMEMBERED:
        _KNOWN.popitem(last=False)
    return found


def _digest(parts: list[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _recall(connection: sa.Connection, keys: list[str]) -> None:
    """Take outcomes that the record keeps into memory."""
    o = t.OUTCOMES.c
    for row in rows(connection, sa.select(o.rests_on, o.state, o.settled_by), o.rests_on, keys):
        _KNOWN[row.rests_on] = (row.state, row.settled_by) if row.state else None


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
    is_own = report.id == asked.line.article
    announced = [x for x in readout.expectations if is_own and report.stable[x.id] == asked.line.id]
    who = {e.id for e in readout.entities if fold(e.name) in asked.names}
    told: list[Event | Occurrence] = [*readout.events, *readout.occurrences]
    settling = {v.id for v in told if v.status in SETTLING and not who.isdisjoint((*v.actors, *v.recipients))}
    return report.only(settling | {x.event for x in announced}, {x.id for x in announced})
