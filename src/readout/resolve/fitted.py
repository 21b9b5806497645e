"""Chances by logistic regression, with weights that were fitted on invented stories (`training/`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, log


def chance(name: str, features: Mapping[str, float]) -> float:
    """The chance (0 to 1) that features give.

    Args:
        name: of the weights, as in `data/weights_NAME.json`.
        features: values by name; each has a weight, and those left out are 0.
    """
    weights = _weights(name)
    total = weights["bias"] + sum([weights[feature] * value for feature, value in features.items() if value])
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def may_reach(name: str, features: Mapping[str, float], least: float) -> bool:
    """Whether the chance can be so high, were all features that are not given as favourable as they can be (0 to 1).

    Args:
        name: of the weights.
        features: the values that are known.
        least: the chance asked for.
    """
    weights = _weights(name)
    known = sum([weights[feature] * value for feature, value in features.items() if value])
    return weights["bias"] + known + _most_of_rest(name, tuple(features)) >= log(least / (1 - least))


@lru_cache(maxsize=256)
def _most_of_rest(name: str, known: tuple[str, ...]) -> float:
    """The most that the features can give that are not known."""
    return sum(max(0.0, w) for feature, w in _weights(name).items() if feature != "bias" and feature not in known)


@cache
def _weights(name: str) -> dict[str, float]:
    text = files("readout.resolve").joinpath("data", f"weights_{name}.json").read_text(encoding="utf-8")
    return {feature: float(value) for feature, value in json.loads(text).items()}
