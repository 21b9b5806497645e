"""Events of a record on the map: a GeoJSON FeatureCollection (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.keys import item_id
from readout.record.questions.filters import Filters
from readout.record.questions.lines import Line
from readout.resolve.words import sentence_around

if TYPE_CHECKING:
    from readout.record import Record


def geojson(record: Record, as_of: str | None = None) -> Iterator[str]:
    """The events whose place has a point, each report's as a feature of its own.

    Args:
        record: the record.
        as_of: only what was known on this day (ISO 8601).

    Yields:
        Pieces of the text; positions are longitude, latitude in degrees (WGS 84).
    """
    v, a, e = t.EVENTS.c, t.ARTICLES.c, t.ENTITIES.c
    chosen = (
        sa.select(
            v.key, v.type, v.mode, v.status, v.starts, v.ends, v.precision, v.start_char, v.end_char,
            e.name.label("place"), e.country, e.lat, e.lon, a.id.label("article"), a.text, a.url, a.outlet, a.published,
        )
        .select_from(t.EVENTS.join(t.ARTICLES, v.article == a.key).join(t.ENTITIES, v.place == e.key))
        .where(e.lat.is_not(None), e.lon.is_not(None), *Filters(as_of=as_of).reports())
        .order_by(v.key)
    )  # fmt: skip
    yield '{"type": "FeatureCollection", "features": ['
    with record.database.reading() as connection:
        for n, row in enumerate(connection.execution_options(yield_per=200).execute(chosen)):
            yield (",\n" if n else "\n") + json.dumps(_feature(row), ensure_ascii=False)
    yield "\n]}\n"


def features(lines: Iterable[Line]) -> str:
    """The lines of an answer whose place has a point, as a FeatureCollection.

    Args:
        lines: about events or expectations.
    """
    located = (line for line in lines if line.what.get("lat") is not None and line.what.get("lon") is not None)
    return json.dumps({"type": "FeatureCollection", "features": [*map(_of_line, located)]}, ensure_ascii=False)


def _of_line(line: Line) -> dict[str, Any]:
    told = line.as_dict()
    point = {"type": "Point", "coordinates": [told.pop("lon"), told.pop("lat")]}
    return {"type": "Feature", "id": told.pop("id"), "geometry": point, "properties": told}


def _feature(row: Any) -> dict[str, Any]:
    found = dict(row._mapping)
    text, start, end = str(found.pop("text")), found.pop("start_char"), found.pop("end_char")
    first, last = sentence_around(text, (start, end))
    point = {"type": "Point", "coordinates": [found.pop("lon"), found.pop("lat")]}
    id = item_id(row.article, "v", found.pop("key"))
    return {
        "type": "Feature",
        "id": id,
        "geometry": point,
        "properties": {**found, "sentence": text[first:last].strip()},
    }
