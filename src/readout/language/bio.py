"""BIO tags into spans: the best sequence that begins every span with B."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
FORBIDDEN = np.float32(-1e4)


class BioDecoder:
    """Viterbi over BIO tags, with the one rule that I-X follows B-X or I-X in the same sentence.

    Args:
        tags: the tags in the order of the model's scores.
    """

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = tags
        self.rules = np.array([[_rule(a, b) for b in tags] for a in ["O", *tags]], dtype=np.float32)
        """[1 + tags, tags]: what it costs a tag to follow another; the first row is the start of a sentence."""

    def spans(self, logits: NDArray[np.float32], starts: Sequence[int]) -> list[tuple[int, int, str]]:
        """The spans of a text.

        Args:
            logits: [n, tags] scores of each word.
            starts: words at which a sentence begins, in order, the first word among them.

        Returns:
            Spans as (first word, word after the last, type).
        """
        greedy: Ints = logits.argmax(axis=1)
        for a, b in pairwise([*starts, len(logits)]):
            if not self._is_allowed(greedy[a:b]):
                greedy[a:b] = self._best(logits[a:b])
        return _spans([self.tags[i] for i in greedy])

    def _is_allowed(self, path: Ints) -> bool:
        before = np.concatenate([[0], path[:-1] + 1])
        return bool((self.rules[before, path] == 0).all())

    def _best(self, logits: NDArray[np.float32]) -> Ints:
        back = np.zeros(logits.shape, dtype=np.int64)
        score = logits[0] + self.rules[0]
        for i in range(1, len(logits)):
            options = score[:, None] + self.rules[1:]
            back[i] = options.argmax(axis=0)
            score = options.max(axis=0) + logits[i]
        path = np.zeros(len(logits), dtype=np.int64)
        path[-1] = score.argmax()
        for i in range(len(logits) - 1, 0, -1):
            path[i - 1] = back[i, path[i]]
        return path


def _rule(before: str, tag: str) -> np.float32:
    return FORBIDDEN if tag[0] == "I" and before[2:] != tag[2:] else np.float32(0)


def _spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans of a sequence that keeps the rule: each begins at its B and ends where the I's do."""
    spans: list[tuple[int, int, str]] = []
    begin: int | None = None
    for i, tag in enumerate([*tags, "O"]):
        if begin is not None and tag[0] != "I":
            spans.append((begin, i, tags[begin][2:]))
            begin = None
        if tag[0] == "B":
            begin = i
    return spans
