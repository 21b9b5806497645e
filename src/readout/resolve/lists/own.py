"""A list of one's own: JSON lines or CSV with an id and a name, and what more is known."""

from __future__ import annotations

from typing import Any

from readout.errors import ContentError
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.ftm import objects
from readout.resolve.lists.published import Published
from readout.resolve.lists.tables import decoded, named
from readout.resolve.lists.values import birth, clean, codes, day_of, kind_of, unique

SEVERAL = ";"
"""What parts the values of a cell that holds several."""
DAYS = ("listed_on", "delisted_on")


def parse_jsonl(content: bytes, name: str) -> Published:
    """Read a list with an object a line.

    Args:
        content: objects with `id` and `name`, and any of `kind`, `aliases`, `weak_aliases`, `countries` (or
            `country`), `addresses`, `birth_dates`, `positions`, `programmes`, `linked` (lists of texts or of
            objects with a `name`, or texts parted by semicolons), `remarks`, `listed_on`, `delisted_on` (ISO days).
        name: the name the list goes by.

    Returns:
        The list; it does not say of what day it is.

    Raises:
        ContentError: a line is no JSON, lacks an id or a name, or has a day that is none.
    """
    return Published("own-jsonl", None, [_entry(row, name, n) for n, row in enumerate(objects(content), 1)])


def parse_csv(content: bytes, name: str) -> Published:
    """Read a list with a header line, with the columns that `parse_jsonl` names.

    Also reads OpenSanctions' targets.simple.csv.

    Raises:
        ContentError: a column or value is missing, a row is cut off, or a day is none.
    """
    first = decoded(content[:20_000]).splitlines()[:1]
    separator = ";" if first and "," not in first[0] else ","
    rows = named(content, separator, "id", ("id", "name"))
    return Published("own-csv", None, [_entry(row, name, n) for n, row in enumerate(rows, 2)])


def _entry(row: dict[str, Any], name: str, line: int) -> Entry:
    key, main = clean(row.get("id")), clean(row.get("name"))
    if not key or not main:
        raise ContentError(f"lacks {'a name' if key else 'an id'} in line {line}")
    listed, delisted = (_day(row.get(day), day, line) for day in DAYS)
    if listed and delisted and delisted < listed:
        raise ContentError(f"has a delisted_on before the listed_on in line {line}")
    return Entry(
        list=name,
        id=key,
        name=main,
        kind=kind_of(row.get("kind") or row.get("type") or row.get("schema")),
        aliases=_several(row, "aliases", but=main),
        weak_aliases=_several(row, "weak_aliases"),
        countries=codes(_several(row, "countries") or _several(row, "country")),
        addresses=_several(row, "addresses"),
        birth_dates=unique(map(birth, _several(row, "birth_dates") or _several(row, "birth_date"))),
        positions=_several(row, "positions"),
        programmes=_several(row, "programmes") or _several(row, "program_ids"),
        remarks=clean(row.get("remarks")),
        linked=_several(row, "linked"),
        listed_on=listed,
        delisted_on=delisted,
    )


def _several(row: dict[str, Any], key: str, but: str = "") -> tuple[str, ...]:
    value = row.get(key) or ()
    values = value.split(SEVERAL) if isinstance(value, str) else value if isinstance(value, list) else [value]
    named = (value.get("name") if isinstance(value, dict) else value for value in values)
    return unique((str(v) for v in named if isinstance(v, str | int)), but=but)


def _day(value: object, key: str, line: int) -> Any:
    if value is None or not clean(value):
        return None
    day = day_of(clean(value))
    if day is None:
        raise ContentError(f"has {clean(value)[:40]!r} as {key} in line {line}, which is no day")
    return day
