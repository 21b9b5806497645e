"""Status on a given day: how often the lists say rightly whether an entry was in force.

The gold is the history of the United States' SDN list, 310 dated versions: an entry stood in those from the day it was
first seen to the day it was last seen. The UN list, of which there is one version, gives the days of listing.
"""

import gzip
import io
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from csv import QUOTE_MINIMAL, writer
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from readout.evaluate.development import read_jsonl
from readout.resolve.lists.shipped import shipped
from readout.resolve.lists.store import Lists

SAMPLED = 150
"""Entries taken of each fate: there all the time, gone in the window, come in it, and the few that came and went."""
SEED = 0
PREFIX = "ofac-sdn-"
LATER = timedelta(days=400)

Row = dict[str, Any]


class Question(NamedTuple):
    """Whether an entry was in force on a day, and where that day lies in its history."""

    id: str
    day: date
    when: str
    answer: bool


def evaluate(shared: Path) -> dict[str, float]:
    """Measure the status on a day.

    Args:
        shared: the development data.

    Returns:
        The share of right answers, 0 to 1: `shipped.*` for all entries of the history asked of the list that comes
        with Readout, `versions.*` for a sample of them asked of a store into which all versions were added as OFAC
        publishes them, and `un.*` for a store with the one version of the UN list; each for days before, within and
        after an entry's listing, and over all. `versions.newest_only` is what asking the newest version alone
        would give.
    """
    folder = shared / "data" / "names"
    days = version_days(folder)
    rows = list(read_jsonl(folder / "ofac_sdn_history.jsonl.gz"))
    figures = _rates("shipped", _ask_shipped([q for row in rows for q in questions(row, days)]))
    with tempfile.TemporaryDirectory() as temporary:
        figures |= _measure_versions(sample(rows), days, Path(temporary))
        figures |= _measure_un(folder / "un_consolidated_2026-02-27.jsonl.gz", Path(temporary))
    return figures


def version_days(folder: Path) -> list[date]:
    """The days of the versions in the history, in order."""
    times = json.loads((folder / "ofac_sdn_history.days.json").read_text(encoding="utf-8"))["days"]
    return sorted({date.fromisoformat(time[:10]) for time in times})


def sample(rows: list[Row]) -> list[Row]:
    """Entries of each fate, drawn the same way each time."""
    fates: dict[tuple[bool, bool], list[Row]] = defaultdict(list)
    for row in rows:
        fates[row["listed_before_window"], row["on_list_at_end"]].append(row)
    drawn = random.Random(SEED)
    return [row for fate in sorted(fates) for row in drawn.sample(fates[fate], min(SAMPLED, len(fates[fate])))]


def questions(row: Row, days: list[date]) -> Iterator[Question]:
    """Days before, within and after an entry's listing, as far as the history reaches."""
    key = row["id"].removeprefix(PREFIX)
    first, last = (date.fromisoformat(row[name]) for name in ("first_seen", "last_seen"))
    inside = [day for day in days if first <= day <= last]
    for day in {first, last, inside[len(inside) // 2]}:
        yield Question(key, day, "on", True)
    if not row["listed_before_window"]:
        yield Question(key, days[days.index(first) - 1], "before", False)
        yield Question(key, days[0], "before", False)
    if not row["on_list_at_end"]:
        yield Question(key, days[days.index(last) + 1], "after", False)
        yield Question(key, days[-1], "after", False)


def _ask_shipped(asked: list[Question]) -> Iterator[tuple[Question, bool]]:
    entries = {entry.id: entry for entry in shipped().entries}
    for question in asked:
        entry = entries.get(question.id)
        yield question, (entry is not None and entry.in_force(question.day)) == question.answer


def _measure_versions(rows: list[Row], days: list[date], folder: Path) -> dict[str, float]:
    """Add every version with the sampled entries in it, and ask the store; in a store one version knows nothing."""
    lists, path = Lists(folder / "lists.sqlite"), folder / "sdn.csv"
    for day in days:
        path.write_bytes(as_published([r for r in rows if r["first_seen"] <= str(day) <= r["last_seen"]]))
        lists.add(path, "ofac-sdn", day)
    asked = [question for row in rows for question in questions(row, days)]
    figures = _rates("versions", _ask_store(lists, "ofac-sdn", asked))
    newest = {entry.id for entry in lists.entries("ofac-sdn")}
    lists.close()
    right = [(question.id in newest) == question.answer for question in asked]
    return figures | {"versions.newest_only": sum(right) / len(right)}


def as_published(rows: list[Row]) -> bytes:
    """The table sdn.csv of some entries, in OFAC's columns."""
    text = io.StringIO()
    table = writer(text, quoting=QUOTE_MINIMAL, lineterminator="\r\n")
    for row in rows:
        kind = "-0- " if row["type"] == "entity" else row["type"]
        cells = [row["id"].removeprefix(PREFIX), row["name"], kind, "] [".join(row["programs"]), row.get("title")]
        vessel = [row.get(key) for key in ("call_sign", "vessel_type", "tonnage", "gross_tonnage", "vessel_flag")]
        table.writerow([cell or "-0- " for cell in (*cells, *vessel, row.get("vessel_owner"), row.get("remarks"))])
    return text.getvalue().encode() + b"\x1a"


def _measure_un(packed: Path, folder: Path) -> dict[str, float]:
    """One version, later than all days asked about: the listing date decides."""
    path = folder / "un.jsonl"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    lists = Lists(folder / "un.sqlite")
    lists.add(path, "un", date(2026, 2, 27))
    rows = random.Random(SEED).sample(list(read_jsonl(path)), SAMPLED)
    asked = []
    for row in rows:
        listed = date.fromisoformat(row["listed_on"][:10])  # some have a time zone behind it
        asked += [Question(row["id"], listed - gap, "before", False) for gap in (timedelta(1), LATER)]
        asked += [Question(row["id"], listed + gap, "on", True) for gap in (timedelta(0), LATER)]
    figures = _rates("un", _ask_store(lists, "un", asked))
    lists.close()
    return figures


def _ask_store(lists: Lists, name: str, asked: list[Question]) -> Iterator[tuple[Question, bool]]:
    by_day: dict[date, list[Question]] = defaultdict(list)
    for question in asked:
        by_day[question.day].append(question)
    for day, group in by_day.items():
        there = {entry.id for entry in lists.entries(name, day)}
        yield from ((question, (question.id in there) == question.answer) for question in group)


def _rates(name: str, answered: Iterator[tuple[Question, bool]]) -> dict[str, float]:
    right: dict[str, list[bool]] = defaultdict(list)
    for question, is_right in answered:
        for when in (question.when, "status"):
            right[when].append(is_right)
    return {
        f"{name}.{when}": sum(right[when]) / len(right[when])
        for when in ("before", "on", "after", "status")
        if when in right
    }
