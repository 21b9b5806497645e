"""Events of a record on the map: a GeoJSON FeatureCollection (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from readout.record.questions.lines import Line


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
