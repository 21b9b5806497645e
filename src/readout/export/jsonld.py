"""Articles as linked data: schema.org's NewsArticle with its entities, and W3C Web Annotations for what was read.

Each annotation (https://www.w3.org/TR/annotation-model/) points to its words twice: by quoting them with what stands
around (TextQuoteSelector), which survives an edit, and by position (TextPositionSelector), which is quick. Positions
count code points of the article's canonical text, as the readout does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from readout import __version__
from readout.schema import Entity, Readout

ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
TYPES = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "facility": "Place",
    "work": "CreativeWork",
}
AROUND = 32
"""Characters before and after the words that are quoted with them (as Hypothesis does)."""
Node = dict[str, Any]


def jsonld(readouts: Iterable[Readout]) -> Iterator[str]:
    """Readouts as JSON lines: the article, then its annotations.

    Args:
        readouts: any number of readouts, taken one by one.

    Yields:
        A JSON-LD document a line.
    """
    for readout in readouts:
        for node in (article(readout), *marks(readout)):
            yield json.dumps(node, ensure_ascii=False) + "\n"


def article(readout: Readout) -> Node:
    """The article as a NewsArticle; only what is known of it."""
    of = readout.article
    return {
        "@context": "https://schema.org/",
        "@type": "NewsArticle",
        "@id": _name(readout),
        **_known(
            headline=of.title,
            url=of.url,
            datePublished=of.published,
            inLanguage=of.language,
            articleBody=of.text,
            publisher={"@type": "Organization", "name": of.outlet} if of.outlet else None,
            author=[{"@type": "Person", "name": name} for name in of.authors],
            contributor=[{"@type": "Organization", "name": name} for name in of.contributors],
            mentions=[_entity(readout, entity) for entity in readout.entities if entity.kind in TYPES],
        ),
    }


def marks(readout: Readout) -> Iterator[Node]:
    """An annotation for each statement and event, on the words that say so."""
    names = {entity.id: entity.name for entity in readout.entities}
    for said in readout.statements:
        body = _known(speaker=names.get(said.speaker or ""), stance=said.stance, kind=said.kind, medium=said.medium)
        yield _annotation(readout, said.id, "oa:describing", {"statement": body}, said.content_spans)
    for event in readout.events:
        body = _known(
            type=event.type,
            mode=event.mode,
            status=event.status,
            start=event.start,
            end=event.end,
            actors=[names[id] for id in event.actors if id in names],
            recipients=[names[id] for id in event.recipients if id in names],
            place=names.get(event.place or ""),
        )
        yield _annotation(readout, event.id, "oa:classifying", {"event": body}, [event.trigger, *event.mentions])


def _annotation(readout: Readout, id: str, motive: str, value: Node, spans: Iterable[tuple[int, int]]) -> Node:
    source = readout.article.url or _name(readout)
    return {
        "@context": ANNOTATION,
        "id": f"{_name(readout)}#{id}",
        "type": "Annotation",
        "motivation": motive.removeprefix("oa:"),
        "generator": {"type": "Software", "name": f"readout {__version__}"},
        "body": {"type": "TextualBody", "format": "application/json", "value": json.dumps(value, ensure_ascii=False)},
        "target": [_target(source, readout.article.text, span) for span in dict.fromkeys(spans)],
    }


def _target(source: str, text: str, span: tuple[int, int]) -> Node:
    start, end = span
    quoted = {
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": source, "selector": [{"type": "TextQuoteSelector", **quoted}, position]}


def _entity(readout: Readout, entity: Entity) -> Node:
    point = entity.location
    geo = {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon} if point else None
    same = [f"https://sws.geonames.org/{id}/" for kind, id in entity.identifiers.items() if kind == "geonames"]
    title = [role.title for role in entity.roles]
    kind, id = TYPES[entity.kind], f"{_name(readout)}#{entity.id}"
    extra = _known(jobTitle=title if kind == "Person" else None, geo=geo if kind == "Place" else None, sameAs=same)
    return {"@type": kind, "@id": id, "name": entity.name, **extra}


def _name(readout: Readout) -> str:
    return f"urn:readout:{readout.id}"


def _known(**fields: Any) -> Node:
    return {name: value for name, value in fields.items() if value not in (None, [], "")}
