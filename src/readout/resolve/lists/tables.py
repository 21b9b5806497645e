"""CSV read strictly: a line with another number of columns means a damaged table, and the whole is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from readout.errors import ContentError

NOT_DOUBLED = "expected after"
"""What Python's reader says of a quotation mark that should have been doubled."""
END_OF_FILE = "\x1a"
"""The sign (Ctrl-Z) with which OFAC's tables end."""


def decoded(content: bytes) -> str:
    """The text of a table: UTF-8, with or without a mark, else the Western European of older lists."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def table(content: bytes, separator: str, columns: int, before: int = 0) -> Iterator[list[str]]:
    """The rows of a table without a header.

    Args:
        content: the table.
        separator: what parts the columns.
        columns: how many there are.
        before: lines that stood before it, for the numbers of lines in what is said of faults.

    Raises:
        ContentError: a row has another number of columns, or a quotation mark is never closed.
    """
    text = decoded(content).rstrip(END_OF_FILE + "\r\n")
    for number, row in _rows(text, separator, before):
        kept = row if any(row[columns:]) else row[:columns]
        if len(kept) != columns:
            raise ContentError(f"has {len(row)} columns instead of {columns} in line {number}")
        yield kept


def _rows(text: str, separator: str, before: int) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, with the numbers of the lines they end in.

    A quotation mark inside a quoted value that is not doubled is let pass; one that is never closed is not.
    """
    for strict in (True, False):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
        try:
            return [(before + reader.line_num, row) for row in reader if row]
        except csv.Error as error:
            if not strict or NOT_DOUBLED not in str(error):
                raise ContentError(f"is no proper CSV in line {before + reader.line_num} ({error})") from None
    return []


def named(content: bytes, separator: str, first: str, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a table with a header, by column, in small letters.

    Args:
        content: the table; lines before its header are skipped.
        separator: what parts the columns.
        first: a column, in small letters, by which the header line is told.
        needed: columns that there must be.

    Raises:
        ContentError: there is no such header, a column is missing, or a row has another number of columns.
    """
    text = decoded(content)
    lines = text.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines[:5]) if first in _header(line, separator)), None)
    if start is None:
        raise ContentError(f"has no header line with the column {first!r}")
    header = _header(lines[start], separator)
    if missing := [column for column in needed if column not in header]:
        raise ContentError(f"lacks the column {missing[0]!r}")
    body = "".join(lines[start + 1 :]).encode()
    for row in table(body, separator, len(header), start + 1):
        yield dict(zip(header, row, strict=True))


def _header(line: str, separator: str) -> list[str]:
    return [cell.strip().lower() for cell in next(csv.reader([line], delimiter=separator), [])]
