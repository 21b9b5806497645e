"""`readout add`: articles from wherever they are into a record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from readout.ingest.gather import Gathering
    from readout.record.adding import Summary

SHOWN = 100
"""Failures that are named one by one; the others are counted."""
database = click.option(
    "--db", metavar="FILE", help="SQLite file or database address of the record; by default in your data directory."
)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--published", metavar="DATE", help="Day of publication of all: 2024-03-14, 2024-03 or a date-time.")
@click.option("--again", is_flag=True, help="Read also what the record has a readout of.")
@click.option("--processes", type=click.IntRange(min=1), help="Worker processes; of a cluster, actors. [1; all cores]")
@click.option("--cluster", metavar="ADDRESS", help="Read on a Ray cluster (HOST:PORT of its head), or local.")
@click.option("--model", metavar="NAME", help="Name or folder of another pipeline.")
@database
def add(
    sources: tuple[str, ...],
    published: str | None,
    again: bool,
    processes: int | None,
    cluster: str | None,
    model: str | None,
    db: str | None,
) -> int:
    """Read articles into the record.

    A SOURCE is a file (text, Markdown, HTML, PDF, mail), a folder, a zip or WARC archive, a .jsonl file of articles or
    of readouts already made, the address of an article, a feed or a sitemap, or - for standard input. What the record
    has is not read again; interrupt it when you like, and give the same command to go on.
    """
    from readout.ingest.fetch import Fetcher
    from readout.ingest.gather import Gathering, Visit
    from readout.record import Record
    from readout.record.adding import Adding

    with Record(db) as record, closing(Fetcher(types=None, named=sources)) as fetcher:

        def last_visit(url: str) -> Visit | None:
            known = record.visit(url)
            return Visit(url, known[0], known[1]) if known and not again else None

        gathering = Gathering(fetcher, published=published, last_visit=last_visit)
        with progress(gathering) as tick:
            adding = Adding(record, nlp=model, processes=processes, cluster=cluster, again=again, tick=tick)
            summary = adding.run(gathering.take(sources))
    return report(summary)


def report(summary: Summary) -> int:
    """Say what came of it, and what failed and why; the exit status."""
    from readout.export.plain import plain

    names = {"new": "new", "revision": "revisions", "reread": "read again", "same": "already there"}
    counts = [f"{summary.states[state]:,} {name}" for state, name in names.items() if summary.states[state]]
    click.echo(f"{summary.total:,} articles: {', '.join(counts) or 'none added'}, {len(summary.failures):,} failed")
    for failure in summary.failures[:SHOWN]:
        reason = str(failure.error)
        click.echo(f"readout: {plain(reason if failure.name in reason else f'{failure.name}: {reason}')}", err=True)
    if len(summary.failures) > SHOWN:
        click.echo(f"readout: and {len(summary.failures) - SHOWN:,} more", err=True)
    return 1 if summary.failures else 0


@contextmanager
def progress(gathering: Gathering) -> Iterator[Callable[[], None]]:
    """A bar with rate and time left while somebody watches; gives what is to be called after each article."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate, left = TextColumn("{task.fields[rate]}"), TimeRemainingColumn()
    with Progress(BarColumn(), MofNCompleteColumn(), rate, left, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="")

        def tick() -> None:
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, advance=1, total=gathering.expected, rate=f"{speed:.1f}/s" if speed else "")

        yield tick
