"""Durations to lay on the calendar: "the 19-month war", "has been held for six weeks", "two days after the talks"."""

from __future__ import annotations

from dataclasses import replace

from readout.extract.times.context import Context, Reading
from readout.extract.times.durations import LENGTH, move, precision_of, size_of, touching_now
from readout.extract.times.grammar import Match
from readout.extract.times.granule import Granule
from readout.extract.times.lexer import Token, lexicon
from readout.extract.times.numbers import amount
from readout.schema import Precision

PERFECT_REACH = 8
"""How many words before "for six months" the "has" or "have" may stand."""
OF_EVENT = frozenset({"of", "after", "before", "prior", "following", "from"})
"""After "within 90 days": what it counts from is an event, not the present."""
LONG = 4
"""Letters; shorter words in -est are no superlatives ("west", "rest")."""
WHOLE = {"N": "D", "F": "W", "SEM": "M"}
"""The unit of the calendar in which a length is counted on."""
ANCHOR_REACH = 2000
"""Within so many characters a day spoken of is still the day the story is at."""


def laid_out(match: Match, reading: Reading, context: Context, tokens: list[Token]) -> Reading:
    """The same reading with first and last day, where the words around fix them; otherwise unchanged."""
    if match.rule.name == "within" and tokens[match.last : match.last + 1] and tokens[match.last].text in OF_EVENT:
        return replace(reading, start=None, end=None, precision=None)
    if match.rule.name not in {"duration", "first-period", "between-duration"} or reading.start is not None:
        return reading
    behind = [token.text.lower() for token in tokens[match.last : match.last + 2]]
    before = [token.text.lower() for token in tokens[max(0, match.first - PERFECT_REACH) : match.first]]
    count, unit = size_of(match)
    if before[-1:] == ["in"] and context.direction > 0 and not (OF_EVENT & set(behind[:1]) or ranks(before)):
        return replace(reading, **from_now(match, context))  # type: ignore[arg-type]
    if goes_on(match, before, behind) or has_lasted(before, behind):
        return replace(reading, **touching_now(count, unit, -1, context))  # type: ignore[arg-type]
    if unit in {"D", "N", "H"} and behind[:1] in (["after"], ["following"]):
        return on_story_day(reading, context)
    return reading


def from_now(match: Match, context: Context) -> dict[str, str | Precision | None]:
    """ "Will meet in three weeks": the week that lies so far ahead; "in four to six months": between those two days."""
    (count, unit), here = size_of(match), context.at("D")
    most = amount(match.parts["qty2"]) if "qty2" in match else count
    if here is None or count is None or most is None or LENGTH.get(unit, 1) < 1:
        return {}
    first, last = move(here.first, count, unit), move(here.first, most, unit)
    if first is None or last is None:
        return {}
    if first == last:
        granule = Granule.of(WHOLE.get(unit, unit) if count == int(count) else "D", first)
        first, last = granule.first, granule.last
    return {"start": first.isoformat(), "end": last.isoformat(), "precision": precision_of(unit)}


def ranks(before: list[str]) -> bool:
    """ "The first talks in ten years", "the worst fire in decades": the time since the last such thing."""
    return any(word in ("first", "only", "time") or (len(word) > LONG and word.endswith("est")) for word in before)


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
