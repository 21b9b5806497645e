"""HTML pages as blocks: trafilatura finds the article's body, the page's own marks give captions and related links."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml.etree import ParserError, _Element
from lxml.html import HtmlElement

from readout.errors import ContentError
from readout.ingest import lines
from readout.ingest.blocks import Block, Known, one_line
from readout.ingest.heal import is_finished
from readout.ingest.inline import web_address
from readout.ingest.metadata import read_metadata, says_article
from readout.schema import RelatedLink

if TYPE_CHECKING:
    from trafilatura.settings import Document

for _library in ("trafilatura", "htmldate", "courlan", "justext"):  # else their remarks on bad pages reach stderr
    logging.getLogger(_library).addHandler(logging.NullHandler())

LARGEST_PAGE = 5_000_000  # characters
MOST_ELEMENTS = 40_000  # pages of news sites have a few thousand
MOST_WORDS_OF_ERROR = 150
FEWEST_TEASERS = 8  # linked headings that make a front page of a page that does not say it is an article
FEWEST_WORDS = 20  # of prose in whole sentences; less is no article
_IS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAGS = re.compile(r"<(?:p|div|article|span|br|h[1-6]|a|meta|script|section|li)\b[^<>]{0,300}>", re.I)
_BLOCKS = ("p", "head", "quote", "item", "list", "ab", "div", "table", "row", "cell")
_CAPTIONS = (
    "//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')] "
    "| //figure//*[contains(@class, 'caption') and not(*//*[contains(@class, 'caption')])]"
)
_TEASERS = "//*[self::h2 or self::h3 or self::h4][.//a or parent::a or ancestor::a]"
_RELATED = (
    "//article//*[contains(@class, 'related') or contains(@class, 'read-more') or contains(@class, 'see-also')]//a"
    " | //main//aside[contains(@class, 'related')]//a | //article//aside//a"
)


def is_html(text: str) -> bool:
    """Whether text is an HTML page or a part of one."""
    return bool(_IS_HTML.match(text[:10_000])) or len(_TAGS.findall(text[:5000])) >= 4


def read_page(source: str, name: str, url: str | None = None) -> tuple[list[Block], Known]:
    """The blocks of the article on a page, and what the page says of it.

    Args:
        source: the page's HTML.
        name: what the input is called in messages.
        url: where it was fetched from.

    Returns:
        Blocks in order, and the page's metadata.

    Raises:
        ContentError: no article on it: nothing but links, an error page, or too little text.
    """
    if len(source) > LARGEST_PAGE:
        raise ContentError(f"{name}: a page of {len(source):,} characters is no article; save the article alone")
    if not _IS_HTML.match(source[:10_000]):
        source = f"<html><body>{source}</body></html>"  # a part of a page
    tree = _parse(source, name)
    known = read_metadata(tree)
    _refuse_error_page(known.title, tree, name)
    document = _extract(source, url, name)
    body = [block for block in _body(document.body) if not _is_button(block.text)]
    _refuse_list(body, tree, name)
    known = replace(
        known,
        title=known.title or document.title,
        url=url or known.url or document.url,
        outlet=known.outlet or _site(document.sitename),
        authors=known.authors or _names(document.author, known.outlet or document.sitename),
        guessed=document.date,
    )
    return _captions(tree) + body + _related(tree), known


def _extract(source: str, url: str | None, name: str) -> "Document":
    """What trafilatura makes of the page."""
    from trafilatura import bare_extraction  # slow to load, and only pages need it
    from trafilatura.settings import Document

    try:
        document = bare_extraction(
            source,
            url=url,
            include_comments=False,
            include_tables=False,
            include_formatting=True,
            include_links=True,
            with_metadata=True,
        )
    except Exception:  # a hostile page may find any fault in a parser, and must not stop the other pages
        document = None
    if not isinstance(document, Document) or document.body is None:
        raise ContentError(f"{name}: no article found on the page; give the address of one article, or its text")
    return document


def _parse(source: str, name: str) -> HtmlElement:
    from trafilatura import load_html

    try:
        tree = load_html(source)
    except (ParserError, ValueError):
        tree = None
    if tree is None:
        raise ContentError(f"{name}: is no HTML that can be parsed; save the page again, or give its text")
    if tree.xpath("count(//*)") > MOST_ELEMENTS:
        raise ContentError(f"{name}: is a page of over {MOST_ELEMENTS:,} elements, no article; save the article alone")
    return tree


def _refuse_error_page(title: str | None, tree: HtmlElement, name: str) -> None:
    heading = lines.bare(title or "")
    phrases = lines.furniture()["error_page"]["titles"]
    says_so = any(
        heading == phrase or (len(phrase.split()) > 1 and f" {phrase} " in f" {heading} ") for phrase in phrases
    )
    if says_so and len(" ".join(tree.xpath("//p//text()")).split()) < MOST_WORDS_OF_ERROR:
        raise ContentError(f"{name}: is an error page ({one_line(title or '')[:60]}), no article; give another address")


def _refuse_list(body: list[Block], tree: HtmlElement, name: str) -> None:
    """Refuse pages that offer articles instead of being one."""
    characters = sum(len(block.text) for block in body)
    linked = sum(block.linked * len(block.text) for block in body)
    prose = [block for block in body if is_finished(block.text) and block.linked < 0.6]
    teasers = 0 if says_article(tree) else len(tree.xpath(_TEASERS))
    is_front = teasers >= FEWEST_TEASERS and sum(len(block.text) > 150 for block in prose) < teasers / 2
    if is_front or (characters and linked > 0.5 * characters):
        raise ContentError(f"{name}: is a list of links, no article; give the address of one article")
    if sum(len(block.text.split()) for block in prose) < FEWEST_WORDS:
        raise ContentError(f"{name}: no article found on the page; give the address of one article, or its text")


def _body(element: _Element) -> Iterator[Block]:
    """The blocks below an element of trafilatura's tree, in order."""
    if any(child.tag in _BLOCKS for child in element):
        if element.text and element.text.strip():
            yield Block(one_line(element.text))
        for child in element:
            if child.tag in _BLOCKS:
                yield from _body(child)
            else:
                yield from _leaf(child, "p")
            if child.tail and child.tail.strip():
                yield Block(one_line(child.tail))
    else:
        yield from _leaf(element, str(element.tag))


