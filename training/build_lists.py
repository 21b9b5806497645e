"""Makes the sanctions list that is shipped: `python -m training.build_lists ../shared/data/names`.

From the history of the United States' SDN list (OFAC; a work of the United States government, in the public domain):
every entry that stood in it between 2021-08-18 and 2024-05-03, with the day on which it was first seen, unless it
stood from the beginning, and the first day on which it was no longer seen. Those days are of the versions that were
kept, 310 in all; an entry that was taken off and put back between shows as one span.
"""

import gzip
import json
import lzma
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from readout.resolve.lists import ofac
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.records import to_text
from readout.resolve.lists.shipped import FILE, NAME
from readout.resolve.lists.values import codes, joined, kind_of, unique

TARGET = Path(__file__).parents[1] / "src" / "readout" / "knowledge" / "data" / FILE
PREFIX = "ofac-sdn-"
NUMBER = re.compile(
    r"\b(?:Passport|SSN|C\.?U\.?R\.?P|R\.?F\.?C|Cedula|NIT|D\.?N\.?I|I\.?F\.?E|National ID|Identification|Tax ID"
    r"|Registration|Registered|Company|Gazette|Licen[cs]e|Folio|Matricula|Certificate|Personal ID|Visa|Credential"
    r"|Driver's|Pilot|ID Card|Residency|Trade|Commercial|RUC|R\.U\.C|C\.U\.I\.[TPT]|V\.A\.T|Number)\b.*\d",
    re.I,
)
"""Items of the remarks that are numbers of documents."""

Row = dict[str, Any]


def main(folder: Path) -> None:
    """Read the history in a folder and write the shipped list."""
    days = version_days(json.loads((folder / "ofac_sdn_history.days.json").read_text(encoding="utf-8"))["days"])
    with gzip.open(folder / "ofac_sdn_history.jsonl.gz", "rt", encoding="utf-8") as lines:
        entries = [entry(json.loads(line), days) for line in lines]
    rows = ",\n".join(map(to_text, entries))
    text = f'{{"name":"{NAME}","from":"{days[0]}","day":"{days[-1]}","entries":[\n{rows}\n]}}'
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{TARGET.name}: {len(entries):,} entries, {TARGET.stat().st_size / 1e6:.2f} MB")


def version_days(times: list[str]) -> list[date]:
    """The days of the versions, each once, in order."""
    return sorted({date.fromisoformat(time[:10]) for time in times})


def entry(row: Row, days: list[date]) -> Entry:
    """One entry of the history."""
    said = ofac.remarks(row.get("remarks", ""))
    strong = [*row.get("former_names", ()), *(alias["name"] for alias in row.get("aliases", ()))]
    places = row.get("addresses", ())
    lands = codes([row.get("vessel_flag"), *(place["country"] for place in places)])
    return Entry(
        list=NAME,
        id=row["id"].removeprefix(PREFIX),
        name=row["name"],
        kind=kind_of(row["type"]),
        aliases=unique(strong, but=row["name"]),
        weak_aliases=unique([*row.get("weak_aliases", ()), *said.weak_aliases]),
        countries=unique([*said.countries, *lands]),
        addresses=unique(ofac.address(place["street"], place["city"], place["country"]) for place in places),
        birth_dates=said.birth_dates,
        positions=ofac.titles(row.get("title")),
        programmes=unique(row["programs"]),
        remarks=joined(row.get("vessel_type"), _without_numbers(said.text), by="; "),
        linked=unique([row.get("vessel_owner"), *said.linked]),
        listed_on=None if row["listed_before_window"] else date.fromisoformat(row["first_seen"]),
        delisted_on=None if row["on_list_at_end"] else next(_later(days, date.fromisoformat(row["last_seen"]))),
    )


def _without_numbers(remarks: str) -> str:
    """Remarks without the numbers of documents, which no news report holds and no screening of news needs."""
    return "; ".join(item for item in remarks.split("; ") if not NUMBER.search(item))


def _later(days: list[date], day: date) -> Iterator[date]:
    return iter(days[bisect_right(days, day) :])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
