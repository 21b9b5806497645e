"""`readout export`: what the record holds, or readouts in a file, in formats that other programs take.

A format is a function that yields pieces of text or bytes: of the answer to a question (`OF_EVENTS`, `OF_DUE`), of
readouts one by one (`OF_READOUTS`), of reports whose actors are one (`OF_REPORTS`), or of a whole record (`OF_RECORD`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from readout.commands.ask import STATUSES, narrowed_to, place, type_
from readout.errors import OptionError

if TYPE_CHECKING:
    from readout.record import Record
    from readout.record.questions import Filters, Line
    from readout.resolve.reports import Report
    from readout.schema import Readout

Pieces = Iterator[str | bytes]
ALL = 10**9
"""Lines at most, where no --limit is given."""


def _record(record: Record, as_of: str | None) -> Pieces:
    from readout.record.together import together

    for line in together(record, as_of):
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _ftm(record: Record, reports: Sequence[Report]) -> Pieces:
    from readout.export.ftm import ftm
    from readout.record.decisions import decided
    from readout.resolve.identity import Identity

    with record.database.reading() as connection:
        decisions = decided(connection)
    return iter(ftm(Identity(reports, decisions), reports))


def _gold(record: Record, as_of: str | None) -> Pieces:
    from readout.export.gold import gold
    from readout.record.reviewed import judgements
    from readout.record.together import reports

    return iter(gold(reports(record, as_of, heed=False), judgements(record.decisions())))


def _polecat(readouts: Iterable[Readout]) -> Pieces:
    from readout.export.polecat import polecat

    return iter(polecat(readouts))


def _gdelt(readouts: Iterable[Readout]) -> Pieces:
    from readout.export.cameo import events

    return iter(events(readouts))


def _gdelt_mentions(readouts: Iterable[Readout]) -> Pieces:
    from readout.export.cameo import mentions

    return iter(mentions(readouts))


def _jsonld(readouts: Iterable[Readout]) -> Pieces:
    from readout.export.jsonld import jsonld

    return iter(jsonld(readouts))


def _csv(lines: list[Line]) -> Pieces:
    from readout.export.answers import csv_of

    yield csv_of(line.as_dict() for line in lines)


def _acled(lines: list[Line]) -> Pieces:
    from readout.export.acled import rows
    from readout.export.answers import csv_of

    yield csv_of(rows(lines))


def _geojson(lines: list[Line]) -> Pieces:
    from readout.export.geojson import features

    yield features(lines) + "\n"


def _parquet(lines: list[Line]) -> Pieces:
    from readout.export.parquet import parquet

    yield parquet(lines)


def _atom(lines: list[Line]) -> Pieces:
    from readout.export.atom import feed

    yield feed(lines)


def _ical(lines: list[Line]) -> Pieces:
    from readout.export.ical import calendar

    yield calendar(lines)


OF_RECORD: dict[str, Callable[[Record, str | None], Pieces]] = {
    "gold": _gold, "record": _record,
}  # fmt: skip
OF_REPORTS: dict[str, Callable[[Record, Sequence[Report]], Pieces]] = {"ftm": _ftm}
OF_READOUTS: dict[str, Callable[[Iterable[Readout]], Pieces]] = {
    "polecat": _polecat, "gdelt": _gdelt, "gdelt-mentions": _gdelt_mentions, "jsonld": _jsonld,
}  # fmt: skip
OF_EVENTS: dict[str, Callable[[list[Line]], Pieces]] = {
    "csv": _csv, "acled": _acled, "parquet": _parquet, "atom": _atom, "geojson": _geojson,
}  # fmt: skip
OF_DUE: dict[str, Callable[[list[Line]], Pieces]] = {"ical": _ical}


@click.command()
@click.argument("source", required=False, metavar="[READOUTS.jsonl]")
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(OF_RECORD | OF_REPORTS | OF_READOUTS | OF_EVENTS | OF_DUE)),
    default="record",
    show_default=True,
    help="What to print.",
)
@narrowed_to(place, type_, click.option("--status", type=click.Choice(STATUSES), help="Only events of this status."))
@click.option("--limit", type=click.IntRange(min=1), default=ALL, help="Lines at most; all without it.")
def export(source: str | None, form: str, db: str | None, **given: Any) -> int:
    """Print what the record holds, or the events of readouts in a file.

    \b
    record          JSON lines: articles, actors, events with all reports, conflicts, the ledger, copies
    csv, parquet    events, a row each, with their sentence and sources
    acled           events in ACLED's columns, with its codes for how exact day and place are
    atom            events as a feed, newest report first
    ical            what is due, for calendar programs
    geojson         events that have a point on the map
    ftm             FollowTheMoney entities
    gold            what people accepted in review, to score a reader against
    polecat, gdelt, gdelt-mentions
                    coded events, one report at a time
    jsonld          schema.org articles and W3C Web Annotations

    The last two kinds take the record's readouts, or those of a file that `readout read --jsonl` wrote (- is standard
    input). --since, --until and the like narrow all but record and gold: what a format shows of an article is then
    what the events asked for rest on.
    """
    for piece in _pieces(source, form, db, given):
        click.echo(piece.encode() if isinstance(piece, str) else piece, nl=False)
    return 0


def _pieces(source: str | None, form: str, db: str | None, given: dict[str, Any]) -> Pieces:
    from readout.record.questions import Filters

    filters = Filters(**given)
    if source is not None:
        if form not in OF_READOUTS:
            raise OptionError(f"--format {form} is made from a record, and takes no file")
        if filters != Filters(limit=ALL):
            raise OptionError(f"{source}: a file is exported whole; --since and the like narrow a record")
        yield from OF_READOUTS[form](readouts_in(source))
        return
    if form in OF_RECORD and _is_narrowed(filters):
        raise OptionError(f"--format {form} is the whole record; only --as-of narrows it")
    from readout.record import Record

    with Record(db) as record:
        yield from _of(record, form, filters)


def _of(record: Record, form: str, filters: Filters) -> Pieces:
    if form in OF_RECORD:
        return OF_RECORD[form](record, filters.as_of)
    if form in OF_REPORTS:
        return OF_REPORTS[form](record, _reports(record, filters))
    if form in OF_READOUTS:
        return OF_READOUTS[form](_readouts(record, filters))
    return (OF_DUE | OF_EVENTS)[form](_lines(record, filters, due=form in OF_DUE))


def _reports(record: Record, filters: Filters) -> Sequence[Report]:
    from readout.record.together import reports

    if _is_narrowed(filters):
        return _behind(record, filters)
    return [report for report in reports(record, filters.as_of) if not report.superseded]


def _readouts(record: Record, filters: Filters) -> Iterable[Readout]:
    if _is_narrowed(filters):
        return (report.readout for report in _behind(record, filters))
    return (readout for _, readout in record.readouts(filters.as_of))


def _is_narrowed(filters: Filters) -> bool:
    from readout.record.questions import Filters

    return filters != Filters(as_of=filters.as_of, limit=ALL)


def _lines(record: Record, filters: Filters, *, due: bool) -> list[Line]:
    from readout.record import questions

    with record.database.reading() as connection:
        return (questions.due if due else questions.timeline)(connection, filters).lines


def _behind(record: Record, filters: Filters) -> Sequence[Report]:
    """The reports of the events that are asked for, with what these rest on and nothing else."""
    from readout.record import questions

    with record.database.reading() as connection:
        return questions.behind(connection, questions.timeline(connection, filters).lines)


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
