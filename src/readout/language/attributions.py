"""Sources, cues and contents of attributions, as a layer on the encoder's states scores them.

The layer reads the whole article, where the encoder sees a window (`training/quotations.py` tells how it is made). The
spans are a sequence of BIO tags, those of CofeNet (Wang et al., COLING 2022) and PolNeAR, the best one by Viterbi. How
well a cue suits a source or content is a bilinear score of their words with a learned weight for their distance (the
arc scorer of Dozat and Manning 2017, with cues as heads). Which belong together is decided where the tree and the
quotation marks are known too: `readout.extract.statements.linking`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from readout.language.encoder import open_session
from readout.language.quote_features import quote_features

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Range = tuple[int, int]
ROLES = ("source", "cue", "content")
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
FILE = "quotations.onnx"
FARTHEST = 32
"""The class of the largest distance between a word and its cue (255 words)."""
FAINT = 0.2
"""Probability from which a word that no cue was found at may still be one, if a content points to it."""


@dataclass
class SpokenParts:
    """The parts of a text's attributions, as ranges `[start, end)` of tokens.

    Attributes:
        sources, cues, contents: in text order.
        cue_scores: [cues] log-probability of each cue.
        source_scores, content_scores: [sources or contents, cues] how well each cue suits.
    """

    sources: list[Range]
    cues: list[Range]
    contents: list[Range]
    cue_scores: Floats
    source_scores: Floats
    content_scores: Floats


class PartsReader:
    """Runs the layer.

    Args:
        folder: holds `quotations.onnx`, made on the states of the encoder beside it.
        relations: the class of each relation, as `quote_features` takes it.
        threads: for one run.

    Raises:
        PipelineError: where the file is damaged.
    """

    def __init__(self, folder: Path, relations: Mapping[int, int], threads: int = 1) -> None:
        self.relations = relations
        self.session: Any = open_session(folder / FILE, threads)
        kept = self.session.get_modelmeta().custom_metadata_map
        self.moves, self.far = (np.array(json.loads(kept[name]), dtype=np.float32) for name in ("moves", "far"))

    def __call__(self, doc: Doc) -> SpokenParts:
        """The parts of a Doc that has tags, a tree and the encoder's states (`doc.tensor`)."""
        features, heads = quote_features(doc, self.relations)
        feed = {"states": np.asarray(doc.tensor, dtype=np.float32), "features": features, "heads": heads}
        scores, parts, cues = self.session.run(["tags", "part", "cue"], feed)
        spans = spans_of(best_tags(scores, self.moves))
        source, cue, content = ([_without_space(doc, part) for part in spans[role]] for role in ROLES)
        chances = _log_softmax(scores)
        cue = sorted(cue + _faint(cue, np.exp(chances[:, 3:5])))
        heads = np.array([start for start, _ in cue], dtype=np.int64)
        keys = cues[heads].T / np.float32(cues.shape[1] ** 0.5)
        return SpokenParts(
            source, cue, content, chances[heads, 3],
            self._scores(parts, keys, heads, source), self._scores(parts, keys, heads, content),
        )  # fmt: skip

    def _scores(self, parts: Floats, keys: Floats, heads: Ints, spans: list[Range]) -> Floats:
        """[spans, cues] the mean over each span's words."""
        found = np.zeros((len(spans), len(heads)), dtype=np.float32)
        for n, (start, end) in enumerate(spans):
            away = heads[None, :] - np.arange(start, end)[:, None]
            found[n] = (parts[start:end] @ keys + self.far[distance_class(away) + FARTHEST]).mean(axis=0)
        return found


def best_tags(scores: Floats, moves: Floats) -> list[int]:
    """The best sequence of tags by Viterbi.

    Args:
        scores: [tokens, tags] of each token.
        moves: [tags, tags] what it adds that one follows another; forbidden ones are far below nought.
    """
    if not len(scores):
        return []
    back = []
    total = scores[0] + moves[0]  # as after an O
    every = np.arange(len(TAGS))
    for row in scores[1:]:
        options = total[:, None] + moves
        best = options.argmax(0)
        total = options[best, every] + row
        back.append(best.tolist())
    path = [int(total.argmax())]
    for before in reversed(back):
        path.append(before[path[-1]])
    return path[::-1]


def spans_of(path: list[int]) -> dict[str, list[Range]]:
    """The spans of each role in a sequence of tags in which every span opens with its B."""
    found: dict[str, list[Range]] = {role: [] for role in ROLES}
    start = -1
    for i, tag in enumerate([*path, 0]):
        if start >= 0 and (tag == 0 or tag % 2):
            found[ROLES[path[start] // 2]].append((start, i))
            start = -1
        if tag % 2:
            start = i
    return found


def _without_space(doc: Doc, part: Range) -> Range:
    start, end = part
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return start, end


def _faint(cues: list[Range], chances: Floats) -> list[Range]:
    """Words that may be cues, with those that go on from them, beside the cues that were found.

    Args:
        cues: those found.
        chances: [tokens, 2] probability that a token opens a cue, and that it goes on with one.
    """
    taken = {i for start, end in cues for i in range(start, end)}
    found = []
    for start in (int(i) for i in np.flatnonzero(chances[:, 0] > FAINT)):
        end = start + 1
        while end < len(chances) and end not in taken and chances[end, 1] > 0.5:
            end += 1
        if start not in taken:
            found.append((start, end))
    return found


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return found


def distance_class(words: Ints) -> Ints:
    """Distances in words on a logarithmic scale, with their sign, from -FARTHEST to FARTHEST."""
    scale = np.minimum(np.rint(4 * np.log2(1 + np.abs(words))), FARTHEST)
    found: Ints = (np.sign(words) * scale).astype(np.int64)
    return found
