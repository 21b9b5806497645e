"""Entries that were judged for an entity: which are kept, and how what the article states compares with them."""

from collections.abc import Iterable

from readout.resolve.lists.entry import Entry
from readout.schema import Screening

CANDIDATES, LONE = 3, 2
"""Candidates kept of an entity, and those of a lone name."""
LEAST = 0.1
"""An entry is not worth a look where both its score and the likeness of its name are below this."""
LOOSE = 0.06
"""Unlikeness of two words from which they are not two spellings of one."""
Judged = tuple[Entry, str, float, bool, dict[str, float]]
"""An entry, its name that is most alike, the score, whether it is a match, and what the score is made of."""


def matched(judged: Iterable[Judged]) -> bool:
    """Whether one of them is a match."""
    return any(j[3] for j in judged)


def ordered(judged: list[Judged], lone: bool) -> list[Judged]:
    """Best first: the matches, of those equally good at most two; else a few candidates.

    A match in which each word is that of the list goes before one with another word in its place.
    """
    ranked = sorted(judged, key=lambda j: (not j[3], float(j[4].get("loosest") or 0) > LOOSE, -j[2]))
    matches = [j for j in ranked if j[3]]
    if matches:
        best = matches[0][2]
        return [j for j in matches if abs(j[2] - best) <= 0.1][:CANDIDATES]
    return [j for j in ranked if max(j[2], j[4].get("name", 0)) >= LEAST][: LONE if lone else CANDIDATES]


def compared(stated: list[Screening], listed: list[Screening]) -> list[Screening]:
    """What the article states and what the lists say, joined where they speak of the same entity."""
    spans = {s.entity: s.stated for s in stated if s.stated}
    hits = {s.entity for s in listed if s.match}
    for screening in listed:
        if screening.match and screening.entity in spans:
            screening.stated = spans[screening.entity]
            screening.features["compared"] = "agree" if screening.in_force is not False else "list not in force"
        elif screening.match:
            screening.features["compared"] = "list only"
    alone = [s for s in stated if s.entity not in hits]
    for screening in alone:
        screening.features["compared"] = "article only"
    return [*alone, *listed]
