"""Statements within statements: "the minister said that the army had promised to leave", also within quotation marks.

Inner words come from the tree alone: the corpora of attribution know no nesting.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc

from readout.extract.statements.attribution import Attribution, Range, copied, within
from readout.extract.statements.circumstances import is_heard
from readout.extract.statements.cues import cue_of, words
from readout.extract.statements.quoted import Quoted
from readout.extract.statements.sources import is_assertive, is_stranger
from readout.extract.tree import ancestors, child, is_passive


def inner_attributions(
    outer: Sequence[Attribution], clauses: Iterable[Attribution], quotes: Iterable[Quoted]
) -> list[Attribution]:
    """What is said to have been said, within the words of those already found.

    Args:
        outer: the attributions found.
        clauses: what the tree attributes.
        quotes: the quotations; within marks nothing reaches over them.

    Returns:
        The attributions of clauses whose cue is new and stands in the content of another.
    """
    known = {i for found in outer for i in found.cue_words}
    around = {i: part for found in outer for part in found.content for i in range(*part)}
    marked = {i: part for quote in quotes for part in quote.ranges for i in range(*part)}
    inner = []
    for clause in clauses:
        if clause.cue is None or clause.cue.i in known or clause.cue.i not in around or not _is_told(clause):
            continue
        frame: Range = marked.get(clause.cue.i, around[clause.cue.i])
        found = copied(clause)
        found.content, found.inner = within(clause.content, frame), True
        inner.append(found)
    return inner


def quoting_attributions(doc: Doc, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """ "The paper quotes him as saying ...": what the paper says, around what he says.

    Args:
        doc: the Doc.
        known: the attributions found; one with such a cue gives way to what it is here.
    """
    by_cue = {i: found for found in known for i in found.cue_words}
    for saying in doc:
        if saying.tag_ != "VBG" or saying.i < 2 or saying.nbor(-1).lower_ != "as" or cue_of(saying) is None:
            continue
        quoting = (t for t in islice(ancestors(saying), 2) if t.lemma_.lower() in words("quoting"))
        cue = next((t for t in quoting if not is_passive(t)), None)
        speaker, thing = (child(cue, "nsubj"), child(cue, "obj", "iobj")) if cue is not None else (None, None)
        if cue is None or speaker is None or thing is None or thing.i > saying.i:
            continue
        if cue.i in by_cue:
            by_cue[cue.i].content = []
        yield Attribution(speaker, cue, None, [(thing.left_edge.i, saying.right_edge.i + 1)])


def _is_told(found: Attribution) -> bool:
    """Whether the words within are reported as said by somebody else than their speaker."""
    if found.cue is None or (found.entry is not None and found.entry.group != "speech"):
        return False
    heard = child(found.cue, "nsubj:pass", "nsubj") if is_heard(found.cue) else None
    return is_assertive(found.cue) and not is_stranger(heard or found.source)
