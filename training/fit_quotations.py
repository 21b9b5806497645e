"""Trains the layer for quotations on the encoder's frozen states: `python -m training.fit_quotations`.

PolNeAR's training articles, whole; of the running means of the weights after each epoch the one that does best on its
development articles is kept. Two minutes an epoch on one core, 4 GB of memory. Writes `quotations.onnx` into the folder
of the shipped model.
"""

import argparse
import copy
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor, nn

from readout.evaluate.development import read_jsonl
from readout.language import load
from readout.language.attributions import FILE, ROLES, best_tags, spans_of
from readout.language.component import model_folder
from readout.language.quote_features import quote_features
from training.averaging import average
from training.quotations import Layer, link_loss, tag_loss, write_onnx
from training.states import stored

SEED, EPOCHS, BATCH, RATE = 7, 10, 6, 2e-3
LINKS = 0.3
"""Weight of the loss of links beside that of tags."""
Ints = NDArray[np.int64]


@dataclass
class Example:
    """One article.

    Attributes:
        states: [n, 384] in half floats.
        features: [n, 4].
        heads: [n].
        tags: [n].
        links: [n] the number of the cue's first token, or -1.
    """

    states: NDArray[np.float16]
    features: Ints
    heads: Ints
    tags: Ints
    links: Ints


def examples(nlp: Language, name: str, articles: Sequence[dict[str, Any]]) -> list[Example]:
    """Annotated articles with the encoder's states."""
    relations = relation_classes(nlp)
    found = []
    for doc, article in zip(stored(nlp, name, [a["text"] for a in articles]), articles, strict=True):
        features, heads = quote_features(doc, relations)
        tags, links = answers(doc, article["attributions"])
        found.append(Example(np.asarray(doc.tensor), features, heads, tags, links))
    return found


def relation_classes(nlp: Language) -> dict[int, int]:
    """The class of each relation of the shipped model."""
    return nlp.get_pipe("readout_encoder").relations  # type: ignore[attr-defined,no-any-return]


def answers(doc: Doc, attributions: Sequence[dict[str, Any]]) -> tuple[Ints, Ints]:
    """The tag of each token, and the first token of its cue."""
    starts = np.array([token.idx for token in doc])
    tags, links = np.zeros(len(doc), dtype=np.int64), np.full(len(doc), -1, dtype=np.int64)
    for attribution in attributions:
        ranges = {role: [np.searchsorted(starts, span) for span in attribution[role]] for role in ROLES}
        cue = min((int(first) for first, _ in ranges["cue"]), default=-1)
        for n, role in enumerate(ROLES):
            for first, end in ranges[role]:
                tags[first:end] = 2 * n + 2
                tags[first : first + (first < end)] = 2 * n + 1
                if role != "cue":
                    links[first:end] = cue
    return tags, links


def main() -> None:
    """Train, choose on the development part, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    options = parser.parse_args()
    nlp = load(rooms=False)
    folder = options.shared / "data/quotes"
    train, dev = (
        examples(nlp, f"polnear-{part}", list(read_jsonl(folder / f"polnear_{part}.jsonl.gz")))
        for part in ("train", "dev")
    )
    layer = fit(train, dev, options.epochs)
    write_onnx(layer, model_folder() / FILE)


def fit(train: list[Example], dev: list[Example], epochs: int) -> Layer:
    """The layer at its best epoch."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    layer = Layer()
    mean = copy.deepcopy(layer)
    steps = epochs * -(-len(train) // BATCH)
    solver = torch.optim.AdamW(layer.parameters(), RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(solver, RATE, total_steps=steps, pct_start=0.1)
    best, kept, done = 0.0, copy.deepcopy(mean), 0
    for epoch in range(epochs):
        layer.train()
        for batch in batches(train, rng):
            loss = batch_loss(layer, batch)
            solver.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(layer.parameters(), 1.0)
            solver.step()
            schedule.step()
            done += 1
            average(mean, layer, done, 0.99)
        figures = measure(mean, dev)
        print(f"epoch {epoch + 1}: loss {loss.item():.4f} {figures}", flush=True)
        if (total := sum(figures.values())) > best:
            best, kept = total, copy.deepcopy(mean)
    return kept


def batches(train: list[Example], rng: random.Random) -> list[list[Example]]:
    """Articles of like length together."""
    ordered = sorted(train, key=lambda e: len(e.tags) * (1 + 0.1 * rng.random()))
    packed = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
    rng.shuffle(packed)
    return packed


def batch_loss(layer: Layer, batch: list[Example]) -> Tensor:
    """The loss of tags and links together."""
    scores, part, cue = layer(*inputs(batch))
    tags = _padded([torch.from_numpy(e.tags) for e in batch], -1)
    links = [
        link_loss(layer, part[n, : len(e.links)], cue[n, : len(e.links)], torch.from_numpy(e.links))
        for n, e in enumerate(batch)
    ]
    return tag_loss(layer, scores, tags) + LINKS * torch.stack(links).mean()


def inputs(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """States, features and heads as padded tensors."""
    return (
        _padded([torch.from_numpy(e.states.astype(np.float32)) for e in batch], 0),
        _padded([torch.from_numpy(e.features) for e in batch], 0),
        _padded([torch.from_numpy(e.heads) for e in batch], 0),
    )


def _padded(rows: list[Tensor], fill: int) -> Tensor:
    return nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=fill)


@torch.no_grad()
def measure(layer: Layer, dev: list[Example]) -> dict[str, float]:
    """F1 of exact spans of each role, in percent."""
    layer.eval()
    right, gold, found = np.zeros(3), np.zeros(3), np.zeros(3)
    for example in dev:
        scores, _, _ = layer(*inputs([example]))
        ours = spans_of(best_tags(scores[0].numpy(), layer.transitions().numpy()))
        theirs = spans_of(example.tags.tolist())
        right += [len(set(ours[role]) & set(theirs[role])) for role in ROLES]
        gold += [len(theirs[role]) for role in ROLES]
        found += [len(ours[role]) for role in ROLES]
    f1 = 200 * right / (gold + found)
    return {role: round(float(x), 2) for role, x in zip(ROLES, f1, strict=True)}


if __name__ == "__main__":
    main()
