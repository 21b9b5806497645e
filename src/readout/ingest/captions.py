"""Captions among the paragraphs, and the credit at the end of each."""

import re

from readout.ingest.blocks import Block
from readout.ingest.credits import is_agency, is_picture_source
from readout.schema import Caption

LONGEST_CAPTION = 100  # words
_BEFORE_CREDIT = " |/([–—-"  # what may stand between a caption and its credit
_KIND = r"(?:image|photo|photograph|picture|pic|foto|graphic|illustration|video|screenshot)s?"
_LABEL = re.compile(
    rf"\b(?:(?:file )?{_KIND}(?: credits?| courtesy(?: of)?| source)?|credits?|courtesy(?: of)?)"
    r"\s*(?:[:：]|(?<=of)\s)\s*"
    rf"|\b{_KIND} (?:by|from|via|courtesy of)\s",
    re.I,
)
_FILE = re.compile(
    r"^(?:\(?FILES?\)?(?: (?:PHOTO|IMAGE|PICTURE))?\)?\s*[-–—:]+\s*|(?:Pictured|Photo|Image|Above|Below)(?: \w+)?:\s)"
)
_OFFICE = re.compile(r"\b(?:press (?:service|office)|handout|pool)\b|\w\.(?:ru|com|org|net|gov)$", re.I)
_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\w©@])")
_SET_APART = re.compile(r"\s+[|/]\s+|\s*[\[(](?=[^()\[\]]{2,80}[)\]]$)")
_OWNED = re.compile(r"^\s*(?:©|\(c\)|@)\s*", re.I)
_DETERMINER = re.compile(r"\b(?:an?|the|this|that|his|her|its|their|one|another|new|of|with)\s*$", re.I)


def read_caption(block: Block, in_head: bool, is_last: bool) -> Caption | None:
    """The caption that a block is, or `None` if it is prose.

    Args:
        block: a block that is nothing else.
        in_head: whether it stands before the first paragraph.
        is_last: whether it is the last block: an agency's name at its end signs the report, no picture.
    """
    text = block.text
    if block.caption:
        return Caption(**_split(text, block.tail))
    if not text or len(text.split()) > LONGEST_CAPTION:
        return None
    if block.tail and text.endswith(block.tail) and _is_credit(block.tail, in_head):
        words = text[: -len(block.tail)].strip(_BEFORE_CREDIT)
        return Caption(text=words, credit=_clean(block.tail)) if words else None
    labelled = _labelled(text)
    if labelled or _FILE.match(text):
        return labelled or Caption(**_split(text, ""))
    return None if is_last and not in_head else _signed(text, in_head)


def _split(text: str, tail: str) -> dict[str, str | None]:
    """A caption's words and its credit, where the whole is known to be a caption."""
    if tail and text.endswith(tail) and len(tail) < len(text):
        return {"text": text[: -len(tail)].strip(_BEFORE_CREDIT), "credit": _clean(tail)}
    found = _labelled(text) or _signed(text, in_head=True)
    if found:
        return {"text": found.text, "credit": found.credit}
    ends = list(_END.finditer(text))
    last = text[ends[-1].end() :] if ends else ""
    if 0 < len(last.split()) <= 6 and _capitalised(last) and (last[-1] not in ".!?" or text.count(" ") < 12):
        return {"text": text[: ends[-1].end()].strip(), "credit": _clean(last)}
    return {"text": text, "credit": None}


def is_lone_credit(text: str) -> bool:
    """Whether a line is the credit of a picture without its caption: "(Photo: NAME)"."""
    bare = text.strip("()[] .")
    label = _LABEL.match(bare)
    return bool(label) and len(text) < 100 and _capitalised(bare[label.end() :] if label else "")


def _labelled(text: str) -> Caption | None:
    """A caption whose credit is labelled: "... Image: NAME.", "... (Photo by NAME)"."""
    for label in _LABEL.finditer(text):
        words, credit = text[: label.start()].rstrip(_BEFORE_CREDIT), text[label.end() :].strip(")]. ")
        if not words or not 2 <= len(credit) <= 90 or ":" in credit or not _capitalised(credit):
            continue
        if _DETERMINER.search(words) or (
            label.group()[-1].isspace() and ":" not in label.group() and not _opens(text, label)
        ):
            continue
        return Caption(text=words, credit=_clean(credit))
    return None


def _opens(text: str, label: re.Match[str]) -> bool:
    """Whether "Photo by ..." begins a sentence or a bracket, and so is no part of one ("a photo by ...")."""
    before = text[: label.start()].rstrip()
    return before[-1:] in tuple(".!?([|/–—”\"'’") and label.group()[0].isupper()


def _signed(text: str, in_head: bool) -> Caption | None:
    """A caption that ends in the name of an agency or picture desk: "... visits a plant. TASS", "... at sea (AFP)"."""
    cuts = [(m.start(), m.end()) for m in _END.finditer(text)][-3:]
    cuts += [(m.start(), m.end()) for m in _SET_APART.finditer(text)][-3:] if in_head or "/" in text else []
    for start, end in sorted(cuts):
        credit = text[end:]
        if _is_credit(credit, False) and len(credit.split()) <= 10:
            mark = text[start] if text[start] in ".!?" else ""
            closing = re.match(r"[.!?][\"”’)]*", text[start:])
            return Caption(
                text=text[:start].strip() + (closing.group() if mark and closing else ""), credit=_clean(credit)
            )
    return None


def _is_credit(words: str, any_name: bool) -> bool:
    """Whether words credit a picture: capitalised, one of them a known source, or any short name where that will do."""
    words = _clean(words)
    parts = [part.strip(" .()") for part in re.split(r"\s*[/,|]\s*|\s+via\s+|\s+-\s+", words) if part.strip(" .()")]
    if not parts or not _capitalised(words):
        return False
    if any(is_picture_source(part) or (is_agency(part.split()[0]) and "photo" in part.casefold()) for part in parts):
        return True
    return bool(_OFFICE.search(words)) or (any_name and len(words.split()) <= 6)


def _capitalised(words: str) -> bool:
    names = [
        w
        for w in re.findall(r"[\w.@’'-]+", words)
        if w.casefold() not in ("of", "the", "for", "via", "and", "by", "de", "from")
    ]
    good = sum(1 for w in names if not w[0].islower() or "." in w.strip("."))
    return 0 < len(names) <= 12 and good >= 0.75 * len(names)


def _clean(credit: str) -> str:
    """A credit without the marks around it, its brackets in pairs."""
    credit = _OWNED.sub("", credit.strip(" \n()[]|"))
    if not credit.endswith((" Inc.", " Ltd.", " Jr.")):
        credit = credit.rstrip(".")
    return credit + ")" * (credit.count("(") - credit.count(")"))
