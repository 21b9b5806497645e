"""Files that hold articles inside: zip and WARC archives, PDF, mail. Nothing is ever unpacked to disk.

Every one of them may be damaged or made to hurt: what is read from it is bounded in number and in bytes, unpacked.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO

from readout.errors import ContentError, ReadoutError
from readout.ingest.blocks import Known, one_line
from readout.ingest.intake import LARGEST_FILE

MOST_MEMBERS = 100_000
LARGEST_ARCHIVE = 8_000_000_000
"""Bytes, unpacked, that are read from one archive."""
LARGEST_HEADER = 1_000_000
"""Bytes that a WARC record may have before its content begins."""
LARGEST_PDF = 50_000_000
MOST_PAGES = 200
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_MAIL = (b"from:", b"received:", b"return-path:", b"mime-version:", b"delivered-to:", b"message-id:", b"subject:")


@dataclass(frozen=True)
class Member:
    """One thing in an archive: its name, and its bytes or why there are none."""

    name: str
    data: bytes = b""
    known: Known = field(default_factory=Known)
    charset: str | None = None
    error: ReadoutError | None = None


def zip_members(path: Path, name: str) -> Iterator[Member]:
    """The files in a zip archive; hidden ones and folders are left out.

    Raises:
        ContentError: it is damaged or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not _is_hidden(info)]
            if len(infos) > MOST_MEMBERS:
                raise ContentError(f"{name}: holds over {MOST_MEMBERS:,} files; split it")
            left = LARGEST_ARCHIVE
            for info in infos:
                member = _zip_member(archive, info, f"{name}/{_printable(info.filename)}")
                left -= len(member.data)
                if left < 0:
                    raise ContentError(f"{name}: holds over {LARGEST_ARCHIVE:,} bytes; split it")
                yield member
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise ContentError(f"{name}: is a damaged zip archive ({_reason(error)})") from None


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.split("/")
    return info.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
    try:
        with archive.open(info) as file:
            data = file.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        return Member(name, error=ContentError(f"{name}: cannot be unpacked ({_reason(error)})"))
    return _bounded(Member(name, data))


def _bounded(member: Member) -> Member:
    if len(member.data) <= LARGEST_FILE:
        return member
    error = ContentError(f"{member.name}: is larger than {LARGEST_FILE:,} bytes, too large for a report")
    return Member(member.name, error=error)


class _Watched(io.RawIOBase):
    """A stream that gives up when a header goes on for too long, and when there is too much in all."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.total, self.in_header = file, 0, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.file.read(min(len(buffer), 65536))
        buffer[: len(data)] = data
        self.total += len(data)
        self.in_header += len(data)
        if self.in_header > LARGEST_HEADER or self.total > LARGEST_ARCHIVE:
            raise ValueError("a record without end")
        return len(data)


def warc_members(path: Path, name: str) -> Iterator[Member]:
    """The pages in a web archive (WARC, ISO 28500), packed or not: answers with status 200 that are web pages.

    Raises:
        ContentError: it is damaged or too large.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            with gzip.open(raw) if packed else raw as file:
                watched = _Watched(file)  # type: ignore[arg-type]
                yield from _warc_members(watched, name)
    except (OSError, ValueError, EOFError, zlib.error, LookupError, AttributeError) as error:
        raise ContentError(f"{name}: is a damaged web archive ({_reason(error)})") from None


def _warc_members(watched: _Watched, name: str) -> Iterator[Member]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for number, record in enumerate(_silent(ArchiveIterator(io.BufferedReader(watched))), start=1):
            content, data = record.content_stream(), b""
            if _is_page(record):
                watched.in_header = -LARGEST_FILE
                data = content.read(LARGEST_FILE + 1)
                yield _bounded(_warc_member(record, data, f"{name}:{number}"))
            while True:  # what is left of the record
                watched.in_header = -LARGEST_FILE
                if not record.raw_stream.read(65536):
                    break
            watched.in_header = 0
    except ArchiveLoadFailed as error:
        raise ContentError(f"{name}: is a damaged web archive ({_reason(error)})") from None


def _silent(records: Iterable[Any]) -> Iterator[Any]:
    """The records, without the remarks that warcio prints on the way: they hold words of the archive as they stand."""
    remaining = iter(records)
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(remaining, None)
        if record is None:
            return
        yield record


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or not record.http_headers or record.http_headers.get_statuscode() != "200":
        return False
    return _media_type(record) in _PAGES


def _media_type(record: Any) -> str:
    kind: str = record.http_headers.get_header("Content-Type") or ""
    return kind.partition(";")[0].strip().lower()


def _warc_member(record: Any, data: bytes, name: str) -> Member:
    kind: str = record.http_headers.get_header("Content-Type") or ""
    charset = kind.lower().partition("charset=")[2].strip(" \"';") or None
    url: str | None = record.rec_headers.get_header("WARC-Target-URI")
    url = url.strip("<>") if url and url.strip("<>").startswith(("http://", "https://")) else None
    return Member(f"{name} {_printable(url or '')}".strip(), data, Known(url=url), charset)


def is_mail(data: bytes) -> bool:
    """Whether bytes begin as a mail message does: with two known header fields among its first lines."""
    lines = data[:4000].lower().splitlines()[:20]
    return bool(lines) and lines[0].startswith(_MAIL) and sum(line.startswith(_MAIL) for line in lines) > 1


def mail(data: bytes, name: str) -> Member:
    """The text of a mail message, with its subject and day.

    Raises:
        ContentError: it has none, or is damaged.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain", "html"))
        if body is None:
            raise ContentError(f"{name}: is a mail without a text")
        text = body.get_content()
        subject = one_line(str(message.get("Subject") or "")) or None
        known = Known(title=subject, published=_mail_day(str(message.get("Date") or "")))
    except ReadoutError:
        raise
    except Exception as error:  # the parser of mail meets hostile input with errors of any kind
        raise ContentError(f"{name}: is a damaged mail ({_reason(error)})") from None
    if not isinstance(text, str):
        raise ContentError(f"{name}: is a mail without a text")
    return Member(name, text.encode(errors="replace"), known)


def _mail_day(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text[:100]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def pdf_text(data: bytes, name: str) -> str:
    """The text of a PDF, page after page.

    Raises:
        ContentError: it is damaged, locked, or has no text (a scan).
    """
    import pypdfium2

    if len(data) > LARGEST_PDF:
        raise ContentError(f"{name}: is larger than {LARGEST_PDF:,} bytes, too large for a report")
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            if len(document) > MOST_PAGES:
                raise ContentError(f"{name}: has over {MOST_PAGES} pages, more than any report")
            pages = [_page_text(document, number) for number in range(len(document))]
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError, RuntimeError) as error:
        raise ContentError(f"{name}: is a damaged or locked PDF ({_reason(error)})") from None
    text = "\n\n".join(page for page in pages if page)
    if not text.strip():
        raise ContentError(f"{name}: is a PDF without text (a scan?); give its text")
    return text


def _page_text(document: Any, number: int) -> str:
    page = document[number].get_textpage()
    text: str = page.get_text_bounded()
    return text.replace("\r\n", "\n").replace("\ufffe", "").strip()


def _printable(text: str) -> str:
    return text[:200] if text.isprintable() else ascii(text[:200])[1:-1]


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
