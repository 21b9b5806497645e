"""Trains the heads for status and roles on the encoder's frozen layers: `python -m training.fit_event_heads`.

Status and roles are read off the states of both upper halves of the encoder: that of all other tasks, which knows tense
and tree, and that of events. The heads begin with what is shipped and learn from all batches of our event set: the
status of each trigger and mention, and which words of its window act, are acted on, say where and say when. Prints what
they get right on the development batches before and after each epoch, and writes a run that export reads. Forty minutes
on two cores, 10 GB of memory.
"""

import argparse
import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor, nn

from readout.evaluate.datasets import ROOT, Item, items
from readout.language import load
from readout.language.component import model_folder, words_of
from readout.language.encoder import Encoder, Window
from training.batches import NONE, Labels
from training.descent import descend, packed
from training.event_set import grouped, head_of, roles_of
from training.fit_event_layers import padded, write
from training.network import Network
from training.restore import shipped

OUT = Path("training/runs/event-heads")
SEED, EPOCHS, BUDGET = 3, 3, 6000
"""Of the random numbers; passes over the items; words in a batch, padding counted."""
STATES = ("states", "event_states")
"""Outputs of the encoder's file: the states of words of all tasks, and those of events."""
RATE = 1e-3
ROLES = 3.0
"""Weight of the loss of roles; it is a mean over all words, that of statuses over triggers."""


@dataclass
class Example:
    """One window of a text.

    Attributes:
        statuses: [words] the column of each trigger's status, `NONE` for all other words.
        tellings: the place of each trigger whose roles are known, with [words] the column of each word's role.
        states: [words, 768] of both upper halves, in half floats.
    """

    statuses: list[int]
    tellings: list[tuple[int, list[int]]]
    states: Tensor


class Heads(nn.Module):
    """The heads for status and roles."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.2)
        self.status_hidden, self.status = copy.deepcopy(net.status_hidden), copy.deepcopy(net.event["status"])
        self.role_trigger, self.role_word = copy.deepcopy(net.role_trigger), copy.deepcopy(net.role_word)
        self.role = copy.deepcopy(net.role)

    def forward(self, batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
        """[B, W, statuses] and [E, W, roles] scores; the triggers stand window by window."""
        x = self.drop(padded([e.states.float() for e in batch], 0))
        rows = torch.tensor([n for n, e in enumerate(batch) for _ in e.tellings], dtype=torch.long)
        at = torch.tensor([place for e in batch for place, _ in e.tellings], dtype=torch.long)
        one, word = self.role_trigger(x)[rows, at][:, None], self.role_word(x)[rows]
        pairs = self.drop(torch.cat([F.relu(one + word), one * word], -1))
        return self.status(self.status_hidden(x)), self.role(pairs)

    def give(self, net: Network) -> None:
        """Put the weights into a network."""
        for name in ("status_hidden", "role_trigger", "role_word", "role"):
            getattr(net, name).load_state_dict(getattr(self, name).state_dict())
        net.event["status"].load_state_dict(self.status.state_dict())


def main() -> None:
    """Train on all, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    labels = Labels(**json.loads((model_folder() / "labels.json").read_text()))
    net, nlp, folder = shipped(model_folder(), labels), load(rooms=False), ROOT / "events"
    texts = [text for path in sorted(folder.glob("train*.jsonl")) for text in grouped(items(path))]
    dev = {name: examples([[item] for item in items(folder / f"{name}.jsonl")], nlp, labels)
           for name in ("dev", "dev-articles")}  # fmt: skip
    fit(Heads(net), examples(texts, nlp, labels), dev, labels).give(net)
    write(net, labels, OUT)


def examples(texts: Sequence[Sequence[Item]], nlp: Language, labels: Labels) -> list[Example]:
    """The windows of texts of some items, a paragraph each; those without an event are left out."""
    encoder = nlp.get_pipe("readout_encoder").encoder  # type: ignore[attr-defined]
    found = []
    for together in texts:
        doc = nlp("\n\n".join(item["text"] for item in together))
        words, at = words_of(doc)
        statuses, tellings = statuses_of(together, doc), tellings_of(together, doc)
        for window in encoder.windows(words):
            tokens = at[window.start : window.end].tolist()
            columns = [labels.status.index(statuses[i]) if i in statuses else NONE for i in tokens]
            told = [(n, _columns(tellings[i], tokens, labels)) for n, i in enumerate(tokens) if i in tellings]
            if any(column != NONE for column in columns):
                found.append(Example(columns, told, _encoded(window, encoder)))
    return found


