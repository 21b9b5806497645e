"""A second reader's stances beside those of the set."""

from collections import Counter
from pathlib import Path

import pytest

from readout.evaluate.datasets import ROOT, BadItemError, items
from readout.evaluate.stance_agreement import compare, drawn, kappa, main, read_answers, sheet

BATCH = [
    {
        "id": "x-1",
        "published": "2014-05-03",
        "text": "Nobody paid, the clerk said. Pay, the judge ordered.",
        "statements": [
            {"speaker": "clerk", "cue": "said", "content": ["Nobody paid"], "stance": "denies"},
            {"speaker": "judge", "cue": "ordered", "content": ["Pay"], "stance": "demands"},
        ],
    },
    {"id": "x-2", "published": "2014-05-04", "text": "It rained.", "statements": []},
]


def test_the_draw_is_the_same_each_time_and_never_larger_than_the_batch() -> None:
    assert drawn(BATCH, each=1) == drawn(BATCH, each=1)
    assert drawn(BATCH, each=9) == [("x-1", 0), ("x-1", 1)]


def test_the_sheet_shows_what_was_asked_and_no_stance() -> None:
    shown = sheet(BATCH, [("x-1", 1)])
    assert "x-1.1\tjudge | ordered | Pay" in shown
    assert "demands" not in shown and "x-1.0" not in shown and "It rained" not in shown


def test_answers_are_read_by_key() -> None:
    assert read_answers(["x-1.0\tdenies", "", " x-1.1\tasserts\n"]) == {("x-1", 0): "denies", ("x-1", 1): "asserts"}


@pytest.mark.parametrize("line", ["x-1.0 denies", "x-1\tdenies", "x-1.0\tdoubts", "x-1.a\tdenies"])
def test_a_line_that_is_no_answer_is_refused(line: str) -> None:
    with pytest.raises(BadItemError, match="not a key"):
        read_answers([line])


def test_kappa_takes_off_what_chance_gives() -> None:
    pairs = compare(BATCH, {("x-1", 0): "denies", ("x-1", 1): "asserts"})
    assert pairs == {("denies", "denies"): 1, ("demands", "asserts"): 1}
    assert kappa(Counter({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15})) == pytest.approx(0.4)
    assert kappa(Counter({("a", "a"): 3})) == 1.0


def test_the_command_scores_each_batch_and_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = ROOT / "statements" / "train-d.jsonl"
    first = next(items(batch))
    answers = tmp_path / "answers.tsv"
    answers.write_text(f"{first['id']}.0\t{first['statements'][0]['stance']}\n")
    main(["score", str(answers), str(batch)])
    assert "train-d: 1 of 1 the same (100.0%), kappa 1.00" in capsys.readouterr().out
    main(["sheet", str(batch)])
    assert capsys.readouterr().out.count("train-d-") == 10
