"""What the tests of names, roles, coreference, relations and sanctions share: short reports and their reading."""

from functools import cache

from spacy.tokens import Doc

import readout
from readout.extract.coreference import Coreference
from readout.extract.names import Names
from readout.extract.relations import Relations
from readout.extract.roles import Roles
from readout.extract.screenings import Screenings
from readout.schema import Entity


@cache
def language():
    """The language layer alone."""
    return readout.load(rooms=False)


def read(text: str) -> Doc:
    """A text after the five rooms that say who is who."""
    doc = language()(text)
    for room in (Names(), Roles(), Coreference(), Relations(), Screenings()):
        doc = room(doc)
    return doc


def called(doc: Doc, name: str) -> Entity:
    """The one entity that has a mention in these words."""
    found = [e for e in doc._.entities if name in words(doc, e)]
    assert len(found) == 1, (name, [(e.name, words(doc, e)) for e in doc._.entities])
    return found[0]


def words(doc: Doc, entity: Entity) -> list[str]:
    """The words of an entity's mentions."""
    return [doc.text[start:end] for start, end in entity.mentions]


def relations(doc: Doc) -> set[tuple[str, str, str]]:
    """All relations by names."""
    by_id = {e.id: e for e in doc._.entities}
    return {(e.name, r.type, by_id[r.to].name) for e in doc._.entities for r in e.relations}


def titles(doc: Doc, name: str) -> dict[str, str | None]:
    """A person's titles with the name of the body."""
    by_id = {e.id: e for e in doc._.entities}
    return {r.title: by_id[r.organization].name if r.organization else None for r in called(doc, name).roles}


def stated(doc: Doc) -> list[tuple[str, str]]:
    """Who is under sanctions, and the words that say so."""
    by_id = {e.id: e for e in doc._.entities}
    return [(by_id[s.entity].name, doc.text[slice(*s.stated)]) for s in doc._.screenings]
