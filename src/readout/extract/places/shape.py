"""The form of place names: what does not belong to them, and what they are joined to."""

import re
from importlib.resources import files
from itertools import pairwise

from spacy.tokens import Span, Token


def words(label: str) -> frozenset[str]:
    """A class of words from `data/places_words.txt`."""
    text = files("readout.knowledge.data").joinpath("places_words.txt").read_text(encoding="utf-8")
    rows = (block.partition(":") for block in text.split("\n\n"))
    return frozenset(word for name, _, members in rows if name == label for word in members.split())


DIRECTIONS = words("directions")
BODIES = words("bodies")
"""Words that follow a place in the names of local bodies."""
ROADS = words("roads")
"""Words that name no place alone."""
ARTICLES = words("articles")
"""Spellings of the Arabic article, which belongs to the name ("al-Hol")."""
HYPHENS = re.compile(r"[-‐‑–/]")


def is_direction(word: str) -> bool:
    """Whether a word only says which part of something."""
    return word.lower() in DIRECTIONS


def compound_pieces(text: str) -> list[tuple[int, int]]:
    """The parts of a hyphenated word ("U.S.-led", "pro-Russian", "Iran-Iraq"), as characters `[start, end)` of it."""
    cuts = [match.start() for match in HYPHENS.finditer(text)]
    if not 0 < len(cuts) < 4 or len(text) > 40:
        return []
    borders = [-1, *cuts, len(text)]
    return [(start + 1, end) for start, end in pairwise(borders) if end > start + 1]


def trimmed(span: Span) -> Span | None:
    """A span without article, possessive ending, quotation marks, outer punctuation and common words around the name
    ("northern", "region"), which the annotated corpora leave out."""
    doc, start, end = span.doc, span.start, span.end
    while start < end and not is_article(doc[start]):
        if not (is_edge(doc[start], first=True) or (end - start > 1 and doc[start].text.islower())):
            break
        start += 1
    while end > start and (is_edge(doc[end - 1], first=False) or (end - start > 1 and doc[end - 1].text.islower())):
        end -= 1
    return doc[start:end] if start < end else None


def is_article(token: Token) -> bool:
    """Whether a word is the Arabic article of the name behind it."""
    return token.lower_ in ARTICLES and token.i + 2 < len(token.doc) and token.nbor().text == "-"


def is_edge(token: Token, first: bool) -> bool:
    """Whether a token at the border of a name does not belong to it."""
    if token.is_space or token.is_quote or token.tag_ == "POS" or token.lower_ in ("'s", "’s"):
        return True
    if first and token.lower_ in ("the", "a", "an"):
        return True
    return token.is_punct and not (not first and "." in token.text and len(token.text) > 1)
