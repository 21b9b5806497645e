"""Map: where events took place, on the shapes of Natural Earth."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from readout.desk.page import Connection, Shown, page
from readout.desk.pages.timeline import STATUSES, TimelineAsked
from readout.export.acled import geo_precision
from readout.record.questions import Line
from readout.record.questions import timeline as ask

TAB = ("Map", "/map")
PRECISION = {1: "place or town", 2: "region", 3: "country"}
DRAWN = 2_000
"""Events that are looked through, where the address asks for fewer."""
router = APIRouter()


class Spot(BaseModel):
    """A place with its events."""

    place: str
    country: str | None
    lat: float
    lon: float
    precision: str
    events: int
    statuses: dict[str, int]


class Spots(BaseModel):
    """Places, those with most events first."""

    places: list[Spot]
    more: bool


@dataclass
class _Found:
    lines: list[Line] = field(default_factory=list)


@page(router, "/map", "map.html", answers=Spots, exports=("geojson", "csv", "ftm"))
def map_(connection: Connection, asked: Annotated[TimelineAsked, Query()]) -> Shown:
    """Where events took place, each as exactly as its place is known."""
    wide = asked.changed(limit=max(asked.limit, DRAWN))
    found = ask(connection, wide.filters(status=asked.status), asked.name, sentences=False)
    located = [line for line in found.lines if line.what["lat"] is not None and line.what["lon"] is not None]
    places = spots(located)
    data: dict[str, Any] = {"places": places, "more": found.more}
    context = {
        "asked": asked, "statuses": STATUSES, "more": found.more, "without": len(found.lines) - len(located),
    }  # fmt: skip
    return Shown("Map", data, located, context=context)


def spots(lines: list[Line]) -> list[Spot]:
    """The places of some events.

    Args:
        lines: events whose place has a point.
    """
    at: dict[tuple[float, float], _Found] = {}
    for line in lines:
        at.setdefault((line.what["lat"], line.what["lon"]), _Found()).lines.append(line)
    return sorted(
        (_spot(point, found.lines) for point, found in at.items()), key=lambda spot: (-spot.events, spot.place)
    )


def _spot(point: tuple[float, float], lines: list[Line]) -> Spot:
    place = Counter(str(line.what["place"]) for line in lines).most_common(1)[0][0]
    return Spot(
        place=place, country=lines[0].what["country"], lat=point[0], lon=point[1],
        precision=PRECISION[geo_precision(place, *point)], events=len(lines),
        statuses=dict(Counter(str(line.what["status"]) for line in lines)),
    )  # fmt: skip
