"""Numbers of one thing that differ between reports of one story.

Each pair of numbers is judged by itself, by a few readable features and weights fitted on invented stories
(`weights_numbers.json`; `training/numbers.py`). Pairs are looked for where reports are of one story.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from math import log

from readout.resolve import fitted
from readout.resolve.corroboration import Corroboration
from readout.resolve.quantities import Quantity, people, quantities
from readout.resolve.reports import Report
from readout.resolve.words import content, stem, word_list

LIKELY = 0.5
CLAUSE = 60
"""Characters between a number and the word for the event whose number it is."""
MOST = 40
"""Numbers of one report that are compared."""
_RISEN = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|climb(?:s|ed)?|increas(?:e|es|ed)|grew|grown|brings?|brought|revised?|now|so far"
    r"|fell|fallen)\b",
    re.IGNORECASE,
)
"""Words beside a count that goes on."""
_WANTED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|demand(?:s|ed|ing)?|wants?|wanted|offer(?:s|ed)?|s(?:eek|eeks|ought)|propos(?:e|es|ed)"
    r"|call(?:s|ed)? for|threaten(?:s|ed)?|up to|hop(?:e|es|ed))\b",
    re.IGNORECASE,
)
"""Words before a number that somebody would like to see."""
ROUND = 0.03
"""Share of a number by which a round number for it may miss it."""
FEATURES = (
    "unit", "units", "money", "people", "people_differ", "bare", "fate", "words", "near", "event",
    "slot", "alone", "known", "known_both", "far", "others", "company", "weeks", "percent", "unit_differs",
    "risen", "wanted",
)  # fmt: skip
Place = tuple[str, int]
"""A number: its article and which of the article's numbers it is."""


class Numbers:
    """The numbers of some reports.

    Args:
        corroboration: the events of the reports.
    """

    def __init__(self, corroboration: Corroboration) -> None:
        self.events = corroboration
        self.reports = corroboration.reports
        self._near: dict[tuple[str, tuple[int, int]], frozenset[str]] = {}
        self._groups: dict[str, list[tuple[int, int, str]]] = {}

    def differing(self, pairs: Iterator[tuple[str, str]]) -> list[dict[float, list[Place]]]:
        """Numbers of the same thing, by their value.

        Args:
            pairs: reports of one story that are two sources.

        Returns:
            One mapping for each thing, in a lasting order.
        """
        judged = ((self.chance(a, b), a, b) for one, other in pairs for a, b in self.candidates(one, other))
        links = sorted(((-chance, a, b) for chance, a, b in judged if chance >= LIKELY))
        thing_of: dict[Place, list[Place]] = {}
        for _, a, b in links:
            one, other = (thing_of.setdefault(place, [place]) for place in (a, b))
            if one is not other and not self._counts_otherwise(one, other):
                one.extend(other)
                thing_of.update(dict.fromkeys(other, one))
        found = []
        for things in sorted({id(thing): sorted(thing) for thing in thing_of.values()}.values()):
            values: dict[float, list[Place]] = defaultdict(list)
            for place in things:
                values[self.at(place).value].append(place)
            if len(values) > 1:
                found.append(dict(values))
        return found

    def _counts_otherwise(self, one: list[Place], other: list[Place]) -> bool:
        """Whether one report gives two numbers, so that they are of two things."""
        return any(a[0] == b[0] and self.at(a).value != self.at(b).value for a in one for b in other)

    def candidates(self, one: str, other: str) -> Iterator[tuple[Place, Place]]:
        """The pairs of numbers of two reports that could be of one thing: their values and not their kinds differ."""
        for n, a in enumerate(self.all(one)):
            for m, b in enumerate(self.all(other)):
                if not _is_rounded(a.value, b.value) and _comparable(a, b):
                    yield (one, n), (other, m)

    def at(self, place: Place) -> Quantity:
        """The number at a place."""
        return self.all(place[0])[place[1]]

    def chance(self, one: Place, other: Place) -> float:
        """The chance that two numbers are of the same thing; 0 where it cannot be likely."""
        a, b = self.at(one), self.at(other)
        left, right = self.reports[one[0]], self.reports[other[0]]
        values = self._counted(a, b, left, right)
        if not fitted.may_reach("numbers", values, LIKELY):
            return 0.0
        return fitted.chance("numbers", values | self._told(a, b, left, right))

    def features(self, one: Place, other: Place) -> dict[str, float]:
        """What speaks for and against two numbers being of one thing (`FEATURES`)."""
        a, b = self.at(one), self.at(other)
        left, right = self.reports[one[0]], self.reports[other[0]]
        return self._counted(a, b, left, right) | self._told(a, b, left, right)

    def _counted(self, a: Quantity, b: Quantity, left: Report, right: Report) -> dict[str, float]:
        units, both = a.units & b.units, a.of_people and b.of_people
        known = [_has(self.all(right.id), a, b), _has(self.all(left.id), b, a)]
        small, large = sorted((a.value, b.value))
        return {
            "unit": float(bool(units)),
            "units": float(bool(units) and a.units == b.units),
            "unit_differs": float(bool(a.units and b.units) and not units and not both),
            "people": float(both and not units),
            "people_differ": float(both and not units and _is_special(a) and _is_special(b)),
            "money": float(bool(units & _money())),
            "bare": float(not a.units or not b.units),
            "percent": float("%" in units),
            "fate": float(bool(a.fates & b.fates)),
            "alone": float(_is_alone(self.all(left.id), a) and _is_alone(self.all(right.id), b)),
            "known": float(any(known)),
            "known_both": float(all(known)),
            "far": min(3.0, log(large / small)) if small else 1.0,
            "others": float(a.others or b.others),
        }

    def _told(self, a: Quantity, b: Quantity, left: Report, right: Report) -> dict[str, float]:
        said = [content(r.quote(r.sentence(q.span))) - q.units for r, q in ((left, a), (right, b))]
        company = self.events.identity.company
        days = self.events.days_between(left.id, right.id)
        return {
            "words": min(4, len(said[0] & said[1])) / 4,
            "near": min(3, len((a.near & b.near) - a.units - b.units)) / 3,
            "event": float(not self._beside(left, a.span).isdisjoint(self._beside(right, b.span))),
            "slot": float(not self._slots(left, a.span).isdisjoint(self._slots(right, b.span))),
            "company": min(4, len(company[left.id] & company[right.id])) / 4,
            "weeks": min(60, days) / 60 if days is not None else 0.5,
            "wanted": float(_is_wanted(left, a) != _is_wanted(right, b)),
            "risen": float(_is_later(left, a, right) or _is_later(right, b, left)),
        }

    def _beside(self, report: Report, span: tuple[int, int]) -> frozenset[str]:
        """The events told within the number's clause."""
        key = (report.id, span)
        if key not in self._near:
            self._near[key] = self._found_beside(report, span)
        return self._near[key]

    def _found_beside(self, report: Report, span: tuple[int, int]) -> frozenset[str]:
        start, end = span
        return frozenset(
            self.events.name_of[(report.id, id)]
            for id, event in report.events.items()
            if any(abs(at - start) < CLAUSE or abs(at - end) < CLAUSE for at, _ in (event.trigger, *event.mentions))
        )

    def _slots(self, report: Report, span: tuple[int, int]) -> set[str]:
        """The events in which those who are counted take part, with their part."""
        parts = self._parts(report)
        return {part for start, end, part in parts if start < span[1] and span[0] < end}

    def _parts(self, report: Report) -> list[tuple[int, int, str]]:
        """Where the groups stand that take part in the events of a report, with their part."""
        if report.id not in self._groups:
            self._groups[report.id] = [
                (*entity.mentions[0], f"{slot} {self.events.name_of[(report.id, id)]}")
                for id, event in report.events.items()
                for slot, ids in (("by", event.actors), ("to", event.recipients))
                for entity in (report.entities[one] for one in ids if one in report.entities)
                if entity.kind == "group" and entity.mentions
            ]
        return self._groups[report.id]

    def all(self, id: str) -> tuple[Quantity, ...]:
        """The numbers of a report."""
        return self._quantities[id]

    @cached_property
    def _quantities(self) -> dict[str, tuple[Quantity, ...]]:
        return {id: quantities(report.text)[:MOST] for id, report in self.reports.items()}


