"""Word states of the shipped encoder, for small networks that are trained on top of it.

They come from the model file as readers run it: int8, in its own windows over the whole text, so that what is trained
on them meets at run time just what it was trained on.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from readout.language.component import EncoderComponent, model_folder, words_of
from readout.language.encoder import Arrays, Words

FOLDER = Path("training/runs/states")
ATTRIBUTES = ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE")
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


def stored(nlp: Language, name: str, texts: Sequence[str], folder: Path = FOLDER) -> Iterator[Doc]:
    """Texts as `Doc`s with tags, tree, names and `doc.tensor`, [tokens, 384] states, encoded once and kept on disk.

    Args:
        nlp: a pipeline that begins with `readout_encoder`, of the shipped model.
        name: of the corpus, for the files; changed texts or a changed model make new ones.
        texts: clean prose, paragraphs parted by a blank line.
        folder: where the files lie: a `DocBin`, and the states in half floats, 0.8 KB a word.

    Yields:
        One `Doc` a text, in their order.
    """
    stem = folder / f"{name}-{_digest(texts)}"
    if not stem.with_suffix(".npy").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _store(nlp, texts, stem)
    states: NDArray[np.float16] = np.load(stem.with_suffix(".npy"), mmap_mode="r")
    at = 0
    for doc in DocBin().from_disk(stem.with_suffix(".spacy")).get_docs(nlp.vocab):
        doc.tensor = states[at : at + len(doc)]
        at += len(doc)
        yield doc


def _store(nlp: Language, texts: Sequence[str], stem: Path) -> None:
    docs, states = DocBin(attrs=ATTRIBUTES), []
    for text in encoded(nlp, texts):
        docs.add(text.doc)
        states.append(np.asarray(text.doc.tensor, dtype=np.float16))
    docs.to_disk(stem.with_suffix(".spacy"))
    np.save(stem.with_suffix(".npy"), np.concatenate(states))


def _digest(texts: Sequence[str]) -> str:
    found = hashlib.sha256((model_folder() / "encoder.onnx").read_bytes())
    for text in texts:
        found.update(text.encode() + b"\0")
    return found.hexdigest()[:12]
