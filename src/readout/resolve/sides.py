"""A conflict and its sides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

CLAIMED = frozenset({"occurred", "ongoing", "alleged"})
"""Statuses of what somebody tells as come about."""


@dataclass(frozen=True)
class Side:
    """The words of one side, and who says so; `None` where the report says it in its own voice."""

    article: str
    span: tuple[int, int]
    actor: str | None

    def overlaps(self, other: Side) -> bool:
        """Whether both hold the same words."""
        return self.article == other.article and self.span[0] < other.span[1] and other.span[0] < self.span[1]


@dataclass(frozen=True)
class Conflict:
    """Two sides of one matter."""

    about: str
    """The id of the event, with "denied", "number of ...", "date" or "place"."""
    sides: tuple[tuple[Side, ...], tuple[Side, ...]]

    @property
    def id(self) -> str:
        """From the sides, so that it stays as long as they do."""
        words = repr([[(s.article, tuple(s.span)) for s in side] for side in self.sides])
        return "c" + hashlib.sha256(words.encode()).hexdigest()[:15]


def sides_of(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Sides in the order of their words, each once; of the same words, those whose voice is known."""
    found: dict[tuple[str, tuple[int, int]], Side] = {}
    for side in sorted(sides, key=lambda s: (s.article, s.span, s.actor or "")):
        found[(side.article, side.span)] = side
    return tuple(found.values())


def joined(conflicts: list[Conflict]) -> list[Conflict]:
    """Conflicts, those of them as one whose second sides share words, or are of one article or voice against the same.

    Args:
        conflicts: of one kind; the second side of each denies or counts otherwise.
    """
    found: list[Conflict] = []
    for conflict in in_order(conflicts):
        same = [c for c in found if _is_same(c, conflict)]
        for other in same:
            found.remove(other)
        both = [conflict, *same]
        sides = [sides_of(side for c in both for side in c.sides[n]) for n in (0, 1)]
        found.append(Conflict(min(c.about for c in both), (sides[0], sides[1])))
    return in_order(found)


def _is_same(one: Conflict, other: Conflict) -> bool:
    if any(a.overlaps(b) for a in one.sides[1] for b in other.sides[1]):
        return True
    against = any(a.overlaps(b) for a in one.sides[0] for b in other.sides[0])
    voices = [{where for s in c.sides[1] for where in (s.article, s.actor) if where} for c in (one, other)]
    return against and bool(voices[0] & voices[1])


def is_alike(one: Conflict, other: Conflict) -> bool:
    """Whether two conflicts oppose the same words, in whatever order their sides stand."""
    return any(
        all(any(a.overlaps(b) for a in one.sides[n] for b in other.sides[m]) for n, m in ((0, order), (1, 1 - order)))
        for order in (0, 1)
    )


def in_order(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Conflicts by what they are about, each once."""
    return sorted({c.id: c for c in conflicts}.values(), key=lambda c: (c.about, c.id))
