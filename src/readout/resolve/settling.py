"""Which sentence of a later report says what became of something announced.

Each sentence of the other reports of the story is judged by a few readable features and weights fitted on invented
stories (`weights_settling.json`; `training/settling.py`). What was announced as a visit may be told as a walk up the
hill: who, where and above all when say more than the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple

from readout.resolve import fitted
from readout.resolve.corroboration import Corroboration
from readout.resolve.happenings import day_of, overlap
from readout.resolve.neighbours import story_pairs
from readout.resolve.reports import TURNS, Announced, Report
from readout.resolve.words import content, families, sentences, stem, word_list

SOON = 7
"""Days after something was due in which most reports of it appear."""
LIKELY = 0.4
CLOSE = 0.1
"""Chance of being the announced event from which an event's status says what became of it."""
MOST = 60
"""Sentences of one report that are looked through."""
FEATURES = (
    "linked", "grouped", "dated", "dated_else", "undated", "day_due", "before", "late", "actors", "heads", "words",
    "word_family", "place", "turned", "negated", "coming", "happened", "lead", "company", "spoken", "one_day",
)  # fmt: skip
_NEGATED = re.compile(
    r"\b(?:not|never|no|nobody|nothing|neither|without|fail(?:s|ed)? to|miss(?:es|ed)|refus(?:es|ed) to)\b|n't\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:has|have|had) (?:still )?not\b|\byet to\b|\bstill not\b", re.IGNORECASE)
"""What is not done yet may still be done: it is open, or overdue."""
_QUOTED = re.compile(r"[\"“]([^\"”]+)")
_CLAUSE = re.compile(r"[,;:–—]|\b(?:because|while|although|but|and that|who|which)\b", re.IGNORECASE)
COMING = re.compile(r"\b(?:will|shall|is to|are to|was to|were to|plans? to|due to|expected to)\b", re.IGNORECASE)
Outcome = Literal["fulfilled", "postponed", "dropped", "denied"]
Place = tuple[str, tuple[int, int]]
"""A sentence: its article and where it stands."""


class _Words(NamedTuple):
    """The words of a sentence."""

    stems: frozenset[str]
    families: frozenset[str]
    quoted: frozenset[str]
    """Stems of what stands in quotation marks."""
    kinds: dict[str, float]
    """What they say for and against any announcement."""


class _Sentence(NamedTuple):
    """A sentence with what it names."""

    words: _Words
    actors: frozenset[str]
    days: list[tuple[date, date]]


