"""Do two names name the same: a score from readable features, by weights fitted on labelled pairs."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log

from readout.resolve.names.abjad import is_abjad, vocalised
from readout.resolve.names.features import FEATURES, features
from readout.resolve.names.structure import Kind, Name, kind_of, parse

MISFIT = 8.0
"""Log odds that a name in Arabic or Hebrew letters loses for vowels that do not fit; set by hand."""
_NUMBERS_DIFFER = FEATURES.index("numbers_differ")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two names compare.

    Args:
        score: 0 to 1, the fitted chance that both name the same.
        match: whether the score reaches the threshold fitted with the weights.
        features: what the score is made of (`features.FEATURES`).
    """

    score: float
    match: bool
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted comparison: a weight a feature for each kind of name, a bias, and the threshold on the score."""

    bias: dict[str, float]
    of: dict[str, tuple[float, ...]]
    threshold: float


@cache
def weights(use: str = "pairs") -> Weights:
    """The shipped weights (`weights.json`; how they were fitted: `weights.md`).

    Args:
        use: "pairs" for two names that somebody put side by side, of which many are the same; "screening" for a name
        and
            what was found on a list for it, of which nearly all are not.
    """
    known = json.loads(files("readout.resolve.names").joinpath("weights.json").read_text(encoding="utf-8"))[use]
    of = {kind: tuple(known["weights"][kind].get(name, 0.0) for name in FEATURES) for kind in known["weights"]}
    return Weights(known["bias"], of, known["threshold"])


def compare(left: str, right: str, kind: str | None = None) -> Comparison:
    """Compare two names.

    Args:
        left: one name, in any alphabet.
        right: the other.
        kind: what they name (person, organization, company, vessel ...); guessed from their words if None.

    Returns:
        The same whichever name comes first. A name without letters or digits matches nothing.
    """
    read_as = read_kind(left, right, kind)
    a, b, fitting = pair(left, right, read_as)
    values = features(a, b)
    chance = moved(score(values, a, b), MISFIT * (fitting - 1))
    return Comparison(chance, chance >= weights().threshold, dict(zip(FEATURES, values, strict=True)))


def pair(left: str, right: str, kind: Kind) -> tuple[Name, Name, float]:
    """Two names taken apart, and how well they fit: one in Arabic or Hebrew letters takes the other's vowels."""
    if is_abjad(left) == is_abjad(right):
        return parse(left, kind), parse(right, kind), 1.0
    if is_abjad(right):
        other, one, fitting = pair(right, left, kind)
        return one, other, fitting
    name = parse(right, kind)
    read, fitting = vocalised(left, name)
    return parse(read, kind), name, fitting


def moved(chance: float, shift: float) -> float:
    """A score moved by log odds."""
    if not shift or not chance > 0:
        return chance
    chance = min(chance, 0.995)
    return 1 / (1 + exp(-log(chance / (1 - chance)) - shift))


def read_kind(left: str, right: str, kind: str | None) -> Kind:
    """How both names are read: as persons' only if neither looks like another thing's."""
    if kind:
        return kind_of("", kind)
    return "person" if kind_of(left) == kind_of(right) == "person" else "other"


def score(values: list[float], a: Name, b: Name, use: str = "pairs") -> float:
    """The chance that two names name the same.

    Args:
        values: their features.
        a: one name.
        b: the other.
        use: as in `weights`.

    Returns:
        1 for names written the same; 0 for a name without words, and for numbers that differ, since School 12 is not
        School 14 however alike their names look; else by the logistic function.
    """
    if not a.words or not b.words:
        return 0.0
    if a.text == b.text:
        return 1.0
    if a.numbers != b.numbers and values[_NUMBERS_DIFFER]:
        return 0.0
    fitted = weights(use)
    total = fitted.bias[a.kind]
    for weight, value in zip(fitted.of[a.kind], values, strict=True):
        total += weight * value
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
