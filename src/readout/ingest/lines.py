"""What a line is, if it is not prose: address, advertisement, offer of another article, note, date line, byline."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from readout.ingest import dates
from readout.ingest.blocks import Block
from readout.schema import RelatedLink

LONGEST_LINE = 600  # characters; furniture is short
_URL = re.compile(r"<?(https?://[^\s<>\"']{4,2000})>?")
_LABEL = re.compile(r"^([^:|–—]{2,40}?)\s*(?:[:|–—»]|\s-\s)\s*(.*)$", re.S)
_CLOCK = re.compile(r"\b(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?\s?m\b\.?)?|\d{1,2}\s*[ap]\.?\s?m\b\.?)", re.I)
_DATE_WORDS = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:first|originally|last)|published|posted|updated|"
    r"modified|created|issued|released|release|date|for immediate|dated|on|at|and|in|from|article|story|local|time|"
    r"(?-i:[A-Z]{1,4}T|UTC|GMT|Z)|\d+\s*min(?:ute)?s?(?:\s+(?:read|ago))?|\d+\s+(?:hours?|days?)\s+ago|am|pm)\b",
    re.I,
)
_CHANGED = re.compile(r"\b(?:updated|modified|revised|changed)\b", re.I)
_STAMP = re.compile(r"(?:first |last )?(?:published|posted|updated|modified)\b", re.I)
_AGO = re.compile(
    r"\W*(?:(?:published|posted|updated)\W+)?\d+\s+(?:min(?:ute)?s?|hours?|days?|weeks?)\s+(?:ago|read)\W*", re.I
)
_PLACE = re.compile(r"[A-Z][\w.’'-]*(?:[ ,]+(?:[A-Z][\w.’'-]*|of|the|de)){0,4},?")
_NAME = r"[A-Z][\w.’'-]+(?:\s+(?:[A-Z][\w.’'-]*|de|da|del|van|von|der|den|bin|al|la|le|el)){0,4}"
_NOBODY = (
    "agencies",
    "staff",
    "staff writer",
    "staff writers",
    "staff reporter",
    "our correspondent",
    "editor",
    "newsroom",
)
_BYLINE = re.compile(rf"(?:By|BY|by)\s+({_NAME}(?:(?:\s*,\s*|\s+and\s+|\s+AND\s+|\s*&\s*){_NAME}){{0,6}})(.*)$")
_TURN = re.compile(r"(?:[A-Z][A-Z.’'-]+\s){0,6}[A-Z][A-Z.’'-]+:\s|Q\s")
_SALUTATIONS = ("Dear ", "TO THE ", "MEMORANDUM ")
_CLOCK_LINE = re.compile(r"(?:END\s+)?\d{1,2}[:.]\d{2}\s*(?:[AP]\.?M\.?)?\s*(?:[A-Z]{2,4})?", re.I)


@dataclass(frozen=True)
class DateLine:
    """A line that says when: the date, and whether it is the day of a change."""

    iso: str | None
    changed: bool = False


@cache
def furniture() -> dict[str, Any]:
    """The table of what stands between paragraphs (`data/furniture.toml`)."""
    return tomllib.loads((files("readout.ingest") / "data" / "furniture.toml").read_text(encoding="utf-8"))


@cache
def _set(section: str, key: str) -> frozenset[str]:
    return frozenset(furniture()[section][key])


@cache
def _starts(section: str, key: str) -> tuple[str, ...]:
    return tuple(furniture()[section][key])


@cache
def _change() -> re.Pattern[str]:
    table = furniture()["update"]
    subjects, changes = "|".join(table["subjects"]), "|".join(table["changes"])
    return re.compile(
        rf"(?:this|the) (?:\w+ )?(?:{subjects}) (?:has been|was|is being|will be|is|has since been) "
        rf"(?:\w+ )?(?:{changes})\b",
        re.I,
    )


def bare(text: str) -> str:
    """Text for looking up in a table: lower case, without marks at its ends."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s’'&]+", " ", text.casefold())).strip()


def is_separator(text: str) -> bool:
    """A line without letters or digits, such as `* * *` or `###`."""
    return not any(c.isalnum() for c in text)


def is_of_transcript(text: str) -> bool:
    """A line of a transcript or letter: a speaker's turn, a time of day alone, a salutation."""
    return bool(
        _CLOCK_LINE.fullmatch(text.strip()) or _TURN.match(text) or text.startswith(("Dear ", "TO THE ", "MEMORANDUM "))
    )


