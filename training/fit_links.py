"""Fits the weights that tie sources and contents to their cues: `python -m training.fit_links`.

A conditional logit on some of PolNeAR's training articles. Prints the accuracy on its development articles, then writes
the weights to `src/readout/knowledge/data/quote_links.json`. Two minutes on one core.
"""

import argparse
import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate.development import read_jsonl
from readout.extract.statements import attributions_by_tree
from readout.extract.statements.linking import FEATURES, Linker
from readout.language import load

OUT = Path("src/readout/knowledge/data/quote_links.json")
EACH = 6
"""Of the training articles every sixth is read: 140, whose cases are more than the weights need."""
Case = tuple[NDArray[np.float64], int]
"""What is known of each cue in reach, and the number of the right one."""


def main() -> None:
    """Fit on a part of PolNeAR's training articles, measure on the development part, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--model", help="a folder that training.export wrote; else the shipped model")
    options = parser.parse_args()
    nlp = load(options.model)
    train = read_cases(nlp, options.shared / "data/quotes/polnear_train.jsonl.gz", EACH)
    dev = read_cases(nlp, options.shared / "data/quotes/polnear_dev.jsonl.gz", 1)
    weights = {}
    for kind in ("source", "content"):
        fitted = fit(train[kind])
        right = sum(int((rows @ fitted).argmax()) == answer for rows, answer in dev[kind])
        print(f"{kind}: {len(train[kind])} cases, {right / len(dev[kind]):.1%} right of {len(dev[kind])} on dev")
        weights[kind] = dict(zip(FEATURES, (round(float(x), 4) for x in fitted), strict=True))
    about = "Weights of a conditional logit over cues; made by training/fit_links.py on PolNeAR's training part."
    OUT.write_text(json.dumps({"about": about, "weights": weights}, indent=1) + "\n", encoding="utf-8")


def read_cases(nlp: Language, path: Path, each: int) -> dict[str, list[Case]]:
    """The decisions of every so many-th article of a part of PolNeAR."""
    names = nlp.pipe_names
    found: dict[str, list[Case]] = {"source": [], "content": []}
    with nlp.select_pipes(disable=names[names.index("readout_statements") :]):
        for article in islice(read_jsonl(path), 0, None, each):
            for kind, cases in cases_of(nlp(article["text"]), article["attributions"]).items():
                found[kind] += cases
    return found


def cases_of(doc: Doc, gold: list[dict[str, Any]]) -> dict[str, list[Case]]:
    """The decisions of one article whose right answer is among the cues found."""
    linker = Linker(doc, attributions_by_tree(doc))
    cues = [_overlapping(doc, cue, gold, "cue") for cue in linker.parts.cues]
    cases: dict[str, list[Case]] = {"source": [], "content": []}
    for kind, parts, features in (
        ("source", linker.parts.sources, linker.source_features),
        ("content", linker.parts.contents, linker.content_features),
    ):
        for n, part in enumerate(parts):
            owner = _overlapping(doc, part, gold, kind)
            reach, rows = features(n)
            right = [i for i, c in enumerate(reach) if owner is not None and cues[c] == owner]
            if right and len(reach) > 1:
                cases[kind].append((rows, right[0]))
    return cases


def _overlapping(doc: Doc, part: tuple[int, int], gold: list[dict[str, Any]], kind: str) -> int | None:
    """The number of the gold attribution that shares most characters with a part."""
    words = doc[slice(*part)]
    shared = [sum(max(0, min(e, words.end_char) - max(s, words.start_char)) for s, e in a[kind]) for a in gold]
    best = int(np.argmax(shared)) if shared else 0
    return best if shared and shared[best] else None


def fit(cases: list[Case], penalty: float = 1.0) -> NDArray[np.float64]:
    """Maximum likelihood with a penalty on the squares."""
    rows = [torch.tensor(x) for x, _ in cases]
    answers = [torch.tensor(right) for _, right in cases]
    weights = torch.zeros(len(FEATURES), dtype=torch.double, requires_grad=True)
    solver = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        solver.zero_grad()
        each = [-torch.log_softmax(x @ weights, 0)[right] for x, right in zip(rows, answers, strict=True)]
        loss = torch.stack(each).sum() + penalty * weights.square().sum() / 2
        loss.backward()
        return loss

    solver.step(closure)
    return weights.detach().numpy()


if __name__ == "__main__":
    main()
