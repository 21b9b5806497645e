"""Beats: what somebody follows, as a query that the record keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from readout.errors import OptionError
from readout.record import tables as t
from readout.record.database import Database
from readout.record.questions.filters import Conditions, Filters
from readout.record.questions.happened import in_place, takes_part

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Beat:
    """What somebody follows; nothing given is everything.

    Args:
        actors: names of whom at least one takes part.
        places: places or countries, in at least one of which it happens.
        types: PLOVER types or modes, at least one of which it has.
        since: from this day, month or year on (ISO 8601).
        until: up to and with this day, month or year.
    """

    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def conditions(self, connection: sa.Connection) -> tuple[Conditions, list[str]]:
        """Conditions on events, and the names and places that the record does not have (yet).

        Args:
            connection: of a reading transaction.

        Raises:
            OptionError: no such type of event.
        """
        unknown: list[str] = []
        people = _known(self.actors, lambda name: [takes_part(connection, name)], unknown)
        places = _known(self.places, lambda name: in_place(connection, Filters(place=name)), unknown)
        types = [sa.and_(*Filters(type=name).typed()) for name in self.types]
        asked = ((self.actors, people), (self.places, places), (self.types, types))
        return [sa.or_(sa.false(), *some) for names, some in asked if names], unknown


def _known(names: Iterable[str], of: Callable[[str], Conditions], unknown: list[str]) -> Conditions:
    found: Conditions = []
    for name in names:
        try:
            found.append(sa.and_(sa.true(), *of(name)))
        except OptionError:
            unknown.append(name)
    return found


def beats(connection: sa.Connection) -> dict[str, Beat]:
    """The beats that are kept, by name."""
    rows = connection.execute(sa.select(t.BEATS.c.name, t.BEATS.c.query).order_by(t.BEATS.c.name))
    return {name: _beat(query) for name, query in rows}


def _beat(query: str) -> Beat:
    told: dict[str, Any] = json.loads(query)
    names = [tuple(told[name]) for name in ("actors", "places", "types")]
    return Beat(names[0], names[1], names[2], told["since"], told["until"])


def keep(database: Database, name: str, beat: Beat) -> None:
    """Keep a beat under a name, in place of another of that name.

    Raises:
        OptionError: the name is empty or too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise OptionError(f"{name[:20]!r}: no name for a beat; give 1 to {LONGEST_NAME} characters")
    row = {"name": name, "query": json.dumps(asdict(beat)), "saved_at": datetime.now(UTC).replace(tzinfo=None)}
    with database.writing() as connection:
        connection.execute(t.BEATS.delete().where(t.BEATS.c.name == name))
        connection.execute(t.BEATS.insert().values(**row))


def drop(database: Database, name: str) -> None:
    """Forget a beat."""
    with database.writing() as connection:
        connection.execute(t.BEATS.delete().where(t.BEATS.c.name == name))
