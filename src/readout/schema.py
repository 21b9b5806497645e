"""The readout as data (`readout/1`): what one article says, every item pinned to its words.

All spans are `[start, end)` in Unicode code points of `article.text`. All dates are ISO 8601. What is not known is
`None` or an empty list, never guessed. Ids are unique within one readout.
"""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer


class _Span(NamedTuple):
    start: int
    end: int


Span = Annotated[_Span, PlainSerializer(list, return_type=list[int])]
"""`[start, end)` in code points of the article's text; a plain tuple is accepted, JSON holds a list of two."""

EntityKind = Literal["person", "organization", "place", "facility", "equipment", "group", "work"]
RelationType = Literal["branch_of", "part_of", "owned_by", "located_in", "member_of", "works_for", "relative_of"]
TimeKind = Literal["date", "time", "duration", "set"]
TimeMod = Literal["START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"]
Precision = Literal["decade", "year", "quarter", "month", "week", "day", "minute"]
StatementKind = Literal["direct", "mixed", "indirect"]
Stance = Literal["asserts", "denies", "confirms", "promises", "demands", "accuses", "other"]
EventStatus = Literal["occurred", "ongoing", "planned", "denied", "alleged", "hypothetical"]
ToponymUse = Literal["literal", "associative"]


class Record(BaseModel):
    """Base of all parts: assignments are checked, unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", validate_assignment=False)


class Caption(Record):
    """A picture's caption, with who is credited for the picture."""

    text: str
    credit: str | None = None


class RelatedLink(Record):
    """A link to another article that the page offers."""

    title: str
    url: str | None = None


class Article(Record):
    """One published text: clean prose, paragraphs parted by a blank line, and what is known of it."""

    id: str
    title: str | None = None
    text: str
    published: str | None = None
    """Date, month or date-time (ISO 8601) as far as known."""
    url: str | None = None
    outlet: str | None = None
    authors: list[str] = Field(default_factory=list)
    contributors: list[str] = Field(default_factory=list)
    """Agencies credited in the copy, such as AFP."""
    updated_note: str | None = None
    captions: list[Caption] = Field(default_factory=list)
    related: list[RelatedLink] = Field(default_factory=list)
    language: str | None = None


class Role(Record):
    """A title held by a person, with the body it is held in."""

    title: str
    organization: str | None = None
    span: Span


class Relation(Record):
    """A relation that the text states between two entities."""

    type: RelationType
    to: str
    span: Span


class Location(Record):
    """A point on the globe, WGS 84, in degrees."""

    lat: float
    lon: float
    precision: Literal["place", "town"] = "place"
    """"town" where the point is that of the town in which a facility lies."""
    within: list[str] = Field(default_factory=list)
    """What it lies in, the nearest first: town, first-order division, country."""


class RunnerUp(Record):
    """The place that a name would have been taken for otherwise."""

    name: str
    lat: float
    lon: float
    country: str | None = None


class Actor(Record):
    """Whom somebody acts for, in the codes of PLOVER."""

    country: str | None = None
    """ISO 3166-1 alpha-3; UNO, EUR, IGO, NGO, IMG (international militants) for bodies and groups of no country."""
    sectors: list[str] = Field(default_factory=list)
    """GOV, MIL, COP, JUD, LEG, OPP, REB, ..., the main one first; empty for a country as such."""


class Entity(Record):
    """Somebody or something the article refers to, with all its mentions."""

    id: str
    kind: EntityKind
    name: str
    mentions: list[Span] = Field(default_factory=list)
    roles: list[Role] = Field(default_factory=list)
    relations: list[Relation] = Field(default_factory=list)
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    location: Location | None = None
    identifiers: dict[str, str] = Field(default_factory=dict)
    actor_code: Actor | None = None
    """Of persons, bodies, groups and countries: whom they act for on the day of the report, as far as known."""


class Toponym(Record):
    """One place name in the text, also inside other names, as adjective or as metonym."""

    span: Span
    entity: str | None = None
    use: ToponymUse
    location: Location | None = None
    country: str | None = None
    geonames: int | None = None
    resolved_by: str | None = None
    """What decided: "only" candidate, "spelling" (almost the name), or what sets the place apart from the runner-up:
    "population", "kind", "name", "hierarchy" (a parent named beside it), "country", "division", "distance"."""
    runner_up: RunnerUp | None = None


