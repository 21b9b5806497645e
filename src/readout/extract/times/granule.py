"""A granule: one day, week, month, quarter ... of the Gregorian calendar, with its TIMEX3 value and its neighbours.

Weeks are ISO 8601 weeks (Monday to Sunday). Values follow TIMEX3 (ISO-TimeML, ISO 24617-1): 2023-09-15, 2023-W37,
2023-W37-WE, 2023-09, 2023-Q3, 2023-H1, 2023-SU, 2023, 195 (decade), 19 (century).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from readout.schema import Precision

MONTHS = {"M": 1, "Q": 3, "HY": 6, "Y": 12, "E": 120, "C": 1200, "L": 12000}
DAYS = {"D": 1, "W": 7, "WE": 7}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
PRECISION: dict[str, Precision] = {
    "D": "day", "W": "week", "WE": "week", "M": "month", "Q": "quarter", "HY": "quarter", "SE": "quarter", "Y": "year",
    "E": "decade", "C": "decade", "L": "decade",
}  # fmt: skip
UNKNOWN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "HY": "XXXX-HX",
    "SE": "XXXX", "Y": "XXXX", "E": "XXX", "C": "XX", "L": "X",
}  # fmt: skip


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day where there is none."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Granule(NamedTuple):
    """One cell of the calendar: a unit (HY half-year, SE season, E decade, C century ...) and its first day."""

    unit: str
    first: date

    @classmethod
    def of(cls, unit: str, day: date) -> Granule:
        """The granule of this unit that holds the day."""
        if unit == "D":
            return cls(unit, day)
        if unit in DAYS:
            monday = day - timedelta(day.weekday())
            return cls(unit, monday + timedelta(5) if unit == "WE" else monday)
        if unit == "SE":
            return cls(unit, add_months(day.replace(day=1), -(day.month % 3)))
        months = MONTHS[unit]
        if months < 12:
            return cls(unit, date(day.year, (day.month - 1) // months * months + 1, 1))
        years = months // 12
        return cls(unit, date(max(1, day.year // years * years), 1, 1))

    @property
    def last(self) -> date:
        """The last day, inclusive."""
        if self.unit == "WE":
            return self.first + timedelta(1)
        return self.shift(1).first - timedelta(1)

    def shift(self, count: int) -> Granule:
        """The granule `count` units later."""
        if self.unit in DAYS:
            return Granule(self.unit, self.first + timedelta(DAYS[self.unit] * count))
        return Granule(self.unit, add_months(self.first, MONTHS.get(self.unit, 3 if self.unit == "SE" else 1) * count))

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        day, unit = self.first, self.unit
        year = f"{day.year:04d}"
        if unit == "D":
            return day.isoformat()
        if unit in DAYS:
            iso = day.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if unit == "WE" else "")
        if unit == "SE":
            return f"{year}-{next(code for code, month in SEASONS.items() if month == day.month)}"
        parts = {"M": f"-{day.month:02d}", "Q": f"-Q{day.month // 3 + 1}", "HY": f"-H{day.month // 6 + 1}"}
        cut = {"E": 3, "C": 2, "L": 1}
        return year + parts[unit] if unit in parts else year[: cut.get(unit, 4)]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth ISO weekday of a month; -1 is the last."""
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm, Meeus 1991, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
