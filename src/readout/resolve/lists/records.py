"""Entries as text and back, for the store and for the shipped list."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import date
from typing import Any

from readout.resolve.lists.entry import Entry

FIELDS = tuple(field.name for field in fields(Entry) if field.name != "list")
SEVERAL = frozenset(
    ("aliases", "weak_aliases", "countries", "addresses", "birth_dates", "positions", "programmes", "linked")
)
DAYS = frozenset(("listed_on", "delisted_on"))


def to_text(entry: Entry) -> str:
    """An entry as one line of JSON without its list's name; fields that are empty are left out."""
    values = {key: getattr(entry, key) for key in FIELDS}
    held = {key: str(value) if key in DAYS else value for key, value in values.items() if value}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_text(line: str, name: str) -> Entry:
    """The entry that `to_text` wrote.

    Args:
        line: one line of JSON.
        name: the list's name.
    """
    return from_values(json.loads(line), name)


def from_values(values: dict[str, Any], name: str) -> Entry:
    """An entry from the fields that `to_text` wrote."""
    for key in values.keys() & SEVERAL:
        values[key] = tuple(values[key])
    for key in values.keys() & DAYS:
        values[key] = date.fromisoformat(values[key])
    return Entry(list=name, **values)


def digest(line: str) -> str:
    """What tells two contents of an entry apart: 128 bits of its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(line.encode()).hexdigest()[:32]
