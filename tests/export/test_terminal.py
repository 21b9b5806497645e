"""The readout in a terminal."""

import io
import re

import pytest
from rich.console import Console

from readout.export.terminal import console, show
from readout.schema import Readout


def printed(readout: Readout, width: int) -> str:
    file = io.StringIO()
    show(readout, Console(file=file, width=width, markup=False, highlight=False))
    return file.getvalue()


def test_an_analyst_finds_every_section(sample: Readout):
    text = printed(sample, 140)
    for heading in ("WHO", "WHAT HAPPENED", "WHAT WAS SAID", "WHAT IS DUE", "UNDER SANCTIONS", "PLACES"):
        assert f"\n{heading}\n" in text
    assert "Norway and Kazakhstan agree on rail corridor" in text.splitlines()[0]
    assert "The Example Times · 14 Mar 2024 · Jo Writer · AFP" in text
    assert "● occurred  COERCE arrest  Police → at least 11 protesters  by the word of Yerlan Musin" in text
    assert "✗ denied  ASSAULT" in text
    assert "denies: that force had been used" in text


@pytest.mark.parametrize("width", [20, 40, 71, 72, 100, 200])
def test_no_line_is_wider_than_the_terminal(sample: Readout, width: int):
    assert max(map(len, printed(sample, width).splitlines())) <= width


def test_what_is_empty_is_left_out(sample: Readout):
    sample.screenings, sample.expectations = [], []
    text = printed(sample, 100)
    assert "SANCTIONS" not in text
    assert "DUE" not in text


def test_piped_text_is_plain(sample: Readout, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b" not in printed(sample, 100)
    assert not any(line.endswith(" ") for line in printed(sample, 100).splitlines())


def test_no_color_is_honoured(sample: Readout, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    file = io.StringIO()
    show(sample, Console(file=file, width=100, force_terminal=True))
    assert not re.search(r"\x1b\[[\d;]*3\d", file.getvalue())


def test_hostile_text_cannot_steer_the_terminal(sample: Readout, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "100")
    sample.article.title = "\x1b]0;owned\x07Title [red]not markup[/red] \u202eevil"
    sample.article.outlet = "A\x9b31mB"
    sample.entities[0].name = "\x1b[2JSolheim"
    sample.article.text = sample.article.text.replace("met", "\x1b\x07m")
    file = io.StringIO()
    show(sample, console(file))
    text = file.getvalue()
    assert not set(text) & set("\x1b\x07\x9b\u202e")
    assert "[red]not markup[/red]" in text


def test_a_long_sentence_is_cut_around_its_trigger_between_words(sample: Readout):
    text = printed(sample, 300)
    assert "Yerlan Musin, head of …" in text
