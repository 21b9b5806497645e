"""Where reports, or those they quote, say otherwise: done here and denied there, or told with other numbers and dates.

Both sides stand, each with its words and whose word it is; nothing is averaged. A report that its own paper has
revised takes no side, and copies of one report are one voice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, pairwise

from readout.resolve.corroboration import Corroboration
from readout.resolve.happenings import day_of
from readout.resolve.reports import Node, Report
from readout.resolve.words import Quantity, content, quantities, sentences, stem, word_list
from readout.schema import Event

CLAIMED = frozenset({"occurred", "ongoing", "alleged"})
STORY = 2
"""Named actors that two reports must share for their numbers to be held against each other."""
SHARED = 2
"""Content words, and two in five of its own, that the sentence of a denial shares with what it denies."""
DAYS = 45
"""Days between two reports of one story."""
NEXT = 4
"""Characters that part a sentence from the next of its paragraph."""
NEARBY = 120
"""Characters between two counts of the same."""
_DENIED_IT = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:e|es|ed)) "
    r"(?:(?:it|this|that)(?= *[.,;:]|$)|the (?:claim|charge|accusation|report|allegation)s?(?= *[.,;:]|$))",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|told|announced|reported|according)\b", re.IGNORECASE)
_ANOTHER_COUNT = re.compile(
    r"\b(?:police|organis\w+|authorit\w+|officials?|government|ministry|union|army|rebels?|opposition)\b", re.IGNORECASE
)
"""Those who count crowds and casualties."""
LONGEST_STORY = 40
"""Reports of one event whose numbers are compared pair by pair."""


@dataclass(frozen=True, order=True)
class Side:
    """The words of one side, and who says so; `None` where the report says it in its own voice."""

    article: str
    span: tuple[int, int]
    actor: str | None


@dataclass(frozen=True, order=True)
class Conflict:
    """Two sides of one matter."""

    about: str
    """The id of the event, with "denied", "number of ..." or "date"."""
    sides: tuple[tuple[Side, ...], tuple[Side, ...]]

    @property
    def id(self) -> str:
        """From the sides, so that it stays as long as they do."""
        words = repr([[(s.article, tuple(s.span)) for s in side] for side in self.sides])
        return "c" + hashlib.sha256(words.encode()).hexdigest()[:15]


class Conflicts:
    """The conflicts among some reports.

    Args:
        corroboration: their events.
    """

    def __init__(self, corroboration: Corroboration) -> None:
        self.events = corroboration
        self.identity = corroboration.identity
        self.reports = corroboration.reports

    def all(self) -> list[Conflict]:
        """All conflicts, in the order of what they are about."""
        found: set[Conflict] = set()
        for group in self.events.groups:
            standing = [node for node in group if self._takes_side(node)]
            found.update(self._denied(standing))
            found.update(self._dates(standing))
        found.update(self._numbers())
        for report in self.reports.values():
            if not report.superseded:
                found.update(self._within(report))
        return sorted(found)

    def _takes_side(self, node: Node) -> bool:
        """Whether the words are sure to report an event, in a report that its paper has not revised."""
        report = self.reports[node[0]]
        return node[1] not in report.faint and not report.superseded

    def _denied(self, group: list[Node]) -> Iterator[Conflict]:
        """What some tell as done and some deny; a statement that denies it counts where its words are the event's."""
        claims = [self._side(node) for node in group if self._event(node).status in CLAIMED]
        denials = [self._side(node) for node in group if self._event(node).status == "denied"]
        denials += [side for node in group if self._event(node).status in CLAIMED for side in self._refuted(node)]
        if claims and denials:
            yield Conflict(
                f"{self.events.id_of(group)} denied", (tuple(sorted(set(claims))), tuple(sorted(set(denials))))
            )

    def _refuted(self, node: Node) -> Iterator[Side]:
        """Statements of other reports of the story that deny an event in words of their own; nobody denies accusing."""
        own = self.events.happenings[node].words
        accused = self._accused(node) if self._event(node).type == "ACCUSE" else None
        for id in sorted(self._story_of.get(node[0], ())):
            report = self.reports[id]
            for said in report.readout.statements:
                if said.stance != "denies" or said.cue_span is None or not _denies(report.quote(said.cue_span)):
                    continue
                speaker = self.identity.of.get((id, said.speaker or ""))
                if accused is not None and speaker not in accused:
                    continue  # nobody denies accusing, but whoever is accused may deny it
                start, end = report.sentence(said.content_spans[0])
                words = content(report.quote((start, end))) - content(report.quote(said.cue_span))
                needed = min(len(words), SHARED) if accused else SHARED
                if words and len(words & own) >= max(needed, 0.4 * len(words)):
                    yield Side(id, (start, end), self.identity.of.get((id, said.speaker or "")))

    def _accused(self, node: Node) -> frozenset[str]:
        """Those against whom a charge is made."""
        ids = ((node[0], id) for id in self._event(node).recipients)
        return frozenset(actor for one in ids if (actor := self.identity.of.get(one)))

    def _within(self, report: Report) -> Iterator[Conflict]:
        """What one report itself tells both ways: a claim that the next sentence denies, a number counted otherwise."""
        claims = [(s.content_spans[0], s.speaker) for s in report.readout.statements if s.stance != "denies"]
        claims += [(v.trigger, report.asserted_by(v)) for v in report.readout.events if v.status in CLAIMED]
        for before, after in pairwise(sentences(report.text)):
            said = [speaker for span, speaker in claims if before[0] <= span[0] < before[1]]
            if said and after[0] - before[1] < NEXT and _DENIED_IT.search(report.quote(after)):
                one = self._spoken(report, before, said[-1])
                other = self._spoken(report, after, self._speaker_in(report, after))
                yield Conflict(f"{report.id}:{before[0]} denied", ((one,), (other,)))
        yield from self._counted_twice(report)

    def _counted_twice(self, report: Report) -> Iterator[Conflict]:
        """Two numbers of the same people side by side, each by another's count."""
        for one, other in pairwise(quantities(report.text)):
            between = report.text[one.span[1] : other.span[0]]
            shared = one.units & other.units & _people()
            if shared and one.value != other.value and len(between) < NEARBY and _ANOTHER_COUNT.search(between):
                sides = [self._number_side(report, quantity) for quantity in (one, other)]
                yield Conflict(f"number of {min(shared)} {report.id}:{one.span[0]}", ((sides[0],), (sides[1],)))

    def _spoken(self, report: Report, span: tuple[int, int], speaker: str | None) -> Side:
        return Side(report.id, span, self.identity.of.get((report.id, speaker or "")))

    def _speaker_in(self, report: Report, span: tuple[int, int]) -> str | None:
        """Who speaks in a sentence, or else the first who is named in it."""
        said = (s.speaker for s in report.readout.statements if s.cue_span and span[0] <= s.cue_span[0] < span[1])
        named = (id for start, _, id in report.mentions if span[0] <= start < span[1])
        return next((one for one in said if one), None) or next(named, None)

    @cached_property
    def _story_of(self) -> dict[str, set[str]]:
        """The reports of one story with each."""
        found: dict[str, set[str]] = {}
        for one, other in self._neighbours:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found

    def _dates(self, group: list[Node]) -> Iterator[Conflict]:
        """Days that differ, where each is told in so many words of something done."""
        told = [n for n in group if self._event(n).status in CLAIMED and self._is_dated(n)]
        days = sorted({self._event(n).start or "" for n in told})
        if len(days) > 1 and len({self.reports[n[0]].source for n in told}) > 1:
            first = tuple(sorted({self._dated(n) for n in told if self._event(n).start == days[0]}))
            rest = tuple(sorted({self._dated(n) for n in told if self._event(n).start != days[0]}))
            yield Conflict(f"{self.events.id_of(group)} date", (first, rest))

    def _is_dated(self, node: Node) -> bool:
        """Whether a day is told; in "said on Monday that" it may be the day on which it was said."""
        event = self._event(node)
        report = self.reports[node[0]]
        is_told = event.asserted_by is not None or _SAID.search(report.quote(report.sentence(event.trigger)))
        telling = bool(is_told) and (event.start or "")[:10] == report.day
        return (
            event.time is not None
            and event.precision == "day"
            and event.start is not None
            and not (telling or self.events.happenings[node].moved)
        )

    def _dated(self, node: Node) -> Side:
        report, event = self.reports[node[0]], self._event(node)
        time = next((t for t in report.readout.times if t.id == event.time), None)
        span = time.span if time else event.trigger
        return Side(report.id, (span[0], span[1]), self._voice(report, event))

    def _numbers(self) -> Iterator[Conflict]:
        """Numbers of the same thing that differ between reports of the same event."""
        seen: set[tuple[str, str]] = set()
        for group in self.events.groups:
            ids = sorted({article for article, _ in group if not self.reports[article].superseded})
            seen.update(combinations(ids[:LONGEST_STORY], 2))
        seen |= self._neighbours
        sides: dict[str, dict[float, set[Side]]] = {}
        for one, other in sorted(seen):
            a, b = self.reports[one], self.reports[other]
            if a.source != b.source:
                for key, left, right in self._differing(a, b):
                    for report, quantity in ((a, left), (b, right)):
                        values = sides.setdefault(key, {})
                        values.setdefault(quantity.value, set()).add(self._number_side(report, quantity))
        for key, values in sides.items():
            if len(values) > 1:
                yield self._opposed(key, values)

    @cached_property
    def _neighbours(self) -> set[tuple[str, str]]:
        """Reports within days of each other that name the same two actors."""
        pairs: dict[tuple[str, str], int] = {}
        for actor in self.identity.actors:
            ids = sorted({article for article, _ in actor.members if not self.reports[article].superseded})
            for pair in combinations(ids, 2) if len(ids) <= LONGEST_STORY else ():
                pairs[pair] = pairs.get(pair, 0) + 1
        return {(a, b) for (a, b), n in pairs.items() if n >= STORY and self._is_timely(a, b)}

    def _is_timely(self, one: str, other: str) -> bool:
        a, b = day_of(self.reports[one].day), day_of(self.reports[other].day)
        return a is not None and b is not None and abs((a - b).days) <= DAYS

    def _opposed(self, key: str, values: dict[float, set[Side]]) -> Conflict:
        lowest = min(values)
        rest = {side for value, some in values.items() if value != lowest for side in some}
        return Conflict(f"number of {key}", (tuple(sorted(values[lowest])), tuple(sorted(rest))))

    def _differing(self, a: Report, b: Report) -> Iterator[tuple[str, Quantity, Quantity]]:
        """Numbers with the same unit, told of the same event or in sentences that have words in common."""
        left, right = quantities(a.text), quantities(b.text)
        for one in left:
            for other in right:
                if one.value != other.value and (key := self._matter(a, one, b, other)):
                    yield key, one, other

    def _matter(self, a: Report, one: Quantity, b: Report, other: Quantity) -> str | None:
        """What both numbers are of, if it is the same thing."""
        event, unit = self._shared_event(a, one, b, other), _unit(one, other)
        if event:
            return f"{unit or 'people'} {event}"
        left, right = quantities(a.text), quantities(b.text)
        if unit is None or _has(right, unit, one.value) or _has(left, unit, other.value):
            return None
        return f"{unit} {min(a.source, b.source)}" if self._alike(a, one, b, other) else None

    def _shared_event(self, a: Report, one: Quantity, b: Report, other: Quantity) -> str | None:
        """The event in whose slots, or at whose trigger, both numbers stand."""
        left, right = self._events_with(a, one), self._events_with(b, other)
        return min(left & right, default=None)

    def _events_with(self, report: Report, quantity: Quantity) -> set[str]:
        found = set()
        for event in report.readout.events:
            for slot, ids in (("by", event.actors), ("to", event.recipients)):
                groups = (report.entities[id] for id in ids if id in report.entities)
                spans = [span for entity in groups if entity.kind == "group" for span in entity.mentions[:1]]
                if any(start < quantity.span[1] and quantity.span[0] < end for start, end in spans):
                    found.add(f"{slot} {event.mode or event.type} {self.events.name_of[(report.id, event.id)]}")
        return found

    def _alike(self, a: Report, one: Quantity, b: Report, other: Quantity) -> bool:
        """Whether two numbers of one unit stand in sentences about the same thing, or alone in their reports."""
        left = content(a.quote(a.sentence(one.span)))
        right = content(b.quote(b.sentence(other.span)))
        shared = len((left & right) - one.units - other.units)
        units = one.units & other.units
        alone = all(len([q for q in quantities(r.text) if q.units & units]) == 1 for r in (a, b))
        return shared >= 2 or (
            alone and bool(units) and (shared >= 1 or (not units & _people() and self._is_story(a, b)))
        )

    def _is_story(self, a: Report, b: Report) -> bool:
        """Whether two reports name so many of the same that they tell one story."""
        return len(self.identity.company[a.id] & self.identity.company[b.id]) >= STORY

    def _number_side(self, report: Report, quantity: Quantity) -> Side:
        start, end = quantity.span
        voices = (s for s in report.readout.statements if any(a <= start and end <= b for a, b in s.content_spans))
        speaker = next((s.speaker for s in voices), None)
        return Side(report.id, (start, end), self.identity.of.get((report.id, speaker or "")))

    def _side(self, node: Node) -> Side:
        report, event = self.reports[node[0]], self._event(node)
        start, end = report.evidence(event)[0]
        return Side(report.id, (start, end), self._voice(report, event))

    def _voice(self, report: Report, event: Event) -> str | None:
        return self.identity.of.get((report.id, report.asserted_by(event) or ""))

    def _event(self, node: Node) -> Event:
        return self.reports[node[0]].events[node[1]]


def _unit(one: Quantity, other: Quantity) -> str | None:
    """What both numbers count; different words for people count the same."""
    shared = one.units & other.units
    if shared:
        return min(shared)
    return "people" if one.units & _people() and other.units & _people() else None


@cache
def _people() -> frozenset[str]:
    return frozenset(map(stem, word_list("people")))


def _denies(cue: str) -> bool:
    """Whether a statement's cue itself is a word of denying."""
    return bool(content(cue) & {stem(word) for word in word_list("denial")})


def _has(quantities_: Iterable[Quantity], unit: str, value: float) -> bool:
    """Whether a report has a number of this unit and value somewhere, so that it does not say otherwise."""
    return any(q.value == value and (unit in q.units or unit == "people") for q in quantities_)
