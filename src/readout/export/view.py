"""What a readout shows to people: its items as lines of words, the same for the terminal and the page.

All text of a line is safe to show (see `plain`); the spans are those of the article's text.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from readout.export.dates import when
from readout.export.plain import plain
from readout.resolve.lists.shipped import STALE
from readout.schema import Entity, Event, Readout, Screening, Span, Statement, Toponym

PLACES = ("place", "facility")
LAST = "9999"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody or something named in the article."""

    id: str
    kind: str
    name: str
    about: tuple[str, ...]
    """Roles and relations in words, and the country's code."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, or what is due of it."""

    id: str
    when: str
    type: str
    status: str
    actors: str
    recipients: str
    place: str
    voice: str
    """Whose word it is; empty where the article says it itself."""
    trigger: Span
    spans: tuple[Span, ...]
    slots: tuple[Span, ...]
    """The words that say who, to whom, where and when."""
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement."""

    id: str
    speaker: str
    words: str
    kind: str
    stance: str
    setting: str
    """To whom and by what medium: "told reporters"."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody under sanctions, by a list or by the article's own words."""

    name: str
    by: str
    certain: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A temporal expression."""

    id: str
    words: str
    when: str
    spans: tuple[Span, ...]


class View:
    """A readout, as lines to show.

    Args:
        readout: what one article says.
    """

    def __init__(self, readout: Readout) -> None:
        self.readout = readout
        self.article = readout.article
        self._entities = {entity.id: entity for entity in readout.entities}
        self._statements = {statement.id: statement for statement in readout.statements}
        self._times = {time.id: time for time in readout.times}
        self._events = {event.id: event for event in readout.events}

    def words(self, span: Span) -> str:
        """The words of a span, on one line."""
        start, end = span
        return plain(self.article.text[start:end])

    @property
    def title(self) -> str:
        """The article's title, or its first words."""
        return plain(self.article.title or "") or f"{plain(self.article.text[:80]).rpartition(' ')[0]} …"

    @property
    def byline(self) -> list[str]:
        """Outlet, day of publication, credits."""
        article = self.article
        day = when(article.published, article.published, "minute") if article.published else "undated"
        parts = [article.outlet, day, ", ".join(article.authors), ", ".join(article.contributors)]
        return [plain(part) for part in parts if part]

    @cached_property
    def people(self) -> list[Who]:
        """The people, those with a role first."""
        return sorted((self._who(entity) for entity in self._of("person")), key=lambda who: not who.about)

    @cached_property
    def bodies(self) -> list[Who]:
        """Organizations, groups, equipment and works."""
        return [self._who(entity) for entity in self._of("organization", "group", "equipment", "work")]

    @cached_property
    def places(self) -> list[Who]:
        """Places and facilities, with every place name in the text."""
        named = defaultdict(list)
        for toponym in self.readout.toponyms:
            named[toponym.entity or self.words(toponym.span).casefold()].append(toponym)
        known = [self._place(entity, named.pop(entity.id, [])) for entity in self._of(*PLACES)]
        others = [self._unlinked(f"place-{number}", toponyms) for number, toponyms in enumerate(named.values())]
        return sorted(known + others, key=lambda place: min(place.spans, default=(0, 0)))

    @cached_property
    def timeline(self) -> list[Happening]:
        """All events by their date, those without one last, in the order of the text."""
        events = sorted(self.readout.events, key=lambda event: (event.start or event.end or LAST, event.trigger))
        return [self._happening(event, when(event.start, event.end, event.precision)) for event in events]

    @cached_property
    def due(self) -> list[Happening]:
        """What is still to come, by its due date."""
        lines = []
        for item in sorted(self.readout.expectations, key=lambda item: (item.due and item.due.start) or LAST):
            day = when(item.due.start, item.due.end, item.due.precision) if item.due else ""
            lines.append(self._happening(self._events[item.event], day))
        return lines

    @cached_property
    def said(self) -> dict[str, list[Said]]:
        """Statements by speaker, in the order in which speakers first speak."""
        groups: dict[str, list[Said]] = defaultdict(list)
        for statement in self.readout.statements:
            line = self._said(statement)
            groups[line.speaker].append(line)
        return dict(groups)

    @cached_property
    def sanctions(self) -> list[Listed]:
        """Who is under sanctions, matches before mere candidates."""
        return sorted((self._listed(item) for item in self.readout.screenings), key=lambda item: not item.certain)

    def screened(self, on: date | None = None) -> list[str]:
        """The lists that names were looked for in, each with its day, and whether it is too old to tell of a day.

        Args:
            on: the day asked about; by default today.
        """
        asked = on or datetime.now(UTC).date()
        return [_dated(name, day, asked) for name, day in sorted(self.readout.produced_by.lists.items())]

    @cached_property
    def moments(self) -> list[Moment]:
        """The temporal expressions."""
        return [
            Moment(time.id, self.words(time.span), when(time.start, time.end, time.precision), (time.span,))
            for time in self.readout.times
        ]

    def about(self, name: str) -> str:
        """The first thing said about a person of that name; empty if nothing is."""
        return next((who.about[0] for who in self.people if who.name == name and who.about), "")

    def _of(self, *kinds: str) -> list[Entity]:
        return [entity for entity in self.readout.entities if entity.kind in kinds]

    def _name(self, id: str | None) -> str:
        return plain(self._entities[id].name) if id in self._entities else ""

    def _names(self, ids: list[str], spans: list[Span]) -> str:
        return ", ".join(filter(None, map(self._name, ids))) or ", ".join(map(self.words, spans))

    def _who(self, entity: Entity) -> Who:
        roles = [self._role(role.title, role.organization) for role in entity.roles]
        employers = {role.organization for role in entity.roles}
        relations = [
            f"{relation.type.replace('_', ' ')} {self._name(relation.to)}"
            for relation in entity.relations
            if relation.to not in employers
        ]
        country = [plain(entity.country)] if entity.country else []
        about = tuple(dict.fromkeys(roles + relations + country))
        return Who(entity.id, entity.kind, plain(entity.name), about, tuple(entity.mentions))

    def _role(self, title: str, organization: str | None) -> str:
        title, body = plain(title), self._name(organization)
        return title if not body or body.casefold() in title.casefold() else f"{title}, {body}"

    def _place(self, entity: Entity, toponyms: list[Toponym]) -> Who:
        who = self._who(entity)
        spans = sorted({*who.spans, *(toponym.span for toponym in toponyms)})
        return Who(who.id, who.kind, who.name, who.about, tuple(spans))

    def _unlinked(self, id: str, toponyms: list[Toponym]) -> Who:
        countries = Counter(toponym.country for toponym in toponyms if toponym.country)
        about = tuple(plain(country) for country, _ in countries.most_common(1))
        name = self._name(toponyms[0].entity) or self.words(toponyms[0].span)
        return Who(id, "place", name, about, tuple(toponym.span for toponym in toponyms))

    def _happening(self, event: Event, day: str) -> Happening:
        voice = self._statements[event.asserted_by].speaker if event.asserted_by in self._statements else None
        return Happening(
            id=event.id,
            when=day,
            type=plain(f"{event.type} {event.mode or ''}"),
            status=event.status,
            actors=self._names(event.actors, event.actor_spans),
            recipients=self._names(event.recipients, event.recipient_spans),
            place=self._where(event),
            voice=self._name(voice) or ("somebody quoted" if event.asserted_by else ""),
            trigger=event.trigger,
            spans=tuple(dict.fromkeys([event.trigger, *event.mentions])),
            slots=self._slots(event),
            evidence=tuple(event.evidence),
        )

    def _where(self, event: Event) -> str:
        """The place, unless it is what the event was done to and stands there already."""
        if event.place in event.recipients:
            return ""
        return self._name(event.place) or (self.words(event.place_span) if event.place_span else "")

    def _slots(self, event: Event) -> tuple[Span, ...]:
        place = [event.place_span] if event.place_span else []
        time = [self._times[event.time].span] if event.time in self._times else []
        return (*event.actor_spans, *event.recipient_spans, *place, *time)

    def _said(self, item: Statement) -> Said:
        speaker = self._name(item.speaker) or (self.words(item.speaker_span) if item.speaker_span else "")
        addressee = self._name(item.addressee)
        setting = plain(item.medium or "") or (f"to {addressee}" if addressee else "")
        return Said(
            id=item.id,
            speaker=speaker or "Unnamed",
            words=" … ".join(self.words(span) for span in item.content_spans),
            kind=item.kind,
            stance=item.stance,
            setting=setting,
            spans=tuple(span for span in (item.speaker_span, item.cue_span, *item.content_spans) if span),
        )

    def _listed(self, item: Screening) -> Listed:
        since = f"since {item.listed_on}" if item.listed_on else ""
        score = f"name match {item.score:.2f}" if item.score is not None else ""
        via = f"through {self._name(item.via.get('entity'))}" if item.via else ""
        source = item.list or ("by the article's own words" if item.stated else "")
        by = ", ".join(plain(part) for part in (source, item.entry_name or "", since, via, score) if part)
        spans = (item.stated,) if item.stated else tuple(self._entities[item.entity].mentions[:1])
        return Listed(self._name(item.entity), by, item.match, spans)


def _dated(name: str, day: str, asked: date) -> str:
    late = (asked - date.fromisoformat(day[:10])).days
    old = f", more than {STALE} days old: add a newer one" if late > STALE else ""
    return f"{name} of {when(day, day, 'day')}{old}"
