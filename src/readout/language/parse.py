"""From the model's word vectors to one dependency tree a sentence.

Arc-factored scoring as in Dozat and Manning 2017; where the best heads form no tree, the maximum spanning
arborescence (Chu and Liu 1965; Edmonds 1967) with a single root.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
RULED_OUT = np.float32(-1e9)


def heads(children: Floats, parents: Floats, root: Floats) -> Ints:
    """The best tree over the words of one sentence.

    Args:
        children: [n, width] vectors of the words as children.
        parents: [n, width] vectors of the words as heads.
        root: [n] score of each word for being the root.

    Returns:
        [n] the head of every word, counted from 0; the root is its own head.
    """
    scores = (children @ parents.T) / np.float32(children.shape[1] ** 0.5)
    np.fill_diagonal(scores, RULED_OUT)
    at = int((root - scores.max(axis=1)).argmax())
    scores[at] = RULED_OUT
    scores[at, at] = 0.0
    best: Ints = scores.argmax(axis=1)
    if not _is_tree(best, at):
        best = _arborescence(scores.astype(np.float64), at)
    return best


def _is_tree(head: Ints, root: int) -> bool:
    """Whether following the heads leads from everywhere to the root; doubles the stride at each step."""
    reached = head
    for _ in range(len(head).bit_length()):
        reached = reached[reached]
    return bool((reached == root).all())


def _arborescence(scores: NDArray[np.float64], root: int) -> Ints:
    """Chu-Liu/Edmonds on a dense matrix; `scores[child, head]`, the root's row is its own."""
    best: Ints = scores.argmax(axis=1)
    best[root] = root
    cycle = _cycle(best, root)
    if cycle is None:
        return best
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    into = scores[np.ix_(cycle, outside)] - scores[cycle, best[cycle]][:, None]
    out = scores[np.ix_(outside, cycle)]
    m = len(outside)
    small = np.full((m + 1, m + 1), float(RULED_OUT))
    small[:m, :m] = scores[np.ix_(outside, outside)]
    small[m, :m], small[:m, m] = into.max(axis=0), out.max(axis=1)
    enters, leaves = cycle[into.argmax(axis=0)], cycle[out.argmax(axis=1)]
    solved = _arborescence(small, int(np.flatnonzero(outside == root)[0]))
    for k, child in enumerate(outside):
        best[child] = leaves[k] if solved[k] == m else outside[solved[k]]
    best[enters[solved[m]]] = outside[solved[m]]
    best[root] = root
    return best


def _cycle(head: Ints, root: int) -> Ints | None:
    """The words of one cycle, or `None` for a tree."""
    state = np.zeros(len(head), dtype=np.int8)
    state[root] = 2
    for start in range(len(head)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(head[at])
        if state[at] == 1:
            return np.array(path[path.index(at) :])
        state[path] = 2
    return None


class Labeller:
    """Names the relation of a word to its head: a perceptron over the two words' projections.

    Args:
        weight: [labels, 2 * width].
        bias: [labels].
    """

    def __init__(self, weight: Floats, bias: Floats) -> None:
        self.weight, self.bias = np.ascontiguousarray(weight.T), bias

    def __call__(self, child: Floats, head: Floats) -> Floats:
        """[n, labels] the score of every label for [n, width] children and the projections of their heads."""
        pair = np.concatenate([np.maximum(child + head, 0), child * head], axis=1)
        found: Floats = pair @ self.weight + self.bias
        return found
