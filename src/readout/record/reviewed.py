"""A report as people left it: without what they rejected, and with what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from readout.record.decisions import Decision
from readout.record.rows import item_ids
from readout.resolve.reports import Report
from readout.schema import Due, Event, Expectation, Statement

Judgements = Mapping[str, Decision]
"""The latest decision about each item, by its stable id."""
Item = Event | Statement | Expectation


def judgements(decisions: Iterable[Decision]) -> Judgements:
    """The latest of some decisions about each thing.

    Args:
        decisions: those that stand, oldest first.
    """
    return {decision.what: decision for decision in decisions}


def heeded(report: Report, judged: Judgements) -> Report:
    """A report without the events, statements and expectations that were rejected, the others as they were edited.

    Args:
        report: the report as it was read.
        judged: what people decided.

    Returns:
        The same report where nobody decided anything about it.
    """
    ids = item_ids(report.readout, report.id)
    if not any(id in judged for id in ids.values()):
        return report

    def kept(items: Iterable[Any]) -> list[Any]:
        decided = ((item, judged.get(ids.get(item.id, ""))) for item in items)
        return [_edited(item, one) for item, one in decided if one is None or one.verdict != "negative"]

    readout = report.readout
    events = kept(readout.events)
    left = {event.id for event in events}
    waits = [wait for wait in kept(readout.expectations) if wait.event in left]
    less = {"events": events, "statements": kept(readout.statements), "expectations": waits}
    return replace(report, readout=readout.model_copy(update=less))


def _edited(item: Item, decision: Decision | None) -> Item:
    change: dict[str, Any] = dict((decision and decision.change) or {})
    if not change:
        return item
    if isinstance(item, Expectation):
        due = item.due or Due()
        return item.model_copy(update={"due": due.model_copy(update=change)})
    return item.model_copy(update=change)
