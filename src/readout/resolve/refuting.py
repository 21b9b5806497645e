"""Which words a denial is against.

Each denial is held against each statement of the reports of its story, by a few readable features and weights fitted
on invented stories (`weights_denials.json`; `training/denials.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import log
from typing import NamedTuple

from readout.resolve import fitted
from readout.resolve.corroboration import Corroboration
from readout.resolve.denying import Denial, Denying
from readout.resolve.negations import is_negated, parts
from readout.resolve.reports import Node, Report
from readout.resolve.settling import COMING, not_yet
from readout.resolve.words import content, sentences
from readout.schema import Event

FEATURES = (
    "shared", "cover", "cover_claim", "own", "trigger", "family", "linked", "type", "names", "names_only",
    "same_report", "behind", "next", "spoken", "accused", "verb", "untrue", "quantified", "plain", "told",
    "pointing", "not_yet", "coming", "weeks", "later", "same_voice", "lead", "negated", "voiced", "party", "opens",
)  # fmt: skip
FAMILY = 5
"""First letters that words of one family share: "decide", "decision"."""
DIRECTLY = 0.4
"""Chance that the event denied is the one claimed, by these two tellings and not by what stands between them."""
NEXT = 4
"""Characters that part a sentence from the next of its paragraph."""
MOST = 120
"""Statements of one report that are looked through."""
ENOUGH = 3.0
"""Weight of shared words from which more say no more."""
CLAIMED = frozenset({"occurred", "ongoing", "alleged", "planned"})

_PROMISED = re.compile(r"\b(?:would|promis(?:e|es|ed)|vow(?:s|ed)?|pledge[sd]?)\b", re.IGNORECASE)
"""As COMING, in reported words."""


class Claim(NamedTuple):
    """A statement of a report: a sentence, or the part of one up to the next conjunction."""

    article: str
    span: tuple[int, int]
    words: frozenset[str]
    events: tuple[str, ...]
    """The events of the report whose words stand in it."""
    speaker: str | None
    """The actor whose word it is."""
    is_negated: bool
    actors: frozenset[str]
    """The actors named in it."""
    names: frozenset[str]
    """Stems of the words of their names."""


class Refuting:
    """Denials of some reports, and what they may be against.

    Args:
        corroboration: the events of the reports.
        story_of: the reports of one story with each.
    """

    def __init__(self, corroboration: Corroboration, story_of: dict[str, set[str]]) -> None:
        self.events = corroboration
        self.identity = corroboration.identity
        self.reports = corroboration.reports
        self.story_of = story_of
        self.denying = Denying(corroboration)
        self._claims: dict[str, list[Claim]] = {}

    def against(self, denial: Denial) -> Iterator[tuple[Claim, dict[str, float]]]:
        """The statements that a denial may be against, with what speaks for and against it (`FEATURES`).

        Args:
            denial: a denial of one of the reports.
        """
        ids = sorted({denial.article, *self.story_of.get(denial.article, ())})
        weights = self._weights(ids)
        for claim in (c for id in ids for c in self.claims(id)):
            if self._may_oppose(denial, claim):
                yield claim, self._features(denial, claim, weights)

    def _may_oppose(self, denial: Denial, claim: Claim) -> bool:
        """Whether they are two words of two sources, or of one report, with anything that ties them."""
        same = claim.article == denial.article
        if same and _overlap(claim.span, denial.span):
            return False
        if not same and self.reports[claim.article].source == self.reports[denial.article].source:
            return False
        return bool(
            (same and denial.is_pointing)
            or _families(denial.words) & _families(claim.words)
            or self._types(denial) & self._types(claim)
            or (denial.speaker and denial.speaker in self._accused(claim))
        )

    def _types(self, words: Denial | Claim) -> set[str]:
        return {self.reports[words.article].events[id].type for id in words.events}

    def _accused(self, claim: Claim) -> set[str | None]:
        told = [self.reports[claim.article].events[id] for id in claim.events]
        accusing = (v for v in told if v.type == "ACCUSE")
        return {self.identity.of.get((claim.article, id)) for v in accusing for id in v.recipients}

    def is_undone(self, denial: Denial, claim: Claim) -> bool:
        """Whether one tells as done, or as somebody's word, the very event that the other tells as not done."""
        mine, theirs = self._sure(denial, frozenset({"denied"})), self._sure(claim, CLAIMED - {"planned"})
        return any(
            self.events.name_of[a] == self.events.name_of[b] and (a[0] == b[0] or self.events.chance(a, b) >= DIRECTLY)
            for a in mine
            for b in theirs
        )

    def _sure(self, words: Denial | Claim, statuses: frozenset[str]) -> list[Node]:
        nodes = [(words.article, id) for id in words.events if id not in self.reports[words.article].faint]
        return [node for node in nodes if self._event(node).status in statuses]

    def is_same(self, one: Denial, other: Denial) -> bool:
        """Whether two denials of one statement deny the same of it: one points back, or both have words for it."""
        if one.is_pointing or other.is_pointing:
            return True
        named = self._named(one.article, one.span)[1] | self._named(other.article, other.span)[1]
        return bool(_families(one.words - named) & _families(other.words - named))

    def chance(self, features: dict[str, float]) -> float:
        """The chance that a denial is against a statement."""
        return fitted.chance("denials", features)

    def claims(self, id: str) -> list[Claim]:
        """The statements of a report."""
        if id not in self._claims:
            report = self.reports[id]
            spans = [part for span in sentences(report.text) for part in parts(report.text, span)][:MOST]
            self._claims[id] = [self._claim(report, span) for span in spans]
        return self._claims[id]

    def _claim(self, report: Report, span: tuple[int, int]) -> Claim:
        told = tuple(id for id, v in report.events.items() if any(_within(s, span) for s in (v.trigger, *v.mentions)))
        text = report.quote(span)
        actors, names = self._named(report.id, span)
        speaker = self.denying.speaker(report, span)
        return Claim(report.id, span, content(text), told, speaker, is_negated(text), actors, names)

    def _weights(self, ids: Iterable[str]) -> dict[str, float]:
        """How much each word says in a story: less, the more of its statements have it."""
        counts: dict[str, int] = {}
        total = 1
        for claim in (c for id in ids for c in self.claims(id)):
            total += 1
            for word in claim.words:
                counts[word] = counts.get(word, 0) + 1
        return {word: log(total / n) / log(total) for word, n in counts.items()}

    def _features(self, denial: Denial, claim: Claim, weights: dict[str, float]) -> dict[str, float]:
        return (
            self._wording(denial, claim, weights)
            | self._events(denial, claim)
            | self._voices(denial, claim)
            | self._place(denial, claim)
            | {kind: float(denial.kind == kind) for kind in ("verb", "untrue", "quantified", "plain", "told")}
        )

    def _wording(self, denial: Denial, claim: Claim, weights: dict[str, float]) -> dict[str, float]:
        def weigh(words: Iterable[str]) -> float:
            return sum(weights.get(word, 1.0) for word in words)

        shared = denial.words & claim.words
        named = self._named(denial.article, denial.span)[1] | claim.names
        return {
            "shared": min(ENOUGH, weigh(shared)) / ENOUGH,
            "cover": weigh(shared) / max(1.0, weigh(denial.words)),
            "cover_claim": weigh(shared) / max(1.0, weigh(claim.words)),
            "own": len(denial.own & claim.words) / max(1, len(denial.own)),
            "family": float(bool(_families(denial.words - shared) & _families(claim.words - shared))),
            "names_only": float(bool(shared) and shared <= named),
            "negated": float(claim.is_negated),
        }

    def _named(self, id: str, span: tuple[int, int]) -> tuple[frozenset[str], frozenset[str]]:
        """The actors named in some words, and the stems of their names."""
        report = self.reports[id]
        found = [(a, b, one) for a, b, one in report.mentions if span[0] <= a < span[1]]
        actors = frozenset(a for _, _, one in found if (a := self.identity.of.get((id, one))))
        return actors, frozenset().union(*(content(report.quote((a, b))) for a, b, _ in found))

    def _events(self, denial: Denial, claim: Claim) -> dict[str, float]:
        mine = [(denial.article, id) for id in denial.events]
        theirs = [(claim.article, id) for id in claim.events if self._event((claim.article, id)).status in CLAIMED]
        pairs = [(a, b) for a in mine for b in theirs if a != b]
        triggers = frozenset().union(*(self.events.happenings[node].triggers for node in mine))
        return {
            "trigger": float(bool(triggers & claim.words)),
            "linked": max((self.events.chance(a, b) for a, b in pairs), default=0.0),
            "type": float(any(self._event(a).type == self._event(b).type for a, b in pairs)),
            "coming": float(self._is_coming(claim)),
        }

    def _is_coming(self, claim: Claim) -> bool:
        """Whether it tells what is still to come."""
        statuses = {self._event((claim.article, id)).status for id in claim.events}
        text = self.reports[claim.article].quote(claim.span)
        return statuses == {"planned"} or bool(COMING.search(text) or _PROMISED.search(text))

    def _voices(self, denial: Denial, claim: Claim) -> dict[str, float]:
        actors = self._named(denial.article, denial.span)[0]
        return {
            "names": min(2, len(actors & claim.actors)) / 2,
            "spoken": float(claim.speaker is not None or "ACCUSE" in self._types(claim)),
            "accused": float(denial.speaker is not None and denial.speaker in self._accused(claim)),
            "voiced": float(denial.is_voiced),
            "party": float(denial.speaker is not None and denial.speaker in claim.actors),
            "same_voice": float(denial.speaker is not None and denial.speaker == claim.speaker),
        }

    def _place(self, denial: Denial, claim: Claim) -> dict[str, float]:
        report = self.reports[denial.article]
        same = denial.article == claim.article
        gap = denial.span[0] - claim.span[1]
        before = report.sentence((denial.span[0], denial.span[0] + 1))[0]
        close = same and gap >= 0 and report.sentence((claim.span[0], claim.span[0] + 1))[1] >= before - NEXT
        days = self.events.days_between(denial.article, claim.article)
        ahead = (self.reports[claim.article].day or "") > (report.day or "")
        return {
            "same_report": float(same),
            "behind": float(same and gap < 0),
            "next": float(close),
            "pointing": float(close and denial.is_pointing),
            "not_yet": float(not_yet(report.quote(denial.span))),
            "weeks": min(60, days) / 60 if days is not None else 0.5,
            "later": float(ahead),
            "opens": float(denial.span[0] == 0),
            "lead": float(claim.span[0] == 0),
        }

    def _event(self, node: Node) -> Event:
        return self.reports[node[0]].events[node[1]]


def _within(span: Iterable[int], outer: tuple[int, int]) -> bool:
    start, _ = span
    return outer[0] <= start < outer[1]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@lru_cache(maxsize=8192)
def _families(words: frozenset[str]) -> frozenset[str]:
    """The beginnings of words, or the words where they are short."""
    return frozenset(word[:FAMILY] for word in words)
