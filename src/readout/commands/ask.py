"""Questions to a record: `readout timeline`, `who`, `said`, `met`, `search`, `due`, `sanctioned`, `diff`, `show`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import click

from readout.commands.add import database

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from readout.record.questions import Answer, Filters

STATUSES = ("occurred", "ongoing", "planned", "denied", "alleged", "hypothetical")
STANCES = ("asserts", "denies", "confirms", "promises", "demands", "accuses", "other")
DUE = ("open", "overdue", "postponed", "fulfilled", "dropped", "denied")
KINDS = ("independent", "state", "official", "agency")
_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

since = click.option("--since", metavar="DATE", help="From this day, month or year on (2024-03-14, 2024-03, 2024).")
until = click.option("--until", metavar="DATE", help="Up to and with this day, month or year.")
place = click.option("--place", metavar="NAME", help="Only there; a country stands for all that lies in it.")
type_ = click.option("--type", metavar="TYPE", help="Only events of this PLOVER type or mode: CONSULT, visit.")
limit = click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Lines at most.")
as_of = click.option("--as-of", metavar="DATE", help="Answer as if this day were today: later reports are left out.")
kind = click.option("--source-kind", type=click.Choice(KINDS), help="Only outlets of this kind.")
by_date = click.option("--dates-only", is_flag=True, help="Do not look for what became of it; much faster.")
as_json = click.option("--json", "form", flag_value="json", help="Print an object a line.")
as_csv = click.option("--csv", "form", flag_value="csv", help="Print a table with a header.")


def narrowed_to(*more: _Decorator) -> _Decorator:
    """The options that narrow a question, and some more."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed((*more, since, until, kind, as_of, database)):
            command = option(command)
        return command

    return decorate


def narrowed(*more: _Decorator) -> _Decorator:
    """The options of a question: those that narrow it, some more, and the form of the answer."""
    return narrowed_to(*more, limit, as_json, as_csv)


@click.command()
@click.argument("name", required=False)
@narrowed(place, type_, click.option("--status", type=click.Choice(STATUSES), help="Only events of this status."))
def timeline(name: str | None, db: str | None, form: str | None, **given: Any) -> None:
    """What happened when, in the order of days: the newest lines within the limit.

    With a NAME only what that one takes part in. What has no day stands on the day of its report.
    """
    from readout.record.questions import timeline as ask

    _answer(db, form, given, lambda connection, filters: ask(connection, filters, name))


@click.command()
@click.argument("name")
@narrowed()
def who(name: str, db: str | None, form: str | None, **given: Any) -> None:
    """Who somebody is by all reports: names, roles, relations, whom events show them with.

    NAME is a full name in any spelling, a person's surname, or any name of a country. So in all questions.
    """
    from readout.record.questions import who as ask

    _answer(db, form, given, lambda connection, filters: ask(connection, name, filters))


@click.command()
@click.argument("name")
@narrowed(
    click.option("--about", metavar="WORDS", help='Only what has these words; "two words" quoted go together.'),
    click.option("--stance", "status", type=click.Choice(STANCES), help="Only statements of this stance."),
)
def said(name: str, about: str | None, db: str | None, form: str | None, **given: Any) -> None:
    """What somebody said, newest first."""
    from readout.record.questions import said as ask

    _answer(db, form, given, lambda connection, filters: ask(connection, name, filters, about))


@click.command()
@click.argument("name")
@click.argument("other", required=False)
@narrowed(place, type_, click.option("--status", type=click.Choice(STATUSES), help="Only meetings of this status."))
def met(name: str, other: str | None, db: str | None, form: str | None, **given: Any) -> None:
    """Meetings of NAME with OTHER, or with anybody: PLOVER's CONSULT, unless --type says otherwise."""
    from readout.record.questions import met as ask

    _answer(db, form, given, lambda connection, filters: ask(connection, filters, name, other))


@click.command()
@click.argument("words", nargs=-1, required=True)
@narrowed(click.option("--statements", is_flag=True, help="Look in what was said, not in whole articles."))
def search(words: tuple[str, ...], statements: bool, db: str | None, form: str | None, **given: Any) -> None:
    """Articles with all these WORDS, best first; copies of one report are one line."""
    from readout.record.questions import search as ask

    wanted = " ".join(f'"{word}"' if " " in word else word for word in words)
    where: Literal["articles", "statements"] = "statements" if statements else "articles"
    _answer(db, form, given, lambda connection, filters: ask(connection, wanted, filters, where))


