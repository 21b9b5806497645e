"""What is announced for a day to come, whatever the word: "the report is due on 5 May", "will answer on Friday"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from readout.extract import tree
from readout.extract.due import is_future
from readout.extract.events.kinds import is_actor
from readout.extract.events.modality import governs, modality
from readout.schema import Time

SET = frozenset({"set", "due", "scheduled", "slated"})
"""Adjectives for what has a day."""
PRESENT = frozenset({"VBZ", "VBP"})
MOST_STEPS = 3


def dated_plans(doc: Doc) -> Iterator[tuple[Token, Time]]:
    """The words of a text that tell what is to be on a day to come.

    Args:
        doc: a Doc with times and its day of publication.

    Yields:
        The verb, or the noun that a verb like "expect", "set" or "promise" is said of, with the time; in text order.
    """
    for time in doc._.times:
        if time.kind != "set" and is_future(time.end, doc._.published):
            predicate = _predicate(tree.words_at(doc, time.span).root)
            begun = not is_future(time.start, doc._.published)
            for token in _planned(predicate, begun) if predicate is not None else ():
                yield token, time


def _predicate(root: Token) -> Token | None:
    """The first verb, or adjective such as "due", above a time within its own clause."""
    here = root
    for upper in list(tree.ancestors(root))[:MOST_STEPS]:
        if tree.has_dep(here, "acl:relcl", "ccomp", "parataxis") and here is not root:
            return None
        if upper.pos_ == "VERB" or upper.lower_ in SET:
            return upper
        here = upper
    return None


def _planned(verb: Token, begun: bool) -> Iterator[Token]:
    """What is planned; in a time that has begun, such as this year, the present tells of what is done already."""
    if governs(verb) == "planned" or verb.lower_ in SET:
        below = tree.children(verb, "xcomp", "ccomp")
        things = [t for t in below if t.pos_ == "VERB"] or tree.children(verb, "obj", "nsubj:pass")
        if verb.pos_ == "ADJ" or (verb.lower_ in SET and not things):
            things = things or tree.children(verb, "nsubj")
        things = [t for t in things if t.pos_ in ("VERB", "NOUN", "PROPN", "PRON")]
        yield from (verb if t.ent_type_ or t.pos_ in ("PROPN", "PRON") or is_actor(t) else t for t in things[:1])
    elif modality(verb) == "planned" or is_would(verb) or (_is_present(verb) and not begun):
        yield verb


def is_would(verb: Token) -> bool:
    """ "She would appeal by Friday": what somebody said of what is to come, also where he is in another sentence."""
    auxiliaries = {t.lower_ for t in tree.children(verb, "aux")}
    would = bool(auxiliaries & {"would", "'d", "’d"}) and "have" not in auxiliaries
    clauses = (verb, *tree.children(verb, "advcl"))
    marks = {t.lower_ for clause in clauses for t in tree.children(clause, "mark")}
    return would and not tree.is_negated(verb) and marks <= {"that"}


def _is_present(verb: Token) -> bool:
    """ "The trial begins on 5 May", "work should start in June": the present and "should" beside a day to come."""
    auxiliaries = tree.children(verb, "aux", "aux:pass")
    if tree.is_negated(verb) or tree.children(verb, "mark"):
        return False
    tags = {verb.tag_} if not auxiliaries else {t.tag_ for t in auxiliaries if t.tag_ != "MD"}
    should = any(t.lower_ == "should" for t in auxiliaries)
    return should or (bool(tags & PRESENT) and not any(t.tag_ == "MD" for t in auxiliaries))
