"""Who else is credited in the copy: agencies named under or in a report."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_ITEM = r"[\w.’'&()/-]+(?:\s+[\w.’'&()/-]+){0,8}"
_WHO = r"(?P<who>.{2,200})"
_CONTRIBUTED = re.compile(
    rf"(?P<who>{_ITEM}(?:,\s*{_ITEM}|\s+and\s+{_ITEM}){{0,6}}) (?:also )?contributed "
    r"(?:additional |to )?(?:reporting|writing|research|to (?:this|the)\b.{0,60})(?: (?:from|for|to|in|on)\b.{0,80})?",
    re.I,
)
_OF_REPORTERS = tuple(  # credits that may name people as well
    re.compile(pattern + _WHO, re.I)
    for pattern in (
        r"(?:with|including) (?:additional )?(?:reporting|inputs?|files?|material|information|contributions?|agency "
        r"inputs) (?:by|from|of) ",
        r"(?:additional|further|some|extra) (?:reporting|material|information) (?:by|from) ",
        r"(?:(?:written )?based on|compiled from|adapted from) "
        r"(?:(?:reporting|reports|material|information|stories|dispatches) )?(?:by|from) ",
        r"(?:reporting|reported|written|writing) by ",
        r"(?:this (?:story|article|report) )?(?:includes|contains) (?:additional )?(?:reporting|material|information) "
        r"(?:by|from) ",
        r"with ",
    )
)
_OF_AGENCIES = tuple(  # credits only if they name an agency
    re.compile(pattern, re.I)
    for pattern in (
        r"this (?:story|article|report|piece) (?:was|is) (?:originally )?"
        rf"(?:produced|written|published|provided|distributed|supplied) (?:by|from) {_WHO}",
        rf"(?:sources?|agenc(?:y|ies)|credit|wire|via|from)\s*[:：]\s*{_WHO}",
        r"(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:\d{4})?,?\s*(?P<who>.{2,80}?)(?:\.? all rights reserved.*)?",
    )
)
_SPLIT = re.compile(
    r"\s*(?:,\s*(?:and\s+)?|;|\s+and\s+|\s*&\s*|\s*[/|]\s*|\s+via\s+|\s+with\s+|\s+in\s+|\s+for\s+|[’']s\b)\s*", re.I
)
_DATELINE = re.compile(r"^[A-Z][\w .,’'/()-]{1,60}?\((?P<who>[^()]{2,40})\)\s*[-–—]{1,2}\s")
_SLASHED = re.compile(r"^[A-Z][\w .,’'()-]{1,60}?/(?P<who>[\w ]{2,30})/[.\s-]")
_LEAD = re.compile(r"^\(?(?P<who>[A-Z][\w /-]{1,40}?)\)?\s*(?:--|–|—)\s+[A-Z“\"]")
_TRAILER = re.compile(r"[.!?][\"”’)]*\s*(?:[-–—]{1,2}\s*(?P<dash>[\w /,.-]{2,60})|\((?P<paren>[\w /,.&-]{2,60})\))$")


@cache
def _agencies(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names of one kind as written, and in lower case those that are not wholly capitals."""
    table = tomllib.loads((files("readout.ingest") / "data" / "agencies.toml").read_text(encoding="utf-8"))
    return frozenset(table[kind]), frozenset(name.casefold() for name in table[kind] if not name.isupper())


def is_agency(name: str) -> bool:
    """Whether a name is that of a news agency."""
    name = re.sub(r"^the\s+(?=[A-Z]{2})|[.]$", "", name.strip(), flags=re.I)
    written, folded = _agencies("text")
    return name in written or name.casefold() in folded


def is_picture_source(name: str) -> bool:
    """Whether a name is that of an agency or a picture desk."""
    return is_agency(name) or name.strip(" .").casefold() in _agencies("picture")[1]


def agencies_in(names: str) -> list[str]:
    """The news agencies among names parted by commas, "and", slashes."""
    parts = (part.strip(" .()") for part in _SPLIT.split(names[:300]))
    return [part for part in parts if part and is_agency(part)]


def credit_line(text: str) -> list[str] | None:
    """The agencies that a line of credits names, or `None` if the line is none.

    A line that credits only people ("Additional reporting by Jane Roe") is a credit line without agencies: [].
    """
    inner = text.strip().strip("()[]*–— ").rstrip(".")
    if not inner or len(inner) > 300:
        return None
    parts = [part for part in _SPLIT.split(inner) if part.strip(" .()")]
    if len(parts) <= 6 and all(is_agency(part.strip(" .()")) for part in parts):
        return [part.strip(" .()") for part in parts]
    for pattern in (_CONTRIBUTED, *_OF_REPORTERS, *_OF_AGENCIES):
        match = pattern.fullmatch(inner)
        if match:
            who = re.split(r";|\bedit(?:ing by|ors?:)", match["who"], flags=re.I)[0]
            found = agencies_in(who)
            return found if found or (pattern not in _OF_AGENCIES and _is_names(who)) else None
    return None


def _is_names(who: str) -> bool:
    """Whether words are names: nearly all of them begin with a capital."""
    small = ("and", "in", "by", "for", "editing", "writing")
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", who) if word.casefold() not in small]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def credits_in_prose(paragraphs: list[str]) -> list[str]:
    """Agencies credited inside the first or at the end of the last paragraph: "KYIV (Reuters) - ...", "... (AFP)"."""
    if not paragraphs:
        return []
    found = []
    head, last = paragraphs[0][:160], paragraphs[-1][-120:]
    for match in (_DATELINE.match(head), _SLASHED.match(head), _LEAD.match(head)):
        if match:
            found += agencies_in(match.group("who"))
    trailer = _TRAILER.search(last)
    if trailer:
        found += agencies_in(trailer.group("dash") or trailer.group("paren"))
    return found
