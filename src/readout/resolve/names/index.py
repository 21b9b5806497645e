"""Finds the names on lists that a name may be: a few candidates, by words, sounds and letters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from readout.resolve.names.abjad import LEAST_FIT, abjad_gaps, abjad_words, fit, latin_gaps, runs
from readout.resolve.names.spelling import bones, likeness, sound
from readout.resolve.names.structure import Kind, Name, Word, parse
from readout.resolve.names.tables import given_names

SIMILAR_WORDS, WORDS_COMPARED = 40, 80
"""Words of the lists that may stand for one word of a query, and how many are compared in full to find them."""
LEAST_OVERLAP, LEAST_LIKENESS = 0.4, 0.62
"""Share of pairs of letters that a similar word has in common (Dice), and the least likeness it must have."""
FITTING_WORDS = 120
"""Words of the lists that may stand for one in Arabic or Hebrew letters, which write few vowels."""
SLACK = 0.01
"""By how much likeness may exceed the share of letters or sounds that are the same."""
LEAST_SHARED = 0.35
"""Share of the weight of both names that candidates have in common."""
JOINED_OVERLAP = 0.6
Ids = np.ndarray


@dataclass(frozen=True, slots=True)
class Postings:
    """Lists of numbers by key, one behind the other in one array."""

    places: dict[str, tuple[int, int]]
    numbers: Ids

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[int]]) -> "Postings":
        """Postings of a mapping."""
        places, start = {}, 0
        for key, numbers in lists.items():
            places[key] = (start, start + len(numbers))
            start += len(numbers)
        flat = (n for numbers in lists.values() for n in numbers)
        return cls(places, np.fromiter(flat, dtype=np.int32, count=start))

    def get(self, key: str) -> Ids:
        """The numbers of a key, none if it is not known."""
        start, end = self.places.get(key, (0, 0))
        return self.numbers[start:end]


class Grams:
    """Strings by the runs of letters in them: which of them are spelt alike."""

    def __init__(self, strings: Sequence[str], size: int) -> None:
        self.size = size
        lists: dict[str, list[int]] = defaultdict(list)
        counts = np.zeros(len(strings), dtype=np.float32)
        for number, string in enumerate(strings):
            grams = self._cut(string)
            counts[number] = len(grams)
            for gram in grams:
                lists[gram].append(number)
        self.counts, self.postings = counts, Postings.of(lists)

    def _cut(self, string: str) -> set[str]:
        padded = f"^{string}$"
        return {padded[i : i + self.size] for i in range(len(padded) - self.size + 1)}

    def alike(self, string: str, least: float, limit: int) -> Ids:
        """Numbers of the strings that share most runs with a string, best first.

        Args:
            string: what is looked for.
            least: least overlap (Dice), 0 to 1.
            limit: how many at most.
        """
        grams = self._cut(string)
        found = [hits for gram in grams if len(hits := self.postings.get(gram))]
        if not found:
            return np.empty(0, dtype=np.int64)
        common = np.bincount(np.concatenate(found), minlength=len(self.counts))
        some = np.flatnonzero(common > least * len(grams) / 2)
        overlap = 2 * common[some] / (self.counts[some] + len(grams))
        kept = overlap >= least
        some, overlap = some[kept], overlap[kept]
        return some[np.argsort(-overlap, kind="stable")[:limit]]


@dataclass(slots=True)
class Shelf:
    """All names of one kind, searched together."""

    kind: Kind
    names: list[Name] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    weak: list[bool] = field(default_factory=list)

    def add(self, text: str, owner: int, weak: bool) -> None:
        """Put a name on the shelf, unless nothing in it can be compared."""
        name = parse(text, self.kind)
        if name.words:
            self.names.append(name)
            self.owners.append(owner)
            self.weak.append(weak)


class Finder:
    """Candidates among the names of one shelf."""

    def __init__(self, names: Sequence[Name]) -> None:
        holders: dict[str, list[int]] = defaultdict(list)
        self._weight_of: dict[str, float] = {}
        for number, name in enumerate(names):
            for word, weight in {w.text: w.weight for w in name.words if w.role != "p"}.items():
                holders[word].append(number)
                self._weight_of[word] = weight
        self.size = len(names)
        self.weights = np.array(
            [sum(w.weight for w in name.words if w.role != "p") for name in names], dtype=np.float32
        )
        self.holders = Postings.of(holders)
        self.words = list(holders)
        self.sounds = [sound(word) for word in self.words]
        self.spellings = Grams(self.sounds, 2)
        self.joined = Grams([name.compact for name in names], 3)
        self._by_key = _keys(self.words)
        self._by_consonants: dict[str, list[str]] | None = None
        self._similar = lru_cache(maxsize=20_000)(self._find_similar)

    def __getstate__(self) -> dict[str, Any]:
        """All but what was found so far, which is no data of the lists."""
        return {name: value for name, value in self.__dict__.items() if name != "_similar"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._similar = lru_cache(maxsize=20_000)(self._find_similar)

    def candidates(self, name: Name, limit: int, least: float = 0.0) -> Ids:
        """Numbers of the names most worth comparing with a name, best first.

        Args:
            name: what is looked for.
            limit: how many at most.
            least: least share of the weight of both names in similar words, over all others' thresholds.

        Returns:
            Those that share enough weight in similar words, and those that look like it when written as one word.
        """
        shared = np.zeros(self.size, dtype=np.float32)
        words = [w for w in name.words if w.role != "p"]
        for word in words:
            self._add(word, shared)
        weight = sum(w.weight for w in words)
        some = np.flatnonzero(shared)
        common, theirs = shared[some], self.weights[some]
        overlap = 2 * common / (theirs + weight + 1e-6)
        inside = np.minimum(common / (np.minimum(theirs, weight) + 1e-6), 1)
        kept = (overlap >= LEAST_SHARED) | ((inside >= 0.8) & ((common > 0.5) | (len(words) == 1)))
        kept &= overlap >= least
        some, worth = some[kept], (overlap + inside)[kept]
        if len(some) > limit:
            best = np.argpartition(-worth, limit)[:limit]
            some, worth = some[best], worth[best]
        some = some[np.argsort(-worth, kind="stable")]
        joined = self.joined.alike(name.compact, max(JOINED_OVERLAP, least), max(4, limit // 3))
        seen = set(some.tolist())
        return np.concatenate([some, np.array([n for n in joined.tolist() if n not in seen], dtype=some.dtype)])

    def candidates_abjad(self, text: str, limit: int) -> Ids:
        """Numbers of the names that one in Arabic or Hebrew letters may be, best first.

        Args:
            text: what is looked for.
            limit: how many at most.
        """
        if self._by_consonants is None:
            self._by_consonants = defaultdict(list)
            for word in self.words:
                self._by_consonants[latin_gaps(word)[0]].append(word)
        words = abjad_words(text)
        shared = np.zeros(self.size, dtype=np.float32)
        for start, end, letters in runs(words):
            part = np.zeros_like(shared)
            keys = {consonants for consonants, _ in abjad_gaps(letters)}
            alike = [(fit(letters, word), word) for key in keys for word in self._by_consonants.get(key, ())]
            for fitted, word in sorted(alike)[-FITTING_WORDS:]:
                if fitted >= LEAST_FIT:
                    part[self.holders.get(word)] = fitted * (end - start) * (1 + self._weight_of[word]) / 2
            shared = np.maximum(shared, part) if end - start > 1 else shared + part
        some = np.flatnonzero(shared >= LEAST_FIT / 2 * min(len(words), 2))
        return some[np.lexsort((self.weights[some], -shared[some]))][:limit]

    def _add(self, word: Word, shared: Ids) -> None:
        """Add to each name the weight that it shares with the query through one word: the mean of both sides'."""
        similar = self._similar(word.text)[::-1]
        if not similar:
            return
        held = [self.holders.get(other) for other, _ in similar]
        values = [alike * (word.weight + self._weight_of[other]) / 2 for other, alike in similar]
        part = np.zeros_like(shared)
        part[np.concatenate(held)] = np.repeat(
            values, [len(numbers) for numbers in held]
        )  # the likest word, last, counts
        shared += part

    def _find_similar(self, word: str) -> list[tuple[str, float]]:
        """Words of the lists that may stand for a word, with their likeness, best first."""
        others = set(self._spelt_like(word))
        for key in _keys_of(word):
            others.update(self._by_key.get(key, ()))
        if word in self.holders.places:
            others.add(word)
        alike = [(other, likeness(word, other)) for other in others]
        alike = [pair for pair in alike if pair[1] >= LEAST_LIKENESS]
        return sorted(alike, key=lambda pair: (-pair[1], pair[0]))[:SIMILAR_WORDS]

    def _spelt_like(self, word: str) -> list[str]:
        """Words with runs of letters in common, of which few letters or sounds differ: a bound on `likeness`."""
        near = self.spellings.alike(sound(word), LEAST_OVERLAP, WORDS_COMPARED).tolist()
        if not near:
            return []
        words, sounds = [self.words[n] for n in near], [self.sounds[n] for n in near]
        letters = cdist([word], words, scorer=OSA.normalized_similarity)[0]
        heard = cdist([sound(word)], sounds, scorer=OSA.normalized_similarity)[0]
        return [words[i] for i in np.flatnonzero(np.maximum(letters, heard) >= LEAST_LIKENESS - SLACK)]


def _keys_of(word: str) -> list[str]:
    """Keys under which all forms of a given name, and words of the same consonants, are found."""
    keys = [f"{group}" for group in given_names().get(word, ())]
    return [*keys, bones(word)] if len(bones(word)) > 2 else keys


def _keys(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for key in _keys_of(word):
            found[key].append(word)
    return found
