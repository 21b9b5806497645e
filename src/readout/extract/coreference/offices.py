"""Titles that tell two holders apart: "the vice president" is not the president."""

from readout.extract.coreference.mentions import PERSON, Mentions
from readout.extract.entities import entity_at
from readout.extract.tree import children
from readout.schema import Entity

RANKS = frozenset({"vice", "deputy", "assistant", "shadow", "prime", "acting"})


def is_another(mentions: Mentions, n: int, entity: Entity) -> bool:
    """Whether a title's rank or nationality says that it is not the one of a named person.

    Args:
        mentions: the mentions of a Doc.
        n: the place of one of them.
        entity: the entity whose chain it may join.
    """
    if entity.kind != "person" or not mentions.title[n] or mentions.kind[n] != PERSON or mentions.entity[n] >= 0:
        return False
    head = mentions.doc[int(mentions.heads[n])]
    modifiers = children(head, "amod", "compound", "nmod:poss")
    lemma = head.lemma_.lower()
    held = [words for role in entity.roles if lemma in (words := role.title.lower().split())]
    rank = RANKS.intersection(t.lower_ for t in modifiers)
    if held and all(RANKS.intersection(words) != rank for words in held):
        return True
    places = [place for t in modifiers if (place := entity_at(mentions.doc, t)) is not None and place.kind == "place"]
    countries = {place.country for place in places if place.country}
    return entity.country is not None and bool(countries - {entity.country})
