"""Transcripts: "THE PRESIDENT: ...", "Q: ...": a speaker's name and a colon at the start of each paragraph."""

import re
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc

from readout.extract.statements.attribution import Attribution
from readout.extract.tree import paragraphs

MAX_LABEL = 7
MIN_TURNS = 2
ANONYMOUS = frozenset({"Q", "A", "QUESTION", "ANSWER"})
_CAPITALS = re.compile(r"^[A-Z][A-Z'’.\- ]*(?:\([^)]{1,40}\))?$")
_NAME = re.compile(r"^[A-Z][\w'’.\-]*(?: [A-Z][\w'’.\-]*){0,4}$")


def transcript_attributions(doc: Doc) -> Iterator[Attribution]:
    """What each speaker of a transcript says.

    Args:
        doc: a Doc, its paragraphs parted by line breaks.

    Yields:
        Attributions without a cue; none where fewer than two paragraphs begin so, as a lone one may be a dateline.
    """
    turns = [(start, end, colon) for start, end in paragraphs(doc) if (colon := _colon(doc, start, end)) is not None]
    labels = [doc[start:colon].text for start, _, colon in turns]
    counts = Counter(labels)
    spoken = [bool(_CAPITALS.match(label)) or (counts[label] >= MIN_TURNS) for label in labels]
    if sum(spoken) < MIN_TURNS:
        return
    for (start, end, colon), label, speaks in zip(turns, labels, spoken, strict=True):
        if speaks and colon + 1 < end:
            words = [t for t in doc[start:colon] if t.is_alpha]
            named = bool(words) and label not in ANONYMOUS
            source = words[-1] if named else None
            frame = (start, colon) if named else None
            yield Attribution(source, None, None, [(colon + 1, end)], quoted=True, source_range=frame)


def _colon(doc: Doc, start: int, end: int) -> int | None:
    """The token of the colon behind a paragraph's first words, if these may name a speaker."""
    for token in doc[start : min(end, start + MAX_LABEL)]:
        if token.text == ":":
            label = doc[start : token.i].text
            return token.i if token.i > start and (_CAPITALS.match(label) or _NAME.match(label)) else None
    return None
