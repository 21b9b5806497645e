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
