"""`readout lists`: add versions of sanctions lists, show what is there, and what changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from readout.errors import OptionError

if TYPE_CHECKING:
    from readout.resolve.lists.entry import Entry

database = click.option(
    "--db", metavar="FILE", help="SQLite file or database address; by default in your data directory."
)


@click.group()
def lists() -> None:
    """Keep the sanctions lists that names are screened against, with all their versions."""


@lists.command()
@click.argument("source", metavar="FILE|URL")
@click.option("--as", "name", required=True, metavar="NAME", help="Name of the list: ofac-sdn, un, eu, uk, or another.")
@click.option("--on", "day", metavar="DATE", help="Day the list is of; by default the one it states, else today.")
@click.option("--allow-private", is_flag=True, help="Allow addresses in private networks.")
@database
def add(source: str, name: str, day: str | None, allow_private: bool, db: str | None) -> None:
    """Add a version of a list, whole or not at all.

    FILE|URL is a list as published: OFAC (CSV or XML), UN (XML), EU (XML or CSV), UK (XML or CSV), FollowTheMoney
    entities, or JSON lines or CSV of your own with id and name. Its format is told by its content.
    """
    from readout.resolve.lists.store import Lists

    added = Lists(db).add(source, name, _day(day), allow_private=allow_private)
    version = added.version
    state = "added" if added.is_new else "already there, nothing changed"
    click.echo(f"{_plain(version.name)} of {version.day}: {version.entries:,} entries ({version.form}), {state}")


@lists.command()
@database
def show(db: str | None) -> None:
    """Show the lists and their newest versions."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from readout.resolve.lists.place import default_file
    from readout.resolve.lists.shipped import shipped
    from readout.resolve.lists.store import Lists

    table = Table("list", "versions", "from", "newest", "entries", "format", "source", box=None)
    came = shipped()
    now = sum(entry.in_force(came.day) for entry in came.entries)
    table.add_row(came.name, "-", str(came.since), str(came.day), f"{now:,}", "-", "comes with Readout")
    kept = Lists(db) if db or default_file().exists() else None
    for name in kept.names() if kept else ():
        versions = kept.versions(name) if kept else []
        new = versions[-1]
        cells = name, str(len(versions)), str(versions[0].day), str(new.day), f"{new.entries:,}", new.form, new.source
        table.add_row(*(escape(_plain(cell)) for cell in cells))
    Console().print(table)
    if (kept is None or came.name not in kept.names()) and (warning := came.warning()):
        click.echo(f"readout: {warning}", err=True)


@lists.command()
@click.argument("name")
@click.option("--from", "before", metavar="DATE", help="Earlier day; by default that of the version before the newest.")
@click.option("--to", "after", metavar="DATE", help="Later day; by default that of the newest version.")
@database
def changes(name: str, before: str | None, after: str | None, db: str | None) -> None:
    """Show which entries of a list were added (+), changed (~) and removed (-) between two days."""
    from readout.resolve.lists.store import Lists

    found = Lists(db).changes(name, _day(before), _day(after))
    for entry in found.added:
        _line("+", entry)
    for old, new in found.changed:
        _line("~", new, ", ".join(_fields(old, new)))
    for entry in found.removed:
        _line("-", entry)
    click.echo(f"{len(found.added):,} added, {len(found.changed):,} changed, {len(found.removed):,} removed")


def _fields(old: Entry, new: Entry) -> list[str]:
    return [key for key in new.__dataclass_fields__ if getattr(old, key) != getattr(new, key)]


def _line(sign: str, entry: Entry, more: str = "") -> None:
    programmes = ", ".join(entry.programmes)
    click.echo(_plain(f"{sign} {entry.id} {entry.name}" + (f" [{more or programmes}]" if more or programmes else "")))


def _plain(text: str) -> str:
    from readout.export.plain import plain

    return plain(text)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OptionError(f"{text}: no day; give it as 2024-03-14") from None
