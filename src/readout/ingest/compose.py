"""From blocks to the Article: every line put where it belongs, and only prose left in the text."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from readout.errors import ContentError
from readout.ingest import dates, lines
from readout.ingest.blocks import Block, Known
from readout.ingest.captions import is_lone_credit, read_caption
from readout.ingest.credits import agencies_in, credit_line, credits_in_prose, is_agency
from readout.ingest.heal import cut_between, heal, is_finished
from readout.ingest.languages import detect
from readout.schema import Article, Caption, RelatedLink

LONGEST_TEXT = 1_000_000  # characters of prose; spaCy's own limit for one text
LONGEST_HEADLINE = 40  # words
_DATELINE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s(?P<day>)|[A-Z][\w.’'/ -]{2,40}(?:,\s[A-Z][\w.]{1,20})?,\s)?"
    r"(?P<date>[^()–—]{6,24}?\d)(?(day)(?=\s[A-Z])|\s*(?:\([^()]{2,40}\)\s*)?(?:[–—]|--?\s))"
)
_T = TypeVar("_T")


@dataclass
class Sorted:
    """What the blocks of one article turned out to be."""

    title: str | None = None
    url: str | None = None
    published: str | None = None
    changed: str | None = None
    authors: list[str] = field(default_factory=list)
    contributors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    related: list[RelatedLink] = field(default_factory=list)
    prose: list[Block] = field(default_factory=list)


def compose(blocks: Sequence[Block], known: Known, name: str) -> Article:
    """The Article that blocks make up.

    Args:
        blocks: the pieces of one source, in order.
        known: what is known of it beside its text; this outweighs what its lines say.
        name: what the input is called in messages.

    Returns:
        The Article, its text clean prose.

    Raises:
        ContentError: no prose is left.
    """
    found = sort_blocks(blocks, known)
    text = "\n\n".join(block.text for block in heal(found.prose))
    refuse_no_prose(text, name)
    url = known.url or found.url
    said = found.published or _dateline(text) or dates.from_url(url) or known.guessed or found.changed
    return article_of(
        text,
        replace(
            known,
            title=known.title or found.title,
            url=url,
            published=known.published or said,
            authors=known.authors or found.authors,
        ),
        found,
    )


def _dateline(text: str) -> str | None:
    """The full date that the first paragraph opens with: "GENEVA, 3 May 2021 (Reuters) - ..."."""
    match = _DATELINE.match(text[:150])
    found = dates.find(match.group("date")) if match else None
    return found.iso if found else None


def article_of(text: str, known: Known, found: Sorted) -> Article:
    """The Article of a final text with what is known and what was found beside it."""
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        title=known.title,
        text=text,
        published=known.published,
        url=known.url,
        outlet=known.outlet,
        authors=_unique(known.authors),
        contributors=_unique(found.contributors + credits_in_prose(text.split("\n\n"))),
        updated_note="\n".join(_unique(found.notes)) or None,
        captions=_unique(found.captions),
        related=_unique(found.related),
        language=detect(text),
    )


def refuse_too_long(text: str, name: str) -> None:
    """Refuse more text than any report has.

    Raises:
        ContentError: it is over `LONGEST_TEXT`.
    """
    if len(text) > LONGEST_TEXT:
        size = f"{len(text):,} characters, more than any report"
        raise ContentError(f"{name}: holds {size}; split it (limit {LONGEST_TEXT:,})")


def refuse_no_prose(text: str, name: str) -> None:
    """Refuse what no reader would call a text: no words, hardly any letters, not one sentence, or a whole library.

    Raises:
        ContentError: it is none.
    """
    refuse_too_long(text, name)
    sample = text[:100_000]
    letters = sum(c.isalpha() or c.isspace() for c in sample)
    words = sample.split()
    is_cjk = any("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in sample[:2000])
    if letters < 0.6 * len(sample) or (len(words) < 3 and not is_cjk) or not any(c.isalpha() for c in sample):
        raise ContentError(f"{name}: holds no news text; give a report in whole sentences")
    if max(map(len, words)) > 2000 and not is_cjk:
        raise ContentError(
            f"{name}: holds a word of over 2,000 characters and is no news text; give a report in whole sentences"
        )


def sort_blocks(blocks: Sequence[Block], known: Known) -> Sorted:
    """Put every block where it belongs."""
    found = Sorted()
    kept = [block for block in blocks if not lines.is_separator(block.text)]
    start = _take_headline(kept, known, found)
    state = _State(known.title or found.title)
    for number, block in enumerate(kept[start:], start=start):
        _sort(block, found, state, is_last=number == len(kept) - 1)
    return found


@dataclass
class _State:
    """Where the sorting stands."""

    title: str | None
    in_head: bool = True
    awaits: str = ""  # what the line before announced: "related" or "address"


def _sort(block: Block, found: Sorted, state: _State, is_last: bool) -> None:
    awaited, state.awaits = state.awaits, ""
    if _sort_by_label(block, found, state, awaited):
        return
    if block.caption:
        _add_caption(block, found, state, is_last)
    elif state.in_head and state.title and _same(block.text, state.title):
        return
    elif not (_sort_by_form(block, found, state) or _add_caption(block, found, state, is_last) or _is_subhead(block)):
        found.prose.append(block)
        state.in_head = state.in_head and not is_finished(block.text)


def _sort_by_label(block: Block, found: Sorted, state: _State, awaited: str) -> bool:
    """Addresses and offers of other articles, also where the label stands on the line before."""
    text = block.text
    url = lines.address(text)
    if url:
        found.url = found.url or url
        return True
    if lines.is_address_label(text):
        state.awaits = "address"
        return True
    offered = lines.related(block)
    if offered is not None:
        found.related += offered
        state.awaits = "" if offered else "related"
        return True
    if awaited == "related" and (block.linked > 0.8 or lines.is_title_like(text)):
        found.related += block.links or [RelatedLink(title=text)]
        state.awaits = "related"
        return True
    return False


def _sort_by_form(block: Block, found: Sorted, state: _State) -> bool:
    """Advertisements, date lines, notes, credits, bylines: what a line is by its own words."""
    text = block.text
    if lines.is_advertisement(text):
        return True
    when = lines.date_line(text, state.in_head)
    if when:
        _add_date(when, found)
        return True
    if lines.is_update_note(text):
        found.notes.append(text.strip("()[] "))
        return True
    agencies = credit_line(text)
    if agencies is not None:
        found.contributors += agencies
        return True
    by = lines.byline(text) if state.in_head or len(text.split()) <= 6 else None
    if by:
        _add_byline(*by, found=found)
    return bool(by)


def _add_date(when: lines.DateLine, found: Sorted) -> None:
    if when.changed:
        found.changed = found.changed or when.iso
    else:
        found.published = found.published or when.iso


def _add_byline(names: list[str], rest: str, found: Sorted) -> None:
    found.authors += [name for name in names if not is_agency(name)]
    found.contributors += [name for name in names if is_agency(name)] + agencies_in(rest)
    when = dates.find(rest)
    if when:
        found.published = found.published or when.iso


def _add_caption(block: Block, found: Sorted, state: _State, is_last: bool) -> bool:
    if not block.caption and is_lone_credit(block.text):
        return True
    caption = read_caption(block, state.in_head, is_last)
    if caption:
        found.captions.append(caption)
    return caption is not None


def _is_subhead(block: Block) -> bool:
    return block.heading > 0 and not is_finished(block.text)


def _take_headline(blocks: Sequence[Block], known: Known, found: Sorted) -> int:
    """Find the headline among the first blocks; returns how many blocks it used up."""
    for number, block in enumerate(blocks[:4]):
        if block.heading == 1 and not known.title:
            found.title = block.text
            return number + 1 if number == 0 else 0
    if blocks and not known.title and _is_headline(blocks):
        found.title = blocks[0].text
        return 1
    return 0


def _is_headline(blocks: Sequence[Block]) -> bool:
    """Whether the first block of unmarked text is its headline: title-like, and followed as headlines are."""
    first, following = blocks[0], blocks[1:]
    words = first.text.split()
    if not following or first.item or not 2 <= len(words) <= LONGEST_HEADLINE or not lines.is_title_like(first.text):
        return False
    if lines.date_line(first.text, True) or lines.byline(first.text) or cut_between(first, following[0]):
        return False
    if any(lines.is_of_transcript(block.text) for block in blocks[:4]):
        return False
    if any(lines.date_line(b.text, True) or lines.byline(b.text) for b in following[:2]):
        return True
    return len(words) >= 4 and any(is_finished(b.text) for b in following[:4])


def _same(one: str, other: str) -> bool:
    """Whether two headlines are the same but for punctuation, case, or a site's name behind one of them."""
    short, long = sorted(("".join(c for c in t.casefold() if c.isalnum()) for t in (one, other)), key=len)
    return bool(short) and long.startswith(short) and len(short) >= 0.8 * len(long)


def _unique(items: list[_T]) -> list[_T]:
    kept: list[_T] = []
    for item in items[:200]:
        if item not in kept:
            kept.append(item)
    return kept
