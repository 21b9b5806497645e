"""Places: every place name in the text, where it lies, and the same for the article's entities."""

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers doc._.toponyms)
from readout.extract.places.facilities import towns_of
from readout.extract.places.found import Found
from readout.extract.places.recognise import find
from readout.extract.places.resolve import Named, Resolved, resolve
from readout.extract.places.use import use_of
from readout.knowledge.gazetteer import Gazetteer, Place, gazetteer
from readout.schema import Entity, Location, RunnerUp, Toponym, _Span

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
        resolved = resolve(doc.text, [Named(item.start, item.end, item.text) for item in found], self.gazetteer)
        known = Owners(doc)
        owners = [known.of(item) for item in found]
        located: dict[Place, Entity] = {}
        for entity, (place, _, _) in zip(owners, resolved, strict=True):
            if entity is not None and place is not None:
                self.locate(entity, place)
                located.setdefault(place, entity)
        doc._.toponyms = [
            self.toponym(doc, item, one, entity or (located.get(one.place) if one.place else None))
            for item, one, entity in zip(found, resolved, owners, strict=True)
        ]
        for entity, town in towns_of(doc, found, [one.place for one in resolved]):
            self.locate(entity, town._replace(precision="town", geonames=None), inside=[town])
        return doc

    def toponym(self, doc: Doc, found: Found, resolved: Resolved, entity: Entity | None) -> Toponym:
        """The schema's object for one place name."""
        place, by, second = resolved
        return Toponym(
            span=_Span(found.start, found.end),
            entity=entity.id if entity else None,
            use=use_of(doc, found),
            location=self.location(place) if place else None,
            country=place.country if place else None,
            geonames=place.geonames if place else None,
            resolved_by=by,
            runner_up=RunnerUp(name=second.name, lat=second.lat, lon=second.lon, country=second.country)
            if second
            else None,
        )

    def location(self, place: Place, inside: Sequence[Place] = ()) -> Location:
        """A place's point, with what it lies in."""
        names = [parent.name for parent in (*inside, *self.gazetteer.parents(place))]
        return Location(lat=place.lat, lon=place.lon, precision=place.precision, within=list(dict.fromkeys(names)))

    def locate(self, entity: Entity, place: Place, inside: Sequence[Place] = ()) -> None:
        """Say where an entity lies; what another room has said stays."""
        entity.country = entity.country or place.country
        entity.location = entity.location or self.location(place, inside)
        if place.geonames is not None:
            entity.identifiers.setdefault("geonames", str(place.geonames))


@Language.factory("readout_places", default_config={"tables": []})
def make_places(nlp: Language, name: str, tables: list[str]) -> Places:
    """The factory that spaCy calls for `nlp.add_pipe("readout_places")`.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        tables: tables or a file of places of one's own, as for `Gazetteer`; without any the shared gazetteer is used.
    """
    return Places(Gazetteer(map(Path, tables)) if tables else gazetteer())


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
        if end == found.end or (end > found.end and found.within in ("place", "facility")):
            return entity
        start, entity = self.ending.get(found.end, (len(self.text), None))
        if start < found.start and found.within == "place" and "," not in self.text[start : found.start]:
            return entity
        return None
