"""What the layer for quotations is told of each token beside the encoder's state: marks, tree, borders."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, POS
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.tokens import Doc

from readout.language.quotation import find_quotations

Ints = NDArray[np.int64]
CLASSES = {"pos": 21, "dep": 64, "mark": 5, "border": 3}
"""How many classes each feature has."""
OPENING, INSIDE, CLOSING, STRAY = 1, 2, 3, 4
SENTENCE, PARAGRAPH = 1, 2
_MARKS = frozenset('"“”„‟«»＂')


def quote_features(doc: Doc, relations: Mapping[int, int]) -> tuple[Ints, Ints]:
    """The features of a Doc's tokens.

    Args:
        doc: with tags and a tree.
        relations: the class of each relation (spaCy's number of its name), from 1.

    Returns:
        [tokens, 4] classes in the order of `CLASSES`; [tokens] the number of each token's head.
    """
    values = doc.to_array([POS, DEP, HEAD]).astype(np.int64)
    found = np.zeros((len(doc), len(CLASSES)), dtype=np.int64)
    found[:, 0] = np.clip(values[:, 0] - POS_IDS["ADJ"] + 1, 0, CLASSES["pos"] - 1)
    found[:, 1] = [relations.get(number, 0) for number in doc.to_array(DEP).tolist()]
    found[:, 2] = _marks(doc)
    found[:, 3] = _borders(doc)
    return found, np.arange(len(doc)) + values[:, 2]


def _marks(doc: Doc) -> Ints:
    found = np.array([STRAY if token.text in _MARKS else 0 for token in doc], dtype=np.int64)
    starts = [token.idx for token in doc]
    for quotation in find_quotations(doc.text):
        for start, end in quotation.pieces:
            first, last = max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end) - 1
            found[first : last + 1] = INSIDE
            found[first], found[last] = OPENING, CLOSING
    return found


def _borders(doc: Doc) -> Ints:
    found = np.zeros(len(doc), dtype=np.int64)
    breaks = True
    for token in doc:
        if token.is_space:
            breaks = breaks or "\n" in token.text
        else:
            found[token.i] = PARAGRAPH if breaks else SENTENCE if token.is_sent_start else 0
            breaks = False
    return found
