"""Events in the manner of ACLED: a row an event, with codes for how exactly its day and its place are known.

Columns and codes after the ACLED codebook (https://acleddata.com/knowledge-base/codebook/); the types are PLOVER's own,
since ACLED codes only conflict. `status` and `asserted_by` are ours: whether it happened, and whose word it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from readout.knowledge.countries import countries
from readout.knowledge.folding import fold
from readout.knowledge.gazetteer import gazetteer
from readout.record.questions.lines import Line

TIME_PRECISION = {"minute": 1, "day": 1, "week": 2}
"""1: the day is known; 2: the week; 3: a month or longer."""
COARSE = 3
WIDE = frozenset({"admin1", "admin2", "region"})
"""Kinds of places, as the gazetteer has them, that hold many towns."""
NEAR = 0.5
"""Degrees within which a place of that name is taken for the one meant."""
BETWEEN = "; "


def rows(lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    """Rows of events.

    Args:
        lines: of `readout.record.questions.timeline`.

    Yields:
        A mapping of column to value for each event that has a day, with the same columns in the same order.
    """
    return (_row(line) for line in lines if line.start)


def _row(line: Line) -> dict[str, Any]:
    what, start = line.what, str(line.start)
    actors, recipients = what["actors"], what["recipients"]
    country = countries().get(what["country"] or "")
    return {
        "event_id": line.id,
        "event_date": start[:10],
        "year": start[:4],
        "time_precision": _time_precision(line),
        "event_type": what["type"],
        "sub_event_type": what["mode"],
        "status": what["status"],
        "actor1": next(iter(actors), None),
        "assoc_actor_1": BETWEEN.join(actors[1:]),
        "actor2": next(iter(recipients), None),
        "assoc_actor_2": BETWEEN.join(recipients[1:]),
        "iso3": what["country"],
        "country": country.name if country else None,
        "location": what["place"],
        "latitude": what["lat"],
        "longitude": what["lon"],
        "geo_precision": geo_precision(what["place"], what["lat"], what["lon"]) if what["place"] else None,
        "asserted_by": what["asserted_by"],
        "source": line.outlet,
        "source_url": line.url,
        "sources": line.sources,
        "notes": line.sentence,
    }


def _time_precision(line: Line) -> int:
    if line.start and line.end and line.start[:10] != line.end[:10] and line.precision != "week":
        return COARSE
    return TIME_PRECISION.get(line.precision or "", COARSE)


@lru_cache(maxsize=4096)
def geo_precision(place: str, lat: float | None, lon: float | None) -> int:
    """How exactly a place is known.

    Args:
        place: its name.
        lat, lon: its point in degrees; `None` where it has none.

    Returns:
        1 for a town or something in it, 2 for a part of a country, 3 for a country or what has no point.
    """
    if lat is None or lon is None or any(fold(place) in map(fold, (c.name, *c.names)) for c in countries().values()):
        return COARSE
    near = (p for p in gazetteer().lookup(place) if abs(p.lat - lat) < NEAR and abs(p.lon - lon) < NEAR)
    kinds = {found.kind for found in near}
    return 2 if kinds and kinds <= WIDE else 1
