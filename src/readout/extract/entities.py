"""Whom or what a word refers to: the look-ups that all rooms after `names` share.

Descriptions ("a senior official", "the ministry", "two workers") become entities when a room asks for them, so that
an article's entity list holds those that take part in something and not every noun.
"""

from collections.abc import Iterable
from typing import Literal

import numpy as np
from spacy.tokens import Doc, Span, Token

import readout.layers  # noqa: F401  (registers doc._.entities)
from readout.extract.tree import (
    antecedent,
    base,
    char_span,
    children,
    has_dep,
    is_relative_pronoun,
    preposition,
    words_at,
)
from readout.knowledge.nouns import gender_of_name, happenings, honorifics, is_title, kind_of_word
from readout.schema import Entity, EntityKind, _Span
from readout.schema import Span as CharSpan

PREMODIFIERS = frozenset("det amod nummod compound nmod:poss nmod:desc nmod:unmarked advmod flat cc:preconj".split())
POSTMODIFIERS = frozenset({"flat", "fixed", "goeswith", "compound"})
PLACE_NOUNS = frozenset({"city", "town", "village", "municipality", "state", "port", "island", "province", "kingdom"})
"""Nouns of which "the ... of" with a name stands for what is named."""
OF_LIKE = frozenset({"of", "for", "to"})
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "some", "any", "each", "every", "another"})
POSSESSIVES = frozenset({"my", "your", "his", "her", "its", "our", "their", "whose"})
MAX_PHRASE = 40
_INDEX = "readout_mention_index"
_COUNT = "readout_entity_count"
Index = dict[int, tuple[Entity, int]]
"""For a token's index the entity of its smallest mention, and that mention's length in characters."""
_CHANGES = [0]
"""How often a mention was added to a known entity; tells whether an index of mentions still holds."""


def entity_at(doc: Doc, token: Token) -> Entity | None:
    """The entity that a token stands for or belongs to.

    Args:
        doc: a Doc that `readout_names` (and `readout_coreference`, for pronouns and descriptions) has seen.
        token: any token of it.

    Returns:
        The entity of the smallest mention that covers the token, or `None`.
    """
    found = _mention_index(doc).get(token.i)
    return found[0] if found is not None else None


def entity_named(doc: Doc, head: Token) -> Entity | None:
    """The known entity of a noun phrase: its own, or that of the name it stands before or beside ("spokesman Lee")."""
    return entity_at(doc, head) or entity_beside(doc, head)


def entity_for(doc: Doc, head: Token, fallback: EntityKind | None = None) -> Entity | None:
    """The entity that a noun phrase refers to, made when it is not known yet.

    Args:
        doc: a Doc.
        head: the head word of the noun phrase.
        fallback: the kind to give to a noun whose kind is not known ("estimates"); `None` for no entity then.

    Returns:
        The known entity; else a new one whose only mention is the phrase; `None` for pronouns without antecedent,
        expletives and nouns that name no actor, place or thing.
    """
    known = entity_named(doc, head)
    if known is not None:
        return known
    if head.pos_ == "PRON":
        noun = antecedent(head.head) if is_relative_pronoun(head) else None
        return entity_for(doc, noun, fallback) if noun is not None and noun.pos_ != "PRON" else None
    kind = guess_kind(head) or fallback
    if kind is None or head.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "DET", "X"):
        return None
    span = mention_span(doc, head)
    return describe(doc, kind, span, head)


def describe(doc: Doc, kind: EntityKind, span: CharSpan, head: Token) -> Entity:
    """A new entity for a description; somebody called by an office alone ("a Finnish officer") bears that role."""
    from readout.extract.roles import add_role  # roles rest on this module
    from readout.extract.titles import title_at

    entity = add_entity(doc, kind, description(doc, span), [span])
    if kind == "person" and is_title(head.lemma_):
        add_role(doc, entity, title_at(head), head)
    return entity


