"""Whose side a speaker is on: himself, those he works for or belongs to, and those in whose name he is told."""

from spacy.tokens import Doc

from readout.extract.entities import entity_at
from readout.extract.tree import words_at
from readout.schema import Entity, Statement

TIES = frozenset({"works_for", "member_of", "branch_of", "part_of"})


def side_of(speaker: Entity) -> set[str]:
    """The ids of an entity and of those that it works for or belongs to."""
    employers = {role.organization for role in speaker.roles if role.organization}
    return {speaker.id} | employers | {relation.to for relation in speaker.relations if relation.type in TIES}


def owners(doc: Doc, statement: Statement) -> set[str]:
    """Those in whose name a speaker is told: "its spokesman", "the governor's office", "a lawyer for the firm"."""
    if statement.speaker_span is None:
        return set()
    phrase = words_at(doc, statement.speaker_span)
    named = (entity_at(doc, token) for token in phrase)
    return {entity.id for entity in named if entity is not None and entity.id != statement.speaker}
