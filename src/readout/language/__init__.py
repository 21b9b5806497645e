"""Text into language: `load` gives the spaCy pipeline that reads an article."""

import gc
import importlib
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOMS = (
    "names", "times", "places", "roles", "coreference", "relations",
    "statements", "events", "status", "expectations", "screenings",
)  # fmt: skip
"""The rooms of `readout.extract`, in the order in which they run."""


def load(name: str | None = None, *, rooms: bool = True, threads: int = 1) -> Any:
    """The pipeline that reads: tokenizer, language layer, and one component for each thing extracted.

    Args:
        name: what to read with instead of the shipped model: a folder that `training.export` wrote, or an installed
            spaCy English pipeline with a parser and names, such as "en_core_web_trf"; the trees and labels of the
            latter are turned into UD's.
        rooms: whether to add the components of `readout.extract`; without them the pipeline gives language alone.
        threads: CPU threads for the shipped encoder.

    Returns:
        A spaCy `Language`. Loading the same pipeline again gives the same object.

    Raises:
        PipelineError: where the named pipeline is not installed or lacks a part, or a model file is damaged.
    """
    return _load(name, rooms, threads)


@lru_cache(maxsize=4)
def _load(name: str | None, rooms: bool, threads: int) -> Any:
    import readout.layers  # noqa: F401  # registers the attributes

    importlib.import_module("readout.language.component")  # registers its factory, as the other imports do theirs
    folder = Path(name) if name else None
    nlp = _own(folder, threads) if folder is None or (folder / "encoder.onnx").is_file() else _foreign(str(name))
    for room in ROOMS if rooms else ():
        importlib.import_module(f"readout.extract.{room}")
        nlp.add_pipe(f"readout_{room}")
    gc.collect()
    gc.freeze()  # the tables just loaded are kept for good: no later collection need walk them
    return nlp


def _own(folder: Path | None, threads: int) -> Any:
    import spacy

    from readout.language.bounded import BoundedTokenizer
    from readout.language.component import EncoderComponent
    from readout.language.tokenizer import configure

    nlp = spacy.blank("en")
    configure(nlp)
    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer)
    encoder = nlp.add_pipe("readout_encoder", config={"threads": threads, "folder": str(folder) if folder else None})
    assert isinstance(encoder, EncoderComponent)
    nlp.meta.update(encoder.meta)
    return nlp


def _foreign(name: str) -> Any:
    import spacy

    from readout.errors import PipelineError

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(
            f"{name}: no such spaCy pipeline is installed; try: python -m spacy download {name}"
        ) from error
    missing = [part for part in ("parser", "ner") if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(f"{name}: the pipeline has no {' and no '.join(missing)}; choose one that has")
    importlib.import_module("readout.language.clear")
    nlp.add_pipe("readout_ud")
    return nlp
