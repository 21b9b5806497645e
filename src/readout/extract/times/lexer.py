"""Text to tokens of time: each token carries the word classes of the lexicon that it may stand for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

TOKEN = re.compile(
    r"""(?P<ISO>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)(?![\d-])
    | (?P<SLASH>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d))(?![\d/])
    | (?P<DOTTED>\d{1,2}\.\d{1,2}\.\d{4})(?![\d.])
    | (?P<FRACTION>1/2|1/4|3/4|½|¼|¾)(?![\d/])
    | (?P<CLOCK>[012]?\d:[0-5]\d(?::[0-5]\d)?|[012]?\d\.[0-5]\d(?=\s?[ap]\.?m\b))(?!\d|:\d)
    | (?P<DECADE>(?:\d\d|['’])?\d0['’]?s)\b
    | (?P<ORDNUM>\d{1,3}(?:st|nd|rd|th))\b
    | (?P<QUARTER>Q[1-4]|[1-4]Q)\b
    | (?P<HALF>H[12]|[12]H)\b
    | (?P<FISCAL>FY\ ?['’]?(?:\d{4}|\d\d))\b
    | (?P<SHORTYEAR>['’]\d\d)\b
    | (?P<NUMBER>\d+(?:,\d{3})*(?:\.\d+)?)
    | (?P<word>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.
              |(?:[A-Za-z]\.){2,}|[^\W\d_]+)
    | (?P<mark>\n[^\S\n]*\n\s*|[^\w\s]|_)""",
    re.VERBOSE,
)
CLOCK_MARK = re.compile(r"[ap]\.?m\b|h(?:rs?)?\b", re.IGNORECASE)
"""What may touch a clock time: 5pm, 05:30hrs."""
PLAIN = frozenset({"word", "mark"})
"""Kinds of token without digits."""
BLOCKED = set("$£€¥₩₹#№@&=<>*\\")
"""Signs that, touching a number, make it no time."""


class Token(NamedTuple):
    """A piece of text with its word classes; `tight` when no space parts it from the token before."""

    text: str
    start: int
    end: int
    tags: frozenset[str]
    tight: bool


@cache
def table(name: str) -> dict[str, Any]:
    """One of the package's data files."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def lexicon() -> dict[str, dict[str, Any]]:
    """Word class to its words, all in lower case."""
    data = table("lexicon")
    classes = {**{k: v for k, v in data.items() if k != "capital"}, **data["capital"]}
    return {name: {word.lower(): value for word, value in words.items()} for name, words in classes.items()}


@lru_cache(maxsize=65536)
def word_tags(word: str, capital: bool) -> frozenset[str]:
    """Classes of a lower-case word; a word of no class has itself as its only tag."""
    capitals = table("lexicon")["capital"]
    return frozenset({word} | {k for k, v in lexicon().items() if word in v and (capital or k not in capitals)})


def number_tags(text: str) -> frozenset[str]:
    """Classes of a number in digits, by its size and shape."""
    if len(text) > 9:
        return frozenset()
    tags, plain = {"DIGITS"}, text.isdigit()
    size = int(text) if plain else 0
    if plain and len(text) <= 2:
        tags |= {"DAY"} if 1 <= size <= 31 else set()
        tags |= {"HOUR"} if size <= 24 else set()
        tags |= {"TWO"} if len(text) == 2 else set()
    tags |= {"THREE"} if plain and len(text) == 3 and size > 99 else set()
    if plain and len(text) == 4:
        tags |= {"FOUR"}
        tags |= {"YEAR"} if 1000 <= size <= 2100 else set()
        tags |= {"MODERN"} if 1900 <= size <= 2060 else set()
        tags |= {"MILITARY"} if size < 2400 and size % 100 < 60 else set()
    tags |= {"SMALL"} if plain and len(text) <= 4 else set()
    return frozenset(tags)


def tags_of(kind: str, text: str) -> frozenset[str]:
    if kind == "NUMBER":
        return number_tags(text)
    if kind == "ORDNUM":
        return frozenset({"ORDNUM", "DAYTH"} if 1 <= int(text[:-2]) <= 31 else {"ORDNUM"})
    if kind == "word":
        return word_tags(text.lower(), text[0].isupper())
    if kind == "mark":
        return frozenset({"APOS" if text in {"'", "’"} else text.strip() or "BREAK"})
    return frozenset({kind})


def is_glued(text: str, token: Token, before: Token | None) -> bool:
    """Whether a token with digits is part of a name or amount: Su-35, G20, $15, 747-400, 35mm, 3.4.5."""
    after = text[token.end : token.end + 4]
    if after[:1].isalpha() and not CLOCK_MARK.match(after):
        return True
    if after[:1] in {"%", "°"} or (after[:1] == "." and after[1:2].isdigit()):
        return True
    if before is None or not token.tight:
        return False
    if before.text in BLOCKED or before.text[-1].isalpha() or (before.text == "." and token.start > 1):
        return True
    return before.text == ":" and text[before.start - 1 : before.start].isdigit()


def hyphenated_name(tokens: list[Token]) -> bool:
    """Whether a number closes a hyphenated name ("Su-35"): the word before the hyphen has no class of its own."""
    if len(tokens) < 3 or not (tokens[-1].tight and tokens[-2].tight and tokens[-2].text in {"-", "–", "‑"}):
        return False
    word = tokens[-3]
    return word.text[-1].isalpha() and word.text.lower() in word.tags and len(word.tags) == 1


@lru_cache(maxsize=65536)
def plain_tags(kind: str, text: str) -> frozenset[str]:
    """Classes of a word or mark as printed, which need no look at their surroundings."""
    return tags_of(kind, text)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order.

    Args:
        text: any text; read once, in time linear in its length.

    Returns:
        Tokens with code-point offsets and word classes; white space is left out, a blank line is a token.
    """
    found: list[Token] = []
    before: Token | None = None
    last, named = -1, False
    for match in TOKEN.finditer(text):
        kind, word = match.lastgroup or "", match.group()
        start, end = match.span()
        if kind in PLAIN:
            before = Token(word, start, end, plain_tags(kind, word), start == last)
            found.append(before)
            named = named or word in holiday_starts()
        else:
            token = Token(word, start, end, tags_of(kind, word), start == last)
            found.append(token)
            if is_glued(text, token, before) or hyphenated_name(found):
                found[-1] = token = token._replace(tags=frozenset({"NAME"}))
            before = token
        last = end
    return list(join_holidays(found)) if named else found


@cache
def named_days() -> dict[str, dict[str, Any]]:
    """What is known of each named day, by its name in lower case; of several feasts of one name the dates of all."""
    known: dict[str, dict[str, Any]] = {**table("holidays"), **table("feasts")}
    for name, rule in known.items():
        if "same" in rule:
            feasts = [known[other] for other in rule["same"]]
            known[name] = {**feasts[0], "dates": sorted(day for feast in feasts for day in feast["dates"])}
    return known


@cache
def holidays() -> dict[tuple[str, ...], str]:
    """The words of each named day, as the lexer cuts them, and its name."""
    return {tuple(match.group() for match in TOKEN.finditer(name)): name for name in named_days()}


@cache
def holiday_starts() -> frozenset[str]:
    """The first words of the named days, as printed."""
    firsts = [words[0] for words in holidays()]
    return frozenset(form for first in firsts for form in (first.capitalize(), first.upper()))


def join_holidays(found: list[Token]) -> Iterator[Token]:
    """Make one token of the words of a named day ("New Year's Eve")."""
    index, longest = 0, max(map(len, holidays()))
    while index < len(found):
        token = found[index]
        if token.text in holiday_starts():
            for length in range(longest, 0, -1):
                parts = found[index : index + length]
                name = holidays().get(tuple(part.text.lower().replace("’", "'") for part in parts))
                if name and len(parts) == length:
                    token = Token(name, token.start, parts[-1].end, frozenset({"HOLIDAY"}), token.tight)
                    index += length - 1
                    break
        yield token
        index += 1
