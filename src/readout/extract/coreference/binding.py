"""Which mentions cannot be the same by where they stand in the tree.

Principle C of binding theory (Chomsky 1981): a description is not bound by a subject above it in its sentence ("the
minister said that the premier had left": two people). And nobody is his own: "her adviser" is not she.
"""

from collections.abc import Iterator
from itertools import islice

from readout.extract.coreference.mentions import ROLES, TYPES, Mentions
from readout.extract.tree import ancestors

NOMINAL, POSSESSOR = TYPES.index("nominal"), ROLES.index("poss")
SUBJECTS = frozenset({ROLES.index("nsubj"), ROLES.index("passive")})
STEPS = 8
"""Steps up the tree that are looked at."""


def rivals(mentions: Mentions) -> dict[int, set[int]]:
    """For each description the mentions that it cannot be the same as.

    Args:
        mentions: the mentions of a Doc.

    Returns:
        Places in `mentions` by place; a description without rivals is left out.
    """
    roles, governors = mentions.role.tolist(), mentions.governor.tolist()
    subjects = {governors[n]: n for n in range(len(mentions)) if roles[n] in SUBJECTS}
    owners = {governors[n]: n for n in range(len(mentions)) if roles[n] == POSSESSOR}
    found: dict[int, set[int]] = {}
    for n, head in enumerate(mentions.heads.tolist()):
        if mentions.type[n] == NOMINAL:
            above = {subjects[i] for i in _above(mentions, head) if i in subjects}
            own = (above | ({owners[head]} if head in owners else set())) - {n}
            if own:
                found[n] = own
    return found


def _above(mentions: Mentions, head: int) -> Iterator[int]:
    """The words whose subject stands over a mention: those above it up to the clause that reports its own clause."""
    below = mentions.doc[head]
    for token in islice(ancestors(below), STEPS):
        if below.dep_ in ("advcl", "parataxis", "conj", "acl:relcl"):
            return
        yield token.i
        below = token
