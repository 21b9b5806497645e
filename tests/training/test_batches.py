"""Windows as tensors, and a network that learns from them. Needs the training extra."""

import random

import pytest

torch = pytest.importorskip("torch", reason="torch is in the training extra, which is not installed")

from training.corpora import Sentence, Text  # noqa: E402
from training.network import Network, arc_scores, losses  # noqa: E402

from readout.language.component import model_folder  # noqa: E402
from readout.language.wordpiece import HIDDEN, WordPiece  # noqa: E402
from training import batches  # noqa: E402

SENTENCES = [
    Sentence(
        words=["Ghana", "votes"],
        tags=[("PROPN", "NNP", "Number=Sing", "Ghana"), ("VERB", "VBZ", "Tense=Pres", "vote")],
        trees=[(1, "nsubj"), (-1, "root")],
        names=["B-PLACE", "O"],
        opens_paragraph=True,
    ),
    Sentence(words=["Few", "came"], tags=None, trees=None, names=["O", "O"], opens_paragraph=True),
]


@pytest.fixture(scope="module")
def pieces() -> WordPiece:
    return WordPiece.from_file(model_folder() / "vocab.txt")


@pytest.fixture(scope="module")
def labels() -> batches.Labels:
    return batches.Labels.of([Text("toy", SENTENCES)], rare=1)


def test_every_sentence_is_in_one_window(pieces: WordPiece) -> None:
    texts = [Text("toy", [Sentence(words=[f"w{i}"] * (i % 9 + 1)) for i in range(200)])]
    cut = batches.windows(texts, pieces, random.Random(1), longest=60)
    assert [s for w in cut for s in w.sentences] == texts[0].sentences
    packed = batches.batches(cut, 256, random.Random(1))
    assert sum(map(len, packed)) == len(cut)


def test_answers_stand_at_their_words(pieces: WordPiece, labels: batches.Labels) -> None:
    window = batches.Window(SENTENCES, "toy", 6)
    rows = batches.Collator(pieces, labels, 60)([window])
    none = batches.NONE
    assert rows["head"].tolist() == [[2, 0, none, none]]
    assert rows["start"].tolist() == [[none, 0, none, none]]
    assert rows["upos"].tolist()[0][2:] == [none, none]
    assert rows["names"].tolist() == [[labels.names.index("B-PLACE"), 0, 0, 0]]
    assert rows["ids"][0, rows["first"][0, 2] - 1] == pieces.sep
    assert rows["casing"][0, 0] == HIDDEN


def test_no_head_outside_the_sentence(pieces: WordPiece, labels: batches.Labels) -> None:
    batch = batches.Collator(pieces, labels, 60)([batches.Window(SENTENCES, "toy", 6)])
    net = Network(len(pieces.numbers), labels).eval()
    scores = arc_scores(net(batch), batch["sentence"])
    assert scores.shape == (1, 4, 5)
    assert (scores[0, 0, 3:] == -1e4).all()
    assert (scores[0, :, 1:].diagonal() == -1e4).all()


def test_the_network_learns(pieces: WordPiece, labels: batches.Labels) -> None:
    torch.manual_seed(0)
    batch = batches.Collator(pieces, labels, 60)([batches.Window(SENTENCES, "toy", 6)])
    net = Network(len(pieces.numbers), labels).eval()
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    totals = []
    for _ in range(12):
        total = sum(losses(net, net(batch), batch, silver=0.3).values())
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
        totals.append(float(total.detach()))
    assert totals[-1] < totals[0] / 4