def _is_wanted(report: Report, quantity: Quantity) -> bool:
    start, _ = report.sentence(quantity.span)
    return bool(_WANTED.search(report.text, start, quantity.span[0]))


def _is_rounded(one: float, other: float) -> bool:
    """Whether two numbers are one, or one is a round number for the other ("1,400" for "1,380")."""
    low, high = sorted((one, other))
    if high - low > ROUND * high or low < 100:
        return low == high
    return any(round(a, -n) == b for a, b in ((low, high), (high, low)) for n in range(1, len(str(int(high)))))


def _is_later(report: Report, quantity: Quantity, other: Report) -> bool:
    """Whether the later of two reports says that its number has changed."""
    around = report.text[max(0, quantity.span[0] - CLAUSE) : quantity.span[0]]
    return (report.day or "") > (other.day or "") and bool(_RISEN.search(around))


def unit_of(one: Quantity, other: Quantity) -> str:
    """What two numbers count; different words for people count the same."""
    return min(one.units & other.units, default="people" if one.of_people or other.of_people else "things")


def _is_special(quantity: Quantity) -> bool:
    """Whether people of a sort are counted ("nurses"), and not just people."""
    return bool(quantity.units & people() - frozenset(map(stem, word_list("anybody"))))


@cache
def _money() -> frozenset[str]:
    return frozenset(map(stem, word_list("money")))


def _comparable(a: Quantity, b: Quantity) -> bool:
    fates = a.fates - {"crowd"}, b.fates - {"crowd"}
    if not (a.value and b.value):
        return all(fates) and a.of_people and b.of_people  # "none was hurt" goes against the dead too
    if all(fates) and not a.fates & b.fates:
        return False  # the dead are not the injured
    if a.units & b.units or (a.of_people and b.of_people):
        return True
    if a.of_people != b.of_people and (a.fates or b.fates):
        return False
    return (not a.units or not b.units) and "%" not in a.units | b.units


def _has(others: tuple[Quantity, ...], own: Quantity, theirs: Quantity) -> bool:
    """Whether a report has a number of this value and kind too, so that it does not say otherwise."""
    return any(q.value == own.value and q is not theirs and _comparable(q, own) for q in others)


def _is_alone(others: tuple[Quantity, ...], own: Quantity) -> bool:
    """Whether a report has no other number of this kind."""
    return not any(q is not own and q.value != own.value and q.units & own.units for q in others)
