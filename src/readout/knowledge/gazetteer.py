"""Places by name: a compact gazetteer that ships with the package.

`data/gazetteer.npz` (made by `training/build_gazetteer.py`) holds cities, divisions, airports, regions and ports as
columns, with one sorted array of folded names that is searched by bisection. Countries come from `countries`, and
`data/places.tsv` holds what no source has: seas, rivers, regions of the news, bases, plants, cosmodromes. Anybody can
add places in a file of the same columns. Points of cities and divisions are GeoNames', in degrees, to three decimals.
"""

import csv
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from readout.errors import OptionError
from readout.knowledge.countries import countries, key, rows, split
from readout.knowledge.folding import fold

KEY_WIDTH = 32
"""Bytes of a folded name that are kept and compared."""
KINDS = (
    "country", "admin1", "admin2", "city", "region", "water", "landform", "airport", "port",
    "military", "nuclear", "spaceport", "facility", "site",
)  # fmt: skip
"""What a place can be: a country, a first or second-order division, a town, a region of the news, a sea or river, an
island or mountain range, and facilities."""
SHORTEST_FUZZY = 6
MAX_NAME = 80
CACHED = 20_000
"""Names whose places are kept for the next text."""
COLUMNS = ("name", "kind", "lat", "lon", "country", "names", "demonyms")


class Place(NamedTuple):
    """One place of the gazetteer."""

    name: str
    kind: str
    """One of `KINDS`."""
    lat: float
    lon: float
    country: str | None
    """ISO 3166-1 alpha-3."""
    geonames: int | None = None
    population: int = 0
    """Inhabitants, to two significant digits; 0 where unknown."""
    admin1: str | None = None
    """GeoNames' code of the first-order division, such as "RU.30"."""


class _Divisions(NamedTuple):
    """What the hand-kept table adds to GeoNames' first-order divisions."""

    adjectives: dict[str, Place]
    abbreviations: dict[str, list[Place]]
    names: frozenset[tuple[str, str]]
    """Codes with folded names."""


