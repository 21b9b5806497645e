"""Statements within statements: "the minister said that the army had promised to leave", also within quotation marks.

Inner words come from the tree alone: the corpora of attribution know no nesting.
"""

from collections.abc import Iterable, Sequence

from readout.extract.statements.attribution import Attribution, Range, copied, within
from readout.extract.statements.circumstances import is_heard
from readout.extract.statements.quoted import Quoted
from readout.extract.statements.sources import is_assertive, is_stranger


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
        found.content = within(clause.content, frame)
        inner.append(found)
    return inner


def _is_told(found: Attribution) -> bool:
    """Whether the words within are reported as said by somebody else than their speaker."""
    if found.cue is None or (found.entry is not None and found.entry.group != "speech"):
        return False
    return is_assertive(found.cue) and (is_heard(found.cue) or not is_stranger(found.source))
