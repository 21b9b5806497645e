"""What belongs to what: branches and owners, places within places, membership and family, as the article states it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.extract.entities import entity_at, entity_for, entity_named, phrase_start
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
from readout.knowledge.nations import nation
from readout.knowledge.nouns import known_form
from readout.schema import Entity, Relation, RelationType, Span

BRANCHES: dict[str, RelationType] = {
    **dict.fromkeys(("branch", "subsidiary", "affiliate", "offshoot", "outpost", "chapter"), "branch_of"),
    **dict.fromkeys(
        ("part", "unit", "arm", "division", "department", "wing", "section", "component", "faction", "brand"), "part_of"
    ),
    **dict.fromkeys(("member", "senator", "signatory"), "member_of"),
    **dict.fromkeys(("employee", "staffer"), "works_for"),
    **dict.fromkeys(
        ("capital", "city", "town", "village", "suburb", "district", "region", "province", "port", "island"),
        "located_in",
    ),
}
"""Nouns that relate their bearer to what follows in an "of" phrase, or to their possessor."""
KIN = frozenset(
    "wife husband spouse widow widower son daughter father mother brother sister sibling twin nephew niece".split()
    + "uncle aunt cousin parent grandson granddaughter grandfather grandmother son-in-law daughter-in-law".split()
    + "mother-in-law father-in-law brother-in-law sister-in-law stepson stepdaughter stepfather stepmother".split()
    + "girlfriend boyfriend partner fiancé fiancée".split()
)
RUNNING = frozenset({"own", "control", "operate", "run", "manage"})
LOCATING = frozenset({"locate", "base", "headquarter", "situate", "site", "house"})
WITHIN = frozenset({"in", "within", "inside", "on", "near-by", "at"})
OF_WHOLE = frozenset({"of", "in", "to", "at", "with"})
DIRECTIONS = frozenset(
    "the north south east west northern southern eastern western central of southeastern northeastern".split()
)
PARTIES = frozenset({"party", "movement", "union", "league", "alliance", "front", "coalition"})
ABROAD = frozenset({"embassy", "consulate", "mission", "base", "forces", "troops", "warship", "embassies"})
"""What stands outside the country that it is named by."""
SPATIAL = ("place", "facility", "organization")


@dataclass
class Claim:
    """That one thing has a relation to another, and the words `[start, end)` in tokens that say so."""

    source: Token
    type: RelationType
    target: Token
    start: int
    end: int


class Relations:
    """The component `readout_relations`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add relations to the entities of `doc._.entities`."""
        for claim in claims(doc):
            proper = claim.target.pos_ == "PROPN"
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
    yield from places_by_name(doc)
    for token in doc:
        if token.pos_ in ("NOUN", "PROPN"):
            yield from _by_noun(token)
            yield from _places_within(token)
            yield from _people_of(token)
        elif token.pos_ in ("VERB", "ADJ", "AUX"):
            yield from _by_verb(token)


def _distributes(claim: Claim) -> bool:
    """Whether the claim holds of everything coordinated before it ("A and B, both branches of C")."""
    noun = claim.source.doc[claim.start : claim.end].root
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
    lemma = verb.lemma_.lower()
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


def _places_within(noun: Token) -> Iterator[Claim]:
    """ "Lyon in France", "France's Lyon", "the French city of Lyon", "the region where Lyon is the largest city"."""
    doc = noun.doc
    here = entity_at(doc, noun)
    if here is None:
        yield from _city_of(noun)
        return
    for part in children(noun, "nmod", "nmod:poss", "amod", "compound"):
        there = entity_at(doc, part)
        if there is None or there.kind != "place" or there.id == here.id:
            continue
        if has_dep(part, "nmod") and not has_dep(part, "nmod:poss"):
            stated = preposition(part) in WITHIN
        else:
            within = here.kind in ("place", "facility") or nation(there.name) is not None
            stated = within and noun.lower_ not in ABROAD
        if stated:
            yield Claim(noun, "located_in", part, min(noun.i, part.i), max(noun.i, part.i) + 1)


def _city_of(noun: Token) -> Iterator[Claim]:
    """ "the French city of Lyon": the place named after "of" lies in the country named before."""
    if BRANCHES.get(known_form(noun, BRANCHES) or "") != "located_in":
        return
    wholes = [t for t in children(noun, "amod", "compound", "nmod:poss") if _is_place(t)]
    for name in children(noun, "nmod"):
        if wholes and preposition(name) == "of" and _is_place(name):
            yield Claim(name, "located_in", wholes[0], phrase_start(noun), name.right_edge.i + 1)


def _is_place(token: Token) -> bool:
    entity = entity_at(token.doc, token)
    return entity is not None and entity.kind == "place"


def places_in_line(doc: Doc) -> Iterator[Claim]:
    """ "Lyon, France" and "Lyon in the south of France", by the words between two names alone."""
    text = doc.text
    spatial = [entity for entity in doc._.entities if entity.kind in SPATIAL]
    named = [(span, entity) for entity in spatial for span in entity.mentions if text[span[0]].isupper()]
    named.sort(key=lambda item: item[0])
    for (one, here), (other, there) in pairwise(named):
        if there.kind != "place" or here.id == there.id or other[0] <= one[1] or other[0] - one[1] > 30:
            continue
        between = text[one[1] : other[0]].split()
        apart = (
            between == [","] and here.kind != "organization" and (_is_whole(there) or not _is_listed(text, one, other))
        )
        inside = between[:1] == ["in"] and all(word in DIRECTIONS for word in between[1:])
        first, last = words_at(doc, one), words_at(doc, other)
        if apart or inside:
            yield Claim(first.root, "located_in", last.root, first.start, last.end)


def places_where(doc: Doc) -> Iterator[Claim]:
    """ "the region, where Lyon is the largest city", by the words alone."""
    for token in doc:
        if token.lower_ != "where" or token.i < 1 or token.i + 2 >= len(doc):
            continue
        region = doc[token.i - (2 if doc[token.i - 1].text == "," else 1)]
        city = doc[token.i + 1]
        after = next(
            (t for t in doc[token.i + 2 : token.i + 10] if entity_at(doc, t) is not entity_at(doc, city)), None
        )
        if after is not None and after.lemma_ in ("be", "lie", "stand") and _is_place(region) and _is_place(city):
            yield Claim(city, "located_in", region, token.i, after.i + 1)


def places_by_name(doc: Doc) -> Iterator[Claim]:
    """A name that begins with a nation's ("Finnish Red Cross", "United Kingdom Home Office")."""
    for entity in doc._.entities:
        if entity.kind not in SPATIAL or _is_whole(entity) or entity.name.split()[-1].lower() in ABROAD:
            continue
        for span in entity.mentions:
            words = words_at(doc, span)
            size = next((n for n in (3, 2, 1) if len(words) > n and nation(words[:n].text)), 0)
            if size and words[0].pos_ != "PRON":
                yield Claim(words.root, "located_in", words[size - 1], words.start, words.end)
                break


def _is_whole(entity: Entity) -> bool:
    found = nation(entity.name)
    return found is not None and not found.is_part


def _is_listed(text: str, one: Span, other: Span) -> bool:
    """Whether the two stand in a list ("Lyon, Turin and Geneva")."""
    after = text[other[1] : other[1] + 6]
    before = text[max(0, one[0] - 5) : one[0]]
    return (
        after.startswith((" and ", " or ", ", and", ", or"))
        or bool(re.match(r", [A-Z]", after))
        or before.endswith((", ", " and "))
    )


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
        return source.kind in SPATIAL and target.kind == "place" and not (source.kind == "place" and _is_whole(source))
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
