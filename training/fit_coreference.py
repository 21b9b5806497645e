"""Trains the ranker of coreference: `python -m training.fit_coreference --shared ../shared`.

Reads OntoGUM's training documents with the pipeline up to coreference, takes each mention with the antecedents that it
may have, and fits the network of `readout.extract.coreference.ranker` so that the right ones are likeliest (the
marginal log-likelihood of Lee et al. 2017). Writes `src/readout/knowledge/data/coreference.npz`; some five minutes on
one core. To be run again whenever the encoder has changed, as the weights hold for its states alone.
"""

import argparse
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from readout.evaluate.coreference import read_documents
from readout.extract.coreference import appositions
from readout.extract.coreference.mentions import Mentions, mentions_of
from readout.extract.coreference.pairs import pair_features, pairs_of, traits
from readout.language import load

OUT = Path("src/readout/knowledge/data/coreference.npz")
EPOCHS = 20
RATE = 2e-3
DECAY = 1e-2
DROPOUT = 0.3
REDUCED, HIDDEN, PROJECTED = 48, 64, 32
"""Widths of the reduced state, the hidden layer and the projections whose product is taken."""
SHIFT = 0.5
"""Taken off the score of "nothing before": links are fitted, chains are wanted; chosen by CoNLL F1 on the dev part."""


class Case:
    """One document as tensors."""

    def __init__(self, states: Any, mentions: Mentions, chain: list[int]) -> None:
        i, j = pairs_of(mentions)
        chains = np.array(chain)
        self.states = torch.tensor(states)
        self.traits = torch.tensor(traits(mentions))
        self.features = torch.tensor(pair_features(mentions, i, j))
        self.i, self.j = torch.tensor(i), torch.tensor(j)
        self.right = torch.tensor((chains[i] == chains[j]) & (chains[i] >= 0)).float()
        self.open = torch.tensor(_is_first(mentions)) & torch.zeros(len(mentions)).index_fill(0, self.i, 1.0).bool()


def _is_first(mentions: Mentions) -> list[bool]:
    """Whether a mention is to be decided: all but the later names of an entity."""
    seen: set[int] = set()
    return [entity < 0 or not (entity in seen or seen.add(entity)) for entity in mentions.entity.tolist()]  # type: ignore[func-returns-value]


class Ranker(nn.Module):
    """The network of `readout.extract.coreference.ranker`; parameters bear the names of the arrays there."""

    def __init__(self, states: Tensor, traits: int, features: int) -> None:
        super().__init__()
        known = REDUCED + traits
        self.register_buffer("mean", states.mean(0))
        self.register_buffer("scale", states.std(0) + 1e-3)
        self.reduce, self.project = _matrix(states.shape[1], REDUCED), _matrix(states.shape[1], PROJECTED)
        self.later, self.earlier, self.bias = _matrix(known, HIDDEN), _matrix(known, HIDDEN), _zeros(HIDDEN)
        self.pair, self.product = _matrix(features, HIDDEN), _matrix(PROJECTED, HIDDEN)
        self.out, self.direct = _vector(HIDDEN), _zeros(features)
        self.alone, self.alone_bias, self.alone_out = _matrix(known, HIDDEN), _zeros(HIDDEN), _vector(HIDDEN)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, case: Case) -> tuple[Tensor, Tensor]:
        """Scores of the pairs and of the mentions alone, as `ranker.scores` has them."""
        states = self.drop((case.states - self.mean) / self.scale)
        known = torch.cat([self.drop(states @ self.reduce), case.traits], 1)
        later, earlier = known @ self.later + self.bias, known @ self.earlier
        projected = self.drop(states @ self.project)
        product = projected[case.i] * projected[case.j]
        hidden = later[case.i] + earlier[case.j] + case.features @ self.pair + product @ self.product
        alone = self.drop(torch.relu(known @ self.alone + self.alone_bias)) @ self.alone_out
        return self.drop(torch.relu(hidden)) @ self.out + case.features @ self.direct, alone


def _matrix(rows: int, columns: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(rows, columns) / rows**0.5)


def _vector(size: int) -> nn.Parameter:
    return nn.Parameter(0.1 * torch.randn(size) / size**0.5)


def _zeros(size: int) -> nn.Parameter:
    return nn.Parameter(torch.zeros(size))


def loss_of(pair: Tensor, alone: Tensor, case: Case) -> Tensor:
    """Minus the log-likelihood of the right antecedents, "none" where none is within reach."""
    top = alone.detach().scatter_reduce(0, case.i, pair.detach(), "amax")
    weight, none = torch.exp(pair - top[case.i]), torch.exp(alone - top)
    total = none.index_add(0, case.i, weight)
    right = torch.zeros_like(none).index_add(0, case.i, weight * case.right)
    linked = torch.zeros_like(none).index_add(0, case.i, case.right) > 0
    right = torch.where(linked, right, none)
    return (torch.log(total) - torch.log(right + 1e-12))[case.open].sum()


def cases(shared: Path, split: str, model: str | None) -> Iterator[Case]:
    """The documents of a part of OntoGUM, read by the pipeline up to coreference."""
    nlp = load(model)
    pipes = nlp.pipe_names
    with nlp.select_pipes(disable=pipes[pipes.index("readout_coreference") :]):
        for _, doc, gold in read_documents(shared, split, nlp):
            appositions(doc)
            mentions = mentions_of(doc)
            chain_of = {key: number for number, chain in enumerate(gold) for key in chain}
            keys = zip(mentions.heads.tolist(), mentions.last.tolist(), strict=True)
            yield Case(doc.tensor[mentions.heads], mentions, [chain_of.get(key, -1) for key in keys])


def fit(data: list[Case], seed: int) -> dict[str, np.ndarray[Any, Any]]:
    """Train; the same seed gives the same weights.

    Returns:
        The arrays that `ranker.scores` takes, in half precision.
    """
    torch.manual_seed(seed)
    order = random.Random(seed)
    model = Ranker(torch.cat([case.states for case in data]), data[0].traits.shape[1], data[0].features.shape[1])
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * ((len(data) + 1) // 2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(EPOCHS):
        order.shuffle(data)
        total = 0.0
        for at in range(0, len(data), 2):
            optimizer.zero_grad()
            loss = torch.stack([loss_of(*model(case), case) for case in data[at : at + 2]]).sum() / 200
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            total += 200 * float(loss.detach())
        print(f"epoch {epoch + 1}: {total / sum(int(c.open.sum()) for c in data):.4f} nats a mention", flush=True)
    arrays = {name: value.detach().numpy().astype(np.float16) for name, value in model.state_dict().items()}
    return arrays | {"shift": np.array([SHIFT], dtype=np.float16)}


def main(arguments: Iterable[str] | None = None) -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--model", help="a folder that training.export wrote; else the shipped model")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    start = time.monotonic()
    torch.set_num_threads(1)
    data = list(cases(options.shared, "train", options.model))
    print(f"{len(data)} documents read in {time.monotonic() - start:.0f} s", flush=True)
    np.savez_compressed(options.out, **fit(data, options.seed))
    print(f"{options.out} written after {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
