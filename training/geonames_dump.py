"""Reads GeoNames' own dump (https://download.geonames.org/export/dump/), for a gazetteer larger than the shipped one.

The folder holds `allCountries.txt`, or one of `cities500.txt` ... `cities15000.txt`. Their column of alternate names
holds every name of `alternateNamesV2.txt` without its language, so that file is not needed.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "lat", "lon", "class", "code", "country", "cc2", "admin1",
    "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone", "modified",
)  # fmt: skip
MAINS = ("allCountries.txt", "cities500.txt", "cities1000.txt", "cities5000.txt", "cities15000.txt")
FEATURES = {
    "AIRB": "military", "INSM": "military", "MILB": "military", "NVB": "military", "AIRP": "airport", "PRT": "port",
    "PSN": "nuclear", "PS": "facility", "DAM": "facility", "PRN": "facility", "SPCL": "spaceport", "PAL": "site",
    "ISL": "landform", "MT": "landform", "MTS": "landform", "PEN": "landform", "LK": "water", "STM": "water",
    "BAY": "water", "STRT": "water", "SEA": "water", "GULF": "water",
}  # fmt: skip
"""What features of the dump that are neither towns nor divisions become."""


def main_file(folder: Path) -> Path:
    """The dump's table of places in a folder.

    Raises:
        FileNotFoundError: there is none.
    """
    found = next((folder / name for name in MAINS if (folder / name).is_file()), None)
    if found is None:
        raise FileNotFoundError(f"{folder}: holds none of {', '.join(MAINS)}")
    return found


def features(folder: Path) -> Iterator[dict[str, str]]:
    """All rows, alternate names parted by bars as in the shipped sources."""
    with main_file(folder).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE):
            row["alternatenames"] = row["alternatenames"].replace(",", "|")
            yield row


def towns(folder: Path) -> Iterator[dict[str, str]]:
    """Populated places that still are, down to the smallest."""
    return (row for row in features(folder) if row["class"] == "P" and row["code"] not in ("PPLH", "PPLQ", "PPLW"))


def others(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Facilities, waters and the like, each with its kind in the gazetteer."""
    return ((FEATURES[row["code"]], row) for row in features(folder) if row["code"] in FEATURES)


def points(folder: Path, level: str) -> dict[str, tuple[float, float]]:
    """The points of divisions by code.

    Args:
        folder: the dump.
        level: "ADM1" or "ADM2".
    """
    parts = ("country", "admin1") if level == "ADM1" else ("country", "admin1", "admin2")
    return {
        ".".join(row[part] for part in parts): (float(row["lat"]), float(row["lon"]))
        for row in features(folder)
        if row["code"] == level
    }
