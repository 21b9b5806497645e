"""The file of places: fixed-width records and hashed names, looked up where they lie, without reading the file whole.

A magic line and the header's length stand first, then the header (JSON: where each section lies, divisions with their
countries), then the sections. A folded name is looked up by a 48-bit hash (BLAKE2b): its first 16 bits choose a bucket,
in which the other 32 bits stand sorted; one unknown name in some 500 million is mistaken for a known one. Numbers are
little-endian. `write` makes the file, `PlaceFile` maps it into memory, which processes on one machine share; a small
file may be packed with gzip (`.gz`), and is unpacked when opened.
"""

import gzip
import json
import mmap
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from readout.errors import OptionError

MAGIC = b"readout places 1\n"
PACKED = ".gz"
RECORD = struct.Struct("<IiiIHHB")
"""Where the name begins, latitude and longitude, GeoNames id, division, inhabitants, kind."""
DEGREE = 10_000
BUCKETS = 1 << 16
KINDS = (
    "country", "admin1", "admin2", "city", "region", "water", "landform", "airport", "port",
    "military", "nuclear", "spaceport", "facility", "site",
)  # fmt: skip
"""What a place can be: a country, a first or second-order division, a town, a region of the news, a sea or river, an
island or mountain range, and facilities."""
PEOPLE = tuple(mantissa * 10**power for power in range(9) for mantissa in range(100))
"""Numbers of two significant digits, by their code in the file."""


class Stored(NamedTuple):
    """One place as the file holds it."""

    name: str
    kind: str
    """One of `KINDS`."""
    lat: float
    lon: float
    country: str | None
    """ISO 3166-1 alpha-3."""
    geonames: int | None
    population: int
    admin1: str | None
    """GeoNames' code of the first-order division, such as "RU.30"."""


class PlaceFile:
    """A file of places, opened for look-ups.

    Args:
        path: a file that `write` made, packed if it ends in `.gz`.

    Raises:
        OptionError: the file cannot be opened, or is none of these.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._bytes = memoryview(gzip.decompress(path.read_bytes()) if path.suffix == PACKED else _mapped(path))
            head = self._header()
            self._hashes, self._places, self._buckets = (
                self._section(head, part).cast("I") for part in ("hashes", "places", "buckets")
            )
        except (OSError, ValueError, KeyError, TypeError, EOFError, zlib.error, struct.error) as error:
            raise OptionError(f"{path}: not a file of places ({error})") from error
        self._records, self._names = self._section(head, "records"), self._section(head, "names")
        self._divisions: list[tuple[str | None, str | None, int]] = [tuple(row) for row in head["divisions"]]

    def _header(self) -> dict[str, Any]:
        start = len(MAGIC) + 4
        if sys.byteorder != "little" or bytes(self._bytes[: len(MAGIC)]) != MAGIC:
            raise ValueError("it does not begin as one")
        (length,) = struct.unpack_from("<I", self._bytes, len(MAGIC))
        header = json.loads(bytes(self._bytes[start : start + length]))
        if not isinstance(header, dict):
            raise ValueError("its header is damaged")
        return header

    def _section(self, header: dict[str, Any], name: str) -> memoryview:
        start, length = header["sections"][name]
        if start + length > len(self._bytes):
            raise ValueError("it is cut short")
        return self._bytes[start : start + length]

    def __len__(self) -> int:
        return len(self._records) // RECORD.size

    def indices(self, folded: str) -> Sequence[int]:
        """The records of a name.

        Args:
            folded: a name as `folding.fold` gives it.

        Returns:
            Numbers for `place`, in the file's order.
        """
        bucket, rest = hashed(folded)
        first, last = self._buckets[bucket], self._buckets[bucket + 1]
        at = bisect_left(self._hashes, rest, first, last)
        end = at
        while end < last and self._hashes[end] == rest:
            end += 1
        return self._places[at:end]

    def place(self, index: int) -> tuple[str, str, float, float, str | None, int | None, int, str | None]:
        """The fields of a record's place, in the order of `Stored`."""
        name, lat, lon, geonames, division, people, kind = RECORD.unpack_from(self._records, index * RECORD.size)
        code, country, _ = self._divisions[division]
        text = str(self._names[name + 1 : name + 1 + self._names[name]], "utf-8")
        return text, KINDS[kind], lat / DEGREE, lon / DEGREE, country, geonames or None, PEOPLE[people], code

    @cached_property
    def divisions(self) -> dict[str, int]:
        """The records of first-order divisions by GeoNames' code."""
        return {code: index for code, _, index in self._divisions if code and index >= 0}


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def hashed(folded: str) -> tuple[int, int]:
    """The bucket of a folded name, and what is compared within it."""
    number = int.from_bytes(blake2b(folded.encode(), digest_size=6).digest(), "little")
    return number & 0xFFFF, number >> 16


