"""Beat: what is new, due, overdue, disputed and under sanctions, on one screen; for everything or a saved query."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from readout.desk.asked import Date, Day, Words
from readout.desk.page import Connection, LineOut, Shown, TheDesk, page
from readout.desk.visit import Visit, keep_visit, visit_of
from readout.errors import OptionError
from readout.knowledge.folding import fold
from readout.record.beats import Beat, beats, drop, keep
from readout.record.questions import Filters, Line, conflicts, due, newly_sanctioned, news

TAB = ("Beat", "/beat")
WEEKS = 6
"""How far ahead what is due is shown."""
EACH = 8
"""Lines of each part."""
MOST_NAMES = 40
EVERYTHING = Filters(limit=200)
router = APIRouter()


class BeatAsked(BaseModel):
    """A beat, by its name or by what it follows; nothing is all of the record."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: Words | None = Field(None, title="Beat", description="one that is kept")
    actor: list[Words] = Field([], title="Actors", max_length=MOST_NAMES, description="at least one takes part")
    place: list[Words] = Field([], title="Places", max_length=MOST_NAMES, description="in at least one of them")
    type: list[Words] = Field([], title="Types", max_length=MOST_NAMES, description="PLOVER types or modes")
    since: Date | None = Field(None, title="From")
    until: Date | None = Field(None, title="To")
    new_since: datetime | None = Field(None, description="what is new since this moment (UTC), not the last visit")
    as_of: Day | None = Field(None, title="As of")

    @model_validator(mode="before")
    @classmethod
    def _parted(cls, values: Any) -> Any:
        """Names may come in one field, parted by semicolons or lines."""
        if not isinstance(values, dict):
            return values
        told = {key: value for key, value in values.items() if value not in ("", [], [""])}
        for key in ("actor", "place", "type"):
            given = told.get(key, [])
            given = [given] if isinstance(given, str) else given
            told[key] = [
                part.strip() for one in given for part in str(one).replace("\n", ";").split(";") if part.strip()
            ]
        return told

    @property
    def beat(self) -> Beat:
        """What it follows."""
        return Beat(tuple(self.actor), tuple(self.place), tuple(self.type), self.since, self.until)


class BeatOut(BaseModel):
    """What a beat shows."""

    name: str | None
    follows: dict[str, Any]
    unknown: list[str]
    since: datetime
    waiting: list[str]
    news: list[LineOut]
    due: list[LineOut]
    overdue: list[LineOut]
    conflicts: list[LineOut]
    sanctioned: list[LineOut]


@page(router, "/beat", "beat.html", answers=BeatOut, exports=("atom", "ics", "csv", "ftm"))
def beat(request: Request, desk: TheDesk, connection: Connection, asked: Annotated[BeatAsked, Query()]) -> Shown:
    """What is new since the last visit, what is due and overdue, and who is newly under sanctions."""
    kept = beats(connection)
    if asked.name and asked.name not in kept:
        raise OptionError(f"{asked.name}: no beat of that name is kept; there are {', '.join(kept) or 'none'}")
    follows = kept[asked.name] if asked.name else asked.beat
    visit = visit_of(request)
    since = asked.new_since.replace(tzinfo=None) if asked.new_since else visit.since
    only, unknown = follows.conditions(connection)
    dated = {"since": follows.since, "until": follows.until, "as_of": asked.as_of, "limit": EACH}
    fresh = news(connection, since, Filters(**dated), only)  # type: ignore[arg-type]
    asked_of = Filters(**dated)  # type: ignore[arg-type]
    key = ("due", asked_of, asked_of.today, follows)
    ledger = desk.worked_out.soon(key, lambda connection: due(connection, asked_of, only=only))
    disputed = desk.worked_out.soon(("conflicts", EVERYTHING), lambda connection: conflicts(connection, EVERYTHING))
    announced = ledger.lines if ledger else []
    sides = disputed.lines if disputed else []
    waiting = [name for name, found in (("what is due", ledger), ("conflicts", disputed)) if found is None]
    today = date.fromisoformat(asked_of.today)
    parts: dict[str, list[Line]] = {
        "news": fresh.lines,
        "due": [line for line in announced if line.what["state"] == "open" and _is_near(line, today)],
        "overdue": [line for line in announced if line.what["state"] == "overdue"],
        "conflicts": [line for line in sides if follows == Beat() or _concerns(line, follows)][:EACH],
        "sanctioned": newly_sanctioned(connection, since, Filters(as_of=asked.as_of, limit=EACH)).lines,
    }
    about = {"name": asked.name, "follows": asdict(follows), "unknown": unknown, "since": since, "waiting": waiting}
    data = {**about, **{name: [line.as_dict() for line in lines] for name, lines in parts.items()}}
    context = {
        **about, "parts_of": parts, "beats": kept, "nothing_followed": asdict(Beat()), "more": fresh.more,
        "weeks": WEEKS,
    }  # fmt: skip
    lines = [*parts["news"], *parts["due"], *parts["overdue"]]
    return Shown(asked.name or "Beat", data, lines, context=context, finish=_kept(request, visit))


def _concerns(line: Line, follows: Beat) -> bool:
    """Whether words of a conflict name somebody or somewhere that a beat follows."""
    told = fold(" ".join(f"{side['sentence']} {side['actor'] or ''}" for one in line.what["sides"] for side in one))
    return any(fold(name) in told for name in (*follows.actors, *follows.places))


def _is_near(line: Line, today: date) -> bool:
    """Whether something is due in the coming weeks."""
    last = (today + timedelta(weeks=WEEKS)).isoformat()
    return bool(line.start or line.end) and (line.start or line.end or "") <= last


def _kept(request: Request, visit: Visit) -> Callable[[Any], None]:
    return lambda response: keep_visit(request, response, visit)


@router.post("/beats", tags=["beat"], status_code=303, response_class=RedirectResponse)
def keep_beat(
    desk: TheDesk,
    name: Annotated[str, Form(max_length=200)],
    actor: Annotated[str, Form(max_length=4000)] = "",
    place: Annotated[str, Form(max_length=4000)] = "",
    type: Annotated[str, Form(max_length=1000)] = "",
    since: Annotated[str, Form(max_length=10)] = "",
    until: Annotated[str, Form(max_length=10)] = "",
) -> RedirectResponse:
    """Keep a beat under a name; names of actors, places and types are parted by semicolons."""
    values = {"actor": actor, "place": place, "type": type, "since": since, "until": until}
    try:
        follows = BeatAsked.model_validate(values).beat
    except ValueError:
        raise OptionError("the beat has a date that is none, or too many names") from None
    with desk.record.database.reading() as connection:
        follows.conditions(connection)
        Filters(since=follows.since, until=follows.until)
    keep(desk.record.database, name, follows)
    return RedirectResponse(f"/beat?{urlencode({'name': ' '.join(name.split())})}", 303)


@router.post("/beats/forget", tags=["beat"], status_code=303, response_class=RedirectResponse)
def forget_beat(desk: TheDesk, name: Annotated[str, Form(max_length=200)]) -> RedirectResponse:
    """Forget a beat; what it followed stays in the record."""
    drop(desk.record.database, name)
    return RedirectResponse("/beat", 303)
