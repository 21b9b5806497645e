"""Where: the place that belongs to a report."""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from readout.extract import tree
from readout.extract.entities import entity_at, entity_for
from readout.extract.events.kinds import kinds
from readout.extract.events.lexicon import belongs, lemma_of
from readout.extract.events.reports import Report
from readout.knowledge.countries import country_of
from readout.schema import Entity

PLACE_SLOTS = (
    *("in", "at", "near", "outside", "inside", "across", "around", "off", "aboard", "within", "on", "along"),
    *("through", "throughout"),
)
BESIDE = ("in", "at", "near", "outside", "inside", "around", "off", "across", "within", "aboard")
"""Prepositions behind a noun that say where it is; what is "on" something may be about it."""
WITHIN = (*BESIDE, "of", "on", "above", "along", "to")
"""Prepositions behind a place without a name that lead to the name: "the road above Sotk", "the town of Knin"."""
BEFORE = ("outside", "near", "inside", "around", "at")
"""Prepositions that make of a body its seat: "outside the interior ministry"."""
PHYSICAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
"""What is done to others where they are."""
LOCAL = PHYSICAL | {"SANCTION"}
"""What a court or a police force does where it sits."""
GOALS = {
    "MOBILIZE": ("into", "to", "towards", "toward", "above", "over", "onto"),
    "ASSAULT": ("into", "over", "onto"),
    "COERCE": ("from",),
    "RETREAT": ("from", "out"),
    "AID": ("out",),
}
"""Where forces go to is where they are massed; where they, or those thrown out, come from is where they leave."""


def place_of(doc: Doc, report: Report) -> tuple[Token, Entity] | None:
    """Where it happens: by the trigger's own slots, else where those are who take part, else by the clause above.

    Args:
        doc: the report's Doc.
        report: a report.

    Returns:
        The place's head word and its entity, or `None`.
    """
    asked = {party.filler.i for party in report.recipients()} if report.type not in PHYSICAL else set()
    for token in _place_tokens(report):
        if not (token.i in asked and tree.preposition(token) == "on"):  # "called on Russia"
            found = _named_place(doc, token) or _place(doc, token)
            if found is not None:
                return found
    return None


def _named_place(doc: Doc, token: Token) -> tuple[Token, Entity] | None:
    """The name of a place without one: "the fuel depot at Pascuales"."""
    if _has_name(token):
        return None
    inner = (t for t in tree.children(token, "nmod") if tree.preposition(t) in WITHIN)
    return next(((t, found) for t in inner if (found := is_place(doc, t, named=True)) is not None), None)


def _place(doc: Doc, token: Token) -> tuple[Token, Entity] | None:
    if is_bare(token):
        return None
    found = is_place(doc, token)
    if found is None and tree.preposition(token) in BEFORE and "BODY" in kinds(token):
        found = entity_for(doc, token, "organization")
    return (token, found) if found is not None else None


def is_place(doc: Doc, token: Token, *, named: bool = False) -> Entity | None:
    """The place or facility that a word names, if it names one."""
    if not {"PLACE", "GROUND"} & kinds(token) or (named and not _has_name(token)):
        return None
    entity = entity_for(doc, token)
    return entity if entity is not None and entity.kind in ("place", "facility") else None


def _has_name(token: Token) -> bool:
    return any(t.pos_ == "PROPN" for t in (token, *tree.children(token, "compound", "flat")))


def _place_tokens(report: Report) -> Iterable[Token]:
    yield from report.slots.get(*report.trigger.places)
    for slot in PLACE_SLOTS:
        yield from (t for t in report.slots.get(slot) if not _is_topic(t, slot))
    yield from _where_antecedent(report.predicate)
    yield from report.slots.get(*GOALS.get(report.type, ()))
    if report.is_nominal:
        yield from _around_noun(report.token)
    if report.type in PHYSICAL:
        yield from _scene(report)
    yield from _at_gathering(report)
    yield from _above(report)
    if report.type in LOCAL:
        actors = [party.filler for party in report.actors()]
        yield from _beside(actors)
        yield from (town for actor in actors for town in _towns(actor))


