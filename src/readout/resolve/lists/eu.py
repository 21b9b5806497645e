"""The European Union's consolidated financial sanctions list, version 1.1, in XML and in CSV.

An entry's designation date is often empty; its earliest legal act stands for it then. That act may be an amendment, so
such a day can be too late.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from readout.resolve.lists.entry import Entry
from readout.resolve.lists.published import Published
from readout.resolve.lists.tables import named
from readout.resolve.lists.values import birth, clean, codes, day_of, joined, kind_of, unique
from readout.resolve.lists.xmlstream import Element, records, root, texts

ADDRESS = ("street", "poBox", "place", "city", "zipCode", "region", "countryDescription")
UNKNOWN = "00"
"""The code of a country that is not known."""
KEY, REFERENCE, WHOLE_NAME = "entity_logicalid", "entity_eu_referencenumber", "namealias_wholename"

Rows = list[dict[str, str]]


def parse_xml(content: bytes, name: str) -> Published:
    """Read the XML.

    Args:
        content: the XML.
        name: the name the list goes by.

    Returns:
        The list; an entry's id is its EU reference number.

    Raises:
        ContentError: it is cut off or damaged.
    """
    _, attributes = root(content)
    entries = [_from_element(element, name) for element in records(content, "sanctionEntity")]
    return Published("eu-xml", day_of(attributes.get("generationDate")), entries)


def parse_csv(content: bytes, name: str) -> Published:
    """Read the CSV, in which an entry has a row for each of its names, addresses and dates of birth.

    Args:
        content: the CSV, parted by semicolons.
        name: the name the list goes by.

    Returns:
        The list; an entry's id is its EU reference number.

    Raises:
        ContentError: a column is missing, or a row is cut off.
    """
    by_entry: dict[str, Rows] = defaultdict(list)
    day = None
    for row in named(content, ";", KEY, (KEY, WHOLE_NAME)):
        day = day or day_of(row.get("filegenerationdate"))
        if row[KEY].strip():
            by_entry[row[KEY].strip()].append(row)
    return Published("eu-csv", day, [_from_rows(rows, name) for rows in by_entry.values()])


def _from_element(element: Element, name: str) -> Entry:
    strong: list[str | None] = []
    weak: list[str | None] = []
    aliases = list(element.iterfind("nameAlias"))
    for alias in aliases:
        (weak if alias.get("strong") == "false" else strong).append(alias.get("wholeName"))
    main = next(iter(unique([*strong, *weak])), "")
    places, subject = list(element.iterfind("address")), element.find("subjectType")
    citizenships = [*element.iterfind("citizenship"), *places]
    acts = [day_of(act.get("publicationDate")) for act in element.iter("regulation", "regulationSummary")]
    return Entry(
        list=name,
        id=clean(element.get("euReferenceNumber") or element.get("logicalId")),
        name=main,
        kind=kind_of(subject.get("code") if subject is not None else None),
        aliases=unique(strong, but=main),
        weak_aliases=unique(weak, but=main),
        countries=codes(_land(c.get("countryIso2Code"), c.get("countryDescription")) for c in citizenships),
        addresses=unique(joined(*map(place.get, ADDRESS)) for place in places),
        birth_dates=unique(birth(b.get("birthdate") or b.get("year") or "") for b in element.iterfind("birthdate")),
        positions=unique(part for alias in aliases for part in (alias.get("title"), alias.get("function"))),
        programmes=unique(act.get("programme") for act in element.iterfind("regulation")),
        remarks=joined(element.get("designationDetails"), *texts(element, "remark"), by="; "),
        listed_on=_listed(element.get("designationDate"), acts),
    )


def _from_rows(rows: Rows, name: str) -> Entry:
    def column(key: str) -> list[str]:
        return [row.get(key, "") for row in rows]

    names = unique(column(WHOLE_NAME)) or ("",)
    kinds = [kind_of(word) for word in column("entity_subjecttype") + column("entity_subjecttype_classificationcode")]
    lands = [
        _land(row.get(f"{part}_countryiso2code"), row.get(f"{part}_countrydescription"))
        for row in rows
        for part in ("citizenship", "address")
    ]
    born = [row.get("birthdate_birthdate") or row.get("birthdate_year") or "" for row in rows]
    acts = [day_of(row.get(f"{part}_regulation_publicationdate")) for row in rows for part in ("entity", "namealias")]
    return Entry(
        list=name,
        id=clean(rows[0].get(REFERENCE) or rows[0][KEY]),
        name=names[0],
        kind=next((kind for kind in kinds if kind != "other"), "other"),
        aliases=names[1:],
        countries=codes(lands),
        addresses=unique(joined(*(row.get(f"address_{part.lower()}") for part in ADDRESS)) for row in rows),
        birth_dates=unique(map(birth, born)),
        positions=unique(column("namealias_title") + column("namealias_function")),
        programmes=unique(column("entity_regulation_programme")),
        remarks=joined(*unique(column("entity_designationdetails") + column("entity_remark")), by="; "),
        listed_on=_listed(rows[0].get("entity_designationdate"), acts),
    )


def _land(code: str | None, description: str | None) -> str | None:
    return code if code and code != UNKNOWN else description


def _listed(designated: str | None, acts: list[date | None]) -> date | None:
    return day_of(designated) or min((act for act in acts if act), default=None)
