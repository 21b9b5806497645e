"""Files of every format, cut, bent and stuffed: each is taken in or refused with a reason, and nothing is written."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from readout.ingest.fetch import Fetcher
from readout.ingest.gather import Gathering

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
fuzz = pytest.importorskip("fuzz")


def test_a_sample_of_fuzzed_files_is_taken_in_or_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    files = fuzz.write(folder, 6 * len(fuzz.MAKERS), seed=4)
    for path in files:
        with closing(Fetcher(types=None)) as fetcher:
            taken = list(Gathering(fetcher).take([path]))
        assert any(one.is_news for one in taken), path.name
        for one in taken:
            if one.intake.error is not None:
                assert "\n" not in str(one.intake.error)
                assert "\x1b" not in str(one.intake.error)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_web_archive_says_nothing_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ada Lind met union leaders in Vesthavn.</p>"
    named = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a \x1b[2Jb\r\n"
    head = f"{named}Content-Length: 20\r\n\r\n"
    path = tmp_path / "a.warc"
    path.write_bytes(head.encode() + page + b"\r\n\r\n")
    with closing(Fetcher(types=None)) as fetcher:
        assert list(Gathering(fetcher).take([path]))
    assert capsys.readouterr().err == ""
