"""From an annotated `Doc` to a `Readout`: the layers gathered, every reference sound, everything in reading order."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeVar

from spacy.tokens import Doc

from readout.extract.actors import code_actors
from readout.layers import LAYERS, register
from readout.schema import Article, Entity, Event, Occurrence, Producer, Readout, Screening, Statement

CAPITALS = 5
"""Letters from which a name in capitals is no acronym."""
Item = TypeVar("Item")
Told = TypeVar("Told", Event, Occurrence)


def readout_of(doc: Doc, article: Article, id: str, producer: Producer) -> Readout:
    """Gather what the rooms wrote on a document.

    A reference to something that is not there is dropped rather than passed on, and so is an entity that the text
    never mentions and nothing refers to.

    Args:
        doc: the document after the pipeline ran; `doc.text` is `article.text`.
        article: the article it was made from.
        id: the id the article came in with, else its own.
        producer: what made the annotations.

    Returns:
        The readout, each list in the order of the text.
    """
    register()
    layers = {name: list(getattr(doc._, name)) for name in LAYERS}
    readout = Readout(id=id, article=article, produced_by=producer, **layers)
    _mend_references(readout)
    _drop_unmentioned(readout)
    _name_plainly(readout)
    _sort(readout)
    code_actors(readout)
    return readout


def _mend_references(readout: Readout) -> None:
    entities = {entity.id for entity in readout.entities}
    times = {time.id for time in readout.times}
    statements = {statement.id for statement in readout.statements}
    events = {event.id for event in readout.events}
    readout.entities = [_mended_entity(entity, entities) for entity in readout.entities]
    readout.toponyms = [
        toponym.model_copy(update={"entity": _known(toponym.entity, entities)}) for toponym in readout.toponyms
    ]
    readout.statements = [_mended_statement(item, entities, times, statements) for item in readout.statements]
    readout.events = [_mended_event(event, entities, times, statements) for event in readout.events]
    readout.occurrences = [_mended_event(event, entities, times, statements) for event in readout.occurrences]
    readout.expectations = [item for item in readout.expectations if item.event in events]
    readout.screenings = [_mended_screening(item, entities) for item in readout.screenings if item.entity in entities]


def _known(reference: str | None, ids: set[str]) -> str | None:
    return reference if reference in ids else None


def _mended_entity(entity: Entity, entities: set[str]) -> Entity:
    roles = [role.model_copy(update={"organization": _known(role.organization, entities)}) for role in entity.roles]
    relations = [relation for relation in entity.relations if relation.to in entities]
    return entity.model_copy(update={"roles": roles, "relations": relations})


def _mended_statement(item: Statement, entities: set[str], times: set[str], statements: set[str]) -> Statement:
    return item.model_copy(
        update={
            "speaker": _known(item.speaker, entities),
            "addressee": _known(item.addressee, entities),
            "time": _known(item.time, times),
            "reported_by": _known(item.reported_by, statements - {item.id}),
        }
    )


def _mended_event(event: Told, entities: set[str], times: set[str], statements: set[str]) -> Told:
    return event.model_copy(
        update={
            "actors": [actor for actor in dict.fromkeys(event.actors) if actor in entities],
            "recipients": [recipient for recipient in dict.fromkeys(event.recipients) if recipient in entities],
            "place": _known(event.place, entities),
            "time": _known(event.time, times),
            "asserted_by": _known(event.asserted_by, statements),
        }
    )


def _mended_screening(item: Screening, entities: set[str]) -> Screening:
    if item.via is None or item.via.get("entity") in entities:
        return item
    return item.model_copy(update={"via": None})


def _drop_unmentioned(readout: Readout) -> None:
    referred = set(_references(readout))
    readout.entities = [entity for entity in readout.entities if entity.mentions or entity.id in referred]


def _name_plainly(readout: Readout) -> None:
    """A place in the capitals of a dateline is named as the text spells it elsewhere, else in small letters."""
    text = readout.article.text
    for entity in readout.entities:
        if entity.kind == "place" and len(entity.name) >= CAPITALS and entity.name.isupper():
            spelt = (text[start:end] for start, end in entity.mentions)
            entity.name = next((s for s in spelt if s.lower() == entity.name.lower() and not s.isupper()), None) or (
                entity.name.title()
            )


def _references(readout: Readout) -> Iterable[str | None]:
    """Every entity id that another item refers to."""
    for entity in readout.entities:
        yield from (role.organization for role in entity.roles)
        yield from (relation.to for relation in entity.relations)
    for statement in readout.statements:
        yield from (statement.speaker, statement.addressee)
    told: list[Event | Occurrence] = [*readout.events, *readout.occurrences]
    for event in told:
        yield from chain(event.actors, event.recipients, [event.place])
    for screening in readout.screenings:
        yield from (screening.entity, (screening.via or {}).get("entity"))
    yield from (toponym.entity for toponym in readout.toponyms)


def _sort(readout: Readout) -> None:
    for entity in readout.entities:
        entity.mentions = sorted(set(entity.mentions))
    readout.entities = _by(
        readout.entities, lambda entity: min(entity.mentions, default=(len(readout.article.text), 0))
    )
    readout.toponyms = _by(readout.toponyms, lambda toponym: toponym.span)
    readout.times = _by(readout.times, lambda time: time.span)
    readout.statements = _by(readout.statements, lambda statement: min(statement.content_spans, default=(0, 0)))
    readout.events = _by(readout.events, lambda event: event.trigger)
    readout.occurrences = _by(readout.occurrences, lambda event: event.trigger)
    order = {event.id: place for place, event in enumerate(readout.events)}
    readout.expectations = _by(readout.expectations, lambda item: order[item.event])


def _by(items: list[Item], key: Callable[[Item], tuple[int, int] | int]) -> list[Item]:
    return sorted(items, key=key)
