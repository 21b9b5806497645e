"""The word lists of screening, read once."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from readout.knowledge.folding import fold

_WORD = re.compile(r"[a-z][a-z-]{2,}")


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list: public, private, sites or ships."""
    return frozenset(_table()[name].split())


@cache
def industries() -> dict[str, frozenset[str]]:
    """Words that name an industry, by industry."""
    return {name: frozenset(listed.split()) for name, listed in _table()["industries"].items()}


def words_of(text: str) -> set[str]:
    """The words of a text in small plain letters."""
    return set(_WORD.findall(fold(text))) | set(_WORD.findall(text.lower()))


def industries_of(text: str) -> set[str]:
    """Industries that a text names."""
    found = words_of(text)
    return {name for name, listed in industries().items() if found & listed}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
