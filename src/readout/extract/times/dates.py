"""Dates and clock times: from the named parts of a match (year, month, "last" ...) to a place in the calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from readout.extract.times.context import Context, Reading, of_granule
from readout.extract.times.grammar import Match
from readout.extract.times.granule import PRECISION, SEASONS, UNKNOWN, Granule
from readout.extract.times.lexer import lexicon
from readout.extract.times.numbers import integer

DAYPART_HOURS = {"AF": 12, "EV": 12, "NI": 12}


def relation(match: Match) -> int | None:
    """-1, 0, 1 for last, this, next; None where none is said ("this past week" is past)."""
    for part, value in (("last", -1), ("previous", -1), ("next", 1), ("following", 1), ("this", 0)):
        if part in match:
            return value
    return None


def stated_year(match: Match, context: Context) -> int | None:
    """The year that the expression names, in full, in two digits, in words or by "last year"."""
    if "year" in match:
        return int(re.sub(r"\D", "", match.text("year")))
    if "shortyear" in match or "fiscal" in match:
        digits = re.sub(r"\D", "", match.text("shortyear" if "shortyear" in match else "fiscal"))
        return int(digits) if len(digits) == 4 else expand_year(int(digits), context)
    if "yearword" in match:
        return integer(match.parts["yearword"])
    if {"same", "following", "previous"} & match.parts.keys() and names_year(match):
        spoken_of = context.anchored("Y")
        return spoken_of.first.year + (relation(match) or 0) if spoken_of else None
    here = context.at("Y")
    by_rel = relation(match)
    return here.first.year + by_rel if here and by_rel is not None and names_year(match) else None


def names_year(match: Match) -> bool:
    """Whether "last", "this" or "next" goes with the word "year" inside the expression."""
    return match.rule.name in {
        "month-of-year",
        "date-of-other-year",
        "quarter",
        "short-quarter",
        "half",
        "season-year",
        "holiday-of-year",
    }


def expand_year(two: int, context: Context) -> int:
    """'98 is the latest year with that ending that lies at most twenty years after publication."""
    middle = context.now.first.year if context.now else 2000
    return max(year for year in range(two, middle + 21, 100)) if two < middle + 21 else two


BACK_DAYS = 300
"""How far a history may step back without a year before the next year is meant; chosen on WikiWars."""
AGAINST = {-2: 40.0, -1: 2.5, 0: 1.5, 1: 3.0, 2: 4.0}
"""How much farther a date against the clause's direction counts; chosen on TimeBank and AQUAINT."""


def nearest(candidates: list[Granule], context: Context, here: Granule) -> Granule:
    """The nearest candidate, where a distance against the direction of the clause counts more."""
    factor = AGAINST[context.direction]

    def distance(candidate: Granule) -> float:
        if candidate.first <= here.first <= candidate.last:
            return 0
        ahead = candidate.first > here.first
        days = (candidate.first - here.first).days if ahead else (here.first - candidate.last).days
        return days * (factor if ahead == (context.direction <= 0) else 1)

    return min(candidates, key=distance)


def candidates_in_years(unit: str, month: int, day: int, centre: int) -> list[Granule]:
    """The granule of this month and day in the years around a centre year."""
    out = []
    for year in range(max(1, centre - 1), min(9998, centre + 1) + 1):
        try:
            out.append(Granule(unit, date(year, month, day)))
        except ValueError:
            continue
    return out


def without_year(unit: str, month: int, day: int, match: Match, context: Context) -> Granule | None:
    """A month, day, quarter or season whose year the text leaves open."""
    if context.hint is not None:
        return next(
            (c for c in candidates_in_years(unit, month, day, context.hint) if c.first.year == context.hint), None
        )
    base = context.anchor(lambda g: g.unit not in "ECL") if context.narrative else context.past_date_at_hand()
    if relation(match) is not None and not context.narrative:
        base = None
    here = base or context.now or context.anchor(lambda g: g.unit != "E")
    if here is None:
        return None
    candidates = candidates_in_years(unit, month, day, here.first.year)
    by_rel = relation(match)
    if by_rel is not None:
        return related(candidates, by_rel, here)
    if not candidates:
        return None
    if base:
        return following_on(candidates, base)
    return nearest(candidates, context, here)


def related(candidates: list[Granule], by_rel: int, here: Granule) -> Granule | None:
    """ "last March": the latest that is over; "next March": the first still to come; "this March": this year's."""
    if by_rel == 0:
        return next((c for c in candidates if c.first.year == here.first.year), None)
    if by_rel < 0:
        return next((c for c in reversed(candidates) if c.last < here.first), None)
    return next((c for c in candidates if c.first > here.last), None)