def _scene(report: Report) -> Iterable[Token]:
    """The named place that is shelled, blocked or closed, and where those are to whom it is done ("fired on a crowd in
    the square")."""
    objects = report.slots.get("obj", "of") if report.is_nominal else report.slots.get("obj")
    yield from (t for t in objects if _has_name(t))
    yield from (
        t for noun in objects for t in tree.children(noun, "nmod") if tree.preposition(t) == "of" and _has_name(t)
    )
    fillers = {t.i: t for t in (*(party.filler for party in report.recipients()), *objects)}
    yield from _beside(fillers.values())


def _around_noun(noun: Token) -> Iterable[Token]:
    """Where a noun's event is by its compound, and by the verbs that it does or undergoes: "the strike shut shops in
    Bangui", "bombs that killed ten in Casablanca"."""
    yield from _towns(noun)
    upper = tree.governor(noun)
    verbs = [upper] if upper is not None and tree.has_dep(noun, "nsubj", "obj", "nsubj:pass") else []
    for verb in (*verbs, *tree.children(noun, "acl:relcl", "acl")):
        if verb.pos_ == "VERB" and not belongs(lemma_of(verb), "SPEECH"):
            yield from (t for t in tree.children(verb, "obl") if tree.preposition(t) in BESIDE)
            yield from _beside(tree.children(verb, "obj"))


def _towns(noun: Token) -> Iterable[Token]:
    """The town before a noun: "the Belgrade rally", "Minsk police"; a country there says whose, not where."""
    for token in tree.children(noun, "compound"):
        entity = entity_at(noun.doc, token) if token.ent_type_ == "PLACE" else None
        if entity is not None and country_of(entity.name) is None:
            yield token


def _beside(nouns: Iterable[Token]) -> Iterable[Token]:
    """Where somebody is by the phrases behind the noun: "a court in Cork"."""
    for noun in nouns:
        yield from (t for t in tree.children(noun, "nmod") if tree.preposition(t) in BESIDE)


def _at_gathering(report: Report) -> Iterable[Token]:
    for gathering in report.slots.get("in", "at", "during", "to", "on", "obj"):
        if belongs(lemma_of(gathering), "GATHERING"):
            yield from (t for t in tree.children(gathering, "nmod") if tree.preposition(t) in ("in", "at", "to"))


def _above(report: Report) -> Iterable[Token]:
    """The place of the clauses that the report's own completes or is joined to."""
    here = report.predicate
    for _ in range(2):
        upper = tree.governor(here)
        if upper is None or not tree.has_dep(here, "xcomp", "advcl", "conj"):
            return
        yield from (t for t in tree.children(upper, "obl") if tree.preposition(t) in ("in", "at"))
        here = upper


def is_bare(noun: Token) -> bool:
    """Whether a noun stands alone, as in "in prison" and "at sea", and so names no place in particular."""
    return noun.tag_ == "NN" and not tree.children(noun, "det", "amod", "compound", "nmod", "nmod:poss", "nummod")


def _is_topic(nominal: Token, slot: str) -> bool:
    """Whether a phrase says what a document or talk is on: "an agreement on a border crossing"."""
    upper = lemma_of(nominal.head)
    return slot == "on" and tree.has_dep(nominal, "nmod") and (belongs(upper, "DOCUMENT") or belongs(upper, "TALK"))


def _where_antecedent(predicate: Token) -> Iterable[Token]:
    """ "In Geneva, where they met": the noun that the clause modifies, or the place of the clause before."""
    if not any(t.lower_ == "where" for t in tree.children(predicate, "advmod", "obl", "mark")):
        return
    if tree.has_dep(predicate, "acl:relcl"):
        yield predicate.head
    elif tree.has_dep(predicate, "advcl"):
        yield from tree.children(predicate.head, "obj", "obl")
