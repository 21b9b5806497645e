"""The United Kingdom's lists: the UK Sanctions List (FCDO) in XML and CSV, and OFSI's consolidated list in CSV.

In both CSVs an entry has a row for each of its names and addresses.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from readout.resolve.lists.entry import Entry
from readout.resolve.lists.published import Published
from readout.resolve.lists.tables import decoded, named
from readout.resolve.lists.values import birth, codes, day_of, joined, kind_of, unique
from readout.resolve.lists.xmlstream import Element, records, texts

GIVEN = ("Name1", "Name2", "Name3", "Name4", "Name5", "Name6")
NAMES = ("name 1", "name 2", "name 3", "name 4", "name 5", "name 6")
LINES = tuple(f"AddressLine{n}" for n in range(1, 7))
NUMBERED = re.compile(r"\(\d+\)")

Rows = list[dict[str, str]]


def parse_xml(content: bytes, name: str) -> Published:
    """Read the UK Sanctions List in XML.

    Args:
        content: the XML.
        name: the name the list goes by.

    Returns:
        The list; an entry's id is its unique id.

    Raises:
        ContentError: it is cut off or damaged.
    """
    day, entries = None, []
    for element in records(content, "DateGenerated", "Designation"):
        if element.tag == "DateGenerated":
            day = day_of(element.text)
        else:
            entries.append(_from_element(element, name))
    return Published("uk-xml", day, entries)


def parse_csv(content: bytes, name: str) -> Published:
    """Read the UK Sanctions List in CSV.

    Args:
        content: the CSV; its first line is the day of the report.
        name: the name the list goes by.

    Returns:
        The list; an entry's id is its unique id.

    Raises:
        ContentError: a column is missing, or a row is cut off.
    """
    rows = _grouped(content, "unique id", ("name 6", "name type"))
    return Published("uk-csv", _first_line_day(content), [_from_rows(key, group, name) for key, group in rows])


def parse_conlist(content: bytes, name: str) -> Published:
    """Read OFSI's consolidated list of targets in CSV (ConList.csv).

    Args:
        content: the CSV; its first line is the day of the last update.
        name: the name the list goes by.

    Returns:
        The list; an entry's id is its group id.

    Raises:
        ContentError: a column is missing, or a row is cut off.
    """
    rows = _grouped(content, "group id", ("name 6", "alias type"))
    return Published("ofsi-csv", _first_line_day(content), [_from_rows(key, group, name) for key, group in rows])


def _grouped(content: bytes, key: str, needed: tuple[str, ...]) -> Iterator[tuple[str, Rows]]:
    by_entry: dict[str, Rows] = defaultdict(list)
    for row in named(content, ",", key, (key, *needed)):
        by_entry[row[key].strip()].append(row)
    return iter(by_entry.items())


def _first_line_day(content: bytes) -> date | None:
    cells = next(csv.reader(decoded(content[:400]).splitlines()[:1]), [])
    return next((day for cell in cells if (day := day_of(cell.rpartition(":")[2]))), None)


def _from_element(element: Element, name: str) -> Entry:
    strong: list[str] = []
    weak: list[str] = []
    main = ""
    for written in element.iterfind("Names/Name"):
        whole = joined(*map(written.findtext, GIVEN), by=" ")
        if _is_main(written.findtext("NameType")) and not main:
            main = whole
        (weak if _is_weak(written.findtext("AliasStrength")) else strong).append(whole)
    main = main or next(iter(unique([*strong, *weak])), "")
    strong += texts(element, "NonLatinNames/NonLatinName/NameNonLatinScript")
    places = list(element.iterfind("Addresses/Address"))
    nations = texts(element, ".//Nationalities/Nationality") + texts(element, ".//CurrentBelievedFlagOfShip")
    linked = texts(element, ".//CurrentOwnerOperator") + texts(element, ".//ParentCompany")
    return Entry(
        list=name,
        id=(element.findtext("UniqueID") or element.findtext("OFSIGroupID") or "").strip(),
        name=main,
        kind=kind_of(element.findtext("IndividualEntityShip")),
        aliases=unique(strong, but=main),
        weak_aliases=unique(weak, but=main),
        countries=codes([*nations, *(place.findtext("AddressCountry") for place in places)]),
        addresses=unique(
            joined(*map(place.findtext, (*LINES, "AddressPostalCode", "AddressCountry"))) for place in places
        ),
        birth_dates=unique(map(birth, texts(element, ".//DOBs/DOB"))),
        positions=unique([*texts(element, ".//Titles/Title"), *texts(element, ".//Positions/Position")]),
        programmes=unique(texts(element, "RegimeName")),
        remarks=joined(element.findtext("OtherInformation"), element.findtext("UKStatementofReasons"), by="; "),
        linked=unique(linked),
        listed_on=day_of(element.findtext("DateDesignated")),
    )


def _from_rows(key: str, rows: Rows, name: str) -> Entry:
    def column(*keys: str) -> list[str]:
        return [row[key] for key in keys for row in rows if row.get(key)]

    strong: list[str] = []
    weak: list[str] = []
    main = ""
    for row in rows:
        whole = joined(*map(row.get, NAMES), by=" ")
        if _is_main(row.get("name type") or row.get("alias type")) and not main:
            main = whole
        (weak if _is_weak(row.get("alias strength") or row.get("alias quality")) else strong).append(whole)
    main = main or next(iter(unique([*strong, *weak])), "")
    nations = column("nationality(/ies)", "nationality", "current believed flag of ship", "address country", "country")
    listed = [day_of(value) for value in column("date designated", "uk sanctions list date designated", "listed on")]
    return Entry(
        list=name,
        id=key,
        name=main,
        kind=kind_of(next(iter(column("designation type", "group type")), None)),
        aliases=unique([*strong, *column("name non-latin script")], but=main),
        weak_aliases=unique(weak, but=main),
        countries=codes(part for value in nations for part in NUMBERED.split(value)),
        addresses=unique(map(_address, rows)),
        birth_dates=unique(birth(part) for value in column("d.o.b", "dob") for part in NUMBERED.split(value)),
        positions=unique(part for value in column("title", "position") for part in NUMBERED.split(value)),
        programmes=unique(column("regime name", "regime")),
        remarks=joined(*unique(column("other information", "uk statement of reasons")), by="; "),
        linked=unique(column("parent company", "current owner/operator (s)")),
        listed_on=min((day for day in listed if day), default=None),
    )


def _address(row: dict[str, str]) -> str:
    lines = [row.get(f"address line {n}") or row.get(f"address {n}") for n in range(1, 7)]
    code = row.get("address postal code") or row.get("post/zip code")
    return joined(*lines, code, row.get("address country") or row.get("country"))


def _is_main(word: str | None) -> bool:
    return (word or "").strip().lower() == "primary name"


def _is_weak(word: str | None) -> bool:
    return (word or "").strip().lower().startswith("low")
