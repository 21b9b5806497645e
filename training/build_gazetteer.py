"""Make `knowledge/data/gazetteer.places.gz` from GeoNames, Natural Earth and airport tables.

    python training/build_gazetteer.py --shared ../shared
    python training/build_gazetteer.py --shared ../shared --geonames DUMP --out large.places

Reads `data/place` of the development data and `training/us_counties.tsv` (GeoNames code and centre of each county of
the United States: bounding boxes of the Census Bureau's cartographic file cb_2016_us_county_500k, public domain). The
same input gives the same file. With --geonames the towns, points of divisions and other features come from GeoNames'
own dump in that folder (see `geonames_dump`): a larger file, which `readout read --gazetteer large.places` reads.
"""

import argparse
import csv
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from readout.knowledge.countries import alpha3_of, rows, split  # noqa: E402
from readout.knowledge.folding import fold  # noqa: E402
from readout.knowledge.placefile import KINDS, Stored, write  # noqa: E402
from training import geonames_dump  # noqa: E402

TARGET = ROOT / "src/readout/knowledge/data/gazetteer.places.gz"
MANY_NAMES = 15_000
"""Inhabitants from which a city keeps all its names in Latin letters; smaller ones keep those spelt like the first."""
SMALLEST = 500
DISTRICT_PEOPLE = 50_000
"""Inhabitants of a second-order division that the sources do not give: about the median of American counties."""
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’‘ʻ`´.\- ]{3,34}$")
ARTICLE = re.compile(r"a[lrzstdn] |ash |el (?=\w{5})")
"""The Arabic article of a folded name, which the news mostly leaves out."""
GENERIC = re.compile(
    r"^(?:Wilāyat-e|Wilāyat|Velāyat-e|Wilaya de|Wilaya d'|Province of|State of|Region of|Department of|Departamento de|"
    r"Provincia de|Republic of|Respublika|Ostān-e|Muḩāfaz̧at|Oblast|Judetul|Județul|Distrito de|Région|"
    r"Région de|"
    r"Provincia di|Città metropolitana di|Landkreis|Kreis|Concelho de|Municipio de|Município de|Community of|County|"
    r"Kabupaten|Kota|Provinsi|Daerah Istimewa|Département de la|Département du|Département de|"
    r"Département d'|Obshtina)\s+"
    r"|\s+(?:Oblast['’ʹ]*|Kray|Krai|Republic|Province|Governorate|Region|State|District|County|Parish|Borough|Prefecture|"
    r"Department|Voivodeship|Autonomous Region|Autonomous Oblast|Territory|Municipality|Census Area|Municipio|"
    r"Division|"
    r"Regency|Canton|Municipal District|City and County|Council|Sheng|Shi|Shahrestān|Kommune|kommun|"
    r"Län|County Council)$"
)


Points = dict[str, tuple[float, float]]
"""Points of divisions by GeoNames' code."""


class Row(NamedTuple):
    """One place on its way into the file."""

    geonames: int
    name: str
    kind: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    names: frozenset[str]


def table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of a packed tab-separated table with a header."""
    with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def bare(name: str) -> str:
    """A name without the generic word of its administrative level: "Khabarovsk Krai" gives "Khabarovsk"."""
    return GENERIC.sub("", name).strip() or name


def cities(source: Iterable[dict[str, str]]) -> Iterator[Row]:
    """GeoNames' populated places."""
    for row in source:
        population = int(row["population"])
        if 0 < population < SMALLEST and row.get("class") is None:
            continue
        others = row["alternatenames"].split("|")
        if not fold(row["name"]).isascii():  # the first name is in another script
            row["name"] = next((other for other in others if LATIN.match(other)), row["name"])
        names = frozenset(latin_names(row["name"], others, population))
        yield Row(
            int(row["geonameid"]), row["name"], "city", float(row["lat"]), float(row["lon"]), row["country"],
            f"{row['country']}.{row['admin1']}", population, names,
        )  # fmt: skip


def latin_names(name: str, others: list[str], population: int) -> Iterator[str]:
    """A city's names in Latin letters, folded, without airport codes."""
    first = fold(name)
    yield first
    for other in others:
        if not LATIN.match(other) or (other.isupper() and len(other) <= 4) or not other[0].isupper():
            continue
        folded = fold(other)
        if population >= MANY_NAMES or folded[:2] == first[:2]:
            yield folded
    if ARTICLE.match(first):
        yield ARTICLE.sub("", first)


def provinces(folder: Path, towns: list[Row], points: Points) -> Iterator[Row]:
    """First-order divisions: by hand, else from the dump, the middle of their towns, or Natural Earth's label."""
    hand = {row["code"]: row for row in rows("gazetteer_admin1.tsv")}
    labels = natural_earth_labels(folder)
    centre = middles(towns)
    for row in table(folder, "geonames_admin1.tsv.gz"):
        code, names = row["code"], {row["name"], row["asciiname"], bare(row["name"])}
        point = points.get(code) or centre.get(code) or labels.get((code[:2], fold(bare(row["name"]))))
        if (known := hand.get(code)) is not None:
            names |= set(split(known["names"]))
            point = (float(known["lat"]), float(known["lon"]))
        if point is None:
            continue
        names |= (
            {f"{bare(row['name'])} {word}" for word in ("province", "region", "state")}
            if code[:2] not in PLAIN
            else set()
        )
        people = sum(town.population for town in towns_of(code, towns))
        yield Row(
            int(row["geonameid"]), row["name"], "admin1", *point, code[:2], code, people, frozenset(map(fold, names))
        )


PLAIN = frozenset({"US", "CA", "AU", "GB"})
"""Countries whose divisions the news calls by their bare name."""
_TOWNS: dict[str, list[Row]] = defaultdict(list)


def towns_of(code: str, towns: list[Row]) -> list[Row]:
    """The towns of a first-order division."""
    if not _TOWNS:
        for town in towns:
            _TOWNS[town.admin1].append(town)
    return _TOWNS.get(code, [])


def middles(towns: list[Row]) -> dict[str, tuple[float, float]]:
    """The middle of the box around the towns of each first-order division, without the outermost ones.

    GeoNames' own points lie nearer to it (37 km) than to the median town (68 km) or Natural Earth's label (91 km).
    """
    towns_of("", towns)
    return {
        code: (middle([t.lat for t in group]), middle([t.lon for t in group]))
        for code, group in _TOWNS.items()
        if group
    }


def middle(degrees: list[float]) -> float:
    """Half-way between the 3rd and the 97th percentile."""
    return float(np.percentile(degrees, (3, 97)).mean())


def natural_earth_labels(folder: Path) -> dict[tuple[str, str], tuple[float, float]]:
    """The middle of Natural Earth's label points for each province name."""
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in table(folder, "naturalearth_admin1.tsv.gz"):
        points[row["iso_a2"], fold(bare(row["name"]))].append((float(row["lat"]), float(row["lon"])))
    return {
        key: (float(np.median([p[0] for p in group])), float(np.median([p[1] for p in group])))
        for key, group in points.items()
    }


def districts(folder: Path, towns: list[Row], points: Points) -> Iterator[Row]:
    """Second-order divisions whose point is known: American counties, Natural Earth labels, seats of the same name."""
    with (ROOT / "training/us_counties.tsv").open(encoding="utf-8") as file:
        counties = {r["code"]: (float(r["lat"]), float(r["lon"])) for r in csv.DictReader(file, delimiter="\t")}
    labels = natural_earth_labels(folder)
    seats = {(t.admin1, fold(t.name)): t for t in sorted(towns, key=lambda t: t.population)}
    for row in table(folder, "geonames_admin2.tsv.gz"):
        code, short = row["code"], fold(bare(row["name"]))
        admin1 = code.rsplit(".", 1)[0]
        seat = seats.get((admin1, short))
        point = (
            points.get(code)
            or counties.get(code)
            or labels.get((code[:2], short))
            or ((seat.lat, seat.lon) if seat else None)
        )
        if point is None:
            continue
        names = {fold(row["name"]), short}
        if seat is not None and point == (seat.lat, seat.lon):
            names = {fold(row["name"])} - seat.names
        if names:
            people = max(DISTRICT_PEOPLE, seat.population if seat else 0)
            yield Row(int(row["geonameid"]), row["name"], "admin2", *point, code[:2], admin1, people, frozenset(names))


def airfields(folder: Path) -> Iterator[Row]:
    """Airports with an IATA code, and military fields."""
    for row in table(folder, "airports.tsv.gz"):
        military = re.search(r"Air Base|Air Force|Airbase|Naval|Air Station|Army|RAF ", row["name"])
        if not (row["iata"] or military) or not row["name"]:
            continue
        names = {row["name"], row["name"].replace(" International", ""), row["name"].replace("Intl", "International")}
        if row["city"] and row["name"].startswith(row["city"] + " ") and len(row["name"].split()) > 2:
            names.add(row["name"].removeprefix(row["city"] + " ").replace("International ", ""))
        names = {
            n for n in names if len(n.split()) > 1 and n.split()[0] not in ("Airport", "International", "Regional")
        }
        kind = "military" if military else "airport"
        if names:
            point = (float(row["lat"]), float(row["lon"]))
            yield Row(0, row["name"], kind, *point, row["country"], "", 0, frozenset(map(fold, names)))


def regions(folder: Path, hand: frozenset[str]) -> Iterator[Row]:
    """Natural Earth's named regions that the hand-kept table does not have, and ports that are no town."""
    for row in table(folder, "naturalearth_regions.tsv.gz"):
        name = row["name"].title() if row["name"].isupper() else row["name"]
        folded = fold(name.replace("Pen.", "Peninsula").replace("Mts.", "Mountains").replace("I.", "Island"))
        if row["lon"] and len(folded) > 3 and folded not in hand:
            yield Row(
                0, name, "region", float(row["lat"]), float(row["lon"]), "", "", 0, frozenset({folded, fold(name)})
            )


def ports(folder: Path, known: frozenset[str]) -> Iterator[Row]:
    """Natural Earth's ports whose name no other place has."""
    for row in table(folder, "naturalearth_ports.tsv.gz"):
        if fold(row["name"]) not in known:
            yield Row(
                0, row["name"], "port", float(row["lat"]), float(row["lon"]), "", "", 0, frozenset({fold(row["name"])})
            )


def features(dump: Path) -> Iterator[Row]:
    """What GeoNames' dump has beside towns and divisions."""
    for kind, row in geonames_dump.others(dump):
        names = frozenset(latin_names(row["name"], row["alternatenames"].split("|"), MANY_NAMES))
        division = f"{row['country']}.{row['admin1']}"
        point = (float(row["lat"]), float(row["lon"]))
        yield Row(int(row["geonameid"]), row["name"], kind, *point, row["country"], division, 0, names)


def collect(folder: Path, dump: Path | None) -> list[Row]:
    """All places, in the order of the file."""
    towns = list(cities(geonames_dump.towns(dump) if dump else table(folder, "geonames_cities500.tsv.gz")))
    first, second = (geonames_dump.points(dump, level) if dump else {} for level in ("ADM1", "ADM2"))
    hand = frozenset(fold(n) for row in rows("places.tsv") for n in (row["name"], *split(row["names"])))
    places = [*towns, *provinces(folder, towns, first), *districts(folder, towns, second)]
    places += [*airfields(folder), *regions(folder, hand), *(features(dump) if dump else ())]
    known = frozenset(name for place in places for name in place.names)
    places += ports(folder, known)
    return sorted(places, key=lambda p: (p.country, p.admin1, KINDS.index(p.kind), p.name, p.geonames, p.lat, p.lon))


def stored(row: Row) -> tuple[Stored, frozenset[str]]:
    """A place in the form of the file, with those of its names that can be looked up."""
    names = frozenset(name for name in row.names if name.isascii() and len(name) > 1)
    place = Stored(
        row.name, row.kind, row.lat, row.lon, alpha3_of(row.country), row.geonames or None, row.population,
        row.admin1 or None,
    )  # fmt: skip
    return place, names


def main() -> None:
    """Build the file and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds data/place")
    parser.add_argument("--geonames", type=Path, help="folder with GeoNames' own dump")
    parser.add_argument("--out", type=Path, default=TARGET)
    given = parser.parse_args()
    places = list(map(stored, collect(given.shared / "data/place", given.geonames)))
    write(given.out, places)
    names = sum(len(folded) for _, folded in places)
    print(f"{len(places)} places, {names} names, {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
