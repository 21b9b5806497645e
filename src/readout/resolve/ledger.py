"""The ledger: what was announced, and what became of it by a given day.

Open until another report tells that it was done (fulfilled), moved (postponed), given up (dropped) or that it will not
be (denied); overdue when its time is over and nobody has told. A state rests on the words of one report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, timedelta
from typing import Literal

from readout.resolve.corroboration import Corroboration
from readout.resolve.reports import TURNS, Announced, Node, Report, Turn
from readout.resolve.settling import Settling, not_yet
from readout.resolve.words import content, sentences
from readout.schema import Due, Event

_WAS_TO_BE = re.compile(r"\b(?:was|were|had|would have)\b", re.IGNORECASE)
"""What was to be is what is off; what will be comes in its stead."""
State = Literal["open", "fulfilled", "overdue", "postponed", "dropped", "denied"]
LATEST = 180
"""Days after its time in which a word of dropping or postponing is still taken to be about an event."""
DONE = frozenset({"occurred", "ongoing"})
SHARED = 3
"""Content words that a sentence of a postponement must share with the announcement, or the event's own."""


@dataclass(frozen=True)
class Entry:
    """An expectation with its state."""

    id: str
    node: Node
    """The planned event."""
    due: Due | None
    state: State
    by: tuple[str, tuple[int, int]] | None
    """The article and the words that decided."""