def _is_button(text: str) -> bool:
    """A lone word, as buttons are labelled with; written in scripts without spaces, a text is longer."""
    return not text or (len(text) < 20 and " " not in text and text[-1].isalnum())


def _leaf(element: _Element, tag: str) -> Iterator[Block]:
    """The blocks of one element that holds only words: one for each line."""
    rend = element.get("rend") or ""
    heading = int(rend[1]) if tag == "head" and re.fullmatch(r"h[1-6]", rend) else 2 * (tag == "head")
    links = tuple(_links(element))
    for line in _text_lines(element):
        inside = tuple(link for link in links if link.title in line)
        yield Block(line, heading=heading, item=tag == "item", tail=_tail(element, line), links=inside)


def _text_lines(element: _Element) -> list[str]:
    return [one_line(line) for line in _in_order(element).split("\n") if line.strip()]


def _in_order(element: _Element) -> str:
    """An element's words in reading order, line breaks as such."""
    parts = [(element.text or "").replace("\n", " ")]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _in_order(child))
        parts.append((child.tail or "").replace("\n", " "))
    return "".join(parts)


def _links(element: _Element) -> Iterator[RelatedLink]:
    for ref in element.iter("ref"):
        title = one_line(_in_order(ref))
        if title:
            yield RelatedLink(title=title, url=web_address(ref.get("target") or ""))


def _tail(element: _Element, line: str) -> str:
    """The emphasised words that a line ends in."""
    last = element[-1] if len(element) else None
    if last is None or last.tag != "hi" or (last.tail or "").strip(" ."):
        return ""
    text = one_line(_in_order(last))
    return text if text != line and line.endswith(text) else ""


def _captions(tree: HtmlElement) -> list[Block]:
    """Captions as the page marks them."""
    texts = (one_line(element.text_content()) for element in tree.xpath(_CAPTIONS)[:50])
    return [Block(text, caption=True) for text in texts if 3 < len(text) < 1000]


def _related(tree: HtmlElement) -> list[Block]:
    """Links to other articles that the page sets apart from the body."""
    blocks = []
    for anchor in tree.xpath(_RELATED)[:20]:
        title = one_line(anchor.text_content())
        if len(title.split()) >= 3 and len(title) < 300:
            link = RelatedLink(title=title, url=web_address(anchor.get("href") or ""))
            blocks.append(Block(f"Related: {title}", links=(link,)))
    return blocks


def _site(name: str | None) -> str | None:
    """A site's name, if it is one and not the host that stands in for it."""
    return name if name and "." not in name else None


def _names(author: str | None, site: str | None) -> list[str]:
    names = [name.strip() for name in (author or "").split(";")]
    return [name for name in names if name and name != site and not urlsplit(name).scheme]
