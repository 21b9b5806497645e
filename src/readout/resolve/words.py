"""Words as reports have them in common: content words by their stem, numbers with what they count, sentences."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from readout.knowledge.folding import fold
from readout.language.lemma import irregular_verbs

LONGEST = 100_000
"""Characters of a text that are looked at."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_END = re.compile(r"[.!?][\"”’')\]]{0,2}\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n\n")
_ENDINGS = ("ations", "ation", "ings", "ing", "ment", "ers", "ies", "ied", "ed", "es", "er", "s", "e", "y")
_SHORTEST_STEM = 3
_SMALL = {
    word: n
    for n, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split(),
        start=2,
    )
} | {"nobody": 0, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NUMBER = re.compile(
    r"(?<![\w.,-])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.\d{1,4})?|" + "|".join(_SMALL) + r")"
    r"(?:[ -](?P<scale>thousand|million|billion|trillion))?"
    r"(?:(?P<percent>%| per ?cent\b)|(?P<rest>(?: (?:of the |of )?[^\W\d_][\w'’-]{1,20}){1,3}))?",
    re.IGNORECASE,
)

_NUMBER_OF = re.compile(
    r"\bnumber of (?P<what>[^\W\d_]+(?: [^\W\d_]+)?)[^.;]*?\b(?:at|is|was|to|reached)\W+(?:about |some )?$"
)
_TOLL = re.compile(r"\b(?:death )?toll\b[^.;]*?\b(?:at|is|was|to|reached|of)\W+(?:about |at least )?$", re.IGNORECASE)
_COUNTED_AGAIN = re.compile(
    r"\b(?:count(?:ed|s)|put (?:it|them|the [\w ]{3,20}) at|sp(?:eak|oke) of|estimated (?:it|them) at"
    r"|(?:police|army) of)\W+(?:about |some |only )?$"
)
"""Words before a bare number that counts again what was counted just before."""
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $")


class Quantity(NamedTuple):
    """A number with what it counts."""

    value: float
    units: frozenset[str]
    """Stems of the words that say what is counted."""
    span: tuple[int, int]


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a section of `data/words.txt`.

    Args:
        name: the section: stop, people, time, generic, postponed, dropped.
    """
    lines = files("readout.resolve").joinpath("data", "words.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return frozenset(word.replace("-", " ") for key, _, words in rows if key == name for word in words.split())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending, irregular verbs by their base: enough to tell "marched" and "march" as one."""
    small = fold(word)
    small = _irregular().get(small, small)
    for ending in _ENDINGS:
        if small.endswith(ending) and len(small) - len(ending) >= _SHORTEST_STEM:
            return small[: -len(ending)]
    return small


@cache
def _irregular() -> dict[str, str]:
    return irregular_verbs()


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry meaning."""
    stops = word_list("stop")
    found = (m[0] for m in _WORD.finditer(text[:LONGEST]))
    return frozenset(stem(word) for word in found if word.lower() not in stops)


def sentence_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Start and end of the sentence around a stretch, by punctuation."""
    low, high = max(0, span[0] - 1000), min(len(text), span[1] + 1000)
    ends = [low + m.end() for m in _END.finditer(text[low : span[0]])]
    start = ends[-1] if ends else low
    after = _END.search(text, max(start, span[1] - 1), high)
    end = after.start() + 1 if after else high
    return start, len(text[:end].rstrip()) if end > span[1] else span[1]


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """All sentences of a text, by punctuation."""
    found, start = [], 0
    for m in _END.finditer(text[:LONGEST]):
        found.append((start, m.start() + (text[m.start()] in ".!?")))
        start = m.end()
    return (*found, (start, len(text[:LONGEST].rstrip())))


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text that count something; years, days and durations are left out."""
    found: list[Quantity] = []
    for m in _NUMBER.finditer(text[:LONGEST]):
        counted = _counted(m["rest"] or "")
        units = frozenset({"%"}) if m["percent"] else frozenset(map(stem, counted))
        number = m["n"].lower()
        value = float(_SMALL[number]) if number in _SMALL else float(number.replace(",", ""))
        if not units and number == "nobody":
            units = frozenset({"people"})
        if not units:
            units = _counted_before(text[max(0, m.start() - 160) : m.start()], found)
        dated = _MONTH.search(text, max(0, m.start() - 12), m.start())
        if units and not dated and not {w.lower() for w in counted[:1]} & word_list("time"):
            scaled = value * _SCALES.get((m["scale"] or "").lower(), 1.0)
            found.append(Quantity(scaled, units, (m.start(), _end(m))))
    return tuple(found)


def _counted_before(lead: str, found: list[Quantity]) -> frozenset[str]:
    """What a bare number counts by the words before it: "the number of hostages at", "the toll to"; or as before."""
    if found and _COUNTED_AGAIN.search(lead):
        return found[-1].units
    lead = lead[max((end.end() for end in _END.finditer(lead)), default=0) :]
    of = list(_NUMBER_OF.finditer(lead))
    if of:
        return frozenset(map(stem, _counted(f" {of[-1]['what']}")))
    if _TOLL.search(lead):
        return frozenset({stem("people")})
    return frozenset()


def _counted(rest: str) -> list[str]:
    """The words after a number that say what is counted: one or two, up to the next word of grammar."""
    found: list[str] = []
    for word in _WORD.findall(rest):
        stops = word.lower() in word_list("stop")
        if (stops and found) or len(found) == 2:
            break
        if not stops:
            found.append(word)
    return found


def _end(m: re.Match[str]) -> int:
    """Where a number's words end: after the first word that tells what is counted."""
    rest = m["rest"]
    if not rest:
        return m.end()
    for word in _WORD.finditer(rest):
        if word[0].lower() not in word_list("stop"):
            return m.start("rest") + word.end()
    return m.end()
