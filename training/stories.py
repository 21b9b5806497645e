"""Fits the weights by which events of different reports are judged the same, on the training stories.

    python -m training.stories

Logistic regression whose weights are drawn to a prior set by hand (a normal distribution around it), since twenty-odd
small stories say too little alone. Gradient descent from the prior, on all pairs, in a fixed order: no chance is
involved.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from readout import load
from readout.evaluate.stories import Story, stories
from readout.resolve.corroboration import Corroboration
from readout.resolve.happenings import FEATURES
from readout.resolve.identity import Identity
from readout.resolve.reports import Node, Report

TARGET = Path(__file__).parents[1] / "src" / "readout" / "resolve" / "data" / "weights_events.json"
PRIOR = {
    "bias": -3.0, "type_same": 1.5, "type_close": 0.0, "type_far": -3.0, "faint": -1.0, "faint_same": 0.5,
    "mode_same": 0.7, "mode_differs": -1.2,
    "actors": 1.5, "actors_differ": -0.7, "nations": 0.4, "heads": 0.5, "place_same": 0.8, "place_near": 0.2,
    "place_differs": -3.0, "date_same": 1.5, "date_near": 0.2, "date_far": -1.5, "date_unknown": 0.0, "date_told": 0.8,
    "words": 2.0, "trigger": 1.0, "around": 0.6, "company": 1.0, "weeks": -0.5, "same_report": -1.5,
    "told_before": -2.0,
}  # fmt: skip
SPREAD = 1.0
"""Standard deviation of a weight around its prior."""
UNANNOTATED = 0.02
"""Weight of a pair of an annotated and another event: surely two, but less surely than two annotated ones."""
STEPS, RATE = 3000, 0.02


Example = tuple[list[float], bool, float]
"""The features of a pair, whether it belongs together, and how much it counts."""


def examples(story: Story) -> Iterator[Example]:
    """Pairs of events of two reports with their features, whether they are the same, and how much they count."""
    events = Corroboration(Identity(story.reports))
    gold = _annotated(story)
    for one, other in product(sorted(events.happenings), repeat=2):
        known = (one in gold) + (other in gold)
        if one[0] < other[0] and known:
            values = events.features(one, other)
            yield (
                [values.get(f, 0.0) for f in FEATURES],
                known == 2 and gold[one] == gold[other],
                1.0 if known == 2 else UNANNOTATED,
            )


def _annotated(story: Story) -> dict[Node, int]:
    reports = {report.id: report for report in story.reports}
    found: dict[Node, int] = {}
    for n, own in enumerate(story.gold["events"]):
        for quoted in own:
            article, span = story.mention(quoted)
            if (id := _event_at(reports[article], span)) is not None:
                found.setdefault((article, id), n)
    return found


def _event_at(report: Report, span: tuple[int, int]) -> str | None:
    for event in report.events.values():
        if any(a < span[1] and span[0] < b for a, b in (event.trigger, *event.mentions)):
            return event.id
    return None


def fit(data: list[Example], prior: Mapping[str, float], features: Sequence[str]) -> dict[str, float]:
    """The weights that make the examples likeliest, given the prior.

    Args:
        data: the examples.
        prior: the mean of each weight, `bias` included.
        features: the names of the features, in the order of the examples.
    """
    x = np.array([[1.0, *values] for values, _, _ in data])
    y = np.array([float(same) for _, same, _ in data])
    counts = np.array([count for _, _, count in data])
    mean = np.array([prior[name] for name in ("bias", *features)])
    w = mean.copy()
    for _ in range(STEPS):
        error = (1 / (1 + np.exp(-x @ w)) - y) * counts
        w -= RATE * (x.T @ error + (w - mean) / SPREAD**2) / max(1.0, len(data) / 50)
    return {name: round(float(value), 3) for name, value in zip(("bias", *features), w, strict=True)}


def main() -> None:
    """Fit on the training stories and write the weights."""
    data = [example for story in stories("train", load()) for example in examples(story)]
    TARGET.write_text(json.dumps(fit(data, PRIOR, FEATURES), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
