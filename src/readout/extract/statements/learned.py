"""Attributions as the encoder sees them, with the words that head their parts."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import Attribution, Range
from readout.extract.statements.cues import cue_of
from readout.language.attributions import Attributed


def learned_attributions(doc: Doc) -> Iterator[Attribution]:
    """What the encoder takes for attributions.

    Args:
        doc: a Doc with `doc._.attributions`, tags and a UD v2 tree.

    Yields:
        Attributions in the order of their cues.
    """
    for one in doc._.attributions or ():
        yield _attribution(doc, one)


def _attribution(doc: Doc, one: Attributed) -> Attribution:
    cue = _cue_word(doc, one.cue)
    return Attribution(
        source=doc[slice(*one.source)].root if one.source is not None else None,
        cue=cue,
        entry=cue_of(cue),
        content=list(one.content),
        source_range=one.source,
        cue_range=one.cue,
    )


def _cue_word(doc: Doc, cue: Range) -> Token:
    """The word of a cue that the lexicon knows, else its head: "said" in "has said"."""
    words = doc[slice(*cue)]
    known = [token for token in words if cue_of(token) is not None]
    return words.root if words.root in known or not known else known[0]
