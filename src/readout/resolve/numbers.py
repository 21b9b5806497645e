"""Numbers of one thing that differ between reports of one story.

Each pair of numbers is judged by itself, by a few readable features and weights fitted on invented stories
(`weights_numbers.json`; `training/numbers.py`). Pairs are looked for where reports are of one story.
"""

from __future__ import annotations

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
FEATURES = (
    "unit", "units", "money", "people", "people_differ", "bare", "fate", "words", "near", "event",
    "slot", "alone", "known", "known_both", "far", "others", "company", "weeks", "percent", "unit_differs",
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

    def differing(self, pairs: Iterator[tuple[str, str]]) -> list[dict[float, list[Place]]]:
        """Numbers of the same thing, by their value.

        Args:
            pairs: reports of one story that are two sources.

        Returns:
            One mapping for each thing, in a lasting order.
        """
        parents: dict[Place, Place] = {}
        for one, other in pairs:
            for a, b in self.candidates(one, other):
                if self.chance(a, b) >= LIKELY:
                    low, high = sorted((_root(parents, a), _root(parents, b)))
                    parents[high] = low
        things: dict[Place, dict[float, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for place in sorted(parents):
            things[_root(parents, place)][self.at(place).value].append(place)
        return [values for _, values in sorted(things.items()) if len(values) > 1]

    def candidates(self, one: str, other: str) -> Iterator[tuple[Place, Place]]:
        """The pairs of numbers of two reports that could be of one thing: their values and not their kinds differ."""
        for n, a in enumerate(self.all(one)):
            for m, b in enumerate(self.all(other)):
                if a.value != b.value and _comparable(a, b):
                    yield (one, n), (other, m)

    def at(self, place: Place) -> Quantity:
        """The number at a place."""
        return self.all(place[0])[place[1]]

    def chance(self, one: Place, other: Place) -> float:
        """The chance that two numbers are of the same thing."""
        return fitted.chance("numbers", self.features(one, other))

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
            "event": float(bool(self._beside(left, a) & self._beside(right, b))),
            "slot": float(bool(self._slots(left, a) & self._slots(right, b))),
            "company": min(4, len(company[left.id] & company[right.id])) / 4,
            "weeks": min(60, days) / 60 if days is not None else 0.5,
        }

    def _beside(self, report: Report, quantity: Quantity) -> set[str]:
        """The events told within the number's clause."""
        start, end = quantity.span
        return {
            self.events.name_of[(report.id, id)]
            for id, event in report.events.items()
            if any(abs(at - start) < CLAUSE or abs(at - end) < CLAUSE for at, _ in (event.trigger, *event.mentions))
        }

    def _slots(self, report: Report, quantity: Quantity) -> set[str]:
        """The events in which those who are counted take part, with their part."""
        found = set()
        for id, event in report.events.items():
            for slot, ids in (("by", event.actors), ("to", event.recipients)):
                groups = (report.entities[one] for one in ids if one in report.entities)
                spans = [span for entity in groups if entity.kind == "group" for span in entity.mentions[:1]]
                if any(start < quantity.span[1] and quantity.span[0] < end for start, end in spans):
                    found.add(f"{slot} {self.events.name_of[(report.id, id)]}")
        return found

    def all(self, id: str) -> tuple[Quantity, ...]:
        """The numbers of a report."""
        return self._quantities[id]

    @cached_property
    def _quantities(self) -> dict[str, tuple[Quantity, ...]]:
        return {id: quantities(report.text)[:MOST] for id, report in self.reports.items()}


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
    return (not a.units or not b.units) and "%" not in a.units | b.units


def _has(others: tuple[Quantity, ...], own: Quantity, theirs: Quantity) -> bool:
    """Whether a report has a number of this value and kind too, so that it does not say otherwise."""
    return any(q.value == own.value and q is not theirs and _comparable(q, own) for q in others)


def _is_alone(others: tuple[Quantity, ...], own: Quantity) -> bool:
    """Whether a report has no other number of this kind."""
    return not any(q is not own and q.value != own.value and q.units & own.units for q in others)


def _root(parents: dict[Place, Place], place: Place) -> Place:
    while (upper := parents.setdefault(place, place)) != place:
        place = upper
    return place
