"""Fit the weights by which a place is chosen among those of its name, on LGL, TR-News and GeoVirus.

    python -m training.fit_places ../shared            the cross-validated figures alone
    python -m training.fit_places ../shared --write    and weights fitted on all three sets, with their card

A log-linear ranking: the probability of a candidate is the softmax of its weighted features, and the likelihood of all
candidates within 161 km of the annotated point is maximised (L-BFGS), with a Gaussian prior around weights set by
hand. The features that depend on the other names' readings are taken from the readings of the weights so far, over a
few rounds. Folds are drawn by article, each set counts the same, and a name counts as often as it is mentioned.
"""

import argparse
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from readout.evaluate.development import read_jsonl
from readout.evaluate.places import SETS
from readout.extract.places.resolve import Named, Reading, kilometres, read, settle
from readout.knowledge.countries import key
from readout.knowledge.gazetteer import Place, gazetteer
from readout.knowledge.placefile import KINDS

TARGET = Path(__file__).resolve().parents[1] / "src/readout/knowledge/data/places_weights.json"
LIMIT = 161.0
"""Kilometres (100 miles) within which a place counts as found, as in Gritta et al. 2020."""
FOLDS, SEED, ROUNDS, PRIOR = 5, 20, 3, 1.0
"""`PRIOR` is the inverse variance of the weights around those set by hand, against 1,000 names a set."""
BY_HAND = {
    "population": 1.0, "usual": 0.6, "capital": 1.5, "called": 1.5, "seat": -0.6, "parent": 8.0, "child": 4.0,
    "beside": 2.0, "beside_child": 1.0, "same_country": 2.5, "country_named": 0.0, "same_division": 2.5, "near": 1.0,
    "kind.country": 3.0, "kind.region": 6.0, "kind.water": 6.0, "kind.military": 5.0, "kind.nuclear": 5.0,
    "kind.spaceport": 5.0, "kind.facility": 5.0, "kind.site": 5.0, "kind.landform": 3.0, "kind.admin1": 0.3,
    "kind.admin2": -0.4, "kind.city": 0.0, "kind.airport": 3.5, "kind.port": 3.0,
}  # fmt: skip
assert {f"kind.{kind}" for kind in KINDS} <= BY_HAND.keys()
NAMES = tuple(sorted(BY_HAND))
Weights = dict[str, float]


class Article(NamedTuple):
    """An annotated article: its names with candidates, and the annotated points of each name."""

    set: str
    readings: list[Reading]
    points: list[list[Place]]


def articles(shared: Path) -> list[Article]:
    """The annotated articles of all sets."""
    return [article(name, row) for name in SETS for row in read_jsonl(shared / "data/place" / f"{name}.jsonl.gz")]


def article(name: str, row: dict[str, Any]) -> Article:
    """One article with its names read."""
    items: list[dict[str, Any]] = []
    for item in sorted(row["toponyms"], key=lambda item: (item["s"], -item["e"])):
        if not items or item["s"] >= items[-1]["e"]:
            items.append(item)
    named = [Named(item["s"], item["e"], item["text"]) for item in items]
    readings = read(row["text"], named, gazetteer())
    points: dict[str, list[Place]] = {form: [] for form in readings}
    for item in items:
        if item["lat"] is not None:
            points[key(item["text"])].append(Place("", "city", item["lat"], item["lon"], None))
    return Article(name, list(readings.values()), list(points.values()))


def accuracy(among: Sequence[Article], by: Weights) -> dict[str, float]:
    """The share of annotated mentions within the limit, in percent by set; what is not resolved is wrong."""
    right, total = dict.fromkeys(SETS, 0), dict.fromkeys(SETS, 0)
    for one in among:
        settle(one.readings, by)
        for reading, points in zip(one.readings, one.points, strict=True):
            total[one.set] += len(points)
            if reading.chosen is not None:
                right[one.set] += sum(kilometres(reading.chosen, point) <= LIMIT for point in points)
    return {name: 100 * right[name] / total[name] for name in SETS if total[name]}


