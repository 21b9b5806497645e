"""Sources, cues and contents from the encoder's scores, and which belong together.

The spans are BIO sequences, one for each role (as in CofeNet, Wang et al., COLING 2022, whose parts are those of
PolNeAR); every source and content goes to the cue that its words point to, by a bilinear score of the two words with a
learned weight for their distance (the arc scorer of Dozat and Manning 2017, with cues as heads).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from readout.language.bio import BioDecoder

Floats = NDArray[np.float32]
Range = tuple[int, int]
ROLES = ("source", "cue", "content")
TAGS = ("O", "B-Q", "I-Q")
FARTHEST = 32
"""The class of the largest distance between a word and its cue (255 words)."""


@dataclass
class Attributed:
    """What the encoder takes for one attribution, in words `[start, end)`.

    Attributes:
        cue: the words that announce it.
        source: whose word it is, where the text says so.
        content: the pieces said, in order.
    """

    cue: Range
    source: Range | None = None
    content: list[Range] = field(default_factory=list)


class AttributionDecoder:
    """Reads attributions off the scores of one text.

    Args:
        far: [2 * FARTHEST + 1] the weight of each distance class.
    """

    def __init__(self, far: Floats) -> None:
        self.far = far
        self.decoder = BioDecoder(TAGS)

    def __call__(self, tags: Floats, parts: Floats, cues: Floats) -> list[Attributed]:
        """The attributions of a text.

        Args:
            tags: [n, 9] BIO scores of each word for source, cue and content.
            parts: [n, width] what each word looks for in its cue.
            cues: [n, width] what each word offers as a cue.

        Returns:
            One for each cue that has content, in the order of the cues.
        """
        spans = {role: self._spans(tags[:, 3 * n : 3 * n + 3]) for n, role in enumerate(ROLES)}
        if not spans["cue"]:
            return []
        heads = np.array([start for start, _ in spans["cue"]])
        keys = cues[heads].T / np.float32(cues.shape[1] ** 0.5)
        found = [Attributed(cue) for cue in spans["cue"]]
        for start, end in spans["content"]:
            found[int(self._scores(parts, keys, heads, start, end).argmax())].content.append((start, end))
        best: dict[int, float] = {}
        for start, end in spans["source"]:
            scores = self._scores(parts, keys, heads, start, end)
            at = int(scores.argmax())
            if scores[at] > best.get(at, -np.inf):
                best[at] = float(scores[at])
                found[at].source = start, end
        return [one for one in found if one.content]

    def _spans(self, scores: Floats) -> list[Range]:
        return [(start, end) for start, end, _ in self.decoder.spans(scores, [0])]

    def _scores(self, parts: Floats, keys: Floats, heads: NDArray[np.int64], start: int, end: int) -> Floats:
        """[cues] how well each cue suits a span: the mean over the span's words."""
        away = heads[None, :] - np.arange(start, end)[:, None]
        mean: Floats = (parts[start:end] @ keys + self.far[distance_class(away) + FARTHEST]).mean(axis=0)
        return mean


def distance_class(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distances in words on a logarithmic scale, with their sign, from -FARTHEST to FARTHEST."""
    scale = np.minimum(np.rint(4 * np.log2(1 + np.abs(words))), FARTHEST)
    found: NDArray[np.int64] = (np.sign(words) * scale).astype(np.int64)
    return found
