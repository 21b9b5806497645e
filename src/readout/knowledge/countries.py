"""Countries by the words the news has for them: names, adjectives and peoples, capitals, seats of government.

The tables are `data/countries.tsv` (ISO 3166-1 codes; names, capitals and points after GeoNames, variants and demonyms
kept by hand), `data/countries_parts.tsv` (parts that the news calls by their own name) and `data/countries_seats.tsv`
(buildings and places whose name stands for a government).
"""

import csv
import io
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from readout.knowledge.folding import fold

SPEAKING_CAPITAL = 200_000
"""Inhabitants a country needs for its capital's name to be read as its government: below, the capital's name mostly
means somebody or something else in English news (Victoria, Hamilton, Stanley, Douglas)."""
KOREAS = {"the North": "PRK", "the South": "KOR"}


class Country(NamedTuple):
    """One country or territory with an ISO 3166-1 code (or XKX, Kosovo)."""

    alpha2: str
    alpha3: str
    geonames: int
    name: str
    capital: str
    lat: float
    """GeoNames' point for the country, degrees."""
    lon: float
    population: int
    names: tuple[str, ...]
    """Other names, as in news."""
    demonyms: tuple[str, ...]
    """Adjectives and names of the people."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table in `knowledge/data`.

    Args:
        name: file name of a tab-separated table with a header line.

    Returns:
        One dictionary a line, by column.
    """
    text = files("readout.knowledge.data").joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)


def split(cell: str) -> tuple[str, ...]:
    """The items of a cell that holds several, parted by bars."""
    return tuple(item for item in cell.split("|") if item)


@cache
def countries() -> dict[str, Country]:
    """All countries by alpha-3 code."""
    return {row["alpha3"]: _country(row) for row in rows("countries.tsv")}


def _country(row: dict[str, str]) -> Country:
    return Country(
        alpha2=row["alpha2"],
        alpha3=row["alpha3"],
        geonames=int(row["geonames"]),
        name=row["name"],
        capital=row["capital"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=int(row["population"]),
        names=split(row["names"]),
        demonyms=split(row["demonyms"]),
    )


@cache
def alpha3_of(alpha2: str) -> str | None:
    """The ISO 3166-1 alpha-3 code for an alpha-2 code."""
    return next((c.alpha3 for c in countries().values() if c.alpha2 == alpha2), None)


def country_of(text: str, mentioned: Collection[str] = ()) -> str | None:
    """The country that a name stands for.

    Args:
        text: a name as written: "Britain", "U.S.", "the Russian Federation", "DPRK", "Scotland".
        mentioned: alpha-3 codes of countries the article names in full; only with North Korea or South Korea among
            them do "the North" and "the South" stand for a country.

    Returns:
        ISO 3166-1 alpha-3, or `None`. Names of parts ("Chechnya") give the country that they belong to under
        international law.
    """
    if text in KOREAS:
        return KOREAS[text] if not {"PRK", "KOR"}.isdisjoint(mentioned) else None
    return _look_up(_names(), text)


def demonym(text: str) -> str | None:
    """The country that an adjective or the name of a people belongs to.

    Args:
        text: as written: "Emirati", "Kyrgyz", "South Koreans".

    Returns:
        ISO 3166-1 alpha-3, or `None`.
    """
    return _look_up(_demonyms(), text)


def capital_of(alpha3: str) -> str | None:
    """The name of a country's capital.

    Args:
        alpha3: ISO 3166-1 alpha-3.

    Returns:
        The seat of government's usual English name, or `None`.
    """
    country = countries().get(alpha3)
    return (country.capital or None) if country else None


def seat_of_power(text: str) -> str | None:
    """The country whose government a place name can stand for.

    Args:
        text: as written: "the Kremlin", "Downing Street", "Beijing".

    Returns:
        ISO 3166-1 alpha-3, or `None`. Whether the government is meant is for the sentence to say.
    """
    return _look_up(_seats(), text)


def _look_up(table: dict[str, str], text: str) -> str | None:
    if not text[:1].isupper() and not text.startswith("the "):
        return None
    return table.get(key(text)) or table.get(fold(text))


def key(text: str) -> str:
    """The form under which a name is kept: folded, but abbreviations ("US", "U.S.") stay in capitals."""
    bare = text.removeprefix("the ").replace(".", "").replace(" ", "")
    if bare.isupper() and len(bare) <= 5 and bare.isascii():
        return bare
    return fold(text)


@cache
def _names() -> dict[str, str]:
    table = {key(row["name"]): row["alpha3"] for row in rows("countries_parts.tsv")}
    for country in countries().values():
        table |= {key(name): country.alpha3 for name in country.names}
    return table | {key(country.name): country.alpha3 for country in countries().values()}


@cache
def _demonyms() -> dict[str, str]:
    table = {key(word): row["alpha3"] for row in rows("countries_parts.tsv") for word in split(row["demonyms"])}
    ordered = sorted(countries().values(), key=lambda c: c.population)
    return table | {key(word): country.alpha3 for country in ordered for word in country.demonyms}


@cache
def _seats() -> dict[str, str]:
    speaking = [c for c in countries().values() if c.capital and c.population >= SPEAKING_CAPITAL]
    table = {key(c.capital): c.alpha3 for c in sorted(speaking, key=lambda c: c.population)}
    return table | {key(row["name"]): row["alpha3"] for row in rows("countries_seats.tsv")}
