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
        places = [resolved.place for resolved in resolve(doc.text, names, self.gazetteer)]
        known = Owners(doc)
        owners = [known.of(item) for item in found]
        located: dict[Place, Entity] = {}
        for entity, place in zip(owners, places, strict=True):
            if entity is not None and place is not None:
                locate(entity, place)
                located.setdefault(place, entity)
        doc._.toponyms = [
            toponym(doc, item, place, entity or (located.get(place) if place else None))
            for item, place, entity in zip(found, places, owners, strict=True)
        ]
        return doc


@Language.factory("readout_places")
def make_places(nlp: Language, name: str) -> Places:
    """The factory that spaCy calls for `nlp.add_pipe("readout_places")`."""
    return Places(gazetteer())


class Owners:
    """Which place or facility a name is a mention of, apart from common words around it.

    Args:
        doc: a Doc with entities.
    """

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.starting: dict[int, tuple[int, Entity]] = {}
        self.ending: dict[int, tuple[int, Entity]] = {}
        for entity in doc._.entities:
            if entity.kind in ("place", "facility"):
                for start, end in entity.mentions:
                    self.starting[start] = (end, entity)
                    self.ending[end] = (start, entity)

    def of(self, found: Found) -> Entity | None:
        """The entity whose mention the name is, or begins, or ends ("northern Iraq")."""
        end, entity = self.starting.get(found.start, (-1, None))
        if end == found.end or (end > found.end and found.within == "place"):
            return entity
        start, entity = self.ending.get(found.end, (len(self.text), None))
        if start < found.start and found.within == "place" and "," not in self.text[start : found.start]:
            return entity
        return None


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
    entity.country = entity.country or place.country
    entity.location = entity.location or Location(lat=place.lat, lon=place.lon)
    if place.geonames is not None:
        entity.identifiers.setdefault("geonames", str(place.geonames))
