"""The shared encoder: words in, states and per-word answers out, by one ONNX file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readout.errors import PipelineError
from readout.language.wordpiece import HIDDEN, WordPiece, casing

LONGEST = 254
"""Pieces in a window, the two marks at its ends apart."""
BATCH = 2048
"""Pieces in a batch, padding counted."""
OUTPUTS = (
    "upos", "xpos", "feats", "lemma", "start", "names", "root",
    "arc_child", "arc_head", "label_child", "label_head",
    "events", "modes", "status", "role_trigger", "role_word", "states",
)  # fmt: skip

Arrays = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Words:
    """The words of one text, and where the model may and may not part them.

    `paragraphs` holds the numbers of words that open a paragraph, `sentences` those that open a sentence, where the
    caller knows them.
    """

    forms: Sequence[str]
    paragraphs: frozenset[int] = frozenset()
    sentences: frozenset[int] | None = None


@dataclass
class Window:
    """A part of a text that is encoded at once.

    Attributes:
        start, end: its words.
        ids, casing: of its pieces, the marks at its ends among them.
        first, last: the number of each word's first and last piece.
    """

    start: int
    end: int
    ids: list[int]
    casing: list[int]
    first: list[int]
    last: list[int]


class Encoder:
    """Runs the model file.

    Args:
        folder: holds `encoder.onnx` and `vocab.txt`.
        threads: for one run; several processes should have one each.

    Raises:
        PipelineError: where a file is missing or damaged.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.folder, self.threads = folder, threads
        try:
            self.pieces = WordPiece.from_file(folder / "vocab.txt")
        except OSError as error:
            raise PipelineError(f"{folder}: the model's vocabulary cannot be read ({error.strerror})") from error

    @cached_property
    def session(self):  # type: ignore[no-untyped-def]  # onnxruntime has no types
        """The ONNX session, opened at first use."""
        return open_session(self.folder / "encoder.onnx", self.threads)

    @cached_property
    def outputs(self) -> list[str]:
        """What this model file gives, of `OUTPUTS`."""
        given = {output.name for output in self.session.get_outputs()}
        return [name for name in OUTPUTS if name in given]

    def __getstate__(self) -> dict[str, object]:
        return {k: v for k, v in self.__dict__.items() if k != "session"}

    def __call__(self, texts: Sequence[Words]) -> list[Arrays]:
        """Encode several texts at once.

        Args:
            texts: words of each text.

        Returns:
            For each text the arrays named in `OUTPUTS` that the model file gives, one row a word.
        """
        return [self._encode(text) for text in texts]

    def _encode(self, text: Words) -> Arrays:
        """Encode one text. Texts never share a run: int8 rounding depends on all that is in it, and what is read of an
        article must not depend on its neighbours."""
        found: list[tuple[int, Arrays]] = []
        for batch in batches(self.windows(text)):
            found += zip([w.start for w in batch], self.run(batch), strict=True)
        return _joined([arrays for _, arrays in sorted(found, key=lambda pair: pair[0])])

    def run(self, batch: Sequence[Window]) -> list[Arrays]:
        """One run of the session; the rows of each window without its padding."""
        feed = {key: _padded([getattr(w, key) for w in batch]) for key in ("ids", "casing", "first", "last")}
        values = self.session.run(self.outputs, feed)
        return [
            {name: value[i, : len(w.first)] for name, value in zip(self.outputs, values, strict=True)}
            for i, w in enumerate(batch)
        ]

    def windows(self, text: Words) -> Iterable[Window]:
        """Cut a text into windows of at most `LONGEST` pieces, at the best border in reach."""
        pieces = [self.pieces.pieces(form) for form in text.forms]
        start = 0
        while start < len(pieces):
            end = _end(text, pieces, start)
            yield self._window(text, pieces, start, end)
            start = end

    def _window(self, text: Words, pieces: list[tuple[int, ...]], start: int, end: int) -> Window:
        window = Window(start, end, [self.pieces.cls], [HIDDEN], [], [])
        for i in range(start, end):
            if i > start and i in text.paragraphs:
                window.ids.append(self.pieces.sep)
                window.casing.append(HIDDEN)
            window.first.append(len(window.ids))
            window.ids += pieces[i]
            window.casing += [casing(text.forms[i])] * len(pieces[i])
            window.last.append(len(window.ids) - 1)
        window.ids.append(self.pieces.sep)
        window.casing.append(HIDDEN)
        return window


def open_session(path: Path, threads: int = 1):  # type: ignore[no-untyped-def]  # onnxruntime has no types
    """An ONNX Runtime session on the processor.

    Args:
        path: the model file.
        threads: for one run.

    Raises:
        PipelineError: where the file is missing or damaged.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise PipelineError(f"{path}: the model file is missing or damaged; install Readout again") from error


def _end(text: Words, pieces: list[tuple[int, ...]], start: int) -> int:
    """Where the window that begins at word `start` ends.

    A paragraph's end is the best border, then a sentence's (the caller's, or after a full stop), then any word's;
    the better ones count only in the window's second half, so that windows do not get short.
    """
    size, end = 0, start
    while end < len(pieces):
        size += len(pieces[end]) + (end in text.paragraphs)
        if size > LONGEST and end > start:
            break
        end += 1
    if end == len(pieces):
        return end
    half = start + (end - start) // 2
    for borders in (text.paragraphs, text.sentences):
        if borders:
            for i in range(end, half, -1):
                if i in borders:
                    return i
    if text.sentences is None:
        for i in range(end, half, -1):
            if text.forms[i - 1] in (".", "!", "?") and i < len(pieces):
                return i
    return end


def batches(windows: Iterable[Window]) -> Iterable[list[Window]]:
    """Windows of like length together, each batch at most `BATCH` pieces with padding."""
    batch: list[Window] = []
    for window in sorted(windows, key=lambda w: len(w.ids)):
        if batch and (len(batch) + 1) * len(window.ids) > BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _padded(rows: list[list[int]]) -> NDArray[np.int64]:
    out = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out


def _joined(parts: list[Arrays]) -> Arrays:
    if len(parts) == 1:
        return parts[0]
    return {name: np.concatenate([p[name] for p in parts]) for name in parts[0]} if parts else {}
