"""Where reports, or those they quote, say otherwise: told and denied, or with other numbers, dates and places.

Both sides stand, each with its words and whose word it is; nothing is averaged. A report that its own paper has
revised takes no side, and copies of one report are one voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from readout.resolve.corroboration import Corroboration
from readout.resolve.denials import Denials
from readout.resolve.neighbours import story_pairs
from readout.resolve.numbers import Numbers, Place, unit_of
from readout.resolve.quantities import people, quantities
from readout.resolve.reports import Node, Report
from readout.resolve.sides import CLAIMED, Conflict, Side, in_order, joined, sides_of
from readout.resolve.venues import Venues
from readout.schema import Event

SOON = 14
"""Days between two reports that announce one thing for two days; later ones may have a new day."""
NEARBY = 120
"""Characters between two counts of the same."""
_SAID = re.compile(r"\b(?:said|says|told|announced|reported|according)\b", re.IGNORECASE)
_ANOTHER_COUNT = re.compile(
    r"\b(?:police|organis\w+|authorit\w+|officials?|government|ministry|union|army|rebels?|opposition)\b", re.IGNORECASE
)
"""Those who count crowds and casualties."""


class Conflicts:
    """The conflicts among some reports.

    Args:
        corroboration: their events.
    """

    def __init__(self, corroboration: Corroboration) -> None:
        self.events = corroboration
        self.identity = corroboration.identity
        self.reports = corroboration.reports

    def all(self) -> list[Conflict]:
        """All conflicts, in the order of what they are about."""
        dates = [conflict for group in self.events.groups for conflict in self._dates(group)]
        counts = [c for r in self.reports.values() if not r.superseded for c in self._counted_twice(r)]
        venues = Venues(self.events)
        places = [conflict for group in self.events.groups for conflict in venues.conflicts(group)]
        numbers = joined([*self._numbers(), *counts])
        nobody = [side for number in numbers for side in number.sides[0] if self._counts_nobody(side)]
        denials = Denials(self.events, self.story_of).all(nobody)
        return in_order([*denials, *dates, *places, *numbers])

    @cached_property
    def _pairs(self) -> set[tuple[str, str]]:
        return story_pairs(self.events)

    @cached_property
    def story_of(self) -> dict[str, set[str]]:
        """The reports of one story with each."""
        found: dict[str, set[str]] = {}
        for one, other in self._pairs:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found

    def _numbers(self) -> Iterator[Conflict]:
        """Numbers of the same thing that differ between reports of one story."""
        numbers = Numbers(self.events)
        sources = ((a, b) for a, b in sorted(self._pairs) if self.reports[a].source != self.reports[b].source)
        for values in numbers.differing(sources):
            first, *rest = (list(places) for _, places in sorted(values.items()))
            unit = unit_of(numbers.at(first[0]), numbers.at(rest[0][0]))
            others = [place for places in rest for place in places]
            sides = [sides_of(self._number(numbers, place) for place in some) for some in (first, others)]
            yield Conflict(f"number of {unit} {first[0][0]}:{numbers.at(first[0]).span[0]}", (sides[0], sides[1]))

    def _number(self, numbers: Numbers, place: Place) -> Side:
        return self._number_side(self.reports[place[0]], numbers.at(place).span)

    def _counted_twice(self, report: Report) -> Iterator[Conflict]:
        """Two numbers of the same people side by side, each by another's count."""
        for one, other in pairwise(quantities(report.text)):
            between = report.text[one.span[1] : other.span[0]]
            shared = one.units & other.units & people()
            differ = one.value != other.value and not (one.others or other.others)
            if shared and differ and len(between) < NEARBY and _ANOTHER_COUNT.search(between):
                sides = [self._number_side(report, quantity.span) for quantity in (one, other)]
                yield Conflict(f"number of {min(shared)} {report.id}:{one.span[0]}", ((sides[0],), (sides[1],)))

    def _counts_nobody(self, side: Side) -> bool:
        """Whether it is a number in the words of a denial."""
        return self.reports[side.article].quote(side.span).lower().startswith(("nobody", "none"))

    def _number_side(self, report: Report, span: tuple[int, int]) -> Side:
        start, end = span
        voices = (s for s in report.readout.statements if any(a <= start and end <= b for a, b in s.content_spans))
        speaker = next((s.speaker for s in voices), None)
        return Side(report.id, (start, end), self.identity.of.get((report.id, speaker or "")))

    def _dates(self, group: list[Node]) -> Iterator[Conflict]:
        """Days that differ, where each is told in so many words of something done, or announced and not put off."""
        dated = [n for n in group if self._takes_side(n) and self._is_dated(n)]
        done = [n for n in dated if self._event(n).status in CLAIMED]
        plans = [n for n in dated if self._event(n).status == "planned" and not self.reports[n[0]].puts_off]
        for told, apart in ((done, None), (plans, SOON)):
            first = min(told, key=lambda n: (self._event(n).start or "", n), default=None)
            rest = [n for n in told if first and self._differs(n, first, apart)]
            if first and rest:
                same = [n for n in told if self._event(n).start == self._event(first).start]
                sides = sides_of(map(self._dated, same)), sides_of(map(self._dated, rest))
                yield Conflict(f"{self.events.id_of(group)} date", sides)

    def _differs(self, node: Node, first: Node, apart: int | None) -> bool:
        """Whether another source tells the same word with another day, in reports of about one time."""
        days = self.events.days_between(node[0], first[0])
        return (
            self._event(node).start != self._event(first).start
            and self.reports[node[0]].source != self.reports[first[0]].source
            and bool(self._words(node) & self._words(first))
            and (apart is None or (days is not None and days <= apart))
        )

    def _words(self, node: Node) -> frozenset[str]:
        return self.events.happenings[node].triggers

    def _takes_side(self, node: Node) -> bool:
        """Whether the words are sure to report an event, in a report that its paper has not revised."""
        report = self.reports[node[0]]
        return node[1] not in report.faint and not report.superseded

    def _is_dated(self, node: Node) -> bool:
        """Whether a day is told; in "said on Monday that" it may be the day on which it was said."""
        event = self._event(node)
        report = self.reports[node[0]]
        is_told = event.asserted_by is not None or _SAID.search(report.quote(report.sentence(event.trigger)))
        telling = bool(is_told) and (event.start or "")[:10] == report.day
        return (
            event.time is not None
            and event.precision == "day"
            and event.start is not None
            and not (telling or self.events.happenings[node].moved)
        )

    def _dated(self, node: Node) -> Side:
        report, event = self.reports[node[0]], self._event(node)
        time = next((t for t in report.readout.times if t.id == event.time), None)
        span = time.span if time else event.trigger
        return Side(report.id, (span[0], span[1]), self.identity.of.get((report.id, report.asserted_by(event) or "")))

    def _event(self, node: Node) -> Event:
        return self.reports[node[0]].events[node[1]]
