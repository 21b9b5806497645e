"""Which cue a source or a content belongs to: the encoder's score, the tree, the marks and what stands between.

A conditional logit over the cues in reach, one for sources and one for contents; the weights are in
`data/quote_links.json` (made by `training/fit_links.py`).
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import Attribution, Range, overlaps, union
from readout.extract.statements.cues import cue_of, made_known
from readout.extract.statements.cues import words as listed
from readout.extract.statements.sources import source_of
from readout.extract.tree import ancestors, child, governor, is_passive, paragraphs

Floats = NDArray[np.float64]
FEATURES = (
    "encoder", "cue", "gap", "before", "cues_between", "contents_between", "same_sentence", "stops_between",
    "paragraphs_between", "governs", "child", "governed", "leans", "tree",
)  # fmt: skip
"""What is known of a part and a cue; `features_of` says how each is counted."""
REACH = 10
"""Cues before and after a part that are weighed."""
STEPS = 4
"""Steps up the tree that are looked at."""
STOPS = frozenset({".", "!", "?"})
LEANING = frozenset({",", "?", "!", ":", "-", "--", "–", "—"})


class Linker:
    """The parts of one Doc, and what is known of each pair.

    Args:
        doc: a Doc with `doc._.spoken` and a UD v2 tree.
        by_tree: the attributions that tree and quotation marks give.
    """

    def __init__(self, doc: Doc, by_tree: Iterable[Attribution]) -> None:
        self.doc, self.parts = doc, doc._.spoken
        self.heads = [cue_word(doc, cue) for cue in self.parts.cues]
        self.above = [_heads_above(head) for head in self.heads]
        self.led = [_has_noun(head) for head in self.heads]
        self.leaning = list(accumulate((t.text in LEANING for t in doc), initial=0))
        self.starts = [start for start, _ in self.parts.cues]
        self.content_starts = [start for start, _ in self.parts.contents]
        self.paragraph_starts = [start for start, _ in paragraphs(doc)]
        self.stops = [t.i for t in doc if t.text in STOPS or (t.is_space and "\n" in t.text)]
        self.by_tree: dict[int, Attribution] = {i: a for a in by_tree for i in a.cue_words}

    def content_features(self, number: int) -> tuple[list[int], Floats]:
        """The cues in reach of a content, and [cues, features] what speaks for each."""
        part = self.parts.contents[number]
        reach, above = self._reach(part), _heads_above(self.doc[slice(*part)].root)
        scores = self.parts.content_scores[number]
        rows = [self._features(part, c, above, scores[c], self._says(part, c)) for c in reach]
        return reach, np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))

    def source_features(self, number: int) -> tuple[list[int], Floats]:
        """The same of a source."""
        part = self.parts.sources[number]
        reach, above = self._reach(part), _heads_above(self.doc[slice(*part)].root)
        scores = self.parts.source_scores[number]
        rows = [self._features(part, c, above, scores[c], self._spoken_by(part, c)) for c in reach]
        return reach, np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))

    def _reach(self, part: Range) -> list[int]:
        at = bisect_right(self.starts, part[0])
        near = range(max(0, at - REACH), min(len(self.starts), at + REACH))
        return [c for c in near if not part[0] <= self.parts.cues[c][0] < part[1]] or list(near)

    def _features(self, part: Range, number: int, above: Sequence[int], score: float, by_tree: float) -> list[float]:
        cue = self.parts.cues[number]
        low, high = (part[1], cue[0]) if part[0] < cue[0] else (cue[1], part[0])
        stops = self._count(self.stops, low, high)
        governs, child = self._above(above, cue)
        return [
            float(score),
            float(self.parts.cue_scores[number]),
            float(np.log2(1 + max(0, high - low))),
            float(part[0] < cue[0]),
            float(self._count(self.starts, low, high)),
            float(self._count(self.content_starts, low, high)),
            float(stops == 0),
            float(min(stops, 4)),
            float(min(self._count(self.paragraph_starts, low + 1, high + 1), 3)),
            governs,
            child,
            self._above(self.above[number], part)[0],
            float(self._leans(part, cue)),
            by_tree,
        ]

    @staticmethod
    def _count(places: Sequence[int], low: int, high: int) -> int:
        return max(0, bisect_right(places, high - 1) - bisect_right(places, low - 1))

    @staticmethod
    def _above(heads: Sequence[int], above: Range) -> tuple[float, float]:
        """One over the steps from a word up to a range, and whether it is one step alone."""
        for steps, head in enumerate(heads, start=1):
            if above[0] <= head < above[1]:
                return 1 / steps, float(steps == 1)
        return 0.0, 0.0

    def _leans(self, part: Range, cue: Range) -> bool:
        """Whether a comma or the like ties the part to a cue right behind it, or a colon to one right before."""
        if part[1] <= cue[0]:
            return cue[0] - part[1] < 8 and self._has_leaning(max(part[0], part[1] - 2), min(part[1] + 2, cue[0] + 1))
        return part[0] - cue[1] < 4 and self._has_leaning(cue[1] - 1, part[0] + 1)

    def _has_leaning(self, start: int, end: int) -> bool:
        return start < end and self.leaning[end] > self.leaning[start]

    def _says(self, part: Range, number: int) -> float:
        found = self.of_tree(number)
        return float(found is not None and any(overlaps(part, piece) for piece in found.content))

    def _spoken_by(self, part: Range, number: int) -> float:
        found = self.of_tree(number)
        return float(found is not None and found.source is not None and part[0] <= found.source.i < part[1])

    def speaker_by_tree(self, number: int) -> Token | None:
        """The subject of a cue for which the encoder saw no source."""
        found, head = self.of_tree(number), self.heads[number]
        if found is None and head.lower_ == "according":
            return governor(head)
        return found.source if found is not None else source_of(head)

    def is_apart(self, number: int, source: Range) -> bool:
        """Whether a source stands in a sentence behind that of a cue which has a noun for its subject there."""
        behind = source[0] >= self.parts.cues[number][1]
        return behind and self.led[number] and source[0] >= self.heads[number].sent.end

    def of_tree(self, number: int) -> Attribution | None:
        return next((self.by_tree[i] for i in range(*self.parts.cues[number]) if i in self.by_tree), None)


def _heads_above(word: Token) -> list[int]:
    """The nearest words above one in the tree."""
    return [token.i for token in islice(ancestors(word), STEPS)]


def _has_noun(cue: Token) -> bool:
    """Whether a cue has a noun of its own for who speaks."""
    own = child(cue, "nsubj")
    return own is not None and own.pos_ in ("NOUN", "PROPN") and not is_passive(cue)


def linked(doc: Doc, by_tree: Sequence[Attribution]) -> list[Attribution]:
    """The attributions that the encoder sees, each with its own parts.

    Args:
        doc: a Doc with `doc._.spoken` and a UD v2 tree.
        by_tree: the attributions that tree and quotation marks give, as evidence.

    Returns:
        One attribution for each cue that has content, in the order of the cues.
    """
    linker, weights = Linker(doc, by_tree), _weights()
    pieces: dict[int, list[Range]] = {}
    sources: dict[int, tuple[float, Range]] = {}
    shared: dict[int, tuple[float, Range]] = {}
    for n, part in enumerate(doc._.spoken.contents):
        reach, rows = linker.content_features(n)
        if reach:
            pieces.setdefault(reach[int((rows @ weights["content"]).argmax())], []).append(part)
    for n, part in enumerate(doc._.spoken.sources):
        reach, rows = linker.source_features(n)
        scores = rows @ weights["source"]
        near = [(score, c) for score, c in zip(scores, reach, strict=True) if not linker.is_apart(c, part)]
        for place, (score, c) in enumerate(sorted(near, reverse=True)):
            kept = shared if place else sources
            if c not in kept or score > kept[c][0]:
                kept[c] = score, part
    for c in pieces:
        if c not in sources and c in shared and _shares(linker, c, shared[c][1]):
            sources[c] = shared[c]
    return [_attribution(linker, c, sources.get(c), pieces[c]) for c in sorted(pieces)]


def _shares(linker: Linker, number: int, source: Range) -> bool:
    """Whether a participle that no source was left for has one that speaks by another cue: "..., he said, adding that".

    A tree often takes the last subject within what is said for its own ("the dam had leaked, she said, citing ...").
    """
    cue, sources = linker.heads[number], linker.parts.sources
    if cue.tag_ != "VBG" or child(cue, "nsubj") is not None:
        return False
    by_tree = linker.speaker_by_tree(number)
    seen = by_tree is not None and any(start <= by_tree.i < end for start, end in sources)
    return not seen and source[0] < cue.i and linker.doc[source[0]].sent == cue.sent


def _attribution(linker: Linker, number: int, source: tuple[float, Range] | None, content: list[Range]) -> Attribution:
    words = source[1] if source is not None else None
    head = linker.heads[number]
    return Attribution(
        source=linker.doc[slice(*words)].root if words is not None else linker.speaker_by_tree(number),
        cue=head,
        entry=cue_of(head),
        content=union(content),
        source_range=words,
        cue_range=linker.parts.cues[number],
    )


def cue_word(doc: Doc, cue: Range) -> Token:
    """The word of a cue that the lexicon knows, else its head: "said" in "has said"."""
    words = doc[slice(*cue)]
    asking = next((token for token in words if made_known(token) is not None), None)  # "wanted to know"
    if asking is not None:
        return asking
    known = [token for token in words if (entry := cue_of(token)) is not None and entry.frames != {"equated"}]
    known = [token for token in known if token.lemma_ not in listed("listening")] or known  # "is heard saying"
    return words.root if words.root in known or not known else known[0]


@cache
def _weights() -> dict[str, Floats]:
    text = files("readout.knowledge.data").joinpath("quote_links.json").read_text(encoding="utf-8")
    return {kind: np.array([row[name] for name in FEATURES]) for kind, row in json.loads(text)["weights"].items()}
