"""The encoder's layers for events: what is left out, and that they learn beside all else."""

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is in the training extra, which is not installed")

from training.batches import Labels  # noqa: E402
from training.event_set import HALVES, half_of  # noqa: E402
from training.network import Network  # noqa: E402

from readout.evaluate.datasets import ROOT, items  # noqa: E402
from readout.language.encoder import Window  # noqa: E402
from training import fit_event_layers as fitting  # noqa: E402

LABELS = Labels(["NOUN"], ["NN"], ["_"], ["="], ["nsubj"])


def example(types: list[int]) -> fitting.Example:
    """A window of as many words, one piece each."""
    places = list(range(1, len(types) + 1))
    ids = [1, *range(2, len(types) + 2), 1]
    window = Window(0, len(types), ids, [1] * len(ids), places, places)
    return fitting.Example(window, types, [0 if kind > 0 else -100 for kind in types], torch.zeros(0))


def test_each_batch_is_in_one_half() -> None:
    batches = sorted((ROOT / "events").glob("train*.jsonl"))
    sizes = [sum(1 for batch in batches if half_of(batch) == half for _ in items(batch)) for half in HALVES]
    assert min(sizes) > 0.4 * sum(sizes)
    assert half_of(Path("elsewhere") / batches[0].name) == half_of(batches[0])


def test_every_item_is_in_one_text() -> None:
    batch = [{"id": f"{n}", "kind": "article" if n % 9 == 0 else "sentence"} for n in range(50)]
    texts = list(fitting.grouped(list(batch)))
    assert sorted(item["id"] for text in texts for item in text) == sorted(item["id"] for item in batch)
    assert all(len(text) == 1 for text in texts if text[0]["kind"] == "article")


def test_the_layers_learn_and_all_else_stays() -> None:
    torch.manual_seed(0)
    net = Network(40, LABELS).eval()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    rng = random.Random(1)
    found = [example([3 if n == at else 0 for n in range(6)]) for at in (rng.randrange(6) for _ in range(8))]
    fitting._encode(found, net)
    layers = fitting.Layers(net)
    first = float(fitting.loss(layers, found).detach())
    solver = torch.optim.Adam(layers.parameters(), 1e-3)
    for _ in range(15):
        solver.zero_grad()
        fitting.loss(layers, found).backward()
        solver.step()
    assert float(fitting.loss(layers, found).detach()) < first / 2
    layers.give(net)
    changed = {name for name, value in net.state_dict().items() if not torch.equal(value, before[name])}
    assert changed
    assert all("event" in name and "status" not in name for name in changed)
