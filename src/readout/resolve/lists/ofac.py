"""What the formats of the United States' lists (OFAC) have in common: names and the items of the remarks.

The remarks are items parted by semicolons, after OFAC's data specification of the SDN list (dat_spec.txt): dates of
birth, nationalities, weak names in quotation marks, and whom an entry is linked to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from readout.resolve.lists.values import birth, clean, codes, unique

WEAK = re.compile(r"^[afn]\.k\.a\. ['‘](.+)['’]$", re.I)
LINKED = re.compile(r"^\(?Linked To:? (.+?)\)?$", re.I)
LINKED_INSIDE = re.compile(r"\(Linked To: ([^()]*(?:\([^()]*\)[^()]*)*)\)", re.I)
BORN = re.compile(r"^(?:alt\. )?DOB (.+)$")
COUNTRY = re.compile(r"^(?:alt\. )?(?:nationality|citizen|Nationality Country|Citizenship Country|Vessel Flag) (.+)$")
LOOSE = re.compile(
    r"^(?:alt\. )?(?:Digital Currency Address|Phone Number|Fax|Email Address|Website|Telephone|SWIFT/BIC|Gender)\b",
    re.I,
)
"""Items that say nothing about who somebody is to a reader of news, and are long."""


class Remarks(NamedTuple):
    """The items of an entry's remarks that screening uses, and the text of the rest."""

    text: str
    weak_aliases: tuple[str, ...]
    birth_dates: tuple[str, ...]
    countries: tuple[str, ...]
    linked: tuple[str, ...]


def remarks(text: str) -> Remarks:
    """Take the remarks of an entry apart.

    Args:
        text: as OFAC writes it: "DOB 09 Feb 1951; nationality Russia; a.k.a. 'PACHO'; Linked To: A COMPANY."

    Returns:
        Its items; `text` keeps all but those that are fields of their own and addresses of the electronic kind.
    """
    linked = LINKED_INSIDE.findall(text)
    items = [clean(item) for item in LINKED_INSIDE.sub("", text).split(";")]
    items = [re.sub(r"(?<!\.\w)(?<!\b[A-Z])\.$", "", item) for item in items if item]
    fields = (WEAK, BORN, COUNTRY, LINKED)
    weak, born, countries, more = ([m[1] for item in items if (m := field.match(item))] for field in fields)
    rest = [item for item in items if not any(field.match(item) for field in (*fields, LOOSE))]
    return Remarks("; ".join(rest), unique(weak), unique(map(birth, born)), codes(countries), unique([*linked, *more]))


def name(last: str | None, first: str | None) -> str:
    """A name as OFAC's tables write it: "LAST, First"."""
    return ", ".join(part for part in (clean(last), clean(first)) if part)


def titles(text: str | None) -> tuple[str, ...]:
    """The titles of a person, which OFAC parts by semicolons."""
    return unique(clean(text).split(";"))


def address(street: str | None, city: str | None, country: str | None) -> str:
    """One address on one line."""
    return ", ".join(part for part in map(clean, (street, city, country)) if part)


def programmes(words: Iterable[str]) -> tuple[str, ...]:
    """Programme codes; the tables write several as "SDGT] [IFSR"."""
    return unique(re.sub(r"[\[\]]", "", code) for word in words for code in word.split("] ["))
