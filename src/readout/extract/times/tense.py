"""Which way a clause looks, back or ahead: from tree and morphology where there are some, else from nearby words."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from operator import attrgetter

from spacy.tokens import Doc, Span
from spacy.tokens import Token as DocToken

from readout.extract.times.lexer import Token, table

REACH_BACK, REACH_AHEAD = 24, 10
"""How many words of the sentence may lie between an expression and the verb that governs it."""
LONGEST_SENTENCE = 400
"""Longer ones are lists or worse; climbing their trees would take time that grows with the square of their length."""
CLOSE = 4
"""Within so many words a verb before the expression governs it plainly."""
BINDING = {"since": -2, "ended": -2, "until": 1, "till": 1}
AHEAD = frozenset({("ahead", "of"), ("set", "for"), ("due", "on"), ("called", "for"), ("scheduled", "for")})
OPENING = frozenset({"from", "by", "before"})
"""With an infinitive, or a verb that arranges something, these look ahead."""
RANKS = frozenset({"only", "last", "latest", "first"})
NO_SUBJECT = frozenset({"be", "being", "a", "an", "the", "its", "his", "her", "their", "to"})
START = attrgetter("start")
STOPS = frozenset({".", "?", "!", "BREAK", ";"})


@cache
def cues(name: str) -> frozenset[str]:
    return frozenset(table("tense")[name])


class TextTense:
    """The direction by nearby words, for text without tags."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def direction(self, start: int, end: int) -> int:
        """Negative past, positive future (2: plainly), 0 unknown, for the expression in these code points."""
        first, behind = self._index(start), self._index(end)
        return self.bound(start) or self._before(first) or self._after(behind)

    def bound(self, start: int) -> int:
        """The direction that the word right before the expression fixes: "since March", "until Friday", "ahead of
        Sunday's vote"."""
        first = self._index(start)
        if first > 1 and (self._word(first - 2), self._word(first - 1)) in AHEAD and not self._had(first - 2):
            return 1
        return BINDING.get(self._word(first - 1), 0) if first else 0

    def _index(self, place: int) -> int:
        """The first token that starts at or behind a place in the text."""
        return bisect_left(self.tokens, place, key=START)

    def _word(self, index: int) -> str:
        return self.tokens[index].text.lower()

    def _stops(self, index: int) -> bool:
        return not STOPS.isdisjoint(self.tokens[index].tags)

    def _before(self, first: int) -> int:
        infinitive = 0
        for index in range(first - 1, max(-1, first - REACH_BACK), -1):
            word = self._word(index)
            if self._stops(index):
                return 0
            strength = 2 if first - index <= CLOSE else 1
            if 0 < infinitive - index <= 2 and (word in cues("announce") or self._was_to(index, infinitive)):
                return -1 if self._had(index) else strength
            if word in cues("arrange") or (word in cues("fix") and self._word(first - 1) in {"for", "to", "until"}):
                return -1 if self._had(index) else 1
            if first - index <= 2 and word in cues("dated") and self._word(index - 1) != "to":
                return 1
            if word == "as" and first - index == 1 and self._word(index - 1) in {"soon", "early", "late"}:
                return 1
            if found := self._cue(index):
                return found * strength
            infinitive = index if word == "to" else infinitive
        return 0

    def _was_to(self, index: int, infinitive: int) -> bool:
        """The future seen from the past: "the envoys were to meet on Friday"."""
        return self._word(index) in {"was", "were"} and infinitive == index + 1

    def _had(self, index: int) -> bool:
        """Whether "had" stands shortly before a participle: "had long been scheduled"."""
        return any(self._word(near) == "had" for near in range(max(0, index - 3), index))

    def _after(self, behind: int) -> int:
        for index in range(behind, min(len(self.tokens), behind + REACH_AHEAD)):
            if self._stops(index):
                return 0
            if found := self._cue(index):
                return found
        return 0

    def _cue(self, index: int) -> int:
        """-1 for a past form (not in "be paid", "the increased"), 1 for a word that looks ahead, 0 else."""
        word = self._word(index)
        if word in cues("ahead"):
            return 1
        regular = len(word) > 4 and word.endswith("ed") and self.tokens[index].text.islower()
        if not (regular or word in cues("past")):
            return 0
        return 0 if index and self._word(index - 1) in NO_SUBJECT else -1


