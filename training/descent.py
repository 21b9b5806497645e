"""Gradient descent on batches of windows, with a running mean of the weights."""

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from training.averaging import average

Model = TypeVar("Model", bound=nn.Module)
Example = TypeVar("Example")
LONGEST = 0.998
"""The share of itself that the mean keeps at most, at each step."""


def packed(ordered: Sequence[Example], sizes: Sequence[int], budget: int) -> list[list[Example]]:
    """Batches of like size.

    Args:
        ordered: examples by size, the smallest first.
        sizes: of each.
        budget: the size of a batch at most, padding counted.
    """
    found: list[list[Example]] = [[]]
    for example, size in zip(ordered, sizes, strict=True):
        if found[-1] and (len(found[-1]) + 1) * size > budget:
            found.append([])
        found[-1].append(example)
    return found


def descend(
    model: Model,
    batches: Sequence[list[Example]],
    loss: Callable[[Model, list[Example]], Tensor],
    groups: Sequence[dict[str, Any]],
    epochs: int,
    seed: int,
    measure: Callable[[Model], object],
) -> Model:
    """Fit a model with AdamW under one cycle of the rates (Smith and Topin 2018); prints what `measure` gives at the
    beginning and after each epoch.

    Args:
        model: changed in place.
        batches: shuffled before each epoch.
        loss: of a batch.
        groups: parameters (`params`) with the highest rate that they learn at (`lr`).
        epochs: passes over the batches.
        seed: of the random numbers.
        measure: of the mean.

    Returns:
        The running mean of the weights at the end.
    """
    torch.manual_seed(seed)
    rng, mean, order = random.Random(seed), copy.deepcopy(model).eval(), list(batches)
    solver = torch.optim.AdamW(groups, weight_decay=0.01)
    rates, steps = [group["lr"] for group in groups], epochs * len(order)
    schedule = torch.optim.lr_scheduler.OneCycleLR(solver, rates, total_steps=steps + 1, pct_start=0.1)
    print(f"before: {measure(mean)}", flush=True)
    done = 0
    for epoch in range(epochs):
        rng.shuffle(order)
        model.train()
        for batch in order:
            solver.zero_grad()
            loss(model, batch).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            solver.step()
            schedule.step()
            done += 1
            average(mean, model, done, LONGEST)
        print(f"epoch {epoch + 1}: {measure(mean)}", flush=True)
    return mean
