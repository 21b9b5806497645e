"""The United Nations Security Council's consolidated list in XML, after its schema sc-sanctions.xsd."""

from __future__ import annotations

from readout.resolve.lists.entry import Entry
from readout.resolve.lists.published import Published
from readout.resolve.lists.values import birth, codes, day_of, joined, unique
from readout.resolve.lists.xmlstream import Element, records, root, texts

NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
ADDRESS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")


def parse(content: bytes, name: str) -> Published:
    """Read the consolidated list.

    Args:
        content: the XML.
        name: the name the list goes by.

    Returns:
        The list; an entry's id is its permanent reference number.

    Raises:
        ContentError: it is cut off or damaged.
    """
    _, attributes = root(content)
    entries = [_entry(element, name) for element in records(content, "INDIVIDUAL", "ENTITY")]
    return Published("un-xml", day_of(attributes.get("dateGenerated")), entries)


def _entry(element: Element, name: str) -> Entry:
    main = joined(*map(element.findtext, NAMES), by=" ")
    prefix = element.tag
    strong: list[str | None] = [*texts(element, "NAME_ORIGINAL_SCRIPT")]
    weak: list[str | None] = []
    for alias in element.iterfind(f"{prefix}_ALIAS"):
        (weak if alias.findtext("QUALITY") == "Low" else strong).append(alias.findtext("ALIAS_NAME"))
    addresses = list(element.iterfind(f"{prefix}_ADDRESS"))
    lands = [*texts(element, "NATIONALITY/VALUE"), *(place.findtext("COUNTRY") for place in addresses)]
    return Entry(
        list=name,
        id=(element.findtext("REFERENCE_NUMBER") or element.findtext("DATAID") or "").strip(),
        name=main,
        kind="person" if prefix == "INDIVIDUAL" else "organization",
        aliases=unique(strong, but=main),
        weak_aliases=unique(weak),
        countries=codes(lands),
        addresses=unique(joined(*map(place.findtext, ADDRESS)) for place in addresses),
        birth_dates=unique(map(_birth, element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"))),
        positions=unique([*texts(element, "TITLE/VALUE"), *texts(element, "DESIGNATION/VALUE")]),
        programmes=unique(texts(element, "UN_LIST_TYPE")),
        remarks=joined(element.findtext("COMMENTS1")),
        listed_on=day_of(element.findtext("LISTED_ON")),
        delisted_on=day_of(element.findtext("DELISTED_ON")),
    )


def _birth(element: Element) -> str:
    if written := element.findtext("DATE") or element.findtext("YEAR"):
        return birth(written)
    return joined(element.findtext("FROM_YEAR"), element.findtext("TO_YEAR"), by=" to ")