class DocTense:
    """The direction by the verb that governs the expression in the tree."""

    def __init__(self, doc: Doc, words: TextTense) -> None:
        self.doc = doc
        self.words = words
        self.too_long = [(s.start_char, s.end_char) for s in doc.sents if len(s) > LONGEST_SENTENCE]

    def direction(self, start: int, end: int) -> int:
        """Negative past, positive future (2: plainly), 0 unknown, for the expression in these code points."""
        if bound := self.words.bound(start):
            return bound
        if self._in_long_sentence(start):
            return self.words.direction(start, end)
        span = self.doc.char_span(start, end, alignment_mode="expand")
        verb = governor(span.root) if span is not None else None
        if span is None or verb is None:
            return self.words.direction(start, end)
        found = opens_ahead(span, verb) or clause_direction(verb) or is_arranged(verb)
        return found or self.words.direction(start, end)

    def _in_long_sentence(self, start: int) -> bool:
        index = bisect_left(self.too_long, (start + 1,)) - 1
        return index >= 0 and start < self.too_long[index][1]


def governor(token: DocToken) -> DocToken | None:
    """The nearest verb above a word; a possessor ("Tuesday's talks") has none of its own."""
    if token.dep_ == "nmod:poss":
        return None
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"} or any(c.dep_.startswith(("cop", "aux")) for c in above.children):
            return above
    return None


def opens_ahead(span: Span, verb: DocToken) -> int:
    """1 where the preposition tells of what is to come, though the verb is past: "called a strike for Friday", "ordered
    them to leave from Monday", "announced a halt from June"; else 0."""
    prepositions = {c.lower_ for c in span.root.children if c.dep_ == "case"}
    prepositions |= {span.doc[span.start - 1].lower_} if span.start else set()  # the parser may hang it elsewhere
    if verb.lower_ in cues("fix") and prepositions & {"for", "to", "until"}:
        return 0 if any(c.lower_ == "had" for c in verb.children) else 1
    ahead = verb.lower_ in cues("fix") | cues("resolve") or has(verb, "VerbForm", "Inf")
    return int(ahead and bool(prepositions & OPENING))


def is_arranged(verb: DocToken) -> int:
    """1 for the present passive, which tells with a day of what is fixed: "once the accord is signed on Sunday"."""
    helpers = [c for c in verb.children if c.dep_ == "aux:pass"]
    present = any(has(helper, "Tense", "Pres") and has(helper, "VerbForm", "Fin") for helper in helpers)
    return int(present and not any(c.dep_ == "aux" for c in verb.children))


def clause_direction(verb: DocToken) -> int:
    """Which way a verb looks, by its auxiliaries and form; an infinitive asks the verb above it."""
    for _ in range(4):
        helpers = [c for c in verb.children if c.dep_.startswith(("aux", "cop"))]
        if any(helper.lower_ in cues("ahead") for helper in helpers) or _was_to_be(verb, helpers):
            return 1
        if _is_to_be_done(verb, helpers):
            return 1
        if verb.lower_ in cues("announce"):
            return -1 if any(helper.lower_ == "had" for helper in helpers) else 1
        if any(is_past(word) for word in [verb, *helpers]) or any(helper.lemma_ == "have" for helper in helpers):
            return -1
        if has(verb, "VerbForm", "Part") and has(verb, "Tense", "Past") and verb.dep_.startswith("acl"):
            return -1
        if (has(verb, "VerbForm", "Fin") or verb.tag_ in ("VBZ", "VBP")) and not helpers:
            return 1
        above = governor(verb)
        if above is None and has(verb, "VerbForm", "Inf"):
            return 1  # a headline: "Miners to strike Thursday"
        if above is None or any(has(helper, "VerbForm", "Fin") for helper in helpers):
            return 0
        if has(verb, "VerbForm", "Inf") and {above.lower_, verb.head.lower_} & (cues("announce") | cues("resolve")):
            return 1
        verb = above
    return 0


def _was_to_be(verb: DocToken, helpers: list[DocToken]) -> bool:
    """The future seen from the past: "the prefect was to fly on Thursday"."""
    was = any(helper.lower_ in ("was", "were") for helper in helpers)
    return was and has(verb, "VerbForm", "Inf") and any(c.tag_ == "TO" for c in verb.children)


def _is_to_be_done(verb: DocToken, helpers: list[DocToken]) -> bool:
    """A passive infinitive that completes no verb: "a treaty to be signed on Monday", "who is to be tried in May"."""
    passive = any(helper.lower_ == "be" for helper in helpers) and any(c.tag_ == "TO" for c in verb.children)
    if any(helper.lower_ in ("is", "are") for helper in helpers):
        return passive
    complement = verb.dep_.startswith(("xcomp", "ccomp", "csubj"))  # "asked to be heard on Monday"
    ranked = any(c.lower_ in RANKS or has(c, "NumType", "Ord") for c in verb.head.children)  # "the first to be killed"
    return passive and not complement and not ranked


def has(word: DocToken, feature: str, value: str) -> bool:
    """Whether a word bears a value of a UD feature."""
    return value in word.morph.get(feature, [])


def is_past(word: DocToken) -> bool:
    """A past form that is no passive or adjective waiting for its auxiliary."""
    return has(word, "Tense", "Past") and has(word, "VerbForm", "Fin")
