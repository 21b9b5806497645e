"""`readout screen`: names against the sanctions lists, as they stood on a day."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readout.errors import ContentError, OptionError

if TYPE_CHECKING:
    from readout.resolve.names import Hit, NameIndex

SHOWN, EVERY = 5, 1000
"""Hits shown for a bare name, and rows of a file between two lines of progress."""
ADDED = ("match", "list", "entry_id", "entry_name", "score", "candidates")
"""Columns that screening adds to a table: the best hit, and how many candidates there are."""


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...|FILE")
@click.option("--on", "day", metavar="DATE", help="State of the lists on that day; by default today.")
@click.option("--list", "only", multiple=True, metavar="NAME", help="Only this list; may be given several times.")
@click.option("--kind", metavar="KIND", help="What the names name: person, organization, vessel ...")
@click.option("--db", metavar="FILE", help="SQLite file or database address of your lists.")
@click.option("--jsonl", is_flag=True, help="Print the hits of each name as a line of JSON.")
def screen(
    names: tuple[str, ...], day: str | None, only: tuple[str, ...], kind: str | None, db: str | None, jsonl: bool
) -> int:
    """Look for names on the sanctions lists.

    A NAME is looked for as it stands. A FILE is a .jsonl file with a name a line ({id, name, kind?, context?}) or a
    .csv file with the columns name, kind?, country?, city?, birth?, role?; its rows are printed with what was found.
    """
    on = _day(day)
    if fault := unknown_kind(kind):
        raise OptionError(fault)
    path = Path(names[0])
    is_table = len(names) == 1 and path.suffix.lower() in (".jsonl", ".csv")
    if is_table and not path.is_file():
        raise OptionError(f"{path}: no such file")
    search = Search.over(db, on, only)
    for warning in search.warnings:
        click.echo(f"readout: {warning}", err=True)
    if is_table:
        rows = search.table(path) if path.suffix.lower() == ".csv" and not jsonl else search.lines(path)
        return 1 if rows else 0
    for number, name in enumerate(names):
        hits = search.ask(name, kind, None)
        if jsonl:
            click.echo(json.dumps({"id": str(number), "hits": [as_json(h) for h in hits]}, ensure_ascii=False))
        else:
            _show(name, hits, on, search.days)
    return 0


@dataclass
class Search:
    """The names of the entries that were in force on a day."""

    index: NameIndex
    on: date
    warnings: list[str]
    days: dict[str, date]
    """The day of the newest version of each list asked."""
    only: tuple[str, ...] = ()

    @classmethod
    def over(cls, database: str | None, on: date, only: tuple[str, ...]) -> Search:
        """Make the lists ready.

        Raises:
            OptionError: a list named is not there, or the database cannot be opened.
        """
        from readout.resolve.names.cache import prepared

        lists, index = prepared(database)
        if unknown := set(only) - lists.days.keys():
            raise OptionError(f"{', '.join(sorted(unknown))}: no such list; there are {', '.join(lists.days)}")
        days = {name: day for name, day in lists.days.items() if not only or name in only}
        return cls(index, on, lists.warnings(on, only), days, only)

    def ask(self, name: str, kind: str | None, context: Any) -> list[Hit]:
        """The hits of one name."""
        return self.index.screen(name, kind, context, self.on, only=self.only)

    def lines(self, path: Path) -> int:
        """Print the hits of each line of a file; the number of lines that could not be used."""
        bad = 0
        for number, row in _rows(path):
            line: dict[str, Any] = {"id": row.get("id", str(number)) if isinstance(row, dict) else str(number)}
            if fault := _fault(row):
                bad += 1
                click.echo(f"readout: {path} line {number}: {fault}", err=True)
                line |= {"error": fault, "hits": []}
            else:
                context = row.get("context") if isinstance(row.get("context"), dict | str) else _context(row)
                line["hits"] = [as_json(hit) for hit in self.ask(row["name"], _text(row.get("kind")), context)]
            click.echo(json.dumps(line, ensure_ascii=False))
            _tell(number)
        return bad

    def table(self, path: Path) -> int:
        """Print a table with the best hit of each row; the number of rows without a name."""
        bad, out = 0, None
        for number, row in _rows(path):
            if out is None:
                out = csv.DictWriter(sys.stdout, [*row, *ADDED], extrasaction="ignore", lineterminator="\n")
                out.writeheader()
            fault = _fault(row)
            if fault:
                bad += 1
                click.echo(f"readout: {path} line {number}: {fault}", err=True)
            hits = [] if fault else self.ask(row["name"], _text(row.get("kind")), _context(row))
            out.writerow({**row, **_best(hits)})
            _tell(number)
        return bad


def _fault(row: Any) -> str | None:
    """Why a row cannot be screened, if it cannot."""
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        return "no object with a name" if not isinstance(row, dict) else "no name"
    kind = row.get("kind")
    return unknown_kind(kind) if isinstance(kind, str | None) else "a kind that is no text"


def unknown_kind(kind: str | None) -> str | None:
    """What is wrong with a kind, if anything: a word that lists do not use would be taken for a body's."""
    from readout.resolve.names.structure import OTHERS, PERSONS

    if not kind or not kind.strip() or kind.strip().lower() in PERSONS | OTHERS:
        return None
    return f"{kind.strip()[:40]}: no kind; there are person, organization, company, vessel, aircraft, other"