def entity_beside(doc: Doc, head: Token) -> Entity | None:
    """The name that a title stands before, that an apposition explains, or that follows "the city of"."""
    if has_dep(head, "nmod:desc"):
        return entity_at(doc, head.head)
    for name in children(head, "appos", "flat", "nmod"):
        beside = has_dep(name, "appos") or (name.left_edge.i == head.i + 1 and preposition(name) is None)
        if beside and name.pos_ == "PROPN" and (entity := entity_at(doc, name)) is not None:
            return entity
    if head.lemma_.lower() in PLACE_NOUNS and any(t.lower_ == "the" for t in children(head, "det")):
        for name in children(head, "nmod"):
            named = entity_at(doc, name) if preposition(name) == "of" and name.pos_ == "PROPN" else None
            if named is not None and named.kind == "place":
                return named
    if has_dep(head, "appos") and head.head.pos_ == "PROPN":
        return entity_at(doc, head.head)
    return None


def mention_span(doc: Doc, head: Token) -> CharSpan:
    """The noun phrase around a head word, without trailing clauses, appositions and punctuation.

    Args:
        doc: a Doc.
        head: the head word.

    Returns:
        Characters `[start, end)`: determiner to head, with an "of", "for" or "to" phrase that follows directly.
    """
    start = phrase_start(head)
    return char_span(doc, start, phrase_end(head))


def phrase_start(head: Token) -> int:
    """The token index of a noun phrase's first word."""
    start = head.i
    for token in reversed(list(head.lefts)):
        dep = token.dep_
        if dep not in PREMODIFIERS and base(dep) not in PREMODIFIERS:
            if token.is_punct and not token.is_quote and token.text in ("-", "–", "."):
                continue
            break
        if any(t.pos_ in ("VERB", "AUX") for t in head.doc[token.right_edge.i + 1 : start]):
            break  # a word hung across a clause is of another phrase
        start = token.left_edge.i
    return max(start, head.i - MAX_PHRASE)


def phrase_end(head: Token, depth: int = 0) -> int:
    """The token index after a noun phrase, "of" phrases included, clauses and appositions left out."""
    end = head.i + 1
    for token in head.rights:
        dep = base(token.dep_)
        if dep in POSTMODIFIERS or (dep == "punct" and token.text == "-"):
            end = token.right_edge.i + 1
        elif dep == "nmod" and token.left_edge.i == end and preposition(token) in OF_LIKE and depth < 4:
            end = phrase_end(token, depth + 1)
        elif dep == "case" and token.tag_ == "POS":
            continue
        else:
            break
    return min(end, head.i + MAX_PHRASE)


def description(doc: Doc, span: CharSpan) -> str:
    """The words of a phrase without its article or possessive pronoun, on one line."""
    words = words_at(doc, span).text.split()
    while len(words) > 1 and words[0].lower() in DETERMINERS | POSSESSIVES:
        words.pop(0)
    return " ".join(words)


def guess_kind(head: Token) -> EntityKind | None:
    """The kind of thing that a noun names, `None` for abstract nouns, times and expletives.

    Persons in the plural are a group, and so are countries.
    """
    lemma = head.lemma_.lower()
    if lemma in happenings():
        return None
    kind = kind_of_word(head)
    if kind is None and head.pos_ == "PROPN" and head.ent_type_ not in ("DATE", "TIME") and not _is_counted(head):
        kind = "person" if gender_of_name(head.text) else "organization"
    if is_plural(head) and (kind == "person" or lemma in ("country", "nation", "state")):
        return "group"
    return kind


def _is_counted(noun: Token) -> bool:
    """Whether a number stands before a noun: "2 million kwacha" are no body."""
    return any(t.pos_ == "NUM" for t in children(noun, "nummod"))


def tokens_of(doc: Doc, attribute: Literal["POS", "DEP"], *values: str) -> list[Token]:
    """The tokens, in text order, whose part of speech or relation is one of the values."""
    wanted = np.array([doc.vocab.strings[value] for value in values], dtype=np.uint64)
    return [doc[int(i)] for i in np.flatnonzero(np.isin(doc.to_array(attribute), wanted))]


