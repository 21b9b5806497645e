"""What one expression is to the next: ranges ("from March to June"), years up to a day, modifiers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from readout.extract.times.durations import move
from readout.extract.times.grammar import Match
from readout.extract.times.lexer import table
from readout.schema import Time, TimeMod

RANGE_WORDS = frozenset({"to", "through", "until", "till", "-", "–", "—", "to the", "until the", "through the"})
LONGEST_MODIFIER = 4
"""Words."""


def modifier(match: Match) -> TimeMod | None:
    """The TIMEX3 modifier that the first words of an expression name."""
    words = match.text_words
    for length in range(min(LONGEST_MODIFIER, len(words)), 0, -1):
        found: TimeMod | None = table("modifiers").get(" ".join(words[:length]))
        if found:
            return found
    return None


def linked(found: Sequence[tuple[Match, Time]], text: str) -> list[Time]:
    """The times of a text, each with what ties it to the next.

    Args:
        found: matches with their times, in text order.
        text: the text.

    Returns:
        The times, in the same order.
    """
    out = [time for _, time in found]
    for index in range(len(out) - 1):
        match, one, other = found[index][0], out[index], out[index + 1]
        between = text[one.span[1] : min(other.span[0], one.span[1] + 12)].strip().lower()
        if match.rule.name == "year-ending":
            out[index] = year_up_to(one, other)
        elif is_range(one, other, between, text):
            out[index + 1] = other = not_before(one, other, found[index + 1][0])
            out[index] = one.model_copy(update={"until": other.id})
    return out


def is_range(one: Time, other: Time, between: str, text: str) -> bool:
    """Whether two times are first and last of one range."""
    if {"set", "duration"} & {one.kind, other.kind}:
        return False
    if between in RANGE_WORDS:
        return True
    if between != "and":
        return False
    opened = text[max(0, one.span[0] - 12) : one.span[0]].rstrip().lower().endswith("between")
    return opened or is_next_day(one, other)


def is_next_day(one: Time, other: Time) -> bool:
    """Whether one day follows the other: "on Monday and Tuesday"."""
    if not (one.precision == other.precision == "day" and one.end and other.start and one.kind == other.kind == "date"):
        return False
    return date.fromisoformat(other.start[:10]) - date.fromisoformat(one.end[:10]) == timedelta(1)


def not_before(one: Time, other: Time, match: Match) -> Time:
    """The end of a range of weekdays lies behind its beginning: "from Friday to Monday"."""
    if match.rule.name != "weekday" or not (one.start and other.start) or other.start[:10] >= one.start[:10]:
        return other
    try:
        day = (date.fromisoformat(other.start) + timedelta(7)).isoformat()
    except ValueError:
        return other
    return other.model_copy(update={"value": day, "start": day, "end": day})


def year_up_to(year: Time, last: Time) -> Time:
    """ "The year ended March 31": the twelve months up to that day."""
    try:
        day = date.fromisoformat((last.end or "")[:10])
    except ValueError:
        return year
    before = move(day, -1, "Y")
    if before is None:
        return year
    return year.model_copy(
        update={"start": (before + timedelta(1)).isoformat(), "end": day.isoformat(), "precision": "day"}
    )
