"""Places of the user's own: a table, checked row by row."""

import csv
from collections.abc import Iterator
from pathlib import Path

from readout.errors import OptionError
from readout.knowledge.placefile import KINDS

REQUIRED = ("name", "kind")
OPTIONAL = ("country", "lat", "lon", "town", "names", "demonyms")
MAX_BYTES = 100_000_000


def own_rows(path: Path) -> Iterator[dict[str, str]]:
    """The places of a table.

    Args:
        path: comma or tab separated, UTF-8, with a header: `name` and `kind` (one of `placefile.KINDS`); `lat` and
            `lon` in degrees, or a `town` known to the gazetteer, whose point is then taken; `country` (ISO 3166-1
            alpha-3); further `names` and `demonyms`, parted by bars.

    Yields:
        One dictionary a place, with all these columns.

    Raises:
        OptionError: it cannot be read, lacks a column, or holds a value that cannot be used.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise OptionError(f"{path}: too large for a table of places; make a file with training/build_gazetteer.py")
        with path.open(encoding="utf-8-sig", newline="") as file:
            tabs = "\t" in file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter="\t" if tabs else ",")
            yield from (_checked(path, row, reader.line_num) for row in _complete(path, reader))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OptionError(f"{path}: cannot be read as a table of places ({error})") from error


def _complete(path: Path, reader: "csv.DictReader[str]") -> "csv.DictReader[str]":
    if missing := [name for name in REQUIRED if name not in (reader.fieldnames or ())]:
        raise OptionError(f"{path}: not a table of places, it lacks the column {missing[0]}")
    return reader


def _checked(path: Path, row: dict[str, str], line: int) -> dict[str, str]:
    full = {name: (row.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
    try:
        good = -90 <= float(full["lat"]) <= 90 and -180 <= float(full["lon"]) <= 180
    except ValueError:
        good = not full["lat"] and not full["lon"] and bool(full["town"])
    if not good or full["kind"] not in KINDS or not full["name"]:
        at = f"kind {full['kind']!r}, at {full['lat']!r}, {full['lon']!r}, town {full['town']!r}"
        raise OptionError(f"{path}, line {line}: cannot use the place {full['name']!r}: {at}")
    return full
