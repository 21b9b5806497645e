"""Trains the shipped model: `python -m training.train --shared ../shared`.

One run on two CPU cores takes under three hours. It is seeded, writes a checkpoint after every epoch, and goes on from
the last one when started again.
"""

import argparse
import json
import random
import time
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from readout.language import load
from readout.language.wordpiece import WordPiece
from training import corpora
from training.batches import Collator, Labels, base_folder, batches, vocabulary, windows
from training.event_set import event_texts
from training.network import Network, losses

LONGEST = 224
"""Pieces in a training window; at run time windows are a little longer."""
HALF = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
"""Whether the processor multiplies in bfloat16; others would take twenty times as long for it."""
WEIGHTS = {
    "upos": 1.0, "xpos": 1.0, "feats": 0.5, "lemma": 0.5, "start": 0.5, "arc": 1.5, "deprel": 1.0, "names": 1.5,
    "source": 1.0, "cue": 1.0, "content": 1.0, "link": 0.7,
    "events": 2.0, "modes": 0.3, "status": 0.5, "roles": 1.5,
}  # fmt: skip


def main() -> None:
    """Train, or go on training."""
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.run.mkdir(parents=True, exist_ok=True)
    pieces = WordPiece(vocabulary())
    gold, silver = read_sets(options.shared)
    events = event_texts(options.events, load(rooms=False), random.Random(options.seed)) if options.events else []
    labels = Labels.of(gold)
    (options.run / "labels.json").write_text(json.dumps(asdict(labels), indent=0))
    net = Network(len(pieces.numbers), labels)
    net.encoder.load_base(base_folder())
    if options.start:
        start_from(net, options.start)
    net.encoder.freeze(options.frozen)
    trainer = Trainer(net, options, pieces, labels)
    trainer.resume()
    while trainer.epoch < options.epochs:
        trainer.run_epoch(gold, silver, events)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--run", type=Path, default=Path("training/runs/model"), help="checkpoints and log")
    parser.add_argument("--start", type=Path, help="checkpoint of another run, whose averaged weights to begin with")
    parser.add_argument("--epochs", type=int, default=13)
    parser.add_argument("--steps", type=int, default=357, help="steps an epoch is expected to take, for the schedule")
    parser.add_argument("--budget", type=int, default=2048, help="pieces a step")
    parser.add_argument("--events", type=Path, help="folder of our own event set; none is read without it")
    parser.add_argument("--event-rounds", type=int, default=5, help="passes over the event set each epoch")
    parser.add_argument("--gold-share", type=float, default=1.0, help="part of the gold sets seen each epoch")
    parser.add_argument("--silver-share", type=float, default=0.16, help="part of the silver news seen each epoch")
    parser.add_argument("--silver-weight", type=float, default=0.3)
    parser.add_argument("--rate", type=float, default=1.6e-4, help="peak learning rate; heads: five times this")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers kept as they are, and the pieces")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def start_from(net: Network, checkpoint: Path) -> None:
    """Take the averaged weights of another run; heads that it did not have stay new."""
    state = torch.load(checkpoint, weights_only=True)["mean"]
    missing, unknown = net.load_state_dict(state, strict=False)
    print(f"began with {checkpoint}; new: {missing}; dropped: {unknown}", flush=True)


def read_sets(shared: Path) -> tuple[list[corpora.Text], list[corpora.Text]]:
    """The gold sets, and the silver news."""
    language = shared / "data" / "language"
    names = language / "ner.train.jsonl.gz"
    gold = corpora.treebank(language / "ewt.train.conllu.gz")
    gold += corpora.treebank(language / "gum.train.conllu.gz", corpora.names_by_sentence(names, "gum-silver"))
    gold += corpora.named_sentences(names, skip="gum-silver")
    silver = corpora.news(language / "silver.news.train.jsonl.gz", shared / "data/quotes/polnear_train.jsonl.gz")
    return gold, silver


