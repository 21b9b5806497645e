"""`readout lists` on the command line."""

from pathlib import Path

import pytest

from readout.cli import run

PUBLISHED = Path(__file__).parent / "published"


def lists(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = run(["lists", *map(str, words)])
    out, err = capsys.readouterr()
    return status, out, err


def test_add_show_and_changes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    db = ("--db", tmp_path / "lists.sqlite")
    status, out, _ = lists(capsys, "add", PUBLISHED / "un.xml", "--as", "un", *db)
    assert (status, out) == (0, "un of 2024-05-21: 2 entries (un-xml), added\n")
    assert "nothing changed" in lists(capsys, "add", PUBLISHED / "un.xml", "--as", "un", *db)[1]
    newer = tmp_path / "un.xml"
    text = (
        (PUBLISHED / "un.xml").read_text(encoding="utf-8").replace("Captain", "Admiral").replace("TLe.002", "TLe.003")
    )
    newer.write_text(text, encoding="utf-8")
    assert lists(capsys, "add", newer, "--as", "un", "--on", "2024-07-01", *db)[0] == 0
    status, out, _ = lists(capsys, "changes", "un", *db)
    assert status == 0
    assert out.splitlines() == [
        "+ TLe.003 NORDWIND FRACHTKONTOR & CO [Testland]",
        "~ TLi.001 ARVID HOLGER TESTRUP [positions]",
        "- TLe.002 NORDWIND FRACHTKONTOR & CO [Testland]",
        "1 added, 1 changed, 1 removed",
    ]
    status, out, err = lists(capsys, "show", *db)
    assert status == 0
    assert "ofac-sdn" in out and "2024-07-01" in out
    assert "add a newer one" in err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("changes", "none"), "no such list"),
        (("add", "none.xml", "--as", "x"), "cannot be read"),
        (("add", PUBLISHED / "own.csv", "--as", "x", "--on", "soon"), "no day"),
        (("add", PUBLISHED / "alt.csv", "--as", "x"), "nothing is changed"),
        (("add", PUBLISHED / "own.csv", "--as", "x\x1b[31m"), "showable"),
        (("add", "http://127.0.0.1:9/list.xml", "--as", "x"), "refused"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[object, ...], reason: str
) -> None:
    status, out, err = lists(capsys, *words, "--db", tmp_path / "lists.sqlite")
    assert (status, out) == (2, "")
    assert reason in err
    assert err.count("\n") == 1


def test_a_hostile_name_cannot_do_anything_to_a_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name\n1,Evil \x1b[2J[red]\u202e\n", encoding="utf-8")
    lists(capsys, "add", path, "--as", "own", "--db", tmp_path / "lists.sqlite")
    _, out, _ = lists(capsys, "changes", "own", "--from", "2000-01-01", "--db", tmp_path / "lists.sqlite")
    assert out.startswith("+ 1 Evil [2J[red]\n")
