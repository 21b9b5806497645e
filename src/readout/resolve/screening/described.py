"""Finds works that go by another name than the list's: by town, by what they make, and by whom they belong to."""

import re
from collections import defaultdict
from collections.abc import Sequence
from math import exp

from readout.knowledge.folding import fold
from readout.resolve.lists.entry import Entry
from readout.resolve.screening.subject import Subject
from readout.resolve.screening.words import industries_of, words, words_of

WEIGHTS = {
    "town_same": 1.2,
    "industry_same": 1.2,
    "name_shared": 2.0,
    "only_one": 0.8,
    "parent_listed": 0.8,
    "parent_linked": 1.5,
}
BIAS = -3.0
"""Weights of what speaks for a works (log odds), set by hand: town, industry and owner together make a match, and town
and a telling word of its name where nothing else there has it; no two others do."""
THRESHOLD = 0.6
CROWDED = 60
"""Listed bodies at one place from which the place tells nothing: capitals, countries."""


class Works:
    """The bodies on the lists, by the words of their addresses."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._towns: dict[str, list[Entry]]
        self._towns = defaultdict(list)
        for entry in entries:
            if entry.kind == "organization" and entry.addresses:
                for town in {_plain(t) for a in entry.addresses for t in re.split(r"[,;]", a)}:
                    self._towns[town].append(entry)
        self._towns = {town: held for town, held in self._towns.items() if len(held) <= CROWDED}

    def find(self, subject: Subject, parents: Sequence[Entry]) -> list[tuple[Entry, float, dict[str, float]]]:
        """Entries that a works may be, best first, with score and what speaks for each.

        Args:
            subject: the works as the article shows it.
            parents: entries that its owners were found to be.
        """
        named = words_of(subject.entity.name)
        industries = industries_of(subject.entity.name)
        if not named & words("sites"):
            return []
        towns = {_plain(place) for place in subject.toponyms()} - {""}
        telling = {w[:6] for w in named - words("sites") if len(w) > 4 and not industries_of(w)}
        telling -= {w[:6] for town in towns for w in town.split()}
        near = {e.id: e for town in towns for e in self._towns.get(town, ())}.values()
        same = [(e, *_shared(e, industries, telling)) for e in near]
        same = [found for found in same if found[1] or found[2]]
        rated = [self._rate(*found, len(same) == 1, parents) for found in same]
        return sorted(rated, key=lambda found: -found[1])[:3]

    def _rate(
        self, entry: Entry, industry: bool, name: bool, alone: bool, parents: Sequence[Entry]
    ) -> tuple[Entry, float, dict[str, float]]:
        names = {name for p in parents for name in (p.id, p.name)}
        found = {
            "town_same": True,
            "industry_same": industry,
            "name_shared": name,
            "only_one": alone,
            "parent_listed": bool(parents),
            "parent_linked": bool(names & set(entry.linked)),
        }
        values = {name: WEIGHTS[name] for name, holds in found.items() if holds}
        return entry, 1 / (1 + exp(-BIAS - sum(values.values()))), values


def _shared(entry: Entry, industries: set[str], telling: set[str]) -> tuple[bool, bool]:
    """Whether an entry's names name one of the industries, and have one of the telling words."""
    text = " ".join((entry.name, *entry.aliases))
    return bool(industries_of(text) & industries), bool({w[:6] for w in words_of(text)} & telling)


def _plain(place: str) -> str:
    """A town without numbers, its last letter where it varies (Amur, Amure), and words of kind."""
    bare = re.sub(r"\d+|\b(?:g|city|town)\b", " ", fold(place))
    return re.sub(r"(?<=\w{4})e$", "", " ".join(bare.split()))
