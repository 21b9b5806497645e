"""Addresses that lead to the words: of a desk's pages, and of passages in the published articles."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from readout.record.questions.lines import Line

ENOUGH = 8
"""Words of a sentence's beginning, and of its end, by which a browser finds it."""


def address(base: str | None, id: str) -> str | None:
    """The page of something on a desk.

    Args:
        base: the desk's address, such as "http://127.0.0.1:8000"; `None` where there is none.
        id: of an article or of an item.
    """
    return f"{base.rstrip('/')}/show/{quote(id)}" if base else None


def quoted_at(line: Line) -> str | None:
    """The address of a line's article with its sentence as a text fragment; `None` without an address."""
    return passage(line.url, line.sentence)


def passage(url: str | None, sentence: str) -> str | None:
    """The address of a sentence in a published article (Text Fragments, WICG): `...#:~:text=first words,last words`.

    Args:
        url: the article's address.
        sentence: the sentence as published.

    Returns:
        The address; `None` where the article has none of http or https.
    """
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return None
    words = sentence.split("\n")[0].split()
    ends = [words] if len(words) <= 2 * ENOUGH else [words[:ENOUGH], words[-ENOUGH:]]
    text = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in ends)
    return f"{url.partition('#')[0]}#:~:text={text}" if words else url
