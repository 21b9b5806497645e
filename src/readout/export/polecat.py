"""Events in the columns of POLECAT, one line an event with all its actors and recipients.

POLECAT: Halterman, Bagozzi, Beger, Schrodt & Scarborough 2023, "PLOVER and POLECAT"; https://doi.org/10.7910/DVN/AJGVIT.
"""

from collections.abc import Iterable, Iterator

from readout import __version__
from readout.export.coding import Coding, codings, table
from readout.knowledge.codebook import codebook
from readout.knowledge.gazetteer import gazetteer
from readout.schema import Entity, Readout

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
"""The forty columns. Not filled, as a readout does not hold them: both COW numbers, Wikipedia ids, District."""
BETWEEN = "; "


def polecat(readouts: Iterable[Readout]) -> Iterator[str]:
    """Events in POLECAT's form.

    Args:
        readouts: any number of readouts, taken one by one.

    Returns:
        Lines of tab-separated values, the column names first.
    """
    yield from table([COLUMNS])
    yield from table(_row(coding) for coding in codings(readouts))


def _row(coding: Coding) -> list[object]:
    article, event = coding.readout.article, coding.event
    head = [f"{coding.readout.id}-{event.id}", coding.day, coding.type, coding.mode, coding.score]
    head += [codebook().quads[coding.quad].upper(), BETWEEN.join(event.contexts)]
    sides = [*_side(coding, coding.actors, event.actor_spans), *_side(coding, *_acted_on(coding))]
    kinds = ({"person"}, {"organization", "group"}, {"place", "facility"})
    story = [BETWEEN.join(e.name for e in coding.readout.entities if e.kind in kind) for kind in kinds]
    tail = [article.outlet, (article.published or "")[:10], *story, article.language or "en", f"readout {__version__}"]
    return [*head, *sides, *_place(coding), *tail]


def _acted_on(coding: Coding) -> tuple[tuple[Entity, ...], list[tuple[int, int]]]:
    """The recipients and their words; what is done to nobody named is recorded as done to the place."""
    event, place = coding.event, coding.place
    if coding.recipients or place is None or event.place_span is None or len(coding.actors) > 1:
        return coding.recipients, [(start, end) for start, end in event.recipient_spans]
    return (place,), [(event.place_span[0], event.place_span[1])]


def _side(coding: Coding, entities: tuple[Entity, ...], spans: Iterable[tuple[int, int]]) -> list[object]:
    codes = [entity.actor_code for entity in entities]
    sectors = [code.sectors for code in codes if code is not None and code.sectors]
    raw = dict.fromkeys(coding.readout.article.text[start:end] for start, end in spans)
    return [
        BETWEEN.join(entity.name for entity in entities),
        BETWEEN.join(dict.fromkeys(code.country for code in codes if code is not None and code.country)),
        None,
        sectors[0][0] if sectors else None,
        BETWEEN.join(dict.fromkeys(sector for some in sectors for sector in some)),
        BETWEEN.join(role.title for entity in entities for role in entity.roles[:1]),
        BETWEEN.join(raw),
        None,
    ]


def _place(coding: Coding) -> list[object]:
    place, event = coding.place, coding.event
    raw = coding.readout.article.text[slice(*event.place_span)] if event.place_span else place and place.name
    if place is None:
        return [None] * 8 + [raw, None]
    point, geonames = place.location, place.identifiers.get("geonames")
    known = next((p for p in gazetteer().lookup(place.name) if str(p.geonames) == geonames), None)
    division = gazetteer().division(known.admin1) if known is not None and known.admin1 else None
    city = place.name if known is not None and known.kind == "city" else None
    country, kind = place.country, known.kind if known is not None else place.kind
    where = [point.lat, point.lon] if point is not None else [None, None]
    return [place.name, city, None, division and division.name, country, *where, geonames, raw, kind]
