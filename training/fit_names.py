"""Fits the weights by which names are compared (logistic regression), with the figures of a cross-validation.

    python training/fit_names.py ../shared/data/names

writes `src/readout/resolve/names/weights.json`. Labelled pairs count `1 / DERIVED` times as much as those made from
lists.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from name_pairs import Pair, derived
from readout.resolve.names.features import FEATURES, SIGNS, features
from readout.resolve.names.structure import parse

TARGET = Path(__file__).resolve().parents[1] / "src/readout/resolve/names/weights.json"
FOLDS, DERIVED, RIDGE = 5, 0.5, 1.0


def labelled(folder: Path) -> list[Pair]:
    """The labelled development pairs."""
    with gzip.open(folder / "name_pairs.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Pair(r["name1"], r["name2"], r["match"], "person" if r["schema"] == "Person" else "other", "bench")
        for r in rows
    ]


def matrix(pairs: list[Pair]) -> np.ndarray:
    """Features of persons' names, then of others' names (the other half is zero), each with a bias."""
    rows = np.array([[*features(parse(p.left, p.kind), parse(p.right, p.kind)), 1.0] for p in pairs])
    person = np.array([[float(p.kind == "person")] for p in pairs])
    return np.hstack([rows * person, rows * (1 - person)])


def logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights of a ridge logistic regression, each on the side of zero that `SIGNS` allows."""
    spread = np.maximum(x.std(0), 0.05)
    spread[[len(FEATURES), -1]] = 1
    z = x / spread
    penalty = np.full(x.shape[1], RIDGE)
    penalty[[len(FEATURES), -1]] = 1e-3

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        t = np.clip(z @ w, -30, 30)
        p = 1 / (1 + np.exp(-t))
        value = (weight * (np.logaddexp(0, t) - y * t)).sum() + (penalty * w * w).sum() / 2
        return value, z.T @ (weight * (p - y)) + penalty * w

    side = {1: (0, None), -1: (None, 0), 0: (None, None)}
    bounds = ([side[SIGNS[name]] for name in FEATURES] + [(None, None)]) * 2
    fitted = minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 3000})
    return fitted.x / spread


def folds(pairs: list[Pair]) -> np.ndarray:
    """A fold for each pair; pairs that share a name, directly or through others, stay together."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for p in pairs:
        parent[root(p.left.lower())] = root(p.right.lower())
    groups: dict[str, list[int]] = {}
    for place, p in enumerate(pairs):
        groups.setdefault(root(p.left.lower()), []).append(place)
    fold, load = np.zeros(len(pairs), int), [0] * FOLDS
    for places in sorted(groups.values(), key=lambda g: (-len(g), g)):
        lightest = load.index(min(load))
        fold[places] = lightest
        load[lightest] += len(places)
    return fold


def cross_validated(x: np.ndarray, y: np.ndarray, fold: np.ndarray, dx: np.ndarray, dy: np.ndarray) -> np.ndarray:
    """Scores of the labelled pairs, each by weights fitted without its fold."""
    scores = np.zeros(len(y))
    for k in range(FOLDS):
        kept = fold != k
        w = fit(x[kept], y[kept], dx, dy)
        scores[~kept] = 1 / (1 + np.exp(-np.clip(x[~kept] @ w, -30, 30)))
    return scores


def fit(x: np.ndarray, y: np.ndarray, dx: np.ndarray, dy: np.ndarray) -> np.ndarray:
    """Weights from labelled and derived pairs."""
    weight = np.r_[np.ones(len(y)), np.full(len(dy), DERIVED * len(y) / len(dy))]
    return logistic(np.vstack([x, dx]), np.r_[y, dy].astype(float), weight)


def f1(y: np.ndarray, guess: np.ndarray) -> float:
    """F1 of the matching class."""
    return 2 * (y & guess).sum() / (y.sum() + guess.sum())


def cross_validation(folder: Path) -> float:
    """F1 of the labelled pairs at the shipped threshold, each by weights fitted without its fold."""
    pairs, made = labelled(folder), derived(folder)
    y, dy = np.array([p.match for p in pairs]), np.array([p.match for p in made])
    scores = cross_validated(matrix(pairs), y, folds(pairs), matrix(made), dy)
    return f1(y, scores >= json.loads(TARGET.read_text(encoding="utf-8"))["pairs"]["threshold"])


def main(folder: Path) -> None:
    """Cross-validate, choose the threshold on the cross-validated scores, fit on everything, write."""
    pairs, made = labelled(folder), derived(folder)
    x, y, dx, dy = matrix(pairs), np.array([p.match for p in pairs]), matrix(made), np.array([p.match for p in made])
    scores = cross_validated(x, y, folds(pairs), dx, dy)
    threshold = round(float(max(np.arange(0.4, 0.71, 0.02), key=lambda t: smooth(y, scores, t))), 2)
    w = fit(x, y, dx, dy)
    for t in (0.5, threshold):
        print(f"cross-validated F1 at {t}: {f1(y, scores >= t):.4f}; all: {f1(y, x @ w >= np.log(t / (1 - t))):.4f}")
    print(f"derived F1: {f1(dy, dx @ w >= 0):.4f} of {len(dy)}")
    write("pairs", w, threshold)


def write(use: str, w: np.ndarray, threshold: float) -> None:
    """Put fitted weights into the shipped file."""
    known = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    size = len(FEATURES) + 1
    halves = {"person": w[:size], "other": w[size:]}
    known[use] = {
        "threshold": threshold,
        "bias": {kind: round(float(values[-1]), 4) for kind, values in halves.items()},
        "weights": {
            kind: {name: round(float(v), 4) for name, v in zip(FEATURES, values, strict=False)}
            for kind, values in halves.items()
        },
    }
    TARGET.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def smooth(y: np.ndarray, scores: np.ndarray, threshold: float) -> float:
    """F1 around a threshold: one that stands on a lucky pair does not win."""
    return float(np.mean([f1(y, scores >= threshold + d) for d in (-0.06, -0.03, 0, 0.03, 0.06)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
