"""Names that stay: the same article, and the same words in it, always get the same id.

An article's id comes from its text and from where it was published, so that the same text in two papers is two
articles, and an article taken in twice is one. An item's id is its article's, its kind and where its words begin
("…:v1204"): it needs no table, survives a new reading, and says itself where to look.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from readout.errors import OptionError
from readout.schema import Article

SLOT_BITS, PLACE_BITS = 8, 20
ITEM_BITS = SLOT_BITS + PLACE_BITS
SLOTS, PLACES = 1 << SLOT_BITS, 1 << PLACE_BITS
"""An item's key: 20 bits for the code point at which its words begin, 8 for its number among those that begin there."""
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id|ocid|cmpid|smid|ref_src", re.I)
_ITEM_ID = re.compile(r"(?P<article>[0-9a-f]{16}):(?P<kind>[a-z])(?P<start>\d{1,7})(?:\.(?P<slot>\d{1,3}))?")


def content_hash(text: str) -> str:
    """The hash of a text (SHA-256, in hex)."""
    return hashlib.sha256(text.encode()).hexdigest()


def article_id(article: Article, given_id: str | None) -> str:
    """The id of an article in the record.

    Args:
        article: the article.
        given_id: the id it came in with, if any.

    Returns:
        16 hexadecimal digits: the hash of its text, and of its address or else its given id where it has one.
    """
    published_at = address(article.url) if article.url else given_id
    return content_hash(f"{published_at}\n{article.text}" if published_at else article.text)[:16]


def address(url: str) -> str:
    """What of a URL tells one article from another: without scheme, "www.", fragment and marks of tracking."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url
    asked = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    at = f"{host}:{port}" if port not in (None, 80, 443) else host
    return f"{at}{parts.path.rstrip('/')}{'?' if asked else ''}{urlencode(sorted(asked))}"


def item_key(article: int, start: int, slot: int) -> int:
    """The key of an item from its article's key, where it begins, and its number among those that begin there."""
    return article << ITEM_BITS | start << SLOT_BITS | slot


def bounds(article: int) -> tuple[int, int]:
    """The least key of an article's items, and the least of the next article's."""
    return article << ITEM_BITS, (article + 1) << ITEM_BITS


def item_id(article: str, kind: str, key: int) -> str:
    """The public id of an item.

    Args:
        article: its article's id.
        kind: the letter of its kind: e entity, t time, s statement, v event, x expectation.
        key: its key.
    """
    slot = key % SLOTS
    return f"{article}:{kind}{(key >> SLOT_BITS) % PLACES}{f'.{slot}' if slot else ''}"


def split_item_id(id: str) -> tuple[str, str, int]:
    """The article's id, the letter of the kind, and the item's key within the article (its lowest 28 bits).

    Raises:
        OptionError: it is no item's id.
    """
    match = _ITEM_ID.fullmatch(id)
    if not match:
        raise OptionError(f"{id[:60]}: is no id of something in the record, such as 0123456789abcdef:v120")
    return match["article"], match["kind"], item_key(0, int(match["start"]), int(match["slot"] or 0))
