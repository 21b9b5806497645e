"""Our statements of a text set beside the annotated ones: which is which, and whose name is the same."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from spacy.tokens import Doc

from readout.evaluate.datasets import stretch
from readout.extract.entities import by_id
from readout.schema import Entity, Span, Statement

OVERLAP = 0.5
"""Jaccard index of content words from which two statements are the same (as in PolNeAR's scorer)."""
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ARTICLE = re.compile(r"^(?:the|an?|his|her|its|their)\s+")


@dataclass
class Sides:
    """One text with its annotated statements and those found.

    Attributes:
        item: the annotated item.
        doc: the text as read.
        pairs: the number of each annotated statement whose content was found, with that of the one found.
    """

    item: dict[str, Any]
    doc: Doc
    pairs: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.pairs = dict(_matched([self.words(self.gold_content(n)) for n in range(len(self.gold))], self.found_words))

    @property
    def gold(self) -> list[dict[str, Any]]:
        statements: list[dict[str, Any]] = self.item["statements"]
        return statements

    @property
    def found(self) -> list[Statement]:
        statements: list[Statement] = self.doc._.statements
        return statements

    @cached_property
    def found_words(self) -> list[frozenset[int]]:
        return [self.words(list(s.content_spans)) for s in self.found]

    @cached_property
    def entities(self) -> dict[str, Entity]:
        return by_id(self.doc)

    def gold_content(self, n: int) -> list[Span]:
        return [self.span(quoted) for quoted in self.gold[n]["content"]]

    def span(self, quoted: str) -> Any:
        """Where quoted words of the item stand."""
        return stretch(self.item["text"], quoted)

    def words(self, spans: list[Any]) -> frozenset[int]:
        """Where the words of some spans begin."""
        return words_at(self.item["text"], spans)

    def speaks(self, gold: int, found: int) -> bool:
        """Whether the speaker is the annotated one: by its full name, or as described."""
        wanted, entity = self.gold[gold]["speaker"], self.entities.get(self.found[found].speaker or "")
        if wanted is None or entity is None:
            return (wanted is None) == (entity is None)
        return is_same_name(wanted, entity.name, bool(self.gold[gold].get("anonymous")))

    def source_agrees(self, gold: int, found: int) -> bool:
        """Whether the words for the speaker overlap; where none stand in the sentence, whether the speaker is right."""
        quoted, span = self.gold[gold]["source"], self.found[found].speaker_span
        if quoted is None or span is None:
            return self.speaks(gold, found)
        start, end = self.span(quoted)
        return bool(start < span[1] and span[0] < end)


def _matched(gold: list[frozenset[int]], found: list[frozenset[int]]) -> list[tuple[int, int]]:
    """One-to-one pairs of word sets that overlap by half, the best first."""
    scored = sorted(
        ((jaccard(a, b), -n, -m) for n, a in enumerate(gold) for m, b in enumerate(found) if a & b), reverse=True
    )
    pairs: dict[int, int] = {}
    for score, n, m in scored:
        if score >= OVERLAP and -n not in pairs and -m not in pairs.values():
            pairs[-n] = -m
    return sorted(pairs.items())


def words_at(text: str, spans: Iterable[Any]) -> frozenset[int]:
    """Where the words of some spans of a text begin."""
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def jaccard(one: frozenset[Any], other: frozenset[Any]) -> float:
    """The share of the elements of two sets that are in both."""
    return len(one & other) / len(one | other) if one | other else 0.0


def fold(name: str) -> str:
    """A name without capitals, accents, article and possessive ending."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _ARTICLE.sub("", re.sub(r"['’]s?$", "", plain.strip(" ,")))


def is_same_name(wanted: str, name: str, described: bool) -> bool:
    """Whether two names are the same; of descriptions one may be longer ("official" of "an official who ...")."""
    one, other = fold(wanted), fold(name)
    described = described or wanted == wanted.lower()
    return one == other or (described and (_holds(one, other) or _holds(other, one)))


def _holds(phrase: str, part: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", phrase) is not None


def word_set(text: str) -> frozenset[str]:
    """The words of a phrase."""
    return frozenset(w.casefold() for w in _WORD.findall(text))
