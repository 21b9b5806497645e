"""Everything that articles come in, opened: files, folders, archives, feeds, addresses, and readouts already made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from readout.errors import ContentError, ReadoutError, SourceError
from readout.ingest import dates, jsonl, parcels
from readout.ingest.blocks import Known
from readout.ingest.feeds import Item, is_feed, items
from readout.ingest.fetch import Fetcher, Page
from readout.ingest.intake import LARGEST_FILE, Intake, check_file, from_bytes, from_item, is_address, printable
from readout.schema import Article, Readout

MOST_SITEMAPS = 50
"""Sitemaps that one index leads to, at most."""
_HTML = (".html", ".htm", ".xhtml")
_LINES = (".jsonl", ".ndjson")


class Visit(NamedTuple):
    """What a server said when an address was fetched."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Taken:
    """One thing that was found: an article, a readout, a visit, or the reason why there is none."""

    intake: Intake
    readout: Readout | None = None
    visit: Visit | None = None
    """Where it was fetched from; to be kept once what came of it is safe."""

    @property
    def is_news(self) -> bool:
        """Whether there is something: not only a page that did not change, or a feed that was gone through."""
        return bool(self.intake.article or self.intake.error or self.readout)


class Gathering:
    """Sources being gone through, one after the other; a bad one never stops the rest.

    Args:
        fetcher: fetches addresses.
        published: day, month or date-time (ISO 8601) of publication; outweighs what the sources say.
        last_visit: what a server said when an address was last fetched, if it was.
        is_due: whether an article that a feed names is to be fetched.

    Attributes:
        expected: how many articles there seem to be in all, as far as was seen yet.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        published: object = None,
        last_visit: Callable[[str], Visit | None] = lambda _: None,
        is_due: Callable[[Item], bool] = lambda _: True,
    ) -> None:
        self.expected = 0
        self._fetcher = fetcher
        self._known = Known(published=dates.given(published))
        self._last_visit = last_visit
        self._is_due = is_due

    def take(self, sources: Iterable[str | Path]) -> Iterator[Taken]:
        """Go through sources: paths, addresses, and "-" for standard input.

        Yields:
            What is found, as it is found.
        """
        named = list(sources)
        self.expected += len(named)
        for source in named:
            yield from self._guarded(source)

    def _guarded(self, source: str | Path) -> Iterator[Taken]:
        name = printable(source)
        try:
            if is_address(source):
                yield from self._address(str(source), name)
            else:
                yield from self._path(source, name)
        except ReadoutError as error:
            yield Taken(Intake(name, error=error))
        except RecursionError:
            yield Taken(Intake(name, error=ContentError(f"{name}: is nested too deeply")))

    def _path(self, source: str | Path, name: str) -> Iterator[Taken]:
        if source == "-":
            import sys

            yield self._article(sys.stdin.buffer.read(LARGEST_FILE + 1), name, self._known)
            return
        path = Path(source)
        if path.is_dir():
            yield from self._folder(path)
            return
        check_file(path, name, limit=None)
        if path.suffix.lower() in _LINES:
            yield from self._lines(path, name)
        else:
            yield from self._file(path, name)

    def _folder(self, folder: Path) -> Iterator[Taken]:
        """All files in a folder and below it, by name; hidden ones are left out, and links that lead elsewhere."""
        self.expected -= 1
        for place, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            paths = [Path(place, name) for name in sorted(names) if not name.startswith(".")]
            files = [path for path in paths if path.is_file() and not path.is_symlink()]
            self.expected += len(files)
            for path in files:
                yield from self._guarded(path)

    def _file(self, path: Path, name: str) -> Iterator[Taken]:
        try:
            with path.open("rb") as file:
                head = file.read(6000)
                if head.startswith(b"PK\x03\x04"):
                    yield from self._members(parcels.zip_members(path, name), name)
                    return
                if head.startswith(b"WARC/") or (head.startswith(b"\x1f\x8b") and ".warc" in path.name.lower()):
                    yield from self._members(parcels.warc_members(path, name), name)
                    return
                limit = parcels.LARGEST_PDF if head.startswith(b"%PDF-") else LARGEST_FILE
                data = head + file.read(limit + 1 - len(head))
        except OSError as error:
            raise SourceError(f"{name}: cannot be read ({error.strerror or error}); check it") from None
        if is_feed(data):
            yield from self._feed(data, "", name)
        else:
            yield self._article(data, name, self._known, is_page=path.suffix.lower() in _HTML)

    def _members(self, members: Iterator[parcels.Member], name: str) -> Iterator[Taken]:
        before = self.expected = self.expected - 1
        for member in members:
            self.expected += 1
            if member.error:
                yield Taken(Intake(member.name, error=member.error))
            else:
                known = replace(member.known, published=self._known.published or member.known.published)
                is_page = Path(member.name).suffix.lower() in _HTML
                yield self._article(member.data, member.name, known, is_page=is_page, charset=member.charset)
        if self.expected == before:
            raise ContentError(f"{name}: is an archive without a page or file to read")

    def _article(
        self, data: bytes, name: str, known: Known, *, is_page: bool = False, charset: str | None = None
    ) -> Taken:
        """The article in some bytes, whatever they are."""
        try:
            if data.startswith(b"%PDF-"):
                data = parcels.pdf_text(data, name).encode(errors="replace")
            elif parcels.is_mail(data):
                member = parcels.mail(data, name)
                data = member.data
                known = replace(member.known, published=known.published or member.known.published)
            return Taken(Intake(name, article=from_bytes(data, name, known, is_page, charset)))
        except ReadoutError as error:
            return Taken(Intake(name, error=error))

    def _lines(self, path: Path, name: str) -> Iterator[Taken]:
        """The lines of a `.jsonl` file: articles, or readouts already made."""
        number = 0
        counted = _count_lines(path)
        self.expected += counted - 1
        count = 0
        try:
            with path.open("rb") as file:
                for number, raw in jsonl.raw_lines(file):
                    count += 1
                    yield self._line(raw, f"{name}:{number}")
        except OSError as error:
            raise SourceError(f"{name}: cannot be read ({error.strerror or error}); check it") from None
        self.expected += count - counted
        if not number:
            raise ContentError(f"{name}: is empty; give one JSON object a line")

    def _line(self, raw: bytes, where: str) -> Taken:
        given = None
        try:
            if b'"readout/1"' in raw and len(raw) <= jsonl.LONGEST_LINE:
                return Taken(Intake(where), readout=_readout(raw, where))
            item = jsonl.item_of(raw, where)
            given = item.id
            return Taken(Intake(where, given, article=from_item(item, where, self._known.published)))
        except ReadoutError as error:
            return Taken(Intake(where, given, error=error))

    def _address(self, url: str, name: str) -> Iterator[Taken]:
        page = self._fetch(url)
        if page.is_unchanged:
            yield Taken(Intake(name), visit=_visit(url, page))
        elif is_feed(page.content):
            yield from self._feed(page.content, page.url, name)
            yield Taken(Intake(name), visit=_visit(url, page))
        else:
            yield self._page(url, page, Item(url))

    def _fetch(self, url: str) -> Page:
        last = self._last_visit(url)
        return self._fetcher.fetch(
            url, etag=last.etag if last else None, last_modified=last.last_modified if last else None
        )

    def _feed(self, data: bytes, base: str, name: str, maps: int = 0) -> Iterator[Taken]:
        """The articles of a feed; the maps of a sitemap's index one level down."""
        self.expected -= 1
        found = items(data, base, name)
        due = [item for item in found if item.is_map or self._is_due(item)]
        self.expected += len(due)
        for item in due:
            try:
                if not item.is_map:
                    yield from self._item(item)
                elif base and (maps := maps + 1) <= MOST_SITEMAPS:
                    page = self._fetcher.fetch(item.url)
                    if is_feed(page.content) and not any(i.is_map for i in items(page.content, page.url, item.url)):
                        yield from self._feed(page.content, page.url, item.url)
            except ReadoutError as error:
                yield Taken(Intake(printable(item.url), error=error))

    def _item(self, item: Item) -> Iterator[Taken]:
        page = self._fetch(item.url)
        if page.is_unchanged:
            yield Taken(Intake(printable(item.url)), visit=_visit(item.url, page))
        else:
            yield self._page(item.url, page, item)

    def _page(self, url: str, page: Page, item: Item) -> Taken:
        known = replace(self._known, url=page.url)
        taken = self._article(page.content, printable(url), known, is_page=not page.is_plain, charset=page.charset)
        article = taken.intake.article
        if article is not None:
            taken = replace(taken, intake=replace(taken.intake, article=_with(article, item)))
        return replace(taken, visit=_visit(url, page))


def _with(article: Article, item: Item) -> Article:
    """The article with what its feed says of it, where the page itself says nothing."""
    day = dates.valid(item.published or "") or None
    told = {"title": article.title or item.title, "published": article.published or day}
    return article.model_copy(update=told)


def _visit(url: str, page: Page) -> Visit:
    return Visit(url, page.etag, page.last_modified)


def _readout(raw: bytes, where: str) -> Readout:
    try:
        return Readout.model_validate_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        said = " ".join(str(error).split())[:120]
        raise ContentError(f"{where}: is no readout/1 ({said})") from None


def _count_lines(path: Path) -> int:
    """How many lines a file has, where that is soon known; else 1."""
    with suppress(OSError):
        if path.stat().st_size <= 500_000_000:
            with path.open("rb") as file:
                return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) + 1
    return 1
