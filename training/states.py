"""Word states of the shipped encoder, for small networks that are trained on top of it.

They come from the model file as readers run it: int8, in its own windows over the whole text, so that what is trained
on them meets at run time just what it was trained on.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from readout.language.component import model_folder

FOLDER = Path("training/runs/states")
ATTRIBUTES = ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE")


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
    with nlp.select_pipes(enable=["readout_encoder"]):
        for doc in nlp.pipe(texts):
            docs.add(doc)
            states.append(np.asarray(doc.tensor, dtype=np.float16))
    docs.to_disk(stem.with_suffix(".spacy"))
    np.save(stem.with_suffix(".npy"), np.concatenate(states))


def _digest(texts: Sequence[str]) -> str:
    found = hashlib.sha256((model_folder() / "encoder.onnx").read_bytes())
    for text in texts:
        found.update(text.encode() + b"\0")
    return found.hexdigest()[:12]
