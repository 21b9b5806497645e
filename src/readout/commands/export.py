"""`readout export`: what the record holds, or readouts in a file, in formats that other programs take.

A format of the record is a function from an open record and a day (or None) to pieces of text, one of readouts is made
from them; `FORMATS` and `READOUT_FORMATS` name them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from readout.commands.add import database
from readout.errors import OptionError

if TYPE_CHECKING:
    from readout.record import Record
    from readout.schema import Readout


def _record(record: Record, as_of: str | None) -> Iterator[str]:
    from readout.record.together import together

    for line in together(record, as_of):
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _polecat(readouts: Iterable[Readout]) -> Iterator[str]:
    from readout.export.polecat import polecat

    return polecat(readouts)


def _gdelt(readouts: Iterable[Readout]) -> Iterator[str]:
    from readout.export.cameo import events

    return events(readouts)


def _gdelt_mentions(readouts: Iterable[Readout]) -> Iterator[str]:
    from readout.export.cameo import mentions

    return mentions(readouts)


def _geojson(record: Record, as_of: str | None) -> Iterator[str]:
    from readout.export.geojson import geojson

    yield from geojson(record, as_of)


FORMATS: dict[str, Callable[[Record, str | None], Iterator[str]]] = {"geojson": _geojson, "record": _record}
READOUT_FORMATS: dict[str, Callable[[Iterable[Readout]], Iterator[str]]] = {
    "polecat": _polecat,
    "gdelt": _gdelt,
    "gdelt-mentions": _gdelt_mentions,
}


@click.command()
@click.argument("source", required=False, metavar="[READOUTS.jsonl]")
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS | READOUT_FORMATS)),
    default="record",
    show_default=True,
    help="What to print.",
)
@click.option("--as-of", metavar="DATE", help="Answer as if this were today: what is overdue, which reports are known.")
@database
def export(source: str | None, form: str, as_of: str | None, db: str | None) -> int:
    """Print what the record holds, or the events of readouts in a file.

    The format "record" is JSON lines: articles, actors, events with all their reports, conflicts with both sides, what
    was announced and what became of it, and copies. "polecat" and "gdelt" are tables of coded events, one report at a
    time; they take the record's readouts, or those of a file that `readout read --jsonl` wrote (- is standard input).
    """
    for piece in _pieces(source, form, as_of, db):
        click.echo(piece.encode(), nl=False)
    return 0


def _pieces(source: str | None, form: str, as_of: str | None, db: str | None) -> Iterator[str]:
    if source is not None:
        if form not in READOUT_FORMATS:
            raise OptionError(f"--format {form} is made from a record, and takes no file")
        yield from READOUT_FORMATS[form](readouts_in(source))
        return
    from readout.record import Record

    with Record(db) as record:
        if form in READOUT_FORMATS:
            yield from READOUT_FORMATS[form](readout for _, readout in record.readouts(as_of))
        else:
            yield from FORMATS[form](record, as_of)


def readouts_in(source: str) -> Iterator[Readout]:
    """The readouts of a file of JSON lines, one by one.

    Args:
        source: its path; `-` for standard input.

    Raises:
        OptionError: it cannot be read, or a line is no readout.
    """
    from readout.schema import Readout

    try:
        with click.open_file(source, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    if line.strip():
                        yield Readout.model_validate_json(line)
                except ValueError as wrong:
                    raise OptionError(
                        f"{source}, line {number}: no readout (`readout read --jsonl` makes them)"
                    ) from wrong
    except (OSError, UnicodeDecodeError) as wrong:
        raise OptionError(f"{source}: cannot be read ({wrong})") from wrong
