"""Screening: which entries of the lists a name may be, and whether it can be said that it is one of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from readout.resolve.lists.entry import Entry
from readout.resolve.names.abjad import is_abjad, vocalised
from readout.resolve.names.compare import MISFIT, moved, score
from readout.resolve.names.context import Context, shifts
from readout.resolve.names.features import FEATURES, features
from readout.resolve.names.index import Finder, Shelf
from readout.resolve.names.structure import Kind, Name, kind_of, parse

CANDIDATES, FILTERED = 24, 4
"""Names compared in full for a query, of each kind, and how many times as many are looked at where not all count."""
THRESHOLD, SHOWN = 0.35, 0.01
"""Score from which a hit is a match, and from which it is shown as a candidate."""
LONE_SHOWN = 10
"""Candidates shown for a lone name whatever their score: none can be a match, and any may be meant."""
MARGIN = 0.12
"""How far below the best hit another one may stand and still be a match."""
COMMON = 0.6
"""Weight of a body's only word below which it tells nothing: Bank, Trading, Technology."""
EXACT = 0.94
_AT = {name: place for place, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a name may be.

    Args:
        entry: the entry.
        entry_name: the one of its names that is most alike.
        score: 0 to 1.
        match: whether it can be said that this is the one; False for a candidate.
        features: what the score is made of; what the context added has names such as `context.country_same`.
    """

    entry: Entry
    entry_name: str
    score: float
    match: bool
    features: dict[str, float]


@dataclass(slots=True)
class _Found:
    owner: int
    name: Name
    score: float
    values: list[float]
    query: Name
    weak: bool
    context: dict[str, float]

    @property
    def rank(self) -> tuple[bool, float]:
        """A name that can identify goes before one that cannot, where it is good enough itself."""
        return (not self.weak and self.score >= THRESHOLD, self.score)

    def value(self, feature: str) -> float:
        return self.values[_AT[feature]]


class NameIndex:
    """The names of lists, made ready to be searched."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Read the names.

        Args:
            entries: entries of any lists.
        """
        self.entries: Sequence[Entry] = tuple(entries)
        self._shelves: dict[Kind, Shelf] = {"person": Shelf("person"), "other": Shelf("other")}
        for owner, entry in enumerate(self.entries):
            shelf = self._shelves["person" if entry.kind == "person" else "other"]
            for text in dict.fromkeys((entry.name, *entry.aliases)):
                shelf.add(text, owner, weak=False)
            for text in entry.weak_aliases:
                shelf.add(text, owner, weak=True)
        self._finders = {kind: Finder(shelf.names) for kind, shelf in self._shelves.items()}
        self._letters = {kind: {name.compact for name in shelf.names} for kind, shelf in self._shelves.items()}

    def __len__(self) -> int:
        return len(self.entries)

    def has(self, name: str, kind: str) -> bool:
        """Whether a name stands on the lists letter by letter, but for legal forms, titles and spaces.

        Args:
            name: the name.
            kind: as for `screen`.
        """
        read_as = kind_of(name, kind)
        return parse(name, read_as).compact in self._letters[read_as]

    def screen(
        self,
        name: str,
        kind: str | None = None,
        context: Context = None,
        on: date | None = None,
        *,
        only: Collection[str] = (),
        least: float = 0.0,
    ) -> list[Hit]:
        """Look for a name.

        Args:
            name: the name, in any alphabet.
            kind: person, organization, company, vessel ...; both people and other things are searched if None.
            context: what else is known: free text, or a mapping with country, city, birth, role.
            on: only entries listed on that day; by default all, whether still listed or not.
            only: only entries of the lists of these names; by default of all.
            least: only names with that share of their weight in common with it (0 to 1), where candidates that are far
                off are of no use; much quicker.

        Returns:
            Entries, best first: matches and candidates.
        """
        kinds: tuple[Kind, ...] = (kind_of(name, kind),) if kind else ("person", "other")
        best: dict[int, _Found] = {}
        for read_as in kinds:
            for found in self._compared(parse(name, read_as), context, on, only, least):
                if found.owner not in best or found.rank > best[found.owner].rank:
                    best[found.owner] = found
        ranked = sorted(best.values(), key=lambda f: (-f.score, -f.value("spelling"), f.owner))
        matches = _matches(ranked)
        shown = [f for place, f in enumerate(ranked) if f.score >= SHOWN or (place < LONE_SHOWN and f.query.size < 2)]
        return [self._hit(found, found.owner in matches) for found in shown]

    def _compared(
        self,
        query: Name,
        context: Context,
        on: date | None,
        only: Collection[str] = (),
        least: float = 0.0,
    ) -> Iterable[_Found]:
        shelf = self._shelves[query.kind]
        if not query.words or not shelf.names:
            return
        abjad, text = is_abjad(query.text), query.text
        finder = self._finders[query.kind]
        limit = CANDIDATES * (2 if abjad else 1)
        asked = limit * (FILTERED if on or only else 1)
        found = finder.candidates_abjad(text, asked) if abjad else finder.candidates(query, asked, least)
        for number in found:
            entry = self.entries[shelf.owners[number]]
            if (on is not None and not entry.in_force(on)) or (only and entry.list not in only):
                continue
            if (limit := limit - 1) < 0:
                return
            name = shelf.names[number]
            fitting = 1.0
            if abjad:
                read, fitting = vocalised(text, name)
                query = parse(read, query.kind)
            values = features(query, name)
            told = shifts(context, entry) if context else {}
            shift = sum(told.values()) - MISFIT * (1 - fitting)
            reached = moved(score(values, query, name, "screening"), shift)
            yield _Found(shelf.owners[number], name, reached, values, query, shelf.weak[number], told)

    def _hit(self, found: _Found, match: bool) -> Hit:
        values = dict(zip(FEATURES, found.values, strict=True))
        values |= {f"context.{name}": shift for name, shift in found.context.items()}
        if found.weak:
            values["weak_alias"] = 1.0
        return Hit(self.entries[found.owner], found.name.text, found.score, match, values)


def _matches(ranked: list[_Found]) -> set[int]:
    """The entries that can be said to be the one: good enough, enough of a name, and not far below the best."""
    good = [f for f in ranked if f.score >= THRESHOLD and _tells(f)]
    if not good:
        return set()
    full = [f for f in good if _is_full(f)]
    if full:
        return {f.owner for f in full}
    return {f.owner for f in good if f.score >= good[0].score - MARGIN}


def _tells(found: _Found) -> bool:
    """Whether the names are enough to tell one from many."""
    if found.value("numerals_differ") or found.value("number_extra"):
        return False
    lone = found.query.size < 2
    if lone and (found.query.kind == "person" or found.query.weight < COMMON):
        return False
    return not found.weak


def _is_full(found: _Found) -> bool:
    """Whether both names are the same words, nothing over on either side."""
    return found.value("covered_whole") >= EXACT and found.value("loosest") < 0.06
