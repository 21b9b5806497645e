"""The form of place names: what does not belong to them, and what they are joined to."""

import re
from importlib.resources import files

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
COMPOUND = re.compile(r"(?P<before>[A-Z][\w.]*(?:\.[A-Z]\.?)?)-(?:[a-z]\w+)|(?:[A-Za-z][a-z]+)-(?P<after>[A-Z]\w+)")
"""A hyphenated word with a place before ("U.S.-led") or behind its hyphen ("pro-Russian")."""


def is_direction(word: str) -> bool:
    """Whether a word only says which part of something."""
    return word.lower() in DIRECTIONS


def compound_pieces(word: str) -> list[tuple[int, int]]:
    """Where a place may stand in a hyphenated word, as characters `[start, end)` of it."""
    match = COMPOUND.fullmatch(word) if "-" in word and len(word) < 40 else None
    return [match.span(name) for name in ("before", "after") if match.group(name)] if match else []


def trimmed(span: Span) -> Span | None:
    """A span without article, possessive ending, quotation marks, outer punctuation and common words around the name
    ("northern", "region"), which the annotated corpora leave out."""
    doc, start, end = span.doc, span.start, span.end
    while start < end and (is_edge(doc[start], first=True) or (end - start > 1 and doc[start].text.islower())):
        start += 1
    while end > start and (is_edge(doc[end - 1], first=False) or (end - start > 1 and doc[end - 1].text.islower())):
        end -= 1
    return doc[start:end] if start < end else None


def is_edge(token: Token, first: bool) -> bool:
    """Whether a token at the border of a name does not belong to it."""
    if token.is_space or token.is_quote or token.tag_ == "POS" or token.lower_ in ("'s", "’s"):
        return True
    if first and token.lower_ in ("the", "a", "an"):
        return True
    return token.is_punct and not (not first and "." in token.text and len(token.text) > 1)