def following_on(candidates: list[Granule], base: Granule) -> Granule:
    """In a history, the year of the date before; the next one where that would lead far back."""
    same = next((c for c in candidates if c.first.year == base.first.year), candidates[0])
    if base.unit in {"D", "M"} and (base.first - same.first).days > BACK_DAYS:
        return next((c for c in candidates if c.first > base.first), same)
    return same


def weekday(match: Match, context: Context) -> Granule | None:
    """The day that a weekday's name stands for (weeks run Monday to Sunday)."""
    here = context.at("D")
    number = match.look("weekday")
    base = context.anchor(lambda g: g.unit == "D") if context.narrative else None
    if {"previous", "following"} & match.parts.keys():
        base = context.anchor(lambda g: g.unit == "D") or here
    today = base or here
    if today is None:
        return None
    back = (today.first.isoweekday() - number) % 7
    by_rel = relation(match)
    if match.rule.constants.get("week_on"):  # "Thursday week", "a week from Thursday": seven days after the coming one
        return today.shift((7 - back) % 7 + 7)
    if match.rule.name == "weekday-of-week":
        return today.shift(number - today.first.isoweekday() + 7 * (by_rel or 0))
    if by_rel == -1:
        return today.shift(-(back or 7))
    if by_rel == 1:
        return today.shift(7 - back)
    if context.direction > 0 or (by_rel == 0 and context.direction == 0):
        return today.shift((7 - back) % 7)
    return today.shift(-back)


def day_number(match: Match) -> int:
    """The day of the month, in digits or as an ordinal."""
    part = next(p for p in ("day", "dayth", "ordday", "ordword") if p in match)
    digits = re.sub(r"\D", "", match.text(part))
    return int(digits) if digits else integer(match.parts[part])


def numbered_day(match: Match, context: Context) -> Granule | None:
    """ "The 28th": of the month spoken of last; of the month of publication or those beside it, as the clause looks."""
    now, by_rel = context.at("D"), relation(match)
    month = context.anchored("M") if context.direction <= 0 and by_rel is None else context.at("M")
    if month is None:
        return None
    if by_rel is not None:
        return Granule("D", month.shift(by_rel).first.replace(day=day_number(match)))
    if now is None or month != context.at("M"):
        return Granule("D", month.first.replace(day=day_number(match)))
    steps = (0, 1) if match.rule.name == "day-of-the-month" else (-1, 0, 1)
    months = [month.shift(step).first for step in steps]
    days = [
        first.replace(day=day_number(match)) for first in months if day_number(match) <= Granule("M", first).last.day
    ]
    ahead = [day for day in days if context.direction > 0 and day >= now.first]
    return Granule("D", ahead[0]) if ahead else nearest([Granule("D", day) for day in days], context, now)


def month_or_day(match: Match, context: Context) -> Reading:
    month = match.look("month" if "month" in match else "abbreviated")
    has_day = bool({"day", "dayth", "ordday", "ordword"} & match.parts.keys())
    unit, day = ("D", day_number(match)) if has_day else ("M", 1)
    year = stated_year(match, context)
    if is_before_christ(match):
        return before_christ(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if has_day else ""), unit)
    try:
        granule = Granule(unit, date(year, month, day)) if year else without_year(unit, month, day, match, context)
    except ValueError:
        return Reading("date", UNKNOWN["D"])
    return (
        of_granule(granule, unit)
        if granule
        else Reading("date", f"XXXX-{month:02d}" + (f"-{day:02d}" if has_day else ""))
    )


def part_of_year(match: Match, context: Context) -> Reading:
    """Quarters, half-years and seasons."""
    if "season" in match:
        unit, code = "SE", match.look("season")
        month, shape = SEASONS[code], f"XXXX-{code}"
    else:
        half = match.rule.constants.get("half", False)
        unit, size = ("HY", 6) if half else ("Q", 3)
        number = ordinal(match) if "quarter" not in match else int(re.sub(r"\D", "", match.text("quarter")))
        number = number if number > 0 else 12 // size
        if not 1 <= number <= 12 // size:
            return Reading("date", UNKNOWN[unit])
        month, shape = (number - 1) * size + 1, f"XXXX-{unit[0]}{number}"
    year = stated_year(match, context)
    if is_before_christ(match):
        return before_christ(f"{year:04d}{shape[4:]}", unit)
    granule = Granule(unit, date(year, month, 1)) if year else without_year(unit, month, 1, match, context)
    return of_granule(granule, unit) if granule else Reading("date", shape)


