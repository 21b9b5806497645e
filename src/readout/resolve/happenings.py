"""An event as one report tells it, and what speaks for and against two of them being one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from readout.resolve.reports import Node, Report
from readout.resolve.words import SHORTEST, families, stem, word_list
from readout.schema import Event

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
    "type_same", "type_close", "type_far", "faint", "faint_same", "mode_same", "mode_differs", "actors",
    "actors_differ", "nations", "heads", "place_same", "place_near", "place_differs", "date_same", "date_near",
    "date_far", "date_unknown", "date_told", "words", "trigger", "around", "company", "weeks", "same_report",
    "told_before",
)  # fmt: skip


class Kind(NamedTuple):
    """What an event is told to be."""

    type: str
    mode: str | None
    turns: bool
    """Whether it is told by a word of postponing or dropping, which hides the event's own type."""
    faint: bool
    """Whether it is too faint to stand alone; its type then is a guess."""


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
    kind: Kind

    @property
    def turns(self) -> bool:
        """Whether it is told by a word of postponing or dropping."""
        return self.kind.turns

    @cached_property
    def is_done(self) -> bool:
        """Whether it is told as having come about."""
        return self.event.status in ("occurred", "ongoing")

    @cached_property
    def rest(self) -> frozenset[str]:
        """The words of the sentence beside those that report the event."""
        return self.words - self.triggers

    @cached_property
    def families(self) -> frozenset[str]:
        """The beginnings of the words that report the event, the same in all words of a family."""
        return families(word for word in self.triggers if len(word) >= SHORTEST)

    @cached_property
    def classes(self) -> frozenset[str]:
        """Heads with all words for people as one, since reports vary them."""
        return frozenset("people" if head in _people() else head for head in self.heads)

    @cached_property
    def intervals(self) -> list[tuple[int, int]]:
        """When it is told to be, and when it is to be now: the number of the first day and of the last."""
        start, end = self.starts or self.ends, self.ends or self.starts
        told = [(start, end)] if start and end else []
        return [(a.toordinal(), b.toordinal()) for a, b in (*told, *([self.moved] if self.moved else []))]


def features(a: Happening, b: Happening, reports: Mapping[str, float]) -> dict[str, float]:
    """What speaks for and against two events being the same.

    Args:
        a: one event.
        b: the other.
        reports: what their reports have in common (`between`).

    Returns:
        Values of `FEATURES` in their order, the same whichever event comes first; those left out are 0.
    """
    return {
        **_types(a.kind, b.kind),
        **_parties(a, b),
        **_places(a, b),
        **_dates(a, b),
        **_wording(a, b),
        **reports,
        "told_before": float(_told_before(a, b) or _told_before(b, a)),
    }


def between(one: Report, other: Report, company: float) -> dict[str, float]:
    """What speaks for and against two events being the same by their reports alone.

    Args:
        one: a report.
        other: another, or the same.
        company: the share of the names of one report that the other names too.
    """
    days = day_of(one.day), day_of(other.day)
    apart = abs((days[0] - days[1]).days) if days[0] and days[1] else 0
    return {"company": company, "weeks": min(apart, 60) / 60, "same_report": float(one.id == other.id)}


@lru_cache(maxsize=65536)
def _types(a: Kind, b: Kind) -> Mapping[str, float]:
    same = a.type == b.type
    close = not same and (a.turns or b.turns or _are_close(a.type, b.type))
    if a.faint or b.faint:
        found = {"faint": 1.0, "faint_same": float(same or close)}
    else:
        found = {"type_same" if same else "type_close" if close else "type_far": 1.0}
    if same and a.mode and b.mode:
        found["mode_same" if a.mode == b.mode else "mode_differs"] = 1.0
    return found


def _are_close(one: str, other: str) -> bool:
    return any({one, other} <= group for group in CLOSE)


def _parties(a: Happening, b: Happening) -> dict[str, float]:
    found = {}
    if a.actors and b.actors:
        found["actors"] = overlap(a.actors, b.actors)
        found["actors_differ"] = float(a.actors.isdisjoint(b.actors) and a.actors.isdisjoint(b.around))
    if a.nations and b.nations:
        found["nations"] = overlap(a.nations, b.nations)
    if a.classes and b.classes:
        found["heads"] = overlap(a.classes, b.classes)
    return found


@cache
def _people() -> frozenset[str]:
    return frozenset(map(stem, word_list("people")))


def _places(a: Happening, b: Happening) -> dict[str, float]:
    if a.place and a.place == b.place:
        return {"place_same": 1.0}
    if a.country and b.country:
        return {"place_near" if a.country == b.country else "place_differs": 1.0}
    return {}


def _dates(a: Happening, b: Happening) -> dict[str, float]:
    gap = _gap(a, b)
    if gap is None:
        return {"date_unknown": 1.0, "date_told": float(_just_told(a, b) or _just_told(b, a))}
    if gap > 2:
        return {"date_far": min(gap, 60) / 60 + 0.5}
    return {"date_near" if gap else "date_same": 1.0}


def _wording(a: Happening, b: Happening) -> dict[str, float]:
    found = {"words": overlap(a.rest, b.rest), "trigger": float(not a.triggers.isdisjoint(b.triggers))}
    if a.around and b.around:
        found["around"] = overlap(a.around, b.around)
    return found


def _gap(a: Happening, b: Happening) -> int | None:
    """Days between two events whose dates are known, the least where one was moved."""
    if not (a.intervals and b.intervals):
        return None
    gaps = [max(0, start - last, first - end) for first, last in a.intervals for start, end in b.intervals]
    return min(gaps)


def _just_told(a: Happening, b: Happening) -> bool:
    """Whether one was done in the days before the report that tells the other without a date."""
    return bool(a.ends and b.told and not b.ends and 0 <= (b.told - a.ends).days <= RECENT)


def _told_before(a: Happening, b: Happening) -> bool:
    """Whether one was still to come when the other had happened."""
    if a.event.status != "planned" or b.event.status != "occurred":
        return False
    done = b.ends or b.told
    return bool(done and a.told and done < a.told)


def contradict(a: Happening, b: Happening) -> bool:
    """Whether two cannot be one: in two countries, done on days too far apart, or told apart by one report."""
    if a.node[0] == b.node[0] and a.event.type != b.event.type and not (a.turns or b.turns):
        return True
    if a.country and b.country and a.country != b.country:
        return True
    gap = _gap(a, b) if a.is_done and b.is_done else None
    return gap is not None and gap > (0 if a.node[0] == b.node[0] else DAYS_APART)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that the larger one has too."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


@lru_cache(maxsize=8192)
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
