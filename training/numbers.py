"""Fits the weights by which numbers of different reports are judged to be of one thing, on the training stories.

    python -m training.numbers

As `training/stories.py`: logistic regression drawn to a prior set by hand.
"""

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from readout import load
from readout.evaluate.stories import Story, stories
from readout.resolve.conflicts import story_pairs
from readout.resolve.corroboration import Corroboration
from readout.resolve.identity import Identity
from readout.resolve.numbers import FEATURES, Numbers, Place
from training.stories import Example, fit

TARGET = Path(__file__).parents[1] / "src" / "readout" / "resolve" / "data" / "weights_numbers.json"
PRIOR = {
    "bias": -3.0, "unit": 2.0, "units": 0.5, "money": -0.7, "people": 0.5, "people_differ": -1.0, "unit_differs": -2.0,
    "bare": -0.5, "percent": -0.5, "fate": 1.0, "words": 2.0, "near": 1.5, "event": 1.0,
    "slot": 2.0, "alone": 1.0, "known": -2.0, "known_both": -1.0, "far": -0.4, "others": -1.0, "company": 0.5,
    "weeks": -0.5, "risen": -2.0, "wanted": -1.0,
}  # fmt: skip


def examples(story: Story) -> Iterator[Example]:
    """Pairs of numbers of two reports of a story with their features, and whether they are opposed."""
    numbers = Numbers(Corroboration(Identity(story.reports)))
    opposed = {frozenset(pair) for pair in _opposed(story, numbers)}
    for one, other in sorted(story_pairs(numbers.events)):
        for a, b in numbers.candidates(one, other):
            values = numbers.features(a, b)
            yield [values[name] for name in FEATURES], frozenset((a, b)) in opposed, 1.0


def _opposed(story: Story, numbers: Numbers) -> Iterator[tuple[Place, Place]]:
    for conflict in story.gold["conflicts"]:
        sides = [[story.mention(quoted) for quoted in side] for side in conflict["sides"]]
        for one, other in ((a, b) for left, right in combinations(sides, 2) for a in left for b in right):
            yield from ((a, b) for a in _at(numbers, one) for b in _at(numbers, other))


def _at(numbers: Numbers, mention: tuple[str, tuple[int, int]]) -> Iterator[Place]:
    article, (start, end) = mention
    found = numbers.all(article)
    return ((article, n) for n, q in enumerate(found) if q.span[0] < end and start < q.span[1])


def main() -> None:
    """Fit on the training stories and write the weights."""
    data = [example for story in stories("train", load()) for example in examples(story)]
    TARGET.write_text(json.dumps(fit(data, PRIOR, FEATURES), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
