"""Overlapping spans over one text, cut into segments that each know what covers them."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with the item it belongs to.

    Attributes:
        start: first character.
        end: past the last character.
        item: id of the item.
        layer: what kind of item it is, such as "person".
    """

    start: int
    end: int
    item: str
    layer: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks, the shortest first, equal ones in the order they were given."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[list[Segment]]:
    """Cut a text at its paragraph breaks and at the ends of its marks.

    Args:
        text: paragraphs parted by a blank line.
        marks: in any order, overlapping as they may; what lies outside the text is ignored.

    Yields:
        The segments of each paragraph, which together hold all of its text.
    """
    inside = (mark for mark in marks if 0 <= mark.start < mark.end <= len(text))
    waiting = deque(sorted(inside, key=lambda mark: mark.start))
    active: list[Mark] = []
    for start, end in _paragraph_bounds(text):
        while waiting and waiting[0].start < end:
            active.append(waiting.popleft())
        active = [mark for mark in active if mark.end > start]
        yield list(_segments(start, end, active))


def _paragraph_bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for part in text.split(PARAGRAPH_BREAK):
        if part:
            yield start, start + len(part)
        start += len(part) + len(PARAGRAPH_BREAK)


def _segments(start: int, end: int, marks: list[Mark]) -> Iterator[Segment]:
    opening: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        opening[max(mark.start, start)].append(mark)
    cuts = sorted({start, end, *opening, *(mark.end for mark in marks if mark.end < end)})
    active: list[Mark] = []
    for first, last in pairwise(cuts):
        active = [mark for mark in active if mark.end > first] + opening[first]
        yield Segment(first, last, tuple(sorted(active, key=lambda mark: mark.end - mark.start)))
