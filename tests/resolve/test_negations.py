"""What a text says is not so."""

from __future__ import annotations

import time

import pytest

from readout.resolve.negations import is_negated, negations, parts
from readout.resolve.quantities import quantities


@pytest.mark.parametrize(
    ("text", "own", "quantified"),
    [
        ("None of the wardens left the tower, the governor said.", {"warden", "left"}, True),
        ("The yard has never sold a tug to pirates.", {"sold", "tug"}, True),
        ("Not one lamp was broken.", {"lamp", "brok"}, True),
        ("Her brother did not write the note.", {"writ", "not"}, False),
        ("She couldn't have steered the barge.", {"steer", "barg"}, False),
    ],
)
def test_the_words_behind_a_negation_are_its_own(text: str, own: set[str], quantified: bool) -> None:
    [found] = negations(text)
    assert len(found.own & own) >= 1
    assert found.is_quantified == quantified


@pytest.mark.parametrize(
    "text",
    [
        "The mayor would not comment on the bridge.",
        "Not only the roof burned.",
        "No fewer than six barges sank.",
        "He asked whether or not the lock would open.",
        "The mill no longer grinds rye.",
        "The lock opened at noon.",
    ],
)
def test_what_denies_nothing_is_no_negation(text: str) -> None:
    assert not negations(text)
    assert not is_negated(text)


def test_a_sentence_falls_into_its_statements() -> None:
    text = "The army blamed the smugglers; their lawyer said that they had not fired, and nobody was hurt."
    assert [text[a:b] for a, b in parts(text, (0, len(text)))] == [
        "The army blamed the smugglers",
        "their lawyer said that they had not fired",
        "nobody was hurt.",
    ]


def test_hostile_texts_cost_no_more_than_their_length() -> None:
    begun = time.process_time()
    assert negations("The yard has never sold a tug to pirates." + " " * 40_000 + "And so it stays.")
    assert all(q.value < 1e16 for q in quantities("They counted 1" + ",000" * 120 + " soldiers."))
    assert time.process_time() - begun < 5
