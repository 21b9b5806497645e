"""The network: one encoder, one small head a task, all on the same word states.

Encoder: MiniLM-L6-H384 (Wang et al. 2020), with an added casing embedding; the upper layers are there twice, once for
events and once for all else. Tree: deep biaffine attention (Dozat and Manning 2017) for arcs; labels by a perceptron
over both words' projections, so that a label costs one small matrix product per word at run time.
"""

from collections.abc import Iterable
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

from readout.language.wordpiece import CASINGS
from training.batches import Labels, kept_pieces
from training.corpora import QUOTE_PARTS

WIDTH, LAYERS, HEADS, INNER, POSITIONS = 384, 6, 12, 1536, 256
SHARED = 3
"""Layers that events have in common with all else."""
ARC, LABEL, TAG, LINK = 256, 128, 256, 128
EVENT_WIDTH = 2 * WIDTH
"""Of what status and roles are read off: the state of all tasks, which knows tense and tree, and that of events."""
EVENT_LAYERS = ("events", "modes", "status")
FARTHEST = 32
"""The class of the largest distance between a cue and its content (255 words)."""


class Block(nn.Module):
    """One transformer layer, as in BERT (norm after the sum)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(b, t, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces to states."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.piece = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.casing = nn.Embedding(CASINGS, WIDTH)
        nn.init.zeros_(self.casing.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(LAYERS))
        self.event_blocks = nn.ModuleList(Block(dropout) for _ in range(LAYERS - SHARED))

    def forward(self, ids: Tensor, casing: Tensor) -> tuple[Tensor, Tensor]:
        """[B, T] piece numbers (0 is padding) and casing classes to [B, T, 384] states: of all tasks, and of events."""
        x, bias = self.lower(ids, casing)
        return through(self.blocks[SHARED:], x, bias), through(self.event_blocks, x, bias)

    def lower(self, ids: Tensor, casing: Tensor) -> tuple[Tensor, Tensor]:
        """The states below the layers of events, and what is added to attention to keep padding out."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.piece(ids) + self.casing(casing) + self.position(places)))
        bias = torch.zeros(ids.shape, dtype=x.dtype, device=ids.device).masked_fill(ids == 0, -1e4)[:, None, None, :]
        return through(self.blocks[:SHARED], x, bias), bias

    def freeze(self, layers: int) -> None:
        """Keep the embedded pieces and the lowest layers as they are; 0 freezes nothing."""
        fixed = [self.piece, self.position, self.casing, self.norm, *self.blocks[:layers]] if layers else []
        for part in fixed:
            part.requires_grad_(False)

    def load_base(self, folder: Path) -> None:
        """Take the weights of the published encoder."""
        w = load_file(folder / "model.safetensors")
        w = {k.removeprefix("bert."): v.float() for k, v in w.items()}
        copy = {
            self.piece.weight: w["embeddings.word_embeddings.weight"][kept_pieces()],
            self.position.weight: w["embeddings.position_embeddings.weight"][:POSITIONS]
            + w["embeddings.token_type_embeddings.weight"][0],
        }
        copy |= _norm(self.norm, w, "embeddings.LayerNorm")
        for n, block in enumerate(self.blocks):
            at = f"encoder.layer.{n}."
            for end in ("weight", "bias"):
                parts = [w[f"{at}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
                copy[getattr(block.qkv, end)] = torch.cat(parts)
                copy[getattr(block.out, end)] = w[f"{at}attention.output.dense.{end}"]
                copy[getattr(block.up, end)] = w[f"{at}intermediate.dense.{end}"]
                copy[getattr(block.down, end)] = w[f"{at}output.dense.{end}"]
            copy |= _norm(block.norm1, w, at + "attention.output.LayerNorm")
            copy |= _norm(block.norm2, w, at + "output.LayerNorm")
        with torch.no_grad():
            for parameter, value in copy.items():
                parameter.copy_(value)
        for own, common in zip(self.event_blocks, self.blocks[SHARED:], strict=True):
            own.load_state_dict(common.state_dict())


def through(blocks: Iterable[nn.Module], x: Tensor, bias: Tensor) -> Tensor:
    """States after some layers, one upon the other."""
    for block in blocks:
        x = block(x, bias)
    return x


def _norm(norm: nn.LayerNorm, w: dict[str, Tensor], name: str) -> dict[Tensor, Tensor]:
    return {norm.weight: w[name + ".weight"], norm.bias: w[name + ".bias"]}


class Network(nn.Module):
    """Encoder and heads.

    Args:
        vocabulary: number of pieces.
        labels: the classes of every head.
    """

    def __init__(self, vocabulary: int, labels: Labels) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary)
        self.drop = nn.Dropout(0.25)
        sizes = {
            "upos": len(labels.upos),
            "xpos": len(labels.xpos),
            "feats": len(labels.feats),
            "lemma": len(labels.lemma),
            "start": 2,
        }
        self.tag_hidden = nn.Linear(WIDTH, TAG)
        self.tags = nn.ModuleDict({k: nn.Linear(TAG, n) for k, n in sizes.items()})
        self.names = nn.Sequential(nn.Linear(WIDTH, TAG), nn.GELU(), nn.Dropout(0.2), nn.Linear(TAG, len(labels.names)))
        self.quotes = nn.Sequential(nn.Linear(WIDTH, TAG), nn.GELU(), nn.Dropout(0.2), nn.Linear(TAG, 9))
        self.event_hidden = nn.Sequential(nn.Linear(WIDTH, TAG), nn.GELU(), nn.Dropout(0.2))
        self.status_hidden = nn.Sequential(nn.Linear(EVENT_WIDTH, TAG), nn.GELU(), nn.Dropout(0.2))
        self.event = nn.ModuleDict({k: nn.Linear(TAG, len(getattr(labels, k))) for k in EVENT_LAYERS})
        self.role_trigger, self.role_word = nn.Linear(EVENT_WIDTH, LABEL), nn.Linear(EVENT_WIDTH, LABEL)
        self.role = nn.Linear(2 * LABEL, len(labels.roles))
        self.link_part, self.link_cue = nn.Linear(WIDTH, LINK), nn.Linear(WIDTH, LINK)
        self.link_far = nn.Embedding(2 * FARTHEST + 1, 1)
        nn.init.zeros_(self.link_far.weight)
        self.arc_child, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Linear(ARC, ARC, bias=False)
        self.arc_bias = nn.Linear(ARC, 1, bias=False)
        self.root = nn.Linear(ARC, 1)
        self.label_child, self.label_head = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.label = nn.Linear(2 * LABEL, len(labels.deprel))

    def states(self, ids: Tensor, casing: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """[B, W, 384] twice, the states of words of all tasks and of events."""
        x, event = self.encoder(ids, casing)
        return of_words(x, first, last), of_words(event, first, last)

    def heads(self, states: Tensor, event_states: Tensor) -> dict[str, Tensor]:
        """All that is known of each word alone: logits of tags, names and quotes, and its tree vectors."""
        x = self.drop(states)
        tag = self.drop(F.gelu(self.tag_hidden(x)))
        out = {k: head(tag) for k, head in self.tags.items()}
        out["names"] = self.names(x)
        out["quotes"] = self.quotes(x)
        event, both = self.event_hidden(self.drop(event_states)), torch.cat((x, event_states), -1)
        status = self.status_hidden(both)
        out |= {k: head(status if k == "status" else event) for k, head in self.event.items()}
        out["role_trigger"], out["role_word"] = self.role_trigger(both), self.role_word(both)
        out["link_part"], out["link_cue"] = self.link_part(x), self.link_cue(x)
        child, head = self.drop(F.gelu(self.arc_child(x))), self.drop(F.gelu(self.arc_head(x)))
        out["arc_child"] = self.arc(child) + self.arc_bias.weight
        out["arc_head"] = head
        out["root"] = self.root(child)
        out["label_child"], out["label_head"] = self.label_child(x), self.label_head(x)
        return out

    def label_logits(self, child: Tensor, head: Tensor) -> Tensor:
        """Label logits for pairs of projected words, [..., 128] each; see `readout.language.parse.Labeller`."""
        return self.label(self.drop(torch.cat([F.relu(child + head), child * head], -1)))

    def role_logits(self, out: dict[str, Tensor], trigger: Tensor) -> Tensor:
        """[E, W, roles]: what every word is to each trigger; see `readout.language.parse.Labeller`."""
        rows = trigger[:, 0]
        one, word = out["role_trigger"][rows, trigger[:, 1]][:, None], out["role_word"][rows]
        return self.role(self.drop(torch.cat([F.relu(one + word), one * word], -1)))

    def link_scores(self, out: dict[str, Tensor], sentence: Tensor) -> Tensor:
        """[B, W, W]: how well word j serves as the cue of word i; padding is ruled out."""
        scores = (out["link_part"] @ out["link_cue"].transpose(1, 2)).float() / LINK**0.5
        spots = torch.arange(scores.shape[1], device=scores.device)
        far = self.link_far(distance_class(spots[None, :] - spots[:, None]) + FARTHEST)[..., 0].float()
        return (scores + far).masked_fill((sentence < 0)[:, None, :], -1e4)

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        return self.heads(*self.states(batch["ids"], batch["casing"], batch["first"], batch["last"]))


def of_words(x: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """[B, W, 384]: the mean of a word's first and last piece."""
    wide = (*first.shape, WIDTH)
    return (x.gather(1, first[..., None].expand(wide)) + x.gather(1, last[..., None].expand(wide))) / 2


def distance_class(words: Tensor) -> Tensor:
    """Distances in words on a logarithmic scale, with their sign; see `readout.language.attributions`."""
    return (words.sign() * (4 * torch.log2(1 + words.abs().float())).round().clamp(max=FARTHEST)).long()


def losses(net: Network, out: dict[str, Tensor], batch: dict[str, Tensor], silver: float) -> dict[str, Tensor]:
    """Every head's mean loss over the words that have an answer; names of silver texts count `silver` each."""
    found = {k: _loss(out[k], batch[k]) for k in net.tags}
    found["arc"] = _loss(arc_scores(out, batch["sentence"]), batch["head"])
    head = (batch["head"] - 1).clamp(min=0)[..., None].expand(-1, -1, LABEL)
    labels = net.label_logits(out["label_child"], out["label_head"].gather(1, head))
    found["deprel"] = _loss(labels, batch["deprel"])
    each = F.cross_entropy(out["names"].flatten(0, 1).float(), batch["names"].flatten(), reduction="none")
    weight = torch.where(batch["silver"].flatten() == 1, silver, 1.0) * (batch["names"].flatten() >= 0)
    found["names"] = (each * weight).sum() / weight.sum().clamp(min=1)
    quotes = out["quotes"].unflatten(-1, (3, 3))
    for n, part in enumerate(QUOTE_PARTS):
        found[part] = _loss(quotes[..., n, :], batch[part])
    found |= {k: _loss(out[k], batch[k]) for k in EVENT_LAYERS}
    if len(batch["trigger"]):
        found["roles"] = _loss(net.role_logits(out, batch["trigger"]), batch["roles"])
    found["link"] = _loss(net.link_scores(out, batch["sentence"]), batch["link"])
    return found


def arc_scores(out: dict[str, Tensor], sentence: Tensor) -> Tensor:
    """[B, W, 1 + W] scores of every head for every word: the root first; other sentences and itself ruled out."""
    scores = (out["arc_child"] @ out["arc_head"].transpose(1, 2)).float() / ARC**0.5
    other = sentence[:, :, None] != sentence[:, None, :]
    itself = torch.eye(sentence.shape[1], dtype=torch.bool, device=sentence.device)
    return torch.cat([out["root"].float(), scores.masked_fill(other | itself, -1e4)], -1)


def _loss(logits: Tensor, answer: Tensor) -> Tensor:
    known = (answer >= 0).sum().clamp(min=1)
    return F.cross_entropy(logits.flatten(0, 1).float(), answer.flatten(), reduction="sum") / known
