"""Places within places, and bodies within countries, by trees, by lines and by the names themselves."""

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from readout.extract.claims import BRANCHES, Claim
from readout.extract.entities import entity_at, phrase_start, tokens_of
from readout.extract.tree import (
    children,
    has_dep,
    preposition,
    words_at,
)
from readout.knowledge.nations import nation
from readout.knowledge.nouns import known_form
from readout.schema import Entity, Span

WITHIN = frozenset({"in", "within", "inside", "on", "near-by", "at"})
DIRECTIONS = frozenset(
    "the north south east west northern southern eastern western central of southeastern northeastern".split()
)
ABROAD = frozenset({"embassy", "consulate", "mission", "base", "forces", "troops", "warship", "embassies"})
"""What stands outside the country that it is named by."""
OUTSKIRTS = re.compile(
    r"(?:, )?(?:in|on|at) the (?:\w+ )?(?:edge|outskirts|suburbs?|city|town|port|cent(?:er|re)|heart|coast|province"
    r"|region|state|district|capital|village|island) of"
)
HYPHENS = ("-", "‐", "‑", "–")
SPATIAL = ("place", "facility", "organization")


def places_within(noun: Token) -> Iterator[Claim]:
    """ "Lyon in France", "France's Lyon", "the French city of Lyon", "the region where Lyon is the largest city"."""
    doc = noun.doc
    here = entity_at(doc, noun)
    if here is None:
        yield from _city_of(noun)
        return
    for part in [t for described in children(noun, "appos") for t in children(described, "nmod")]:
        there = entity_at(doc, part)
        if there is not None and there.kind == "place" and preposition(part) in WITHIN:
            yield Claim(noun, "located_in", part, noun.i, part.i + 1)
    for part in children(noun, "nmod", "nmod:poss", "amod", "compound"):
        there = entity_at(doc, part)
        if there is None or there.kind != "place" or there.id == here.id:
            continue
        if has_dep(part, "nmod") and not has_dep(part, "nmod:poss"):
            marker = preposition(part)
            stated = marker in WITHIN or (marker == "of" and here.kind in ("organization", "facility"))
        elif part.i < phrase_start(noun) or part.i > noun.i:
            continue
        else:
            within = here.kind in ("place", "facility") or nation(there.name) is not None
            joined = doc[part.i + 1].text in HYPHENS  # "Dubai-based" is for `places_based`, "Iran-linked" tells nothing
            stated = within and not joined and noun.lower_ not in ABROAD
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
            between == [","] and here.kind != "organization" and (is_whole(there) or not _is_listed(text, one, other))
        )
        inside = between[:1] == ["in"] and all(word in DIRECTIONS for word in between[1:])
        inside = inside or bool(OUTSKIRTS.fullmatch(" ".join(between)))
        first, last = words_at(doc, one), words_at(doc, other)
        if apart or inside:
            yield Claim(first.root, "located_in", last.root, first.start, last.end)


def places_based(doc: Doc) -> Iterator[Claim]:
    """ "the Lyon-based company Volta", by the words before "based"."""
    for based in tokens_of(doc, "DEP", "amod", "acl"):
        if based.lower_ != "based" or based.i < 2 or doc[based.i - 1].text not in HYPHENS:
            continue
        place = doc[based.i - 2]
        if _is_place(place) and based.head.i > based.i:
            yield Claim(based.head, "located_in", place, doc[based.i - 2].i, based.head.i + 1)


def places_where(doc: Doc) -> Iterator[Claim]:
    """ "the region, where Lyon is the largest city", by the words alone."""
    for token in tokens_of(doc, "POS", "ADV", "SCONJ", "PRON"):
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
        if entity.kind not in SPATIAL or is_whole(entity) or entity.name.split()[-1].lower() in ABROAD:
            continue
        for span in entity.mentions:
            words = words_at(doc, span)
            size = next((n for n in (3, 2, 1) if len(words) > n and nation(words[:n].text)), 0)
            if size and words[0].pos_ != "PRON":
                yield Claim(words.root, "located_in", words[size - 1], words.start, words.end)
                break


def is_whole(entity: Entity) -> bool:
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
