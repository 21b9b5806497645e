"""Lengths of time, periods that touch the present, and repeated times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from readout.extract.times.context import Context, Reading
from readout.extract.times.grammar import Match
from readout.extract.times.granule import PRECISION, Granule, add_months
from readout.extract.times.lexer import lexicon
from readout.extract.times.numbers import amount
from readout.schema import Precision

SYMBOL = {"S": "TS", "MIN": "TM", "H": "TH", "N": "D", "F": "W", "WE": "D", "SEM": "M", "E": "Y", "C": "Y", "L": "Y"}
FACTOR = {"F": 2, "WE": 2, "SEM": 6, "E": 10, "C": 100, "L": 1000}
SMALLER = {
    "Y": (12, "M"),
    "M": (2, ""),
    "TH": (60, "TM"),
    "TM": (60, "TS"),
    "D": (24, "TH"),
    "W": (7, "D"),
    "Q": (3, "M"),
}
LENGTH = {"S": 0, "MIN": 0, "H": 1 / 24, "D": 1, "N": 1, "WE": 2, "W": 7, "F": 14}
MONTHS = {"M": 1, "Q": 3, "SEM": 6, "Y": 12, "E": 120, "C": 1200, "L": 12000}


def period_value(count: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units: P5Y, P2Y6M, PT48H, PXW.

    Args:
        count: how many, None where it is not said.
        unit: a unit of the lexicon (S, MIN, H, D, W, M, Q, Y, E decade, C century ...).
    """
    symbol = SYMBOL.get(unit, unit)
    if count is None:
        plain = symbol if unit not in {"E", "C", "L"} else unit
        return f"PTX{plain[1:]}" if plain.startswith("T") else f"PX{plain}"
    count *= FACTOR.get(unit, 1)
    whole, rest = int(count), count - int(count)
    size, smaller = SMALLER.get(symbol, (0, ""))
    minor = round(rest * size) if smaller else 0
    parts = [(whole, symbol)] * bool(whole or not minor) + [(minor, smaller)] * bool(minor)
    days = "".join(f"{n}{s}" for n, s in parts if not s.startswith("T"))
    hours = "".join(f"{n}{s[1:]}" for n, s in parts if s.startswith("T"))
    return f"P{days}" + (f"T{hours}" if hours else "")


def move(day: date, count: float, unit: str) -> date | None:
    """The day so many units later (earlier for a negative count); None outside the calendar."""
    try:
        if unit in MONTHS:
            return add_months(day, round(count * MONTHS[unit]))
        return day + timedelta(round(count * LENGTH[unit]))
    except (ValueError, OverflowError):
        return None


def precision_of(unit: str) -> Precision:
    return PRECISION.get({"N": "D", "F": "W", "SEM": "M"}.get(unit, unit), "day")


def size_of(match: Match) -> tuple[float | None, str]:
    """How many of which unit a match says ("a year and a half" is 1.5 years)."""
    unit = match.look("unit")
    count = amount(match.parts["qty"]) if "qty" in match else 1.0
    if count and match.text_words[-3:] == ["and", "a", "half"] and "half" not in match.text("qty"):
        count += 0.5
    return count, unit


def touching_now(count: float | None, unit: str, sign: int, context: Context) -> dict[str, str | Precision | None]:
    """First and last day of a period that ends (sign -1) or begins (sign 1) on the day of publication."""
    here = context.at("D")
    far = move(here.first, sign * count, unit) if here and count is not None else None
    if here is None or far is None:
        return {}
    first, last = sorted((here.first, far))
    return {"start": first.isoformat(), "end": last.isoformat(), "precision": precision_of(unit)}


def duration(match: Match, context: Context) -> Reading:
    """A length of time; where it lies is not said."""
    count, unit = size_of(match)
    return Reading("duration", period_value(count, unit))


def period(match: Match, context: Context) -> Reading:
    """A length of time before or after the present: "the past five years", "within 48 hours"."""
    count, unit = size_of(match)
    found = touching_now(count, unit, match.rule.constants["sign"], context)
    return replace(Reading("duration", period_value(count, unit)), **found)  # type: ignore[arg-type]


def period_unit(match: Match, context: Context) -> Reading:
    """ "The past decade": ten years up to now."""
    unit = match.look("unit")
    found = touching_now(1, unit, -1, context)
    return replace(Reading("duration", period_value(1, unit)), **found)  # type: ignore[arg-type]


def vague_period(match: Match, context: Context) -> Reading:
    """ "Recent weeks", "the coming months"; TimeBank takes "recent years" for the past at large."""
    if match.look("unit") == "Y" and {"recent", "past"} & set(match.text_words):
        return Reading("date", "PAST_REF")
    return Reading("duration", period_value(None, match.look("unit")))


def bare_units(match: Match, context: Context) -> Reading:
    """ "For weeks", "all week"."""
    if match.text_words[0] == "all" and "unit" in match and match.text("unit") in lexicon()["UNIT"]:
        return Reading("duration", period_value(1, match.look("unit")))
    return Reading("duration", period_value(None, match.look("unit")))


def each(match: Match, context: Context) -> Reading:
    """A repeated time: the value is one period, or the calendar pattern that repeats."""
    return Reading("set", set_value(match))


def set_value(match: Match) -> str:
    if "adverb" in match:
        return str(match.look("adverb"))
    if "weekday" in match:
        part = f"T{match.look('daypart')}" if "daypart" in match else ""
        return f"XXXX-WXX-{match.look('weekday')}{part}"
    if "month" in match:
        return f"XXXX-{match.look('month'):02d}"
    if "season" in match:
        return f"XXXX-{match.look('season')}"
    if "daypart" in match:
        return f"XXXX-XX-XXT{match.look('daypart')}"
    if "unit" not in match:
        return "P1Y"
    often = "times" in match or "times" in match.text_words
    count = amount(match.parts["qty"]) if "qty" in match and not often else 1
    count = 2 if "other" in match.text_words else count
    return period_value(count, match.look("unit"))


def span_of(first: Granule, last: Granule, value: str) -> Reading:
    """From the first day of one granule to the last day of another."""
    return Reading("date", value, first.first.isoformat(), last.last.isoformat(), PRECISION[first.unit], first)
