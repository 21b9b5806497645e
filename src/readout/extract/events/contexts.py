"""What an event is about: PLOVER's contexts, from the words of its own clause or phrase."""

from functools import cache
from itertools import islice

from spacy.tokens import Token

from readout.extract import tree
from readout.extract.events.lexicon import rows
from readout.extract.events.reports import Report

MAX_WORDS = 80


def contexts_of(report: Report) -> list[str]:
    """The contexts that the words of a report name, in the codebook's order of the table.

    Args:
        report: a report.

    Returns:
        Names of contexts; none where the words are general.
    """
    words = {word for token in _words(report) for word in (token.lemma_.lower(), token.lower_)}
    return [name for name, lemmas in _table().items() if not lemmas.isdisjoint(words)]


def _words(report: Report) -> list[Token]:
    """The phrases around the trigger without the clauses that it only introduces or that only describe."""
    found: list[Token] = []
    queue = [report.predicate, report.token]
    while queue and len(found) < MAX_WORDS:
        token = queue.pop()
        found.append(token)
        children = (
            t
            for t in tree.children(token)
            if not tree.has_dep(t, "conj", "advcl", "acl:relcl", "parataxis", "ccomp", "nsubj")
        )
        queue += islice(children, MAX_WORDS)
    return found


@cache
def _table() -> dict[str, frozenset[str]]:
    return {name: frozenset(lemmas.split()) for name, lemmas in rows("triggers_contexts.tsv")}
