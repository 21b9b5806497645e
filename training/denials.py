"""Fits the weights by which a denial is judged to be against a statement, on the training stories.

    python -m training.denials

As `training/stories.py`: logistic regression drawn to a prior set by hand.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from readout import load
from readout.evaluate.stories import Story, stories
from readout.resolve.conflicts import Conflicts
from readout.resolve.corroboration import Corroboration
from readout.resolve.denying import Denial
from readout.resolve.identity import Identity
from readout.resolve.refuting import FEATURES, Claim, Refuting
from training.stories import Example, fit

TARGET = Path(__file__).parents[1] / "src" / "readout" / "resolve" / "data" / "weights_denials.json"
PRIOR = {
    "bias": -5.0, "shared": 1.5, "cover": 2.5, "cover_claim": 1.5, "own": 0.7, "trigger": 1.0, "family": 0.5,
    "linked": 1.5, "type": 0.5, "names": 0.3, "names_only": -1.5, "same_report": -0.5, "behind": -0.5, "next": 0.5,
    "spoken": 0.5, "accused": 1.0, "verb": 1.5, "untrue": 1.5, "quantified": 0.3, "plain": -0.5, "told": 0.5,
    "pointing": 5.0, "not_yet": -1.0, "coming": -0.7, "weeks": -0.7, "later": -0.3, "same_voice": -2.0, "lead": 0.3,
    "negated": -1.5, "voiced": 0.7, "party": 0.7, "opens": 0.7,
}  # fmt: skip


def examples(story: Story) -> Iterator[Example]:
    """Denials and statements with their features, and whether they are opposed."""
    conflicts = Conflicts(Corroboration(Identity(story.reports)))
    refuting = Refuting(conflicts.events, conflicts.story_of)
    gold = [[[story.mention(q) for q in side] for side in c["sides"]] for c in story.gold["conflicts"]]
    for report in story.reports:
        for denial in refuting.denying.denials(report):
            for claim in refuting.against(denial):
                values = refuting.features(denial, claim)
                opposed = any(_opposes(sides, denial, claim) for sides in gold)
                yield [values[name] for name in FEATURES], opposed, 1.0


def _opposes(sides: list[list[tuple[str, tuple[int, int]]]], denial: Denial, claim: Claim) -> bool:
    return any(_has(sides[n], denial) and _has(sides[1 - n], claim) for n in (0, 1))


def _has(side: list[tuple[str, tuple[int, int]]], words: Denial | Claim) -> bool:
    start, end = words.span
    return any(words.article == article and start < b and a < end for article, (a, b) in side)


def main() -> None:
    """Fit on the training stories and write the weights."""
    data = [example for story in stories("train", load()) for example in examples(story)]
    TARGET.write_text(json.dumps(fit(data, PRIOR, FEATURES), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