class Settling:
    """The sentences that settle what some reports announce.

    Args:
        corroboration: the events of the reports.
    """

    def __init__(self, corroboration: Corroboration) -> None:
        self.events = corroboration
        self.reports = corroboration.reports
        self._sentences: dict[Place, _Sentence] = {}

    def outcome(self, report: Report, announced: Announced) -> tuple[Outcome, Place] | None:
        """What became of something announced, and the sentence that says so.

        Args:
            report: the report that announces it.
            announced: what it announces.

        Returns:
            What is told last of all where it was done at last; else what is likeliest. `None` where nobody tells.
        """
        found: dict[Outcome, tuple[float, Place]] = {}
        for place in self.candidates(report):
            chance = self.chance(report, announced, place)
            outcome = self._told(report, announced, place) if chance >= LIKELY else None
            if outcome is not None and (outcome not in found or chance > found[outcome][0]):
                found[outcome] = chance, place
        if "fulfilled" in found:
            return "fulfilled", found["fulfilled"][1]
        best = max(found.items(), key=lambda item: item[1][0], default=None)
        return (best[0], best[1][1]) if best else None

    def _told(self, report: Report, announced: Announced, place: Place) -> Outcome | None:
        """What a sentence says of it; `None` where it is only announced again, or not yet done."""
        other, text = self.reports[place[0]], self.reports[place[0]].quote(place[1])
        for kind in TURNS:
            if place[1] in other.turning[kind]:
                return kind
        told = [other.events[id] for id in other.told_in(place[1])]
        chances = [self.events.chance((report.id, announced.event), (place[0], event.id)) for event in told]
        best = max(zip(chances, (event.trigger[0] - place[1][0] for event in told), strict=True), default=(0.0, 0))
        statuses = {event.status for event in told}
        if "denied" in statuses and not statuses & {"occurred", "ongoing"}:
            return None if not_yet(text) else "denied"
        negation = self._negation(text, best[1] if best[0] >= CLOSE else len(text))
        if negation is not None:
            return None if not_yet(text) else "dropped" if COMING.search(negation) else "denied"
        coming = statuses <= {"planned", "hypothetical"} if statuses else bool(COMING.search(text))
        return None if coming else "fulfilled"

    def _negation(self, text: str, before: int) -> str | None:
        """The clause that a negation stands in, where it stands in front of the word for the event."""
        start = max((m.end() for m in _CLAUSE.finditer(text, 0, before)), default=0)
        clause = text[start:before]
        return clause if _NEGATED.search(clause) else None

    def candidates(self, report: Report) -> Iterator[Place]:
        """The sentences of the other reports of the story, from the announcement's day on."""
        for id in sorted(self._story_of.get(report.id, ())):
            other = self.reports[id]
            if (other.day or "") >= (report.day or "") and id != report.id:
                yield from ((id, span) for span in sentences(other.text)[:MOST])

    def chance(self, report: Report, announced: Announced, place: Place) -> float:
        """The chance that a sentence says what became of something announced; 0 where it cannot be likely."""
        values = self._days(report, announced, place) | self._wording(report, announced, place)
        if not fitted.may_reach("settling", values, LIKELY):
            return 0.0
        return fitted.chance("settling", self._events(report, announced, place) | values)

    def features(self, report: Report, announced: Announced, place: Place) -> dict[str, float]:
        """What speaks for and against a sentence's being about something announced (`FEATURES`)."""
        days, wording = self._days(report, announced, place), self._wording(report, announced, place)
        return self._events(report, announced, place) | days | wording

    def _events(self, report: Report, announced: Announced, place: Place) -> dict[str, float]:
        node, told = (report.id, announced.event), self.reports[place[0]].told_in(place[1])
        group = self.events.name_of.get(node)
        chances = [self.events.chance(node, (place[0], id)) for id in told]
        statuses = {self.reports[place[0]].events[id].status for id in told}
        return {
            "linked": max(chances, default=0.0),
            "grouped": float(any(self.events.name_of[(place[0], id)] == group for id in told)),
            "happened": float(bool(statuses & {"occurred", "ongoing"})),
        }

    def _days(self, report: Report, announced: Announced, place: Place) -> dict[str, float]:
        due, told = _interval(report, announced), day_of(self.reports[place[0]].day)
        days = self._sentence(place).days
        within = [day for day in days if due and due[0] <= day[1] and day[0] <= due[1]]
        gap = (told - due[1]).days if told and due else None
        return {
            "dated": float(bool(within)),
            "one_day": float(bool(within) and due is not None and (due[1] - due[0]).days <= 1),
            "dated_else": float(bool(days) and not within),
            "undated": float(not days),
            "day_due": float(gap is not None and 0 <= gap <= SOON),
            "before": float(due is not None and told is not None and told < due[0]),
            "late": min(max(gap or 0, 0), 60) / 60,
        }

    def _wording(self, report: Report, announced: Announced, place: Place) -> dict[str, float]:
        words, here, _ = self._sentence(place)
        mine = self.events.happenings[(report.id, announced.event)]
        whose = mine.actors | mine.around
        company = self.events.identity.company
        return {
            "actors": len(whose & here) / len(whose) if whose else 0.0,
            "heads": overlap(mine.heads, words.stems),
            "words": overlap(mine.rest, words.stems),
            "word_family": float(not words.families.isdisjoint(mine.families)),
            "place": float(mine.place is not None and mine.place in here),
            **words.kinds,
            "lead": float(place[1][0] == 0),
            "company": min(4, len(company[report.id] & company[place[0]])) / 4,
            "spoken": float(min(mine.triggers, default="") in words.quoted),
        }

    def _sentence(self, place: Place) -> _Sentence:
        if place not in self._sentences:
            report, span = self.reports[place[0]], place[1]
            named = (self.events.identity.of.get((report.id, id)) for id in report.mentioned_in([span]))
            actors = frozenset(actor for actor in named if actor)
            self._sentences[place] = _Sentence(_words(report.quote(span)), actors, self._days_in(place))
        return self._sentences[place]

    def _days_in(self, place: Place) -> list[tuple[date, date]]:
        """The days named in a sentence."""
        start, end = place[1]
        times = (t for t in self.reports[place[0]].readout.times if start <= t.span[0] < end and t.kind != "set")
        found = ((day_of(t.start), day_of(t.end or t.start, last=True)) for t in times)
        return [(one, other) for one, other in found if one and other]

    @cached_property
    def _story_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one, other in story_pairs(self.events):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found


@lru_cache(maxsize=8192)
def _words(text: str) -> _Words:
    stems = content(text)
    kinds = {
        "turned": float(not stems.isdisjoint(_turning())),
        "negated": float(bool(_NEGATED.search(text))),
        "coming": float(bool(COMING.search(text))),
    }
    return _Words(stems, families(stems), frozenset().union(*map(content, _QUOTED.findall(text))), kinds)


def not_yet(sentence: str) -> bool:
    """Whether a sentence says that something has not been done yet."""
    return bool(_NOT_YET.search(sentence))


def _interval(report: Report, announced: Announced) -> tuple[date, date] | None:
    """The days on which it may come: by a deadline, from the announcement on; of what lasts from a day on, that day."""
    due = announced.due
    start, end = (day_of(due.start), day_of(due.end, last=True)) if due else (None, None)
    if end is None:
        return (start, start) if start else None
    return start or min(day_of(report.day) or end, end), end


@cache
def _turning() -> frozenset[str]:
    return frozenset(stem(word) for kind in TURNS for phrase in word_list(kind) for word in phrase.split())
