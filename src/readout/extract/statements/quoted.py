"""A quotation in tokens, and what its own words tell: whether it is a sentence, or a mere title or nickname."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import Attribution, Range
from readout.extract.statements.cues import words as listed
from readout.language.quotation import Quotation

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
STOPS = frozenset({".", "!", "?", ";"})
MIN_SENTENCE = 3


@dataclass
class Quoted:
    """A quotation in tokens, marks included, and the attribution that it became part of."""

    ranges: list[Range]
    owner: Attribution | None = None

    @property
    def start(self) -> int:
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        return self.ranges[-1][1]

    def last(self, doc: Doc, count: int) -> list[Token]:
        """Its last tokens."""
        return list(doc[max(self.end - count, self.start) : self.end])


def in_tokens(doc: Doc, quotations: Iterable[Quotation]) -> list[Quoted]:
    """Quotations as token ranges."""
    starts = [token.idx for token in doc]
    found = []
    for quotation in quotations:
        ranges = [(max(bisect_right(starts, a) - 1, 0), bisect_left(starts, b)) for a, b in quotation.pieces]
        ranges = [(a, b) for a, b in ranges if a < b]
        if ranges:
            found.append(Quoted(ranges))
    return found


def is_finite(doc: Doc, quote: Quoted) -> bool:
    """Whether a finite verb stands in the marks."""
    return any(t.tag_ in FINITE for t in doc[quote.start : quote.end])


def is_sentence(doc: Doc, quote: Quoted) -> bool:
    """Whether a whole sentence stands in the marks: a capital, a finite verb, a full stop."""
    words = [t for t in doc[quote.start : quote.end] if t.is_alpha]
    ends = any(t.text in STOPS for t in quote.last(doc, 3))
    return len(words) >= MIN_SENTENCE and words[0].text[0].isupper() and ends and is_finite(doc, quote)


def is_label(doc: Doc, quote: Quoted) -> bool:
    """Whether marks set off a title or nickname: capitalised throughout, no finite verb, no sentence's end.

    American papers put the sentence's comma within the marks (on "Face the Nation," she said): then names alone count,
    as "Never," is what somebody says.
    """
    words = [t for t in doc[quote.start : quote.end] if t.is_alpha]
    if is_finite(doc, quote) or any(t.text in STOPS for t in doc[quote.start : quote.end]):
        return False
    commas = [t.i for t in doc[quote.start : quote.end] if t.text == ","]
    if commas and (len(commas) > 1 or commas[0] < quote.end - 2 or not any(t.pos_ == "PROPN" for t in words[1:])):
        return False
    if not any(t.text[0].isupper() for t in words):
        return False  # "no"
    return all(t.text[0].isupper() or t.pos_ in ("ADP", "DET", "CCONJ", "PART") for t in words)


def is_mentioned(doc: Doc, quote: Quoted) -> bool:
    """Whether the word before the marks says that a name or an expression follows: the word "x", known as "x"."""
    before = doc[quote.start - 1] if quote.start else None
    return before is not None and before.lower_ in listed("mentioning") and not is_sentence(doc, quote)
