"""The door: any source in, clean Articles out, and for each bad one a line that says what to do."""

import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from readout.errors import ContentError, ReadoutError, SourceError
from readout.ingest import dates, jsonl
from readout.ingest.blocks import Known
from readout.ingest.compose import article_of, compose, refuse_no_prose, refuse_too_long, sort_blocks
from readout.ingest.decode import decode, refuse_garbage
from readout.ingest.fetch import Fetcher
from readout.ingest.page import is_html, read_page
from readout.ingest.plaintext import read_plaintext
from readout.schema import Article

LARGEST_FILE = 8_000_000  # bytes
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_LINES_SUFFIXES = (".jsonl", ".ndjson")


@dataclass(frozen=True)
class Intake:
    """What became of one input: an article, or the reason why there is none.

    Attributes:
        name: the path, the address, "-", or "file.jsonl:LINE".
        given_id: the id its line in a `.jsonl` file gave.
        article: the article, or `None`.
        error: why there is no article, or `None`.
    """

    name: str
    given_id: str | None = None
    article: Article | None = None
    error: ReadoutError | None = None


def take(sources: Iterable[str | Path], *, published: object = None, allow_private: bool = False) -> Iterator[Intake]:
    """Take in any number of sources, one after the other; a bad one never stops the rest.

    Args:
        sources: paths of plain text, Markdown, HTML or `.jsonl` files, http(s) addresses, and "-" for standard input.
        published: day, month or date-time (ISO 8601) of publication; outweighs what the sources say.
        allow_private: whether addresses may be fetched that are not on the public internet.

    Returns:
        An iterator of one `Intake` for each source, and for each line of a `.jsonl`, in order, as they are read.

    Raises:
        OptionError: `published` is no date.
    """
    return _take(sources, dates.given(published), allow_private)


def article(source: str | Path, *, published: object = None, allow_private: bool = False) -> Article:
    """The article of one source.

    Args:
        source: a path, an http(s) address, or "-" for standard input.
        published: day, month or date-time (ISO 8601) of publication; outweighs what the source says.
        allow_private: whether an address may be fetched that is not on the public internet.

    Returns:
        The article.

    Raises:
        ReadoutError: there is none, or more than one.
    """
    taken = take([source], published=published, allow_private=allow_private)
    first, second = next(taken, None), next(taken, None)
    if first is None or second is not None:
        raise ContentError(
            f"{printable(source)}: holds {'no article' if first is None else 'several'}; take them one by one"
        )
    if first.error is not None:
        raise first.error
    assert first.article is not None
    return first.article


def article_from_text(
    text: str,
    *,
    published: object = None,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    verbatim: bool = False,
    name: str = "text",
) -> Article:
    """The article in a text at hand.

    Args:
        text: plain text, Markdown or HTML.
        published: day, month or date-time (ISO 8601) of publication.
        title: the headline, where known.
        url: the article's address, where known.
        outlet: who published it, where known.
        verbatim: keep `text` as it stands as the article's text, so that offsets fit the caller's own.
        name: what the text is called in messages.

    Returns:
        The article.

    Raises:
        ContentError: the text is no news text.
        OptionError: `published` is no date.
    """
    refuse_garbage(text, name)
    known = Known(title=title, url=url, outlet=outlet, published=dates.given(published))
    return _verbatim(text, known, name) if verbatim else _read(text, known, name, is_page=is_html(text))


def _take(sources: Iterable[str | Path], published: str | None, allow_private: bool) -> Iterator[Intake]:
    with closing(Fetcher(allow_private=allow_private)) as fetcher:
        for source in sources:
            name = printable(source)
            try:
                if _suffix(source) in _LINES_SUFFIXES and not is_address(source):
                    yield from take_lines(Path(source), name, published)
                else:
                    yield Intake(name, article=_one(source, name, Known(published=published), fetcher))
            except ReadoutError as error:
                yield Intake(name, error=error)


def take_lines(path: Path, name: str, published: str | None) -> Iterator[Intake]:
    """The articles of a `.jsonl` file.

    Raises:
        ReadoutError: the file cannot be read, or is empty.
    """
    is_empty = True
    check_file(path, name, limit=None)
    for line in jsonl.read_lines(path, name):
        is_empty = False
        where = f"{name}:{line.number}"
        given_id = line.item.id if line.item else None
        try:
            if line.item is None:
                raise line.error or ContentError(f"{where}: holds nothing")
            yield Intake(where, given_id, article=from_item(line.item, where, published))
        except ReadoutError as error:
            yield Intake(where, given_id, error=error)
    if is_empty:
        raise ContentError(f"{name}: is empty; give one JSON object a line")


