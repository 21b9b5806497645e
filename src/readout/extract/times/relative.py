"""Times told by their distance: "two days ago", "next week", "the following year", "a year earlier"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from readout.extract.times.context import Context, Reading, of_granule
from readout.extract.times.durations import period_value, size_of, span_of
from readout.extract.times.granule import UNKNOWN, Granule, easter, nth_weekday
from readout.extract.times.calendar import calendar, month_or_day, nearest, ordinal, related, relation, with_clock
from readout.extract.times.grammar import Match
from readout.extract.times.lexer import lexicon, table
from readout.extract.times.numbers import integer

CALENDAR_UNIT = {"N": "D", "F": "W", "SEM": "M"}
CLOCK_UNITS = {"S", "MIN", "H"}


def month_number(word: str) -> int:
    """1 to 12 for a month's name or its abbreviation."""
    return int(lexicon()["MONTH"].get(word) or lexicon()["ABBREVIATED"][word])


def shifted(granule: Granule | None, count: int) -> Granule | None:
    try:
        return granule.shift(count) if granule else None
    except (ValueError, OverflowError):
        return None


def relative_unit(match: Match, context: Context) -> Reading:
    """ "Last week", "this year", "the end of the month", "the weekend"."""
    unit = match.rule.constants.get("unit") or match.look("unit")
    by_rel = relation(match)
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


def named_month(match: Match, context: Context) -> Reading | None:
    """The month that "of August" or "of next month" names."""
    if "month" in match or "abbreviated" in match:
        parts = {name: part for name, part in match.parts.items() if name not in {"ordword", "last"}}
        return month_or_day(replace(match, parts=parts), context)
    shift = next((value for part, value in (("this", 0), ("next", 1)) if part in match), -1)
    return of_granule(shifted(context.at("M"), shift), "M") if match.text_words[-1] == "month" else None


SHARE = {
    "E": {"early": (0, 5), "mid": (3, 8), "late": (5, 10), "later": (5, 10)},
    "C": {"early": (0, 25), "mid": (40, 60), "late": (75, 100), "later": (75, 100)},
}
"""First and last-but-one year of the early, middle and late part (as GUM's annotators read them)."""
DAYS_OF = {"early": (1, 15), "mid": (10, 20), "late": (15, 31)}


def narrowed(match: Match, reading: Reading) -> Reading:
    """The part of a decade, century or month that "early", "mid" or "late" names; the value keeps the whole."""
    granule = reading.granule
    if granule is None or "early" not in match or reading.precision is None:
        return reading
    word = match.text("early")
    if granule.unit in SHARE and word in SHARE[granule.unit]:
        low, high = SHARE[granule.unit][word]
        start, end = granule.first.replace(year=granule.first.year + low), date(granule.first.year + high - 1, 12, 31)
    elif granule.unit == "M" and word in DAYS_OF and match.rule.name != "this-unit":
        low, high = DAYS_OF[word]
        start, end = granule.first.replace(day=low), granule.first.replace(day=min(high, granule.last.day))
    else:
        return reading
    return replace(reading, start=start.isoformat(), end=end.isoformat())


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


def whole_steps(count: float, unit: str) -> tuple[int, str]:
    """Steps in a calendar unit: two decades are 20 years, a year and a half is 18 months, a fortnight two weeks."""
    factor, step = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "F": (2, "W"), "SEM": (6, "M"), "N": (1, "D")}.get(unit, (1, unit))
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


def decade(match: Match, context: Context) -> Reading:
    """ "The 1950s", "the nineties", "the late '80s"."""
    text = match.text("decade" if "decade" in match else "decadeword")
    digits = "".join(c for c in text if c.isdigit())
    number = int(digits) if digits else lexicon()["DECADEWORD"][text]
    if len(digits) < 4:
        latest = context.now.first.year if context.now else 2000
        number = max((y for y in range(number, latest + 1, 100)), default=number)
    unit = "C" if number % 100 == 0 and len(digits) == 4 and number < 2000 else "E"
    return of_granule(Granule(unit, date(number, 1, 1)) if number else None, unit)


def century(match: Match, context: Context) -> Reading:
    """The 19th century is 1800 to 1899, as TIMEX3 has it (18)."""
    if "last" in match:
        return of_granule(shifted(context.at("C"), -1), "C")
    number = int(match.text("ordnum")[:-2]) if "ordnum" in match else integer([t for t in match.tokens if t.text != "-"])
    if "era" in match and match.look("era") < 0:
        return Reading("date", f"BC{number - 1:02d}")
    if not 2 <= number <= 99:
        return Reading("date", f"{max(number - 1, 0) % 100:02d}")
    return of_granule(Granule("C", date((number - 1) * 100, 1, 1)), "C")


def week_of(match: Match, context: Context) -> Reading:
    day = month_or_day(match, context).granule
    return of_granule(Granule.of("W", day.first) if day else None, "W")


