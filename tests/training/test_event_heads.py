"""The heads for status and roles: what they learn from, and that all else stays."""

import pytest

torch = pytest.importorskip("torch", reason="torch is in the training extra, which is not installed")

from training.batches import NONE, Labels  # noqa: E402
from training.network import EVENT_WIDTH, Network  # noqa: E402

from readout.language import load  # noqa: E402
from training import fit_event_heads as fitting  # noqa: E402

LABELS = Labels(["NOUN"], ["NN"], ["_"], ["="], ["nsubj"])
ITEM = {
    "id": "t-1",
    "published": "2024-05-06",
    "kind": "sentence",
    "text": "Lima will free six men on Friday.",
    "events": [
        {"trigger": "free", "type": "RETREAT", "actors": ["Lima"], "recipients": ["six men"], "place": None,
         "time": "on Friday", "status": "planned"},
    ],
}  # fmt: skip


def test_words_of_an_item_get_their_roles_and_triggers_their_status() -> None:
    doc = load(rooms=False)(f"Nothing.\n\n{ITEM['text']}")
    together = [{"text": "Nothing.", "events": []}, ITEM]
    words = {token.i: token.text for token in doc}
    assert {words[i]: status for i, status in fitting.statuses_of(together, doc).items()} == {"free": "planned"}
    ((trigger, roles),) = fitting.tellings_of(together, doc).items()
    told = {words[i]: role for i, role in roles.items()}
    assert words[trigger] == "free"
    assert told == {"Lima": "actor", "six": "", "men": "recipient", "on": "", "Friday": "time"}


def test_the_heads_learn_and_all_else_stays() -> None:
    torch.manual_seed(0)
    net = Network(40, LABELS).eval()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    states = torch.randn(4, 5, EVENT_WIDTH).half()
    roles = [[0, 1, NONE, 2, 4], [1, 0, 0, NONE, 4], [0, 0, 3, 1, 0], [2, 1, 0, 0, NONE]]
    found = [fitting.Example([NONE, n, NONE, NONE, NONE], [(1, roles[n])], states[n]) for n in range(4)]
    heads = fitting.Heads(net)
    heads.train()
    solver = torch.optim.Adam(heads.parameters(), 1e-2)
    first = float(fitting.loss(heads, found).detach())
    for _ in range(40):
        solver.zero_grad()
        fitting.loss(heads, found).backward()
        solver.step()
    assert float(fitting.loss(heads.eval(), found).detach()) < first / 2
    heads.give(net)
    changed = {name for name, value in net.state_dict().items() if not torch.equal(value, before[name])}
    assert changed
    assert all("status" in name or name.startswith("role") for name in changed)
