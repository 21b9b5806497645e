"""How far a second reading of statements agrees with the labels."""

from copy import deepcopy

import pytest

from readout.evaluate.datasets import ROOT, BadItemError, Item, items
from readout.evaluate.statement_agreement import agreement, main

TEXT = 'Orsa told the board that Lind had sworn the "sleeping" ferry would sail. Lind, by letter, denied it to her.'


def statement(*content: str, **fields: object) -> Item:
    return {"content": list(content), "reported_by": None, "addressee": None, "medium": None} | fields


LABELS: Item = {
    "id": "x-1",
    "text": TEXT,
    "not_statements": ["sleeping"],
    "statements": [
        statement("that Lind had ... would sail", addressee="the board"),
        statement('the "sleeping" ferry would sail', reported_by=0, position="p1"),
        statement("it", addressee="her", medium="by letter", position="p1"),
    ],
}
SECOND: Item = {
    "id": "x-1",
    "nested": [["ferry would sail", "that Lind had ... would sail"]],
    "addressee": [["that Lind had ... would sail", "board"], ["it", "Lind#2"]],
    "medium": [["it", "letter"]],
    "not_statements": ["sleeping", "ferry"],
    "positions": [["ferry would sail", "it"]],
}


def test_contents_are_the_labelled_ones_that_overlap() -> None:
    figures = {"nested": 100.0, "addressee": 50.0, "medium": 100.0, "not_statements": 66.7, "positions": 100.0}
    assert agreement([LABELS], [SECOND]) == figures


def test_what_one_reader_alone_marks_lowers_the_figure() -> None:
    blank = deepcopy(SECOND) | {"nested": [], "positions": [["ferry would sail"]]}
    found = agreement([LABELS], [blank])
    assert (found["nested"], found["positions"]) == (0.0, 0.0)


def test_an_unknown_item_is_refused() -> None:
    with pytest.raises(BadItemError, match="x-2 is not in the labelled files"):
        agreement([LABELS], [SECOND | {"id": "x-2"}])


def test_the_second_reading_covers_every_test_passage(capsys: pytest.CaptureFixture[str]) -> None:
    files = [ROOT / "statements" / f"test-{letter}.jsonl" for letter in "ab"]
    second = ROOT / "statements" / "second" / "test.jsonl"
    assert [item["id"] for item in items(second)] == [item["id"] for file in files for item in items(file)]
    main([str(second), *map(str, files)])
    lines = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert float(lines["nested"]) > 90
