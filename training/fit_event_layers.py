"""Trains the encoder's upper layers for events: `python -m training.fit_event_layers`.

The layers begin as copies of the upper layers of all other tasks and see what lies below them as it is, so that nothing
else changes. They learn which words of our event set trigger events, of which type and mode, from all their words. They
are trained three times: on all batches, which is shipped, and without either half of them, so that what is stacked on
the head (`training.fit_events`) can be fitted on the opinion of one that has not learnt from a text. Begins with what
is shipped, prints the F1 of words with types on the development batches after each epoch, and writes three runs that
export reads. An hour and a half on two cores, 8 GB of memory.
"""

import argparse
import copy
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from spacy.language import Language
from torch import Tensor, nn

from readout.evaluate.datasets import ROOT, Item, items
from readout.extract.events.seen import WORTH
from readout.language import load
from readout.language.component import model_folder, words_of
from readout.language.encoder import Window
from training.batches import Labels
from training.descent import descend, packed
from training.event_set import HALVES, grouped, half_of, half_run
from training.event_words import answers_of
from training.network import SHARED, Network, of_words, through
from training.restore import shipped

OUT = Path("training/runs/event-layers")
SEED, EPOCHS, BUDGET = 3, 3, 2000
"""Of the random numbers; passes over the items; pieces in a batch, padding counted."""
RATE, HEAD_RATE = 1.5e-4, 1e-3
MODES = 0.05
"""Weight of the loss of modes; it is a mean over triggers, that of types over all words."""


@dataclass
class Example:
    """One window of a text.

    Attributes:
        window: its pieces.
        types: [words] the column of each word's type, -100 for further words of a trigger.
        modes: [words] likewise, -100 for all words that trigger nothing.
        states: [pieces, 384] of the layer below, in half floats.
    """

    window: Window
    types: list[int]
    modes: list[int]
    states: Tensor


class Layers(nn.Module):
    """The upper layers for events with the heads of types and modes on them."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.blocks, self.hidden = copy.deepcopy(net.encoder.blocks[SHARED:]), copy.deepcopy(net.event_hidden)
        self.types, self.modes = copy.deepcopy(net.event["events"]), copy.deepcopy(net.event["modes"])

    def forward(self, batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
        """[B, W, types] and [B, W, modes] scores."""
        x = padded([e.states.float() for e in batch], 0)
        first, last = (padded([torch.tensor(getattr(e.window, end)) for e in batch], 0) for end in ("first", "last"))
        padding = padded([torch.zeros(len(e.states)) for e in batch], -1e4)
        hidden = self.hidden(of_words(through(self.blocks, x, padding[:, None, None, :]), first, last))
        return self.types(hidden), self.modes(hidden)

    def give(self, net: Network) -> None:
        """Put the weights into a network."""
        net.encoder.event_blocks.load_state_dict(self.blocks.state_dict())
        net.event_hidden.load_state_dict(self.hidden.state_dict())
        net.event["events"].load_state_dict(self.types.state_dict())
        net.event["modes"].load_state_dict(self.modes.state_dict())


def main() -> None:
    """Train on all and without either half, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    labels = Labels(**json.loads((model_folder() / "labels.json").read_text()))
    net = shipped(model_folder(), labels)
    nlp = load(rooms=False)
    folder = ROOT / "events"
    texts = {path: list(grouped(items(path))) for path in sorted(folder.glob("train*.jsonl"))}
    train = {path: examples(found, nlp, net, labels) for path, found in texts.items()}
    dev = {name: examples([[item] for item in items(folder / f"{name}.jsonl")], nlp, net, labels)
           for name in ("dev", "dev-articles")}  # fmt: skip
    start = Layers(net)
    layers = fit(copy.deepcopy(start), [example for found in train.values() for example in found], dev)
    layers.give(net)
    write(net, labels, OUT)
    for half in HALVES:
        others = [example for path, found in train.items() if half_of(path) != half for example in found]
        fit(copy.deepcopy(start), others, dev).give(net)
        write(net, labels, half_run(half))


