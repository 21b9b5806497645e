"""What a report says is not so: "none of the guards fired", "no letter was ever sent", "he has not resigned"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from readout.resolve.words import WORD, content, sentences, stem, stems, word_list

REACH = 2
"""Content words behind a negation that are its own: what is said not to be, or not to be done."""
_NEGATION = re.compile(
    r"\b(?P<quantified>no|none|never|nobody|no one|nothing|neither|not (?:a single|one|any|ever|even))\b"
    r"|\b(?P<plain>not|cannot|without)\b|(?P<short>n['’]t)\b",
    re.IGNORECASE,
)
_IDLE = re.compile(
    r"\b(?:no|not) (?:only|longer|doubt|least|more|less|later|fewer|matter|all|always|necessarily|to mention|far from"
    r"|yet)\b|\b(?:whether or|if|or) not\b|\bno,|\bnothing (?:but|more)\b",
    re.IGNORECASE,
)
"""Words of negation that deny nothing."""
_PART = re.compile(
    r"[;:–—]\s*|,\s+(?:and|but|or|while|although|though|because|which|who|whose|where|so|as)\s+"
    r"|(?<!\s)\s+(?:but|while|although|though|because|whereas)\s+"
    r"|(?<!\s)\s+and\s+(?=(?:that|he|she|it|they|there|no|none|nobody|nothing|never|not)\b)",
    re.IGNORECASE,
)
"""Where one statement of a sentence ends and the next begins."""


class Negation(NamedTuple):
    """Words that say that something is not so."""

    span: tuple[int, int]
    """The part of a sentence that the negation stands in."""
    cue: tuple[int, int]
    words: frozenset[str]
    """Stems of the words of the part."""
    own: frozenset[str]
    """Stems of the first words behind the negation."""
    is_quantified: bool
    """Whether it is denied of all ("none", "never"), which speaks against whoever says so of one."""


@lru_cache(maxsize=2048)
def negations(text: str) -> tuple[Negation, ...]:
    """The parts of a text's sentences that say that something is not so.

    Left out is what somebody did not say or do for the press ("would not comment"): that denies nothing.

    Args:
        text: the text of a report.
    """
    return tuple(found for span in sentences(text) for part in parts(text, span) for found in _in(text, part))


def parts(text: str, sentence: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The statements of a sentence, by punctuation and conjunctions.

    Args:
        text: the text of a report.
        sentence: where the sentence stands in it.
    """
    start = sentence[0]
    for m in _PART.finditer(text, *sentence):
        if m.start() > start:
            yield start, m.start()
        start = m.end()
    if start < sentence[1]:
        yield start, sentence[1]


def is_negated(text: str) -> bool:
    """Whether some words hold a negation that denies something."""
    return any(True for _ in _in(text, (0, len(text))))


def _in(text: str, part: tuple[int, int]) -> Iterator[Negation]:
    idle = [m.span() for m in _IDLE.finditer(text, *part)]
    for m in _NEGATION.finditer(text, *part):
        if any(a <= m.start() < b for a, b in idle):
            continue
        behind = [w for w in WORD.findall(text, m.end(), part[1]) if w.lower() not in word_list("stop")]
        own = frozenset(map(stem, behind[:REACH]))
        if not own & stems("silence"):
            yield Negation(part, m.span(), content(text[part[0] : part[1]]), own, m["quantified"] is not None)
            return
