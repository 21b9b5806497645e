"""The command line. Nothing heavy is imported until a command needs it, so that `readout --help` comes at once.

Exit status: 0 all read; 1 a batch in which something could not be read, or a fault of Readout itself; 2 the one input
could not be read, or the command makes no sense; 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readout import __version__
from readout.commands.add import add
from readout.commands.ask import QUESTIONS
from readout.commands.compare import compare
from readout.commands.desk import desk
from readout.commands.export import export
from readout.commands.follow import follow
from readout.commands.lists import lists
from readout.commands.same import different, same, undecide, unsure
from readout.commands.screen import screen
from readout.errors import ContentError, OptionError, ReadoutError

if TYPE_CHECKING:
    from readout.reading import Failure
    from readout.schema import Readout

INTERRUPTED = 130
UNUSABLE = 2
INCOMPLETE = 1
REPORTED = 100
"""Failures of a batch that are named one by one; the others are counted."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit status.

    Args:
        arguments: the words after the program's name; by default those of this process.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Unicode still gets the rest
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; faults that are to be expected become one line on standard error.

    Args:
        arguments: the words after the program's name; by default those of this process.

    Returns:
        The exit status.
    """
    try:
        status = commands.main(arguments, prog_name="readout", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except ReadoutError as error:
        _say(str(error))
        return UNUSABLE
    return status if isinstance(status, int) else 0


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="readout")
def commands() -> None:
    """Read the news and keep the record: who met whom, who said what, who denied it, and what is due next."""


@commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "form", flag_value="json", help="Print one readout as JSON.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Print a readout a line, in input order, as they are read.")
@click.option("--html", "html", type=click.Path(dir_okay=False, path_type=Path), help="Write one self-contained page.")
@click.option("--published", metavar="DATE", help="Day of publication: 2024-03-14, 2024-03 or a date-time.")
@click.option("--allow-private", is_flag=True, help="Allow addresses in private networks.")
@click.option("--processes", type=click.IntRange(min=1), default=1, show_default=True, help="Worker processes.")
@click.option("--model", metavar="NAME", help="Name or folder of another pipeline.")
@click.option("--gazetteer", type=click.Path(exists=True, dir_okay=False), help="Table or file of places of one's own.")
@click.option("--db", metavar="FILE", help="SQLite file or database address of your sanctions lists.")
@click.option("--no-lists", is_flag=True, help="Screen nobody against sanctions lists.")
def read(
    sources: tuple[str, ...],
    form: str | None,
    html: Path | None,
    published: str | None,
    allow_private: bool,
    processes: int,
    model: str | None,
    gazetteer: str | None,
    db: str | None,
    no_lists: bool,
) -> int:
    """Read articles and show what they say.

    A SOURCE is a file, an address, - for standard input, or a .jsonl file with an article a line. Without --json,
    --jsonl or --html the readout is laid out for the terminal.
    """
    from readout.reading import read_many

    if gazetteer:
        os.environ["READOUT_GAZETTEER"] = gazetteer  # reaches worker processes too
    if no_lists or db:
        os.environ["READOUT_LISTS"] = "off" if no_lists else str(db)
    outcomes = read_many(sources, published=published, nlp=model, allow_private=allow_private, processes=processes)
    if form == "json" or html:
        return _one(outcomes, form, html)
    return _many(outcomes, as_lines=form == "jsonl")


@commands.command()
@click.argument("areas", nargs=-1, metavar="[AREA]...")
@click.option("--shared", type=click.Path(file_okay=False, path_type=Path), help="Folder of the development data.")
@click.option("--update-floor", is_flag=True, help="Make these figures the floors that later ones may not fall below.")
@click.option(
    "--allow-lower", multiple=True, metavar="NAME", help="An area or area.measure whose floor may be lowered."
)
@click.option("--model", metavar="NAME", help="A model's folder or a spaCy pipeline in place of the shipped model.")
@click.option("--readme", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="A README to put them in.")
def evaluate(
    areas: tuple[str, ...],
    shared: Path | None,
    update_floor: bool,
    allow_lower: tuple[str, ...],
    model: str | None,
    readme: Path | None,
) -> int:
    """Measure Readout on public data sets.

    Prints the figures beside their floors, of all areas or of those named. The data are not part of Readout; their
    folder is --shared, else the environment's READOUT_SHARED.
    """
    from readout.evaluate.development import shared_folder
    from readout.evaluate.table import run as measure

    return measure(
        shared_folder(shared), areas, update_floor=update_floor, allow_lower=allow_lower, model=model, readme=readme
    )


commands.add_command(add)
commands.add_command(follow)
commands.add_command(desk)
commands.add_command(export)
commands.add_command(lists)
commands.add_command(compare)
commands.add_command(screen)
for deciding in (unsure, same, different, undecide):
    commands.add_command(deciding)
for question in QUESTIONS:
    commands.add_command(question)


def _one(outcomes: Iterator[Readout | Failure], form: str | None, html: Path | None) -> int:
    """Show the only article; nothing is printed or written before it is known to be the only one."""
    outcome = next(outcomes, None)
    if next(outcomes, None) is not None:
        raise OptionError("--json and --html take one article; use --jsonl for several")
    readout = _readable(outcome)
    if html:
        from readout.export.files import write_whole
        from readout.export.html import page

        write_whole(html, page(readout))
    if form:
        _print_json(readout, indent=2 if form == "json" else None)
    return 0


def _many(outcomes: Iterator[Readout | Failure], *, as_lines: bool) -> int:
    """Show articles as they are read; a lone one that cannot be read is unusable input, not a batch with a gap."""
    from readout.reading import Failure

    failures: list[Failure] = []
    total = 0
    for total, outcome in enumerate(_with_progress(outcomes), start=1):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        elif as_lines:
            _print_json(outcome, indent=None)
        else:
            _print_for_people(outcome, apart=total - len(failures) > 1)
    if total <= 1:
        _readable(failures[0] if failures else outcome if total else None)
    _report(failures, total)
    return INCOMPLETE if failures else 0


def _readable(outcome: Readout | Failure | None) -> Readout:
    from readout.reading import Failure

    if outcome is None:
        raise ContentError("the input holds no article")
    if isinstance(outcome, Failure):
        raise ContentError(_reason(outcome))
    return outcome


def _reason(failure: Failure) -> str:
    reason = str(failure.error)
    return reason if failure.name in reason else f"{failure.name}: {reason}"


def _print_json(readout: Readout, indent: int | None) -> None:
    click.echo(readout.to_json(indent).encode())


def _print_for_people(readout: Readout, *, apart: bool) -> None:
    from readout.export.terminal import console, show

    out = console()
    if apart:
        out.print()
        out.rule(characters="─")
    show(readout, out)


def _with_progress(outcomes: Iterator[Readout | Failure]) -> Iterator[Readout | Failure]:
    """Count what is read, where somebody watches and the readouts themselves go elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.completed} read"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for outcome in outcomes:
            yield outcome
            progress.advance(task)


def _report(failures: list[Failure], total: int) -> None:
    if not failures:
        return
    _say(f"{len(failures)} of {total} could not be read:")
    for failure in failures[:REPORTED]:
        _say(f"  {_reason(failure)}")
    if len(failures) > REPORTED:
        _say(f"  and {len(failures) - REPORTED} more")


def _say(message: str) -> None:
    """One line to standard error, without anything that a hostile file name or address could do to a terminal."""
    from readout.export.plain import plain

    click.echo(f"readout: {plain(message)}", err=True)
