"""One event told of two places that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from readout.knowledge.folding import fold
from readout.resolve.corroboration import Corroboration
from readout.resolve.identity import distance_km
from readout.resolve.reports import Node
from readout.resolve.sides import CLAIMED, Conflict, Side, sides_of
from readout.schema import Entity

APART_KM = 15.0
"""Kilometres between two places that are not one, nor the one beside the other."""
SURE = 0.5
"""Chance that two tellings are of one event, by themselves, from which two places for it exclude each other."""


class Venues:
    """The places that reports give for their events.

    Args:
        corroboration: the events of the reports.
    """

    def __init__(self, corroboration: Corroboration) -> None:
        self.events = corroboration
        self.identity = corroboration.identity
        self.reports = corroboration.reports

    def conflicts(self, group: list[Node]) -> Iterator[Conflict]:
        """Places of one event of which each excludes the other; a place within the other does not.

        Args:
            group: the tellings of one event.
        """
        placed = [node for node in group if self._is_placed(node)]
        pairs = [(a, b) for a, b in combinations(placed, 2) if self._exclude(a, b)]
        if pairs:
            first = pairs[0][0]
            sides: tuple[list[Node], list[Node]] = ([], [])
            for node in dict.fromkeys(node for pair in pairs for node in pair):
                sides[are_apart(self._place(node), self._place(first))].append(node)
            yield Conflict(
                f"{self.events.id_of(group)} place",
                (sides_of(map(self._side, sides[0])), sides_of(map(self._side, sides[1]))),
            )

    def _exclude(self, one: Node, other: Node) -> bool:
        """Whether two sources tell the same in the same words, each with a place where the other's is not."""
        a, b = self.events.happenings[one], self.events.happenings[other]
        return (
            self.reports[one[0]].source != self.reports[other[0]].source
            and (a.event.status in CLAIMED) == (b.event.status in CLAIMED)
            and a.event.type == b.event.type
            and bool(a.triggers & b.triggers or (a.event.mode and a.event.mode == b.event.mode))
            and a.place != b.place
            and are_apart(self._place(one), self._place(other))
            and self.events.chance(one, other) >= SURE
        )

    def _is_placed(self, node: Node) -> bool:
        """Whether the report names the place beside the event, and neither is revised nor tells of a move."""
        report, event = self.reports[node[0]], self.events.happenings[node].event
        sure = not report.superseded and node[1] not in report.faint and event.status in CLAIMED | {"planned"}
        named = event.place_span is not None and event.place in report.entities
        return sure and named and not report.puts_off

    def _place(self, node: Node) -> Entity:
        return self.reports[node[0]].entities[self.events.happenings[node].event.place or ""]

    def _side(self, node: Node) -> Side:
        report, event = self.reports[node[0]], self.events.happenings[node].event
        start, end = event.place_span or event.trigger
        return Side(report.id, (start, end), self.identity.of.get((report.id, report.asserted_by(event) or "")))


def are_apart(one: Entity, other: Entity) -> bool:
    """Whether two places are known, neither lies in the other, and they are too far apart to be one.

    Args:
        one: an entity.
        other: another.
    """
    if one.kind != "place" or other.kind != "place" or one.location is None or other.location is None:
        return False
    within = [{fold(name) for name in place.location.within} if place.location else set() for place in (one, other)]
    if fold(one.name) in within[1] or fold(other.name) in within[0]:
        return False
    return all(within) and distance_km(one, other) > APART_KM
