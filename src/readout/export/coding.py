"""Events as event data sets record them: only what was done, announced or refused, under the type that this has.

A readout keeps a coming visit as a visit that is planned. PLOVER and CAMEO file it as what has been done so far, the
announcing of it (AGREE; 036), on the day of the report; what is said not to happen is a refusal (REJECT; 12x).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations, product

from readout.export.plain import plain
from readout.knowledge.codebook import codebook
from readout.schema import Entity, Event, Readout

MUTUAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT"})
"""Types in which several actors without a recipient act towards each other: talks, treaties, two-sided fighting."""


@dataclass(frozen=True)
class Coding:
    """One event with its entities, as a data set records it."""

    readout: Readout
    event: Event
    type: str
    mode: str | None
    cameo: str
    score: float
    """On the scale of Goldstein, -10 to 10, after the PLOVER manual."""
    day: str
    """ISO date; empty if neither the event nor the report has one."""
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    place: Entity | None

    @property
    def quad(self) -> int:
        """The quad class, 1 to 4."""
        return codebook().quad(self.type)

    def dyads(self) -> Iterator[tuple[Entity | None, Entity | None]]:
        """Who acts towards whom, one pair at a time, as CAMEO records it."""
        if not self.recipients and len(self.actors) > 1 and self.type in MUTUAL:
            yield from permutations(self.actors, 2)
        else:
            yield from product(self.actors or (None,), self.recipients or (None,))


def codings(readouts: Iterable[Readout]) -> Iterator[Coding]:
    """The events of readouts that a data set records.

    Args:
        readouts: any number of readouts, taken one by one.

    Returns:
        One coding an event, in the order of the text. Left out is what is hypothetical, what is denied and is of a type
        that has no refusal, and what the codebook does not have.
    """
    for readout in readouts:
        entities = {entity.id: entity for entity in readout.entities}
        for event in readout.events:
            if (coding := _coding(readout, event, entities)) is not None:
                yield coding


def _coding(readout: Readout, event: Event, entities: dict[str, Entity]) -> Coding | None:
    book = codebook()
    type_name = book.coded(event.type, event.status)
    changed = type_name != event.type
    if type_name not in book.types or event.status == "hypothetical" or (event.status == "denied" and not changed):
        return None
    kind, mode = book.types[type_name], None if changed else event.mode
    other = (book.announced_cameo if event.status == "planned" else book.refused_cameo).get(event.type)
    score = kind.modes[mode].score if mode in kind.modes else None
    return Coding(
        readout=readout,
        event=event,
        type=type_name,
        mode=mode,
        cameo=(other if changed else event.cameo) or book.to_cameo(type_name, mode, event.contexts) or "",
        score=kind.score if score is None else score,
        day=_day(readout.article.published) if changed else _day(event.start) or _day(readout.article.published),
        actors=tuple(entities[id] for id in event.actors if id in entities),
        recipients=tuple(entities[id] for id in event.recipients if id in entities),
        place=entities.get(event.place or ""),
    )


def _day(when: str | None) -> str:
    """The day of a date or date-time; empty where only a month or year is known."""
    return when[:10] if when and len(when) >= 10 else ""


def table(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Lines of tab-separated values that every reader splits alike: no tab, line break or quotation mark in a value."""
    for row in rows:
        yield "\t".join(plain(str("" if value is None else value)).replace('"', "'") for value in row) + "\n"
