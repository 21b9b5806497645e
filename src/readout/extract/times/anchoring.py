"""Durations to lay on the calendar: "the 19-month war", "has been held for six weeks", "two days after the talks"."""

from __future__ import annotations

from dataclasses import replace

from readout.extract.times.context import Context, Reading
from readout.extract.times.durations import size_of, touching_now
from readout.extract.times.grammar import Match
from readout.extract.times.lexer import Token, lexicon

PERFECT_REACH = 8
"""How many words before "for six months" the "has" or "have" may stand."""
OF_EVENT = frozenset({"of", "after", "before", "prior", "following", "from"})
"""After "within 90 days": what it counts from is an event, not the present."""
ANCHOR_REACH = 2000
"""Within so many characters a day spoken of is still the day the story is at."""


def laid_out(match: Match, reading: Reading, context: Context, tokens: list[Token]) -> Reading:
    """The same reading with first and last day, where the words around fix them; otherwise unchanged."""
    if match.rule.name == "within" and tokens[match.last : match.last + 1] and tokens[match.last].text in OF_EVENT:
        return replace(reading, start=None, end=None, precision=None)
    if match.rule.name not in {"duration", "first-period"} or reading.start is not None:
        return reading
    behind = [token.text.lower() for token in tokens[match.last : match.last + 2]]
    before = [token.text.lower() for token in tokens[max(0, match.first - PERFECT_REACH) : match.first]]
    count, unit = size_of(match)
    if goes_on(match, before, behind) or has_lasted(before, behind):
        return replace(reading, **touching_now(count, unit, -1, context))  # type: ignore[arg-type]
    if unit in {"D", "N", "H"} and behind[:1] in (["after"], ["following"]):
        return on_story_day(reading, context)
    return reading


def goes_on(match: Match, before: list[str], behind: list[str]) -> bool:
    """ "The nearly 19-month war", "the five-week-old strike": it began so long ago and has not ended."""
    words = match.text_words
    if not {"-", "–", "‑"} & set(words):
        return False
    if words[-1] == "old":
        return True
    vague = before[-1:] in (["a"], ["an"]) and words[0].isalpha() is False
    ongoing = any(word in lexicon()["ONGOING"] for word in behind)
    return ongoing and not vague and before[-1:] not in (["a"], ["an"])


def has_lasted(before: list[str], behind: list[str]) -> bool:
    """ "Has been held for six weeks": the perfect reaches the present."""
    perfect = {"has", "have", "'ve"} & set(before) and "had" not in before
    return before[-1:] == ["for"] and bool(perfect) and behind[:1] not in (["before"], ["after"])


def on_story_day(reading: Reading, context: Context) -> Reading:
    """ "Two days after the talks": what happened then happened on the day the story is at, if a day was spoken of."""
    day = context.anchor(lambda granule: granule.unit == "D")
    if day is None or context.position - context.day_position > ANCHOR_REACH:
        return reading
    text = day.first.isoformat()
    return replace(reading, start=text, end=text, precision="day")
