"""What is no report: each gives one line that names it and says what to do, quickly and in little memory."""

import io
import json
import random
import sys
import time
from pathlib import Path

import pytest

from readout.errors import ContentError, OptionError, ReadoutError, SourceError
from readout.ingest import article, article_from_text, take

FRONT = "".join(
    f"<div><h3><a href='/{n}'>Minister number {n} says talks will go on</a></h3>"
    f"<p>Officials said so on day {n} of it.</p></div>"
    for n in range(30)
)
PROSE = "The minister said on Friday that the talks would go on for as long as both sides wished. "
BAD: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t ",
    "one_character.txt": b"a" * 900_000,
    "huge.txt": b"a" * 50_000_000,
    "book.txt": PROSE.encode() * 20_000,
    "noise.txt": random.Random(1).randbytes(100_000),
    "report.txt": b"%PDF-1.7 The minister said on Friday.",
    "office.txt": b"PK\x03\x04 word/document.xml",
    "broken.txt": "The minister said “we will not go”, and “we will not write”.".encode()[:-3] + b"\xff\xfe\x80 later.",
    "wrong.html": b"<html><meta charset='ascii'><p>" + b"The minister went to Espa\xf1a on Friday. " * 5,
    "numbers.txt": b"1,2,3\n4,5,6\n" * 500,
    "brackets.txt": b"[" * 900_000,
    "nested.txt": (b"[[[[" * 1000 + b" x\n\n") * 200,
    "form.html": b"<html><title>Sign in</title><body><form><input><button>Go</button></form></body></html>",
    "front.html": f"<html><title>News</title><body><main>{FRONT}</main></body></html>".encode(),
    "gone.html": b"<html><title>Page not found | Post</title><body><h1>Page not found</h1><p>"
    + b"We looked for it. " * 12,
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"<p>hello</p>",
    "elements.html": b"<html><body>" + b"<p>hello there friend.</p>" * 60_000,
    "comment.html": b"<!-- " * 300_000,
    "empty.jsonl": b"\n\n",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    started = time.process_time()
    (taken,) = take([path])
    assert time.process_time() - started < 5
    assert isinstance(taken.error, ContentError | SourceError) and taken.article is None
    assert str(taken.error).startswith(f"{path}: ") and "\n" not in str(taken.error)


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    line_break = tmp_path / "a\nb.txt"
    errors = [
        item.error for item in take([tmp_path / "none.txt", tmp_path, line_break, "bad\0name", tmp_path / "none.jsonl"])
    ]
    assert all(isinstance(error, SourceError) and "\n" not in str(error) for error in errors)
    assert "is a folder" in str(errors[1])


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(PROSE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match="Permission denied"):
        article(path)


def test_a_marked_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes(PROSE.encode("utf-16"))
    assert article(path).text == PROSE.strip()


def test_an_unmarked_encoding_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "legacy.txt"
    path.write_bytes("The minister said on Friday: “We will go to Paris next week.”".encode("cp1252"))
    with pytest.raises(ContentError, match=r"is not UTF-8 \(byte 30\); convert it"):
        article(path)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROSE.encode())))
    assert article("-").text == PROSE.strip()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(ContentError, match=r"^-: is empty"):
        article("-")


@pytest.mark.parametrize(
    "published", ["yesterday", "2023", "2023-13", "2023-02-30", "15/09/2023", "2023-09-15T25:00", ""]
)
def test_published_must_be_a_date(published: str) -> None:
    with pytest.raises(OptionError, match="no date"):
        take([], published=published)
    with pytest.raises(OptionError):
        article_from_text(PROSE, published=published)


def test_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    text = "  Kim met Putin in Moscow on Friday. \r\n\r\nImage: nobody. He said “no”.\u00a0"
    lines = [
        json.dumps({"id": 7, "text": text, "published": None, "title": "A meeting", "unknown": [1]}),
        "",
        "not json",
        '{"text": 5}',
        "[1]",
        '{"title": "nothing else"}',
        r'{"text": "half \ud800 of a character in a line of text."}',
        '{"text": "Kim met Putin in Moscow.", "published": "soon"}',
        "[" * 100_000,
        json.dumps({"html": f"<p>{PROSE * 3}</p>", "published": "2023-09", "url": "https://post.example/2023/09/15/x"}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    taken = list(take([path]))
    assert [item.name for item in taken] == [f"{path}:{n}" for n in (1, 3, 4, 5, 6, 7, 8, 9, 10)]
    first, *bad, last = taken
    assert first.article and first.given_id == "7"
    assert first.article.text == text and first.article.title == "A meeting" and first.article.published is None
    assert all(item.error and str(item.error).startswith(item.name) and "\n" not in str(item.error) for item in bad)
    assert last.article and (last.article.published, last.article.outlet) == ("2023-09", "post.example")


def test_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    line = json.dumps({"text": PROSE}) + "\n"
    path.write_text(line * 3 + '{"text": "' + "a" * 21_000_000 + '"}\n' + line)
    taken = take([path])
    assert next(taken).article is not None
    assert [item.error is None for item in taken] == [True, True, False, True]


def test_one_article_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text(json.dumps({"text": PROSE}) + "\n" + json.dumps({"text": PROSE}))
    with pytest.raises(ReadoutError, match="several"):
        article(path)


def test_a_given_text_is_kept_and_what_stands_beside_it_is_read(tmp_path: Path) -> None:
    caption = "The old port of Riga. Image: Ana Ruiz."
    text = f"Envoys meet in Riga\n\n3 March 2021\n\n{caption}\n\n{PROSE}\n\nAFP contributed reporting."
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"text": text}))
    got = article(path)
    assert got.text == text and got.title == "Envoys meet in Riga" and got.contributors == ["AFP"]
    assert [caption.credit for caption in got.captions] == ["Ana Ruiz"]
    assert got.published is None  # only what is given counts where the text is kept as it is
