"""The spaCy component `readout_times`: writes `doc._.times` in any English pipeline."""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  # registers the attributes
from readout.extract.times.counted import counted_from_events
from readout.extract.times.finder import find


class Times:
    """Writes the times of a `Doc`; uses its tree, tags and names where it has them."""

    def __call__(self, doc: Doc) -> Doc:
        tree = doc.has_annotation("DEP") and doc.has_annotation("POS")
        found = find(doc.text, doc._.published, doc if tree else None, Persons(doc).hold)
        doc._.times = counted_from_events(doc, found) if tree else found
        return doc


class Persons:
    """The names of persons in a `Doc`, in which no time may lie ("April Jones")."""

    def __init__(self, doc: Doc) -> None:
        people = [ent for ent in doc.ents if ent.label_ in {"PERSON", "PER"}]
        self.starts = [ent.start_char for ent in people]
        self.ends = [ent.end_char for ent in people]

    def hold(self, start: int, end: int) -> bool:
        """Whether the span is a part of a person's name; a name that is all of the span is a mistake for a time."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and end <= self.ends[index] and end - start < self.ends[index] - self.starts[index]


@Language.factory("readout_times", assigns=["doc._.times"])
def make_times(nlp: Language, name: str) -> Times:
    """The component `readout_times`.

    Args:
        nlp: the pipeline it is added to.
        name: its name there.
    """
    return Times()