class Time(Record):
    """A temporal expression: its TIMEX3 value and the interval it stands for (inclusive ends)."""

    id: str
    span: Span
    kind: TimeKind
    value: str
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    mod: TimeMod | None = None
    """TIMEX3 modifier: "early" is START, "nearly" LESS_THAN, "about" APPROX."""
    until: str | None = None
    """The time at which the range that begins here ends: "from March to June"."""
    anchor: str | None = None
    """The time that dates the event counted from: in "two days after the talks", when the talks were."""
    anchor_span: Span | None = None
    """The words of the event counted from."""
    disagrees: str | None = None
    """A time that dates this otherwise than the count from its anchor does."""


class Statement(Record):
    """Somebody's words, quoted or reported."""

    id: str
    speaker: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None
    content_spans: list[Span]
    kind: StatementKind
    stance: Stance = "asserts"
    addressee: str | None = None
    medium: str | None = None
    time: str | None = None
    reported_by: str | None = None
    position: str | None = None
    """Shared by statements that say the same thing, with the same stance, from the same side."""


class Event(Record):
    """Who did what to whom, in PLOVER's terms, with status and voice."""

    id: str
    type: str
    mode: str | None = None
    contexts: list[str] = Field(default_factory=list)
    cameo: str | None = None
    trigger: Span
    mentions: list[Span] = Field(default_factory=list)
    actors: list[str] = Field(default_factory=list)
    recipients: list[str] = Field(default_factory=list)
    place: str | None = None
    actor_spans: list[Span] = Field(default_factory=list)
    recipient_spans: list[Span] = Field(default_factory=list)
    place_span: Span | None = None
    time: str | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    status: EventStatus = "occurred"
    asserted_by: str | None = None
    """The statement that says so; `None` where the article says it in its own voice."""
    evidence: list[Span] = Field(default_factory=list)


class Occurrence(Record):
    """What may be an event, too faint to stand alone: for the record, where other reports tell of it, or a plan."""

    id: str
    type: str
    """The likeliest type."""
    chance: float
    """Probability that it is an event."""
    trigger: Span
    actors: list[str] = Field(default_factory=list)
    recipients: list[str] = Field(default_factory=list)
    place: str | None = None
    time: str | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    status: EventStatus = "occurred"
    asserted_by: str | None = None
    evidence: list[Span] = Field(default_factory=list)


class Due(Record):
    """When something is due; an open end is `None`."""

    start: str | None = None
    end: str | None = None
    precision: Precision | None = None


class Expectation(Record):
    """Something still to come, by the article's word."""

    id: str
    event: str
    due: Due | None = None
    evidence: list[Span] = Field(default_factory=list)


class Screening(Record):
    """That somebody is under sanctions: by a list, or by the article's own words (`stated`)."""

    entity: str
    list: str | None = None
    entry_id: str | None = None
    entry_name: str | None = None
    matched_name: str | None = None
    score: float | None = None
    features: dict[str, Any] = Field(default_factory=dict)
    programmes: tuple[str, ...] = ()
    listed_on: str | None = None
    in_force: bool | None = None
    match: bool
    via: dict[str, str] | None = None
    stated: Span | None = None


class Producer(Record):
    """What made the readout: version of Readout, of the model, dates of the lists."""

    readout: str
    model: str
    lists: dict[str, str] = Field(default_factory=dict)


class Readout(Record):
    """What one article says."""

    schema_: Literal["readout/1"] = Field(default="readout/1", alias="schema")
    id: str
    article: Article
    entities: list[Entity] = Field(default_factory=list)
    toponyms: list[Toponym] = Field(default_factory=list)
    times: list[Time] = Field(default_factory=list)
    statements: list[Statement] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    expectations: list[Expectation] = Field(default_factory=list)
    occurrences: list[Occurrence] = Field(default_factory=list)
    screenings: list[Screening] = Field(default_factory=list)
    produced_by: Producer

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    def to_json(self, indent: int | None = None) -> str:
        """The readout as JSON.

        Args:
            indent: spaces per level; `None` for one line.

        Returns:
            JSON in the field names of the schema, every field present.
        """
        return self.model_dump_json(by_alias=True, indent=indent)
