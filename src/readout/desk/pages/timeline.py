"""Timeline: events in the order in which they happened, drawn and as a list."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from readout.desk.asked import Asked, Words
from readout.desk.page import Connection, LinesOut, Shown, lines_out, page
from readout.export.titles import title_of
from readout.record.questions import Line
from readout.record.questions import timeline as ask

TAB = ("Timeline", "/timeline")
STATUSES = ("occurred", "ongoing", "planned", "denied", "alleged", "hypothetical")
MOST_DRAWN = 10_000
router = APIRouter()


class TimelineAsked(Asked):
    """What events are asked for."""

    name: Words | None = Field(None, title="Actor", description="who takes part; a name in any spelling, or a surname")
    status: Literal["occurred", "ongoing", "planned", "denied", "alleged", "hypothetical"] | None = Field(
        None, title="Status"
    )


class Points(BaseModel):
    """Events as they are drawn: by row id, first and last day, status, title, number of independent sources."""

    rows: list[tuple[str, str, str, str, str, int]]
    more: bool


@page(router, "/timeline", "timeline.html", answers=LinesOut, exports=("csv", "geojson", "atom", "ftm", "jsonld"))
def timeline(connection: Connection, asked: Annotated[TimelineAsked, Query()]) -> Shown:
    """What happened, in the order of days; planned, denied and alleged apart."""
    found = ask(connection, asked.filters(status=asked.status), asked.name)
    context = {"asked": asked, "more": found.more, "statuses": STATUSES, "years": _by_year(found.lines)}
    return Shown("Timeline", lines_out(found.lines, found.more), found.lines, context=context)


@router.get("/timeline/points.json", tags=["timeline"], summary="The same events as they are drawn")
def points(connection: Connection, asked: Annotated[TimelineAsked, Query()]) -> Points:
    """The events of the timeline that have a day, without their sentences."""
    filters = asked.changed(limit=MOST_DRAWN).filters(status=asked.status)
    found = ask(connection, filters, asked.name, sentences=False)
    rows: list[Any] = [_point(line) for line in found.lines if line.start]
    return Points(rows=rows, more=found.more)


def _point(line: Line) -> tuple[str, str, str, str, str, int]:
    start, end = str(line.start)[:10], str(line.end or line.start)[:10]
    return line.id, start, end, str(line.what["status"]), title_of(line), line.sources


def _by_year(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under their years, the latest first; what has no day under that of its report, else at the end."""
    years: dict[str, list[Line]] = {}
    for line in lines:
        years.setdefault((line.start or line.published or "")[:4], []).append(line)
    return [(year or "undated", years[year][::-1]) for year in sorted(years, reverse=True)]
