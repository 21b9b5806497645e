"""The words of a mention as OntoNotes draws it: the whole noun phrase, clauses and appositions included."""

from spacy.tokens import Doc

from readout.extract.tree import base, char_span
from readout.schema import _Span

OUTSIDE = frozenset({"case", "cc", "punct", "mark", "cop", "nsubj", "aux", "advmod", "parataxis", "discourse"})
"""Relations of dependents that stand at a phrase's edge and are none of its words."""


def full_span(doc: Doc, head: int, last: int = -1) -> _Span:
    """A mention's characters.

    Args:
        doc: the article.
        head: its head word's token index.
        last: the head of a coordination's last member; -1 for a single phrase, which then ends before the second.

    Returns:
        Characters `[start, end)`.
    """
    word = doc[head]
    start = end = head
    for token in word.lefts:
        if base(token.dep_) not in OUTSIDE:
            start = token.left_edge.i
            break
    for token in word.rights:
        dep = base(token.dep_)
        if dep == "conj" and last < token.i:
            break
        if dep not in OUTSIDE or token.tag_ == "POS":
            end = token.right_edge.i
    end = max(end, last)
    while end > head and doc[end].is_punct:
        end -= 1
    return _Span(*char_span(doc, start, end + 1))
