"""OFAC's newer XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML), after its Advanced Sanctions Data Model.

The parts of an entry stand in several sections and point to each other by number: reference values, locations, parties
(names and features), relationships, and sanctions entries with the days of listing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from readout.resolve.lists import ofac
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.published import Published
from readout.resolve.lists.values import codes, joined, kind_of, unique
from readout.resolve.lists.xmlstream import Element, records, texts

BORN = "Birthdate"
PLACE = "Location"
TITLE = "Title"
OWNER = "Vessel Owner"
COUNTRIES = (
    "Nationality Country",
    "Citizenship Country",
    "Nationality",
    "Citizenship",
    "Nationality of Registration",
    "Vessel Flag",
)
OWNED = (
    "Owned or Controlled By",
    "Acting for or on behalf of",
    "Providing support to",
    "Leader or official of",
    "Property in the interest of",
)
"""The relations that OFAC's tables call "Linked To"."""
STREET = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
CITY = ("CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE")
SURNAMES = ("Last Name", "Entity Name", "Vessel Name", "Aircraft Name", "")


@dataclass
class _Party:
    """One party, gathered from the sections as they pass."""

    kind: str = ""
    name: str = ""
    aliases: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    features: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    remarks: str = ""
    programmes: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    listed_on: date | None = None


