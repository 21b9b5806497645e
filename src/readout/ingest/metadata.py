"""What a page says of itself: schema.org JSON-LD, OpenGraph and meta elements, headings, times."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from readout.ingest import dates
from readout.ingest.blocks import Known, one_line

ARTICLE_TYPES = re.compile(
    r"(?:Article|BlogPosting|Report|LiveBlogPosting)$"
)  # schema.org/Article and what is below it
DATE_KEYS = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created",
    "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "article.published",
    "date.issued", "rnews:datepublished", "date",
)  # fmt: skip
MAX_SCRIPT = 1_000_000  # characters of JSON-LD worth parsing


def read_metadata(tree: HtmlElement) -> Known:
    """What the page's own metadata says; the headline seen by readers wins over the one for search engines.

    Args:
        tree: the parsed page.

    Returns:
        What is known; a `None` or [] for each thing the page does not say.
    """
    data = next(_articles(tree), {})
    meta = _meta(tree)
    site = _text(_named(data.get("publisher"))) or _text(meta.get("og:site_name"))
    titles = [_text(data.get("headline")), _text(meta.get("og:title")), _first_text(tree, "//head/title")]
    url = _text(data.get("url")) or meta.get("og:url") or next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    url = url if url and urlsplit(url).scheme in ("http", "https") else None
    return Known(
        title=_headline(tree, [title for title in titles if title], site),
        url=url,
        outlet=site,
        published=_published(data, meta, tree),
        authors=_authors(data, site),
    )


def says_article(tree: HtmlElement) -> bool:
    """Whether the page's metadata calls it an article."""
    return _meta(tree).get("og:type") == "article" or next(_articles(tree), None) is not None


def _headline(tree: HtmlElement, titles: list[str], site: str | None) -> str | None:
    """The `h1` that one of the titles confirms, else the first title without the site's name behind it."""
    for heading in tree.xpath("//h1")[:5]:
        text = one_line(heading.text_content())
        if len(text) > 3 and (not titles or any(_key(text) in _key(title) for title in titles)):
            return text
    return _without_site(titles[0], site) if titles else None


def _without_site(title: str, site: str | None) -> str:
    match = re.match(r"(.{15,}?)\s+(?:[|·•–—»]|-)\s+([^|·•–—»]{2,50})$", title)
    if not match:
        return title
    is_site = (
        bool(site)
        and _key(match.group(2)) in _key(site or "") + _key(title)
        and _key(site or "") in _key(match.group(2))
    )
    return match.group(1) if is_site or "|" in title[match.end(1) :] or "·" in title[match.end(1) :] else title


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that are articles, by schema.org's types."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:20]:
        source = script.text or ""
        if len(source) <= MAX_SCRIPT:
            try:
                yield from _walk(json.loads(source, strict=False))
            except (ValueError, RecursionError):
                continue


def _walk(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for part in data[:50]:
            yield from _walk(part, depth + 1)
    elif isinstance(data, dict) and depth < 6:
        kinds = data.get("@type")
        if any(ARTICLE_TYPES.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield data
        yield from _walk(data.get("@graph"), depth + 1)
        yield from _walk(data.get("mainEntity"), depth + 1)


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Content of meta elements by lower-case name, property or itemprop; the first of each name."""
    found: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]")[:500]:
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key:
            found.setdefault(key.strip().lower(), element.get("content"))
    return found


def _published(data: dict[str, Any], meta: dict[str, str], tree: HtmlElement) -> str | None:
    said = [data.get("datePublished"), *(meta.get(key) for key in DATE_KEYS)]
    said += tree.xpath("//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime")[:3]
    said += tree.xpath("(//article | //main | //header)//time/@datetime")[:1]
    for value in said:
        text = str(value or "").strip()[:80]
        iso = dates.valid(text)
        found = None if iso or not text else dates.find(text)
        if iso or found:
            return iso or (found.iso if found else None)
    return None


def _authors(data: dict[str, Any], site: str | None) -> list[str]:
    """Names of the persons JSON-LD gives as authors; a publisher or the site itself is none."""
    author = data.get("author")
    names = []
    for one in (author if isinstance(author, list) else [author])[:20]:
        is_body = isinstance(one, dict) and "Organization" in str(one.get("@type"))
        name = _text(_named(one))
        if name and not is_body and not name.startswith("http") and name != site:
            names.append(re.sub(r"^by\s+", "", name, flags=re.I))
    return names


def _named(value: Any) -> Any:
    value = value[0] if isinstance(value, list) and value else value
    return value.get("name") if isinstance(value, dict) else value


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return one_line(html.unescape(value)) or None if isinstance(value, str) else None


def _first_text(tree: HtmlElement, path: str) -> str | None:
    found = tree.xpath(path)
    return one_line(found[0].text_content()) or None if found else None
