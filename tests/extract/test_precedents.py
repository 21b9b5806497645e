"""What words told before: the keys of their uses, and the odds that counts give."""

import numpy as np
import pytest

from readout.extract.events.precedents import KEYS, keys_of, log_odds, recalled
from readout.extract.events.slots import slots_of
from readout.language import load


@pytest.mark.parametrize(
    ("text", "word", "keys"),
    [
        ("The council called off the march.", "called", {"own v call", "joined call off"}),
        ("Gunmen opened fire at dawn.", "opened", {"own v open", "joined open fire", "object v fire"}),
        ("The harbour gave shelter to the crew.", "shelter", {"own n shelter", "above give obj"}),
        ("They left.", "left", {"own v leave"}),
    ],
)
def test_by_what_the_uses_of_a_word_are_counted(text, word, keys):
    token = next(t for t in load()(text) if t.text == word)
    found = set(keys_of(token, "n" if token.pos_ == "NOUN" else "v", slots_of(token)))
    assert keys <= found
    assert len(found) == len({key.partition(" ")[0] for key in found}) <= len(KEYS)


def test_odds_of_counts():
    usual = np.array([0.8, 0.1, 0.1], dtype=np.float32)
    odds = log_odds(np.array([[0, 0, 0], [0, 6, 0], [3, 0, 0]], dtype=np.float32), usual)
    assert np.allclose(odds[0], 0, atol=1e-6)
    assert np.isclose(odds[1][1], np.log((6 + 0.2) / 8 / 0.1))
    assert odds[1][2] < 0 < odds[2][0]


def test_what_is_recalled_stands_by_its_kind_and_the_unknown_is_nought():
    odds = {"own v open": np.array([1.0, 2.0]), "object v fire": np.array([3.0, 4.0])}
    found = recalled([["own v open", "above be root"], ["object v fire", "pos VERB"], []], odds, 2)
    assert found.shape == (3, len(KEYS) * 2)
    assert found[0].tolist() == [1, 2, 0, 0, 0, 0, 0, 0]
    assert found[1].tolist() == [0, 0, 0, 0, 3, 4, 0, 0]
    assert not found[2].any()