def write(net: Network, labels: Labels, folder: Path) -> None:
    """Write a run that export reads."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save({"mean": net.state_dict()}, folder / "checkpoint.pt")
    (folder / "labels.json").write_text(json.dumps(asdict(labels), indent=0))


def examples(texts: Sequence[Sequence[Item]], nlp: Language, net: Network, labels: Labels) -> list[Example]:
    """The windows of texts of some items, a paragraph each."""
    encoder = nlp.get_pipe("readout_encoder").encoder  # type: ignore[attr-defined]
    found = []
    for together in texts:
        doc = nlp("\n\n".join(item["text"] for item in together))
        words, at = words_of(doc)
        answers, parts = answers_of(together, doc)
        told = [answers.get(i) for i in at.tolist()]
        types = [labels.events.index(t[0]) if t else -100 if i in parts else 0
                 for t, i in zip(told, at.tolist(), strict=True)]  # fmt: skip
        modes = [labels.modes.index(f"{t[0]}:{t[1]}" if t[1] else "") if t else -100 for t in told]
        for window in encoder.windows(words):
            part = slice(window.start, window.end)
            found.append(Example(window, types[part], modes[part], torch.zeros(0)))
    _encode(found, net)
    return found


@torch.no_grad()
def _encode(found: Sequence[Example], net: Network) -> None:
    for batch in batches(found):
        ids, casing = (padded([torch.tensor(getattr(e.window, name)) for e in batch], 0) for name in ("ids", "casing"))
        states, _ = net.encoder.lower(ids, casing)
        for example, rows in zip(batch, states.half(), strict=True):
            example.states = rows[: len(example.window.ids)].clone()


def batches(found: Sequence[Example]) -> list[list[Example]]:
    """Windows of like length together."""
    ordered = sorted(found, key=lambda e: len(e.window.ids))
    return packed(ordered, [len(e.window.ids) for e in ordered], BUDGET)


def fit(layers: Layers, train: Sequence[Example], dev: dict[str, list[Example]]) -> Layers:
    """The running mean of the weights at the end of its training."""
    heads = [p for part in (layers.hidden, layers.types, layers.modes) for p in part.parameters()]
    groups = [{"params": list(layers.blocks.parameters()), "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    return descend(layers, batches(train), loss, groups, EPOCHS, SEED, partial(_figures, dev))


def _figures(dev: dict[str, list[Example]], layers: Layers) -> dict[str, dict[str, float]]:
    return {name: measure(layers, part) for name, part in dev.items()}


def loss(layers: Layers, batch: Sequence[Example]) -> Tensor:
    """The loss of types, and of the modes of those that trigger something."""
    types, modes = (padded([torch.tensor(getattr(e, name)) for e in batch], -100) for name in ("types", "modes"))
    by_type, by_mode = layers(batch)
    found = F.cross_entropy(by_type.flatten(0, 1), types.flatten())
    if (modes >= 0).any():
        found = found + MODES * F.cross_entropy(by_mode.flatten(0, 1), modes.flatten())
    return found


@torch.no_grad()
def measure(layers: Layers, found: Sequence[Example]) -> dict[str, float]:
    """In percent: F1 of words with their types, taken from a probability of a half on; the words, and the triggers,
    that are likely enough to be weighed (`WORTH`)."""
    scores, types = [], []
    for batch in batches(found):
        answers = padded([torch.tensor(e.types) for e in batch], -100)
        scores.append(torch.softmax(layers(batch)[0], dim=-1)[answers >= 0])
        types.append(answers[answers >= 0])
    chances, gold = torch.cat(scores), torch.cat(types)
    taken, weighed = chances[:, 0] <= 0.5, 1 - chances[:, 0] >= WORTH
    right = taken & (1 + chances[:, 1:].argmax(dim=-1) == gold)
    shares = {
        "F1": 2 * right.sum() / (taken.sum() + (gold > 0).sum()),
        "words weighed": weighed.float().mean(),
        "triggers weighed": weighed[gold > 0].float().mean(),
    }
    return {name: round(100 * float(share), 1) for name, share in shares.items()}


def padded(rows: Sequence[Tensor], fill: float) -> Tensor:
    """Rows of unlike length as one tensor."""
    return nn.utils.rnn.pad_sequence(list(rows), batch_first=True, padding_value=fill)


if __name__ == "__main__":
    main()
