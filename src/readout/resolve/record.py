"""All that the readouts say together, as lines of `record/1`: articles, actors, events and so on.

Every id comes from the words it stands for, and every order from the ids, so that the same reports give the same lines
in whatever order they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from readout.resolve.conflicts import Conflicts
from readout.resolve.corroboration import Corroboration
from readout.resolve.identity import Actor, Decisions, Identity
from readout.resolve.ledger import Entry, Ledger
from readout.resolve.reports import Node, Report
from readout.resolve.sides import Conflict, Side

Line = dict[str, Any]
STRENGTH = ("occurred", "ongoing", "alleged", "planned", "hypothetical", "denied")
"""An event has the strongest status that a report gives it; what the others say stands in their own lines."""


def record(reports: Iterable[Report], as_of: str, decisions: Decisions | None = None) -> Iterator[Line]:
    """The record of some reports.

    Args:
        reports: the reports known on the day, in any order.
        as_of: the day on which the record is asked (ISO 8601).
        decisions: what people decided about pairs of entities, by their stable ids.

    Yields:
        The lines, by kind and id.
    """
    yield from _Record(sorted(reports, key=lambda r: r.id), as_of, decisions).lines()


class _Record:
    def __init__(self, reports: list[Report], as_of: str, decisions: Decisions | None) -> None:
        self.reports = {report.id: report for report in reports}
        self.identity = Identity(reports, decisions)
        self.events = Corroboration(self.identity)
        self.as_of = as_of

    def lines(self) -> Iterator[Line]:
        yield from map(self._article, self.reports.values())
        yield from map(self._actor, self.identity.actors)
        yield from sorted(map(self._event, filter(self._stands, self.events.groups)), key=lambda line: str(line["id"]))
        yield from map(_conflict, Conflicts(self.events).all())
        yield from map(self._expectation, Ledger(self.events, self.as_of).entries())
        yield from self._copies()

    def _article(self, report: Report) -> Line:
        article = report.readout.article
        return {
            "record": "article",
            "id": report.id,
            "given_id": report.given_id,
            "url": article.url,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published,
            "revision_of": report.revision_of,
            "source_group": report.source,
        }

    def _actor(self, actor: Actor) -> Line:
        spans = sorted((n[0], start, end) for n in actor.members for start, end in self.identity.entity(n).mentions)
        mentions = [{"article": id, "span": [start, end]} for id, start, end in spans]
        about = {"name": actor.name, "kind": actor.kind, "country": actor.country}
        return {"record": "actor", "id": actor.id, **about, "mentions": mentions}

    def _stands(self, group: list[Node]) -> bool:
        """Whether a group is an event: a faint one is where two reports tell of it or it is announced for a day."""
        sure = any(id not in self.reports[article].faint for article, id in group)
        announced = any(a.event == id for article, id in group for a in self.reports[article].announced)
        return sure or announced or len({article for article, _ in group}) > 1

    def _event(self, group: list[Node]) -> Line:
        told = [(self.reports[article], self.reports[article].events[id]) for article, id in group]
        sure = [event for report, event in told if event.id not in report.faint]
        types = sorted(event.type for event in sure or [event for _, event in told])
        status = min((event.status for _, event in told), key=STRENGTH.index)
        dated = [v for _, v in told if v.status == status and v.start] or [v for _, v in told if v.start]
        best = min(dated, key=lambda v: (-len(v.start or ""), v.precision != "day", v.start or ""), default=None)
        places = sorted(p for r, v in told if (p := self.identity.of.get((r.id, v.place or ""))))
        return {
            "record": "event",
            "id": self.events.id_of(group),
            "type": max(dict.fromkeys(types), key=types.count),
            "status": status,
            "start": best.start if best else None,
            "end": best.end if best else None,
            "place": max(dict.fromkeys(places), key=places.count, default=None),
            "sources": len({report.source for report, _ in told}),
            "reports": [self._told(node) for node in group],
        }

    def _told(self, node: Node) -> Line:
        report, event = self.reports[node[0]], self.reports[node[0]].events[node[1]]
        return {
            "article": report.id,
            "trigger": list(event.trigger),
            "mentions": [list(span) for span in event.mentions],
            "status": event.status,
            "start": event.start,
            "end": event.end,
            "asserted_by": self.identity.of.get((report.id, report.asserted_by(event) or "")),
        }

    def _expectation(self, entry: Entry) -> Line:
        article, id = entry.node
        by = {"article": entry.by[0], "span": list(entry.by[1])} if entry.by else None
        due = {"start": entry.due.start, "end": entry.due.end} if entry.due else None
        return {
            "record": "expectation",
            "id": entry.id,
            "event": self.events.name_of[entry.node],
            "article": article,
            "span": list(self.reports[article].evidence(self.reports[article].events[id])[0]),
            "trigger": list(self.reports[article].events[id].trigger),
            "due": due,
            "state": entry.state,
            "by": by,
        }

    def _copies(self) -> Iterator[Line]:
        copies: dict[str, list[str]] = defaultdict(list)
        for report in self.reports.values():
            copies[report.source].append(report.id)
        return ({"record": "copies", "articles": ids} for _, ids in sorted(copies.items()) if len(ids) > 1)


def _conflict(conflict: Conflict) -> Line:
    sides = [[_said(side) for side in one] for one in conflict.sides]
    return {"record": "conflict", "id": conflict.id, "about": conflict.about, "sides": sides}


def _said(side: Side) -> Line:
    return {"article": side.article, "span": list(side.span), "actor": side.actor}
