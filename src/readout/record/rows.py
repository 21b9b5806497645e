"""A readout as rows of the tables, each with the key that its words give it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from readout.errors import ContentError
from readout.knowledge.folding import fold
from readout.record import tables as t
from readout.record.keys import PLACES, SLOTS, item_id, item_key
from readout.schema import Entity, Event, Expectation, Readout, Screening, Statement, Time

Row = tuple[Any, ...]
Rows = dict[Any, list[Row]]
"""Rows by table, each in the order of the table's columns."""
_Part = TypeVar("_Part", Entity, Time, Statement, Event, Expectation)
KEYED = (t.ENTITIES, t.TIMES, t.STATEMENTS, t.EVENTS, t.EXPECTATIONS, t.SCREENINGS)
DEPENDENT = (t.MENTIONS, t.ROLES, t.RELATIONS, t.PARTICIPANTS)
"""Tables whose rows hang on an entity or an event and have no key of their own."""


def rows_of(readout: Readout, article: int, known_on: str) -> Rows:
    """The rows of a readout.

    Args:
        readout: what the article says.
        article: the article's key.
        known_on: the day from which the article was known (ISO 8601).

    Returns:
        The rows of every table of `KEYED` and `DEPENDENT`.

    Raises:
        ContentError: more things begin at one place than there are numbers for, or a span lies outside the text.
    """
    return _Flattening(readout, article, known_on).rows()


def item_ids(readout: Readout, article: str) -> dict[str, str]:
    """The public id of each item of a readout, by its own id.

    Args:
        readout: the readout.
        article: the id of its article in the record.

    Raises:
        ContentError: it has spans that do not fit its text.
    """
    flat = _Flattening(readout, 0, "")
    layers = (
        ("e", flat.entities),
        ("t", flat.times),
        ("s", flat.statements),
        ("v", flat.events),
        ("x", flat.expectations),
    )
    return {id: item_id(article, letter, key) for letter, keys in layers for id, key in keys.items()}


