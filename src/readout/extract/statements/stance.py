"""The stance of a speaker toward what he says: the likeliest by a multinomial logistic regression.

It weighs the features of `stance_features` and the mean of the encoder's states over the words said, which are known
from reading. The weights are in `data/stances.npz` (made by `training/fit_stance.py`).
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from readout.extract.statements.attribution import Attribution
from readout.extract.statements.stance_features import Told, said_tokens, stance_features
from readout.schema import Stance

STANCES: tuple[Stance, ...] = get_args(Stance)
CAUTION = 0.5
"""By how much, in log-odds, another stance may fall short of a denial or a charge that the cue does not tell and still
be preferred: a false one makes a false conflict. Chosen on training batches left out."""
CAUTIOUS: tuple[Stance, ...] = ("denies", "accuses")
Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """What the regression learnt.

    Attributes:
        features: by name, [stances] weights.
        states: [width, stances] weights of the mean state of the words said.
        offset: [stances] what they give for the mean of all statements.
    """

    features: dict[str, Floats]
    states: Floats
    offset: Floats


def assign_stances(doc: Doc, told: Sequence[Told]) -> None:
    """Give each statement its likeliest stance.

    Args:
        doc: the Doc; without `doc.tensor` the features decide alone.
        told: its statements in text order; each has the stance of its cue.
    """
    weights = _weights()
    zero = np.zeros(len(STANCES), dtype=np.float32)
    for (statement, found), features in zip(told, list(stance_features(doc, told)), strict=True):
        scores = zero + sum(weights.features.get(name, zero) for name in features)
        state = mean_state(doc, found)
        if state is not None and state.shape == weights.states.shape[:1]:
            scores = scores + state @ weights.states - weights.offset
        for stance in CAUTIOUS:
            scores[STANCES.index(stance)] -= CAUTION * (statement.stance != stance)
        statement.stance = STANCES[int(scores.argmax())]


def mean_state(doc: Doc, found: Attribution) -> Floats | None:
    """The mean of the encoder's states over the words said; `None` where the Doc has no states."""
    said = [t.i for t in said_tokens(doc, found) if t.is_alpha] or [found.start]
    if doc.tensor.shape[:1] != (len(doc),):
        return None
    mean: Floats = np.asarray(doc.tensor[said], dtype=np.float32).mean(axis=0)
    return mean


@cache
def _weights() -> Weights:
    with files("readout.knowledge.data").joinpath("stances.npz").open("rb") as file, np.load(file) as data:
        names = data["names"].tobytes().decode().split("\n")
        rows, states, offset = (data[key].astype(np.float32) for key in ("features", "states", "offset"))
    return Weights(dict(zip(names, rows, strict=True)), states, offset)
