"""Words as reports have them in common: content words by their stem, and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from readout.knowledge.folding import fold
from readout.language.lemma import irregular_verbs

LONGEST = 100_000
"""Characters of a text that are looked at."""
WORD = re.compile(r"[^\W\d_]{3,}")
_LETTERS = re.compile(r"[^\W\d_]+")
END = re.compile(r"[.!?][\"”’')\]]{0,2}\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n\n")
_ENDINGS = ("ations", "ation", "ings", "ing", "ment", "ers", "ies", "ied", "ed", "es", "er", "s", "e", "y")
SHORTEST = 3
"""Letters of the shortest stem."""
FAMILY = 5
"""First letters that words of one family share: "decide", "decision"."""


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a section of `data/words.txt`.

    Args:
        name: the section: stop, people, time, generic, postponed, dropped.
    """
    lines = files("readout.resolve").joinpath("data", "words.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return frozenset(word.replace("-", " ") for key, _, words in rows if key == name for word in words.split())


@cache
def stems(name: str) -> frozenset[str]:
    """The stems of the words of a section of `data/words.txt`."""
    return frozenset(map(stem, word_list(name)))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending, irregular verbs by their base: enough to tell "marched" and "march" as one."""
    small = fold(word)
    small = _irregular().get(small, small)
    for ending in _ENDINGS:
        if small.endswith(ending) and len(small) - len(ending) >= SHORTEST:
            return small[: -len(ending)]
    return small


@cache
def _irregular() -> dict[str, str]:
    return irregular_verbs()


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry meaning."""
    stops = word_list("stop")
    found = (m[0] for m in WORD.finditer(text[:LONGEST]))
    return frozenset(stem(word) for word in found if word.lower() not in stops)


def families(words: Iterable[str]) -> frozenset[str]:
    """The beginnings of words, or the words where they are short."""
    return frozenset(word[:FAMILY] for word in words)


@lru_cache(maxsize=8192)
def sentence_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Start and end of the sentence around a stretch, by punctuation."""
    low, high = max(0, span[0] - 1000), min(len(text), span[1] + 1000)
    ends = [m.end() for m in END.finditer(text, low, span[0] + 1) if m.end() <= span[0]]
    start = ends[-1] if ends else low
    after = END.search(text, max(start, span[1] - 1), high)
    end = after.start() + 1 if after else high
    return start, len(text[:end].rstrip()) if end > span[1] else span[1]


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """All sentences of a text, by punctuation."""
    found, start = [], 0
    for m in END.finditer(text[:LONGEST]):
        found.append((start, m.start() + (text[m.start()] in ".!?")))
        start = m.end()
    return (*found, (start, len(text[:LONGEST].rstrip())))


def says(text: str, kind: str) -> bool:
    """Whether a text has a word, or two words in a row, of a list."""
    return are_said(spelt(text), kind)


def spelt(text: str) -> list[str]:
    """All words of a text in small letters."""
    return _LETTERS.findall(text.lower())


def are_said(words: list[str], kind: str) -> bool:
    """Whether there is one of some words, or two in a row, in a list."""
    single, double = _phrases(kind)
    return not (single.isdisjoint(words) and double.isdisjoint(pairwise(words)))


@cache
def _phrases(kind: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """The words of a list, and its pairs of words."""
    split = {tuple(phrase.split()) for phrase in word_list(kind)}
    return frozenset(words[0] for words in split if len(words) == 1), frozenset(w for w in split if len(w) == 2)
