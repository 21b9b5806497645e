"""Intake as measured on the development pages."""

import os
from pathlib import Path

import pytest

from readout.evaluate import articles

SHARED = Path(os.environ.get("READOUT_SHARED") or Path(__file__).parents[3] / "shared")


@pytest.mark.skipif(not (SHARED / "data" / "articles").is_dir(), reason="no development data (READOUT_SHARED)")
def test_intake_beats_extraction_as_it_comes() -> None:
    figures = articles.evaluate(SHARED)
    assert figures["body_f1"] >= 0.99 > figures["body_f1_trafilatura"]
    assert figures["title"] == figures["date"] == figures["founding_fields"] == 1.0
