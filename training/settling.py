"""Fits the weights by which a sentence is judged to say what became of something announced, on the training stories.

    python -m training.settling

As `training/stories.py`: logistic regression drawn to a prior set by hand.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from readout import load
from readout.evaluate.stories import Mention, Story, stories
from readout.resolve.corroboration import Corroboration
from readout.resolve.identity import Identity
from readout.resolve.reports import Announced, Report
from readout.resolve.settling import FEATURES, Settling
from training.stories import Example, fit

TARGET = Path(__file__).parents[1] / "src" / "readout" / "resolve" / "data" / "weights_settling.json"
PRIOR = {
    "bias": -4.5, "linked": 2.0, "grouped": 1.0, "dated": 1.0, "one_day": 1.0, "dated_else": 0.0, "undated": 0.0,
    "day_due": 0.7, "before": 0.0, "late": -0.5, "actors": 1.0, "heads": 0.7, "words": 2.0, "word_family": 1.5,
    "place": 0.5, "turned": 0.7, "negated": 0.2, "coming": -0.5, "happened": 0.3, "lead": 0.7, "company": 0.3,
    "spoken": -0.5,
}  # fmt: skip


def examples(story: Story) -> Iterator[Example]:
    """Sentences with their features, and whether they settle what another report announces."""
    settling = Settling(Corroboration(Identity(story.reports)))
    for own in story.gold["expectations"]:
        report, announced = _announced(story, own["of"])
        if announced is None:
            continue
        by = story.mention(own["by"]) if own["by"] else None
        copies = {r.id for r in story.reports if by and r.source == settling.reports[by[0]].source}
        for place in settling.candidates(report):
            settles = by is not None and place[0] == by[0] and _overlap(place[1], by[1])
            if settles or place[0] not in copies or (by and place[0] == by[0]):
                values = settling.features(report, announced, place)
                yield [values[name] for name in FEATURES], settles, 1.0


def _announced(story: Story, of: list[str]) -> tuple[Report, Announced | None]:
    article, span = mention = story.mention(of)
    report = next(r for r in story.reports if r.id == article)
    near = [a for a in report.announced if _overlap(span, report.evidence(report.events[a.event])[0])]
    return report, min(near, key=lambda a: not _holds(report, a, mention), default=None)


def _holds(report: Report, announced: Announced, mention: Mention) -> bool:
    return _overlap(mention[1], report.events[announced.event].trigger)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def main() -> None:
    """Fit on the training stories and write the weights."""
    data = [example for story in stories("train", load()) for example in examples(story)]
    TARGET.write_text(json.dumps(fit(data, PRIOR, FEATURES), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
