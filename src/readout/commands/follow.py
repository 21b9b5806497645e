"""`readout follow`: the feeds and sitemaps of a beat, gone through again and again."""

from __future__ import annotations

import time
import tomllib
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readout.commands.add import database, progress, report
from readout.errors import OptionError

if TYPE_CHECKING:
    from readout.ingest.fetch import Fetcher
    from readout.record import Record


@dataclass(frozen=True)
class Beat:
    """What is followed, as a file says it.

    Attributes:
        sources: addresses of feeds (RSS, Atom) and sitemaps.
        db: the record; a path is taken from the beat's folder.
        every: minutes between two rounds.
        recheck: hours after which an article is looked at again for changes.
        delay: seconds between two requests to a site; a longer delay that its robots.txt asks for is kept.
    """

    sources: tuple[str, ...]
    db: str | None = None
    every: float = 30
    recheck: float = 6
    delay: float = 1


def beat(path: Path) -> Beat:
    """Read a beat's file.

    Raises:
        OptionError: it is damaged, or has a key or a value that makes no sense.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OptionError(f"{path}: cannot be read as TOML ({' '.join(str(error).split())[:120]})") from None
    known = {field.name for field in fields(Beat)}
    if unknown := sorted(given.keys() - known):
        raise OptionError(f"{path}: {unknown[0]}: no such key; there are {', '.join(sorted(known))}")
    sources = given.get("sources")
    if not isinstance(sources, list) or not sources or not all(_is_address(source) for source in sources):
        raise OptionError(f"{path}: sources: give a list of addresses of feeds or sitemaps")
    for key in ("every", "recheck", "delay"):
        if key in given and not (_is_number(given[key]) and 0 <= given[key] <= 100_000):
            raise OptionError(f"{path}: {key}: give a number, 0 or more")
    if "db" in given and not isinstance(given["db"], str):
        raise OptionError(f"{path}: db: give a file or a database address")
    return Beat(**{**given, "sources": tuple(sources)})


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@click.command()
@click.argument("beat_file", metavar="BEAT.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--once", is_flag=True, help="Go through all sources once, and end.")
@click.option("--model", metavar="NAME", help="Name or folder of another pipeline.")
@database
def follow(beat_file: Path, once: bool, model: str | None, db: str | None) -> int:
    """Follow the feeds and sitemaps of a beat.

    BEAT.toml names them: sources = ["https://…/feed.rss", …]; db, every (minutes), recheck (hours) and delay (seconds)
    may be given too. Sites' robots.txt is obeyed, and what did not change is not sent again.
    """
    from readout.ingest.fetch import Fetcher
    from readout.record import Record

    chosen = beat(beat_file)
    own = chosen.db if not chosen.db or "://" in chosen.db else str(beat_file.parent / chosen.db)
    with (
        Record(db or own) as record,
        closing(Fetcher(types=None, named=chosen.sources, delay=chosen.delay)) as fetcher,
    ):
        status = _round(chosen, record, fetcher, model)
        while not once:
            time.sleep(chosen.every * 60)
            status = _round(chosen, record, fetcher, model)
    return status


def _round(chosen: Beat, record: Record, fetcher: Fetcher, model: str | None) -> int:
    """Go through all sources once; the exit status that it is worth."""
    from readout.ingest.gather import Gathering
    from readout.record.adding import Adding
    from readout.record.visits import Visits

    visits = Visits(record, chosen.recheck)
    gathering = Gathering(fetcher, last_visit=visits.last, is_due=visits.is_due)
    with progress(gathering) as tick:
        return report(Adding(record, nlp=model, tick=tick).run(gathering.take(chosen.sources)))
