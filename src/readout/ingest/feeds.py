"""Feeds and sitemaps: the addresses of articles, with what they say of each (RSS, Atom, sitemaps.org, Google News)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml import etree

from readout.errors import ContentError
from readout.ingest import dates
from readout.ingest.blocks import one_line

MOST_ITEMS = 1000
"""Articles taken from one feed or sitemap: the newest, where it says."""
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}>\s*)*<(?:rss|feed|rdf:RDF)\b", re.S
)
_SITEMAP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}>\s*)*<(?:urlset|sitemapindex)\b", re.S
)


class Item(NamedTuple):
    """What a feed says of one article."""

    url: str
    title: str | None = None
    published: str | None = None
    """Day or date-time (ISO 8601)."""
    updated: str | None = None
    is_map: bool = False
    """The address is that of another sitemap."""


def is_feed(data: bytes) -> bool:
    """Whether bytes are a feed or a sitemap."""
    return bool(_FEED.match(data[:6000].lstrip(b"\xef\xbb\xbf")) or _SITEMAP.match(data[:6000].lstrip(b"\xef\xbb\xbf")))


def items(data: bytes, base: str, name: str) -> list[Item]:
    """The articles that a feed or sitemap names.

    Args:
        data: the feed.
        base: the address it came from.
        name: what it is called in messages.

    Returns:
        Its items with http addresses, newest first where they have days, each address once.

    Raises:
        ContentError: it is damaged, or names no article.
    """
    is_map = bool(_SITEMAP.match(data[:6000].lstrip(b"\xef\xbb\xbf")))
    try:
        found = list(_of_sitemap(data) if is_map else _of_feed(data))
    except (etree.XMLSyntaxError, ValueError, AttributeError, TypeError) as error:
        raise ContentError(f"{name}: is a damaged feed ({' '.join(str(error).split())[:100]})") from None
    absolute = (item._replace(url=urljoin(base, item.url.strip())) for item in found if len(item.url) < 2000)
    kept = {item.url: item for item in absolute if urlsplit(item.url).scheme in ("http", "https")}
    if not kept:
        raise ContentError(f"{name}: is a feed without articles")
    return sorted(kept.values(), key=lambda item: item.updated or item.published or "", reverse=True)[:MOST_ITEMS]


def _of_feed(data: bytes) -> Iterator[Item]:
    import feedparser

    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    for entry in feed.entries[: 10 * MOST_ITEMS]:
        if link := entry.get("link"):
            title = one_line(str(entry.get("title") or ""))[:500] or None
            # dict.get: the entry's own would take the day of publication for that of a change
            published, updated = (_moment(dict.get(entry, f"{name}_parsed")) for name in ("published", "updated"))
            yield Item(str(link), title, published, updated)


def _moment(parsed: Any) -> str | None:
    """A moment of a feed, which feedparser gives in UTC."""
    if not parsed:
        return None
    return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}T{parsed[3]:02}:{parsed[4]:02}:{parsed[5]:02}Z"


def _of_sitemap(data: bytes) -> Iterator[Item]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(data, parser)
    is_index = etree.QName(root).localname == "sitemapindex"
    for element in root[: 10 * MOST_ITEMS]:
        said = {etree.QName(e).localname: (e.text or "").strip() for e in element.iter() if isinstance(e.tag, str)}
        if url := said.get("loc"):
            title = one_line(said.get("title") or "")[:500] or None
            published = dates.valid(said.get("publication_date") or "")
            yield Item(url, title, published, dates.valid(said.get("lastmod") or ""), is_index)
