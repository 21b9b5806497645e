"""Turns a checkpoint into the shipped files: `python -m training.export`.

Writes into `src/readout/language/model`: `encoder.onnx` (encoder and heads, int8 weights where that costs nothing),
`heads.npz` (small heads that run on chosen pairs of words only), `labels.json`, `vocab.txt`.
"""

import argparse
import json
import lzma
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from readout.language import lemma
from readout.language.component import LEMMAS
from readout.language.encoder import OUTPUTS
from readout.language.wordpiece import WordPiece
from training.batches import Labels, vocabulary
from training.corpora import treebank
from training.network import Network

SHIPPED = Path("src/readout/language/model")
META = {
    "name": "readout_minilm",
    "version": "2.2.0",
    "description": "MiniLM-L6-H384, tags, trees, names, quotations, events",
}
WRITTEN = (*OUTPUTS, "event_states")
"""What the file gives; readers do not ask for the last, which heads are trained on (`training.fit_event_heads`)."""
FP32_HEADS = ("names", "casing", "root")
"""Parts kept in fp32: they are small, and names lose most by rounding."""


class RowInt8(nn.Module):
    """An embedding table in int8 with one scale a row: a scale for the whole table would drown the rare pieces."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        weight = table.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, numbers: Tensor) -> Tensor:
        return self.rows[numbers].float() * self.scale[numbers]


class Exported(nn.Module):
    """The network as the run time calls it: classes where one answer is enough, scores where they are searched."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, casing: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        states, event_states = self.net.states(ids, casing, first, last)
        out = self.net.heads(states, event_states)
        out["root"] = out["root"].float()
        out["states"], out["event_states"] = states, event_states
        for k in ("upos", "xpos", "feats", "lemma"):
            out[k] = out[k].argmax(-1).to(torch.int32)
        return tuple(out[k] for k in WRITTEN)


def main() -> None:
    """Export the averaged weights of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/model"))
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--fp32", action="store_true", help="leave the weights as they are, to measure what int8 costs")
    options = parser.parse_args()
    labels = Labels(**json.loads((options.run / "labels.json").read_text()))
    pieces = WordPiece(vocabulary())
    net = Network(len(pieces.numbers), labels)
    net.load_state_dict(torch.load(options.run / "checkpoint.pt", weights_only=True)["mean"])
    net.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        if not options.fp32:
            net.encoder.piece = RowInt8(net.encoder.piece)
        write_onnx(net, plain)
        if options.fp32:
            shutil.copy(plain, options.out / "encoder.onnx")
        else:
            quantize(plain, options.out / "encoder.onnx")
    small = {"weight": net.label.weight, "bias": net.label.bias}
    small |= {"role": net.role.weight, "role_bias": net.role.bias}
    np.savez(options.out / "heads.npz", **{k: v.detach().numpy() for k, v in small.items()})
    (options.out / "vocab.txt").write_text("".join(f"{piece}\n" for piece in pieces.numbers), encoding="utf-8")
    shutil.copy(options.run / "labels.json", options.out / "labels.json")
    lemmas = json.dumps(known_lemmas(options.shared), ensure_ascii=False, sort_keys=True)
    (options.out / LEMMAS).write_bytes(lzma.compress(lemmas.encode()))
    (options.out / "meta.json").write_text(json.dumps(META, indent=1) + "\n")
    for file in sorted(options.out.iterdir()):
        print(f"{file.stat().st_size / 1e6:8.2f} MB  {file}")


def known_lemmas(shared: Path) -> lemma.Table:
    """The lemmas of the treebanks' inflected forms, where nine in ten occurrences agree; names are left out."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name in ("ewt", "gum"):
        for text in treebank(shared / "data" / "language" / f"{name}.train.conllu.gz"):
            for sentence in text.sentences:
                for word, (upos, _, _, base) in zip(sentence.words, sentence.tags or (), strict=True):
                    seen[upos, word.lower()][base] += 1
    table: lemma.Table = {upos: {} for upos in ("VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET")}
    for (upos, form), bases in seen.items():
        base, count = bases.most_common(1)[0]
        if upos in table and base != form and count >= 0.9 * bases.total():
            table[upos][form] = base
    _add_regular(table["VERB"], {base for (upos, _), bases in seen.items() if upos == "VERB" for base in bases})
    return table


def _add_regular(table: dict[str, str], bases: set[str]) -> None:
    """The regular forms of verbs in -e ("imposed", "imposing"), whose stem alone does not show the lemma."""
    for base in sorted(b for b in bases if b.isalpha() and b.endswith("e") and not b.endswith("ee")):
        for form in (base + "d", base + "s", base[:-1] + "ing"):
            if base[:-1] not in bases:
                table.setdefault(form, base)


def write_onnx(net: Network, path: Path) -> None:
    """The network as an ONNX file with free batch, piece and word sizes."""
    ids = torch.randint(1, 1000, (2, 9))
    first = torch.tensor([[1, 2, 3], [1, 4, 5]])
    with torch.no_grad():
        # the scaling of the arc scores is left to the run time, which knows the sentences
        torch.onnx.export(
            Exported(net), (ids, torch.ones_like(ids), first, first), str(path), opset_version=17, dynamo=False,
            input_names=["ids", "casing", "first", "last"], output_names=list(WRITTEN),
            dynamic_axes={k: {0: "batch", 1: "pieces"} for k in ("ids", "casing")}
            | {k: {0: "batch", 1: "words"} for k in ("first", "last", *WRITTEN)},
        )  # fmt: skip


def quantize(plain: Path, path: Path) -> None:
    """Int8 weights, one scale a channel, activations scaled as they come (ONNX Runtime's dynamic quantisation)."""
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = plain.with_name("prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    nodes = onnx.load(str(prepared)).graph.node
    kept = [n.name for n in nodes if any(f"/{part}" in n.name for part in FP32_HEADS)]
    quantize_dynamic(
        str(prepared), str(path), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=kept,
        op_types_to_quantize=["MatMul", "Gemm"],
    )  # fmt: skip


if __name__ == "__main__":
    main()
