"""What some tell as done and others deny, across reports and within one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from readout.resolve.corroboration import Corroboration
from readout.resolve.denying import Denial
from readout.resolve.refuting import LIKELY, Claim, Refuting
from readout.resolve.sides import Conflict, Side, is_alike, joined, sides_of

NEARLY = 0.75
"""Share of the chance of the statement that a denial fits best from which it is against another one too."""


class Denials:
    """The denials among some reports.

    Args:
        events: the events of the reports.
        story_of: the reports of one story with each.
    """

    def __init__(self, events: Corroboration, story_of: dict[str, set[str]]) -> None:
        self.events = events
        self.refuting = Refuting(events, story_of)

    def all(self, counted: Collection[Side] = ()) -> list[Conflict]:
        """What is told by some and denied by others; each denial once.

        Args:
            counted: numbers that are denials ("nobody"), which are opposed to other numbers already.
        """
        found: list[tuple[Denial, Conflict]] = []
        for report in self.events.reports.values():
            for denial in self.refuting.denying.denials(report):
                if not any(side.overlaps(_side(denial)) for side in counted):
                    found += ((denial, conflict) for conflict in self._conflict(denial))
        return _each_once(joined(self._together(found)))

    def _together(self, found: list[tuple[Denial, Conflict]]) -> list[Conflict]:
        """Conflicts, each with the other denials of the same of the same words."""
        return [
            Conflict(conflict.about, (conflict.sides[0], (*conflict.sides[1], *self._others(denial, conflict, found))))
            for denial, conflict in found
        ]

    def _others(self, denial: Denial, conflict: Conflict, found: list[tuple[Denial, Conflict]]) -> Iterator[Side]:
        for other, rival in found:
            against = other is not denial and any(a.overlaps(b) for a in conflict.sides[0] for b in rival.sides[0])
            if against and self.refuting.is_same(denial, other):
                yield rival.sides[1][0]

    def _conflict(self, denial: Denial) -> Iterator[Conflict]:
        judged = list(self.refuting.judged(denial))
        best, first = max(judged, key=lambda one: one[0], default=(0.0, None))
        if first is not None and best >= LIKELY:
            chosen = [claim for chance, claim in judged if chance >= max(LIKELY, NEARLY * best)]
            claimed = sides_of(map(_side, chosen))
            yield Conflict(f"{self._about(first)} denied", (claimed, (_side(denial),)))

    def _about(self, claim: Claim) -> str:
        """The id of the event that a statement tells, or where the statement stands."""
        told = [self.events.name_of[(claim.article, id)] for id in claim.events]
        return min(told, default=f"{claim.article}:{claim.span[0]}")


def _side(words: Denial | Claim) -> Side:
    return Side(words.article, words.span, words.speaker)


def _each_once(conflicts: list[Conflict]) -> list[Conflict]:
    """Conflicts without those that oppose the words of another one, the other way round."""
    kept: list[Conflict] = []
    for one in conflicts:
        if not any(is_alike(one, other) for other in kept):
            kept.append(one)
    return kept
