"""One event however many reports: which events of different reports are the same.

Each pair is judged by itself, from a few readable features and weights fitted on invented stories
(`weights_events.json`; `training/stories.py`); pairs are looked for only where reports name the same somebody or
somewhere within a month or two. What a report expects and what another tells as done may be one event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from readout.resolve import fitted
from readout.resolve.grouping import Link, groups, near
from readout.resolve.happenings import Happening, Kind, between, contradict, day_of, features, overlap
from readout.resolve.identity import Identity
from readout.resolve.reports import TURNS, Node, Report
from readout.resolve.words import WORD, content, says, stem
from readout.schema import Event

LIKELY = 0.3
LOOSEST = 0.25
"""Mean chance over all pairs of two groups below which they are not joined, so that a chain joins no strangers."""
WINDOW = 60
REMEMBERED = 200_000
"""Pairs whose chance is remembered."""
PHRASE = 16
"""Characters in which a verb stands with its particle."""
NEARBY = 400
"""Characters between the word of a postponement and the event that is told of beside it."""


class Corroboration:
    """The events of some reports, each with all who tell of it.

    Args:
        identity: the actors of the reports.
    """

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.reports = identity.reports
        self._between: dict[tuple[str, str], dict[str, float]] = {}
        self._chances: dict[tuple[Node, Node], float] = {}

    @cached_property
    def happenings(self) -> dict[Node, Happening]:
        """All events by report and id."""
        return {told.node: told for report in self.reports.values() for told in self._told(report)}

    @cached_property
    def groups(self) -> list[list[Node]]:
        """Events that are the same, in a lasting order."""
        told = self.happenings
        pairs = (pair for pair in self.pairs() if not contradict(told[pair[0]], told[pair[1]]))
        judged = ((self._judged(one, other), one, other) for one, other in pairs)
        return groups(told, [Link(*link) for link in judged if link[0] >= LIKELY], self._apart)

    def id_of(self, group: Iterable[Node]) -> str:
        """The id of an event: the least of those by which its reports tell it."""
        return min(self.reports[article].stable[id] for article, id in group)

    @cached_property
    def name_of(self) -> dict[Node, str]:
        """The id of the event that each of its tellings belongs to."""
        return {node: name for group in self.groups for name in [self.id_of(group)] for node in group}

    def days_between(self, one: str, other: str) -> int | None:
        """Days between the publication of two reports, where both are known."""
        a, b = day_of(self.reports[one].day), day_of(self.reports[other].day)
        return abs((a - b).days) if a and b else None

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """The pairs that are judged: those near each other in time with an actor, place or nation in common."""
        nodes = sorted(self.happenings)
        blocks: dict[tuple[str, int], list[int]] = defaultdict(list)
        for place, node in enumerate(nodes):
            for key in _keys(self.happenings[node]):
                blocks[key].append(place)
        yield from ((nodes[one], nodes[other]) for one, other in near(blocks.values(), WINDOW))

    def chance(self, one: Node, other: Node) -> float:
        """The chance that two events are the same, by these two and their reports alone."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._chances:
            if len(self._chances) >= REMEMBERED:
                self._chances.clear()
            self._chances[pair] = self._judged(*pair)
        return self._chances[pair]

    def _judged(self, one: Node, other: Node) -> float:
        return fitted.chance("events", self.features(one, other))

    def features(self, one: Node, other: Node) -> dict[str, float]:
        """What speaks for and against two events being the same (`happenings.FEATURES`); what is left out is 0."""
        pair = (one[0], other[0]) if one[0] < other[0] else (other[0], one[0])
        if pair not in self._between:
            names, reports = self.identity.company, self.reports
            company = overlap(names[pair[0]], names[pair[1]])
            self._between[pair] = between(reports[pair[0]], reports[pair[1]], company)
        return features(self.happenings[one], self.happenings[other], self._between[pair])

    def _apart(self, one: list[Node], other: list[Node]) -> bool:
        pairs = [(a, b) for a in one[:12] for b in other[:12]]
        if any(contradict(self.happenings[a], self.happenings[b]) for a, b in pairs):
            return True
        return sum(self.chance(a, b) for a, b in pairs) / len(pairs) < LOOSEST

    def _told(self, report: Report) -> Iterator[Happening]:
        scene = self._actors(report, (id for _, _, id in report.mentions[:12]))
        days = list(_new_days(report))
        return (self._happening(report, event, scene, days) for event in report.events.values())

    def _happening(
        self, report: Report, event: Event, scene: frozenset[str], days: list[tuple[Event, date, date]]
    ) -> Happening:
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
            scene,
            _moved(event, days),
            Kind(event.type, event.mode, _is_turn(report, event), event.id in report.faint),
        )

    def _actors(self, report: Report, ids: Iterable[str]) -> frozenset[str]:
        found = ((id, self.identity.of.get((report.id, id))) for id in ids if id in report.entities)
        return frozenset(a for id, a in found if a and len(self.identity.by_id[a].members) > 1)


def _is_turn(report: Report, event: Event) -> bool:
    """Whether the word, or it with the next one ("pushed back"), is one of postponing or dropping."""
    words = " ".join(WORD.findall(report.text, event.trigger[0], event.trigger[0] + PHRASE)[:2])
    return any(says(some, kind) for some in (report.quote(event.trigger), words) for kind in TURNS)


def _new_days(report: Report) -> Iterator[tuple[Event, date, date]]:
    """The events told by a word of postponing, each with the days that stand beside it."""
    for event in report.readout.events:
        start, end = day_of(event.start), day_of(event.end, last=True)
        if start and end and _postpones(report, event):
            yield event, start, end


def _moved(event: Event, days: list[tuple[Event, date, date]]) -> tuple[date, date] | None:
    """The new day that the same report gives in or next to the event's sentence."""
    beside = (
        (start, end)
        for other, start, end in days
        if other is not event and abs(other.trigger[0] - event.trigger[0]) < NEARBY
    )
    return next(beside, None)


def _postpones(report: Report, event: Event) -> bool:
    return says(report.text[event.trigger[0] : event.trigger[0] + PHRASE].split(".")[0], "postponed")


def _keys(a: Happening) -> Iterator[tuple[str, int]]:
    """Who or where, and in which months: an event is looked for in its own and the following month."""
    whose = a.actors | a.around | a.nations | a.scene | {where for where in (a.place, a.country) if where}
    days = [day for day in (a.starts, a.ends, a.told, *(a.moved or ())) if day is not None]
    months = {day.year * 12 + day.month + step for day in days for step in (0, 1)} or {0}
    return ((who, month) for who in whose for month in months)
