"""Fits the layer for events on the encoder's frozen states: `python -m training.fit_events`.

Of each candidate word (`event_words`) the layer is told traits, what uses of the word told in other items, the
opinion of the encoder's head, and the encoder's states around it. Each half of the batches is read with the encoder
whose head did not learn from it (`fit_event_layers`). Prints the F1 of words with types on the development batch, then
writes `src/readout/knowledge/data/events.npz`. Forty minutes on one core, 12 GB of memory.
"""

import copy
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from spacy.language import Language
from torch import Tensor, nn

from readout.evaluate.datasets import ROOT, items
from readout.extract.events.precedents import KEYS, keys_in
from readout.extract.events.weighing import FILE, LARGE, VIEWS, opinions
from readout.knowledge.codebook import codebook
from readout.language import load
from training.averaging import average
from training.event_set import HALVES, half_of, half_run
from training.event_words import UNJUDGED, Memory, Word, training_words, words_of

OUT = Path("src/readout/knowledge/data") / FILE
EPOCHS, BATCH, RATE, DECAY, HIDDEN = 6, 512, 4e-3, 0.05, 160
TEACHERS, PUPIL = (7, 8), 17
"""Seeds of the layers whose mean the shipped one learns from, and its own."""
MODES = 0.3
"""Weight of the loss of modes."""
RAREST = 8
"""Times a trait must occur to get a weight."""
SPREAD = 3.0
"""Standard deviations of a state that count as one; keeps the decay of its weights in proportion to that of traits."""


@dataclass
class Table:
    """Candidates as tensors.

    Attributes:
        traits: [words, traits + (keys + 1) * classes] 1 where a trait holds, then what the word told in other items,
            then the opinion of the encoder's head.
        views: [words, views * states].
        answers: [words], or [words, classes] the probability of each.
        modes: [words] the column of the mode, `UNJUDGED` for what is no event.
    """

    traits: Tensor
    views: Tensor
    answers: Tensor
    modes: Tensor

    def rows(self, which: Tensor) -> "Table":
        """Some of the words."""
        return Table(self.traits[which], self.views[which], self.answers[which], self.modes[which])


