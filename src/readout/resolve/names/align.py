"""Which words of two names stand for each other."""

from typing import NamedTuple

from readout.resolve.names.spelling import likeness
from readout.resolve.names.structure import Word

INITIAL_LIKENESS = 0.7
JOINED_LIKENESS = 0.96


class Alignment(NamedTuple):
    """Words of two names, matched one to one or one to several.

    Args:
        pairs: likeness, place on the left, place on the right of each pair.
        left: words on the left that found no partner.
        right: those on the right.
        initials: how many pairs are an initial and a word.
    """

    pairs: list[tuple[float, int, int]]
    left: list[Word]
    right: list[Word]
    initials: int


def align(left: tuple[Word, ...], right: tuple[Word, ...]) -> Alignment:
    """Match the words of two names, the most alike first.

    Args:
        left: words of one name.
        right: words of the other.

    Returns:
        The pairs, and what is left over.
    """
    found = []
    initials = 0
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if (alike := _alike(a, b)) > 0:
                found.append((alike - abs(i - j) * 1e-6, i, j))
    found.sort(reverse=True)
    free_left, free_right = set(range(len(left))), set(range(len(right)))
    pairs = []
    for alike, i, j in found:
        if i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            pairs.append((alike, i, j))
            initials += left[i].role != right[j].role and "i" in (left[i].role, right[j].role)
    if free_left and free_right:
        pairs += _joined(left, right, free_left, free_right)
        if free_left and free_right:
            pairs += [(alike, i, j) for alike, j, i in _joined(right, left, free_right, free_left)]
    return Alignment(pairs, [left[i] for i in free_left], [right[j] for j in free_right], initials)


def _alike(a: Word, b: Word) -> float:
    if a.text == b.text:
        return 1.0
    if a.role == b.role == "n":
        return 0.0
    if a.role == "i" or b.role == "i":
        short, long = (a.text, b.text) if a.role == "i" else (b.text, a.text)
        return INITIAL_LIKENESS if len(short) == 1 and long[0] == short else 0.0
    if (a.role == "n") != (b.role == "n"):
        return 0.0
    return likeness(a.text, b.text)


def _joined(
    ones: tuple[Word, ...], many: tuple[Word, ...], free_one: set[int], free_many: set[int]
) -> list[tuple[float, int, int]]:
    """Free words that are two or three free neighbours of the other name written as one, or their initials."""
    pairs = []
    for i in sorted(free_one):
        for size in (3, 2):
            for j in range(len(many) - size + 1):
                run = range(j, j + size)
                if all(place in free_many for place in run) and _is_run(ones[i], [many[place] for place in run]):
                    pairs += [(JOINED_LIKENESS, i, place) for place in run]
                    free_many.difference_update(run)
                    free_one.discard(i)
                    break
            if i not in free_one:
                break
    return pairs


def _is_run(one: Word, run: list[Word]) -> bool:
    if len(one.text) == len(run):
        return one.text == "".join(word.text[0] for word in run)
    joined = "".join(word.text for word in run)
    return one.text == joined or (abs(len(joined) - len(one.text)) < 3 and likeness(one.text, joined) > 0.85)
