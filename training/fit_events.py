"""Fits the layer for events on the encoder's frozen states: `python -m training.fit_events`.

The words of the training batches of `datasets/events` that the lexicon takes or the encoder's own head does not rule
out; a trigger or mention is of its event's type, any other word reports nothing. Prints the F1 of words with types
on the development batch, then writes `src/readout/knowledge/data/events.npz`. Five minutes on one core.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate.datasets import ROOT, Item, items, locate
from readout.evaluate.event_set import read
from readout.extract.events.reports import lexical_reports
from readout.extract.events.seen import candidates
from readout.extract.events.weighing import FILE, log_chances
from readout.language import load

OUT = Path("src/readout/knowledge/data") / FILE
PENALTY = 10.0
"""Of squared weights, states taken in units of `SPREAD` standard deviations and log-probabilities in `SPREAD + 1`."""
SPREAD = 3.0
RAREST = 8
"""Times a trait must occur to get a weight."""
STEPS = 60
Floats = NDArray[np.float32]


@dataclass
class Word:
    """A candidate: its traits, what the encoder gives, and the column of its type (0: no event)."""

    traits: set[str]
    scored: Floats
    state: Floats
    above: Floats
    answer: int


def main() -> None:
    """Fit on the training batches, measure on the development batch, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--penalty", type=float, default=PENALTY)
    options = parser.parse_args()
    nlp = load()
    nlp.disable_pipes(*nlp.pipe_names[nlp.pipe_names.index("readout_events") :])
    train = [w for path in sorted((ROOT / "events").glob("train*.jsonl")) for w in words_of(path, nlp)]
    dev = list(words_of(ROOT / "events" / "dev.jsonl", nlp))
    layer = fit(train, options.penalty)
    print(f"{len(train)} words, {len(layer['names'])} traits; development F1 by bar: {measure(layer, dev)}")
    write(layer)


def words_of(path: Path, nlp: Language) -> Iterator[Word]:
    """The candidates of a batch; the other words of a trigger of several words are left out."""
    for item, doc in read(items(path), nlp):
        answers, parts = _answers(item, doc)
        scores = doc._.happening
        for token, traits in candidates(doc, {r.token.i: r for r in lexical_reports(doc)}):
            if token.i not in parts or token.i in answers:
                kind = answers.get(token.i)
                answer = 0 if kind is None else 1 + scores.names["events"][1:].index(kind)
                states = np.asarray(doc.tensor, dtype=np.float32)
                yield Word(traits, log_chances(scores, token.i), states[token.i], states[token.head.i], answer)


def _answers(item: Item, doc: Doc) -> tuple[dict[int, str], set[int]]:
    """By token the type that it reports, and all tokens of triggers."""
    answers, parts = {}, set()
    for event in item["events"]:
        for quoted in (event["trigger"], *event.get("mentions", ())):
            span = doc.char_span(*locate(item["text"], quoted), alignment_mode="expand")
            assert span is not None
            parts |= {t.i for t in span}
            answers[span.root.i] = event["type"]
    return answers, parts


def fit(train: list[Word], penalty: float) -> dict[str, NDArray[np.generic]]:
    """The layer's arrays."""
    counts = Counter(name for word in train for name in word.traits)
    names = sorted(name for name, n in counts.items() if n >= RAREST)
    scale = SPREAD * np.array([word.state for word in train]).std(axis=0)
    x, y = torch.from_numpy(_rows(train, names, scale)), torch.tensor([word.answer for word in train])
    weight = torch.zeros(x.shape[1], len(train[0].scored), requires_grad=True)
    bias = torch.zeros(weight.shape[1], requires_grad=True)
    solver = torch.optim.LBFGS([weight, bias], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        solver.zero_grad()
        found = torch.nn.functional.cross_entropy(x @ weight + bias, y, reduction="sum")
        found = found + penalty / 2 * (weight**2).sum()
        found.backward()
        return found

    solver.step(loss)
    known, scored, state, above = np.split(weight.detach().numpy(), _borders(names, train[0]))
    return {
        "names": np.array(names),
        "known": known,
        "scored": scored / (SPREAD + 1),
        "state": state / scale[:, None],
        "above": above / scale[:, None],
        "bias": bias.detach().numpy(),
    }


def _borders(names: list[str], word: Word) -> list[int]:
    return np.cumsum([len(names), len(word.scored), len(word.state)]).tolist()


def _rows(words: list[Word], names: list[str], scale: Floats) -> Floats:
    at = {name: n for n, name in enumerate(names)}
    known = np.zeros((len(words), len(names)), dtype=np.float32)
    for row, word in zip(known, words, strict=True):
        row[[at[name] for name in word.traits if name in at]] = 1
    scored = np.array([word.scored for word in words]) / (SPREAD + 1)
    states = [np.array([getattr(word, key) for word in words]) / scale for key in ("state", "above")]
    return np.hstack([known, scored, *states]).astype(np.float32)


def measure(layer: dict[str, NDArray[np.generic]], dev: list[Word]) -> dict[float, float]:
    """F1 of words with their types, by the bar from which one is taken, in percent."""
    rows = _rows(dev, layer["names"].tolist(), np.ones(1, dtype=np.float32))
    weight = np.vstack([layer["known"], layer["scored"] * (SPREAD + 1), layer["state"], layer["above"]])
    scores = torch.softmax(torch.from_numpy(rows @ weight + layer["bias"]), dim=1).numpy()
    answers, best = np.array([word.answer for word in dev]), 1 + scores[:, 1:].argmax(axis=1)
    found = {}
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7):
        taken = 1 - scores[:, 0] >= bar
        right = (taken & (best == answers)).sum()
        found[bar] = round(200 * float(right / (taken.sum() + (answers > 0).sum())), 1)
    return found


def write(layer: dict[str, NDArray[np.generic]]) -> None:
    """Store the layer in half floats, the names of its traits as bytes."""
    names = "\n".join(layer.pop("names").tolist())
    arrays = {name: array.astype(np.float16) for name, array in layer.items()}
    np.savez_compressed(OUT, traits=np.frombuffer(names.encode(), dtype=np.uint8), **arrays)


if __name__ == "__main__":
    main()
