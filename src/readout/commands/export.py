"""`readout export`: what the record holds, in formats that other programs take.

A format is a function from an open record and a day (or None) to pieces of text; `FORMATS` names them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from readout.commands.add import database

if TYPE_CHECKING:
    from readout.record import Record


def _record(record: Record, as_of: str | None) -> Iterator[str]:
    from readout.record.together import together

    for line in together(record, as_of):
        yield json.dumps(line, ensure_ascii=False) + "\n"


FORMATS: dict[str, Callable[[Record, str | None], Iterator[str]]] = {"record": _record}


@click.command()
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="record", show_default=True)
@click.option("--as-of", metavar="DATE", help="Answer as if this were today: what is overdue, which reports are known.")
@database
def export(form: str, as_of: str | None, db: str | None) -> int:
    """Print what the record holds.

    The format "record" is JSON lines: articles, actors, events with all their reports, conflicts with both sides, what
    was announced and what became of it, and copies.
    """
    from readout.record import Record

    with Record(db) as record:
        for piece in FORMATS[form](record, as_of):
            click.echo(piece.encode(), nl=False)
    return 0
