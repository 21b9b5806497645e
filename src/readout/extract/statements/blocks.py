"""Block quotations: "The minister said:" ends a paragraph, and what follows are his words without marks.

Releases of ministries are written so. The paragraph after the colon belongs to it, and the next ones as long as they
speak in the first person.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import Attribution, Range
from readout.extract.statements.cues import Cue, cue_of, words
from readout.extract.statements.sources import is_assertive, source_of
from readout.extract.tree import paragraphs

FIRST_PERSON = words("first_person")
QUOTES = frozenset("\"“”„«»‘'")
LIST_MARKS = frozenset("-–—•*·")
MIN_WORDS = 4


def block_attributions(doc: Doc) -> Iterator[Attribution]:
    """The block quotations of a Doc.

    Args:
        doc: a Doc with tags, lemmas and a UD v2 tree, its paragraphs parted by line breaks.

    Yields:
        Attributions whose content is set apart without quotation marks.
    """
    bounds = paragraphs(doc)
    for number, lead in enumerate(bounds[:-1]):
        announced = _announcement(doc, lead)
        block = list(_block(doc, bounds[number + 1 :])) if announced is not None else []
        if announced is not None and block:
            cue, entry = announced
            yield Attribution(source_of(cue), cue, entry, block, quoted=True)


def _announcement(doc: Doc, paragraph: Range) -> tuple[Token, Cue] | None:
    """The cue of a paragraph that ends in a colon."""
    words = [t for t in doc[max(paragraph[0], paragraph[1] - 40) : paragraph[1]] if not t.is_space]
    if not words or not words[-1].text.endswith(":"):
        return None
    for token in reversed(words):
        entry = cue_of(token)
        if entry is not None and entry.group == "speech" and entry.takes_quotation and token.pos_ == "VERB":
            return (token, entry) if is_assertive(token) else None
        if token.text in (".", "!", "?"):
            return None
    return None


def _block(doc: Doc, following: Sequence[Range]) -> Iterator[Range]:
    for number, (start, end) in enumerate(following):
        words = [t for t in doc[start:end] if t.is_alpha]
        marked = doc[start].text[0] in QUOTES or doc[start].text[0] in LIST_MARKS
        if marked or len(words) < MIN_WORDS or (number and not any(t.lower_ in FIRST_PERSON for t in words)):
            return
        yield start, end