class _Reader:
    """The state that later sections need of the earlier ones."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.references: dict[tuple[str, str], str] = {}
        self.party_types: dict[str, str] = {}
        self.places: dict[str, tuple[str, str]] = {}
        self.parties: dict[str, _Party] = {}

    def take(self, element: Element) -> None:
        """Take one record of whichever section."""
        match element.tag:
            case "DateOfIssue":
                self.day = _day(element)
            case "ReferenceValueSets":
                self._references(element)
            case "Location":
                self.places[element.get("ID", "")] = self._place(element)
            case "DistinctParty":
                self._party(element)
            case "ProfileRelationship":
                self._relationship(element)
            case "SanctionsEntry":
                self._listing(element)

    def _references(self, element: Element) -> None:
        for value in element.iterfind("*/*"):
            text = (value.text or value.get("Description") or "").strip()
            self.references[value.tag, value.get("ID", "")] = text
            if value.tag == "PartySubType":
                self.party_types[value.get("ID", "")] = value.get("PartyTypeID", "")

    def _said(self, kind: str, number: str | None) -> str:
        return self.references.get((kind, number or ""), "")

    def _place(self, element: Element) -> tuple[str, str]:
        """An address on one line, and its country."""
        parts = {
            self._said("LocPartType", part.get("LocPartTypeID")): part.findtext("LocationPartValue/Value")
            for part in element.iterfind("LocationPart")
        }
        named = next((self._said("Country", c.get("CountryID")) for c in element.iterfind("LocationCountry")), "")
        country = named or parts.get("Unknown") or ""
        street, city = joined(*map(parts.get, STREET)), joined(*map(parts.get, CITY), by=" ")
        return ofac.address(street, city, country), country

    def _party(self, element: Element) -> None:
        profile = element.find("Profile")
        if profile is None:
            return
        party = self.parties.setdefault(profile.get("ID", ""), _Party())
        subtype = profile.get("PartySubTypeID", "")
        said = self._said("PartySubType", subtype)
        party.kind = said if said != "Unknown" else self._said("PartyType", self.party_types.get(subtype))
        party.remarks = element.findtext("Comment") or ""
        for identity in profile.iterfind("Identity"):
            self._names(identity, party)
        for feature in profile.iterfind("Feature"):
            label = self._said("FeatureType", feature.get("FeatureTypeID"))
            party.features[label] += self._values(feature)

    def _names(self, identity: Element, party: _Party) -> None:
        types = {
            group.get("ID"): self._said("NamePartType", group.get("NamePartTypeID"))
            for group in identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        for alias in identity.iterfind("Alias"):
            written = [_name(name, types) for name in alias.iterfind("DocumentedName")]
            if alias.get("Primary") == "true" and not party.name and written:
                party.name = written.pop(0)
            (party.weak if alias.get("LowQuality") == "true" else party.aliases).extend(written)

    def _values(self, feature: Element) -> list[str]:
        values = [self._said("DetailReference", d.get("DetailReferenceID")) or d.text or "" for d in _details(feature)]
        values += [place.get("LocationID", "") for place in feature.iterfind(".//VersionLocation")]
        return values + [_period(period) for period in feature.iterfind(".//DatePeriod")]

    def _relationship(self, element: Element) -> None:
        if self._said("RelationType", element.get("RelationTypeID")).rstrip(".") in OWNED:
            party = self.parties.get(element.get("From-ProfileID", ""))
            if party is not None:
                party.linked.append(element.get("To-ProfileID", ""))

    def _listing(self, element: Element) -> None:
        party = self.parties.get(element.get("ProfileID", ""))
        if party is None:
            return
        days = [day for event in element.iterfind("EntryEvent/Date") if (day := _day(event))]
        party.listed_on = min([*days, *([party.listed_on] if party.listed_on else [])], default=None)
        party.programmes += texts(element, "SanctionsMeasure/Comment")

    def entries(self, name: str) -> list[Entry]:
        """The entries, once all sections have passed."""
        return [self._entry(key, party, name) for key, party in self.parties.items()]

    def _entry(self, key: str, party: _Party, name: str) -> Entry:
        at = [self.places[number] for number in party.features[PLACE] if number in self.places]
        lands = [self.places.get(value, ("", value))[1] for label in COUNTRIES for value in party.features[label]]
        said = ofac.remarks(party.remarks)
        main = party.name or next(iter([*party.aliases, *party.weak]), "")
        return Entry(
            list=name,
            id=key,
            name=main,
            kind=kind_of(party.kind),
            aliases=unique(party.aliases, but=main),
            weak_aliases=unique([*party.weak, *said.weak_aliases]),
            countries=codes([*lands, *(country for _, country in at)]),
            addresses=unique(line for line, _ in at),
            birth_dates=unique(party.features[BORN]),
            positions=unique(party.features[TITLE]),
            programmes=unique(party.programmes),
            remarks=said.text,
            linked=unique([*party.features[OWNER], *party.linked, *said.linked]),
            listed_on=party.listed_on,
        )


def parse(content: bytes, name: str) -> Published:
    """Read one OFAC list in its newer form.

    Args:
        content: the XML.
        name: the name the list goes by.

    Returns:
        The list, with days of listing.

    Raises:
        ContentError: it is cut off or damaged.
    """
    reader = _Reader()
    sections = (
        "DateOfIssue",
        "ReferenceValueSets",
        "Location",
        "IDRegDocument",
        "DistinctParty",
        "ProfileRelationship",
    )
    for element in records(content, *sections, "SanctionsEntry"):
        reader.take(element)
    return Published("ofac-advanced-xml", reader.day, reader.entries(name))


def _details(feature: Element) -> list[Element]:
    return list(feature.iterfind(".//VersionDetail"))


def _name(element: Element, types: dict[str | None, str]) -> str:
    """A name in the order of OFAC's tables: "LAST, First"."""
    last: list[str] = []
    first: list[str] = []
    for part in element.iterfind("DocumentedNamePart/NamePartValue"):
        words = last if types.get(part.get("NamePartGroupID"), "") in SURNAMES else first
        words.append(part.text or "")
    return ofac.name(" ".join(last), " ".join(first))


def _day(element: Element) -> date | None:
    try:
        return date(*(int(element.findtext(part) or "") for part in ("Year", "Month", "Day")))
    except ValueError:
        return None


def _period(element: Element) -> str:
    """A day, or the month or year that a period covers whole, which is how OFAC writes that no more is known."""
    start, end = element.find("Start/From"), element.find("End/To")
    first = _day(start) if start is not None else None
    last = _day(end) if end is not None else None
    if first is None or last is None or first == last:
        return str(first or last or "")
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and (last + timedelta(1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first} to {last}"
