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
_INNER_END = re.compile(r"""[a-z0-9)][.!?](?P<quote>["'”’»]*)\s+(?=[-–—]?\s*["'“‘«(]?[A-Z])""")
_GOES_ON_AFTER_QUOTE = re.compile(r"""[,!?]["'”’»]$""")
_STARTS_MIDWAY = re.compile(r"[,;:!?)\]”’»%](?=\s|$)|\.(?:$|\s+[a-z])")
_OPENING_MARKS = "\"'“‘«(["
LONGEST_END = 12  # characters that the end of a sentence may take, with all closing marks
LONG_STUMP = 12  # words; subheadings are shorter
LONGEST_PARAGRAPH = 5000  # characters; what is longer is not joined to more
SHORTEST_REPEAT = 60  # characters; shorter paragraphs ("Thank you.") may rightly stand twice


@cache
def _words(key: str) -> frozenset[str]:
    table = tomllib.loads((files("readout.ingest") / "data" / "cut.toml").read_text(encoding="utf-8"))
    return frozenset(table[key])


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
        is_inside = len(whole) > 1 and is_finished(whole[-2].text)
        if whole and (cut_between(whole[-1], block, mended) or (is_inside and _is_long_stump(whole[-1], block))):
            whole[-1] = replace(whole[-1], text=_join(whole[-1].text, block.text), item=whole[-1].item and block.item)
            mended = block.text[:1].islower()
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


def cut_between(before: Block, after: Block, mended: bool = False) -> bool:
    """Whether a paragraph was cut between two blocks, in the middle of a sentence.

    Args:
        before: the first block.
        after: the block that follows it.
        mended: whether the first was already joined from pieces, so that its end is no heading's.
    """
    if before.heading or after.heading or (before.item and after.item) or _SPEAKER.match(after.text):
        return False
    if len(before.text) > LONGEST_PARAGRAPH:
        return False
    goes_on = after.text.lstrip(_OPENING_MARKS)[:1].islower()
    if is_finished(before.text):
        is_open = _GOES_ON_AFTER_QUOTE.search(before.text[-LONGEST_END:]) or _last_word(before.text) in _words(
            "abbreviations"
        )
        return goes_on and bool(is_open)
    if before.text.endswith((":", ";", "; and", "; or")):
        return False
    if goes_on or _STARTS_MIDWAY.match(after.text):
        return True
    return not before.text.endswith(("—", "–")) and _stops_short(before.text, after.text, mended)


def is_finished(text: str) -> bool:
    """Whether text ends as a sentence does; the full stop of a title ("Gen.") is no end."""
    return bool(_END.search(text[-LONGEST_END:])) and _last_word(text) not in _words("titles")


def _last_word(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1] if text.strip() else ""


def _stops_short(text: str, after: str, mended: bool) -> bool:
    """Whether text breaks off where no sentence, heading or list item ends, and a capitalised word goes on with it."""
    words = text.split()
    last = words[-1]
    if last in _words("titles") or (last.casefold() in _words("open_words") and not last.isupper()):
        return len(words) > 1
    if last in _words("months") and after[:1].isdigit():
        return True
    if text.endswith(","):
        return len(words) >= 6
    first = re.match(r"[\w’'-]+", after)
    if not first or first.group().casefold() in _words("sentence_starters"):
        return False  # a full stop was forgotten: both are sentences
    return mended or _stops_before_name(words) or _stops_in_second_sentence(text)


def _is_long_stump(before: Block, after: Block) -> bool:
    """Whether, amid finished paragraphs, a long run of prose stops without an end and a name goes on with it."""
    if before.item or before.heading or after.heading or before.text[-1:] in tuple(".!?:;…—–\"'”’)"):
        return False
    words = before.text.split()
    first = re.match(r"[\w’'-]+", after.text)
    is_prose = len(words) >= LONG_STUMP and sum(word[0].islower() for word in words) >= 0.5 * len(words)
    goes_on = first and first.group().casefold() not in _words("sentence_starters") and not _SPEAKER.match(after.text)
    return bool(is_prose and goes_on and is_finished(after.text))


def _stops_before_name(words: list[str]) -> bool:
    """Whether plain prose stops on a word that a name must follow: "... met with Prime"."""
    awaits = words[-1] in _words("before_names") or words[-1].endswith(("’s", "'s"))
    return awaits and len(words) >= 5 and sum(word[0].islower() for word in words) >= 0.4 * len(words)


def _stops_in_second_sentence(text: str) -> bool:
    """Whether a finished sentence and the beginning of another is all there is: no heading or list item looks so."""
    ends = [m for m in _INNER_END.finditer(text) if is_finished(text[: m.end()].rstrip())]
    if not ends or ends[-1]["quote"]:
        return False  # a quotation before it makes the rest its speaker
    return sum(word[:1].islower() for word in text[ends[-1].end() :].split()) >= 3
