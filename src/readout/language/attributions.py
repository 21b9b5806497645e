"""Sources, cues and contents of attributions, as the encoder scores them.

The spans are BIO sequences, one for each role (as in CofeNet, Wang et al., COLING 2022, whose parts are those of
PolNeAR). How well a cue suits a source or content is a bilinear score of their words with a learned weight for their
distance (the arc scorer of Dozat and Manning 2017, with cues as heads). Which belong together is decided where the tree
and the quotation marks are known too: `readout.extract.statements.linking`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout.language.bio import BioDecoder

Floats = NDArray[np.float32]
Range = tuple[int, int]
TAGS = ("O", "B-Q", "I-Q")
FARTHEST = 32
"""The class of the largest distance between a word and its cue (255 words)."""
FAINT = 0.2
"""Probability from which a word that no cue was found at may still be one, if a content points to it."""


@dataclass
class SpokenParts:
    """The parts of a text's attributions, as ranges `[start, end)`.

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
    """Reads the parts off the scores of one text.

    Args:
        far: [2 * FARTHEST + 1] the weight of each distance class.
    """

    def __init__(self, far: Floats) -> None:
        self.far = far
        self.decoder = BioDecoder(TAGS)

    def __call__(self, tags: Floats, parts: Floats, cues: Floats) -> SpokenParts:
        """The parts of a text, in words.

        Args:
            tags: [n, 9] BIO scores of each word for source, cue and content.
            parts: [n, width] what each word looks for in its cue.
            cues: [n, width] what each word offers as a cue.
        """
        source, cue, content = (self._spans(tags[:, 3 * n : 3 * n + 3]) for n in range(3))
        chances = _log_softmax(tags[:, 3:6])
        cue = sorted(cue + _faint(cue, np.exp(chances)))
        heads = np.array([start for start, _ in cue], dtype=np.int64)
        keys = cues[heads].T / np.float32(cues.shape[1] ** 0.5)
        return SpokenParts(
            source, cue, content, chances[heads, 1],
            self._scores(parts, keys, heads, source), self._scores(parts, keys, heads, content),
        )  # fmt: skip

    def _spans(self, scores: Floats) -> list[Range]:
        return [(start, end) for start, end, _ in self.decoder.spans(scores, [0])]

    def _scores(self, parts: Floats, keys: Floats, heads: NDArray[np.int64], spans: list[Range]) -> Floats:
        """[spans, cues] the mean over each span's words."""
        found = np.zeros((len(spans), len(heads)), dtype=np.float32)
        for n, (start, end) in enumerate(spans):
            away = heads[None, :] - np.arange(start, end)[:, None]
            found[n] = (parts[start:end] @ keys + self.far[distance_class(away) + FARTHEST]).mean(axis=0)
        return found


def _faint(cues: list[Range], chances: Floats) -> list[Range]:
    """Words that may be cues, with those that go on from them, beside the cues that were found."""
    taken = {i for start, end in cues for i in range(start, end)}
    found = []
    for start in (int(i) for i in np.flatnonzero(chances[:, 1] > FAINT)):
        end = start + 1
        while end < len(chances) and end not in taken and chances[end, 2] > chances[end, 0]:
            end += 1
        if start not in taken:
            found.append((start, end))
    return found


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return found


def distance_class(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distances in words on a logarithmic scale, with their sign, from -FARTHEST to FARTHEST."""
    scale = np.minimum(np.rint(4 * np.log2(1 + np.abs(words))), FARTHEST)
    found: NDArray[np.int64] = (np.sign(words) * scale).astype(np.int64)
    return found
