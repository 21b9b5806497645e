"""Which reports are of one story: those that tell one event, or name the same within months of each other."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from readout.resolve.corroboration import Corroboration

STORY = 2
"""Named actors that two reports of one story share, where they tell no event together."""
DAYS = 90
"""Days between two reports of one story."""
LONGEST_STORY = 40
"""Reports of one event, or that name one actor, which are taken pair by pair."""
WORDS = 4
"""Content words that two reports share, where only one named actor is common to both."""


def story_pairs(events: Corroboration) -> set[tuple[str, str]]:
    """The pairs of reports of one story, without those that their paper has revised.

    Args:
        events: the events of the reports.
    """
    pairs = _naming_the_same(events)
    for group in events.groups:
        pairs.update(combinations(_standing(events, {article for article, _ in group})[:LONGEST_STORY], 2))
    return pairs | _through_another(events, pairs)


def _through_another(events: Corroboration, pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs of reports that are both of one story with a third."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    third = (combinations(sorted(ids), 2) for ids in near.values() if len(ids) <= LONGEST_STORY)
    return {pair for some in third for pair in some if _is_timely(events, *pair)}


def _naming_the_same(events: Corroboration) -> set[tuple[str, str]]:
    counts: dict[tuple[str, str], int] = {}
    for actor in events.identity.actors:
        ids = _standing(events, {article for article, _ in actor.members})
        for pair in combinations(ids, 2) if len(ids) <= LONGEST_STORY else ():
            counts[pair] = counts.get(pair, 0) + 1
    return {pair for pair, n in counts.items() if (n >= STORY or _alike(events, *pair)) and _is_timely(events, *pair)}


def _standing(events: Corroboration, ids: set[str]) -> list[str]:
    return sorted(id for id in ids if not events.reports[id].superseded)


def _alike(events: Corroboration, one: str, other: str) -> bool:
    return len(events.reports[one].words & events.reports[other].words) >= WORDS


def _is_timely(events: Corroboration, one: str, other: str) -> bool:
    days = events.days_between(one, other)
    return days is not None and days <= DAYS
