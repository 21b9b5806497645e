"""An attribution as found in the tree or around quotation marks, in tokens: the raw form of a statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from readout.extract.statements.cues import Cue

Range = tuple[int, int]
"""Tokens `[start, end)`."""

MAX_PHRASES = 14
"""Words that phrases may put between a cue and what it announces: to whom, where and how it was said, another's cue."""
_LOOSE = frozenset(",;:-–—…")


@dataclass
class Attribution:
    """Who said what, with which word.

    Attributes:
        source: the head word of the speaker.
        cue: the word that announces it; `None` where a quotation goes on without one.
        entry: what the lexicon knows of the cue.
        content: the ranges said, in order.
        source_range, cue_range: the whole words of both, where they are known from elsewhere than the tree.
        inner: whether it was looked for within another's words.
        quoted: whether all of it is set apart as the speaker's own words without marks (a block quotation).
    """

    source: Token | None
    cue: Token | None
    entry: Cue | None
    content: list[Range] = field(default_factory=list)
    quoted: bool = False
    source_range: Range | None = None
    cue_range: Range | None = None
    inner: bool = False

    @property
    def cue_words(self) -> range:
        """The tokens of the cue; none where there is no cue."""
        if self.cue_range is not None:
            return range(*self.cue_range)
        return range(self.cue.i, self.cue.i + 1) if self.cue is not None else range(0)

    @property
    def start(self) -> int:
        return self.content[0][0]

    @property
    def end(self) -> int:
        return self.content[-1][1]


def copied(found: Attribution) -> Attribution:
    """The same attribution with content of its own."""
    return replace(found, content=list(found.content))


def subtree_range(token: Token) -> Range:
    """The tokens from the first to the last of a subtree."""
    return token.left_edge.i, token.right_edge.i + 1


def overlaps(one: Range, other: Range) -> bool:
    """Whether two ranges share a token."""
    return one[0] < other[1] and other[0] < one[1]


def union(ranges: Iterable[Range]) -> list[Range]:
    """The same tokens as ordered ranges that neither overlap nor touch."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def without(ranges: Iterable[Range], hole: Range) -> list[Range]:
    """The ranges less the tokens of another."""
    cut: list[Range] = []
    for start, end in ranges:
        cut += [(start, min(end, hole[0])), (max(start, hole[1]), end)]
    return union(cut)


def within(ranges: Iterable[Range], frame: Range) -> list[Range]:
    """The part of the ranges that lies in another."""
    return union((max(start, frame[0]), min(end, frame[1])) for start, end in ranges)


def trimmed(doc: Doc, ranges: Iterable[Range]) -> list[Range]:
    """The ranges without punctuation and whitespace at their edges; quotation marks and brackets stay."""
    kept = (_trim(doc, start, end) for start, end in ranges)
    return [(start, end) for start, end in kept if any(doc[i].is_alpha or doc[i].like_num for i in range(start, end))]


def _trim(doc: Doc, start: int, end: int) -> Range:
    while start < end and _is_loose(doc[start], at_end=False):
        start += 1
    while end > start and _is_loose(doc[end - 1], at_end=True):
        end -= 1
    return start, end


def _is_loose(token: Token, at_end: bool) -> bool:
    text = token.text
    return token.is_space or all(c in _LOOSE or c == "." for c in text) or (at_end and text in ("?!", "and", "but"))