@click.command()
@narrowed(place, type_, click.option("--status", type=click.Choice(DUE), help="Only what is so."), by_date)
def due(dates_only: bool, db: str | None, form: str | None, **given: Any) -> None:
    """What is due as of today, or of --as-of: overdue, the latest first; then open, the next first.

    What another report tells as done, dropped or denied is shown only if --status asks for it. --since and --until are
    about the time when it is due; --limit is for each of the two.
    """
    from readout.record.questions import due as ask

    _answer(db, form, given, lambda connection, filters: ask(connection, filters, settle=not dates_only))


@click.command()
@narrowed(type_)
def conflicts(db: str | None, form: str | None, **given: Any) -> None:
    """Where reports say otherwise: told and denied, or with other numbers, days or places; the latest first.

    Both sides stand, each with its words, whose word it is, and who reports it. --since and --until are about the
    reports.
    """
    from readout.record.questions import conflicts as ask

    _answer(db, form, given, ask)


@click.command()
@narrowed()
def sanctioned(db: str | None, form: str | None, **given: Any) -> None:
    """Who is under sanctions, by a list or by the reports' own words; those with most sources first."""
    from readout.record.questions import sanctioned as ask

    _answer(db, form, given, ask)


@click.command()
@click.argument("article", metavar="URL")
@as_json
@as_csv
@database
def diff(article: str, db: str | None, form: str | None) -> None:
    """What the later versions of an article gained and lost: sentences, and what was read in them.

    URL is its address, or its id.
    """
    from readout.record.questions import difference

    _answer(db, form, {}, lambda connection, _: difference(connection, article), none="one version, or no change")


@click.command()
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="Print the item, or the article's readout, as JSON.")
@database
def show(id: str, as_json: bool, db: str | None) -> None:
    """An article or an item of the record by its ID, as the lines of answers name it."""
    from readout.export import terminal
    from readout.record import Record

    if ":" in id and "://" not in id:
        _item(id, as_json, db)
        return
    with Record(db) as record:
        readout = record.readout(id)
    if as_json:
        click.echo(readout.to_json(2).encode())
    else:
        terminal.show(readout, terminal.console())


QUESTIONS = (timeline, who, said, met, search, due, conflicts, sanctioned, diff, show)


def _item(id: str, as_json: bool, db: str | None) -> None:
    import json

    from readout.export import answers
    from readout.export.terminal import console
    from readout.record.questions import show as ask

    with _reading(db) as connection:
        line, item = ask(connection, id)
    if as_json:
        click.echo(json.dumps({**line.as_dict(), "item": item}, ensure_ascii=sys.stdout.isatty(), indent=2))
    else:
        answers.show([line], console())


def _answer(
    db: str | None,
    form: str | None,
    given: dict[str, Any],
    ask: Callable[[Connection, Filters], Answer],
    none: str = "nothing of that in the record",
) -> None:
    """Ask, and print the answer."""
    from readout.export import answers
    from readout.export.terminal import console
    from readout.record.questions import Filters

    filters = Filters(**given)
    with _reading(db) as connection:
        found = ask(connection, filters)
    if form == "json":
        answers.write_json(found.lines, sys.stdout)
    elif form == "csv":
        answers.write_csv(found.lines, sys.stdout)
    elif found.lines:
        answers.show(found.lines, console())
    if not found.lines:
        click.echo(f"readout: {none}", err=True)
    elif found.more:
        click.echo(f"readout: there are more than these {len(found.lines)} lines; --limit gives more", err=True)


@contextmanager
def _reading(db: str | None) -> Iterator[Connection]:
    from pathlib import Path

    from readout.errors import SourceError
    from readout.record import Record
    from readout.record.database import default_file

    where = db or str(default_file())
    if "://" not in where and not Path(where).exists():
        raise SourceError(f"{where}: no record there yet; `readout add` makes one")
    with Record(where) as record, record.database.reading() as connection:
        yield connection