class Ledger:
    """What some reports announce, and what became of it.

    Args:
        corroboration: the events of the reports.
        as_of: the day on which is asked (ISO 8601).
    """

    def __init__(self, corroboration: Corroboration, as_of: str) -> None:
        self.events = corroboration
        self.reports = corroboration.reports
        self.as_of = as_of
        self.settling = Settling(corroboration)
        self.group_of = {node: group for group in corroboration.groups for node in group}

    def entries(self) -> list[Entry]:
        """All expectations in the order of their ids."""
        found = (
            self._entry(report, announced)
            for report in self.reports.values()
            for announced in report.announced
            if (report.id, announced.event) in self.group_of
        )
        return sorted(found, key=lambda entry: entry.id)

    def _entry(self, report: Report, announced: Announced) -> Entry:
        node = self._told_of((report.id, announced.event))
        done = self._later(node, DONE)
        moved = None if node[1] != announced.event else self._turn(node, "postponed")
        turned = self._turn(node, "dropped"), self._later(node, frozenset({"denied"})), moved
        states: tuple[State, ...] = ("fulfilled", "dropped", "denied", "postponed")
        told = self.settling.outcome(report, announced)
        if told and told[0] == "fulfilled":
            done = done or told[1]
        elif told and done and told[1] == done:
            done = None
        decided = ((state, by) for state, by in zip(states, (done, *turned), strict=True) if by)
        waiting: State = "overdue" if self._is_over(announced.due) else "open"
        state, by = next(decided, None) or told or (waiting, None)
        return Entry(announced.id, (report.id, announced.event), announced.due, state, by)

    def _told_of(self, node: Node) -> Node:
        """The event itself, where it is told by the word of its postponement."""
        happenings = self.events.happenings
        if not happenings[node].turns:
            return node
        start = happenings[node].event.trigger[0]
        beside = [
            (abs(v.trigger[0] - start), (node[0], id))
            for id, v in self.reports[node[0]].events.items()
            if happenings[(node[0], id)].moved
        ]
        return min(beside)[1] if beside else node

    def _is_over(self, due: Due | None) -> bool:
        """Whether the time for it has passed; what lasts to a month or year has until its end."""
        last = (due.end or due.start) if due else None
        return last is not None and last[:10] < self.as_of[: len(last[:10])]

    def _later(self, node: Node, statuses: frozenset[str]) -> tuple[str, tuple[int, int]] | None:
        """The first later report of the same event with one of some statuses."""
        told = self.reports[node[0]].day or ""
        found = []
        for article, id in self.group_of[node]:
            report, event = self.reports[article], self.reports[article].events[id]
            if article != node[0] and event.status in statuses and (report.day or "") > told:
                if statuses == DONE and not (_follows(event, told) and self._is_plain(report, node)):
                    continue
                if statuses == DONE and not_yet(report.quote(report.evidence(event)[0])):
                    continue
                found.append((report.day or "", article, report.evidence(event)[0]))
        first = min(found, default=None)
        return (first[1], first[2]) if first else None

    def _is_plain(self, report: Report, node: Node) -> bool:
        """Whether a report has no word of postponing or dropping the event, which then was only to happen."""
        return not any(True for kind in TURNS for _ in self._turns(report, node, kind))

    def _turn(self, node: Node, kind: Turn) -> tuple[str, tuple[int, int]] | None:
        """The first report, from the announcement's day on, in which a word of postponing or dropping is said of it."""
        told, found = self.reports[node[0]].day or "", []
        for report in self._companions(node, kind):
            if told <= (report.day or "") <= self._until(node):
                found += [(report.day or "", report.id, span) for span in self._turns(report, node, kind)]
        first = min(found, default=None)
        return (first[1], first[2]) if first else None

    def _until(self, node: Node) -> str:
        """The last day of a report from which an event may be said to be postponed or dropped."""
        happening = self.events.happenings[node]
        last = max((day for day in (happening.ends, happening.told) if day), default=None)
        return (last + timedelta(days=LATEST)).isoformat() if last and last.year < MAXYEAR else "9999"

    def _companions(self, node: Node, kind: Turn) -> Iterator[Report]:
        """The reports with such a word that tell of the same event, or name most of its actors."""
        told_in = {article for article, _ in self.group_of[node]}
        happening = self.events.happenings[node]
        whose = happening.actors | happening.around
        for id in sorted(self._naming(whose) | told_in):
            if self.reports[id].turning[kind]:
                yield self.reports[id]

    def _naming(self, actors: frozenset[str]) -> set[str]:
        """Reports that name most of some actors."""
        counts: dict[str, int] = {}
        for actor in actors:
            for id in {article for article, _ in self.events.identity.by_id[actor].members}:
                counts[id] = counts.get(id, 0) + 1
        return {id for id, n in counts.items() if n >= max(1, (len(actors) + 1) // 2)}

    def _turns(self, report: Report, node: Node, kind: Turn) -> Iterator[tuple[int, int]]:
        return (span for span in report.turning[kind] if self._is_about(report, span, node))

    def _is_about(self, report: Report, span: tuple[int, int], node: Node) -> bool:
        """Whether a sentence tells of the event: it holds one of its mentions, or enough of its words."""
        own = self.reports[node[0]]
        planned = own.events[node[1]]
        told = [self.reports[a].events[v].trigger for a, v in self.group_of[node] if a == report.id and a != own.id]
        if any(span[0] <= trigger[0] < span[1] for trigger in told):
            return True
        if report.id == own.id:
            return span[0] <= planned.trigger[0] < span[1] or self._next(report, span, planned)
        words = content(report.text[span[0] : span[1]])
        theirs = self.events.happenings[node].words
        return len(words & theirs) >= SHARED and len(words & theirs) >= 0.3 * min(len(words), len(theirs))

    def _next(self, report: Report, span: tuple[int, int], planned: Event) -> bool:
        """Whether the announcement stands in the two sentences after one, in which what is off may be told again."""
        following = [s for s in sentences(report.text) if span[1] <= s[0]][:2]
        again = [s for s in following if s[0] <= planned.trigger[0] < s[1]]
        return any(_WAS_TO_BE.search(report.quote(sentence)) for sentence in again)


def _follows(event: Event, told: str) -> bool:
    """Whether something done was done after it was announced, as far as is known."""
    when = event.end or event.start
    return when is None or when[:10] >= told[: len(when[:10])]
