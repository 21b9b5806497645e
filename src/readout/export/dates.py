"""Dates as people read them."""

from datetime import date, datetime

from readout.schema import Precision

_MONTH_OF_QUARTER = 3


def when(start: str | None, end: str | None, precision: Precision | None) -> str:
    """An interval in words, as fine as it is known.

    Args:
        start: first day or minute (ISO 8601), or `None` where open.
        end: last day or minute, inclusive, or `None` where open.
        precision: how fine the interval is known.

    Returns:
        Such as "13 Mar 2024", "Mar 2024", "12 – 15 Mar 2024", "from 15 Mar 2024"; empty if neither end is known.
    """
    if start is None and end is None:
        return ""
    if end is None:
        return f"from {_point(str(start), precision)}"
    if start is None:
        return f"until {_point(end, precision)}"
    first, last = _point(start, precision), _point(end, precision)
    return first if first == last else f"{_without_shared(first, last)} – {last}"


def _point(value: str, precision: Precision | None) -> str:
    month_alone = len(value) == len("2024-03")
    try:
        moment = datetime.fromisoformat(f"{value}-01" if month_alone else value)
    except ValueError:
        return value
    if month_alone:
        return f"{moment:%b %Y}"
    if precision == "minute" and "T" in value:
        return f"{_day(moment)} {moment:%H:%M}"
    return _coarse(moment.date(), precision) or _day(moment)


def _coarse(day: date, precision: Precision | None) -> str | None:
    match precision:
        case "month":
            return f"{day:%b %Y}"
        case "quarter":
            return f"Q{(day.month - 1) // _MONTH_OF_QUARTER + 1} {day.year}"
        case "year":
            return str(day.year)
        case "decade":
            return f"{day.year // 10}0s"
        case _:
            return None


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _without_shared(first: str, last: str) -> str:
    """The first of two dates without the month and year it shares with the second: "12" of "12 Mar", "15 Mar"."""
    head, tail = first.split(), last.split()
    while len(head) > 1 and len(tail) > 1 and head[-1] == tail[-1]:
        head.pop()
        tail.pop()
    return " ".join(head)
