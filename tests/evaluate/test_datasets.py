"""Our own annotated sets: spans as quoted words."""

from copy import deepcopy

import pytest

from readout.evaluate.datasets import CHECKS, ROOT, BadItemError, statement_faults, stretch

TEXT = "He said talks had begun. She said talks would go on until May."
ITEM = {
    "id": "x-001",
    "published": "2014-05-03",
    "text": TEXT,
    "statements": [
        {
            "speaker": "He",
            "source": "He",
            "cue": "said#1",
            "content": ["talks had ... begun"],
            "kind": "indirect",
            "stance": "asserts",
            "addressee": None,
            "medium": None,
            "said": None,
            "reported_by": None,
        }
    ],
    "not_statements": [],
}


@pytest.mark.parametrize(
    ("quoted", "words"),
    [
        ("She", "She"),
        ("talks#2", "talks"),
        ("talks had ... begun", "talks had begun"),
        ("talks#2 ... May.", "talks would go on until May."),
        ("He ... talks#2", "He said talks had begun. She said talks"),
    ],
)
def test_a_stretch_is_found(quoted: str, words: str) -> None:
    start, end = stretch(TEXT, quoted)
    assert TEXT[start:end] == words


@pytest.mark.parametrize("quoted", ["talks", "talks ... May", "talks had ... June", "talk", "go on ... begun", "She#2"])
def test_a_stretch_that_is_not_there_or_not_sure_is_refused(quoted: str) -> None:
    with pytest.raises(BadItemError):
        stretch(TEXT, quoted)


def test_a_good_item_of_the_statements_has_no_faults() -> None:
    assert not list(statement_faults(ITEM))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("speaker", "Helen"),
        ("speaker", None),
        ("cue", "said"),
        ("content", []),
        ("kind", "half"),
        ("stance", "doubts"),
        ("reported_by", 0),
        ("position", "talks"),
    ],
)
def test_a_wrong_statement_is_named(key: str, value: object) -> None:
    item = deepcopy(ITEM)
    item["statements"][0][key] = value  # type: ignore[index]
    assert len(list(statement_faults(item))) == 1


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_our_sets_keep_their_guidelines_and_no_two_items_are_alike(name: str) -> None:
    assert CHECKS[name](sorted((ROOT / name).glob("*.jsonl"))) == 0
