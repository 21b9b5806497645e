"""Paragraphs made whole: pieces of a cut sentence are joined again, and what stands twice stands once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from readout.ingest.blocks import Block

_END = re.compile(r"""(?:[.!?…。！？؟।]|\.\.\.)["'”’»)\]]*$""")
_SPEAKER = re.compile(r"[A-Z][A-Z.’' -]{1,60}:|Q\b")
_INNER_END = re.compile(r"""[a-z0-9)][.!?]["'”’»)]*\s+(?=["'“‘«(]?[A-Z])""")
_GOES_ON_AFTER_QUOTE = re.compile(r"""[,!?]["'”’»]$""")
_STARTS_MIDWAY = re.compile(r"[,.;:!?)\]”’»…%]")
_OPENING_MARKS = "\"'“‘«(["
SHORTEST_REPEAT = 60  # characters; shorter paragraphs ("Thank you.") may rightly stand twice


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    table = tomllib.loads((files("readout.ingest") / "data" / "cut.toml").read_text(encoding="utf-8"))
    return frozenset(table["open_words"]), tuple(table["abbreviations"])


def heal(blocks: Iterable[Block]) -> list[Block]:
    """Join the pieces of cut paragraphs and drop repeated ones.

    Args:
        blocks: the prose of one article, in order.

    Returns:
        Whole paragraphs, each once.
    """
    return _once(_joined(blocks))


def _joined(blocks: Iterable[Block]) -> list[Block]:
    whole: list[Block] = []
    mended = False  # whether the last of `whole` was joined from pieces
    for block in blocks:
        if whole and _cut_between(whole[-1], block, mended):
            whole[-1] = replace(whole[-1], text=_join(whole[-1].text, block.text), item=whole[-1].item and block.item)
            mended = True
        else:
            whole.append(block)
            mended = False
    return whole


def _once(blocks: Iterable[Block]) -> list[Block]:
    seen: set[str] = set()
    kept = []
    for block in blocks:
        key = "".join(c for c in block.text.casefold() if c.isalnum())
        if key not in seen or len(block.text) < SHORTEST_REPEAT:
            kept.append(block)
        seen.add(key)
    return kept


def _join(before: str, after: str) -> str:
    no_space = _STARTS_MIDWAY.match(after) or (before.endswith("-") and before[-2:-1].isalnum())
    return before + ("" if no_space else " ") + after


def _cut_between(before: Block, after: Block, mended: bool) -> bool:
    """Whether a paragraph was cut between two blocks, in the middle of a sentence."""
    if before.heading or after.heading or (before.item and after.item) or _SPEAKER.match(after.text):
        return False
    if is_finished(before.text):
        return bool(_GOES_ON_AFTER_QUOTE.search(before.text)) and after.text[:1].islower()
    if before.text.endswith((":", ";", "; and", "; or")):
        return False
    if after.text.lstrip(_OPENING_MARKS)[:1].islower() or _STARTS_MIDWAY.match(after.text):
        return True
    return not before.text.endswith(("—", "–")) and (_stops_short(before.text) or (mended and len(after.text) > 1))


def is_finished(text: str) -> bool:
    """Whether text ends as a sentence does; an abbreviation's full stop is no end."""
    return bool(_END.search(text)) and not text.endswith(_words()[1])


def _stops_short(text: str) -> bool:
    """Whether text breaks off where no sentence, heading or list item ends."""
    words = text.split()
    if words[-1] in _words()[0]:
        return len(words) > 1
    if text.endswith(","):
        return len(words) >= 6
    # A finished sentence, then the beginning of another: neither headings nor list items look like that.
    ends = list(_INNER_END.finditer(text))
    rest = text[ends[-1].end() :].split() if ends else []
    return sum(word[:1].islower() for word in rest) >= 3