class _Flattening:
    """One readout's way into rows: the keys first, since its parts refer to each other."""

    def __init__(self, readout: Readout, article: int, known_on: str) -> None:
        self.readout = readout
        self.article = article
        self.known_on = known_on
        self.text = readout.article.text
        self.folded = {entity.id: fold(storable(entity.name)) for entity in readout.entities}
        triggers = {event.id: event.trigger for event in readout.events}
        self.entities = self._keys(readout.entities, _entity_span, lambda e: (e.kind, e.name))
        self.times = self._keys(readout.times, lambda time: time.span, lambda time: time.value)
        self.statements = self._keys(readout.statements, _statement_span, lambda s: s.kind)
        self.events = self._keys(readout.events, lambda e: e.trigger, lambda e: (e.type, e.status))
        self.expectations = self._keys(readout.expectations, lambda x: triggers.get(x.event, (0, 0)), lambda x: x.event)

    def _keys(
        self, parts: Iterable[_Part], span: Callable[[_Part], tuple[int, int]], order: Callable[[_Part], Any]
    ) -> dict[str, int]:
        """A key for each part by its id: by where it begins, then by where it ends and what it is."""
        taken: dict[int, int] = defaultdict(int)
        keys = {}
        for (start, end), _, id in sorted((span(part), order(part), part.id) for part in parts):
            slot = taken[start]
            taken[start] += 1
            if slot >= SLOTS or not 0 <= start <= end <= len(self.text) or start >= PLACES:
                raise ContentError(f"{self.readout.id[:80]}: the readout has spans that do not fit its text")
            keys[id] = item_key(self.article, start, slot)
        return keys

    def rows(self) -> Rows:
        events, statements = self.readout.events, self.readout.statements
        return {
            t.ENTITIES: [self._entity(entity) for entity in self.readout.entities],
            t.MENTIONS: [row for entity in self.readout.entities for row in self._mentions(entity)],
            t.ROLES: _distinct((row for e in self.readout.entities for row in self._roles(e)), 3),
            t.RELATIONS: _distinct((row for e in self.readout.entities for row in self._relations(e)), 3),
            t.TIMES: [self._time(time) for time in self.readout.times],
            t.STATEMENTS: [self._statement(statement) for statement in statements],
            t.EVENTS: [self._event(event) for event in events],
            t.PARTICIPANTS: [row for event in events for row in self._participants(event)],
            t.EXPECTATIONS: [self._expectation(x) for x in self.readout.expectations if x.event in self.events],
            t.SCREENINGS: self._screenings(),
        }

    def _entity(self, entity: Entity) -> Row:
        where, known = entity.location, entity.identifiers
        lat, lon = (where.lat, where.lon) if where else (None, None)
        identifiers = json.dumps(known, ensure_ascii=False) if known else None
        key, name = self.entities[entity.id], storable(entity.name)
        about = entity.kind, name, self.folded[entity.id], entity.country, lat, lon, identifiers
        return key, self.article, entity.id, *about, self.known_on

    def _mentions(self, entity: Entity) -> Iterable[Row]:
        key = self.entities[entity.id]
        return ((key, start, end) for start, end in set(entity.mentions))

    def _roles(self, entity: Entity) -> Iterable[Row]:
        key = self.entities[entity.id]
        for role in entity.roles:
            organization = self.entities.get(role.organization or "")
            yield key, role.span[0], storable(role.title), role.span[1], organization

    def _relations(self, entity: Entity) -> Iterable[Row]:
        key = self.entities[entity.id]
        for relation in entity.relations:
            if other := self.entities.get(relation.to):
                yield key, other, relation.type, *relation.span

    def _time(self, time: Time) -> Row:
        dates = time.start, time.end, time.precision
        return self.times[time.id], self.article, time.id, *time.span, time.kind, storable(time.value), *dates

    def _statement(self, statement: Statement) -> Row:
        words = storable(" […] ".join(self.text[start:end] for start, end in statement.content_spans))
        return (
            self.statements[statement.id],
            self.article,
            statement.id,
            *_statement_span(statement),
            statement.kind,
            statement.stance,
            self.entities.get(statement.speaker or ""),
            self.entities.get(statement.addressee or ""),
            self.times.get(statement.time or ""),
            self.statements.get(statement.reported_by or ""),
            words,
            self.folded.get(statement.speaker or ""),
            self.known_on,
        )

    def _event(self, event: Event) -> Row:
        return (
            self.events[event.id],
            self.article,
            event.id,
            *event.trigger,
            event.type,
            event.mode,
            event.cameo,
            event.status,
            event.start,
            event.end,
            event.precision,
            self.entities.get(event.place or ""),
            self.times.get(event.time or ""),
            self.statements.get(event.asserted_by or ""),
        )

    def _participants(self, event: Event) -> Iterable[Row]:
        key, day = self.events[event.id], event.start or self.known_on
        for part, ids in (("actor", event.actors), ("recipient", event.recipients)):
            for place, id in enumerate(ids):
                if id in self.entities:
                    yield key, part, place, self.entities[id], self.folded[id], day

    def _expectation(self, expectation: Expectation) -> Row:
        due = expectation.due
        when = (due.start, due.end, due.precision) if due else (None, None, None)
        key = self.expectations[expectation.id]
        return key, self.article, expectation.id, self.events[expectation.event], *when

    def _screenings(self) -> list[Row]:
        """Screenings have no words of their own: their keys count up behind the entity's place."""
        found = []
        taken: dict[int, int] = defaultdict(int)
        for screening in sorted(
            self.readout.screenings, key=lambda s: (s.list or "", s.entry_id or "", s.stated or ())
        ):
            entity = self.entities.get(screening.entity)
            if entity is not None:
                start = entity >> 8 << 8
                found.append(self._screening(screening, start + taken[start] % SLOTS, entity))
                taken[start] += 1
        return list({row[0]: row for row in found}.values())

    def _screening(self, screening: Screening, key: int, entity: int) -> Row:
        listed = screening.list, screening.entry_id, screening.match, screening.in_force, screening.score
        return key, self.article, entity, *listed, *(screening.stated or (None, None))


def storable(text: str) -> str:
    """A text that every database takes: PostgreSQL has no zero character."""
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


def _entity_span(entity: Entity) -> tuple[int, int]:
    return min(entity.mentions, default=(0, 0))


def _statement_span(statement: Statement) -> tuple[int, int]:
    spans = statement.content_spans
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (0, 0)


def _distinct(rows: Iterable[Row], columns: int) -> list[Row]:
    """The rows without those whose first columns came before."""
    return list({row[:columns]: row for row in rows}.values())
