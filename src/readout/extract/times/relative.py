"""Times told by their distance: "two days ago", "next week", "the following year", "a year earlier"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from readout.extract.times.context import Context, Reading, of_granule, shifted
from readout.extract.times.dates import month_or_day, ordinal, relation
from readout.extract.times.durations import duration, move, period_value, size_of
from readout.extract.times.grammar import Match
from readout.extract.times.granule import UNKNOWN, Granule, nth_weekday
from readout.extract.times.lexer import lexicon

CALENDAR_UNIT = {"N": "D", "F": "W", "SEM": "M"}
CLOCK_UNITS = {"S", "MIN", "H"}
JUNE, HALF, QUARTERS = 6, 15, 4


def relative_unit(match: Match, context: Context) -> Reading:
    """ "Last week", "this year", "the end of the month", "the weekend"."""
    unit = match.rule.constants.get("unit") or match.look("unit")
    by_rel = match.rule.constants.get("steps") or relation(match)
    if unit in CLOCK_UNITS:
        return Reading("time", "PRESENT_REF")
    unit = CALENDAR_UNIT.get(unit, unit)
    if unit == "WE" and by_rel in (None, 0):
        return of_granule(weekend(context, by_rel), "WE")
    here = context.at(unit) if by_rel is not None or not context.narrative else context.anchored(unit)
    reading = of_granule(shifted(here, by_rel or 0), unit)
    if reading.end and match.text_words[-1] == "end":
        return of_granule(Granule("D", date.fromisoformat(reading.end)), "D")
    return reading


def new_year(match: Match, context: Context) -> Reading:
    """ "In the new year": the coming one, as said in the second half of a year or after "before"; else the one that has
    begun."""
    here, month = context.at("Y"), context.at("M")
    coming = match.rule.constants.get("coming") or (month is not None and month.first.month > JUNE)
    return of_granule(shifted(here, int(coming)), "Y")


def weekend(context: Context, by_rel: int | None) -> Granule | None:
    """ "The weekend" after its Monday is the one before, unless the clause looks ahead."""
    here = context.at("WE")
    today = context.at("D")
    if here is None or today is None:
        return None
    over = today.first < here.first and context.direction <= 0 and (by_rel is None or context.direction < 0)
    return here.shift(-1) if over else here


def anchored_unit(match: Match, context: Context) -> Reading:
    """ "The following day", "that year", "the previous night": counted from the time spoken of last."""
    count = match.rule.constants["count"]
    if "daypart" in match:
        reading = of_granule(shifted(context.anchored("D"), count), "D")
        return replace(reading, kind="time", value=f"{reading.value}T{match.look('daypart')}")
    unit = CALENDAR_UNIT.get(match.look("unit"), match.look("unit"))
    if unit in CLOCK_UNITS:
        return Reading("duration", period_value(1, match.look("unit")))
    return of_granule(shifted(context.anchored(unit), count), unit)


def the_next_unit(match: Match, context: Context) -> Reading:
    """ "The next day" follows the day spoken of; "the next year" in the news begins now."""
    if "daypart" in match or match.look("unit") in {"D", "N"} or context.narrative:
        match = replace(match, rule=replace(match.rule, constants={"count": 1}))
        return anchored_unit(match, context)
    unit = match.look("unit")
    return of_granule(shifted(context.at(unit), 1), unit)


def nth_of_month(match: Match, context: Context) -> Reading:
    """ "The first Monday in October", "the last week of August" (its last seven days)."""
    nth = -1 if "final" in match or ("last" in match and "ordword" not in match) else ordinal(match)
    month = named_month(match, context)
    if month is None and "unit" in match and match.look("unit") == "Q":
        return nth_quarter(nth, context)
    if month is None or month.granule is None:
        return month or Reading("date", UNKNOWN["D"])
    first, last = month.granule.first, month.granule.last
    unit = "D" if "weekday" in match else match.look("unit")
    if "weekday" in match:
        day = nth_weekday(first.year, first.month, match.look("weekday"), nth)
        return of_granule(Granule("D", day), "D") if day.month == first.month else month
    if unit == "WE":
        saturday = nth_weekday(first.year, first.month, 6, nth)
        return of_granule(Granule("WE", saturday), "WE")
    size = {"D": 1, "W": 7}.get(unit)
    if size is None or not -1 <= nth <= 31 // size:
        return month
    start = last - timedelta(size - 1) if nth < 0 else first + timedelta(size * (nth - 1))
    if size == 1:
        return of_granule(Granule("D", min(start, last)), "D")
    end = min(start + timedelta(size - 1), last)
    return replace(month, start=start.isoformat(), end=end.isoformat(), precision="week")


def nth_quarter(nth: int, context: Context) -> Reading:
    """ "The last quarter of the year"."""
    year, number = context.at("Y"), QUARTERS if nth < 0 else nth
    if year is None or not 1 <= number <= QUARTERS:
        return Reading("date", UNKNOWN["Q"])
    return of_granule(Granule("Q", date(year.first.year, 3 * number - 2, 1)), "Q")


def half_of_month(match: Match, context: Context) -> Reading | None:
    """ "The second half of February", which begins on the 16th."""
    month = named_month(match, context)
    if ordinal(match) not in (1, 2):
        return None
    if month is None or month.granule is None:
        return month
    first, last = month.granule.first, month.granule.last
    if ordinal(match) == 1:
        return replace(month, end=first.replace(day=HALF).isoformat())
    return replace(month, start=first.replace(day=HALF + 1).isoformat(), end=last.isoformat())


def named_month(match: Match, context: Context) -> Reading | None:
    """The month that "of August" or "of next month" names."""
    if "month" in match or "abbreviated" in match:
        parts = {name: part for name, part in match.parts.items() if name not in {"ordword", "last"}}
        return month_or_day(replace(match, parts=parts), context)
    if match.text_words[-1] != "month":
        return None
    word = match.text_words[-2]
    steps = -1 if word in lexicon()["LAST"] else int(word in lexicon()["NEXT"])
    return of_granule(shifted(context.at("M"), steps), "M")


def offset(match: Match, context: Context) -> Reading:
    """ "Five months ago", "two days later", "years ago"."""
    constants = match.rule.constants
    if constants.get("vague"):
        return Reading("date", "FUTURE_REF" if match.text_words[-1] == "later" else "PAST_REF")
    count, unit = size_of(match)
    if unit in CLOCK_UNITS or (count is not None and count != int(count) and unit in {"D", "N"}):
        return Reading("duration", period_value(count, unit))
    if count is None:
        return Reading("date", "PAST_REF" if constants["sign"] < 0 else "FUTURE_REF")
    steps, unit = whole_steps(count, unit)
    base = anchor_for(unit, constants["from"], context)
    keep = base is not None and unit == "Y" and base.unit == "Q"
    moved = shifted(base, constants["sign"] * steps * (4 if keep else 1))
    return replace(of_granule(moved, base.unit if base and keep else unit), derived=keep)


def ahead(match: Match, context: Context) -> Reading:
    """ "In ten days' time", "in a month's time": the day so far ahead; of years the year."""
    (count, unit), here = size_of(match), context.at("D")
    if count is None or unit in CLOCK_UNITS or here is None:
        return duration(match, context)
    steps, whole = whole_steps(count, unit)
    if whole == "Y":
        return of_granule(shifted(context.at("Y"), steps), "Y")
    day = move(here.first, count, unit)
    return of_granule(Granule("D", day) if day is not None else None, "D")


def whole_steps(count: float, unit: str) -> tuple[int, str]:
    """Steps in a calendar unit: two decades are 20 years, a year and a half is 18 months, a fortnight two weeks."""
    factor, step = {
        "E": (10, "Y"),
        "C": (100, "Y"),
        "L": (1000, "Y"),
        "F": (2, "W"),
        "SEM": (6, "M"),
        "N": (1, "D"),
    }.get(unit, (1, unit))
    count *= factor
    if count == int(count):
        return int(count), step
    return (round(count * 12), "M") if step == "Y" else (round(count * 7), "D") if step == "W" else (round(count), step)


def anchor_for(unit: str, source: str, context: Context) -> Granule | None:
    """Where to count from, as a granule of the unit; a quarter stays a quarter under years ("a year earlier")."""
    if unit == "Y" and (quarter := context.quarter_at_hand()):
        return quarter
    return context.at(unit) if source == "now" and not context.narrative else context.anchored(unit)


def beyond(match: Match, context: Context) -> Reading:
    """ "The day after tomorrow"."""
    here = context.at("D")
    step = 1 if "after" in match.text_words else -1
    return of_granule(here.shift(match.look("deictic") + step) if here else None, "D")


def latest_quarter(match: Match, context: Context) -> Reading:
    """The quarter spoken of, else the last one that is over (the one companies report on)."""
    now = context.at("Q")
    return of_granule(now if {"this", "current"} & set(match.text_words) else context.quarter(), "Q")


def year_quarter(match: Match, context: Context) -> Reading:
    """ "The 1988 quarter": the quarter spoken of, in the year named."""
    here = context.quarter()
    return of_granule(Granule("Q", here.first.replace(year=int(match.text("year")))) if here else None, "Q")


def year_ago(match: Match, context: Context) -> Reading:
    """ "The year-ago quarter": the same quarter of the year before."""
    here = context.quarter()
    if here and "ordword" in match:
        here = Granule("Q", date(here.first.year, ordinal(match) * 3 - 2, 1)) if ordinal(match) <= 4 else here
    return replace(of_granule(shifted(here, -4), "Q"), derived=True)


def reference(match: Match, context: Context) -> Reading:
    """Present, past or future, no more exactly."""
    return Reading("date", match.rule.constants["value"])