class Rows(NamedTuple):
    """Candidates of ambiguous names as numbers."""

    features: NDArray[np.float64]
    starts: NDArray[np.int64]
    right: NDArray[np.bool_]
    counts: NDArray[np.float64]


def rows(among: Sequence[Article], by: Weights) -> Rows:
    """The candidates of all names that have a right and a wrong one, in the company that the weights so far give."""
    features: list[list[float]] = []
    starts, right, counts = [], [], []
    mentions = {name: sum(len(p) for one in among if one.set == name for p in one.points) for name in SETS}
    for one in among:
        company = settle(one.readings, by)
        for reading, points in zip(one.readings, one.points, strict=True):
            good = [all(kilometres(p, q) <= LIMIT for q in points[:1]) for p in reading.candidates] if points else []
            if any(good) and not all(good):
                starts.append(len(features))
                counts.append(1000 * len(points) / mentions[one.set])
                right += good
                for place in reading.candidates:
                    found = reading.features[place] | company.features(reading, place)
                    features.append([found.get(name, 0.0) for name in NAMES])
    return Rows(np.array(features), np.array(starts), np.array(right), np.array(counts))


def fitted(data: Rows, start: Weights) -> Weights:
    """The weights of greatest posterior probability."""
    by_hand = np.array([BY_HAND[name] for name in NAMES])
    sizes = np.diff(np.append(data.starts, len(data.features)))

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = data.features @ w
        scores -= np.repeat(np.maximum.reduceat(scores, data.starts), sizes)
        e = np.exp(scores)
        every, good = np.add.reduceat(e, data.starts), np.add.reduceat(e * data.right, data.starts) + 1e-300
        pull = e / np.repeat(every, sizes) - e * data.right / np.repeat(good, sizes)
        gradient = data.features.T @ (pull * np.repeat(data.counts, sizes))
        away = w - by_hand
        return float(data.counts @ np.log(every / good) + PRIOR / 2 * away @ away), gradient + PRIOR * away

    result = minimize(loss, np.array([start[name] for name in NAMES]), jac=True, method="L-BFGS-B")
    return dict(zip(NAMES, map(float, result.x), strict=True))


def fit(among: Sequence[Article]) -> Weights:
    """Weights from some articles."""
    by = dict(BY_HAND)
    for _ in range(ROUNDS):
        by = fitted(rows(among, by), by)
    return by


def cross_validated(among: Sequence[Article]) -> dict[str, float]:
    """The accuracy on articles that the weights were not fitted on, in percent by set."""
    order = list(range(len(among)))
    random.Random(SEED).shuffle(order)
    sums, mentions = dict.fromkeys(SETS, 0.0), dict.fromkeys(SETS, 0)
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        by = fit([one for i, one in enumerate(among) if i not in held])
        rest = [one for i, one in enumerate(among) if i in held]
        for name, value in accuracy(rest, by).items():
            n = sum(len(p) for one in rest if one.set == name for p in one.points)
            sums[name], mentions[name] = sums[name] + value * n, mentions[name] + n
    return {name: sums[name] / mentions[name] for name in SETS}


def main() -> None:
    """Print the figures; with --write, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    data = articles(given.shared)
    figures = {"by_hand": accuracy(data, BY_HAND), "cross_validated": cross_validated(data)}
    for name, values in figures.items():
        print(f"{name:16}", *(f"{key} {value:.2f}" for key, value in values.items()))
    if given.write:
        by = fit(data)
        card = {
            "what": "log-linear ranking of the places of a name; fitted by training/fit_places.py",
            "data": "LGL, TR-News, GeoVirus (names with annotated points); no text of theirs is kept",
            "accuracy_within_161_km": {n: {k: round(x, 2) for k, x in v.items()} for n, v in figures.items()},
            "seed": SEED,
        }
        kept = {name: round(value, 3) for name, value in by.items() if math.isfinite(value)}
        TARGET.write_text(json.dumps({"card": card, "weights": kept}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
