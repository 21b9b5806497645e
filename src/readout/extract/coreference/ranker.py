"""The trained part of coreference: how likely each antecedent of a mention is, and how likely that it has none.

Mention ranking with a dummy antecedent (Denis and Baldridge 2008; Lee et al. 2017), over given candidates: a mention is
known by the encoder's state at its head and by its traits; a pair by both of these, the product of their projections
and the features of `pairs`. One hidden layer, whose part for each mention is computed once and not for each pair.
"""

from functools import cache
from importlib.resources import files

import numpy as np

from readout.extract.coreference.mentions import Ints
from readout.extract.coreference.pairs import Floats

Weights = dict[str, Floats]


@cache
def weights() -> Weights:
    """The shipped weights."""
    with files("readout.knowledge.data").joinpath("coreference.npz").open("rb") as file, np.load(file) as data:
        return {name: data[name].astype(np.float32) for name in data.files}


def scores(states: Floats, traits: Floats, features: Floats, i: Ints, j: Ints, w: Weights) -> tuple[Floats, Floats]:
    """How well each pair goes together, and each mention with nothing before it.

    Args:
        states: the encoder's states at the heads of the mentions.
        traits: what else is known of the mentions.
        features: what is known of the pairs.
        i: the later mentions of the pairs.
        j: the earlier ones.
        w: the weights.

    Returns:
        Log-odds of the pairs and of the mentions, on one scale.
    """
    states = (states - w["mean"]) / w["scale"]
    known = np.concatenate([states @ w["reduce"], traits], axis=1)
    later, earlier = known @ w["later"] + w["bias"], known @ w["earlier"]
    projected = states @ w["project"]
    hidden = later[i] + earlier[j] + features @ w["pair"] + (projected[i] * projected[j]) @ w["product"]
    pair = np.maximum(hidden, 0, out=hidden) @ w["out"]
    alone = np.maximum(known @ w["alone"] + w["alone_bias"], 0) @ w["alone_out"]
    return pair + features @ w["direct"], alone - w["shift"]
