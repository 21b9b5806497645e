"""OFAC's tables: the SDN list (sdn.csv) and the consolidated list (cons_prim.csv) with their further tables.

After OFAC's data specification (dat_spec.txt): no header line, fixed columns, "-0-" for nothing. Aliases (alt.csv),
addresses (add.csv) and the overflow of the remarks (sdn_comments.csv) are tables of their own, told by their columns.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable

from readout.errors import ContentError
from readout.resolve.lists import ofac
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.published import Published
from readout.resolve.lists.tables import decoded, table
from readout.resolve.lists.values import codes, joined, kind_of, unique

PRIMARY, ADDRESSES, ALIASES, COMMENTS = 12, 6, 5, 2
"""The number of columns of each table."""

Rows = dict[str, list[list[str]]]


def is_primary(content: bytes) -> bool:
    """Whether this is the table of the entries themselves."""
    return _columns(content) == PRIMARY


def parse(parts: Iterable[bytes], name: str) -> Published:
    """Read the tables of one OFAC list.

    Args:
        parts: the table of entries, and those of its further tables that there are, in any order.
        name: the name the list goes by.

    Returns:
        The list; the tables do not say of what day they are.

    Raises:
        ContentError: a table has other columns, is cut off, or there is not one table of entries.
    """
    by_columns: dict[int, Rows] = {}
    for part in parts:
        columns = _columns(part)
        if columns not in (PRIMARY, ADDRESSES, ALIASES, COMMENTS):
            raise ContentError(f"has {columns} columns where OFAC's tables have 12, 6, 5 or 2")
        if columns in by_columns:
            raise ContentError(f"holds two OFAC tables of {columns} columns; give the tables of one list")
        by_columns[columns] = _by_entry(part, columns)
    if PRIMARY not in by_columns:
        raise ContentError("holds no table of entries (sdn.csv or cons_prim.csv), only further tables")
    further = [by_columns.get(columns, {}) for columns in (ALIASES, ADDRESSES, COMMENTS)]
    entries = [_entry(row, name, *further) for rows in by_columns[PRIMARY].values() for row in rows]
    return Published("ofac-csv", None, entries)


def _columns(content: bytes) -> int:
    first = next(csv.reader(decoded(content[:20_000]).splitlines()[:1]), [])
    return len(first) if first and first[0].strip().isdigit() else 0


def _by_entry(content: bytes, columns: int) -> Rows:
    rows: Rows = defaultdict(list)
    for row in table(content, ",", columns):
        values = ["" if value.strip() == "-0-" else value for value in row]
        if not values[0].strip().isdigit():
            raise ContentError(f"has {values[0][:20]!r} where OFAC's tables have the number of an entry")
        rows[values[0].strip()].append(values)
    return rows


def _entry(row: list[str], name: str, aliases: Rows, addresses: Rows, comments: Rows) -> Entry:
    key = row[0].strip()
    _, main, kind, programmes, title, call_sign, vessel_type, tonnage, _, flag, owner, text = row
    said = ofac.remarks(text + "".join(comment[1] for comment in comments.get(key, ())))
    vessel = joined(call_sign and f"Call sign {call_sign}", vessel_type, tonnage and f"{tonnage} tons", by="; ")
    places = addresses.get(key, ())
    return Entry(
        list=name,
        id=key,
        name=joined(main),
        kind=kind_of(kind or "entity"),
        aliases=unique((alias[3] for alias in aliases.get(key, ())), but=joined(main)),
        weak_aliases=said.weak_aliases,
        countries=unique([*said.countries, *codes([flag, *(place[4] for place in places)])]),
        addresses=unique(ofac.address(*place[2:5]) for place in places),
        birth_dates=said.birth_dates,
        positions=ofac.titles(title),
        programmes=ofac.programmes([programmes]),
        remarks=joined(vessel, said.text, by="; "),
        linked=unique([owner, *said.linked]),
    )
