"""Places: every place name in the text, where it lies, and the same for the article's entities."""

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers doc._.toponyms)
from readout.extract.places.recognise import Found, find
from readout.extract.places.resolve import Named, resolve
from readout.extract.places.use import use_of
from readout.knowledge.gazetteer import Gazetteer, Place, gazetteer
from readout.schema import Entity, Location, Toponym, _Span

MAX_TOPONYMS = 3000


class Places:
    """The component `readout_places`.

    Args:
        known: where places are looked up.
    """

    def __init__(self, known: Gazetteer) -> None:
        self.gazetteer = known

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.toponyms` anew, and location, country and GeoNames id of the entities."""
        found = find(doc, self.gazetteer)[:MAX_TOPONYMS]
        names = [Named(item.start, item.end, item.text) for item in found]
        places = resolve(doc.text, names, self.gazetteer)
        owners = {(span[0], span[1]): entity for entity in doc._.entities for span in entity.mentions}
        doc._.toponyms = [
            toponym(doc, item, place, owners.get((item.start, item.end))) for item, place in zip(found, places, strict=True)
        ]
        for item, place in zip(found, places, strict=True):
            if place is not None and (entity := owners.get((item.start, item.end))) is not None:
                locate(entity, place)
        return doc


@Language.factory("readout_places")
def make_places(nlp: Language, name: str) -> Places:  # noqa: ARG001
    """The factory that spaCy calls for `nlp.add_pipe("readout_places")`."""
    return Places(gazetteer())


def toponym(doc: Doc, found: Found, place: Place | None, entity: Entity | None) -> Toponym:
    """The schema's object for one place name."""
    return Toponym(
        span=_Span(found.start, found.end),
        entity=entity.id if entity else None,
        use=use_of(doc, found),
        location=Location(lat=place.lat, lon=place.lon) if place else None,
        country=place.country if place else None,
        geonames=place.geonames if place else None,
    )


def locate(entity: Entity, place: Place) -> None:
    """Say where an entity lies; what another room has said stays."""
    if entity.kind not in ("place", "facility"):
        return
    entity.country = entity.country or place.country
    entity.location = entity.location or Location(lat=place.lat, lon=place.lon)
    if place.geonames is not None:
        entity.identifiers.setdefault("geonames", str(place.geonames))
