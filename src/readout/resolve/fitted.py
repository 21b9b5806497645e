"""Chances by logistic regression, with weights that were fitted on invented stories (`training/`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp


def chance(name: str, features: Mapping[str, float]) -> float:
    """The chance (0 to 1) that features give.

    Args:
        name: of the weights, as in `data/weights_NAME.json`.
        features: values by name; each has a weight.
    """
    weights = _weights(name)
    total = weights["bias"] + sum(weights[feature] * value for feature, value in features.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def _weights(name: str) -> dict[str, float]:
    text = files("readout.resolve").joinpath("data", f"weights_{name}.json").read_text(encoding="utf-8")
    return {feature: float(value) for feature, value in json.loads(text).items()}
