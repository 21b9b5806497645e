"""The reports behind an answer, each with only what the answer rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.keys import ITEM_BITS, split_item_id
from readout.record.questions.articles import KINDS
from readout.record.questions.filters import source
from readout.record.questions.lines import Line, rows
from readout.resolve.reports import Report
from readout.schema import Readout


def behind(connection: sa.Connection, lines: Iterable[Line]) -> list[Report]:
    """The reports that say what some lines say.

    Args:
        connection: of a reading transaction.
        lines: of any answer.

    Returns:
        The reports in the order of their ids, each readout with the events, statements and entities of the lines and
        those who take part in them, and nothing else.
    """
    wanted = _local_ids(connection, {id for line in lines for id in line.reports or (line.id,)})
    a, r = t.ARTICLES.c, t.READOUTS.c
    chosen = sa.select(a.id, a.given_id, source().label("source"), r.json).join(t.READOUTS)
    found = rows(connection, chosen, a.id, sorted(wanted))
    made = (Report(one.id, _only(one.json, wanted[one.id]), one.given_id, None, one.source) for one in found)
    return sorted(made, key=lambda report: report.id)


def _local_ids(connection: sa.Connection, ids: set[str]) -> dict[str, set[str]]:
    """For each article the ids that its own readout gives the items."""
    wanted: dict[str, set[str]] = {id: set() for id in ids if ":" not in id}
    items = [split_item_id(id) for id in sorted(ids) if ":" in id]
    a = t.ARTICLES.c
    known = rows(connection, sa.select(a.id, a.key), a.id, sorted({article for article, _, _ in items}))
    numbers: dict[str, int] = {row.id: row.key for row in known}
    keys: dict[str, dict[int, str]] = defaultdict(dict)
    for article, letter, within in items:
        if article in numbers and letter in KINDS:
            keys[letter][(numbers[article] << ITEM_BITS) + within] = article
    for letter, of_kind in keys.items():
        c = KINDS[letter].c
        for row in rows(connection, sa.select(c.key, c.local), c.key, sorted(of_kind)):
            wanted.setdefault(of_kind[row.key], set()).add(row.local)
    return wanted


def _only(json: str, ids: set[str]) -> Readout:
    readout = Readout.model_validate_json(json)
    due = [x for x in readout.expectations if x.id in ids]
    told = ids | {x.event for x in due}
    events = [v for v in readout.events if v.id in told]
    said = [s for s in readout.statements if s.id in told or s.id in {v.asserted_by for v in events}]
    who = ids | {id for v in events for id in (*v.actors, *v.recipients, v.place) if id}
    who |= {id for s in said for id in (s.speaker, s.addressee, s.reported_by) if id}
    entities = [e for e in readout.entities if e.id in who]
    screenings = [s for s in readout.screenings if s.entity in who]
    return readout.model_copy(
        update={
            "events": events, "statements": said, "expectations": due, "entities": entities, "screenings": screenings,
            "occurrences": [],
        }
    )  # fmt: skip