class Gazetteer:
    """The shipped gazetteer, with places of the user's own.

    Args:
        extra: further tables with the columns of `data/places.tsv`; their places go before the shipped ones.

    Raises:
        OptionError: a table lacks a column or holds a value that cannot be used.
    """

    def __init__(self, extra: Iterable[Path] = ()) -> None:
        self._cached = lru_cache(maxsize=CACHED)(self._look_up)
        self._named: dict[str, list[Place]] = defaultdict(list)
        self._adjectives: dict[str, Place] = {}
        for path in extra:
            self._add_rows(_read_extra(path))
        self._add_rows(rows("places.tsv"))
        self._add_countries()

    def _add_rows(self, table: Iterable[dict[str, str]]) -> None:
        for row in table:
            place = Place(row["name"], row["kind"], float(row["lat"]), float(row["lon"]), row["country"] or None)
            for name in {key(name) for name in (place.name, *split(row["names"]))}:
                self._named[name].append(place)
            for word in split(row["demonyms"]):
                self._adjectives.setdefault(key(word), place)

    def _add_countries(self) -> None:
        for c in sorted(countries().values(), key=lambda c: -c.population):
            place = Place(c.name, "country", c.lat, c.lon, c.alpha3, c.geonames, c.population)
            for name in {key(name) for name in (c.name, *c.names)}:
                self._named[name].append(place)
            for word in c.demonyms:
                self._adjectives.setdefault(key(word), place)

    @cached_property
    def _data(self) -> dict[str, NDArray[Any]]:
        with as_file(files("readout.knowledge.data").joinpath("gazetteer.npz")) as path, np.load(path) as file:
            return {name: file[name] for name in file.files}

    @cached_property
    def _line_ends(self) -> NDArray[Any]:
        return np.append(np.flatnonzero(self._data["names"] == ord("\n")), len(self._data["names"]))

    @cached_property
    def _divisions(self) -> dict[str, int]:
        data = self._data
        return {
            str(data["admins"][data["admin1"][i]]): int(i)
            for i in np.flatnonzero(data["kind"] == KINDS.index("admin1"))
        }

    @cached_property
    def _hand_kept(self) -> _Divisions:
        adjectives: dict[str, Place] = {}
        abbreviations: dict[str, list[Place]] = defaultdict(list)
        names: set[tuple[str, str]] = set()
        for row in rows("gazetteer_admin1.tsv"):
            if (place := self.division(row["code"])) is not None:
                adjectives |= {key(word): place for word in split(row["demonyms"])}
                names |= {(row["code"], fold(name)) for name in split(row["names"])}
                for short in {short.replace(" ", "") for short in split(row["abbreviations"])}:
                    abbreviations[short].append(place)
        return _Divisions(adjectives, dict(abbreviations), frozenset(names))

    def lookup(self, name: str) -> tuple[Place, ...]:
        """All places of a name.

        Args:
            name: as written; case, accents, hyphens and a leading "the" make no difference, save that short
                abbreviations ("US", "U.K.") must be in capitals.

        Returns:
            Candidates, largest population first; empty if the name is not known.
        """
        return self._cached(name) if len(name) <= MAX_NAME else ()

    def _look_up(self, name: str) -> tuple[Place, ...]:
        folded, form = fold(name), key(name)
        if form != folded and form in self._named:
            return tuple(self._named[form])
        if len(folded) < 4 and name.isupper():  # an abbreviation that stands for no place: "EU" is not the town of Eu
            return ()
        packed = [self._place(i) for i in self._indices([folded])]
        return tuple(sorted([*self._named.get(folded, ()), *packed], key=lambda place: -place.population))

    def similar(self, name: str) -> list[Place]:
        """Places whose name differs by one letter (added, left out, exchanged, or two swapped).

        Args:
            name: a name as written, of at least six letters.

        Returns:
            Candidates, largest population first (Norvig's one-edit neighbourhood, looked up exactly).
        """
        folded = fold(name)
        if not SHORTEST_FUZZY <= len(folded) <= KEY_WIDTH:
            return []
        places = dict.fromkeys(self._indices(list(one_edit(folded))))
        return sorted(map(self._place, places), key=lambda place: -place.population)

    def adjective(self, word: str) -> Place | None:
        """The place that an adjective or the name of a people belongs to.

        Args:
            word: as written: "Russian", "Texans", "Kurdish".

        Returns:
            A country, division or region, or `None`.
        """
        if not word[:1].isupper() and not word.startswith("sub-"):
            return None
        form = key(word)
        return self._hand_kept.adjectives.get(form) or self._adjectives.get(form)

    def abbreviation(self, word: str) -> list[Place]:
        """First-order divisions by the abbreviation used behind a town's name: "W.Va.", "Calif.", "TX", "B.C."."""
        return self._hand_kept.abbreviations.get(word.replace(" ", ""), [])

    def is_usual(self, place: Place, name: str) -> bool:
        """Whether a place is usually called by a name: its first name, a country's, or one kept by hand."""
        folded = fold(name)
        usual = place.kind == "country" or fold(place.name) == folded
        return usual or (place.kind == "admin1" and (place.admin1 or "", folded) in self._hand_kept.names)

    def division(self, code: str) -> Place | None:
        """The first-order division with a GeoNames code such as "RU.30"."""
        index = self._divisions.get(code)
        return None if index is None else self._place(index)

    def _indices(self, folded: list[str]) -> Iterator[int]:
        keys = self._data["keys"]
        packed = (name.encode("ascii", "ignore")[:KEY_WIDTH].strip(b" \0") for name in folded)
        wanted = np.array([name for name in packed if name], keys.dtype)
        first, last = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
        for begin, end in zip(first.tolist(), last.tolist(), strict=True):
            yield from self._data["key_place"][begin:end].tolist()

    def _place(self, index: int) -> Place:
        data, ends = self._data, self._line_ends
        name = data["names"][ends[index - 1] + 1 if index else 0 : ends[index]].tobytes().decode()
        return Place(
            name=name,
            kind=KINDS[data["kind"][index]],
            lat=int(data["lat"][index]) / 1000,
            lon=int(data["lon"][index]) / 1000,
            country=str(data["countries"][data["country"][index]]) or None,
            geonames=int(data["geonames"][index]) or None,
            population=int(data["population"][index]),
            admin1=str(data["admins"][data["admin1"][index]]) or None,
        )


def one_edit(word: str) -> Iterator[str]:
    """All strings one edit away from a folded name, which keep its first letter."""
    for i in range(1, len(word) + 1):
        head, tail = word[:i], word[i:]
        for letter in string.ascii_lowercase + " ":
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _read_extra(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
            raise OptionError(f"{path}: not a table of places, it lacks the column {missing[0]}")
        return [_checked(path, row) for row in reader]


def _checked(path: Path, row: dict[str, str]) -> dict[str, str]:
    full = {name: row[name] or "" for name in COLUMNS}
    try:
        good = -90 <= float(full["lat"]) <= 90 and -180 <= float(full["lon"]) <= 180
    except ValueError:
        good = False
    if not good or full["kind"] not in KINDS or not full["name"]:
        raise OptionError(
            f"{path}: cannot use the place {full['name']!r}: kind {full['kind']!r}, at {full['lat']}, {full['lon']}"
        )
    return full


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, read when first used."""
    return Gazetteer()
