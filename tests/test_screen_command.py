"""`readout compare` and `readout screen` from the outside."""

import json
from pathlib import Path

import pytest

from readout.cli import run


def test_pairs_are_compared_in_order_and_bad_lines_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ['{"id": "a", "left": "Ivan Orlov", "right": "ORLOV, Ivan", "kind": "person"}', "{", '{"left": "Only"}',
             '{"id": "b", "left": "Unit 5", "right": "Unit 6"}']  # fmt: skip
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert run(["compare", str(path), "--jsonl"]) == 1
    told = capsys.readouterr()
    out = [json.loads(line) for line in told.out.splitlines()]
    assert [(row["id"], row["match"]) for row in out] == [("a", True), ("b", False)]
    assert told.err.count("line") == 2


def test_files_of_names_are_screened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "names.jsonl"
    path.write_text('{"id": "p", "name": "Sergei Lavrov", "kind": "person"}\n{"id": "q", "name": "Ann Nobody-Here"}\n')
    assert run(["screen", str(path), "--on", "2023-09-15", "--jsonl"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["hits"][0]["match"]
    assert {"list", "entry_id", "entry_name", "score", "match", "features"} == first["hits"][0].keys()
    assert not any(hit["match"] for hit in second["hits"])
    table = tmp_path / "names.csv"
    table.write_text("name,kind\nSergei Lavrov,person\n", encoding="utf-8")
    assert run(["screen", str(table), "--on", "2023-09-15"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("Sergei Lavrov,person,true,ofac-sdn,")


def test_rows_that_cannot_be_screened_say_why_in_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readout.commands.screen.EVERY", 2)
    path = tmp_path / "names.jsonl"
    path.write_text(
        '{"id": "a", "name": " "}\n{\n{"id": "c", "name": "Ann", "kind": "dragon"}\n{"id": "d", "name": "Ann"}\n'
    )
    assert run(["screen", str(path), "--on", "2023-09-15", "--jsonl"]) == 1
    told = capsys.readouterr()
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert [(row["id"], row.get("error", "")[:8], bool(row["hits"])) for row in rows[:3]] == [
        ("a", "no name", False), ("2", "no objec", False), ("c", "dragon: ", False)
    ]  # fmt: skip
    assert rows[3]["id"] == "d"
    assert "error" not in rows[3]
    assert told.err.count("screened") == 2
    assert run(["screen", "Ann", "--kind", "dragon"]) == 2
    assert "dragon: no kind" in capsys.readouterr().err


def test_an_answer_names_the_lists_asked_with_their_days_and_warns_of_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, kept = tmp_path / "own.csv", str(tmp_path / "lists.sqlite")
    own.write_text("id,name,kind\n1,Nordwind Frachtkontor GmbH,organization\n", encoding="utf-8")
    assert run(["lists", "add", str(own), "--as", "mine", "--on", "2026-01-05", "--db", kept]) == 0
    capsys.readouterr()
    asked = ["screen", "Nordwind Frachtkontor", "--on", "2026-01-06", "--db", kept]
    assert run([*asked, "--list", "mine"]) == 0
    told = capsys.readouterr()
    assert "1 match on the lists as of 2026-01-06 (newest versions: mine of 2026-01-05)" in told.out
    assert not told.err
    assert run(asked) == 0
    told = capsys.readouterr()
    assert "ofac-sdn of 2024-05-03, mine of 2026-01-05" in told.out
    assert told.err.count("add a newer one") == 1


def test_what_makes_no_sense_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", "Anybody", "--on", "yesterday"]) == 2
    assert run(["screen", "missing.jsonl"]) == 2
    assert run(["screen", "Anybody", "--list", "nowhere"]) == 2
    assert capsys.readouterr().err.count("readout:") >= 3
