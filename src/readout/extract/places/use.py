"""How a place name is used: for the place itself, or for a government, people, thing or body that goes with it.

The distinction follows Gritta, Pilehvar and Collier 2020 (A pragmatic guide to geoparsing evaluation): adjectives,
peoples, languages, metonyms ("Moscow said") and places inside the names of bodies are associative.
"""

from spacy.tokens import Doc, Token

from readout.extract.places.found import Found
from readout.extract.places.shape import words
from readout.extract.tree import has_dep
from readout.knowledge.countries import country_of, seat_of_power
from readout.schema import ToponymUse

ACTS = words("acts")
"""Verbs whose subject is somebody, so that a country or capital there stands for its government, army or team."""
AGENTS = words("agents")
"""Nouns that a country's name before them characterises instead of placing."""
ACTING = frozenset(f"{verb.removesuffix('e') if end == 'ed' else verb}{end}" for verb in ACTS for end in ("s", "ed"))
SPOKEN = ACTING | {"said", "sought", "sent", "sold", "won", "lost", "thought", "told"}
"""Forms of these verbs, for a text without a tree."""


def use_of(doc: Doc, found: Found) -> ToponymUse:
    """Say how a place name is used.

    Args:
        doc: the Doc it stands in, with tree.
        found: the name.

    Returns:
        "literal" or "associative".
    """
    if found.adjective or found.within == "other":
        return "associative"
    if found.within == "facility":
        return "literal"
    if not doc.has_annotation("DEP"):
        follows = doc[found.words[1]].lower_ if found.words[1] < len(doc) else ""
        stands_for = follows in SPOKEN and (country_of(found.text) or seat_of_power(found.text))
        return "associative" if stands_for else "literal"
    head = doc[found.words[0] : found.words[1]].root
    stands_for = country_of(found.text) or seat_of_power(found.text)
    return "associative" if stands_for and (acts(head) or characterises(head)) else "literal"


def acts(head: Token) -> bool:
    """Whether a name is the doer of something that only people do."""
    verb = head.head
    if has_dep(head, "obl:agent") or (has_dep(head, "obl") and any(c.lower_ == "by" for c in head.children)):
        return verb.lemma_.lower() in ACTS
    return has_dep(head, "nsubj") and verb.lemma_.lower() in ACTS


def characterises(head: Token) -> bool:
    """Whether a name modifies a noun for people or power ("U.S. troops", "Ukraine's president")."""
    noun = head.head
    return has_dep(head, "compound", "nmod:poss", "nmod", "amod") and noun.i > head.i and noun.lower_ in AGENTS
