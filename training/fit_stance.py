"""Fits the stance of statements: `python -m training.fit_stance`.

A multinomial logistic regression over the features of `readout.extract.statements.stance_features` and the mean of the
frozen encoder's states over the words said, on the training batches of `datasets/statements` and on the statements of
PolNeAR's training articles that `polnear-stances.tsv` there labels: invented passages are denser in dispute than news.
Prints the accuracy on folds left out (whole batches, whole articles) beside that of the cue's own stance, for the
passages and for the statements of news that were drawn by chance, then writes `src/readout/knowledge/data/stances.npz`.
Two minutes on one core.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax
from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate.datasets import ROOT, items
from readout.evaluate.development import read_jsonl
from readout.evaluate.statement_matching import Sides
from readout.evaluate.statements import ROOM, SETS
from readout.extract.statements import told_in
from readout.extract.statements.stance import CAUTION, CAUTIOUS, STANCES, mean_state
from readout.extract.statements.stance_features import Told, stance_features
from readout.language import load

OUT = Path("src/readout/knowledge/data/stances.npz")
LABELS = "polnear-stances.tsv"
FOLDS = 5
RAREST = 3
"""Times a feature must occur to get a weight."""
PENALTY, STATE_PENALTY = 8.0, 400.0
"""On the squares of the weights, of features and of the states' standardised dimensions; chosen on folds left out."""
STEPS = 100
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A statement whose content was found: its features and state, the right stance's number, and the cue's own."""

    features: set[str]
    state: Floats
    right: int
    cue: int


@dataclass(frozen=True)
class Group:
    """Cases that are left out together: a batch of passages, or a news article with how its statements were drawn."""

    part: str
    cases: list[Case]


def main() -> None:
    """Fit on the training batches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", help="a folder that training.export wrote; else the shipped model")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    options = parser.parse_args()
    nlp = load(options.model)
    groups = [*cases_of(nlp), *news_cases(nlp, options.shared / "data/quotes/polnear_train.jsonl.gz")]
    flat = [case for group in groups for case in group.cases]
    for part in ("passages", "chance"):
        report(groups, part)
    names = frequent(flat)
    mean, spread = moments(flat)
    weights = fit(flat, names, mean, spread)
    states = weights[len(names) :] / spread[:, None]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        OUT,
        names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        features=weights[: len(names)].astype(np.float16),
        states=states.astype(np.float16),
        offset=(mean @ states).astype(np.float32),
    )


def cases_of(nlp: Language) -> Iterator[Group]:
    """The statements of each of our own batches whose content was found."""
    for batch in SETS["train"]:
        cases = []
        for item in items(ROOT / "statements" / f"{batch}.jsonl"):
            doc, told = read(nlp, item["text"], item["published"])
            doc._.statements = [statement for statement, _ in told]
            sides = Sides(item, doc)
            cases += labelled(doc, told, {n: sides.gold[gold]["stance"] for gold, n in sides.pairs.items()})
        yield Group("passages", cases)


def news_cases(nlp: Language, articles: Path) -> Iterator[Group]:
    """The labelled statements of each news article that are found where they were when they were labelled."""
    lines = (ROOT / "statements" / LABELS).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    stances = {(article, int(start)): stance for article, start, stance, _ in rows}
    drawn = {article: how for article, _, _, how in rows}
    for article in (a for a in read_jsonl(articles) if a["id"] in drawn):
        doc, told = read(nlp, article["text"])
        starts = [(article["id"], statement.content_spans[0][0]) for statement, _ in told]
        found = {n: stances[start] for n, start in enumerate(starts) if start in stances}
        yield Group(drawn[article["id"]], labelled(doc, told, found))


def read(nlp: Language, text: str, published: str | None = None) -> tuple[Doc, list[Told]]:
    """A text up to its statements, without their stances."""
    names = nlp.pipe_names
    with nlp.select_pipes(disable=names[names.index(ROOM) :]):
        doc = nlp.make_doc(text)
        doc._.published = published
        doc = nlp(doc)
    return doc, told_in(doc)


def labelled(doc: Doc, told: list[Told], stances: dict[int, str]) -> list[Case]:
    """The cases of those statements of which the right stance is known by their number."""
    features, cases = list(stance_features(doc, told)), []
    for n, stance in stances.items():
        state = mean_state(doc, told[n][1])
        assert state is not None
        cases.append(Case(features[n], state.astype(float), STANCES.index(stance), STANCES.index(told[n][0].stance)))
    return cases


def frequent(cases: list[Case]) -> list[str]:
    """The features that get a weight."""
    counts = Counter(name for case in cases for name in case.features)
    return sorted(name for name, n in counts.items() if n >= RAREST)


def moments(cases: list[Case]) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the states."""
    states = np.array([case.state for case in cases])
    return states.mean(axis=0), states.std(axis=0) + 1e-6


def matrix(cases: list[Case], names: list[str], mean: Floats, spread: Floats) -> Floats:
    """[cases, features and states]: which features hold, and the standardised states."""
    at = {name: n for n, name in enumerate(names)}
    held = np.zeros((len(cases), len(names)))
    for n, case in enumerate(cases):
        held[n, [at[name] for name in case.features if name in at]] = 1
    return np.hstack([held, (np.array([case.state for case in cases]) - mean) / spread])


def fit(cases: list[Case], names: list[str], mean: Floats, spread: Floats) -> Floats:
    """Maximum likelihood with penalties on the squares: [features and states, stances]."""
    rows = matrix(cases, names, mean, spread)
    wanted = np.eye(len(STANCES))[[case.right for case in cases]]
    penalty = np.concatenate([np.full(len(names), PENALTY), np.full(len(mean), STATE_PENALTY)])[:, None]
    shape = rows.shape[1], len(STANCES)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        logs = log_softmax(rows @ weights, axis=1)
        slope = rows.T @ (np.exp(logs) - wanted) + penalty * weights
        return float((penalty * weights**2).sum() / 2 - (logs * wanted).sum()), slope.ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights: Floats = found.x.reshape(shape)
    return weights


def report(groups: list[Group], part: str) -> None:
    """Print the share of right stances in groups that the weights were not fitted on, and what is taken for what."""
    counts = Counter[tuple[int, int]]()
    tested = [n for n, group in enumerate(groups) if group.part == part and group.cases]
    for fold in range(FOLDS):
        out = set(tested[fold::FOLDS])
        train = [case for n, group in enumerate(groups) if n not in out for case in group.cases]
        names, (mean, spread) = frequent(train), moments(train)
        weights = fit(train, names, mean, spread)
        for case in (case for n in out for case in groups[n].cases):
            scores = (matrix([case], names, mean, spread) @ weights)[0] - caution(case)
            counts[case.right, int(scores.argmax())] += 1
    flat = [case for n in tested for case in groups[n].cases]
    right = sum(n for (a, b), n in counts.items() if a == b) / len(flat)
    by_cue = sum(case.right == case.cue for case in flat) / len(flat)
    print(f"{part}: {len(flat)} statements, by the cue alone {by_cue:.1%} right, {right:.1%}")
    print(" " * 9, *(f"{stance:>8}" for stance in STANCES))
    for a, stance in enumerate(STANCES):
        print(f"{stance:<9}", *(f"{counts[a, b]:>8}" for b in range(len(STANCES))))


def caution(case: Case) -> Floats:
    """What a stance that needs caution must be likelier by, for each of the stances."""
    return np.array([CAUTION * (s in CAUTIOUS and STANCES.index(s) != case.cue) for s in STANCES])


if __name__ == "__main__":
    main()