class Layer(nn.Module):
    """What `readout.extract.events.weighing` runs, with noise while it learns."""

    def __init__(self, traits: int, scale: Tensor, modes: int) -> None:
        super().__init__()
        classes = 1 + len(codebook().types)
        self.register_buffer("scale", scale)
        self.noise, self.drop = nn.Dropout(0.2), nn.Dropout(0.3)
        self.known, self.views = nn.Linear(traits, HIDDEN), nn.Linear(len(scale), HIDDEN, bias=False)
        self.norm, self.middle = nn.LayerNorm(HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.out, self.direct = nn.Linear(HIDDEN, classes), nn.Linear(traits, classes, bias=False)
        self.modes = nn.Linear(HIDDEN, modes)
        nn.init.zeros_(self.direct.weight)

    def forward(self, words: Table) -> tuple[Tensor, Tensor]:
        """[words, classes] and [words, modes] scores."""
        x = self.known(self.noise(words.traits)) + self.views(self.noise(words.views / self.scale))
        x = self.drop(F.gelu(self.norm(x), approximate="tanh"))
        x = x + self.drop(F.gelu(self.middle(x), approximate="tanh"))
        return self.out(x) + self.direct(words.traits), self.modes(x)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The weights by the names and in the shapes of `weighing.Weights`."""
        turned = {
            "known": self.known.weight.T,
            "views": (self.views.weight / self.scale).T.reshape(len(VIEWS), -1, HIDDEN),
            "bias": self.known.bias,
            "gain": self.norm.weight,
            "shift": self.norm.bias,
            "middle": self.middle.weight.T,
            "middle_bias": self.middle.bias,
            "out": self.out.weight.T,
            "out_bias": self.out.bias,
            "modes": self.modes.weight.T,
            "modes_bias": self.modes.bias,
            "direct": self.direct.weight.T,
        }
        return {name: value.detach().numpy() for name, value in turned.items()}


def main() -> None:
    """Fit on the training batches, measure on the development batch, write."""
    nlp, halves = _reader(None), [_reader(half_run(half) / "model") for half in HALVES]
    paths = sorted((ROOT / "events").glob("train*.jsonl"))
    train = [word for path in paths for word in training_words(path, halves[half_of(path)])]
    dev = {name: [word for item in items(ROOT / "events" / f"{name}.jsonl") for word in words_of([item], nlp)]
           for name in ("dev", "dev-articles")}  # fmt: skip
    names, memory = traits_worth(train), Memory(train)
    layer = fit(table(train, names, memory), len(nlp.get_pipe("readout_encoder").labels["modes"]))
    print(f"{len(train)} words, {len(names)} traits")
    for name, words in dev.items():
        print(f"{name}, F1 by bar: {measure(layer, table(words, names, memory))}")
    write(layer, names, memory)


def _reader(model: Path | None) -> Language:
    """What reads texts up to their events, with the shipped encoder or another."""
    nlp = load(str(model) if model else None)
    nlp.disable_pipes(*nlp.pipe_names[nlp.pipe_names.index("readout_events") :])
    return nlp


def traits_worth(words: Sequence[Word]) -> list[str]:
    """The traits that occur often enough for a weight."""
    counts = Counter(name for word in words for name in word.traits - set(keys_in(word.traits)))
    return sorted(name for name, n in counts.items() if n >= RAREST)


def table(words: Sequence[Word], names: Sequence[str], memory: Memory) -> Table:
    """Words as tensors; `names` are the traits that have a column."""
    at = {name: n for n, name in enumerate(names)}
    classes = len(memory.usual)
    traits = np.zeros((len(words), len(names) + (len(KEYS) + 1) * classes), dtype=np.float32)
    for row, word in zip(traits, words, strict=True):
        row[[at[name] for name in word.traits if name in at]] = 1
        row[len(names) : -classes] = memory.odds_of(word)
        row[-classes:] = opinions(word.chances)
    seen = np.array([word.views.ravel() for word in words])
    answers, modes = ([getattr(word, name) for word in words] for name in ("answer", "mode"))
    return Table(torch.from_numpy(traits), torch.from_numpy(seen).float(), torch.tensor(answers), torch.tensor(modes))


def fit(train: Table, modes: int) -> Layer:
    """The layer: it learns from the answers and, as much, from what several others make of the words, which learnt from
    the answers alone (Hinton, Vinyals and Dean 2015); it comes close to their mean, which is better than each."""
    teachers = [learnt(train, seed, modes) for seed in TEACHERS]
    with torch.no_grad():
        mean = torch.stack([torch.softmax(teacher(train)[0], dim=1) for teacher in teachers]).mean(dim=0)
    answers = F.one_hot(train.answers, mean.shape[1])
    return learnt(replace(train, answers=(mean + answers) / 2), PUPIL, modes)


def learnt(train: Table, seed: int, modes: int) -> Layer:
    """The running mean of a layer's weights at the end of its training."""
    torch.manual_seed(seed)
    layer = Layer(train.traits.shape[1], SPREAD * train.views.std(dim=0) + 1e-3, modes)
    mean = copy.deepcopy(layer)
    count = len(train.answers)
    steps = EPOCHS * -(-count // BATCH)
    solver = torch.optim.AdamW(layer.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(solver, RATE, total_steps=steps, pct_start=0.1)
    done = 0
    for _ in range(EPOCHS):
        for which in torch.randperm(count).split(BATCH):
            batch = train.rows(which)
            by_type, by_mode = layer(batch)
            loss = F.cross_entropy(by_type, batch.answers) + MODES * F.cross_entropy(by_mode, batch.modes)
            solver.zero_grad()
            loss.backward()
            solver.step()
            schedule.step()
            done += 1
            average(mean, layer, done, 0.99)
    return mean.eval()


@torch.no_grad()
def measure(layer: Layer, words: Table) -> dict[float, float]:
    """F1 of words with their types, by the bar from which one is taken, in percent."""
    by_type, by_mode = layer(words)
    known = words.modes != UNJUDGED
    print(f"modes right: {100 * float((by_mode.argmax(dim=1) == words.modes)[known].float().mean()):.1f} %")
    scores = torch.softmax(by_type, dim=1)
    best = 1 + scores[:, 1:].argmax(dim=1)
    found = {}
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7):
        taken = 1 - scores[:, 0] >= bar
        right = (taken & (best == words.answers)).sum()
        found[bar] = round(200 * float(right / (taken.sum() + (words.answers > 0).sum())), 1)
    return found


def write(layer: Layer, names: Sequence[str], memory: Memory) -> None:
    """Store the layer: large arrays in int8 with a scale a row, the others in half floats, names as bytes."""
    lists = {"traits": names, "keys": sorted(memory.counts)}
    stored: dict[str, NDArray[np.generic]] = {
        name: np.frombuffer("\n".join(held).encode(), dtype=np.uint8) for name, held in lists.items()
    }
    stored["counts"] = np.array([memory.counts[key] for key in lists["keys"]]).astype(np.uint16)
    stored["usual"] = memory.usual
    for name, values in layer.arrays().items():
        if name in LARGE:
            scale = np.maximum(np.abs(values).max(axis=-1, keepdims=True), 1e-8) / 127
            stored[name], stored[f"{name}_scale"] = np.rint(values / scale).astype(np.int8), scale.astype(np.float32)
        else:
            stored[name] = values.astype(np.float16)
    np.savez_compressed(OUT, **stored)


if __name__ == "__main__":
    main()
