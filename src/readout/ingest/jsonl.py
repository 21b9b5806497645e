"""JSON lines: one article a line, with what its sender knows of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from readout.errors import ContentError, ReadoutError, SourceError
from readout.ingest import dates
from readout.ingest.blocks import Known
from readout.ingest.decode import refuse_garbage

LONGEST_LINE = 20_000_000  # bytes
FIELDS = ("text", "html", "title", "url", "published", "outlet")


@dataclass(frozen=True)
class Line:
    """One line: its number and either its object or why there is none."""

    number: int
    item: "Item | None" = None
    error: ReadoutError | None = None


@dataclass(frozen=True)
class Item:
    """What one line gives: the text or the page, and what is known of it."""

    id: str | None
    text: str | None
    html: str | None
    known: Known


def read_lines(path: Path, name: str) -> Iterator[Line]:
    """The lines of a `.jsonl` file, one at a time; a bad line gives its error and the rest go on.

    Args:
        path: the file.
        name: what it is called in messages.

    Yields:
        A `Line` for each line that is not blank.

    Raises:
        SourceError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            yield from _lines(file, name)
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror or error}); check path and permissions") from None


def _lines(file: BinaryIO, name: str) -> Iterator[Line]:
    for number, raw in raw_lines(file):
        where = f"{name}:{number}"
        try:
            yield Line(number, item=item_of(raw, where))
        except ReadoutError as error:
            yield Line(number, error=error)


def raw_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; of one that is too long, only so much that it shows."""
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            _skip_line(file, raw)
        if raw.strip():
            yield number, raw


def _skip_line(file: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST_LINE)


def item_of(raw: bytes, where: str) -> Item:
    """What a line gives.

    Args:
        raw: the line.
        where: what it is called in messages.

    Raises:
        ContentError: it gives no article.
    """
    if len(raw) > LONGEST_LINE:
        raise ContentError(f"{where}: is longer than {LONGEST_LINE:,} bytes; give one article a line")
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ContentError(f"{where}: is not UTF-8 at byte {error.start}; write JSON in UTF-8") from None
    except (ValueError, RecursionError):
        raise ContentError(f"{where}: is no JSON; give one object a line") from None
    if not isinstance(data, dict):
        raise ContentError(f"{where}: is no JSON object; give one object a line")
    fields = {key: _string(data, key, where) for key in FIELDS}
    if not (fields["text"] or fields["html"]):
        raise ContentError(f"{where}: has neither text nor html; give one of them")
    known = Known(
        title=fields["title"],
        url=fields["url"],
        outlet=fields["outlet"],
        published=_published(fields["published"], where),
    )
    return Item(_id(data.get("id"), where), fields["text"], fields["html"], known)


def _string(data: dict[str, Any], key: str, where: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise ContentError(f"{where}: {key} is no string; give a string or null")
    if value:
        refuse_garbage(value, f"{where}: {key}")
    return value or None


def _published(value: str | None, where: str) -> str | None:
    if value is None:
        return None
    found = None if dates.valid(value) else dates.find(value[:100])
    iso = dates.valid(value) or (found.iso if found else None)
    if iso is None:
        raise ContentError(
            f"{where}: published {value[:40]!r} is no date; give a day (2023-09-15), a month or a date-time"
        )
    return iso


def _id(value: object, where: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ContentError(f"{where}: id is no string; give a string or a number")
    text = str(value)
    refuse_garbage(text, f"{where}: id")
    return text
