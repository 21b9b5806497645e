"""What some tell as done and others deny, across reports and within one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from readout.resolve.corroboration import Corroboration
from readout.resolve.reports import Node, Report
from readout.resolve.sides import Conflict, Side, joined, sides_of
from readout.resolve.words import WORD, content, sentences, stem, word_list

CLAIMED = frozenset({"occurred", "ongoing", "alleged"})
SHARED = 2
"""Content words, and two in five of its own, that the sentence of a denial shares with what it denies."""
HALF = 0.5
"""Share of its words that a denial has in common with the sentence that it denies."""
NEARLY = 0.75
"""Share of the words of the event that a denial fits best from which another event is denied too."""
DIRECTLY = 0.4
"""Chance that the event denied is the one claimed."""
NEXT = 4
"""Characters that part a sentence from the next of its paragraph."""
_WHAT = r"(?:it|this|that|both|them|(?:the|these|those|any|all) (?:claim|charge|accusation|report|allegation|story)\w*)"
_FALSE = (
    r"(?:a |an |the |pure |sheer |complete(?:ly)? |\W){0,6}(?:untrue|false|baseless|unfounded|rumou?rs?|lies?"
    r"|inventions?|fabrications?|fictions?|nonsense|wrong|slander|fairy tales?|fantasy)"
)
_DENIED_IT = re.compile(
    rf"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:e|es|ed)|dismiss(?:es|ed)?|contradict(?:s|ed)?) {_WHAT}\b"
    rf"|\b(?:call|brand|term|describ)(?:s|ed|es)? {_WHAT} (?:as )?{_FALSE}\b"
    rf"|\b{_WHAT} (?:is|are|was|were) {_FALSE}\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"\b(?:claim|report|accusation|allegation|charge|suggestion|rumou?r|assertion|that)", re.IGNORECASE)
_UNTRUE = re.compile(rf"\b(?:is|are|was|were|as) {_FALSE}\b|\bno truth (?:in|to)\b|\bnot true\b", re.IGNORECASE)


class _Denial(NamedTuple):
    side: Side
    words: frozenset[str]
    """Stems of what is denied."""


_Found = tuple[int, list[tuple[str, Side]]]
"""How many words fit, and what is denied: the id of the event or sentence, and the words that claim it."""


class Denials:
    """The denials among some reports.

    Args:
        events: the events of the reports.
        story_of: the reports of one story with each.
    """

    def __init__(self, events: Corroboration, story_of: dict[str, set[str]]) -> None:
        self.events = events
        self.identity = events.identity
        self.reports = events.reports
        self.story_of = story_of
        self._known: dict[str, list[_Denial]] = {}

    def all(self) -> list[Conflict]:
        """What is told by some and denied by others; each denial once."""
        found = [*self._told_as_undone(), *self._refuted()]
        for report in self.reports.values():
            if not report.superseded:
                found += self._in_the_next_sentence(report)
        return joined(found)

    def _told_as_undone(self) -> Iterator[Conflict]:
        """Events that one report tells as done and another as not done."""
        for group in self.events.groups:
            nodes = [node for node in group if self._is_sure(node)]
            denied = [node for node in nodes if self._status(node) == "denied"]
            claimed = [n for n in nodes if self._status(n) in CLAIMED and any(self._is_it(n, d) for d in denied)]
            if claimed:
                sides = sides_of(map(self.side, claimed)), sides_of(map(self.side, denied))
                yield Conflict(f"{self.events.id_of(group)} denied", sides)

    def _is_it(self, one: Node, other: Node) -> bool:
        """Whether two tellings are the same by themselves, and not only by what stands between them."""
        return one[0] == other[0] or self.events.chance(one, other) >= DIRECTLY

    def _refuted(self) -> Iterator[Conflict]:
        """Events and sentences that a report of the story denies in words of its own."""
        for report in self.reports.values():
            for denial in () if report.superseded else self._denying(report):
                fit, claims = max(
                    self._events_denied(denial), self._sentences_denied(denial), key=lambda found: found[0]
                )
                if fit:
                    yield Conflict(f"{claims[0][0]} denied", (sides_of(c for _, c in claims), (denial.side,)))

    def _denying(self, report: Report) -> list[_Denial]:
        """The sentences of a report that deny something, each with its speaker and the words of what is denied."""
        if report.id not in self._known:
            self._known[report.id] = self._found_denying(report)
        return self._known[report.id]

    def _found_denying(self, report: Report) -> list[_Denial]:
        found: dict[tuple[int, int], _Denial] = {}
        for said in report.readout.statements:
            span = report.sentence(said.content_spans[0])
            if said.stance == "denies" and said.cue_span and _denies(report.quote(said.cue_span), report.quote(span)):
                side = self._spoken(report, span, said.speaker)
                words = frozenset().union(*(_meant(report.quote(part)) for part in said.content_spans))
                found.setdefault(span, _Denial(side, words or self._words(side)))
        for span in sentences(report.text):
            if span not in found and _UNTRUE.search(report.quote(span)):
                side = self._spoken(report, span, self._speaker_in(report, span))
                found[span] = _Denial(side, self._words(side))
        return [denial for _, denial in sorted(found.items())]

    def _events_denied(self, denial: _Denial) -> _Found:
        """The events whose words a denial has, those that fit best."""
        fits: dict[Node, int] = {}
        for id in sorted(self.story_of.get(denial.side.article, ())):
            for node in ((id, event) for event in self.reports[id].events):
                if self._is_sure(node) and self._status(node) in CLAIMED and self._may_deny(denial.side, node):
                    shared = len(denial.words & self.events.happenings[node].words)
                    fits[node] = shared if shared >= self._needed(denial.words, node) else 0
        best = max(fits.values(), default=0)
        chosen = [node for node, n in fits.items() if n and n >= NEARLY * best]
        return best, [(self.events.name_of[node], self.side(node)) for node in chosen]

    def _needed(self, words: frozenset[str], node: Node) -> float:
        fewest = min(len(words), SHARED) if self.reports[node[0]].events[node[1]].type == "ACCUSE" else SHARED
        return max(fewest, 0.4 * len(words), 1)

    def _may_deny(self, side: Side, node: Node) -> bool:
        """Nobody denies accusing, but whoever is accused may deny it."""
        event = self.reports[node[0]].events[node[1]]
        if event.type != "ACCUSE":
            return True
        accused = {self.identity.of.get((node[0], id)) for id in event.recipients} - {None}
        return side.actor in accused

    def _sentences_denied(self, denial: _Denial) -> _Found:
        """The sentence, of another report or further up in the same, that says what is denied."""
        found, own = [], denial.side.article
        for id in sorted({own, *self.story_of.get(own, ())}):
            report = self.reports[id]
            for span in sentences(report.text):
                shared = len(denial.words & content(report.quote(span)))
                before = id != own or span[1] <= denial.side.span[0]
                if before and shared >= max(SHARED, HALF * len(denial.words)) and not self._denies_too(report, span):
                    found.append((-shared, id, span))
        if not found:
            return 0, []
        fit, id, span = min(found)
        report = self.reports[id]
        return -fit, [(f"{id}:{span[0]}", self._spoken(report, span, self._speaker_in(report, span)))]

    def _denies_too(self, report: Report, span: tuple[int, int]) -> bool:
        return any(span[0] < d.side.span[1] and d.side.span[0] < span[1] for d in self._denying(report))

    def _words(self, side: Side) -> frozenset[str]:
        """What a denial says, without who is named before the word of denying: that one speaks."""
        report, (start, end) = self.reports[side.article], side.span
        cue = next((m.start() for m in WORD.finditer(report.text, start, end) if stem(m[0]) in _stems("denial")), start)
        named = (report.quote((a, b)) for a, b, _ in report.mentions if start <= a < cue)
        return _meant(report.quote(side.span)) - frozenset().union(*(content(name) for name in named))

    def _in_the_next_sentence(self, report: Report) -> Iterator[Conflict]:
        """A claim that the next sentence denies."""
        claims = [(s.content_spans[0], s.speaker) for s in report.readout.statements if s.stance != "denies"]
        told = [(v.trigger, report.asserted_by(v)) for v in report.readout.events if v.status in CLAIMED]
        for before, after in pairwise(sentences(report.text)):
            said = [speaker for span, speaker in (*claims, *told) if before[0] <= span[0] < before[1]]
            if said and after[0] - before[1] < NEXT and _DENIED_IT.search(report.quote(after)):
                one = self._spoken(report, before, said[-1])
                other = self._spoken(report, after, self._speaker_in(report, after))
                yield Conflict(f"{report.id}:{before[0]} denied", ((one,), (other,)))

    def side(self, node: Node) -> Side:
        """The sentence in which a report tells an event."""
        report, event = self.reports[node[0]], self.reports[node[0]].events[node[1]]
        start, end = report.evidence(event)[0]
        return Side(report.id, (start, end), self.identity.of.get((report.id, report.asserted_by(event) or "")))

    def _spoken(self, report: Report, span: tuple[int, int], speaker: str | None) -> Side:
        return Side(report.id, span, self.identity.of.get((report.id, speaker or "")))

    def _speaker_in(self, report: Report, span: tuple[int, int]) -> str | None:
        """Who speaks in a sentence, or else the first who is named in it."""
        said = (s.speaker for s in report.readout.statements if s.cue_span and span[0] <= s.cue_span[0] < span[1])
        named = (id for start, _, id in report.mentions if span[0] <= start < span[1])
        return next((one for one in said if one), None) or next(named, None)

    def _is_sure(self, node: Node) -> bool:
        """Whether the words are sure to report an event, in a report that its paper has not revised."""
        report = self.reports[node[0]]
        return node[1] not in report.faint and not report.superseded

    def _status(self, node: Node) -> str:
        return self.reports[node[0]].events[node[1]].status


def _denies(cue: str, sentence: str) -> bool:
    """Whether a cue denies a fact: to reject a treaty does not, to reject a claim does."""
    stems = content(cue)
    if not stems & _stems("denial"):
        return False
    return not stems <= _stems("refusal") or bool(_CLAIM.search(sentence))


def _meant(text: str) -> frozenset[str]:
    return content(text) - _stems("denial") - _stems("generic")


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, word_list(name)))
