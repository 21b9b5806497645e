"""Whole reports in many styles, each with what a careful reader would take from it (`tests/data/pages/*.json`)."""

import json
from pathlib import Path

import pytest

from readout.ingest import article

PAGES = Path(__file__).parents[1] / "data" / "pages"
EXPECTED = sorted(PAGES.glob("*.json"))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_report(expected: Path) -> None:
    want = json.loads(expected.read_text(encoding="utf-8"))
    got = article(PAGES / want.pop("source"))
    assert got.text.split("\n\n") == want.pop("paragraphs")
    assert [link.title for link in got.related] == want.pop("related")
    assert [caption.model_dump() for caption in got.captions] == want.pop("captions")
    assert {key: getattr(got, key) for key in want} == want