def ordinal(match: Match) -> int:
    """The number of an ordinal; "last" is -1."""
    if "ordnum" in match:
        return int(match.text("ordnum")[:-2])
    return integer(match.parts["ordword"]) if "ordword" in match else -1


def is_before_christ(match: Match) -> bool:
    return "era" in match and match.look("era") < 0


def before_christ(value: str, unit: str) -> Reading:
    """A date before the calendar's first year: a value without an interval."""
    return Reading("date", f"BC{value}", precision=PRECISION[unit])


def year_reading(match: Match, context: Context) -> Reading:
    year = stated_year(match, context)
    if is_before_christ(match):
        return before_christ(f"{year:04d}", "Y")
    return of_granule(Granule("Y", date(year, 1, 1)) if year and year < 10000 else None, "Y")


def day_reading(match: Match, context: Context) -> Reading:
    """The date part of an expression, whatever named parts it has."""
    if "month" in match or "abbreviated" in match:
        return month_or_day(match, context)
    if "weekday" in match:
        granule = weekday(match, context)
        return of_granule(granule, "D") if granule else Reading("date", f"XXXX-WXX-{match.look('weekday')}")
    if "deictic" in match:
        here, week_on = context.at("D"), 7 * bool(match.rule.constants.get("week_on"))
        return of_granule(here.shift(match.look("deictic") + week_on) if here else None, "D")
    if {"dayth", "ordday"} & match.parts.keys():
        return of_granule(numbered_day(match, context), "D")
    if {"season", "quarter", "ordword", "ordnum"} & match.parts.keys():
        return part_of_year(match, context)
    if {"year", "shortyear", "fiscal", "yearword"} & match.parts.keys():
        return year_reading(match, context)
    return of_granule(implied_day(match, context), "D")


def implied_day(match: Match, context: Context) -> Granule | None:
    """The day of a part of day or clock time that names none: this one, last night's, or the day spoken of; none
    that is over where the clause looks ahead ("to be freed at noon")."""
    by_rel, here = relation(match), context.at("D")
    if by_rel is not None or match.rule.name == "overnight":
        return here.shift(by_rel or 0) if here else None
    spoken_of = context.anchored("D")
    over = here is not None and spoken_of is not None and spoken_of.first < here.first
    return here if over and context.direction > 0 else spoken_of


def clock(match: Match) -> str | None:
    """The clock time as hh:mm, or None where there is none."""
    if "instant" in match:
        return str(match.look("instant"))
    if "military" in match:
        digits = match.text("military")
        return f"{digits[:2]}:{digits[2:]}"
    if not {"clock", "hour"} & match.parts.keys():
        return None
    hour, minute = (
        int(part) for part in [*re.findall(r"\d+", match.text("clock" if "clock" in match else "hour")), "0"][:2]
    )
    if "meridiem" in match:
        hour = hour % 12 + match.look("meridiem")
    elif "daypart" in match and hour < 12:
        hour += DAYPART_HOURS.get(match.look("daypart"), 0)
    return f"{hour:02d}:{minute:02d}" if hour < 25 else None


def zone(match: Match) -> str:
    """The offset from UTC as ISO 8601 text, or nothing."""
    if "zone" not in match:
        return ""
    minutes = lexicon()["ZONE"][match.text("zone")]
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else "Z"


def with_clock(reading: Reading, hhmm: str, offset: str) -> Reading:
    """The same day at a clock time; midnight (24:00) is the first moment of the day after."""
    value = f"{reading.value}T{hhmm}"
    if reading.start is None:
        return replace(reading, kind="time", value=value)
    moment = f"{reading.start}T{hhmm}"
    if hhmm == "24:00":
        moment = f"{date.fromisoformat(reading.start) + timedelta(1)}T00:00"
    return replace(reading, kind="time", value=value, start=moment + offset, end=moment + offset, precision="minute")


def calendar(match: Match, context: Context) -> Reading | None:
    """Any expression that names a place in the calendar by its parts."""
    reading = day_reading(match, context)
    hhmm = clock(match)
    if hhmm:
        return with_clock(reading, hhmm, zone(match))
    part = match.rule.constants.get("part") or daypart(match)
    return replace(reading, kind="time", value=f"{reading.value}T{part}") if part else reading


def daypart(match: Match) -> str | None:
    if "daypart" in match:
        return str(match.look("daypart"))
    return "NI" if "deictic" in match and match.text("deictic") == "tonight" else None
