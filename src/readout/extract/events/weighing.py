"""Which words report events, of which type: a layer over the lexicon, the tree and the encoder's frozen states.

A multinomial logistic regression over the traits of a word (`traits`), the log-probabilities that the encoder's own
heads give it, and the encoder's states at the word and its governor. Fitted by `training/fit_events.py` on the training
batches of `datasets/events`; the weights fit the shipped encoder alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from readout.language.happenings import EventScores, softmax

Floats = NDArray[np.float32]
FILE = "events.npz"


@dataclass
class Weights:
    """The layer.

    Attributes:
        traits: the row of each trait in `known`.
        known: [traits, 1 + types] weights of traits.
        scored: [1 + types, 1 + types] weights of the encoder's log-probabilities.
        state, above: [states, 1 + types] weights of the encoder's states at the word and at its governor.
        bias: [1 + types].
    """

    traits: dict[str, int]
    known: Floats
    scored: Floats
    state: Floats
    above: Floats
    bias: Floats


@cache
def weights() -> Weights:
    """The shipped layer."""
    with files("readout.knowledge.data").joinpath(FILE).open("rb") as file, np.load(file) as data:
        arrays = {name: data[name].astype(np.float32) for name in ("known", "scored", "state", "above", "bias")}
        names = bytes(data["traits"]).decode().split("\n")
    return Weights({name: n for n, name in enumerate(names)}, **arrays)


def log_chances(scores: EventScores, i: int) -> Floats:
    """What the encoder's own heads make of a word: log-probability of no event, and of each type."""
    found: Floats = np.log(np.clip(scores.types[i], 1e-4, 1)).astype(np.float32)
    return found


def weighed(doc: Doc, words: Sequence[tuple[Token, set[str]]]) -> Floats:
    """The probability that each word reports no event, or one of each type.

    Args:
        doc: with the encoder's scores and states.
        words: words with their traits.

    Returns:
        [words, 1 + types], the columns as in `doc._.happening.types`; for a model of other types or states than the
        layer's, what that model's own head says.
    """
    layer = weights()
    scores: EventScores = doc._.happening
    at = [token.i for token, _ in words]
    if (doc.tensor.shape[-1:], scores.types.shape[-1:]) != (layer.state.shape[:1], layer.bias.shape):
        return scores.types[at]
    above = [token.head.i for token, _ in words]
    found = np.tile(layer.bias, (len(words), 1))
    for row, (_, traits) in zip(found, words, strict=True):
        row += layer.known[[layer.traits[name] for name in traits if name in layer.traits]].sum(axis=0)
    found += np.array([log_chances(scores, i) for i in at]) @ layer.scored
    found += doc.tensor[at] @ layer.state + doc.tensor[above] @ layer.above
    return softmax(found)