def _columns(roles: dict[int, str], tokens: Sequence[int], labels: Labels) -> list[int]:
    """The column of each token's role; the words of a phrase beside its head are not judged."""
    return [0 if i not in roles else labels.roles.index(roles[i]) if roles[i] else NONE for i in tokens]


def _encoded(window: Window, encoder: Encoder) -> Tensor:
    """[words, 768] states in half floats, as the shipped file gives them."""
    feed = {name: np.array([getattr(window, name)], dtype=np.int64) for name in ("ids", "casing", "first", "last")}
    states = encoder.session.run(list(STATES), feed)
    return torch.from_numpy(np.concatenate(states, axis=-1)[0]).half()


def statuses_of(together: Sequence[Item], doc: Doc) -> dict[int, str]:
    """By token the status of the event that it reports."""
    return {
        head_of(doc, item["text"], quoted, base).i: event["status"]
        for item, base in _based(together)
        for event in item["events"]
        for quoted in (*event.get("mentions", ()), event["trigger"])
    }


def tellings_of(together: Sequence[Item], doc: Doc) -> dict[int, dict[int, str]]:
    """By trigger the role of each token that heads a phrase; "" for the other words of such phrases."""
    return {
        head_of(doc, item["text"], event["trigger"], base).i: dict(roles_of(doc, item["text"], event, base))
        for item, base in _based(together)
        for event in item["events"]
    }


def _based(together: Sequence[Item]) -> list[tuple[Item, int]]:
    """Each item with the place of its first character."""
    found, base = [], 0
    for item in together:
        found.append((item, base))
        base += len(item["text"]) + 2
    return found


def batches(found: Sequence[Example]) -> list[list[Example]]:
    """Windows of like length together; each counts as often as it has triggers whose roles are known."""
    ordered = sorted(found, key=lambda e: len(e.statuses))
    return packed(ordered, [len(e.statuses) * max(1, len(e.tellings)) for e in ordered], BUDGET)


def fit(heads: Heads, train: Sequence[Example], dev: dict[str, list[Example]], labels: Labels) -> Heads:
    """The running mean of the weights at the end of its training."""
    groups = [{"params": list(heads.parameters()), "lr": RATE}]
    return descend(heads, batches(train), loss, groups, EPOCHS, SEED, partial(_figures, dev, labels))


def _figures(dev: dict[str, list[Example]], labels: Labels, heads: Heads) -> dict[str, dict[str, float]]:
    return {name: measure(heads, part, labels) for name, part in dev.items()}


def loss(heads: Heads, batch: Sequence[Example]) -> Tensor:
    """The loss of statuses, and of roles."""
    by_status, by_role = heads(batch)
    statuses, roles = _answers(batch)
    found = F.cross_entropy(by_status.flatten(0, 1), statuses.flatten(), ignore_index=NONE)
    if (roles != NONE).any():
        found = found + ROLES * F.cross_entropy(by_role.flatten(0, 1), roles.flatten(), ignore_index=NONE)
    return found


def _answers(batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """[B, W] the columns of statuses, [E, W] those of roles."""
    width = max(len(e.statuses) for e in batch)
    roles = [told + [NONE] * (width - len(told)) for e in batch for _, told in e.tellings]
    statuses = padded([torch.tensor(e.statuses) for e in batch], NONE)
    return statuses, torch.tensor(roles, dtype=torch.long).reshape(-1, width)


@torch.no_grad()
def measure(heads: Heads, found: Sequence[Example], labels: Labels) -> dict[str, float]:
    """In percent: the statuses that are right, and by role the F1 of the words that head its phrases."""
    right, count = 0, 0
    both, taken, gold = (torch.zeros(len(labels.roles)) for _ in range(3))
    for batch in batches(found):
        by_status, by_role = heads(batch)
        statuses, roles = _answers(batch)
        right += int((by_status.argmax(-1) == statuses).sum())
        count += int((statuses != NONE).sum())
        best, known = by_role.argmax(-1), roles != NONE
        for n in range(1, len(labels.roles)):
            taken[n] += ((best == n) & known).sum()
            gold[n] += (roles == n).sum()
            both[n] += ((best == n) & (roles == n)).sum()
    shares = {name: 2 * both[n] / (taken[n] + gold[n]) for n, name in enumerate(labels.roles) if n}
    return {name: round(100 * float(share), 1) for name, share in {"status": right / count, **shares}.items()}


if __name__ == "__main__":
    main()
