"""Times with a name or in digits: decades, centuries, holidays, spans of days and years, "9/25/2023"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from readout.extract.times.context import Context, Reading, of_granule, shifted
from readout.extract.times.dates import calendar, month_or_day, nearest, related, relation, with_clock
from readout.extract.times.durations import span_of
from readout.extract.times.grammar import Match
from readout.extract.times.granule import Granule, easter, nth_weekday
from readout.extract.times.lexer import lexicon, named_days
from readout.extract.times.numbers import integer


def month_number(word: str) -> int:
    """1 to 12 for a month's name or its abbreviation."""
    return int(lexicon()["MONTH"].get(word) or lexicon()["ABBREVIATED"][word])


SHARE = {
    "E": {"early": (0, 5), "mid": (3, 8), "middle": (3, 8), "late": (5, 10), "later": (5, 10)},
    "C": {"early": (0, 25), "mid": (40, 60), "middle": (40, 60), "late": (75, 100), "later": (75, 100)},
}
"""First and last-but-one year of the early, middle and late part (as GUM's annotators read them)."""
DAYS_OF = {"early": (1, 15), "mid": (10, 20), "middle": (10, 20), "late": (15, 31)}
REMAINING = frozenset({"later", "rest", "remainder"})


def narrowed(match: Match, reading: Reading, now: Granule | None) -> Reading:
    """The part of a decade, century or month that "early", "mid" or "late" names, or what is left of this week, month
    or year; the value keeps the whole."""
    granule, part = reading.granule, next((name for name in ("early", "edge") if name in match), None)
    if granule is None or part is None or reading.precision is None:
        return reading
    word = match.text(part)
    if word in REMAINING and now is not None and granule.first < now.first <= granule.last:
        return replace(reading, start=now.first.isoformat())
    if granule.unit in SHARE and word in SHARE[granule.unit]:
        low, high = SHARE[granule.unit][word]
        start, end = granule.first.replace(year=granule.first.year + low), date(granule.first.year + high - 1, 12, 31)
    elif granule.unit == "M" and word in DAYS_OF and match.rule.name != "this-unit":
        low, high = DAYS_OF[word]
        start, end = granule.first.replace(day=low), granule.first.replace(day=min(high, granule.last.day))
    else:
        return reading
    return replace(reading, start=start.isoformat(), end=end.isoformat())


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
    number = (
        int(match.text("ordnum")[:-2]) if "ordnum" in match else integer([t for t in match.tokens if t.text != "-"])
    )
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
        last = Granule(
            "D", date(year + ((month, day) < (first.granule.first.month, first.granule.first.day)), month, day)
        )
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
    day_first = "." in text or one > 12 or (context.day_first and two <= 12)
    return date(year, two, one) if day_first else date(year, one, two)


def holiday_days(name: str, years: range) -> list[date]:
    """The days on which a named day falls, or a feast begins, in some years."""
    rule = named_days()[name]
    if "dates" in rule:
        return [day for day in map(date.fromisoformat, rule["dates"]) if day.year in years]
    return [holiday_day(rule, year) for year in years]


def holiday_day(rule: dict[str, Any], year: int) -> date:
    """The day of a named day in a year."""
    if "on" in rule:
        return date.fromisoformat(f"{year:04d}-{rule['on']}")
    if "easter" in rule:
        return date.fromordinal(easter(year).toordinal() + rule["easter"])
    day = nth_weekday(year, rule["month"], rule["weekday"], rule["nth"])
    return date.fromordinal(day.toordinal() + rule.get("plus", 0))


def holiday(match: Match, context: Context) -> Reading:
    """A named day of the year its words or its clause ask for; a feast of several days is all of them."""
    name = match.parts["holiday"][0].text
    granule = holiday_granule(name, match, context)
    length = named_days()[name].get("days", 1)
    if granule is None or length == 1:
        return of_granule(granule, "D")
    last = granule.shift(length - 1)
    return replace(span_of(granule, last, f"{granule.value}/{last.value}"), precision="day")


def holiday_granule(name: str, match: Match, context: Context) -> Granule | None:
    """The day that a named day means, or the first day of a feast."""
    here = (context.anchor() if context.narrative else None) or context.now or context.anchor()
    year = int(match.text("year")) if "year" in match else None
    if year is None and "year" in match.text_words[1:] and here:
        year = here.first.year + (relation(match) or 0)
    if year is None and here is None:
        return None
    known = (
        range(year, year + 1) if year else range(max(2, here.first.year - 1), here.first.year + 2) if here else range(0)
    )
    days = [Granule("D", day) for day in holiday_days(name, known)]
    if not days:
        return None
    if year or here is None:
        return days[0]
    by_rel = relation(match)
    return related(days, by_rel, here) if by_rel is not None else nearest(days, context, here)
