"""Turns the shipped encoder back into a checkpoint: `python -m training.restore --out training/runs/shipped`.

Further training can then begin with what is shipped, where the runs that it came from are gone. Int8 weights come back
rounded as they are shipped; export rounds them to the same values again.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto, numpy_helper

from training.batches import Labels
from training.export import SHIPPED
from training.network import Network

Values = NDArray[np.generic]
PASSED = ("Cast", "Mul", "Add")
"""What may stand between a matrix product and the sum with its bias."""
UNSHIPPED = ("quotes", "link")
"""Heads that the shipped file lacks; a layer of its own reads quotations (`training.fit_quotations`)."""
SMALL = {"label.weight": "weight", "label.bias": "bias", "role.weight": "role", "role.bias": "role_bias"}
"""Parameters that lie in `heads.npz`, with their names there."""


def main() -> None:
    """Write the checkpoint and its labels to a folder that `training.train --start` and `training.blend` read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=SHIPPED, help="folder of the shipped files")
    parser.add_argument("--out", type=Path, default=Path("training/runs/shipped"))
    options = parser.parse_args()
    labels = Labels(**json.loads((options.model / "labels.json").read_text()))
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({"mean": shipped(options.model, labels).state_dict()}, options.out / "checkpoint.pt")
    shutil.copy(options.model / "labels.json", options.out / "labels.json")


def shipped(model: Path, labels: Labels) -> Network:
    """The network of a folder of shipped files; heads that serve training alone are not shipped, and begin anew."""
    state = restored(model)
    net = Network(len(state["encoder.piece.weight"]), labels)
    missing, unknown = net.load_state_dict(state, strict=False)
    if unknown or any(not name.startswith(UNSHIPPED) for name in missing):
        raise KeyError(f"{model}: not as export writes it: {missing} are missing, {unknown} unknown")
    return net.eval()


def restored(model: Path) -> dict[str, torch.Tensor]:
    """The parameters of `Network` by name.

    Args:
        model: folder with `encoder.onnx` and `heads.npz`.

    Raises:
        KeyError: where the file was not written by `training.export`, or with `--fp32`.
    """
    graph = onnx.load(str(model / "encoder.onnx")).graph
    arrays = {a.name: numpy_helper.to_array(a) for a in graph.initializer}
    found = {name.removeprefix("net."): values for name, values in arrays.items() if name.startswith("net.")}
    found["encoder.piece.weight"] = found.pop("encoder.piece.rows") * found.pop("encoder.piece.scale")
    for product in graph.node:
        if (values := _factor(product, arrays)) is not None:
            found[_named(graph, product)] = values.T
    with np.load(model / "heads.npz") as heads:
        found |= {name: heads[key] for name, key in SMALL.items()}
    return {name: torch.from_numpy(np.array(values, dtype=np.float32)) for name, values in found.items()}


def _factor(node: NodeProto, arrays: dict[str, Values]) -> Values | None:
    """The constant factor of a matrix product, as it was before it was rounded; `None` for any other node."""
    if node.op_type == "MatMulInteger":
        return arrays[node.input[1]] * arrays[node.input[1].removesuffix("_quantized") + "_scale"]
    return arrays.get(node.input[1]) if node.op_type == "MatMul" else None


def _named(graph: GraphProto, product: NodeProto) -> str:
    """The name of a matrix, which export drops, by that of the bias that is added to its product."""
    reached = list(product.output)
    for name in reached:
        for node in (n for n in graph.node if name in n.input and n.op_type in PASSED):
            if bias := next((x for x in node.input if x.startswith("net.") and node.op_type == "Add"), None):
                bias = bias.removeprefix("net.")
                return "arc.weight" if bias == "arc_bias.weight" else bias.removesuffix("bias") + "weight"
            reached += node.output
    raise KeyError(f"no bias after {product.name}")


if __name__ == "__main__":
    main()
