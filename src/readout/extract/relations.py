"""What belongs to what: branches and owners, places within places, membership and family, as the article states it."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.extract.claims import BRANCHES, Claim
from readout.extract.containment import (
    SPATIAL,
    WITHIN,
    is_whole,
    places_based,
    places_by_name,
    places_in_line,
    places_where,
    places_within,
)
from readout.extract.entities import entity_at, entity_for, entity_named, phrase_start, tokens_of
from readout.extract.tree import (
    antecedent,
    char_span,
    child,
    children,
    conjuncts,
    has_dep,
    is_negated,
    preposition,
    subject,
    words_at,
)
from readout.knowledge.nouns import known_form
from readout.schema import Entity, Relation, RelationType

KIN = frozenset(
    "wife husband spouse widow widower son daughter father mother brother sister sibling twin nephew niece".split()
    + "uncle aunt cousin parent grandson granddaughter grandfather grandmother son-in-law daughter-in-law".split()
    + "mother-in-law father-in-law brother-in-law sister-in-law stepson stepdaughter stepfather stepmother".split()
    + "girlfriend boyfriend partner fiancé fiancée".split()
)
RUNNING = frozenset({"own", "control", "operate", "run", "manage"})
LOCATING = frozenset({"locate", "base", "headquarter", "situate", "site", "house"})
LEADING = frozenset({"lead", "head", "chair", "command", "direct"})
VERBS = RUNNING | LEADING | LOCATING | {"own", "belong", "work", "lie"}
OF_WHOLE = frozenset({"of", "in", "to", "at", "with"})
PARTIES = frozenset({"party", "movement", "union", "league", "alliance", "front", "coalition"})


class Relations:
    """The component `readout_relations`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add relations to the entities of `doc._.entities`."""
        for claim in claims(doc):
            proper = claim.target.pos_ == "PROPN" or claim.type in ("owned_by", "works_for")
            target = entity_for(doc, claim.target) if proper else entity_named(doc, claim.target)
            for token in conjuncts(claim.source) if _distributes(claim) else [claim.source]:
                source = entity_named(doc, token)
                if source is not None and target is not None and _is_sound(source, claim.type, target):
                    add_relation(doc, source, claim, target)
        return doc


@Language.factory("readout_relations")
def make_relations(nlp: Language, name: str) -> Relations:
    """The factory that spaCy calls for `nlp.add_pipe("readout_relations")`."""
    return Relations()


def claims(doc: Doc) -> Iterator[Claim]:
    """Every relation that the Doc's trees and lines show."""
    yield from places_in_line(doc)
    yield from places_where(doc)
    yield from places_based(doc)
    yield from places_by_name(doc)
    for verb in tokens_of(doc, "POS", "VERB", "ADJ", "AUX"):
        yield from _by_verb(verb)
    for noun in tokens_of(doc, "POS", "NOUN", "PROPN"):
        yield from _by_noun(noun)
        yield from places_within(noun)
        yield from _people_of(noun)


def _distributes(claim: Claim) -> bool:
    """Whether the claim holds of everything coordinated before it ("A and B, both branches of C")."""
    noun = claim.source.doc[claim.start : claim.end].root
    if noun.i == claim.source.i:
        return False
    return noun.tag_ in ("NNS", "NNPS") or any(
        t.lower_ in ("both", "all") for t in claim.source.doc[claim.start : claim.end]
    )


def _by_noun(noun: Token) -> Iterator[Claim]:
    """ "a subsidiary of B", "B's subsidiary A", "his brother A"."""
    kind: RelationType | None = (
        "relative_of" if known_form(noun, KIN) else BRANCHES.get(known_form(noun, BRANCHES) or "")
    )
    if kind is None:
        return
    for target in _wholes(noun, kind):
        for source in _bearers(noun):
            end = min(target.right_edge.i, noun.i + 20) if target.i > noun.i else noun.i
            yield Claim(source, kind, target, phrase_start(noun), end + 1)


def _wholes(noun: Token, kind: RelationType) -> Iterator[Token]:
    for phrase in children(noun, "nmod"):
        if preposition(phrase) in OF_WHOLE:
            yield phrase
    owner = child(noun, "nmod:poss")
    if owner is not None and (kind != "located_in" or owner.pos_ == "PROPN"):
        yield owner


def _bearers(noun: Token) -> Iterator[Token]:
    """Whom the noun describes: the name beside it, or the subject of the copula."""
    if has_dep(noun, "appos", "conj") and noun.head.pos_ in ("PROPN", "NOUN") and noun.i > noun.head.i:
        described = noun.head if has_dep(noun, "appos") else None
        if described is not None:
            yield _named_member(described, noun)
    for name in children(noun, "appos"):
        if name.pos_ == "PROPN":
            yield name
    if has_dep(noun, "nmod:desc", "compound") and noun.head.pos_ == "PROPN":
        yield noun.head
    if child(noun, "cop") is not None and not is_negated(noun):
        found = subject(noun)
        if found is not None:
            yield found[0]
    if entity_at(noun.doc, noun) is not None and not has_dep(noun, "appos"):
        yield noun
    yield from _names_before_comma(noun)


