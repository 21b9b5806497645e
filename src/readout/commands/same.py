"""`readout unsure`, `same`, `different`, `undecide`: who is who, where names alone do not tell."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import click

from readout.commands.add import database
from readout.errors import OptionError, SourceError

if TYPE_CHECKING:
    from readout.record import Record
    from readout.resolve.identity import Actor, Identity

by = click.option("--by", metavar="NAME", help="Who decides; by default you.")
why = click.option("--why", metavar="TEXT", help="The reason.")


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Pairs at most.")
@click.option("--json", "as_json", is_flag=True, help="Print an object a line.")
@database
def unsure(limit: int, as_json: bool, db: str | None) -> None:
    """Pairs of actors that may be one by their names, and nothing else tells: the likest first, with their ids."""
    with _open(db) as record:
        found = _identity(record).unsure()
    for score, *both in found[:limit]:
        if as_json:
            sides = [{"id": a.id, "name": a.name, "kind": a.kind, "country": a.country} for a in both]
            click.echo(json.dumps({"score": round(score, 4), "actors": sides}, ensure_ascii=False))
        else:
            click.echo(f"{score:.2f}  {_shown(both[0])}\n      {_shown(both[1])}")
    if not found:
        click.echo("readout: no pair is unsure", err=True)


@click.command()
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@by
@why
@database
def same(one: str, other: str, by: str | None, why: str | None, db: str | None) -> None:
    """Decide that two actors, by their ids, are one, in conflicts and the exported record; `undecide` takes it back."""
    _decide(one, other, "positive", by, why, db)


@click.command()
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@by
@why
@database
def different(one: str, other: str, by: str | None, why: str | None, db: str | None) -> None:
    """Decide that two actors, by their ids, are not one."""
    _decide(one, other, "negative", by, why, db)


@click.command()
@click.argument("number", type=int)
@database
def undecide(number: int, db: str | None) -> None:
    """Take the decision of that NUMBER back; it stays in the record with the moment of it."""
    with _open(db) as record:
        record.undo(number)


def _decide(
    one: str, other: str, verdict: Literal["positive", "negative"], by: str | None, why: str | None, db: str | None
) -> None:
    with _open(db) as record:
        known = _identity(record)
        members = {known.stable(node) for actor in known.actors for node in actor.members}
        if missing := sorted({one, other} - members):
            raise OptionError(f"{missing[0][:80]}: no actor of that id; `readout unsure` shows them")
        if one == other:
            raise OptionError(f"{one[:80]}: give two actors")
        made = record.decide(f"{one} = {other}", verdict, by or getpass.getuser(), why)
    click.echo(f"decision {made.key}; readout undecide {made.key} takes it back")


def _identity(record: Record) -> Identity:
    from readout.record.decisions import decided
    from readout.record.together import reports
    from readout.resolve.identity import Identity

    with record.database.reading() as connection:
        decisions = decided(connection)
    return Identity(reports(record), decisions)


def _shown(actor: Actor) -> str:
    from readout.export.plain import plain

    told = ", ".join(part for part in (actor.kind, actor.country) if part)
    return f"{plain(actor.id)}  {plain(actor.name)} ({told}; {len({report for report, _ in actor.members})} reports)"


@contextmanager
def _open(db: str | None) -> Iterator[Record]:
    from pathlib import Path

    from readout.record import Record
    from readout.record.database import default_file

    where = db or str(default_file())
    if "://" not in where and not Path(where).exists():
        raise SourceError(f"{where}: no record there yet; `readout add` makes one")
    with Record(where) as record:
        yield record
