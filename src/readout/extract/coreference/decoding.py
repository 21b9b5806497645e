"""From scores to chains: each mention in text order joins its best antecedent's chain, if the chain allows it."""

import numpy as np

from readout.extract.coreference.binding import rivals
from readout.extract.coreference.distinct import belong_apart, belongings, is_another
from readout.extract.coreference.mentions import Ints, Mentions
from readout.extract.coreference.pairs import Floats
from readout.extract.coreference.words import ANY


def chains_of(m: Mentions, i: Ints, j: Ints, pair: Floats, alone: Floats) -> list[list[int]]:
    """The chains, those of one mention included.

    Args:
        m: the mentions.
        i: the later mentions of the pairs, in order.
        j: the earlier ones.
        pair: how well each pair goes together.
        alone: how well each mention goes with nothing before it.

    Returns:
        The places of each chain's mentions in the table.
    """
    margin = pair - alone[i]
    order = np.lexsort((-margin, i))
    order = order[margin[order] > 0]
    choices: dict[int, list[int]] = {}
    for later, earlier in zip(i[order].tolist(), j[order].tolist(), strict=True):
        choices.setdefault(later, []).append(earlier)
    chain: list[int] = []
    members: list[list[int]] = []
    entity, gender = m.entity.tolist(), m.gender.tolist()
    owner: list[int] = []
    sex: list[int] = []
    places: list[frozenset[str]] = []
    of_entity: dict[int, int] = {}
    apart = rivals(m)
    for n in range(len(m)):
        name, mine = entity[n], gender[n]
        to = of_entity.get(name, -1)
        others = {chain[k] for k in apart.get(n, ()) if k < n}
        its = belongings(m, n)
        if to < 0:
            for earlier in choices.get(n, ()):
                c = chain[earlier]
                if c in others:
                    break  # what goes with a rival best goes with nobody
                if owner[c] < 0 and belong_apart(its, places[c]):
                    continue
                if (name < 0 or owner[c] < 0) and mine & sex[c] and not _differs(m, n, owner[c]):
                    to = c
                    break
        if to < 0:
            to = len(members)
            members.append([])
            owner.append(-1)
            sex.append(ANY)
            places.append(frozenset())
        members[to].append(n)
        chain.append(to)
        sex[to] = sex[to] & mine or sex[to]
        places[to] |= its
        if name >= 0:
            owner[to] = name
            of_entity[name] = to
    return members


def _differs(m: Mentions, n: int, owner: int) -> bool:
    return owner >= 0 and is_another(m, n, m.entities[owner])
