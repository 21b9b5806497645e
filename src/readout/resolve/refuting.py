"""Which words a denial is against.

Each denial is held against each statement of the reports of its story, by a few readable features and weights fitted
on invented stories (`weights_denials.json`; `training/denials.py`).
"""

from __future__ import annotations

import re
from collections import Counter
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
from readout.resolve.sides import CLAIMED
from readout.resolve.words import content, families, sentences
from readout.schema import Event

FEATURES = (
    "shared", "cover", "cover_claim", "own", "trigger", "family", "linked", "type", "names", "names_only",
    "same_report", "behind", "next", "spoken", "accused", "verb", "untrue", "quantified", "plain", "told",
    "pointing", "not_yet", "coming", "weeks", "later", "same_voice", "lead", "negated", "voiced", "party", "opens",
)  # fmt: skip
DIRECTLY = 0.4
"""Chance that the event denied is the one claimed, by these two tellings and not by what stands between them."""
NEXT = 4
"""Characters that part a sentence from the next of its paragraph."""
MOST = 120
"""Statements of one report that are looked through."""
ENOUGH = 3.0
"""Weight of shared words from which more say no more."""
LIKELY = 0.5
"""Chance from which a denial is against a statement."""
KINDS = ("verb", "untrue", "quantified", "plain", "told")

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
    families: frozenset[str]
    """The beginnings of its words."""
    types: frozenset[str]
    """The types of its events."""
    accused: frozenset[str]
    """The actors who are accused in it."""
    is_coming: bool
    """Whether it tells what is still to come."""


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
        self._names: dict[tuple[str, tuple[int, int]], tuple[frozenset[str], frozenset[str]]] = {}
        self._weighed: dict[str, dict[str, float]] = {}

    def judged(self, denial: Denial) -> Iterator[tuple[float, Claim]]:
        """The statements that a denial may well be against, each with the chance that it is.

        Args:
            denial: a denial of one of the reports.
        """
        for claim in self.against(denial):
            if self._is_undone(denial, claim):
                yield 1.0, claim
                continue
            values = self._wording(denial, claim) | self._place(denial, claim)
            if fitted.may_reach("denials", values, LIKELY):
                values |= self._telling(denial, claim)
                if fitted.may_reach("denials", values, LIKELY):
                    yield fitted.chance("denials", values | self._linked(denial, claim)), claim

    def against(self, denial: Denial) -> Iterator[Claim]:
        """The statements that anything ties to a denial: words of another source, or others of its own report.

        Args:
            denial: a denial of one of the reports.
        """
        source, others = self.reports[denial.article].source, self._story(denial.article)
        ids = [id for id in others if id == denial.article or self.reports[id].source != source]
        types, beginnings = self._types(denial), families(denial.words)
        for claim in (claim for id in ids for claim in self.claims(id)):
            same = claim.article == denial.article
            if same and _overlap(claim.span, denial.span):
                continue
            if (
                (same and denial.is_pointing)
                or not beginnings.isdisjoint(claim.families)
                or not types.isdisjoint(claim.types)
                or denial.speaker in claim.accused
            ):
                yield claim

    def features(self, denial: Denial, claim: Claim) -> dict[str, float]:
        """What speaks for and against a denial's being against a statement (`FEATURES`)."""
        quick = self._wording(denial, claim) | self._place(denial, claim)
        return quick | self._telling(denial, claim) | self._linked(denial, claim)

    def _story(self, id: str) -> list[str]:
        return sorted({id, *self.story_of.get(id, ())})

    def _types(self, words: Denial) -> set[str]:
        return {self.reports[words.article].events[id].type for id in words.events}

    def _is_undone(self, denial: Denial, claim: Claim) -> bool:
        """Whether one tells as done, or as somebody's word, the very event that the other tells as not done."""
        mine = self._sure(denial, frozenset({"denied"}))
        theirs = self._sure(claim, CLAIMED) if mine else []
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

    def claims(self, id: str) -> list[Claim]:
        """The statements of a report."""
        if id not in self._claims:
            report = self.reports[id]
            spans = [part for span in sentences(report.text) for part in parts(report.text, span)][:MOST]
            self._claims[id] = [self._claim(report, span) for span in spans]
        return self._claims[id]

    def _claim(self, report: Report, span: tuple[int, int]) -> Claim:
        events = {id: report.events[id] for id in report.told_in(span)}
        text = report.quote(span)
        accused = (id for v in events.values() if v.type == "ACCUSE" for id in v.recipients)
        coming = {v.status for v in events.values()} == {"planned"} or COMING.search(text) or _PROMISED.search(text)
        return Claim(
            report.id, span, content(text), tuple(events), self.denying.speaker(report, span), is_negated(text),
            *self._named(report.id, span), families(content(text)), frozenset(v.type for v in events.values()),
            frozenset(a for id in accused if (a := self.identity.of.get((report.id, id)))), bool(coming),
        )  # fmt: skip

    def _weights(self, id: str) -> dict[str, float]:
        """How much each word says in the story of a report: less, the more of its statements have it."""
        if id not in self._weighed:
            counts = Counter(word for other in self._story(id) for claim in self.claims(other) for word in claim.words)
            total = 1 + sum(len(self.claims(other)) for other in self._story(id))
            self._weighed[id] = {word: log(total / n) / log(total) for word, n in counts.items()}
        return self._weighed[id]

    def _wording(self, denial: Denial, claim: Claim) -> dict[str, float]:
        weights = self._weights(denial.article)

        def weigh(words: Iterable[str]) -> float:
            return sum([weights.get(word, 1.0) for word in words])

        shared = denial.words & claim.words
        common = weigh(shared)
        named = self._named(denial.article, denial.span)[1] | claim.names
        return {
            "shared": min(ENOUGH, common) / ENOUGH,
            "cover": common / max(1.0, weigh(denial.words)),
            "cover_claim": common / max(1.0, weigh(claim.words)),
            "own": len(denial.own & claim.words) / max(1, len(denial.own)),
            "family": float(bool(_families(denial.words - shared) & _families(claim.words - shared))),
            "names_only": float(bool(shared) and shared <= named),
            "negated": float(claim.is_negated),
            **{kind: float(denial.kind == kind) for kind in KINDS},
        }

    def _named(self, id: str, span: tuple[int, int]) -> tuple[frozenset[str], frozenset[str]]:
        """The actors named in some words, and the stems of their names."""
        if (id, span) not in self._names:
            report = self.reports[id]
            found = [(a, b, one) for a, b, one in report.mentions if span[0] <= a < span[1]]
            actors = frozenset(a for _, _, one in found if (a := self.identity.of.get((id, one))))
            names = frozenset().union(*(content(report.quote((a, b))) for a, b, _ in found))
            self._names[(id, span)] = actors, names
        return self._names[(id, span)]

    def _telling(self, denial: Denial, claim: Claim) -> dict[str, float]:
        triggers = (self.events.happenings[(denial.article, id)].triggers for id in denial.events)
        pairs = ((self._event(a).type, self._event(b).type) for a, b in self._pairs(denial, claim))
        return {
            "trigger": float(bool(frozenset().union(*triggers) & claim.words)),
            "type": float(any(one == other for one, other in pairs)),
            "coming": float(claim.is_coming),
        } | self._voices(denial, claim)

    def _linked(self, denial: Denial, claim: Claim) -> dict[str, float]:
        return {"linked": max((self.events.chance(a, b) for a, b in self._pairs(denial, claim)), default=0.0)}

    def _pairs(self, denial: Denial, claim: Claim) -> list[tuple[Node, Node]]:
        """The events told in a denial, each with each of those claimed."""
        told = [
            (claim.article, id)
            for id in claim.events
            if self._event((claim.article, id)).status in CLAIMED | {"planned"}
        ]
        return [
            ((denial.article, id), other) for id in denial.events for other in told if other != (denial.article, id)
        ]

    def _voices(self, denial: Denial, claim: Claim) -> dict[str, float]:
        actors = self._named(denial.article, denial.span)[0]
        return {
            "names": min(2, len(actors & claim.actors)) / 2,
            "spoken": float(claim.speaker is not None or "ACCUSE" in claim.types),
            "accused": float(denial.speaker in claim.accused),
            "voiced": float(denial.is_voiced),
            "party": float(denial.speaker is not None and denial.speaker in claim.actors),
            "same_voice": float(denial.speaker is not None and denial.speaker == claim.speaker),
        }

    def _place(self, denial: Denial, claim: Claim) -> dict[str, float]:
        report = self.reports[denial.article]
        same = denial.article == claim.article
        gap = denial.span[0] - claim.span[1]
        close = same and gap >= 0 and _is_next(report, claim.span[0], denial.span[0])
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


def _is_next(report: Report, one: int, other: int) -> bool:
    """Whether words stand in the sentence before others, or in the same."""
    return report.sentence((one, one + 1))[1] >= report.sentence((other, other + 1))[0] - NEXT


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@lru_cache(maxsize=8192)
def _families(words: frozenset[str]) -> frozenset[str]:
    return families(words)
