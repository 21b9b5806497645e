"""Which way a clause looks, back or ahead: from the tree and the morphology where there are some, else from nearby words."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from spacy.tokens import Doc
from spacy.tokens import Token as DocToken

from readout.extract.times.lexer import Token, table

REACH_BACK, REACH_AHEAD = 24, 10
"""How many words of the sentence may lie between an expression and the verb that governs it."""
CLOSE = 4
"""Within so many words a verb before the expression governs it plainly."""
STOPS = frozenset({".", "?", "!", "BREAK", ";"})


@cache
def cues(name: str) -> frozenset[str]:
    return frozenset(table("tense")[name])


def cue(word: str) -> int:
    """-1 for a past form, 1 for a word that looks ahead, 0 else."""
    if word in cues("ahead"):
        return 1
    if word in cues("past") or (len(word) > 4 and word.endswith("ed") and word not in cues("announce")):
        return -1
    return 0


class TextTense:
    """The direction by nearby words, for text without tags."""

    def __init__(self, tokens: list[Token]) -> None:
        self.words = [token.text.lower() for token in tokens]
        self.stops = [bool(token.tags & STOPS) for token in tokens]
        self.starts = [token.start for token in tokens]

    def direction(self, start: int, end: int) -> int:
        """Negative past, positive future (2: plainly), 0 unknown, for the expression in these code points."""
        first, behind = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return self._before(first) or self._after(behind)

    def _before(self, first: int) -> int:
        infinitive = 0
        for index in range(first - 1, max(-1, first - REACH_BACK), -1):
            word = self.words[index]
            if self.stops[index]:
                return 0
            strength = 2 if first - index <= CLOSE else 1
            if 0 < infinitive - index <= 2 and word in cues("announce"):
                return strength
            if first - index <= 2 and word in cues("dated"):
                return 1
            if found := cue(word):
                return found * strength
            infinitive = index if word == "to" else infinitive
        return 0

    def _after(self, behind: int) -> int:
        for index in range(behind, min(len(self.words), behind + REACH_AHEAD)):
            if self.stops[index]:
                return 0
            if found := cue(self.words[index]):
                return found
        return 0


class DocTense:
    """The direction by the verb that governs the expression in the tree."""

    def __init__(self, doc: Doc, words: TextTense) -> None:
        self.doc = doc
        self.words = words

    def direction(self, start: int, end: int) -> int:
        """Negative past, positive future (2: plainly), 0 unknown, for the expression in these code points."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        verb = governor(span.root) if span is not None else None
        return (clause_direction(verb) if verb is not None else 0) or self.words.direction(start, end)


def governor(token: DocToken) -> DocToken | None:
    """The nearest verb above a word."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"} or any(c.dep_.startswith("cop") for c in above.children):
            return above
    return None


def clause_direction(verb: DocToken) -> int:
    """Which way a verb looks, by its auxiliaries and form; an infinitive asks the verb above it."""
    for _ in range(4):
        helpers = [c for c in verb.children if c.dep_.startswith(("aux", "cop"))]
        if any(c.lemma_.lower() in {"will", "shall", "'ll", "would", "wo"} or c.lower_ in cues("ahead") for c in helpers):
            return 1
        if any("Past" in c.morph.get("Tense") for c in [*helpers, verb] if "Fin" in c.morph.get("VerbForm")):
            return 1 if verb.lower_ in cues("announce") else -1
        if verb.lower_ in cues("announce"):
            return 1
        above = governor(verb)
        if "Fin" in verb.morph.get("VerbForm") or any("Fin" in c.morph.get("VerbForm") for c in helpers):
            return 1 if "Part" not in verb.morph.get("VerbForm") and not helpers else 0
        if "Part" in verb.morph.get("VerbForm") and "Past" in verb.morph.get("Tense"):
            return -1
        if above is None:
            return 0
        if "Inf" in verb.morph.get("VerbForm") and above.lower_ in cues("announce"):
            return 1
        verb = above
    return 0
