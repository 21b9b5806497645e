"""What a noun phrase can be (an actor, a place, weapons, a document), as conditions of the trigger lexicon ask."""

from spacy.tokens import Token

from readout.extract.entities import entity_at, guess_kind, is_plural
from readout.extract.events.lexicon import belongs, lemma_of, noun_classes
from readout.extract.remember import remembered
from readout.extract.tree import children, has_dep, preposition
from readout.schema import EntityKind

ACTING_CLASSES = frozenset({"PEOPLE", "BODY", "FORCE", "STATE"})
ENTITY_KINDS = {
    "person": ("PERSON", "ACTOR"),
    "organization": ("ORG", "BODY", "ACTOR"),
    "group": ("PERSON", "ACTOR"),
    "place": ("PLACE",),
    "facility": ("PLACE", "TARGET"),
    "equipment": ("ARMS", "CRAFT"),
}
LABELS = {"PERSON": ("PERSON", "ACTOR"), "ORG": ("ORG", "BODY", "ACTOR"), "PLACE": ("PLACE",)}
AGENTIVE = ("er", "or", "ist", "ian", "eer", "ant", "man", "woman", "boy", "girl", "keeper")
"""Endings of nouns for persons (Quirk et al. 1985, appendix I.34)."""
PEOPLE_PRONOUNS = frozenset("he she they we i who him her them us me whom both his their our my whose nobody".split())


@remembered
def kinds(token: Token) -> frozenset[str]:
    """The classes and kinds of the thing a head word names, for the conditions of the lexicon.

    Args:
        token: head of a noun phrase; for a predicate, only its classes as a word are found.

    Returns:
        Lexicon classes, and ACTOR, PERSON, ORG, PLACE, NAME, PLURAL as they apply.
    """
    return frozenset(_kinds(token))


def is_actor(token: Token) -> bool:
    """Whether the head word names somebody who can act: a person, a body, a country."""
    return "ACTOR" in kinds(token)


def likely_kind(head: Token) -> EntityKind | None:
    """The kind of entity that an actor is where nothing better is known of its noun."""
    found = kinds(head)
    if found & {"PEOPLE", "FORCE"}:
        return "group" if "PLURAL" in found or "FORCE" in found else "person"
    if (head.ent_type_ == "MISC" or "REGIONAL" in found) and "ACTOR" in found:
        return "group"
    if "BODY" in found:
        return "organization"
    return "group" if found & {"ACTOR"} and head.pos_ == "NUM" else _kind_by_form(head)


def _kind_by_form(noun: Token) -> EntityKind | None:
    """People by the ending of whoever does something ("farmworker"), or by adjective and article ("the maimed")."""
    if noun.pos_ == "ADJ":
        return "group" if any(t.lower_ == "the" for t in children(noun, "det")) else None
    if noun.pos_ != "NOUN" or not noun.lemma_.lower().endswith(AGENTIVE):
        return None
    return "group" if is_plural(noun) else "person"


def parties(token: Token) -> list[Token]:
    """Who stands behind a noun phrase: itself if it can act, else its owner or maker.

    Args:
        token: head of a noun phrase.

    Returns:
        The actor itself; for "Israeli jets", "the ministry's offer", "positions of the army" the word for whose they
        are; nobody if the phrase names nobody.
    """
    if is_actor(token):
        return _counted_actors(token) or [token]
    owners = children(token, "nmod:poss", "amod", "compound", "nmod:desc")
    owners += [t for t in children(token, "nmod") if preposition(t) in ("of", "from", "by")]
    owners += [t for clause in children(token, "acl") for t in children(clause, "obl") if preposition(t) == "by"]
    acting = [owner for owner in owners if is_actor(owner)]
    doers = [t for t in acting if preposition(t) == "by" and t.head.i == token.i]
    return doers or acting  # "the beating of pupils by guards"