def address(text: str) -> str | None:
    """The web address that is all there is on a line, after a label or alone."""
    found = _URL.search(text) if len(text) < 2500 else None
    if not found:
        return None
    rest = bare(text[: found.start()] + text[found.end() :])
    return found.group(1) if not rest or rest in _set("address", "labels") else None


def is_address_label(text: str) -> bool:
    """A line that announces the article's address on the next, such as "Original url:"."""
    return text.rstrip().endswith(":") and bare(text) in _set("address", "labels")


def is_advertisement(text: str) -> bool:
    """A line that sells, or asks something of the reader."""
    if len(text) > LONGEST_LINE:
        return False
    if bare(text) in _set("advertisement", "lines"):
        return True
    return len(text.split()) <= 60 and text.casefold().lstrip(" [(*•-–—").startswith(
        _starts("advertisement", "openings")
    )


def related(block: Block) -> list[RelatedLink] | None:
    """The articles a line offers: [] for a label alone ("Read also:"), `None` if the line offers none."""
    text = block.text
    if len(text) > LONGEST_LINE:
        return None
    labels = _set("related", "labels")
    if bare(text) in labels:
        return []
    label = _LABEL.match(text)
    if not label or bare(label.group(1)) not in labels:
        return None
    title = label.group(2).strip()
    url = _URL.fullmatch(title)
    if url:
        return [RelatedLink(title=url.group(1), url=url.group(1))]
    if block.links:
        return [link for link in block.links if bare(link.title) not in labels] or [RelatedLink(title=title)]
    return [RelatedLink(title=title)] if is_title_like(title) else None


def is_title_like(text: str) -> bool:
    """Whether text could be a headline: a line of some words that does not end as a statement does."""
    words = text.split()
    return 2 <= len(words) <= 30 and text.rstrip("\"'”’»")[-1:] not in tuple(".:;,…—–") and not text[0].islower()


def is_update_note(text: str) -> bool:
    """A note on the history of the text: what was updated, corrected or explained by its editors."""
    if len(text) > 2 * LONGEST_LINE:
        return False
    head = text.casefold().lstrip(" ([*•-–—")
    return head.startswith(_starts("update", "openings")) or bool(_change().match(head))


def date_line(text: str, in_head: bool) -> DateLine | None:
    """The date of a line that holds nothing but a date, its label, a time and, before it, a place.

    Args:
        text: the line.
        in_head: whether it stands before the first paragraph, where a place may come with the date.
    """
    if len(text) > 160:
        return None
    if _AGO.fullmatch(text):
        return DateLine(None, True)
    found = dates.find(text)
    if not found:
        is_stamp = _STAMP.match(text) and not _without_date_words(text)
        return DateLine(None, True) if is_stamp else None
    rest = _without_date_words(text[: found.start] + " " + text[found.end :])
    before = text[: found.start].rstrip()
    is_with_name = in_head and _PLACE.fullmatch(rest) and (before.endswith(",") or re.search(r"\s[|/•·]\s", text))
    if not rest or is_with_name or dates.valid(text):
        return DateLine(found.iso, bool(_CHANGED.search(before)))
    return None


def _without_date_words(text: str) -> str:
    second = dates.find(text)  # "Published ... Updated ..."
    if second:
        text = text[: second.start] + " " + text[second.end :]
    text = _DATE_WORDS.sub(" ", _CLOCK.sub(" ", text))
    return text.strip(" \t|·•/()[]:;,.–—+-")


def byline(text: str) -> tuple[list[str], str] | None:
    """The names after "By" on a line of their own, and what follows them there (a place, an agency, a date)."""
    if len(text) > 200:
        return None
    match = _BYLINE.match(text.strip())
    if not match or len(match.group(2).split()) > 12 or re.search(r"[.!?]$", match.group(2)):
        return None
    rest = match.group(2).strip()
    if rest and not re.match(r"[,|/–—·•(-]|in\b|at\b|for\b|on\b|and\b", rest):
        return None
    names = re.split(r"\s*,\s*|\s+and\s+|\s+AND\s+|\s*&\s*", match.group(1))
    people = [_cased(name) for name in names if name and name.casefold() not in _NOBODY]
    return people, rest.lstrip(",|/–—·•(- ").rstrip(")")


def _cased(name: str) -> str:
    """A name printed in capitals, with capitals only at its beginnings; short ones are acronyms and stay."""
    return name.title() if name.isupper() and " " in name else name