def write(path: Path, places: Sequence[tuple[Stored, Iterable[str]]]) -> None:
    """Write a file of places; the same places give the same bytes.

    Args:
        path: the file to be made, packed if it ends in `.gz`.
        places: places in the order they are to have, each with its folded names.
    """
    divisions = sorted({(place.admin1 or "", place.country or "") for place, _ in places})
    number = {division: i for i, division in enumerate(divisions)}
    holder = {(p.admin1 or "", p.country or ""): i for i, (p, _) in enumerate(places) if p.kind == "admin1"}
    names, starts = bytearray(), dict[str, int]()
    for name in dict.fromkeys(place.name for place, _ in places):
        text = name.encode()[:255].decode(errors="ignore").encode()
        starts[name] = len(names)
        names += bytes([len(text)]) + text
    records = b"".join(
        RECORD.pack(
            starts[p.name], round(p.lat * DEGREE), round(p.lon * DEGREE), p.geonames or 0,
            number[p.admin1 or "", p.country or ""], people_code(p.population), KINDS.index(p.kind),
        )
        for p, _ in places
    )  # fmt: skip
    keys = sorted({(*hashed(name), i) for i, (_, folded) in enumerate(places) for name in folded})
    sections = {
        "hashes": array("I", (rest for _, rest, _ in keys)).tobytes(),
        "places": array("I", (i for _, _, i in keys)).tobytes(),
        "buckets": array("I", bucket_starts([bucket for bucket, _, _ in keys])).tobytes(),
        "records": records,
        "names": bytes(names),
    }
    table = [(code or None, country or None, holder.get((code, country), -1)) for code, country in divisions]
    content = _file(sections, table)
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == PACKED else content)


def bucket_starts(buckets: Sequence[int]) -> Iterator[int]:
    """Where each bucket begins among sorted keys, and where the last one ends."""
    return (bisect_left(buckets, bucket) for bucket in range(BUCKETS + 1))


def people_code(population: int) -> int:
    """The code of a number of inhabitants, rounded to two significant digits."""
    mantissa, power = population, 0
    while mantissa >= 99.5:
        mantissa, power = population / 10 ** (power + 1), power + 1
    return min(round(mantissa) + 100 * power, len(PEOPLE) - 1)


def _file(sections: dict[str, bytes], divisions: list[tuple[str | None, str | None, int]]) -> bytes:
    """The whole file; the header is padded so that every section of numbers begins at a multiple of eight."""
    offsets = {name: [0, len(part)] for name, part in sections.items()}
    room = len(json.dumps({"sections": offsets, "divisions": divisions})) + 16 * len(sections)
    start = len(MAGIC) + 4 + room
    start += -start % 8
    body = bytearray()
    for name, part in sections.items():
        offsets[name][0] = start + len(body)
        body += part + bytes(-len(part) % 8)
    header = json.dumps({"sections": offsets, "divisions": divisions}).encode()
    length = start - len(MAGIC) - 4
    return MAGIC + struct.pack("<I", length) + header.ljust(length) + bytes(body)
