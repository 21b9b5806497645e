"""Places by name: a compact gazetteer that ships with the package.

`data/gazetteer.places.gz` (made by `training/build_gazetteer.py`, see `placefile`) holds cities, divisions, airports,
regions and ports. Countries come from `countries`; `data/places.tsv` holds seas, rivers and regions of the news, and
`data/facilities.tsv` bases, plants, cosmodromes, prisons, palaces and the like. Anybody can add places in a table of
the same columns, or read with a larger file. Points of cities and divisions are GeoNames', in degrees.
"""

import os
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal, NamedTuple

from readout.errors import OptionError
from readout.knowledge.countries import countries, key, rows, split
from readout.knowledge.folding import fold
from readout.knowledge.ownplaces import own_rows
from readout.knowledge.placefile import KINDS, PlaceFile

__all__ = ["KINDS", "Gazetteer", "Place", "gazetteer"]

ENVIRONMENT = "READOUT_GAZETTEER"
"""The environment's variable that names tables or files of places to read with, parted as in PATH."""
SHORTEST_FUZZY = 6
LONGEST_FUZZY = 32
MAX_NAME = 80
CACHED = 20_000
"""Names whose places are kept for the next text."""


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
    town: str | None = None
    """The town that a facility lies in or by."""
    precision: Literal["place", "town"] = "place"
    """Whether the point is the place's own or that of its town."""


class _Divisions(NamedTuple):
    """What the hand-kept table adds to GeoNames' first-order divisions."""

    adjectives: dict[str, Place]
    abbreviations: dict[str, list[Place]]
    names: frozenset[tuple[str, str]]
    """Codes with folded names."""


class Gazetteer:
    """The shipped gazetteer, with places of the user's own.

    Args:
        extra: tables of places (.csv or .tsv with the columns of `data/facilities.tsv`), which go before the shipped
            ones, or one file that `training/build_gazetteer.py` made, which takes the place of the shipped one.

    Raises:
        OptionError: a table or file cannot be read, a table lacks a column, or holds a value that cannot be used.
    """

    def __init__(self, extra: Iterable[Path] = ()) -> None:
        paths = list(extra)
        tables = [path for path in paths if path.suffix.lower() in (".csv", ".tsv", ".txt")]
        built = [path for path in paths if path not in tables]
        self._file = PlaceFile(built[-1]) if built else shipped()
        self._cached = lru_cache(maxsize=CACHED)(self._look_up)
        self._named: dict[str, list[Place]] = defaultdict(list)
        self._adjectives: dict[str, Place] = {}
        for path in tables:
            if unknown := self._add_rows(own_rows(path)):
                raise OptionError(f"{path}: {unknown[0]!r} has no point, and its town is not known")
        self._add_rows(rows("places.tsv"))
        self._add_rows(rows("facilities.tsv"))
        self._countries = dict(self._add_countries())
        self._cached.cache_clear()  # towns were looked up before the tables were whole

    def _add_rows(self, table: Iterable[Mapping[str, str]]) -> list[str]:
        """Add the places of a table; gives the names of those that have neither a point nor a known town."""
        unknown = []
        for row in table:
            if (place := self._of_row(row)) is None:
                unknown.append(row["name"])
                continue
            for name in {key(name) for name in (place.name, *split(row["names"]))}:
                self._named[name].append(place)
            for word in split(row.get("demonyms", "")):
                self._adjectives.setdefault(key(word), place)
        return unknown

    def _of_row(self, row: Mapping[str, str]) -> Place | None:
        """The place of a table's row; one without a point has that of its town."""
        town = row.get("town") or None
        place = Place(row["name"], row["kind"], 0.0, 0.0, row["country"] or None, town=town)
        if row["lat"]:
            return place._replace(lat=float(row["lat"]), lon=float(row["lon"]))
        seat = self.town(place)
        return seat and place._replace(lat=seat.lat, lon=seat.lon, admin1=seat.admin1, precision="town")

    def _add_countries(self) -> Iterator[tuple[str, Place]]:
        for c in sorted(countries().values(), key=lambda c: -c.population):
            place = Place(c.name, "country", c.lat, c.lon, c.alpha3, c.geonames, c.population)
            for name in {key(name) for name in (c.name, *c.names)}:
                self._named[name].append(place)
            for word in c.demonyms:
                self._adjectives.setdefault(key(word), place)
            yield c.alpha3, place

    def town(self, place: Place) -> Place | None:
        """The town that a facility lies in or by: of that name and country, the nearest to it, else the largest."""
        if place.town is None:
            return None
        same = [p for p in self.lookup(place.town) if p.kind == "city" and p.country in (place.country, None)]
        if place.precision == "place" and (place.lat or place.lon):
            return min(same, key=lambda p: abs(p.lat - place.lat) + abs(p.lon - place.lon), default=None)
        return same[0] if same else None

    def parents(self, place: Place) -> list[Place]:
        """What a place lies in, the nearest first.

        Args:
            place: any place.

        Returns:
            Town, first-order division and country, as far as they are known and not the place itself.
        """
        town = self.town(place)
        code = place.admin1 or (town.admin1 if town else None)
        division = self.division(code) if code else None
        country = self._countries.get(place.country or "")
        return [parent for parent in (town, division, country) if parent is not None and parent != place]

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
        places = [*self._named.get(folded, ()), *map(self._place, self._file.indices(folded))]
        if len(places) > 1:
            places.sort(key=lambda place: -place.population)
        return tuple(places)

    def similar(self, name: str) -> list[Place]:
        """Places whose name differs by one letter (added, left out, exchanged, or two swapped).

        Args:
            name: a name as written, of at least six letters.

        Returns:
            Candidates, largest population first (Norvig's one-edit neighbourhood, looked up exactly).
        """
        folded = fold(name)
        if not SHORTEST_FUZZY <= len(folded) <= LONGEST_FUZZY:
            return []
        places = dict.fromkeys(i for near in dict.fromkeys(one_edit(folded)) for i in self._file.indices(near))
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
        index = self._file.divisions.get(code)
        return None if index is None else self._place(index)

    def _place(self, index: int) -> Place:
        return Place(*self._file.place(index))


@cache
def shipped() -> PlaceFile:
    """The file of places that comes with the package."""
    with as_file(files("readout.knowledge.data").joinpath("gazetteer.places.gz")) as path:
        return PlaceFile(path)


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


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer with what the environment's `READOUT_GAZETTEER` adds, read when first used.

    Raises:
        OptionError: a table or file of the environment's cannot be used.
    """
    return Gazetteer(Path(name) for name in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if name)
