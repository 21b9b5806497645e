"""The command line: what goes where, and with which exit status."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from readout import __version__, reading
from readout.cli import run

PROSE = (
    "The trade envoys of Uruguay and Estonia met in Tallinn on Monday to discuss a new shipping line between the two "
    "countries. They agreed to meet again before the summer.\n\n"
    "A spokeswoman for the Estonian government said that the talks had been useful and that a second round was near."
)
STAND_IN = (
    "import spacy, readout.reading as r; r.load = lambda name: spacy.blank('en'); from readout.cli import main; main()"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(PROSE, encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.txt"
    path.touch()
    return path


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(json.dumps({"id": f"a{n}", "text": PROSE}) for n in range(3)), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch):
    """A pipeline that only tokenizes: the command line is what is tested."""
    import readout.layers  # noqa: F401

    nlp = spacy.blank("en")
    monkeypatch.setattr(reading, "load", lambda _: nlp)


def one_line(text: str) -> str:
    assert text.endswith("\n") and text.count("\n") == 1, text
    return text


def test_version(capsys):
    assert run(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_json_is_one_readout(report: Path, capsys):
    assert run(["read", str(report), "--json", "--published", "2024-03-14"]) == 0
    out, err = capsys.readouterr()
    readout = json.loads(out)
    assert (readout["schema"], readout["article"]["text"], err) == ("readout/1", PROSE, "")
    assert readout["article"]["published"] == "2024-03-14"


def test_jsonl_is_a_readout_a_line_in_input_order(batch: Path, report: Path, capsys):
    assert run(["read", str(batch), str(report), "--jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["id"] for line in lines][:3] == ["a0", "a1", "a2"]
    assert len(lines) == 4


def test_a_terminal_layout_by_default(report: Path, capsys):
    assert run(["read", str(report), "--published", "2024-03-14"]) == 0
    assert "14 Mar 2024" in capsys.readouterr().out


def test_html_is_one_file_and_nothing_else(report: Path, tmp_path: Path, capsys):
    page = tmp_path / "page.html"
    assert run(["read", str(report), "--html", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("form", [[], ["--json"], ["--jsonl"]])
def test_a_lone_bad_input_is_one_line_and_status_2(empty: Path, form: list[str], capsys):
    assert run(["read", str(empty), *form]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "empty.txt" in one_line(err)


def test_a_bad_input_leaves_no_page(empty: Path, tmp_path: Path):
    assert run(["read", str(empty), "--html", str(tmp_path / "page.html")]) == 2
    assert list(tmp_path.glob("*.html")) == []


def test_a_missing_file_is_one_line_and_status_2(tmp_path: Path, capsys):
    assert run(["read", str(tmp_path / "none.md")]) == 2
    assert "none.md" in one_line(capsys.readouterr().err)


def test_a_batch_goes_on_and_reports_at_the_end(empty: Path, report: Path, tmp_path: Path, capsys):
    assert run(["read", str(empty), str(report), str(tmp_path / "none.txt"), "--jsonl"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "2 of 3 could not be read" in err
    assert "empty.txt" in err and "none.txt" in err


@pytest.mark.parametrize("form", ["--json", "--html=page.html"])
def test_several_articles_need_lines(batch: Path, form: str, capsys, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    assert run(["read", str(batch), form]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "--jsonl" in one_line(err)
    assert not Path("page.html").exists()


def test_a_date_that_is_none_is_one_line_and_status_2(report: Path, capsys):
    assert run(["read", str(report), "--published", "someday"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "someday" in one_line(err)


def test_a_page_that_cannot_be_written_is_one_line(report: Path, tmp_path: Path, capsys):
    assert run(["read", str(report), "--html", str(tmp_path / "none" / "page.html")]) == 2
    assert "cannot be written" in one_line(capsys.readouterr().err)


def test_hostile_names_do_not_reach_the_terminal(capsys):
    assert run(["read", "no\x1b[2Jsuch\x07file.txt"]) == 2
    assert not set(capsys.readouterr().err) & {"\x1b", "\x07"}


@pytest.mark.parametrize(
    "arguments", [["read"], ["read", "x", "--nonsense"], ["nonsense"], ["read", "x", "--processes", "0"]]
)
def test_a_command_that_makes_no_sense_is_status_2(arguments: list[str], capsys):
    assert run(arguments) == 2
    assert capsys.readouterr().out == ""


def test_an_interruption_is_status_130(report: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(reading.ingest, "take", interrupted)
    assert run(["read", str(report)]) == 130


def test_evaluating_without_data_is_one_line(tmp_path: Path, capsys):
    assert run(["evaluate", "--shared", str(tmp_path)]) == 2
    assert str(tmp_path) in one_line(capsys.readouterr().err)


def test_json_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path, capsysbinary):
    path = tmp_path / "report.txt"
    path.write_text(PROSE.replace("Tallinn", "Tallinn’s harbour"), encoding="utf-8")
    assert run(["read", str(path), "--json"]) == 0
    assert "Tallinn’s harbour".encode() in capsysbinary.readouterr().out


def test_standard_input_and_a_terminal_without_unicode():
    words = [sys.executable, "-c", STAND_IN, "read", "-"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    text = PROSE.replace("Tallinn", "Tallinn’s harbour").encode()
    done = subprocess.run(words, input=text, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"undated" in done.stdout and b"harbour" in done.stdout


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path):
    many = tmp_path / "many.jsonl"
    many.write_text("\n".join(json.dumps({"text": PROSE}) for _ in range(2000)), encoding="utf-8")
    words = [sys.executable, "-c", STAND_IN, "read", str(many), "--jsonl"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        assert running.stdout.readline().startswith(b'{"schema"')
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) != 0


def test_help_comes_at_once():
    def processor_seconds(*words: str) -> float:
        """What a Python process takes of the processor: unlike the clock, it does not tell how busy the machine is."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    bare = min(processor_seconds("-c", "pass") for _ in range(3))
    helped = min(processor_seconds("-m", "readout", "--help") for _ in range(3))
    assert helped - bare < 0.3
