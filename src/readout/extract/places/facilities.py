"""Facilities that the gazetteer does not know: the town that their name or the words beside it say they lie in."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from readout.extract.places.found import Found
from readout.knowledge.gazetteer import Place
from readout.schema import Entity

TOWN_KINDS = frozenset(("city", "admin2", "admin1", "port"))
BETWEEN = re.compile(
    r",? (?:[\w\-]+ ){0,4}(?:in|near|at|outside|inside|on the outskirts of|of) (?:[\w\-]+ ){0,4}|, (?:[\w\-]+ ){0,3}"
)
"""Words between a facility and its town: "the Halvorsen yard in the port city of Bergen"."""
OWNER = re.compile(r"(?:['’]s?)? (?:[\w\-]+ ){0,3}")
"""Words between a town and its facility: "Bergen's main Halvorsen yard"."""
REACH = 70
"""Characters that such words may fill."""


def towns_of(doc: Doc, found: Sequence[Found], places: Sequence[Place | None]) -> Iterator[tuple[Entity, Place]]:
    """The towns of facilities that have no point of their own.

    Args:
        doc: a Doc with entities, those the gazetteer knows located.
        found: the place names of the text, in order.
        places: what they were resolved to.

    Yields:
        A facility, and the town (or, failing one, the division) that it lies in.
    """
    towns = [(item, place) for item, place in zip(found, places, strict=True) if place and place.kind in TOWN_KINDS]
    for entity in doc._.entities if towns else ():
        if entity.kind == "facility" and entity.location is None and entity.mentions:
            town = next((t for start, end in entity.mentions if (t := town_at(doc.text, start, end, towns))), None)
            if town is not None:
                yield entity, town


def town_at(text: str, start: int, end: int, towns: Sequence[tuple[Found, Place]]) -> Place | None:
    """The town in a facility's name, else that which follows it with "in" or the like, else that which owns it."""
    for item, place in towns:
        if start <= item.start and item.end <= end:
            return place
    for item, place in towns:
        if end <= item.start <= end + REACH and BETWEEN.fullmatch(text, end, item.start):
            return place
    for item, place in towns:
        if start - REACH <= item.end <= start and OWNER.fullmatch(text, item.end, start):
            return place
    return None
