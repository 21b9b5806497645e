"""What the encoder makes of a text's events: which words trigger one, of what type and status, and who takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout.language.parse import Labeller

Floats = NDArray[np.float32]


@dataclass
class EventScores:
    """Scores of the words of a text.

    Attributes:
        types: [n, 1 + types] probability that a word triggers no event, or one of each type.
        modes: [n, 1 + modes] probability of no mode, and of each mode ("TYPE:mode"), if the word is a trigger.
        statuses: [n, statuses] probability of each status, likewise.
        names: what the columns of each stand for: "events", "modes", "status", "roles".
    """

    types: Floats
    modes: Floats
    statuses: Floats
    names: Mapping[str, Sequence[str]]
    _triggers: Floats
    _words: Floats
    _labeller: Labeller

    def roles(self, trigger: int, start: int, end: int) -> Floats:
        """What the words `[start, end)` are in the event of a trigger.

        Returns:
            [end - start, roles] probability that each word heads no phrase, or one of each role.
        """
        words = self._words[start:end]
        return softmax(self._labeller(np.broadcast_to(self._triggers[trigger], words.shape), words))


class EventReader:
    """Reads event scores off the encoder's arrays.

    Args:
        weight, bias: of the role labeller.
        names: what the columns of each layer stand for.
    """

    def __init__(self, weight: Floats, bias: Floats, names: Mapping[str, Sequence[str]]) -> None:
        self.labeller, self.names = Labeller(weight, bias), names

    def __call__(self, arrays: dict[str, Floats], at: NDArray[np.int64], count: int) -> EventScores:
        """Scores in tokens.

        Args:
            arrays: one row a word.
            at: the token number of each word.
            count: number of tokens; those that are no words trigger nothing.
        """
        types = _in_tokens(softmax(arrays["events"]), at, count)
        types[:, 0] += 1 - types.sum(axis=1)
        return EventScores(
            types,
            _in_tokens(softmax(arrays["modes"]), at, count),
            _in_tokens(softmax(arrays["status"]), at, count),
            self.names,
            _in_tokens(arrays["role_trigger"], at, count),
            _in_tokens(arrays["role_word"], at, count),
            self.labeller,
        )


def _in_tokens(rows: Floats, at: NDArray[np.int64], count: int) -> Floats:
    found = np.zeros((count, rows.shape[1]), dtype=np.float32)
    found[at] = rows
    return found


def softmax(scores: Floats) -> Floats:
    """Probabilities over the last axis."""
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = grown / grown.sum(axis=-1, keepdims=True)
    return found
