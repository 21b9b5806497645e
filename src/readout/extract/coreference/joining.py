"""What chains mean for the entities: new mentions, and entities for descriptions that are taken up again.

A readout lists persons, bodies, places and things. A chain of what is abstract ("the idea ... it") adds nothing to it,
nor do "we" and "you", which seldom are one party; "I" counts within a quotation.
"""

from spacy.tokens import Doc, Token

from readout.extract.coreference.mentions import KINDS, Mentions
from readout.extract.entities import add_mentions, describe, guess_kind, mention_span
from readout.extract.tree import char_span
from readout.schema import Entity, EntityKind, _Span

TELLING = frozenset({4, 5, 6, 7, 12})
"""The third person's pronouns."""
PERSON = KINDS.index("person")


def join(doc: Doc, mentions: Mentions, chains: list[list[int]]) -> None:
    """Give the entities of a Doc the mentions of their chains.

    Args:
        doc: the article.
        mentions: its mentions.
        chains: places in `mentions`, those of one chain together.
    """
    found: list[tuple[Entity, list[_Span]]] = []
    for chain in chains:
        if len(chain) < 2:
            continue
        entity = _owner(mentions, chain)
        spans = [_span(doc, mentions, n) for n in chain if _counts(mentions, n, entity)]
        if entity is None and len(spans) > 1:
            entity = _described(doc, mentions, chain)
        if entity is not None:
            found.append((entity, spans))
    for entity, spans in found:  # last, so that the index of mentions is not made anew for every chain
        add_mentions(entity, spans)


def _owner(mentions: Mentions, chain: list[int]) -> Entity | None:
    """The entity whose name is in a chain."""
    return next((mentions.entities[e] for n in chain if (e := int(mentions.entity[n])) >= 0), None)


def _described(doc: Doc, mentions: Mentions, chain: list[int]) -> Entity | None:
    """The entity of a chain without names: the one its first description already has, or a new one."""
    for n in chain:
        head = doc[int(mentions.heads[n])]
        if mentions.pronoun[n]:
            continue
        kind: EntityKind | None = "group" if mentions.last[n] >= 0 else guess_kind(head)
        if kind is not None:
            return describe(doc, kind, _span(doc, mentions, n), head)
    return None


def _counts(mentions: Mentions, n: int, entity: Entity | None) -> bool:
    """Whether a mention is a new one for the readout."""
    if mentions.entity[n] >= 0:
        return False
    pronoun = int(mentions.pronoun[n])
    if pronoun == 1:
        return bool(mentions.quote[n]) and (entity is None or entity.kind == "person")
    return not pronoun or pronoun in TELLING


def _span(doc: Doc, mentions: Mentions, n: int) -> _Span:
    head: Token = doc[int(mentions.heads[n])]
    last = int(mentions.last[n])
    if mentions.pronoun[n]:
        return _Span(head.idx, head.idx + len(head))
    span = mention_span(doc, head)
    if last < 0:
        return _Span(*span)
    return _Span(span[0], char_span(doc, last, last + 1)[1])