def spoken_year(match: Match, context: Context) -> Reading | None:
    """ "Nineteen ninety-six", as broadcasts spell years."""
    year = integer(match.parts["yearword"])
    if not 1700 <= year <= 2099:
        return None
    return calendar(match, context) if "month" in match else of_granule(Granule("Y", date(year, 1, 1)), "Y")


def year_span(match: Match, context: Context) -> Reading | None:
    """ "2009-10": from one year to the next few."""
    first, two = int(match.text("year")), int(match.text("year2"))
    last = first // 100 * 100 + two
    last += 100 if last < first else 0
    if not 0 < last - first < 30:
        return None
    return span_of(Granule("Y", date(first, 1, 1)), Granule("Y", date(last, 1, 1)), f"{first}/{last}")


def day_span(match: Match, context: Context) -> Reading | None:
    """ "September 4-7"."""
    first = month_or_day(match, context)
    day = int("".join(c for c in match.text("day2") if c.isdigit()))
    if first.granule is None:
        return Reading("date", f"{first.value}/{first.value[:-2]}{day:02d}")
    try:
        last = Granule("D", first.granule.first.replace(day=day))
    except ValueError:
        return None
    return span_of(first.granule, last, f"{first.value}/{last.value}") if last.first > first.granule.first else None


def month_span(match: Match, context: Context) -> Reading:
    """ "January-June 2016"."""
    first = month_or_day(match, context)
    month = month_number(match.text("month2"))
    if first.granule is None:
        return Reading("date", f"{first.value}/XXXX-{month:02d}")
    year = first.granule.first.year + (month < first.granule.first.month)
    last = Granule("M", date(year, month, 1))
    return span_of(first.granule, last, f"{first.value}/{last.value}")


def date_span(match: Match, context: Context) -> Reading | None:
    """ "Aug. 28-Sept. 3"."""
    first = month_or_day(match, context)
    month, day = month_number(match.text("month2")), int(match.text("day2"))
    if first.granule is None:
        return Reading("date", f"{first.value}/XXXX-{month:02d}-{day:02d}")
    year = int(match.text("year2")) if "year2" in match else first.granule.first.year
    try:
        last = Granule("D", date(year + ((month, day) < (first.granule.first.month, first.granule.first.day)), month, day))
    except ValueError:
        return None
    return span_of(first.granule, last, f"{first.value}/{last.value}")


def numeric(match: Match, context: Context) -> Reading | None:
    """Dates in digits: ISO 8601; day and month in the order that is possible, month first where both are."""
    text = match.tokens[0].text
    day_text, _, hhmm = text.partition("T")
    try:
        first = date.fromisoformat(day_text) if "-" in text else slashed(day_text, context)
    except ValueError:
        return None
    reading = of_granule(Granule("D", first), "D")
    return with_clock(reading, hhmm[:5], "") if hhmm else reading


def slashed(text: str, context: Context) -> date:
    """9/25/2023 and 25/9/2023; with full stops the day comes first."""
    one, two, year = (int(part) for part in text.replace(".", "/").split("/"))
    if year < 100:
        year += 2000 if year <= ((context.now.first.year if context.now else 2000) % 100) + 1 else 1900
    day_first = "." in text or one > 12
    return date(year, two, one) if day_first else date(year, one, two)


def holiday_day(name: str, year: int) -> date:
    """The day of a named day in a year."""
    rule = table("holidays")[name]
    if "on" in rule:
        return date.fromisoformat(f"{year:04d}-{rule['on']}")
    if "easter" in rule:
        return date.fromordinal(easter(year).toordinal() + rule["easter"])
    day = nth_weekday(year, rule["month"], rule["weekday"], rule["nth"])
    return date.fromordinal(day.toordinal() + rule.get("plus", 0))


def holiday(match: Match, context: Context) -> Reading:
    """A named day of the year its words or its clause ask for."""
    name = match.parts["holiday"][0].text
    here = (context.anchor() if context.narrative else None) or context.now or context.anchor()
    year = int(match.text("year")) if "year" in match else None
    of_year = "year" in match.text_words[1:]
    if year or (of_year and here):
        known = year or (here.first.year + (relation(match) or 0) if here else 0)
        return of_granule(Granule("D", holiday_day(name, known)), "D")
    if here is None:
        return Reading("date", "XXXX-XX-XX")
    days = [Granule("D", holiday_day(name, y)) for y in range(max(2, here.first.year - 1), here.first.year + 2)]
    by_rel = relation(match)
    granule = related(days, by_rel, here) if by_rel is not None else nearest(days, context, here)
    return of_granule(granule, "D")


def reference(match: Match, context: Context) -> Reading:
    """Present, past or future, no more exactly."""
    return Reading("date", match.rule.constants["value"])