def _counted_actors(token: Token) -> list[Token]:
    """ "Scores of refugees and migrants": the people, not the number."""
    if not (belongs(lemma_of(token), "QUANTITY") or token.pos_ == "NUM"):
        return []
    nouns = [t for t in children(token, "nmod") if preposition(t) == "of"]
    return [t for noun in nouns for t in (noun, *children(noun, "conj")) if is_actor(t)]


def _kinds(token: Token) -> set[str]:
    lemma = token.lemma_.lower() if token.pos_ == "PROPN" else lemma_of(token)
    if belongs(token.lower_, "ARMS"):  # "arms" are not a firm's "arm"
        return {"ARMS", "PLURAL"} if is_plural(token) else {"ARMS", *noun_classes()[token.lower_]}
    found = set(noun_classes().get(lemma, ())) | _phrase_classes(token, lemma)
    if token.pos_ == "ADJ" and token.is_title and "REGIONAL" in found:
        found.add("ACTOR")
    if token.lower_ == "one" and any(t.lower_ == "no" for t in children(token, "det")):
        found |= {"PERSON", "ACTOR"}
    elif token.pos_ == "PRON":
        found |= _pronoun(token)
    elif token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "DET", "X"):
        found |= _named(token) | _counted(token)
    if found & ACTING_CLASSES:
        found.add("ACTOR")
    if found & {"PEOPLE"}:
        found.add("PERSON")
    if is_plural(token) or any(child.dep_ == "conj" for child in token.children):
        found.add("PLURAL")
    return found


def _phrase_classes(token: Token, lemma: str) -> set[str]:
    """The classes that a modifier gives: "aid workers", "a peacekeeping mission", "the ceasefire agreement"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return set()
    modifiers = [lemma_of(t) for t in children(token, "compound", "amod")]
    phrases = [phrase for word in modifiers for phrase in (f"{word}_{lemma}", f"{word}_")]
    return {name for phrase in phrases for name in noun_classes().get(phrase, ())}


def _pronoun(token: Token) -> set[str]:
    if token.morph.get("Reflex", []):
        return set()
    entity = entity_at(token.doc, token)
    known = set(ENTITY_KINDS.get(entity.kind, ())) if entity is not None else set()
    if entity is not None and entity.kind == "place":
        known |= {"ACTOR", "STATE"}
    return known | ({"PERSON", "ACTOR"} if token.lower_ in PEOPLE_PRONOUNS else set())


def _counted(token: Token) -> set[str]:
    """ "Dozens of rounds" are rounds; "saved 200 more" speaks of people unless a unit follows."""
    if belongs(lemma_of(token), "QUANTITY") or token.pos_ == "NUM":
        nouns = [t for t in children(token, "nmod") if preposition(t) == "of"]
        if nouns:
            return set().union(*map(kinds, nouns))
        if belongs(lemma_of(token), "DUO"):
            return {"PERSON", "ACTOR", "PLURAL"}
        if token.pos_ == "NUM" and has_dep(token, "obj", "nsubj:pass", "nsubj") and not children(token, "nmod"):
            return {"PERSON", "ACTOR", "PLURAL"}
    return set()


def _named(token: Token) -> set[str]:
    """Kinds after the entity or name that the word belongs to, else after the noun's own meaning."""
    found: set[str] = set()
    entity = entity_at(token.doc, token)
    if entity is not None:
        found.update(ENTITY_KINDS.get(entity.kind, ()))
    found.update(LABELS.get(token.ent_type_, ()))
    if token.pos_ == "PROPN" and (entity is not None or token.ent_type_):
        found.add("NAME")
        if "PLACE" in found and "TARGET" not in found:
            found.update(("ACTOR", "STATE"))
    elif token.pos_ == "PROPN" and not has_dep(token, "compound", "amod") and not belongs(lemma_of(token), "CALENDAR"):
        found.update(("NAME", *ENTITY_KINDS.get(guess_kind(token) or "", ())))
    elif token.ent_type_ == "MISC" and token.pos_ in ("ADJ", "NOUN", "PROPN"):
        found.add("ACTOR")
    if not found and token.pos_ == "NOUN":
        found.update(ENTITY_KINDS.get(guess_kind(token) or "", ()))
    return found
