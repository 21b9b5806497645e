"""An event as one report tells it, and what speaks for and against two of them being one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from readout.resolve.reports import Node
from readout.resolve.words import stem, word_list
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
    faint: bool
    """Whether it is too faint to stand alone; its type then is a guess."""

    @cached_property
    def rest(self) -> frozenset[str]:
        """The words of the sentence beside those that report the event."""
        return self.words - self.triggers

    @cached_property
    def classes(self) -> frozenset[str]:
        """Heads with all words for people as one, since reports vary them."""
        return frozenset("people" if head in _people() else head for head in self.heads)

    @cached_property
    def intervals(self) -> list[tuple[date, date]]:
        """When it is told to be, and when it is to be now."""
        start, end = self.starts or self.ends, self.ends or self.starts
        return ([(start, end)] if start and end else []) + ([self.moved] if self.moved else [])


def features(a: Happening, b: Happening, company: float) -> dict[str, float]:
    """What speaks for and against two events being the same.

    Args:
        a: one event.
        b: the other.
        company: the share of the names of one report that the other names too.

    Returns:
        A value for each of `FEATURES`, the same whichever event comes first.
    """
    rest = {
        "company": company,
        "weeks": _weeks(a, b),
        "same_report": float(a.node[0] == b.node[0]),
        "told_before": float(_told_before(a, b) or _told_before(b, a)),
    }
    return _types(a, b) | _parties(a, b) | _places(a, b) | _dates(a, b) | _wording(a, b) | rest


def _types(a: Happening, b: Happening) -> dict[str, float]:
    one, other = a.event, b.event
    same = one.type == other.type
    close = not same and (a.turns or b.turns or _are_close(one.type, other.type))
    modes = bool(same and one.mode and other.mode)
    faint = a.faint or b.faint
    return {
        "type_same": float(same and not faint),
        "type_close": float(close and not faint),
        "type_far": float(not same and not close and not faint),
        "faint": float(faint),
        "faint_same": float(faint and (same or close)),
        "mode_same": float(modes and one.mode == other.mode),
        "mode_differs": float(modes and one.mode != other.mode),
    }


@cache
def _are_close(one: str, other: str) -> bool:
    return any({one, other} <= group for group in CLOSE)


def _parties(a: Happening, b: Happening) -> dict[str, float]:
    return {
        "actors": overlap(a.actors, b.actors),
        "actors_differ": float(bool(a.actors and b.actors) and not a.actors & (b.actors | b.around)),
        "nations": overlap(a.nations, b.nations),
        "heads": overlap(a.classes, b.classes),
    }


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
        "words": overlap(a.rest, b.rest),
        "trigger": float(bool(a.triggers & b.triggers)),
        "around": overlap(a.around, b.around),
    }


def _gap(a: Happening, b: Happening) -> int | None:
    """Days between two events whose dates are known, the least where one was moved."""
    gaps = [_between(one, other) for one in a.intervals for other in b.intervals]
    return min(gaps, default=None)


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


def contradict(a: Happening, b: Happening) -> bool:
    """Whether two cannot be one: in two countries, done on days too far apart, or told apart by one report."""
    if a.node[0] == b.node[0] and a.event.type != b.event.type and not (a.turns or b.turns):
        return True
    if a.country and b.country and a.country != b.country:
        return True
    gap = _gap(a, b)
    done = {a.event.status, b.event.status} <= {"occurred", "ongoing"}
    allowed = 0 if a.node[0] == b.node[0] else DAYS_APART
    return done and gap is not None and gap > allowed


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
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