def _names_before_comma(noun: Token) -> list[Token]:
    """The names that a phrase follows after a comma, whatever the tree says ("A and B, both units of C").

    A noun in the singular describes the nearest name; with "both", the two nearest of the same kind in the sentence.
    """
    doc, start = noun.doc, phrase_start(noun)
    if start < 2 or doc[start - 1].text != "," or noun.i - start > 5:
        return []
    nearest = entity_at(doc, doc[start - 2])
    if nearest is None or doc[start - 2].pos_ not in ("PROPN", "NOUN"):
        return []
    if noun.tag_ not in ("NNS", "NNPS"):
        return [doc[start - 2]]
    if doc[start].lower_ != "both":
        return [doc[start - 2]] if conjuncts(doc[start - 2]) else []
    found = {nearest.id: doc[start - 2]}
    for token in reversed(doc[noun.sent.start : start - 2]):
        entity = entity_at(doc, token)
        if entity is not None and entity.kind == nearest.kind and len(found) < 2 and token.pos_ in ("PROPN", "NOUN"):
            found.setdefault(entity.id, token)
    return list(found.values())


def _named_member(described: Token, noun: Token) -> Token:
    """Of a coordination with an apposition at its end, the member that a noun in the singular describes: the last."""
    if noun.tag_ in ("NNS", "NNPS"):
        return described
    before = [t for t in conjuncts(described) if t.i < noun.i]
    return before[-1] if before else described


def _by_verb(verb: Token) -> Iterator[Claim]:
    """ "A, owned by B", "B owns A", "A is based in B", "A belongs to B"."""
    lemma = known_form(verb, VERBS)
    if lemma is None:
        return
    bearer = antecedent(verb) if verb.dep_.startswith("acl") else None
    found = subject(verb) if bearer is None else (bearer, True)
    if found is None or is_negated(verb):
        return
    holder, passive = found
    span = (verb.i, verb.right_edge.i + 1)
    for phrase in children(verb, "obl", "nmod", "obl:agent"):
        marker = preposition(phrase)
        end = min(phrase.right_edge.i + 1, verb.i + 20)
        if lemma in RUNNING and marker == "by" and verb.tag_ == "VBN":
            yield Claim(holder, "owned_by", phrase, verb.i, end)
        elif lemma in LEADING and marker == "by" and verb.tag_ == "VBN":
            yield Claim(phrase, "works_for", holder, verb.i, end)
        elif lemma in LOCATING and marker in WITHIN and verb.tag_ == "VBN":
            yield Claim(holder, "located_in", phrase, verb.i, end)
        elif lemma == "belong" and marker == "to":
            yield Claim(holder, "part_of", phrase, verb.i, end)
        elif lemma == "work" and marker in ("for", "at") and not passive:
            yield Claim(holder, "works_for", phrase, verb.i, end)
        elif lemma == "lie" and marker in WITHIN:
            yield Claim(holder, "located_in", phrase, verb.i, end)
    thing = child(verb, "obj")
    if lemma == "own" and thing is not None and not passive:
        yield Claim(thing, "owned_by", holder, verb.i, min(thing.right_edge.i + 1, span[1]))


def _people_of(noun: Token) -> Iterator[Claim]:
    """ "Anna Lind of the Refugee Council"."""
    doc = noun.doc
    person = entity_at(doc, noun)
    if person is None or person.kind != "person":
        return
    for part in children(noun, "nmod"):
        body = entity_at(doc, part)
        if body is not None and body.kind == "organization" and preposition(part) in ("of", "from", "at", "with"):
            party = words_at(doc, body.mentions[0])[-1].lemma_.lower() in PARTIES
            yield Claim(noun, "member_of" if party else "works_for", part, phrase_start(noun), part.right_edge.i + 1)


def _is_sound(source: Entity, kind: RelationType, target: Entity) -> bool:
    """Whether the kinds of both sides go with the relation."""
    if source.id == target.id:
        return False
    if kind == "relative_of":
        return source.kind == target.kind == "person"
    if kind == "located_in":
        return source.kind in SPATIAL and target.kind == "place" and not (source.kind == "place" and is_whole(source))
    if kind in ("member_of", "works_for"):
        return source.kind in ("person", "organization", "group", "place") and target.kind in (
            "organization",
            "group",
            "place",
            "facility",
        )
    return source.kind not in ("person", "work") and target.kind not in ("work", "equipment")


def add_relation(doc: Doc, source: Entity, claim: Claim, target: Entity) -> None:
    """Put a relation on an entity, once; kinship goes both ways."""
    span = char_span(doc, claim.start, claim.end)
    for one, other in ((source, target), (target, source)) if claim.type == "relative_of" else ((source, target),):
        if not any(r.type == claim.type and r.to == other.id for r in one.relations):
            one.relations = [*one.relations, Relation(type=claim.type, to=other.id, span=span)]
