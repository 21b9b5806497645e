"""Fits the stance of statements: `python -m training.fit_stance`.

A multinomial logistic regression over the features of `readout.extract.statements.stance`, on the training batches of
`datasets/statements`; prints the accuracy on folds left out beside that of the cue's own stance, then writes
`src/readout/knowledge/data/stances.json`. Half a minute on one core.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import torch
from spacy.language import Language

from readout.evaluate.datasets import ROOT, items
from readout.evaluate.statement_matching import Sides
from readout.evaluate.statements import ROOM, SETS
from readout.extract.statements import told_in
from readout.extract.statements.stance import STANCES, stance_features
from readout.language import load

OUT = Path("src/readout/knowledge/data/stances.json")
FOLDS = 6
RAREST = 2
"""Times a feature must occur to get a weight."""
PENALTY = 3.0
Case = tuple[set[str], int, int]
"""Features, the number of the right stance, and that of the cue's own."""


def main() -> None:
    """Fit on the training batches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", help="a folder that training.export wrote; else the shipped model")
    options = parser.parse_args()
    cases = list(cases_of(load(options.model)))
    flat = [case for item in cases for case in item]
    print(f"{len(flat)} statements; by the cue alone {sum(y == cue for _, y, cue in flat) / len(flat):.1%} right,")
    print(f"on folds left out {left_out(cases):.1%}")
    names, weights = fit(flat)
    rows = {name: [round(float(x), 2) for x in row] for name, row in zip(names, weights, strict=True)}
    about = "Weights of a multinomial logistic regression; made by training/fit_stance.py on datasets/statements."
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(rows.items()))
    OUT.write_text(f'{{"about": {json.dumps(about)},\n"weights": {{\n{lines}\n}}}}\n', encoding="utf-8")


def cases_of(nlp: Language) -> Iterator[list[Case]]:
    """The statements of each item whose content was found."""
    names = nlp.pipe_names
    with nlp.select_pipes(disable=names[names.index(ROOM) :]):
        for item in (i for batch in SETS["train"] for i in items(ROOT / "statements" / f"{batch}.jsonl")):
            doc = nlp.make_doc(item["text"])
            doc._.published = item["published"]
            told = told_in(nlp(doc))
            doc._.statements = [statement for statement, _ in told]
            features, sides = list(stance_features(doc, told)), Sides(item, doc)
            yield [
                (features[n], STANCES.index(sides.gold[gold]["stance"]), STANCES.index(told[n][0].stance))
                for gold, n in sides.pairs.items()
            ]


def fit(cases: list[Case]) -> tuple[list[str], torch.Tensor]:
    """Maximum likelihood with a penalty on the squares; the names of the features and [features, stances] weights."""
    counts = Counter(name for features, _, _ in cases for name in features)
    names = sorted(name for name, n in counts.items() if n >= RAREST)
    rows = torch.stack([_row(features, names) for features, _, _ in cases])
    answers = torch.tensor([right for _, right, _ in cases])
    weights = torch.zeros(len(names), len(STANCES), requires_grad=True)
    solver = torch.optim.LBFGS([weights], max_iter=150, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        solver.zero_grad()
        loss = torch.nn.functional.cross_entropy(rows @ weights, answers, reduction="sum")
        loss = loss + PENALTY * weights.square().sum() / 2
        loss.backward()
        return loss

    solver.step(closure)
    return names, weights.detach()


def _row(features: set[str], names: list[str]) -> torch.Tensor:
    return torch.tensor([float(name in features) for name in names])


def left_out(cases: list[list[Case]]) -> float:
    """Share of right stances in items that the weights were not fitted on."""
    right = total = 0
    for fold in range(FOLDS):
        names, weights = fit([c for n, item in enumerate(cases) if n % FOLDS != fold for c in item])
        held = [c for n, item in enumerate(cases) if n % FOLDS == fold for c in item]
        right += sum(int((_row(f, names) @ weights).argmax()) == answer for f, answer, _ in held)
        total += len(held)
    return right / max(total, 1)


if __name__ == "__main__":
    main()
