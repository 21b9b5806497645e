"""Finds and reads every time expression of a text, from first to last."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from spacy.tokens import Doc

from readout.extract.times import dates, durations, named, relative
from readout.extract.times.anchoring import laid_out
from readout.extract.times.context import Context, Reading, published_granule
from readout.extract.times.grammar import Match, grammar
from readout.extract.times.guard import times_only
from readout.extract.times.lexer import lexicon, tokens
from readout.extract.times.links import linked, modifier
from readout.extract.times.tense import DocTense, TextTense
from readout.schema import Time

Refuse = Callable[[int, int], bool]

DEICTIC = {"weekday", "deictic", "this-unit", "day-part", "overnight", "ago", "weekday-part"}
"""Rules whose expressions are told from the day of publication."""

MODULES = (dates, durations, relative, named)
"""Where the functions are that the rules of grammar.toml name under `means`."""


@cache
def meaning(name: str) -> Callable[[Match, Context], Reading | None]:
    """The function that reads the matches of a rule."""
    found: Callable[[Match, Context], Reading | None] = next(vars(m)[name] for m in MODULES if name in vars(m))
    return found


def read(match: Match, context: Context) -> Reading | None:
    """What a match stands for; nothing where that is no day of the years 1 to 9999."""
    try:
        return meaning(match.rule.means)(match, context)
    except (ValueError, OverflowError):
        return None


def find(text: str, published: str | None, doc: Doc | None = None, refused: Refuse | None = None) -> list[Time]:
    """All time expressions of a text with their meaning.

    Args:
        text: the article's text.
        published: day of publication, ISO 8601 (date, month, year or date-time), None if not known.
        doc: the text's tree and tags, if there are any; without them nearby words decide between past and future.
        refused: tells of a span whether no time may lie there, such as in a person's name.

    Returns:
        Times in text order, with ids t1, t2 ...

    Raises:
        OptionError: `published` is no ISO date.
    """
    context = Context(published_granule(published))
    pieces = tokens(text)
    found = times_only(grammar().matches(pieces), pieces)
    found = [m for m in found if refused is None or not refused(*span(m))]
    tense = DocTense(doc, TextTense(pieces)) if doc is not None else TextTense(pieces)
    context.narrative = is_narrative(found, context)
    context.topical = any(is_deictic(match) for match in found)
    context.day_first = puts_day_first(found)
    only_year = one_year(found) if context.now is None else None
    out: list[tuple[Match, Time]] = []
    for index, match in enumerate(found):
        start, end = span(match)
        context.position, context.direction = start, tense.direction(start, end)
        context.hint = year_beside(found, index, text) or only_year
        reading = read(match, context)
        if reading is None:
            continue
        reading = laid_out(match, named.narrowed(match, reading, context.at("D")), context, pieces)
        if not (context.narrative and match.rule.name in DEICTIC):
            context.note(reading)
        out.append((match, time(len(out) + 1, match, reading)))
    return linked(out, text)


def is_narrative(found: list[Match], context: Context) -> bool:
    """Whether a text tells a history: many full dates long past, hardly a day told from publication."""
    latest = context.now.first.year - 2 if context.now else 0
    years = [int(m.text("year")) for m in found if "year" in m and m.parts["year"][0].text.isdigit()]
    dated = sum(year < latest for year in years)
    deictic = sum(is_deictic(match) for match in found)
    return dated >= 3 + 3 * deictic


def is_deictic(match: Match) -> bool:
    """Whether an expression is told from the day of publication."""
    return match.rule.name in DEICTIC or "deictic" in match


def puts_day_first(found: list[Match]) -> bool:
    """Whether a text writes the day before the month, by its other dates: 25/9/2023, or more "3 May" than "May 3"."""
    score = 0
    for match in found:
        first = match.tokens[0].text
        if match.rule.name == "slash-date":
            score += 100 * (int(first.split("/")[0]) > 12) - 100 * (int(first.split("/")[1]) > 12)
        elif match.rule.name == "date":
            score += 1 if first[:1].isdigit() else -1
    return score > 0


def one_year(found: list[Match]) -> int | None:
    """The year of all full dates of a text, where there is only one: it completes the others."""
    years = {match.text("year") for match in found if "year" in match and {"month", "abbreviated"} & match.parts.keys()}
    return int(years.pop()) if len(years) == 1 else None


def year_beside(found: list[Match], index: int, text: str) -> int | None:
    """The year a date takes from one it is joined to: "from March to August 2011"."""
    match = found[index]
    if match.rule.name not in {"month", "date"} or "year" in match or index + 1 >= len(found):
        return None
    other = found[index + 1]
    between = text[span(match)[1] : span(other)[0]].strip().lower()
    joined = between in {"to", "and", "or", "-", "–", "through", "until", "till", "and in", "to the", "and the"}
    if not joined or "year" not in other or "month" not in other:
        return None
    year = int(other.text("year"))
    return year - (lexicon()["MONTH"].get(match.text("month"), 1) > other.look("month")) if "month" in match else year


def time(number: int, match: Match, reading: Reading) -> Time:
    return Time(
        id=f"t{number}",
        span=span(match),
        kind=reading.kind,
        value=reading.value,
        start=reading.start,
        end=reading.end,
        precision=reading.precision,
        mod=modifier(match),
    )


def span(match: Match) -> tuple[int, int]:
    return match.tokens[0].start, match.tokens[-1].end
