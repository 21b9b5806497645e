"""What tells a description from a named entity: "the vice president" is not the president, nor the firm the court."""

from readout.extract.coreference.mentions import KINDS, PERSON, ROLES, Mentions
from readout.extract.coreference.words import POSSESSED
from readout.extract.entities import entity_at
from readout.extract.tree import children
from readout.knowledge.bodies import body
from readout.knowledge.countries import country_of
from readout.knowledge.nouns import is_title
from readout.schema import Entity

RANKS = frozenset({"vice", "deputy", "assistant", "shadow", "prime", "acting"})
SPECIFIC = frozenset(
    "union ministry court tribunal party parliament senate police army navy bank university school hospital".split()
    + "church newspaper council commission committee embassy airline regulator".split()
)
"""Bodies of a kind that a name of several words says itself ("the union" is none that is not named so)."""
FIRMS = frozenset({"company", "firm", "carmaker", "manufacturer", "retailer", "startup", "corporation"})
UNION = "union"
COUNTRY_WORDS = frozenset({"country", "nation", "state", "kingdom", "republic", "government", "side"})
ORGANIZATION = KINDS.index("organization")
IT, POSSESSOR = 6, ROLES.index("poss")


def is_another(mentions: Mentions, n: int, entity: Entity) -> bool:
    """Whether a mention cannot be a named entity by the words that it is made of.

    "Its" before a title is a body's or country's; a title may differ in rank or nationality; a body has its own noun.

    Args:
        mentions: the mentions of a Doc.
        n: the place of one of them.
        entity: the entity whose chain it may join.
    """
    if mentions.pronoun[n] == IT and mentions.role[n] == POSSESSOR:
        return is_title(mentions.doc[int(mentions.governor[n])].lemma_) and not _has_offices(entity)
    if mentions.pronoun[n] or mentions.entity[n] >= 0:
        return False
    if entity.kind != "person":
        return mentions.kind[n] == ORGANIZATION and _is_another_body(mentions, n, entity)
    return _is_another_holder(mentions, n, entity)


def belongings(mentions: Mentions, n: int) -> frozenset[str]:
    """The places that a description is named after: "the Punjab government", "Norway's foreign minister".

    Args:
        mentions: the mentions of a Doc.
        n: the place of one of them.

    Returns:
        The places' names; none for names and pronouns.
    """
    if mentions.pronoun[n] or mentions.entity[n] >= 0 or mentions.last[n] >= 0:
        return frozenset()
    modifiers = children(mentions.doc[int(mentions.heads[n])], "compound", "nmod:poss", "amod")
    found = (entity_at(mentions.doc, token) for token in modifiers if token.ent_type_)
    return frozenset(entity.name for entity in found if entity is not None and entity.kind == "place")


def belong_apart(some: frozenset[str], chain: frozenset[str]) -> bool:
    """Whether a description is of another place than a chain: of two places, or of a place that is no country where the
    chain has none ("the federal government", then "the Punjab government")."""
    if not some or not some.isdisjoint(chain):
        return False
    return bool(chain) or all(country_of(name) is None for name in some)


def _is_another_body(mentions: Mentions, n: int, entity: Entity) -> bool:
    """Whether a noun for a body ("the company", "their union") is of another kind than the one named, or somebody's."""
    lemma, name = mentions.doc[int(mentions.heads[n])].lemma_.lower(), entity.name.lower().split()
    if entity.kind == "place":
        return lemma not in COUNTRY_WORDS
    if entity.kind != "organization" or mentions.determiner[n] == POSSESSED:
        return True
    if lemma == UNION and _is_of_workers(mentions, n, entity):
        return True
    says = SPECIFIC.intersection(name) - {lemma}
    return lemma not in name and ((lemma in SPECIFIC and len(name) > 1) or (lemma in FIRMS and bool(says)))


def _is_of_workers(mentions: Mentions, n: int, entity: Entity) -> bool:
    """Whether "the union", written small, is one of workers that the article names, and this one is of states."""
    others = (e for e in mentions.entities if e.kind == "organization" and UNION in e.name.lower().split())
    is_small = mentions.doc[int(mentions.heads[n])].is_lower
    return is_small and body(entity.name) is not None and any(body(other.name) is None for other in others)


def _is_another_holder(mentions: Mentions, n: int, entity: Entity) -> bool:
    if not mentions.title[n] or mentions.kind[n] != PERSON:
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


def _has_offices(entity: Entity) -> bool:
    """Whether somebody can be its chairman or minister."""
    return entity.kind in ("organization", "group") or (entity.kind == "place" and entity.country is not None)
