"""BIO tags into spans: the best sequence that begins every span with B."""

import numpy as np
from numpy.typing import NDArray


def decode(logits: NDArray[np.float32], tags: list[str], starts: set[int]) -> list[tuple[int, int, str]]:
    """Viterbi over BIO tags, with the one rule that I-X follows B-X or I-X.

    Args:
        logits: [n, tags] scores of each word.
        tags: the tags in the order of the scores, "O" first.
        starts: words at which a sentence begins; no span runs over such a border.

    Returns:
        Spans as (first word, word after the last, type).
    """
    greedy = logits.argmax(axis=1)
    if not greedy.any():
        return []
    return _spans([tags[i] for i in _best(logits, tags)], starts)


def _best(logits: NDArray[np.float32], tags: list[str]) -> NDArray[np.int64]:
    n = len(logits)
    rules = np.array([[-1e4 if b[0] == "I" and a[2:] != b[2:] else 0.0 for b in tags] for a in tags], dtype=np.float32)
    first = np.array([-1e4 if t[0] == "I" else 0.0 for t in tags], dtype=np.float32)
    score = logits[0] + first
    back = np.zeros((n, len(tags)), dtype=np.int64)
    for i in range(1, n):
        options = score[:, None] + rules
        back[i] = options.argmax(axis=0)
        score = options.max(axis=0) + logits[i]
    path = np.zeros(n, dtype=np.int64)
    path[-1] = score.argmax()
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def _spans(tags: list[str], starts: set[int]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    begin: int | None = None
    for i, tag in enumerate([*tags, "O"]):
        if begin is not None and (tag[0] != "I" or i in starts):
            spans.append((begin, i, tags[begin][2:]))
            begin = None
        if tag[0] == "B" and begin is None:
            begin = i
    return spans
