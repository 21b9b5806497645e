"""The forms in which a page can be taken along: exactly what is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from readout.export.answers import csv_of
from readout.export.geojson import features
from readout.export.jsonld import jsonld
from readout.record.questions import Line, behind
from readout.resolve.reports import Report


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken along.

    Attributes:
        title: of the page.
        base: the address of the desk ("http://127.0.0.1:8321").
        lines: of the page, in its order.
        reports: of a page about one article; else those behind the lines are looked for.
        connection: a reading transaction on the record.
    """

    title: str
    base: str
    lines: Sequence[Line]
    reports: Sequence[Report]
    connection: sa.Connection

    def behind(self) -> Sequence[Report]:
        """The reports, with only what is on the screen."""
        return self.reports or behind(self.connection, self.lines)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of export.

    Attributes:
        label: what it is called on the page.
        suffix: of the address, and of the file's name.
        type: its media type.
        write: makes it.
        is_file: whether browsers are to save it; a calendar or a feed is subscribed to.
    """

    label: str
    suffix: str
    type: str
    write: Callable[[Taken], str | bytes]
    is_file: bool = True


def _csv(taken: Taken) -> str:
    return csv_of(line.as_dict() for line in taken.lines)


def _calendar(taken: Taken) -> bytes:
    from readout.export.ical import calendar

    return calendar(taken.lines, taken.base)


def _feed(taken: Taken) -> bytes:
    from readout.export.atom import feed

    return feed(taken.lines, f"Readout: {taken.title}", taken.base)


def _geojson(taken: Taken) -> str:
    return features(taken.lines)


def _jsonld(taken: Taken) -> str:
    return "".join(jsonld(report.readout for report in taken.behind()))


def _ftm(taken: Taken) -> str:
    from readout.export.ftm import ftm
    from readout.resolve.identity import Identity

    reports = taken.behind()
    return "".join(ftm(Identity(reports), reports))


FORMS = {
    form.suffix: form
    for form in (
        Form("CSV", "csv", "text/csv", _csv),
        Form("Calendar", "ics", "text/calendar", _calendar, is_file=False),
        Form("Atom feed", "atom", "application/atom+xml", _feed, is_file=False),
        Form("GeoJSON", "geojson", "application/geo+json", _geojson),
        Form("FollowTheMoney", "ftm", "application/x-ndjson", _ftm),
        Form("JSON-LD", "jsonld", "application/x-ndjson", _jsonld),
    )
}
