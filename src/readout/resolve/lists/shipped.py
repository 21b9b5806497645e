"""The list that comes with Readout, so that screening works at once: the United States' SDN list with its history."""

from __future__ import annotations

import json
import lzma
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from readout.resolve.lists.entry import Entry
from readout.resolve.lists.records import from_values

NAME = "ofac-sdn"
FILE = "lists_ofac_sdn.json.xz"
STALE = 90
"""Days after which a list is too old to be relied on: OFAC changes this one about twice a week."""
ADDRESS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.XML"


class Shipped(NamedTuple):
    """A list with its history: the days from `since` to `day` can be asked of its entries by `Entry.in_force`."""

    name: str
    since: date
    """The day of its first version; an entry that stood in it has no `listed_on`."""
    day: date
    """The day of its newest version."""
    entries: tuple[Entry, ...]

    def warning(self, on: date | None = None) -> str | None:
        """One line that says that the list is too old, or too young, to tell of a day.

        Args:
            on: the day asked about; by default today.
        """
        asked = on or datetime.now(UTC).date()
        if asked < self.since:
            return f"the list {self.name} that comes with Readout begins on {self.since}; it cannot tell of {asked}"
        old = stale(f"{self.name} that comes with Readout", self.day, asked)
        return old and f"{old}: readout lists add {ADDRESS} --as {self.name}"


def stale(name: str, day: date, asked: date) -> str | None:
    """One line that says that a list is too old to tell of a day; nothing if it is not."""
    late = (asked - day).days
    return f"the list {name} is of {day}, {late} days before {asked}; add a newer one" if late > STALE else None


@cache
def shipped() -> Shipped:
    """The list that comes with Readout; read once."""
    packed = files("readout.knowledge.data").joinpath(FILE).read_bytes()
    about = json.loads(lzma.decompress(packed))
    entries = tuple(from_values(values, about["name"]) for values in about["entries"])
    return Shipped(about["name"], date.fromisoformat(about["from"]), date.fromisoformat(about["day"]), entries)
