"""One event however many reports: which events of different reports are the same.

Each pair is judged by itself, from a few readable features and weights fitted on invented stories
(`weights_events.json`; `training/stories.py`); pairs are looked for only where reports name the same somebody or
somewhere within a month or two. What a report expects and what another tells as done may be one event.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files
from math import exp

from readout.resolve.grouping import Link, groups, within
from readout.resolve.identity import Identity
from readout.resolve.reports import Node, Report
from readout.resolve.words import content, stem, word_list
from readout.schema import Event

LIKELY = 0.4
LOOSEST = 0.35
"""Mean chance over all pairs of two groups below which they are not joined, so that a chain joins no strangers."""
WINDOW = 60
NEARBY = 400
"""Characters between the word of a postponement and the event that is told of beside it."""
RECENT = 7
"""Days before a report in which most of what it tells has happened."""
DAYS_APART = 7
"""Dates of one past event that reports may give differently; further apart they tell of two."""
CLOSE = (
    {"CONSULT", "AGREE", "COOPERATE"},
    {"AID", "AGREE", "SUPPORT", "COOPERATE"},
    {"ASSAULT", "COERCE"},
    {"ASSAULT", "MOBILIZE"},
    {"SANCTION", "COERCE"},
    {"CONCEDE", "RETREAT", "AGREE"},
    {"PROTEST", "REJECT"},
    {"AID", "CONCEDE"},
    {"REJECT", "SANCTION"},
)
"""Types between which coders, and this reader, waver (PLOVER's own confusion: words and deeds of one kind)."""
FEATURES = (
    "type_same", "type_close", "type_far", "mode_same", "mode_differs", "actors", "actors_differ", "nations",
    "heads", "place_same", "place_near", "place_differs", "date_same", "date_near", "date_far", "date_unknown",
    "date_told", "words", "trigger", "around", "company", "weeks", "same_report", "told_before",
)  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """An event as one report tells it, with what pairs are judged by."""

    node: Node
    event: Event
    actors: frozenset[str]
    """Named actors that take part."""
    nations: frozenset[str]
    heads: frozenset[str]
    place: str | None
    country: str | None
    starts: date | None
    ends: date | None
    told: date | None
    words: frozenset[str]
    triggers: frozenset[str]
    around: frozenset[str]
    """Named actors that the sentence mentions."""
    scene: frozenset[str]
    """The named actors that come first in the report."""
    moved: tuple[date, date] | None
    """When it is to be now, by the same report's word that it was postponed."""
    turns: bool
    """Whether it is told by a word of postponing or dropping, which hides the event's own type."""


class Corroboration:
    """The events of some reports, each with all who tell of it.

    Args:
        identity: the actors of the reports.
    """

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.reports = identity.reports

    @cached_property
    def happenings(self) -> dict[Node, Happening]:
        """All events by report and id."""
        return {(r.id, v.id): self._happening(r, v) for r in self.reports.values() for v in r.readout.events}

    @cached_property
    def groups(self) -> list[list[Node]]:
        """Events that are the same, in a lasting order."""
        links = [Link(chance, one, other) for one, other in self.pairs() if (chance := self.chance(one, other))]
        return groups(self.happenings, [link for link in links if link.score >= LIKELY], self._apart)

    def id_of(self, group: Iterable[Node]) -> str:
        """The id of an event: the least of those by which its reports tell it."""
        return min(self.reports[article].stable[id] for article, id in group)

    @cached_property
    def name_of(self) -> dict[Node, str]:
        """The id of the event that each of its tellings belongs to."""
        return {node: name for group in self.groups for name in [self.id_of(group)] for node in group}

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """The pairs that are judged: those near each other in time with an actor, place or nation in common."""
        blocks: dict[tuple[str, int], list[Node]] = defaultdict(list)
        for node, happening in self.happenings.items():
            for key in _keys(happening):
                blocks[key].append(node)
        yield from sorted({pair for block in blocks.values() for pair in within(sorted(block), WINDOW)})

    def chance(self, one: Node, other: Node) -> float:
        """The chance that two events are the same, by these two and their reports alone."""
        return _logistic(self.features(one, other))

    def features(self, one: Node, other: Node) -> dict[str, float]:
        """What speaks for and against two events being the same (`FEATURES`)."""
        a, b = self.happenings[one], self.happenings[other]
        company = _overlap(self._company(one[0]), self._company(other[0]))
        return _types(a, b) | _parties(a, b) | _places(a, b) | _dates(a, b) | _wording(a, b) | {
            "company": company,
            "weeks": _weeks(a, b),
            "same_report": float(one[0] == other[0]),
            "told_before": float(_told_before(a, b) or _told_before(b, a)),
        }  # fmt: skip

    def _company(self, id: str) -> frozenset[str]:
        return self.identity.company[id]

    def _apart(self, one: list[Node], other: list[Node]) -> bool:
        pairs = [(a, b) for a in one[:12] for b in other[:12]]
        if any(_contradict(self.happenings[a], self.happenings[b]) for a, b in pairs):
            return True
        return sum(self.chance(a, b) for a, b in pairs) / len(pairs) < LOOSEST

    def _happening(self, report: Report, event: Event) -> Happening:
        parties = [*event.actors, *event.recipients]
        evidence = report.evidence(event)
        place = report.entities.get(event.place or "")
        known = [report.entities[id] for id in parties if id in report.entities]
        triggers = [report.quote(span) for span in (event.trigger, *event.mentions)]
        return Happening(
            (report.id, event.id),
            event,
            self._actors(report, parties),
            frozenset(e.country for e in known if e.country),
            frozenset(stem(e.name.split()[-1]) for e in known if e.name.split()),
            self.identity.of.get((report.id, event.place or "")),
            place.country if place else None,
            day_of(event.start),
            day_of(event.end, last=True),
            day_of(report.day),
            frozenset().union(*(content(report.quote(span)) for span in evidence)),
            frozenset(stem(word) for phrase in triggers for word in phrase.split()),
            self._actors(report, report.mentioned_in(evidence)),
            self._actors(report, (id for _, _, id in report.mentions[:12])),
            _moved(report, event),
            _is_turn(triggers[0]),
        )

    def _actors(self, report: Report, ids: Iterable[str]) -> frozenset[str]:
        found = ((id, self.identity.of.get((report.id, id))) for id in ids if id in report.entities)
        return frozenset(a for id, a in found if a and len(self.identity.by_id[a].members) > 1)


def _is_turn(trigger: str) -> bool:
    return trigger.lower() in word_list("postponed") | word_list("dropped")


def _moved(report: Report, event: Event) -> tuple[date, date] | None:
    """The new day that the same report gives in or next to the event's sentence."""
    for other in report.readout.events:
        start, end = day_of(other.start), day_of(other.end, last=True)
        postponed = report.quote(other.trigger).lower() in word_list("postponed")
        if other is not event and postponed and start and end and abs(other.trigger[0] - event.trigger[0]) < NEARBY:
            return start, end
    return None


def _keys(a: Happening) -> Iterator[tuple[str, int]]:
    """Who or where, and in which months: an event is looked for in its own and the following month."""
    whose = a.actors | a.around | a.nations | a.scene | {where for where in (a.place, a.country) if where}
    days = [day for day in (a.starts, a.ends, a.told, *(a.moved or ())) if day is not None]
    months = {day.year * 12 + day.month + step for day in days for step in (0, 1)} or {0}
    return ((who, month) for who in whose for month in months)


def _types(a: Happening, b: Happening) -> dict[str, float]:
    one, other = a.event, b.event
    same = one.type == other.type
    close = not same and (a.turns or b.turns or any({one.type, other.type} <= group for group in CLOSE))
    modes = bool(same and one.mode and other.mode)
    return {
        "type_same": float(same),
        "type_close": float(close),
        "type_far": float(not same and not close),
        "mode_same": float(modes and one.mode == other.mode),
        "mode_differs": float(modes and one.mode != other.mode),
    }


def _parties(a: Happening, b: Happening) -> dict[str, float]:
    return {
        "actors": _overlap(a.actors, b.actors),
        "actors_differ": float(bool(a.actors and b.actors) and not a.actors & (b.actors | b.around)),
        "nations": _overlap(a.nations, b.nations),
        "heads": _overlap(_classed(a.heads), _classed(b.heads)),
    }


def _classed(heads: frozenset[str]) -> frozenset[str]:
    """Heads with all words for people as one, since reports vary them."""
    return frozenset("people" if head in _people() else head for head in heads)


@cache
def _people() -> frozenset[str]:
    return frozenset(map(stem, word_list("people")))


def _places(a: Happening, b: Happening) -> dict[str, float]:
    same = bool(a.place) and a.place == b.place
    nations = bool(a.country and b.country)
    return {
        "place_same": float(same),
        "place_near": float(not same and nations and a.country == b.country),
        "place_differs": float(not same and nations and a.country != b.country),
    }


def _dates(a: Happening, b: Happening) -> dict[str, float]:
    gap = _gap(a, b)
    return {
        "date_same": float(gap == 0),
        "date_near": float(gap is not None and 0 < gap <= 2),
        "date_far": 0.0 if gap is None or gap <= 2 else min(gap, 60) / 60 + 0.5,
        "date_unknown": float(gap is None),
        "date_told": float(gap is None and (_just_told(a, b) or _just_told(b, a))),
    }


def _wording(a: Happening, b: Happening) -> dict[str, float]:
    return {
        "words": _overlap(a.words - a.triggers, b.words - b.triggers),
        "trigger": float(bool(a.triggers & b.triggers)),
        "around": _overlap(a.around, b.around),
    }


def _gap(a: Happening, b: Happening) -> int | None:
    """Days between two events whose dates are known, the least where one was moved."""
    gaps = [_between(one, other) for one in _intervals(a) for other in _intervals(b)]
    return min(gaps, default=None)


def _intervals(a: Happening) -> list[tuple[date, date]]:
    start, end = a.starts or a.ends, a.ends or a.starts
    return ([(start, end)] if start and end else []) + ([a.moved] if a.moved else [])


def _between(one: tuple[date, date], other: tuple[date, date]) -> int:
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def _just_told(a: Happening, b: Happening) -> bool:
    """Whether one was done in the days before the report that tells the other without a date."""
    return bool(a.ends and b.told and not b.ends and 0 <= (b.told - a.ends).days <= RECENT)


def _weeks(a: Happening, b: Happening) -> float:
    """How far apart the reports are, 1 at sixty days and more."""
    return min(abs((a.told - b.told).days), 60) / 60 if a.told and b.told else 0.0


def _told_before(a: Happening, b: Happening) -> bool:
    """Whether one was still to come when the other had happened."""
    done = b.ends or b.told
    return bool(a.event.status == "planned" and b.event.status == "occurred" and done and a.told and done < a.told)


def _contradict(a: Happening, b: Happening) -> bool:
    """Whether two cannot be one: in two countries, done on days too far apart, or told apart by one report."""
    if a.node[0] == b.node[0] and a.event.type != b.event.type and not (a.turns or b.turns):
        return True
    if a.country and b.country and a.country != b.country:
        return True
    gap = _gap(a, b)
    done = {a.event.status, b.event.status} <= {"occurred", "ongoing"}
    allowed = 0 if a.node[0] == b.node[0] else DAYS_APART
    return done and gap is not None and gap > allowed


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that the larger one has too."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def day_of(text: str | None, *, last: bool = False) -> date | None:
    """A day of ISO 8601 text as precise as it is; its first or last day."""
    if not text:
        return None
    try:
        if len(text) >= 10:
            return date.fromisoformat(text[:10])
        year, month = int(text[:4]), int(text[5:7]) if len(text) >= 7 else (12 if last else 1)
        first = date(year, month, 1)
    except ValueError:
        return None
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if last else first


@cache
def weights() -> dict[str, float]:
    """The fitted weights, with `bias`."""
    text = files("readout.resolve").joinpath("data", "weights_events.json").read_text(encoding="utf-8")
    return {name: float(value) for name, value in json.loads(text).items()}


def _logistic(features: dict[str, float]) -> float:
    fitted = weights()
    total = fitted["bias"] + sum(fitted[name] * value for name, value in features.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
