"""Word states of the shipped encoder, for small networks that are trained on top of it.

They come from the model file as readers run it: int8, in its own windows over the whole text, so that what is trained on
them meets at run time just what it was trained on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from readout.language.component import EncoderComponent, words_of
from readout.language.encoder import Arrays, Words

KEPT = ("states", "quotes", "link_part", "link_cue", "upos")


@dataclass
class Encoded:
    """One text as the encoder sees it.

    Attributes:
        doc: its tokens, with tags, tree and sentences.
        words: its words (tokens that are no white space), with the paragraphs they open.
        at: [words] the token number of each.
        arrays: [words, ...] what the encoder gives, in half precision.
    """

    doc: Doc
    words: Words
    at: NDArray[np.int64]
    arrays: Arrays


def encoded(nlp: Language, texts: Iterable[str], batch: int = 16) -> Iterator[Encoded]:
    """Encode texts.

    Args:
        nlp: a pipeline that begins with `readout_encoder`.
        texts: clean prose, paragraphs parted by a blank line.
        batch: texts in one call.

    Yields:
        One for each text, in their order.
    """
    component = nlp.get_pipe("readout_encoder")
    assert isinstance(component, EncoderComponent)
    stream = iter(texts)
    while docs := [nlp.make_doc(text) for text in islice(stream, batch)]:
        for doc in docs:
            words, at = words_of(doc)
            (arrays,) = component.encoder([words])
            component.annotate(doc, words, at, arrays)
            yield Encoded(doc, words, at, {k: _half(arrays[k]) for k in KEPT if k in arrays})


def _half(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return values.astype(np.float16) if values.dtype == np.float32 else values