class Trainer:
    """Steps, schedule, running mean of the weights, checkpoints."""

    def __init__(self, net: Network, options: argparse.Namespace, pieces: WordPiece, labels: Labels) -> None:
        self.net, self.options, self.pieces, self.labels = net, options, pieces, labels
        encoder = list(net.encoder.parameters())
        known = {id(p) for p in encoder}
        heads = [p for p in net.parameters() if id(p) not in known]
        self.optimizer = torch.optim.AdamW(
            [{"params": [p for p in encoder if p.requires_grad], "scale": 1.0}, {"params": heads, "scale": 5.0}],
            lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True,
        )  # fmt: skip
        self.mean = {k: v.detach().clone() for k, v in net.state_dict().items()}
        self.epoch = self.step = 0

    def run_epoch(self, gold: list[corpora.Text], silver: list[corpora.Text], events: list[corpora.Text]) -> None:
        """Some passes over our own events, and one over fresh shares of the gold sets and of the silver news."""
        rng = random.Random(self.options.seed * 1000 + self.epoch)
        share = rng.sample(silver, round(len(silver) * self.options.silver_share))
        if self.options.gold_share < 1:
            gold = rng.sample(gold, round(len(gold) * self.options.gold_share))
        cut = windows(gold + share + self.options.event_rounds * events, self.pieces, rng, LONGEST)
        collate = Collator(self.pieces, self.labels, LONGEST, rng)
        self.net.train()
        began, sums, seen = time.time(), dict.fromkeys(WEIGHTS, 0.0), 0
        packed = batches(cut, self.options.budget, rng)
        for number, batch in enumerate(packed, 1):
            tensors = collate(batch)
            for name, value in self.train_step(tensors).items():
                sums[name] += value
            seen += int((tensors["ids"] > 0).sum())
            if number % 50 == 0 or number == len(packed):
                shown = " ".join(f"{k} {v / 50:.3f}" for k, v in sums.items())
                print(
                    f"epoch {self.epoch} {number}/{len(packed)} {seen / (time.time() - began):.0f} pieces/s {shown}",
                    flush=True,
                )
                sums = dict.fromkeys(WEIGHTS, 0.0)
        self.epoch += 1
        self.save()

    def train_step(self, tensors: dict[str, Tensor]) -> dict[str, float]:
        """One update; returns each head's loss."""
        rate = self.options.rate * self.schedule()
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["scale"]
        with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            out = self.net(tensors)
            each = losses(self.net, out, tensors, self.options.silver_weight)
        total = sum((WEIGHTS[k] * v for k, v in each.items()), torch.zeros(()))
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        if self.step % 5 == 0:
            self.average()
        return {k: float(v.detach()) for k, v in each.items()}

    def schedule(self) -> float:
        """Linear warm-up over 300 steps, then a cosine to a hundredth at the end."""
        total = self.options.epochs * self.options.steps
        if self.step < 300:
            return (self.step + 1) / 300
        done = min(1.0, (self.step - 300) / max(1, total - 300))
        return 0.01 + 0.99 * 0.5 * (1 + float(torch.cos(torch.tensor(done * torch.pi))))

    def average(self) -> None:
        """Move the running mean of the weights towards the weights (half-life about 140 steps, shorter at first)."""
        keep = min(0.976, (1 + self.step / 5) / (10 + self.step / 5))
        for k, v in self.net.state_dict().items():
            self.mean[k].lerp_(v.detach(), 1 - keep)

    def save(self) -> None:
        """Write the checkpoint whole, or not at all."""
        target = self.options.run / "checkpoint.pt"
        state = {
            "net": self.net.state_dict(), "mean": self.mean, "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch, "step": self.step, "torch": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, target.with_suffix(".part"))
        target.with_suffix(".part").replace(target)
        print(f"saved {target} after epoch {self.epoch}", flush=True)

    def resume(self) -> None:
        """Go on from the checkpoint, where there is one."""
        target = self.options.run / "checkpoint.pt"
        if not target.exists():
            return
        state = torch.load(target, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.mean, self.epoch, self.step = state["mean"], state["epoch"], state["step"]
        torch.set_rng_state(state["torch"])


if __name__ == "__main__":
    main()