def from_item(item: jsonl.Item, where: str, published: str | None) -> Article:
    """The article that a line of a `.jsonl` file gives.

    Raises:
        ReadoutError: it is none.
    """
    known = replace(item.known, published=published or item.known.published)
    if item.text is not None:
        return _verbatim(item.text, known, where)
    return _read(item.html or "", known, where, is_page=True)


def _one(source: str | Path, name: str, known: Known, fetcher: Fetcher) -> Article:
    """The article of a path, an address or standard input."""
    if source == "-":
        return from_bytes(sys.stdin.buffer.read(LARGEST_FILE + 1), name, known)
    if is_address(source):
        return _from_address(str(source), known, fetcher)
    path = Path(source)
    check_file(path, name, LARGEST_FILE)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror or error}); check path and permissions") from None
    return from_bytes(data, name, known, is_page=path.suffix.lower() in _HTML_SUFFIXES)


def _from_address(url: str, known: Known, fetcher: Fetcher) -> Article:
    page = fetcher.fetch(url)
    text = decode(page.content, url, page.charset)
    return _read(text, replace(known, url=page.url), url, is_page=not page.is_plain or is_html(text))


def from_bytes(data: bytes, name: str, known: Known, is_page: bool = False, charset: str | None = None) -> Article:
    """The article in the bytes of a text or a page.

    Args:
        data: the bytes.
        name: what the input is called in messages.
        known: what is known of it beside its text.
        is_page: whether it is HTML, where the bytes do not tell.
        charset: what its sender says it is encoded in.

    Raises:
        ReadoutError: it holds no article.
    """
    if len(data) > LARGEST_FILE:
        raise SourceError(
            f"{name}: is larger than {LARGEST_FILE:,} bytes, too large for a report; split it, or use .jsonl"
        )
    text = decode(data, name, charset)
    return _read(text, known, name, is_page=is_page or is_html(text))


def _read(text: str, known: Known, name: str, is_page: bool) -> Article:
    """The article in a text or page; what is known outweighs what they say."""
    if not is_page:
        refuse_too_long(text, name)
        return _with_outlet(compose(read_plaintext(text), known, name))
    blocks, said = read_page(text, name, known.url)
    merged = replace(
        said,
        title=known.title or said.title,
        url=known.url or said.url,
        outlet=known.outlet or said.outlet,
        published=known.published or said.published,
    )
    return _with_outlet(compose(blocks, merged, name))


def _verbatim(text: str, known: Known, name: str) -> Article:
    """The article of a text that must not be touched: only what stands beside it is read from it."""
    refuse_too_long(text, name)
    refuse_no_prose(text, name)
    found = sort_blocks(read_plaintext(text), known)
    known = replace(known, title=known.title or found.title, url=known.url or found.url, authors=found.authors)
    return _with_outlet(article_of(text, known, found))


def _with_outlet(article: Article) -> Article:
    """The article with its address's host for an outlet, where no other is known."""
    host = (urlsplit(article.url).hostname or "") if article.url and not article.outlet else ""
    return article.model_copy(update={"outlet": host.removeprefix("www.")}) if host else article


def check_file(path: Path, name: str, limit: int | None) -> None:
    """Refuse what is no file, or a larger one than `limit` bytes.

    Raises:
        SourceError: it is.
    """
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise SourceError(f"{name}: cannot be opened ({reason}); check the path") from None
    if stat.S_ISDIR(status.st_mode):
        raise SourceError(f"{name}: is a folder; name the files in it")
    if limit is not None and status.st_size > limit:
        raise SourceError(f"{name}: is larger than {limit:,} bytes, too large for a report; split it, or use .jsonl")


def is_address(source: str | Path) -> bool:
    """Whether a source is an address and no path."""
    return isinstance(source, str) and "://" in source[:12]


def _suffix(source: str | Path) -> str:
    return Path(source).suffix.lower()


def printable(source: str | Path) -> str:
    """A source's name on one line."""
    text = str(source)
    return text if text.isprintable() and len(text) <= 300 else ascii(text[:300])[1:-1]
