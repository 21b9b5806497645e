"""A layer for quotations on the frozen states of the shipped encoder: the network and its losses.

It reads a whole article at once, where the encoder sees a window, and is told what the encoder does not see: where
quotation marks open and close, the tree, and the borders of sentences and paragraphs. Spans are tagged by a linear
chain CRF (Lafferty, McCallum and Pereira 2001) over a bidirectional LSTM; cues are tied to sources and contents as in
`readout.language.attributions`.
"""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from readout.language.attributions import TAGS
from readout.language.quote_features import CLASSES
from training.network import FARTHEST, WIDTH, distance_class

INNER, HIDDEN, LINK = 192, 96, 64
CHUNK = 64
"""Words that the CRF's loss looks at together; it costs a tie in 64, and saves most of the time."""


class Layer(nn.Module):
    """States and features of whole articles to scores of tags, and the vectors that tie parts to cues."""

    def __init__(self) -> None:
        super().__init__()
        self.noise = nn.Dropout(0.2)
        self.inner = nn.Linear(WIDTH, INNER)
        self.features = nn.ModuleDict({name: nn.Embedding(n, INNER) for name, n in CLASSES.items()})
        self.head = nn.Linear(INNER, INNER)
        self.norm = nn.LayerNorm(INNER)
        self.drop = nn.Dropout(0.3)
        self.lstm = nn.LSTM(INNER, HIDDEN, batch_first=True, bidirectional=True)
        self.tags = nn.Linear(2 * HIDDEN + INNER, len(TAGS))
        self.part, self.cue = nn.Linear(2 * HIDDEN + INNER, LINK), nn.Linear(2 * HIDDEN + INNER, LINK)
        self.far = nn.Embedding(2 * FARTHEST + 1, 1)
        self.next = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("allowed", torch.tensor([[_follows(a, b) for b in TAGS] for a in TAGS]))
        nn.init.zeros_(self.far.weight)
        for table in self.features.values():
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, states: Tensor, features: Tensor, heads: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of each word.

        Args:
            states: [B, W, 384].
            features: [B, W, 4] classes, in the order of `CLASSES`.
            heads: [B, W] the number of the word above each in its tree.
        """
        x = self.inner(self.noise(states))
        for n, table in enumerate(self.features.values()):
            x = x + table(features[..., n])
        x = F.gelu(x)
        above = x.gather(1, heads[..., None].expand(-1, -1, INNER))
        x = self.drop(self.norm(x + self.head(above)))
        y = torch.cat([self.drop(self.lstm(x)[0]), x], -1)
        return self.tags(y), self.part(y), self.cue(y)

    def transitions(self) -> Tensor:
        """[tags, tags] what it adds that one follows another; I follows its own B or I alone."""
        return self.next.masked_fill(~self.allowed, -1e4)


def _follows(before: str, tag: str) -> bool:
    return tag[0] != "I" or before[2:] == tag[2:]


def tag_loss(layer: Layer, scores: Tensor, answers: Tensor) -> Tensor:
    """The mean negative log-likelihood of a word; `answers` [B, W] is -1 in the padding."""
    _, w, n = scores.shape
    scores = F.pad(scores, (0, 0, 0, -w % CHUNK)).view(-1, CHUNK, n).transpose(0, 1)
    answers = F.pad(answers, (0, -w % CHUNK), value=-1).view(-1, CHUNK).T
    kept = answers[0] >= 0
    scores, answers = scores[:, kept], answers[:, kept]
    known, right, moves = answers >= 0, answers.clamp(min=0), layer.transitions()
    gold = (scores.gather(2, right[..., None])[..., 0] * known).sum() + (moves[right[:-1], right[1:]] * known[1:]).sum()
    total = scores[0]
    for i in range(1, CHUNK):
        step = torch.logsumexp(total[:, :, None] + moves, 1) + scores[i]
        total = torch.where(known[i, :, None], step, total)
    return (torch.logsumexp(total, 1).sum() - gold) / known.sum()


def link_loss(layer: Layer, part: Tensor, cue: Tensor, links: Tensor) -> Tensor:
    """The cross-entropy of the word that opens the cue, over the words of sources and contents.

    Args:
        layer: holds the weights of distances.
        part, cue: [W, 64] of one article.
        links: [W] the number of the cue's first word, or -1.
    """
    words = torch.nonzero(links >= 0)[:, 0]
    heads = links[words]
    keys = torch.unique(heads)
    scores = part[words] @ cue.T / LINK**0.5
    spots = torch.arange(len(links))
    scores = scores + layer.far(distance_class(spots[None] - words[:, None]) + FARTHEST)[..., 0]
    return F.cross_entropy(scores, heads) if len(keys) else scores.sum()


class Exported(nn.Module):
    """The layer as the run time calls it, for one article."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, states: Tensor, features: Tensor, heads: Tensor) -> tuple[Tensor, ...]:
        tags, part, cue = self.layer(states[None], features[None], heads[None])
        return tags[0], part[0], cue[0]


def write_onnx(layer: Layer, path: Path) -> None:
    """The layer as an ONNX file, its matrices in int8 with one scale a row.

    The weights that the run time needs outside of it, of transitions and distances, go into the file's metadata.
    """
    layer.eval()
    example = torch.zeros(5, WIDTH), torch.zeros(5, len(CLASSES), dtype=torch.long), torch.zeros(5, dtype=torch.long)
    names = {"input_names": ["states", "features", "heads"], "output_names": ["tags", "part", "cue"]}
    words = {name: {0: "words"} for name in ("states", "features", "heads", "tags", "part", "cue")}
    torch.onnx.export(
        Exported(layer).eval(), example, str(path), opset_version=17, dynamo=False, dynamic_axes=words, **names
    )
    model = onnx.load(str(path))
    round_weights(model.graph)
    for name, values in (("moves", layer.transitions()), ("far", layer.far.weight[:, 0])):
        model.metadata_props.add(key=name, value=json.dumps(values.tolist()))
    onnx.save(model, str(path))


def round_weights(graph: onnx.GraphProto, least: int = 1024) -> None:
    """Put int8 numbers and a scale a row in the place of the large matrices; they are multiplied out on loading."""
    large = [w for w in graph.initializer if w.data_type == onnx.TensorProto.FLOAT and np.prod(w.dims) >= least]
    nodes = []
    for weight in large:
        values = onnx.numpy_helper.to_array(weight)
        scale = np.maximum(np.abs(values).max(axis=-1, keepdims=True), 1e-8) / 127
        rows, name = np.rint(values / scale).astype(np.int8), weight.name
        graph.initializer.remove(weight)
        graph.initializer.extend(
            onnx.numpy_helper.from_array(x, f"{name}.{part}")
            for part, x in (("rows", rows), ("scale", scale.astype(np.float32)))
        )
        nodes.append(onnx.helper.make_node("Cast", [f"{name}.rows"], [f"{name}.float"], to=onnx.TensorProto.FLOAT))
        nodes.append(onnx.helper.make_node("Mul", [f"{name}.float", f"{name}.scale"], [name]))
    kept = list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes + kept)
