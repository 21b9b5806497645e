"""Sentences by their full stops and paragraphs: what a tree says of speech never reaches over these."""

from collections.abc import Iterator

from spacy.tokens import Doc

from readout.extract.statements.attribution import Range
from readout.extract.tree import paragraphs

STOPS = frozenset({".", "!", "?"})
DASHES = frozenset({"-", "--", "–", "—"})
MAX_DATELINE = 12


def sentences(doc: Doc) -> Iterator[Range]:
    """The tokens `[start, end)` between full stops and paragraph ends, without an agency's dateline."""
    for first, last in paragraphs(doc):
        start = _after_dateline(doc, first, last)
        for token in doc[start:last]:
            if token.text in STOPS and token.tag_ == ".":
                yield start, token.i + 1
                start = token.i + 1
        if start < last:
            yield start, last


def _after_dateline(doc: Doc, first: int, last: int) -> int:
    """Where an agency's paragraph starts its text: after "JAKARTA, May 4 (Reuters) -"."""
    dash = next((t.i for t in doc[first : min(last, first + MAX_DATELINE)] if t.text in DASHES), None)
    if dash is None or dash == first or not doc[first].is_upper:
        return first
    named = all(t.pos_ in ("PROPN", "NUM", "PUNCT") or t.is_punct for t in doc[first:dash])
    return dash + 1 if named else first
