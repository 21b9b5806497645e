"""The places a name may mean: as it stands, without words such as "northern" or "province", or almost."""

import re
from collections.abc import Sequence

from readout.knowledge.gazetteer import Gazetteer, Place

MAX_CANDIDATES = 80
MISSPELT = 5_000
"""Inhabitants a place needs for a name spelt almost like its own to be taken for it."""
PARTS = (
    "northern|southern|eastern|western|central|north|south|east|west|northeastern|northwestern|southeastern|southwestern|"
    "northeast|northwest|southeast|southwest|upper|lower|inner|outer|downtown|suburban|rural|greater|mid|midtown|old|upstate"
)
PREFIX = re.compile(
    rf"(?:(?:{PARTS})[\s\-]+|(?:the\s+)?(?:city|town|village|municipality|commune|district|republic|port|state|province|region|island|county)\s+of\s+)",
    re.I,
)
DIVISIONS = "province|region|state|county|parish|district|governorate|oblast|krai|territory|prefecture|republic"
SUFFIX = re.compile(
    rf"[\s\-](?:{DIVISIONS}|city|town|village|municipality|metropolitan area|area|peninsula|islands?|township|borough|"
    r"valley|suburb|port|harbou?r)$",
    re.I,
)
DIVISION_WORD = re.compile(rf"[\s\-](?:{DIVISIONS})\b", re.I)


def candidates(form: str, before: str, gazetteer: Gazetteer) -> list[Place]:
    """Look a name up, the more loosely the less is found.

    Args:
        form: the name as written.
        before: the two characters before its first mention; behind a comma "Pa." or "IN" is a division.
        gazetteer: where to look.

    Returns:
        The places that it may mean, largest population first.
    """
    if (place := gazetteer.adjective(form)) is not None:
        return [place]
    if (before in (", ", " (") or "." in form) and (divisions := gazetteer.abbreviation(form)):
        return divisions
    found = gazetteer.lookup(form) or by_parts(form, gazetteer) or gazetteer.abbreviation(form)
    return list(found[:MAX_CANDIDATES])


def by_parts(form: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """The places of a name without words such as "northern", "province" or "city of"."""
    shorter = PREFIX.sub("", SUFFIX.sub("", form.removesuffix("'s").removesuffix("’s")), count=1).strip()
    if shorter == form or not shorter:
        return []
    found = gazetteer.lookup(shorter)
    if not found and (place := gazetteer.adjective(shorter)) is not None:
        return [place]
    divisions = [place for place in found if place.kind.startswith("admin")] if DIVISION_WORD.search(form) else []
    return divisions or found


def misspelt(form: str, countries: set[str | None], gazetteer: Gazetteer) -> list[Place]:
    """The places spelt almost like a name that is nowhere known, within some countries."""
    near = gazetteer.similar(form)
    return [place for place in near if place.country in countries and place.population >= MISSPELT][:MAX_CANDIDATES]
