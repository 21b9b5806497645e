"""Where an event likely happens whose own words name no place: by the words around it."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from readout.extract import tree
from readout.extract.events.kinds import is_actor, kinds
from readout.extract.events.lexicon import belongs, lemma_of
from readout.extract.events.placing import PHYSICAL, PLACE_SLOTS, is_bare, is_place
from readout.extract.events.reports import Report
from readout.knowledge.countries import country_of, seat_of_power
from readout.schema import Entity

BODILY = PHYSICAL | {"CONSULT", "RETREAT"}
"""What somebody must be somewhere to do."""
BESIDE = frozenset({*PLACE_SLOTS, "of", "into", "to", "from"})
"""Prepositions of places that belong to what is acted on: "every road into the city", "the suburbs of the capital"."""
ASIDE = frozenset("self neg aux passive subj comp inf prt mod speaker case cop".split())
"""Slots in which no place stands."""
MAX_DEPTH = 3

Placed = tuple[Token, Entity]


def likely_place(doc: Doc, report: Report) -> Placed | None:
    """Where something that is done to others most likely happens, if its own words name no place.

    Args:
        doc: the report's Doc.
        report: a report.

    Returns:
        The place beside those acted on ("the lorries of a farm near Lom", "closed Lom's bridges"), beside those who act
        ("farmers in Lom"), the only town of the sentence, or what is acted on; `None` for events of other types.
    """
    if report.type not in BODILY or report.mode == "phone":
        return None
    return next(_likely_places(doc, report), None)


def _likely_places(doc: Doc, report: Report) -> Iterator[Placed]:
    filled = [t for slot, tokens in report.slots.fillers.items() if slot not in ASIDE for t in tokens]
    for noun in filled:
        yield from _places_below(doc, noun, BESIDE - {"from", "of"} if is_actor(noun) else BESIDE)  # whose they are
    for noun in filled:
        yield from _owning_towns(doc, noun)
    for party in report.actors():
        yield from _places_below(doc, party.filler, frozenset(PLACE_SLOTS))
    yield from _only_place(doc, report)
    yield from (found for noun in filled if (found := _placed(doc, noun)) and _is_ground(found))


def _placed(doc: Doc, noun: Token) -> Placed | None:
    """The word with its entity, if that is a place or facility."""
    entity = is_place(doc, noun) if not is_bare(noun) else None
    return (noun, entity) if entity is not None else None


def _is_town(place: Placed) -> bool:
    """Whether it is a place smaller than a country."""
    return place[1].kind == "place" and country_of(place[1].name) is None


def _is_ground(place: Placed) -> bool:
    """Whether it is a town, a piece of land or a building with a name, rather than "telephone lines"."""
    named = any(t.pos_ == "PROPN" for t in place[0].subtree)
    return (named or "GROUND" in kinds(place[0])) and country_of(place[1].name) is None


def _places_below(doc: Doc, noun: Token, prepositions: frozenset[str], depth: int = MAX_DEPTH) -> Iterator[Placed]:
    for nominal in tree.children(noun, "nmod"):
        if tree.preposition(nominal) in prepositions and (found := _placed(doc, nominal)):
            yield found
        if depth:
            yield from _places_below(doc, nominal, prepositions, depth - 1)


def _owning_towns(doc: Doc, noun: Token) -> Iterator[Placed]:
    """ "Lom's bridges", "the Lom road": a town owns what stands in it; a country, or the capital that stands for it,
    may have it anywhere."""
    for owner in tree.children(noun, "nmod:poss", "compound"):
        found = _placed(doc, owner)
        if found and _is_town(found) and seat_of_power(found[1].name) is None:
            yield found


def _only_place(doc: Doc, report: Report) -> Iterator[Placed]:
    """The town, else the country, if the sentence names one alone in which something is, and not where it is told."""
    named = (place for noun in report.token.sent if noun.pos_ == "PROPN" and (place := _placed(doc, noun)))
    places = [place for place in named if place[1].kind == "place" and _holds(place)]
    for found in ([p for p in places if _is_town(p)], [p for p in places if not _is_town(p)]):
        if len({place[1].id for place in found}) == 1 and not _is_elsewhere(found[0][0], report):
            yield found[0]


def _holds(town: Placed) -> bool:
    """Whether something is in the place: not who acts ("Lom denies it"), whose it is, or where one goes."""
    noun, entity = town
    if tree.has_dep(noun, "nmod:poss", "compound"):
        return _is_town(town) and seat_of_power(entity.name) is None
    if not _is_town(town) and tree.preposition(noun) is None:
        return False
    return not tree.has_dep(noun, "nsubj", "obj") and (tree.preposition(noun) or "in") in PLACE_SLOTS


def _is_elsewhere(town: Token, report: Report) -> bool:
    """Whether the town is where somebody says it ("..., she said in Lom", "a court in Lom heard that ...") or where
    that happened which the event is about ("discussed the theft that closed the museum in Lom")."""
    verb = next((t for t in tree.ancestors(town) if t.pos_ == "VERB"), None)
    if verb is None or verb.i == report.predicate.i:
        return False
    is_topic = tree.has_dep(verb, "acl:relcl", "ccomp") and report.predicate in set(tree.ancestors(verb.head))
    return (is_topic and report.type == "CONSULT") or belongs(lemma_of(verb), "TELLING")
