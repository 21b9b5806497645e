"""The denials of a report: by the word "deny", by "untrue", by pointing back ("denied this"), or by a negation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from readout.resolve.corroboration import Corroboration
from readout.resolve.negations import negations, parts
from readout.resolve.reports import Report
from readout.resolve.words import WORD, content, sentences, stem, stems, word_list

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
MOST = 120
"""Denials of one report that are looked at."""
_CLAIM = re.compile(r"\b(?:claim|report|accusation|allegation|charge|suggestion|rumou?r|assertion|that)", re.IGNORECASE)
_UNTRUE = re.compile(rf"\b(?:is|are|was|were|as) {_FALSE}\b|\bno truth (?:in|to)\b|\bnot true\b", re.IGNORECASE)


class Denial(NamedTuple):
    """Words that deny something."""

    article: str
    span: tuple[int, int]
    kind: str
    """verb, untrue, quantified, plain, or told (an event of the report that did not come to pass)."""
    words: frozenset[str]
    """Stems of what is denied."""
    own: frozenset[str]
    """Stems of what stands first behind the word of denying."""
    speaker: str | None
    """The actor whose word it is."""
    events: tuple[str, ...]
    """The events of the report whose words stand in it."""
    is_voiced: bool
    """Whether it stands in somebody's words, and not in the report's own voice."""
    is_pointing: bool
    """Whether it points back at what was said before."""


class Denying:
    """What the reports deny.

    Args:
        corroboration: the events of the reports.
    """

    def __init__(self, corroboration: Corroboration) -> None:
        self.identity = corroboration.identity
        self.reports = corroboration.reports

    def denials(self, report: Report) -> list[Denial]:
        """The denials of a report in the order of its text; none of a report that its paper has revised.

        Args:
            report: one of the reports.
        """
        if report.superseded:
            return []
        found: dict[tuple[int, int], Denial] = {}
        for denial in (*self._by_verb(report), *self._untrue(report), *self._negated(report), *self._told(report)):
            if len(found) >= MOST:
                break
            if not any(a < denial.span[1] and denial.span[0] < b for a, b in found):
                found[denial.span] = denial
        return [denial for _, denial in sorted(found.items())]

    def speaker(self, report: Report, span: tuple[int, int]) -> str | None:
        """The actor whose word some words are.

        Args:
            report: the report that they stand in.
            span: where they stand.
        """
        middle = (span[0] + span[1]) // 2
        said = (s.speaker for s in report.readout.statements if any(a <= middle < b for a, b in s.content_spans))
        return self.identity.of.get((report.id, next((one for one in said if one), "") or ""))

    def _by_verb(self, report: Report) -> Iterator[Denial]:
        for said in report.readout.statements:
            span = report.sentence(said.content_spans[0])
            if said.stance == "denies" and said.cue_span and _denies(report.quote(said.cue_span), report.quote(span)):
                words = frozenset().union(*(_meant(report.quote(part)) for part in said.content_spans))
                first = _first(report.quote(min(said.content_spans)))
                yield self._denial(report, span, "verb", words or self._words(report, span), first, said.speaker)
        for span in (part for sentence in sentences(report.text) for part in parts(report.text, sentence)):
            if _DENIED_IT.search(report.quote(span)):
                yield self._denial(report, span, "verb", self._words(report, span), frozenset(), None)

    def _untrue(self, report: Report) -> Iterator[Denial]:
        for span in sentences(report.text):
            if _UNTRUE.search(report.quote(span)):
                yield self._denial(report, span, "untrue", self._words(report, span), frozenset(), None)

    def _negated(self, report: Report) -> Iterator[Denial]:
        for found in negations(report.text):
            kind = "quantified" if found.is_quantified else "plain"
            yield self._denial(report, found.span, kind, found.words, found.own, None)

    def _told(self, report: Report) -> Iterator[Denial]:
        for event in report.readout.events:
            if event.status == "denied":
                span = report.sentence(event.trigger)
                yield self._denial(report, span, "told", self._words(report, span), frozenset(), None)

    def _denial(
        self, report: Report, span: tuple[int, int], kind: str, words: frozenset[str], own: frozenset[str],
        speaker: str | None,
    ) -> Denial:  # fmt: skip
        told = tuple(id for id, v in report.events.items() if span[0] <= v.trigger[0] < span[1])
        who = (
            self.identity.of.get((report.id, speaker or "")) or self.speaker(report, span) or self._named(report, span)
        )
        pointing = bool(_DENIED_IT.search(report.quote(span)))
        spoken = (part for s in report.readout.statements for part in s.content_spans)
        voiced = kind == "verb" or any(a < span[1] and span[0] < b for a, b in spoken)
        return Denial(report.id, span, kind, words, own, who, told, voiced, pointing)

    def _named(self, report: Report, span: tuple[int, int]) -> str | None:
        """Who speaks in a sentence, or else the first who is named in it."""
        said = (s.speaker for s in report.readout.statements if s.cue_span and span[0] <= s.cue_span[0] < span[1])
        named = (id for start, _, id in report.mentions if span[0] <= start < span[1])
        id = next((one for one in said if one), None) or next(named, None)
        return self.identity.of.get((report.id, id or ""))

    def _words(self, report: Report, span: tuple[int, int]) -> frozenset[str]:
        """What a denial says, without who is named before the word of denying: that one speaks."""
        start, end = span
        cue = next((m.start() for m in WORD.finditer(report.text, start, end) if stem(m[0]) in stems("denial")), start)
        named = (report.quote((a, b)) for a, b, _ in report.mentions if start <= a < cue)
        return _meant(report.quote(span)) - frozenset().union(*(content(name) for name in named))


def _first(text: str) -> frozenset[str]:
    words = [w for w in WORD.findall(text) if w.lower() not in word_list("stop")]
    return frozenset(map(stem, words[:2]))


def _denies(cue: str, sentence: str) -> bool:
    """Whether a cue denies a fact: to reject a treaty does not, to reject a claim does."""
    told = content(cue)
    if not told & stems("denial"):
        return False
    return not told <= stems("refusal") or bool(_CLAIM.search(sentence))


def _meant(text: str) -> frozenset[str]:
    return content(text) - stems("denial") - stems("generic")
