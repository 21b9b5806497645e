"""What a time expression is read against: the day of publication, the times read before it, the tense around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from readout.errors import OptionError
from readout.extract.times.granule import PRECISION, UNKNOWN, Granule
from readout.schema import Precision, TimeKind

PUBLISHED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?")
AT_HAND = 300
"""About two sentences, in characters: how far what was spoken of is still at hand."""
FINENESS = ("D", "WE", "W", "M", "Q", "HY", "SE", "Y", "E", "C", "L")


@dataclass(frozen=True)
class Reading:
    """The meaning of one expression."""

    kind: TimeKind
    value: str
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    granule: Granule | None = None
    derived: bool = False
    """Counted from a quarter spoken of, which stays the one spoken of."""


@dataclass
class Context:
    """The state while a text's expressions are read from first to last."""

    now: Granule | None
    """Day (or month, or year) of publication."""
    narrative: bool = False
    """A history told in order: dates without a year follow on the date before, not on publication."""
    mentions: list[Granule] = field(default_factory=list)
    """What earlier expressions of the text stand for."""
    last_quarter: tuple[Granule, int] | None = None
    """The quarter spoken of last, and where in the text."""
    mention_position: int = 0
    """Where in the text the last mention stands."""
    day_position: int = 0
    """Where in the text a day was spoken of last."""
    position: int = 0
    """Where the expression stands that is being read."""
    direction: int = 0
    """Negative: the clause is about the past, positive: about the future (2: plainly so), 0: it does not show."""
    topical: bool = False
    """Some days are told from publication, as in most news."""
    day_first: bool = False
    """Dates in digits put the day before the month (as in British papers)."""
    hint: int | None = None
    """The year that a neighbouring expression fixes ("from March to August 2011")."""

    def at(self, unit: str) -> Granule | None:
        """The granule of the present, unless publication is known less exactly."""
        if self.now is None or FINENESS.index(unit) < FINENESS.index(self.now.unit):
            return None
        return Granule.of(unit, self.now.first)

    def anchor(self, accept: Callable[[Granule], bool] = lambda _: True) -> Granule | None:
        """What was spoken of last: the nearest acceptable mention before."""
        return next((granule for granule in reversed(self.mentions[-40:]) if accept(granule)), None)

    def note(self, reading: Reading) -> None:
        """Remember what an expression stands for."""
        if reading.granule is None or reading.derived:
            return
        self.mentions.append(reading.granule)
        self.mention_position = self.position
        if reading.granule.unit == "D":
            self.day_position = self.position
        if reading.granule.unit == "Q":
            self.last_quarter = (reading.granule, self.position)

    def past_date_at_hand(self) -> Granule | None:
        """A month or day of an earlier year, told with that year within about two sentences before."""
        last = self.mentions[-1] if self.mentions else None
        close = self.position - self.mention_position < AT_HAND
        if (
            last is None
            or self.now is None
            or not close
            or self.topical
            or last.unit not in {"D", "M"}
            or self.direction > 0
        ):
            return None
        return last if last.first.year < self.now.first.year - 1 else None

    def quarter(self) -> Granule | None:
        """The quarter spoken of, else the last one that is over (the one companies report on)."""
        now = self.at("Q")
        return self.last_quarter[0] if self.last_quarter else now.shift(-1) if now else None

    def quarter_at_hand(self) -> Granule | None:
        """The quarter spoken of within about two sentences."""
        close = self.last_quarter and self.position - self.last_quarter[1] < AT_HAND
        return self.last_quarter[0] if self.last_quarter and close else None

    def anchored(self, unit: str) -> Granule | None:
        """The granule of this unit that was spoken of last, else that of the present."""
        mention = self.anchor(lambda granule: FINENESS.index(granule.unit) <= FINENESS.index(unit))
        return Granule.of(unit, mention.first) if mention else self.at(unit)


def published_granule(published: str | None) -> Granule | None:
    """The day, month or year of publication.

    Args:
        published: ISO 8601 date, month, year or date-time; None or empty where it is not known.

    Raises:
        OptionError: the text is no ISO date.
    """
    if not published:
        return None
    match = PUBLISHED.fullmatch(published.strip())
    try:
        year, month, day = (int(part) if part else 1 for part in match.groups()) if match else (0, 0, 0)
        first = date(year, month, day)
    except ValueError:
        raise OptionError(f"published: {published[:40]!r} is no ISO date such as 2023-09-15, 2023-09 or 2023") from None
    assert match
    return Granule("D" if match[3] else "M" if match[2] else "Y", first)


def of_granule(granule: Granule | None, unit: str, kind: TimeKind = "date") -> Reading:
    """The reading that a granule gives; without one, only the shape of the value is known."""
    if granule is None:
        return Reading(kind, UNKNOWN[unit])
    try:
        last = granule.last
    except (ValueError, OverflowError):
        last = date.max
    start, end = granule.first.isoformat(), last.isoformat()
    return Reading(kind, granule.value, start, end, PRECISION[granule.unit], granule)


def shifted(granule: Granule | None, count: int) -> Granule | None:
    """The granule so many units away; None where there is none, or beyond the years 1 to 9999."""
    try:
        return granule.shift(count) if granule else None
    except (ValueError, OverflowError):
        return None
