"""Blends two runs' averaged weights: `python -m training.blend OLD NEW OUT`.

What both have in common becomes a quarter of the old and three quarters of the new: the new run keeps its tasks, the
old one's trees and names come back (robust fine-tuning by weight interpolation, Wortsman et al., CVPR 2022). Heads that
the new run added or retrained from scratch stay its own.
"""

import argparse
import shutil
from pathlib import Path

import torch

OLD_SHARE = 0.25
"""Chosen on development sets: at 0.4 quotations and events fall, at 0 trees and names."""
OWN = ("quotes", "link", "event", "encoder.event_blocks", "status", "role")
"""Parts of the new run that are taken as they are."""


def main() -> None:
    """Write the blended checkpoint and the new run's labels to a folder that `training.export --run` reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("old", "new", "out"):
        parser.add_argument(name, type=Path, help="folder of a run")
    options = parser.parse_args()
    old, new = (torch.load(run / "checkpoint.pt", weights_only=True)["mean"] for run in (options.old, options.new))
    mean = {
        name: OLD_SHARE * old[name] + (1 - OLD_SHARE) * value
        if name in old and not name.startswith(OWN)
        else value
        for name, value in new.items()
    }  # fmt: skip
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({"mean": mean}, options.out / "checkpoint.pt")
    shutil.copy(options.new / "labels.json", options.out / "labels.json")


if __name__ == "__main__":
    main()
