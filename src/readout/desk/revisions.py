"""Two versions of a text side by side: paragraph against paragraph, word against word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

MOST_WORDS = 1500
"""Words of a paragraph that are compared one by one; a longer one is shown as wholly changed."""
MOST_PARAGRAPHS = 2000
ALIKE = 0.3
"""Likeness (0 to 1) from which two paragraphs are taken for one that was edited."""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Part(NamedTuple):
    """A stretch of a paragraph, and whether only this version has it."""

    words: str
    is_changed: bool


class Row(NamedTuple):
    """A paragraph of each version; an empty side where one lacks it."""

    before: list[Part]
    after: list[Part]

    @property
    def is_same(self) -> bool:
        """Whether both versions have it alike."""
        return not any(part.is_changed for part in (*self.before, *self.after))


def side_by_side(before: str, after: str) -> list[Row]:
    """Align two texts.

    Args:
        before: the older text, paragraphs parted by blank lines.
        after: the newer text.

    Returns:
        Rows in the order of the texts.
    """
    old, new = (text.split("\n\n")[:MOST_PARAGRAPHS] for text in (before, after))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [row for kind, a, b, c, d in steps for row in _rows(kind, old[a:b], new[c:d])]


def _rows(kind: str, old: list[str], new: list[str]) -> Iterator[Row]:
    if kind == "equal":
        yield from (Row([Part(one, False)], [Part(one, False)]) for one in old)
        return
    for one, other in zip_longest(old, new, fillvalue=""):
        yield from _edited(one, other)


def _edited(one: str, other: str) -> Iterator[Row]:
    """One row for a paragraph that was edited, two for one that gave way to another."""
    words, others = _WORD.findall(one), _WORD.findall(other)
    if max(len(words), len(others)) <= MOST_WORDS:
        matcher = SequenceMatcher(None, words, others, autojunk=False)
        if matcher.ratio() >= ALIKE:
            steps = matcher.get_opcodes()
            yield Row(
                list(_parts(words, [(kind, a, b) for kind, a, b, _, _ in steps])),
                list(_parts(others, [(kind, a, b) for kind, _, _, a, b in steps])),
            )
            return
    if one:
        yield Row([Part(one, True)], [])
    if other:
        yield Row([], [Part(other, True)])


def _parts(words: Sequence[str], steps: Sequence[tuple[str, int, int]]) -> Iterator[Part]:
    for kind, start, end in steps:
        if start < end:
            yield Part("".join(words[start:end]), kind != "equal")
