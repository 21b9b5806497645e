"""Tells a list's format by its content, and reads it whole or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from readout.errors import ContentError
from readout.resolve.lists import eu, ftm, ofac_advanced, ofac_csv, ofac_xml, own, uk, un
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.published import Published
from readout.resolve.lists.tables import decoded
from readout.resolve.lists.xmlstream import root

Parser = Callable[[bytes, str], Published]

BY_ROOT: dict[str, Parser] = {
    "sdnList": ofac_xml.parse,
    "Sanctions": ofac_advanced.parse,
    "CONSOLIDATED_LIST": un.parse,
    "export": eu.parse_xml,
    "Designations": uk.parse_xml,
}
BY_COLUMN: dict[str, Parser] = {
    "entity_logicalid": eu.parse_csv,
    "unique id": uk.parse_csv,
    "group id": uk.parse_conlist,
}
"""The column by which each CSV with a header is told."""
KNOWN = "OFAC, UN, EU, UK, FollowTheMoney, or JSON lines or CSV with id and name"


def parse(parts: Sequence[bytes], name: str) -> Published:
    """Read one published list.

    Args:
        parts: the content of its file; of several for OFAC's tables.
        name: the name the list goes by.

    Returns:
        The list, with at least one entry, each with an id of its own and a name.

    Raises:
        ContentError: it is in no known format, cut off, damaged or empty.
    """
    if not any(part.strip() for part in parts):
        raise ContentError("is empty")
    table = any(map(ofac_csv.is_primary, parts))
    if not table and len(parts) > 1:
        raise ContentError("holds no OFAC table of entries (sdn.csv or cons_prim.csv); give one file")
    published = ofac_csv.parse(parts, name) if table else _parser(parts[0])(parts[0], name)
    return _checked(published)


def _parser(content: bytes) -> Parser:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        tag, _ = root(content)
        if tag not in BY_ROOT:
            raise ContentError(f"is XML of another kind (<{tag[:40]}>); lists are read as published by {KNOWN}")
        return BY_ROOT[tag]
    return _json_parser(content) if start == b"{" else _csv_parser(content)


def _json_parser(content: bytes) -> Parser:
    try:
        first = json.loads(next(line for line in content.split(b"\n") if line.strip()))
    except (ValueError, RecursionError):
        raise ContentError("is cut off or damaged: line 1 is no JSON") from None
    return ftm.parse if "schema" in first and "properties" in first else own.parse_jsonl


def _csv_parser(content: bytes) -> Parser:
    lines = decoded(content[:40_000]).lower().splitlines()[:5]
    cells = {cell.strip(' "') for line in lines for cell in line.replace(";", ",").split(",")}
    for column, parser in BY_COLUMN.items():
        if column in cells:
            return parser
    if {"id", "name"} <= cells:
        return own.parse_csv
    raise ContentError(f"is in no known format; lists are read as published by {KNOWN}")


def _checked(published: Published) -> Published:
    """Refuse a list without entries, and one's own list with an id that stands twice.

    Published lists are taken as they are: an entry without a name, which happens, cannot be screened and is left out;
    the second entry of an id is told from the first by a number.
    """
    seen: Counter[str] = Counter()
    kept: list[Entry] = []
    for entry in published.entries:
        if not entry.id:
            raise ContentError("has an entry without id")
        seen[entry.id] += 1
        if seen[entry.id] > 1 and published.form.startswith("own"):
            raise ContentError(f"has the id {entry.id[:40]!r} twice")
        if entry.name:
            kept.append(entry if seen[entry.id] == 1 else replace(entry, id=f"{entry.id}#{seen[entry.id]}"))
    if not kept:
        raise ContentError("holds no entries")
    return published._replace(entries=kept)
