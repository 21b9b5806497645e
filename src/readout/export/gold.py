"""What people accepted, as gold that a reader can be scored against: one JSON object an article.

The form is that of hand-made gold for whole articles: `people` gives names to keys, `statements`, `events` and
`expectations` refer to them, words are quoted verbatim, and `optional` marks what nobody judged, so that it is neither
asked for nor held against a reader. What was rejected is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from readout.record.decisions import Decision
from readout.record.reviewed import Judgements, heeded
from readout.record.rows import item_ids
from readout.resolve.reports import Report
from readout.schema import Event, Readout, Statement

AFTER = 24
"""Characters behind a trigger that are quoted with it, to the end of a word, so that the words stand in one place."""
Gold = dict[str, Any]


def gold(reports: Iterable[Report], judged: Judgements) -> Iterator[str]:
    """Gold of the articles about which somebody decided.

    Args:
        reports: the reports as they were read.
        judged: the latest decision about each item, by its stable id.

    Yields:
        A line of JSON for each of these articles.
    """
    for report in reports:
        ids = item_ids(report.readout, report.id)
        if any(id in judged for id in ids.values()):
            yield json.dumps(_article(heeded(report, judged), _accepted(ids, judged)), ensure_ascii=False) + "\n"


def _accepted(ids: dict[str, str], judged: Judgements) -> set[str]:
    """The readout's own ids of what was accepted."""
    decided = ((own, judged.get(id)) for own, id in ids.items())
    return {own for own, decision in decided if isinstance(decision, Decision) and decision.verdict == "positive"}


def _article(report: Report, accepted: set[str]) -> Gold:
    readout, of = report.readout, report.readout.article
    names = {
        e.id: list(dict.fromkeys([e.name, *(report.quote(span) for span in e.mentions)])) for e in readout.entities
    }
    known = {
        name: value
        for name, value in (("title", of.title), ("published", of.published), ("outlet", of.outlet))
        if value
    }
    events = [_event(readout, event, accepted) for event in readout.events]
    required = {event["id"] for event in events if "optional" not in event}
    return {
        "id": report.given_id or report.id,
        "note": "Accepted, edited or left open by people in review; optional=true: nobody judged it.",
        "published": of.published,
        "article": known,
        "people": names,
        "statements": [_statement(readout, said, accepted) for said in readout.statements],
        "events": events,
        "expectations": [_wait(x) for x in readout.expectations if x.event in required],
        "roles": [],
        "relations": [],
        "times": [],
        "places": [],
        "sanctions": [],
    }


def _statement(readout: Readout, said: Statement, accepted: set[str]) -> Gold:
    text = readout.article.text
    content = " ".join(text[start:end] for start, end in said.content_spans)
    found: Gold = {"speaker": [said.speaker] if said.speaker else [], "content": content, "kind": said.kind}
    return found | _optional(said.id, accepted)


def _event(readout: Readout, event: Event, accepted: set[str]) -> Gold:
    text = readout.article.text
    speakers = {said.id: said.speaker for said in readout.statements}
    spans = list(dict.fromkeys([event.trigger, *event.mentions]))
    found: Gold = {"id": event.id, "types": [event.type], "anchors": [_anchor(text, span) for span in spans]}
    found |= {part: ids for part, ids in (("actors", event.actors), ("recipients", event.recipients)) if ids}
    found |= {"place": [event.place]} if event.place else {}
    found |= {"start": event.start, "end": event.end} if event.start and event.end else {}
    found["status"] = event.status
    voice = speakers.get(event.asserted_by or "")
    return found | ({"asserted_by": [voice]} if voice else {}) | _optional(event.id, accepted)


def _anchor(text: str, span: tuple[int, int]) -> str:
    """The words of a trigger with some behind them, within their line."""
    start, end = span
    line = text.find("\n", end)
    stop = min(end + AFTER, len(text) if line < 0 else line)
    words = text[start:stop]
    return words if stop == len(text) or not text[stop : stop + 1].isalnum() else words.rsplit(" ", 1)[0] or words


def _wait(wait: Any) -> Gold:
    due = wait.due
    dates = {"due_start": due.start, "due_end": due.end} if due and due.start and due.end else {}
    return {"event": wait.event, **dates}


def _optional(id: str, accepted: set[str]) -> Gold:
    return {} if id in accepted else {"optional": True}
