"""What became of announcements: the ledger, over the reports that name those concerned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from readout.knowledge.folding import fold
from readout.record import tables as t
from readout.record.questions.filters import Filters, source
from readout.record.questions.lines import Line, rows
from readout.resolve.corroboration import Corroboration
from readout.resolve.identity import Identity
from readout.resolve.ledger import Ledger
from readout.resolve.reports import Node, Report
from readout.schema import Readout

SETTLING = frozenset({"occurred", "ongoing", "denied"})
TOGETHER = 10
"""Announcements that are settled together: the time goes with the square of their reports."""
MOST_REPORTS = 20
"""Reports, the newest, that are looked through for what became of them."""


def with_outcome(connection: sa.Connection, lines: list[Line], filters: Filters) -> list[Line]:
    """The lines of what is due, each in the state that the reports leave it in.

    Args:
        connection: of a reading transaction.
        lines: announcements.
        filters: by which they were found.

    Returns:
        The lines; where another report settles one, with its state, and with that article under `settled_by`.
    """
    batches = (lines[n : n + TOGETHER] for n in range(0, len(lines), TOGETHER))
    return [line for batch in batches for line in _with_outcome(connection, batch, filters)]


def _with_outcome(connection: sa.Connection, lines: list[Line], filters: Filters) -> list[Line]:
    ids = {line.id for line in lines}
    reports = [_concerned(report, ids, _names(lines)) for report in _reports(connection, lines, filters)]
    node_of = {id: node for _, nodes in reports for id, node in nodes.items()}
    ledger = Ledger(Corroboration(Identity(report for report, _ in reports)), filters.today)
    entries = {entry.node: entry for entry in ledger.entries() if entry.by}
    found = ((line, entries.get(node_of.get(line.id, ("", "")))) for line in lines)
    return [_settled(line, entry.state, entry.by) if entry else line for line, entry in found]


def _names(lines: Iterable[Line]) -> set[str]:
    return {fold(name) for line in lines for side in ("actors", "recipients") for name in line.what[side]}


def _concerned(report: Report, ids: set[str], names: set[str]) -> tuple[Report, dict[str, Node]]:
    """A report with only the announcements asked for and what may settle them; all pairs of events would take long."""
    readout = report.readout
    asked = [x for x in readout.expectations if report.stable.get(x.id) in ids]
    own, who = {x.event for x in asked}, {e.id for e in readout.entities if fold(e.name) in names}
    events = [
        v
        for v in readout.events
        if v.id in own or (v.status in SETTLING and who.intersection((*v.actors, *v.recipients)))
    ]
    faint = [o for o in readout.occurrences if o.status in SETTLING and who.intersection((*o.actors, *o.recipients))]
    less = readout.model_copy(update={"events": events, "expectations": asked, "occurrences": faint})
    return replace(report, readout=less), {report.stable[x.id]: (report.id, x.event) for x in asked}


def _settled(line: Line, state: str, by: tuple[str, tuple[int, int]] | None) -> Line:
    return replace(line, what={**line.what, "state": state, "settled_by": by[0] if by else None})


def _reports(connection: sa.Connection, lines: list[Line], filters: Filters) -> Iterator[Report]:
    """The reports of some lines, and the newest that name who takes part."""
    a, e, r = t.ARTICLES.c, t.ENTITIES.c, t.READOUTS.c
    naming = sa.select(e.article).where(e.folded.in_(sorted(_names(lines))))
    near = sa.select(a.id).where(a.key.in_(naming), *filters.reports()).order_by(a.known_on.desc(), a.id)
    ids = _distinct([line.article for line in lines], connection.scalars(near.limit(MOST_REPORTS)))
    chosen = sa.select(a.id, a.given_id, source(), r.json).join(t.READOUTS)
    for id, given_id, group, json in rows(connection, chosen, a.id, ids):
        yield Report(id, Readout.model_validate_json(json), given_id, None, group)


def _distinct(*some: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(id for ids in some for id in ids))
