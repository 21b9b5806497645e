"""OFAC's XML: sdn.xml and consolidated.xml, after the schema sdn.xsd; the misspelt element names are OFAC's."""

from __future__ import annotations

from readout.resolve.lists import ofac
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.published import Published
from readout.resolve.lists.values import birth, codes, day_of, joined, kind_of, unique
from readout.resolve.lists.xmlstream import Element, records, texts

STREET = ("address1", "address2", "address3")
CITY = ("city", "stateOrProvince", "postalCode")
COUNTRIES = (
    "nationalityList/nationality/country",
    "citizenshipList/citizenship/country",
    "addressList/address/country",
    "vesselInfo/vesselFlag",
)


def parse(content: bytes, name: str) -> Published:
    """Read one OFAC list.

    Args:
        content: the XML.
        name: the name the list goes by.

    Returns:
        The list.

    Raises:
        ContentError: it is cut off or damaged.
    """
    day, entries = None, []
    for element in records(content, "Publish_Date", "sdnEntry"):
        if element.tag == "Publish_Date":
            day = day_of(element.text, "%m/%d/%Y")
        else:
            entries.append(_entry(element, name))
    return Published("ofac-xml", day, entries)


def _entry(element: Element, name: str) -> Entry:
    said = ofac.remarks(element.findtext("remarks") or "")
    strong: list[str] = []
    weak: list[str] = []
    for alias in element.iterfind("akaList/aka"):
        (weak if alias.findtext("category") == "weak" else strong).append(_name(alias))
    born = map(birth, texts(element, "dateOfBirthList/dateOfBirthItem/dateOfBirth"))
    countries = codes(text for path in COUNTRIES for text in texts(element, path))
    return Entry(
        list=name,
        id=(element.findtext("uid") or "").strip(),
        name=_name(element),
        kind=kind_of(element.findtext("sdnType")),
        aliases=unique(strong, but=_name(element)),
        weak_aliases=unique([*weak, *said.weak_aliases]),
        countries=unique([*countries, *said.countries]),
        addresses=unique(map(_address, element.iterfind("addressList/address"))),
        birth_dates=unique([*born, *said.birth_dates]),
        positions=ofac.titles(element.findtext("title")),
        programmes=ofac.programmes(texts(element, "programList/program")),
        remarks=joined(*texts(element, "vesselInfo/vesselType"), said.text, by="; "),
        linked=unique([*texts(element, "vesselInfo/vesselOwner"), *said.linked]),
    )


def _name(element: Element) -> str:
    return ofac.name(element.findtext("lastName"), element.findtext("firstName"))


def _address(element: Element) -> str:
    street = joined(*map(element.findtext, STREET))
    return ofac.address(street, joined(*map(element.findtext, CITY), by=" "), element.findtext("country"))
