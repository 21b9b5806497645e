"""One entry of a sanctions list, in the shape that every list is brought to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["person", "organization", "vessel", "aircraft", "other"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, organization, vessel or aircraft as one list describes it.

    Args:
        list: Name of the list it stands in, such as "ofac-sdn".
        id: The list's own number for it, unique in that list.
        name: Main name, in the order of words the list gives it.
        kind: What it is.
        aliases: Other names that the list holds to identify it as well as the main one.
        weak_aliases: Names too common or too loose to identify it alone.
        countries: ISO 3166-1 alpha-3 codes of its nationalities, registration and addresses.
        addresses: Each address as one line.
        birth_dates: Dates or years of birth, as ISO dates, months or years, or else as the list writes them.
        positions: Titles and roles.
        programmes: Regimes under which it is listed, as the list names them.
        remarks: Everything else that the list says about it, as text.
        linked: Ids or names of those it is "Linked To": owners, parents, principals.
        listed_on: Day of its listing, where the list or its versions tell; None if unknown.
        delisted_on: First day on which it was no longer listed; None while it is.
    """

    list: str
    id: str
    name: str
    kind: Kind = "other"
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    remarks: str = ""
    linked: tuple[str, ...] = ()
    listed_on: date | None = None
    delisted_on: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it was listed on a day, as far as its own dates tell; an unknown date bounds nothing."""
        if self.listed_on is not None and on < self.listed_on:
            return False
        return self.delisted_on is None or on < self.delisted_on
