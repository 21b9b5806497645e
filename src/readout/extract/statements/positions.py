"""One position, several witnesses: statements that say the same thing with the same stance from the same side.

A ministry and its spokesman, a governor and her office, two answers of one company are one side. Two denials of one
side are one position, as a report puts one charge to it; other statements are when they share words that matter.
"""

from collections.abc import Sequence
from itertools import combinations

from spacy.tokens import Doc, Span

from readout.extract.entities import by_id
from readout.extract.statements.cues import words
from readout.extract.statements.sides import owners, side_of
from readout.extract.tree import words_at
from readout.schema import Entity, Statement

ALIKE = 0.5
"""Share of the shorter content's words of meaning that the longer one has as well."""
REACH = 12
"""Statements ahead that one is compared with, so that long texts stay quick."""
NEAR = 2
"""Statements apart within which a body or a "spokesman" answers the charge that somebody else denied too."""
BODIES = frozenset({"organization", "place"})
MEANING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
LIGHT = words("light")


def assign_positions(doc: Doc, statements: Sequence[Statement]) -> None:
    """Give statements that are one position the same `position`, "p1", "p2", ...

    Args:
        doc: the Doc; `doc._.entities` gives the speakers and whom they work for.
        statements: its statements in text order.
    """
    entities = by_id(doc)
    meanings = [_meaning(doc, statement) for statement in statements]
    group = list(range(len(statements)))
    for one, other in combinations(range(len(statements)), 2):
        if other - one <= REACH and _is_one(doc, statements, meanings, entities, one, other):
            first, second = group[one], group[other]
            group = [first if g == second else g for g in group]
    shared = sorted({g for g in group if group.count(g) > 1})
    for statement, g in zip(statements, group, strict=True):
        statement.position = f"p{shared.index(g) + 1}" if g in shared else None


def _is_one(
    doc: Doc, statements: Sequence[Statement], meanings: list[set[str]], entities: dict[str, Entity], i: int, j: int
) -> bool:
    one, other = statements[i], statements[j]
    if (
        one.stance != other.stance
        or one.stance == "other"
        or one.id == other.reported_by
        or other.id == one.reported_by
    ):
        return False
    least = min(len(meanings[i]), len(meanings[j]))
    alike = least > 0 and len(meanings[i] & meanings[j]) >= ALIKE * least
    if one.speaker == other.speaker:
        return alike and least > 1
    if not alike and one.stance != "denies":
        return False
    near = one.stance == "denies" and j - i <= NEAR and not _are_apart(one, other, entities)
    return _is_oneside_of(doc, one, other, entities) or (near and _answer_for_one(doc, one, other, entities))


def _are_apart(one: Statement, other: Statement, entities: dict[str, Entity]) -> bool:
    """Whether both speakers' employers are known and none is the same."""
    sides = [side_of(entities[s.speaker]) - {s.speaker} for s in (one, other) if s.speaker in entities]
    speakers = {s.speaker for s in (one, other)}
    return len(sides) == 2 and any(side and not side & speakers for side in sides) and not sides[0] & sides[1]


def _answer_for_one(doc: Doc, one: Statement, other: Statement, entities: dict[str, Entity]) -> bool:
    """Whether a body and a person, of whom no other employer is known, or somebody's spokesman, speak."""
    if _stands_for(doc, one) or _stands_for(doc, other):
        return True
    speakers = [entities[s.speaker] for s in (one, other) if s.speaker in entities]
    persons = [speaker for speaker in speakers if speaker.kind == "person"]
    bodies = [speaker for speaker in speakers if speaker.kind in BODIES]
    return len(persons) == 1 == len(bodies) and len(side_of(persons[0])) == 1


def _meaning(doc: Doc, statement: Statement) -> set[str]:
    parts: list[Span] = [words_at(doc, span) for span in statement.content_spans]
    return {t.lemma_.lower() for part in parts for t in part if t.pos_ in MEANING} - LIGHT


def _is_oneside_of(doc: Doc, one: Statement, other: Statement, entities: dict[str, Entity]) -> bool:
    """Whether one speaker works for the other, both for one body, or one is told as the other's own."""
    first, second = entities.get(one.speaker or ""), entities.get(other.speaker or "")
    if first is None or second is None:
        return False
    sides = side_of(first), side_of(second)
    if sides[0] & sides[1]:
        return True
    if first.country and first.country == second.country and "place" in (first.kind, second.kind):
        return True
    return second.id in owners(doc, one) or first.id in owners(doc, other)


def _stands_for(doc: Doc, statement: Statement) -> bool:
    """Whether a speaker is told by an office that speaks for somebody else."""
    if statement.speaker_span is None:
        return False
    return any(t.lemma_.lower() in words("representatives") for t in words_at(doc, statement.speaker_span))