def is_plural(token: Token) -> bool:
    """Whether a noun or pronoun stands in the plural."""
    return token.tag_ in ("NNS", "NNPS") or "Number=Plur" in str(token.morph)


def by_id(doc: Doc) -> dict[str, Entity]:
    """The Doc's entities by their ids."""
    return {entity.id: entity for entity in doc._.entities}


def add_entity(doc: Doc, kind: EntityKind, name: str, spans: Iterable[CharSpan]) -> Entity:
    """Put a new entity on the Doc, with the next free id."""
    entities: list[Entity] = doc._.entities
    index = _valid_index(doc)
    entity = Entity(id=f"e{_next_number(doc)}", kind=kind, name=name, mentions=[_Span(*span) for span in spans])
    entities.append(entity)
    if index is not None:
        _enter(doc, index, entity)
        doc.user_data[_INDEX] = (_CHANGES[0], entities, len(entities), index)
    return entity


def _next_number(doc: Doc) -> int:
    """The number of the next free id, counted on where no other room has added entities since."""
    entities: list[Entity] = doc._.entities
    known: tuple[list[Entity], int, int] | None = doc.user_data.get(_COUNT)
    if known is not None and known[0] is entities and known[1] == len(entities):
        number = known[2] + 1
    else:
        number = 1 + max((int(e.id[1:]) for e in entities if e.id[1:].isdigit()), default=0)
    doc.user_data[_COUNT] = (entities, len(entities) + 1, number)
    return number


def add_mention(entity: Entity, span: CharSpan) -> None:
    """Add a mention in text order, once."""
    if span not in entity.mentions:
        _CHANGES[0] += 1
        entity.mentions = sorted([*entity.mentions, _Span(*span)])


def add_mentions(entity: Entity, spans: Iterable[CharSpan]) -> None:
    """Add mentions in text order, each once."""
    new = set(spans).difference(entity.mentions)
    if new:
        _CHANGES[0] += 1
        entity.mentions = sorted([*entity.mentions, *(_Span(*span) for span in new)])


def _mention_index(doc: Doc) -> Index:
    """For each covered token, the entity of its smallest mention; made anew when known entities got mentions."""
    index = _valid_index(doc)
    if index is None:
        entities: list[Entity] = doc._.entities
        index = {}
        for entity in entities:
            _enter(doc, index, entity)
        doc.user_data[_INDEX] = (_CHANGES[0], entities, len(entities), index)
    return index


def _valid_index(doc: Doc) -> Index | None:
    """The index as last made, if nothing was added since."""
    entities: list[Entity] = doc._.entities
    cached: tuple[int, list[Entity], int, Index] | None = doc.user_data.get(_INDEX)
    if cached is None or cached[0] != _CHANGES[0] or cached[1] is not entities or cached[2] != len(entities):
        return None
    return cached[3]


def _enter(doc: Doc, index: Index, entity: Entity) -> None:
    """Put an entity's mentions into the index, where no smaller mention stands; of two as small the later entity's."""
    for span in entity.mentions:
        size = span[1] - span[0]
        words = words_at(doc, span)
        for i in (*_covered(words), *(_addressed(words) if entity.kind == "person" else ())):
            if i not in index or index[i][1] >= size:
                index[i] = (entity, size)


def _addressed(words: Span) -> Iterable[int]:
    """The forms of address right before a name, which a parser may take for its head: "Haji Bashir Anwar"."""
    i = words.start
    while i > 0 and words.doc[i - 1].is_title and words.doc[i - 1].lower_ in honorifics():
        i -= 1
        yield i


def _covered(words: Span) -> Iterable[int]:
    """The tokens that speak for a mention: all of a name; of a description its head and what agrees with it.

    The "ministry" of "the ministry's spokesman" is none of the spokesman's words.
    """
    if len(words) == 1 or words.root.pos_ == "PROPN":
        return range(words.start, words.end)
    head = words.root
    return [head.i, *(t.i for t in children(head, "det", "amod", "nummod") if words.start <= t.i < words.end)]