def _tell(number: int) -> None:
    if number % EVERY == 0:
        click.echo(f"readout: {number:,} screened", err=True)


def as_json(hit: Hit) -> dict[str, Any]:
    """A hit as it is printed."""
    return {
        "list": hit.entry.list,
        "entry_id": hit.entry.id,
        "entry_name": hit.entry_name,
        "score": round(hit.score, 4),
        "match": hit.match,
        "features": {name: round(value, 4) for name, value in hit.features.items() if value},
    }


def _best(hits: list[Hit]) -> dict[str, Any]:
    best = next((hit for hit in hits if hit.match), hits[0] if hits else None)
    if best is None:
        return {"match": "false", "candidates": 0}
    found = {key: value for key, value in as_json(best).items() if key != "features"}
    safe = {key: _cell(value) if isinstance(value, str) else value for key, value in found.items()}
    return {**safe, "match": str(best.match).lower(), "candidates": len(hits)}


def _cell(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _rows(path: Path) -> Iterator[tuple[int, Any]]:
    """The rows of a file with their numbers; None for a line that is no JSON."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix.lower() == ".csv":
                table = csv.DictReader(file)
                if "name" not in (table.fieldnames or ()):
                    raise ContentError(f"{path}: no column called name")
                yield from enumerate(table, start=1)
                return
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, _json(line)
    except UnicodeDecodeError:
        raise ContentError(f"{path}: not in UTF-8") from None
    except csv.Error as error:
        raise ContentError(f"{path}: damaged table ({error})") from None


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _context(row: dict[str, Any]) -> dict[str, Any] | None:
    keys = ("country", "city", "birth", "birth_year", "birth_date", "role", "text")
    return {key: row[key] for key in keys if row.get(key)} or None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _show(name: str, hits: list[Hit], on: date, days: dict[str, date]) -> None:
    """A readable answer."""
    from readout.export.plain import plain

    matches = sum(hit.match for hit in hits)
    say = "no match" if not matches else "1 match" if matches == 1 else f"{matches} matches"
    newest = ", ".join(f"{plain(of)} of {day}" for of, day in days.items())
    click.echo(f"{plain(name)}: {say} on the lists as of {on} (newest versions: {newest})")
    for hit in hits[:SHOWN]:
        entry = hit.entry
        since = f", listed {entry.listed_on}" if entry.listed_on else ""
        programmes = f", {', '.join(entry.programmes)}" if entry.programmes else ""
        verdict = "MATCH    " if hit.match else "candidate"
        click.echo(f"  {verdict} {hit.score:.2f}  {plain(entry.name)}, as {plain(hit.entry_name)}")
        click.echo(f"            {plain(f'{entry.list} {entry.id}, {entry.kind}{since}{programmes}')}")
        click.echo(f"            {plain(_reasons(hit))}")
    if len(hits) > SHOWN:
        click.echo(f"  and {len(hits) - SHOWN} more candidates")


def _reasons(hit: Hit) -> str:
    """What speaks for and against, most telling first."""
    from readout.resolve.names.compare import weights
    from readout.resolve.names.features import FEATURES

    kind = "person" if hit.entry.kind == "person" else "other"
    known = dict(zip(FEATURES, weights("screening").of[kind], strict=True))
    told = {name: known.get(name, 1.0) * value for name, value in hit.features.items()}
    named = sorted((n for n in told if abs(told[n]) > 0.05), key=lambda n: -abs(told[n]))[:7]
    return ", ".join(f"{n} {hit.features[n]:.2f}{'' if told[n] > 0 else ' (against)'}" for n in named)


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise OptionError(f"{text}: no day; give it as 2024-03-14") from None
