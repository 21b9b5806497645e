"""A report as the record sees it: its readout, its stable id, and what is known of it beside its text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from readout.extract.due import due, is_future
from readout.resolve.words import LONGEST, are_said, content, says, sentence_around, sentences, spelt
from readout.schema import Due, Entity, Event, Readout

Node = tuple[str, str]
"""An item of the record: the id of its article and its id inside the readout ("e3", "v1")."""
Turn = Literal["postponed", "dropped"]
TURNS: tuple[Turn, ...] = ("postponed", "dropped")
"""Ways in which a plan comes to nothing, each a list of `data/words.txt`."""
_SLOTS = ("", *(f".{n}" for n in range(1, 256)))


class Announced(NamedTuple):
    """Something still to come."""

    id: str
    """The stable id."""
    event: str
    due: Due | None


@dataclass(frozen=True)
class Report:
    """One article with what it says.

    Attributes:
        id: the article's id in the record.
        readout: what it says.
        given_id: the id it came in with.
        revision_of: the id of the version before it.
        source_group: the id that all copies of one report share; its own where there is no copy.
        superseded: whether a later version is known.
    """

    id: str
    readout: Readout
    given_id: str | None = None
    revision_of: str | None = None
    source_group: str | None = None
    superseded: bool = False

    @property
    def text(self) -> str:
        """The article's text."""
        return self.readout.article.text

    @cached_property
    def day(self) -> str | None:
        """Day of publication (ISO 8601); the first of the month where only that is known."""
        published = self.readout.article.published
        return None if published is None else published[:10] if len(published) >= 10 else f"{published[:7]}-01"

    @property
    def source(self) -> str:
        """What stands for the source: the group of copies."""
        return self.source_group or self.id

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by their id."""
        return {entity.id: entity for entity in self.readout.entities}

    @cached_property
    def events(self) -> dict[str, Event]:
        """Events by their id, those too that are too faint to stand alone."""
        faint = (Event(**o.model_dump(exclude={"chance"}), mentions=[o.trigger]) for o in self.readout.occurrences)
        return {event.id: event for event in (*self.readout.events, *faint)}

    @cached_property
    def faint(self) -> dict[str, float]:
        """The probability of each event that is too faint to stand alone."""
        return {occurrence.id: occurrence.chance for occurrence in self.readout.occurrences}

    @cached_property
    def announced(self) -> list[Announced]:
        """What is still to come, by the expectations and by what is too faint for one but has a day to come."""
        known = [Announced(self.stable[x.id], x.event, x.due) for x in self.readout.expectations]
        published = self.readout.article.published
        faint = [o for o in self.readout.occurrences if o.status == "planned" and is_future(o.end, published)]
        return known + [Announced(self.stable[o.id], o.id, due(o, published)) for o in faint]

    @cached_property
    def speakers(self) -> dict[str, str | None]:
        """The speaker of each statement."""
        return {statement.id: statement.speaker for statement in self.readout.statements}

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of the content words of the whole text."""
        return content(self.text)

    @cached_property
    def mentions(self) -> list[tuple[int, int, str]]:
        """All mentions in the order of the text, each with its entity."""
        return sorted((start, end, e.id) for e in self.readout.entities for start, end in e.mentions)

    @cached_property
    def turning(self) -> dict[Turn, list[tuple[int, int]]]:
        """The sentences that say that something is postponed or dropped."""
        said = [(span, spelt(self.quote(span))) for span in sentences(self.text)]
        return {kind: [span for span, words in said if are_said(words, kind)] for kind in TURNS}

    @cached_property
    def puts_off(self) -> bool:
        """Whether it says that something was put off."""
        return says(self.text[:LONGEST], "postponed")

    @cached_property
    def stable(self) -> dict[str, str]:
        """The stable id of each entity, event and expectation: the article's, a letter, and where its words begin."""
        triggers = {event.id: event.trigger.start for event in self.readout.events}
        starts = [(min(e.mentions).start if e.mentions else 0, e.kind, e.name, e.id) for e in self.readout.entities]
        made = _numbered(self.id, "e", sorted(starts))
        made |= _numbered(self.id, "v", sorted((v.trigger.start, v.type, v.status, v.id) for v in self.readout.events))
        made |= _numbered(
            self.id, "o", sorted((o.trigger.start, o.type, o.status, o.id) for o in self.readout.occurrences)
        )
        waits = sorted((triggers.get(x.event, 0), x.event, "", x.id) for x in self.readout.expectations)
        return made | _numbered(self.id, "x", waits)

    def only(self, events: Container[str], expectations: Container[str]) -> Report:
        """The same report with only some of its events and expectations; what its text and entities give is shared.

        Args:
            events: the ids of those that stay, faint ones too.
            expectations: the ids of those that stay.
        """
        had = self.readout
        less = {
            "events": [event for event in had.events if event.id in events],
            "occurrences": [event for event in had.occurrences if event.id in events],
            "expectations": [one for one in had.expectations if one.id in expectations],
        }
        made = replace(self, readout=had.model_copy(update=less))
        vars(made).update({name: getattr(self, name) for name in ("entities", "mentions", "stable", "turning")})
        return made

    def mentioned_in(self, spans: Iterable[tuple[int, int]]) -> set[str]:
        """The ids of the entities mentioned within some stretches of the text."""
        found: set[str] = set()
        for a, b in spans:
            first, last = bisect_left(self.mentions, (a,)), bisect_left(self.mentions, (b + 1,))
            found.update(id for _, end, id in self.mentions[first:last] if end <= b)
        return found

    @cached_property
    def _tellings(self) -> list[tuple[int, int, str]]:
        """Where each word that tells of an event begins, in the order of the text, with the event's place and id."""
        told = enumerate(self.events.items())
        return sorted((at, n, id) for n, (id, event) in told for at, _ in (event.trigger, *event.mentions))

    def told_in(self, span: tuple[int, int]) -> list[str]:
        """The ids of the events of which words stand in a stretch, in the order of the events."""
        first, last = (bisect_left(self._tellings, (at,)) for at in span)
        return [id for _, id in sorted({(n, id) for _, n, id in self._tellings[first:last]})]

    def quote(self, span: tuple[int, int]) -> str:
        """The words of a stretch."""
        return self.text[span[0] : span[1]]

    def sentence(self, span: tuple[int, int]) -> tuple[int, int]:
        """The sentence around a stretch."""
        return sentence_around(self.text, span)

    def evidence(self, event: Event) -> list[tuple[int, int]]:
        """The sentences an event rests on."""
        return [(a, b) for a, b in event.evidence] or [sentence_around(self.text, event.trigger)]

    def asserted_by(self, event: Event) -> str | None:
        """The entity whose word an event is."""
        return self.speakers.get(event.asserted_by or "")


def _numbered(article: str, letter: str, items: list[tuple[int, str, str, str]]) -> dict[str, str]:
    taken: dict[int, int] = defaultdict(int)
    made = {}
    for start, _, _, id in items:
        made[id] = f"{article}:{letter}{start}{_SLOTS[min(taken[start], 255)]}"
        taken[start] += 1
    return made
