"""What looks like a time and is none: ages, verbs, votes, prices, articles of law, persons called April."""

from __future__ import annotations

from readout.extract.times.grammar import Match
from readout.extract.times.lexer import Token


def is_time(match: Match, tokens: list[Token], text: str) -> bool:
    """Whether a match of the grammar stands for a time in its surroundings."""
    before = tokens[match.first - 1].text.lower() if match.first else ""
    behind = [token.text.lower() for token in tokens[match.last : match.last + 2]]
    return not (is_age(match, before, behind) or is_ordinal_second(match) or is_fraction(match, behind))


def is_age(match: Match, before: str, behind: list[str]) -> bool:
    """ "A 6-year-old", "52 years old", "aged 40 years"; a week-old strike is no age."""
    if match.rule.name != "duration" or "unit" not in match:
        return False
    words = match.text_words
    years = words[-1] in {"year", "years"} or (words[-1] == "old" and "year" in words[-3:])
    return years and (words[-1] == "old" or behind[:1] == ["old"] or behind == ["of", "age"] or before == "aged")


def is_ordinal_second(match: Match) -> bool:
    """ "A second" is nearly always the number two."""
    return match.rule.name == "duration" and match.text_words[-1] == "second" and "-" not in match.text_words


def is_fraction(match: Match, behind: list[str]) -> bool:
    """ "Three quarters of the votes"."""
    words = match.text_words
    return match.rule.name == "duration" and words[-1] == "quarters" and ("-" in words or behind[:1] == ["of"])
