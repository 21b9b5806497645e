"""The texts written for this project are real writing: no two of them are made from one template."""

import json
import re
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUN = 5


def texts() -> dict[str, str]:
    found = {
        p.name: p.read_text(encoding="utf-8") for p in sorted((ROOT / "examples").glob("*")) if p.name != "README.md"
    }
    for path in sorted((ROOT / "tests" / "data").glob("*/*.gold.json")):
        path = path.with_name(path.name.replace(".gold.json", ".json"))
        found[path.name] = json.loads(path.read_text(encoding="utf-8"))["text"]
    return found


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_there_is_something_to_compare() -> None:
    assert len(texts()) > 10


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(texts()), 2)))
def test_no_two_share_half_their_five_grams(one: str, other: str) -> None:
    a, b = runs(texts()[one]), runs(texts()[other])
    assert len(a & b) <= min(len(a), len(b)) / 2
