"""Fits by how much what an article says moves the score of a listed name, on the training part of the set of namesakes.

    python training/fit_evidence.py

writes `src/readout/resolve/screening/weights.json`. Each entry whose name is like that of a mention asked about is a
row: right if it is the one meant. The fit (logistic regression) is drawn towards `PRIOR`, weights set by hand from what
the findings mean, since a few hundred mentions tell little of the rarer ones; how strongly (`RIDGE`)
was chosen on the development part, cross-validation on the training part being flat.
"""

import json
import os
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import readout
from readout.evaluate.datasets import ROOT, items, locate
from readout.resolve.screening import screener
from readout.resolve.screening.evidence import SIGNS
from readout.resolve.screening.subject import SCREENED, Passage, Subject
from readout.resolve.screening.words import words_of

TARGET = Path(__file__).resolve().parents[1] / "src/readout/resolve/screening/weights.json"
PRIOR = {
    "bias": 0.0, "name": 1.0, "country_same": 1.2, "country_unlike": -0.8, "country_other": -3.0, "age_same": 1.5,
    "age_other": -4.0, "before_birth": -5.0, "died_before_listing": -5.0, "is_public": 0.9, "is_private": -1.8,
    "public_life": 0.5, "private_life": -0.9, "role_same": 1.5, "linked_named": 1.2, "no_ship": -4.0, "town_same": 0.6,
    "industry_same": 0.6, "junior_differs": -3.0, "letters_only": -1.5,
}  # fmt: skip
RIDGE, RIDGES, FOLDS = 3.0, (0.1, 0.3, 1.0, 3.0, 10.0), 10
NAMES = tuple(PRIOR)
ALL_SIGNS = {"bias": 0, "name": 1, **SIGNS}


def rows(part: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Findings, labels and passages of the candidates of all mentions asked about."""
    os.environ["READOUT_LISTS"] = "off"
    nlp, lists = readout.load(), screener(None)
    x, y, of = [], [], []
    for number, item in enumerate(items(ROOT / "namesakes" / f"{part}.jsonl")):
        read = readout.read_text(item["text"], published=item["published"], nlp=nlp)
        passage = Passage(read)
        capitals = words_of(" ".join(w for w in item["text"].split() if w[:1].isupper()))
        for asked in item["screenings"]:
            start, end = locate(item["text"], asked["mention"])
            found = [e for e in read.entities if e.kind in SCREENED and (start, end) in map(tuple, e.mentions)]
            if not found or asked["via"]:
                continue
            subject = Subject(found[0], passage)
            kind = "person" if subject.entity.kind == "person" else "organization"
            for hit, findings, _ in lists.candidates(subject, subject.name, kind, capitals):
                x.append([findings.get(name, float(name == "bias")) for name in NAMES])
                y.append(hit.entry.id == asked["entry_id"])
                of.append(number)
    return np.array(x), np.array(y, float), np.array(of)


def fit(x: np.ndarray, y: np.ndarray, ridge: float) -> np.ndarray:
    """Weights drawn towards the prior, each on its side of zero."""
    prior = np.array([PRIOR[name] for name in NAMES])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        t = np.clip(x @ w, -30, 30)
        p = 1 / (1 + np.exp(-t))
        away = w - prior
        return (np.logaddexp(0, t) - y * t).sum() + ridge * (away * away).sum() / 2, x.T @ (p - y) + ridge * away

    side = {1: (0, None), -1: (None, 0), 0: (None, None)}
    bounds = [side[ALL_SIGNS[name]] for name in NAMES]
    return minimize(loss, prior, jac=True, bounds=bounds, method="L-BFGS-B").x


def held_out(x: np.ndarray, y: np.ndarray, of: np.ndarray, ridge: float) -> tuple[float, float]:
    """Accuracy and log loss of candidates judged by weights fitted without their passage."""
    chance = np.zeros(len(y))
    for k in range(FOLDS):
        out = of % FOLDS == k
        chance[out] = 1 / (1 + np.exp(-np.clip(x[out] @ fit(x[~out], y[~out], ridge), -30, 30)))
    sure = np.where(y > 0, chance, 1 - chance)
    return float(np.mean(sure > 0.5)), float(-np.log(np.maximum(sure, 1e-9)).mean())


def main() -> None:
    """Choose the ridge by cross-validation, fit, show both parts, write."""
    x, y, of = rows("train")
    fitted_at = {ridge: fit(x, y, ridge) for ridge in RIDGES}
    w, prior = fitted_at[RIDGE], np.array([PRIOR[name] for name in NAMES])
    dev_x, dev_y, _ = rows("dev")
    for ridge in RIDGES:
        accuracy, loss = held_out(x, y, of, ridge)
        print(f"ridge {ridge}: held out {accuracy:.4f}, log loss {loss:.4f}")
    for name, weights in (("prior", prior), *fitted_at.items()):
        parts = ((x, y), (dev_x, dev_y))
        print(name, *(f"{np.mean((a @ weights > 0) == (b > 0)):.4f} of {len(b)}" for a, b in parts))
    fitted = {name: round(float(v), 3) for name, v in zip(NAMES, w, strict=True)}
    print(fitted)
    if "--dry" not in sys.argv:
        TARGET.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
