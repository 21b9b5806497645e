"""The running mean of a model's weights while it is fitted, which is better than the weights at the end."""

import torch
from torch import nn


@torch.no_grad()
def average(mean: nn.Module, model: nn.Module, done: int, longest: float) -> None:
    """Move a mean towards the weights of a model (Polyak and Juditsky 1992).

    Args:
        mean: a copy of the model, changed in place.
        model: as it is after a step.
        done: steps so far; the mean forgets its beginnings soon.
        longest: the share of itself that the mean keeps at most.
    """
    keep = min(longest, done / (done + 20))
    for one, other in zip(mean.parameters(), model.parameters(), strict=True):
        one.lerp_(other, 1 - keep)
