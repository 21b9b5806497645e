"""Which mentions may go together, and what speaks for it: the pairs of an article and their features."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout.extract.coreference.mentions import KINDS, PERSON, ROLES, TYPES, Ints, Mentions
from readout.extract.coreference.words import ANY, HUMAN, INDEFINITE, NEUTER

Floats = NDArray[np.float32]
Columns = Iterator[NDArray[Any]]
WINDOW = 60
"""Mentions back in which an antecedent is sought."""
NEAR = 25
"""Mentions back in which a description may take up something called otherwise."""
PRONOUN_WINDOW = 40
DISTANCES = (0, 1, 2, 4, 7, 12)
"""Upper ends of the ranges of sentences between two mentions."""
GROUP = KINDS.index("group")
ARGUMENTS = [ROLES.index(role) for role in ("nsubj", "passive", "obj", "obl", "agent")]
SUBJECT, PASSIVE, AGENT = ROLES.index("nsubj"), ROLES.index("passive"), ROLES.index("agent")


def pairs_of(m: Mentions) -> tuple[Ints, Ints]:
    """The pairs that agreement and nearness allow.

    Args:
        m: the mentions.

    Returns:
        The places of the later and of the earlier mention, by the later, nearest antecedent first.
    """
    size = len(m)
    steps = np.arange(1, WINDOW + 1)
    later = np.repeat(np.arange(size), WINDOW)
    earlier = later - np.tile(steps, size)
    keep = earlier >= 0
    later, earlier = later[keep], earlier[keep]
    far = _far_pairs(m)
    later, earlier = np.concatenate([later, far[0]]), np.concatenate([earlier, far[1]])
    keep = _allowed(m, later, earlier)
    later, earlier = later[keep], earlier[keep]
    order = np.lexsort((-earlier, later))
    return later[order], earlier[order]


def _far_pairs(m: Mentions) -> tuple[Ints, Ints]:
    """Each noun or "I" with the last mention of the same word that lies before the window."""
    last: dict[tuple[int, int], int] = {}
    found = []
    for i, key in enumerate(zip(m.lemma.tolist(), m.type.tolist(), strict=True)):
        j = last.get(key, i)
        if i - j > WINDOW and key[1] != 0:
            found.append((i, j))
        last[key] = i
    columns = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return columns[0], columns[1]


def _allowed(m: Mentions, i: Ints, j: Ints) -> NDArray[np.bool_]:
    """Agreement in gender, number and person; for descriptions, a common word or nearness besides."""
    gi, gj, ni, nj = m.gender[i], m.gender[j], m.number[i], m.number[j]
    agrees = (gi & gj) > 0
    ti, tj = m.type[i], m.type[j]
    pronoun = ti == 0
    numbers = (ni == 0) | (nj == 0) | (ni == nj) | (pronoun & (nj == 1)) | (~pronoun & (tj == 0))
    near = i - j
    same = m.lemma[i] == m.lemma[j]
    shared = same | _holds(m.modifiers[i], m.lemma[j]) | _holds(m.modifiers[j], m.lemma[i])
    ki, kj = m.kind[i], m.kind[j]
    kinds = (ki == kj) | (ki == 0) | (kj == 0) | (tj == 0)
    definite = (m.determiner[i] != INDEFINITE) & ((m.determiner[i] > 0) | (ti == 1) | (ti == 3))
    noun = np.where(tj == 0, (near <= NEAR) & definite, shared | (definite & kinds & (near <= NEAR)))
    spoken = m.person[i] < 3
    person = np.where(spoken, (tj != 0) & (near <= NEAR) | (m.pronoun[i] == m.pronoun[j]) | (m.person[j] < 3), True)
    entities = (m.entity[i] < 0) | (m.entity[j] < 0) | (m.entity[i] == m.entity[j])
    inside = (m.start[i] <= m.heads[j]) & (ti != 0)
    return np.asarray(
        agrees
        & numbers
        & entities
        & person
        & ~inside
        & ~_are_coarguments(m, i, j)
        & ~_is_agent_before(m, i, j)
        & np.where(pronoun, near <= PRONOUN_WINDOW, noun)
    )


def holders(m: Mentions, i: Ints, j: Ints) -> NDArray[np.bool_]:
    """Where a definite title ("the minister") meets the name of somebody who bears it."""
    described = (m.type[i] == 2) & (m.determiner[i] == 1) & (m.title[i] > 0)
    return np.asarray(described & (m.entity[j] >= 0) & (m.kind[j] == PERSON) & _holds(m.modifiers[j], m.lemma[i]))


def _is_agent_before(m: Mentions, i: Ints, j: Ints) -> NDArray[np.bool_]:
    """Whether the later is a subject pronoun and the earlier the agent of a passive in the sentence before.

    A passive puts its subject in the centre, which the next subject takes up (Grosz et al. 1995).
    """
    subject = (m.pronoun[i] > 0) & (m.role[i] == SUBJECT)
    agent = (m.role[j] == AGENT) | np.isin(m.governor[j], m.heads[m.role == AGENT])  # itself or in apposition
    return np.asarray(subject & agent & (m.sentence[i] - m.sentence[j] == 1))


def _are_coarguments(m: Mentions, i: Ints, j: Ints) -> NDArray[np.bool_]:
    """Whether both are arguments of one verb, the later a pronoun and not reflexive ("Brandt praised him")."""
    plain = (m.pronoun[i] > 0) & (m.reflexive[i] == 0) & (m.governor[i] == m.governor[j]) & (m.type[j] != 3)
    return np.asarray(plain & np.isin(m.role[i], ARGUMENTS) & np.isin(m.role[j], ARGUMENTS))


def _holds(words: Ints, word: Ints) -> NDArray[np.bool_]:
    return np.asarray((words == word[:, None]).any(axis=1))


def pair_features(m: Mentions, i: Ints, j: Ints) -> Floats:
    """What is known of each pair beside the two mentions themselves.

    Args:
        m: the mentions.
        i: the later mentions.
        j: the earlier ones.

    Returns:
        One row a pair.
    """
    parts = (_distance, _wording, _agreement, _syntax, _speech, _description)
    columns = [column for part in parts for column in part(m, i, j)]
    return np.stack([*columns, _rank(i)], axis=1).astype(np.float32)


def _distance(m: Mentions, i: Ints, j: Ints) -> Columns:
    sentences, paragraphs = m.sentence[i] - m.sentence[j], m.paragraph[i] - m.paragraph[j]
    yield from (sentences <= end for end in DISTANCES)
    yield np.log1p(i - j)
    yield np.log1p(m.heads[i] - m.heads[j]) / 2
    yield from (paragraphs == n for n in (0, 1, 2))
    yield i - j == 1
    yield np.log1p(paragraphs) / 2


def _wording(m: Mentions, i: Ints, j: Ints) -> Columns:
    """Whether the heads are the same, and how many modifiers are shared, new (`mi`) or left out (`mj`)."""
    wi, wj = m.modifiers[i], m.modifiers[j]
    common = ((wi[:, :, None] == wj[:, None, :]) & (wi[:, :, None] >= 0)).any(axis=2).sum(axis=1)
    mi, mj = (wi >= 0).sum(axis=1) - common, (wj >= 0).sum(axis=1) - common
    same = m.lemma[i] == m.lemma[j]
    yield from (same, same & _nouns(m, i, j), same & (mi == 0) & (mj == 0))
    yield from (same & (mi > 0), same & (mj > 0), same & (mi > 0) & (mj > 0))
    yield from (_holds(wj, m.lemma[i]), _holds(wi, m.lemma[j]), common > 0, common > 1)
    yield from (np.minimum(mi, 3) / 3, np.minimum(mj, 3) / 3)
    yield (m.entity[i] >= 0) & (m.entity[i] == m.entity[j])


def _nouns(m: Mentions, i: Ints, j: Ints) -> NDArray[np.bool_]:
    return np.asarray((m.type[i] != 0) & (m.type[j] != 0))


def _agreement(m: Mentions, i: Ints, j: Ints) -> Columns:
    gi, gj, ni, nj, ki, kj = m.gender[i], m.gender[j], m.number[i], m.number[j], m.kind[i], m.kind[j]
    yield from ((gi == gj) & (gi < HUMAN), gi == gj, (gi == ANY) | (gj == ANY), (gi == HUMAN) | (gj == HUMAN))
    yield from ((ni == nj) & (ni > 0), (ni == 0) | (nj == 0), (ni + nj == 3) & (ni * nj > 0))
    yield from ((ki == kj) & (ki > 0), (ki != kj) & (ki > 0) & (kj > 0))
    yield from ((ki == PERSON) & (kj == PERSON), (ki == GROUP) | (kj == GROUP))
    pi, pj = m.person[i], m.person[j]
    yield (m.pronoun[i] == m.pronoun[j]) & (m.pronoun[i] > 0)
    yield from (pi == pj, (pi < 3) & (pj < 3) & (pi != pj))


def _syntax(m: Mentions, i: Ints, j: Ints) -> Columns:
    sentences = m.sentence[i] - m.sentence[j]
    yield from (m.role[i] == m.role[j], m.governor[i] == m.governor[j])
    yield from (m.governor[i] == m.heads[j], m.governor[j] == m.heads[i])
    subject, passive = m.role[j] == SUBJECT, m.role[j] == PASSIVE
    yield from (subject & (sentences == 1), subject & (sentences == 0), passive & (sentences <= 1))


def _speech(m: Mentions, i: Ints, j: Ints) -> Columns:
    qi, qj, sentences = m.quote[i], m.quote[j], m.sentence[i] - m.sentence[j]
    yield from ((qi == qj) & (qi > 0), (qi == 0) & (qj == 0))
    yield from ((qi > 0) & (qj == 0), (qi == 0) & (qj > 0), (qi > 0) & (qj > 0) & (qi != qj))
    yield from ((qi > 0) & (qj == 0) & (m.speaks[j] > 0) & (sentences <= 1), (m.speaks[i] > 0) & (m.speaks[j] > 0))


def _description(m: Mentions, i: Ints, j: Ints) -> Columns:
    same, determiner = m.lemma[i] == m.lemma[j], m.determiner[i]
    yield from (m.title[i] > 0, (m.title[i] > 0) & (m.kind[j] == PERSON), np.log1p(m.frequency[j]) / 2)
    yield from (same & (determiner == n) for n in (1, 2, 3))
    yield from (same & (determiner == 0) & _nouns(m, i, j), same & (determiner == INDEFINITE))


def _rank(i: Ints) -> Floats:
    """How many allowed antecedents are nearer, as a logarithm."""
    starts = np.flatnonzero(np.diff(i, prepend=-1))
    counts = np.diff(np.append(starts, len(i)))
    return (np.log1p(np.arange(len(i)) - np.repeat(starts, counts)) / 2).astype(np.float32)


def traits(m: Mentions) -> Floats:
    """What is known of each mention beside its words' states: its categories, one column for each value."""
    modifiers = (m.modifiers >= 0).sum(axis=1)
    categories = (
        (m.type, range(len(TYPES))), (m.pronoun, range(13)), (m.gender, (1, 2, HUMAN, NEUTER, ANY)),
        (m.number, range(3)), (m.kind, range(len(KINDS))), (m.determiner, range(5)), (m.role, range(len(ROLES))),
    )  # fmt: skip
    columns = [column == value for column, values in categories for value in values]
    columns += [m.quote > 0, m.speaks, m.title, np.log1p(m.frequency) / 2, m.frequency > 1, m.entity >= 0]
    columns += [np.minimum(modifiers, 3) / 3, modifiers == 0, modifiers == 1]
    columns += [_repeated(m.lemma), np.minimum(m.sentence, 10) / 10]
    return np.stack(columns, axis=1).astype(np.float32)


def _repeated(lemma: Ints) -> NDArray[np.bool_]:
    """Whether the word was there before."""
    first = np.zeros(len(lemma), dtype=bool)
    first[np.unique(lemma, return_index=True)[1]] = True
    return ~first
