"""One subject a word, as Universal Dependencies demand of every tree (universaldependencies.org/u/dep/nsubj.html).

Labels are chosen word by word, so a verb between two nouns may get two subjects ("Police arrested at least 20
protesters" as passive twice). Those that gain least from it give way to the label that suits them next.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from readout.language.parse import Floats, Ints

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass")


class Subjects:
    """Chooses labels with at most one subject a head.

    Args:
        labels: the names of the labels, in the order of the scores.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        number = {name: n for n, name in enumerate(labels)}
        self._subjects = [number[name] for name in SUBJECTS if name in number]
        self._active = {number[f"{name}:pass"]: number[name] for name in ("nsubj", "csubj") if f"{name}:pass" in number}
        self._obliques = [number[name] for name in ("obl", "obl:agent") if name in number]
        self._case = number.get("case", -1)
        self._object, self._auxiliary = number.get("obj", -1), number.get("aux:pass", -1)

    def __call__(self, scores: Floats, heads: Ints) -> Ints:
        """The label of each word.

        Args:
            scores: [words, labels].
            heads: [words] the number of each word's head; a root's is its own.
        """
        labels: Ints = scores.argmax(axis=1)
        words = np.flatnonzero(np.isin(labels, self._subjects) & (heads != np.arange(len(heads))))
        for head in np.flatnonzero(np.bincount(heads[words], minlength=len(heads)) > 1).tolist():
            cased = np.isin(words, heads[labels == self._case])
            self._settle(labels, scores, words[heads[words] == head], cased[heads[words] == head])
            of = np.flatnonzero(heads == head)
            if self._object in labels[of] and self._auxiliary not in labels[of]:  # what has an object is no passive
                labels[of] = [self._active.get(label, label) for label in labels[of].tolist()]
        return labels

    def _settle(self, labels: Ints, scores: Floats, rivals: Ints, cased: NDArray[np.bool_]) -> None:
        """Leave one of some rivals its label; a noun without a preposition becomes no oblique."""
        others = scores[rivals].copy()
        others[:, self._subjects] = -np.inf
        others[np.ix_(np.flatnonzero(~cased), np.array(self._obliques, dtype=np.int64))] = -np.inf
        gains = scores[rivals, labels[rivals]] - others.max(axis=1)
        losers = np.arange(len(rivals)) != gains.argmax()
        labels[rivals[losers]] = others[losers].argmax(axis=1)
