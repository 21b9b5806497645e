"""What is still to come, by the article's word: the component `readout_expectations`."""

import re
from calendar import day_name, month_abbr, month_name
from datetime import MAXYEAR, date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers the attributes)
from readout.extract.due import due, is_future
from readout.extract.times.durations import move
from readout.extract.times.tense import governor
from readout.extract.tree import children, words_at
from readout.schema import Due, Event, Expectation, Time

DEADLINES = frozenset({"by", "until", "till", "through", "on or before", "no later than", "not later than"})
BEGINNINGS = frozenset(
    {
        "from",
        "starting",
        "starting on",
        "starting in",
        "beginning",
        "beginning on",
        "beginning in",
        "as from",
        "with effect from",
        "after",
        "as of",
        "effective",
        "not before",
        "no earlier than",
        "not earlier than",
    }
)
"""Words in front of a time that leave open when a thing may begin, and how long it will last."""
LONGEST_OPENING = 3
"""Words."""
MIDNIGHT = "T24:00"
"""How the value of a time writes the end of a day."""

MONTHS = frozenset(name.lower() for names in (month_name, month_abbr) for name in names if name)
WEEKDAYS = frozenset(name.lower() for name in day_name)
LENGTH = re.compile(r"P(\d{1,3})([WM])", re.ASCII)
YEAR = re.compile(r"['’]\d{2}|\d{3,4}")
WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})


@Language.factory("readout_expectations")
def make_expectations(nlp: Language, name: str) -> "ExpectationsComponent":
    """The factory behind `nlp.add_pipe("readout_expectations")`."""
    return ExpectationsComponent()


class ExpectationsComponent:
    """Writes one expectation for each event whose status is planned."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one `Doc`."""
        planned = [event for event in doc._.events if event.status == "planned"]
        times = {time.id: time for time in doc._.times}
        doc._.expectations = [
            Expectation(id=f"x{i}", event=event.id, due=_due(doc, event, times), evidence=list(event.evidence))
            for i, event in enumerate(planned, start=1)
        ]
        return doc


def _due(doc: Doc, event: Event, times: dict[str, Time]) -> Due | None:
    """When the event is due, open at the end that a deadline ("by Friday") or beginning ("from Friday") leaves open."""
    found, time = due(event, doc._.published), times.get(event.time or "")
    if found is None and time is not None and _is_next_years(doc, event, time):
        shifted = event.model_copy(update={"start": _year_on(event.start), "end": _year_on(event.end)})
        found = due(shifted, doc._.published)
    if found is None and time is not None and time.start and _is_coming_weekday(doc, event, time):
        found = Due(start=_week_on(time.start), end=_week_on(time.start), precision="day")
    if found is None or time is None or time.until is not None:
        return found
    opening = _opening(doc, time)
    is_range = found.precision == "day" and found.start != found.end  # "from 7-10 May"
    if opening in BEGINNINGS and found.start and not is_range:
        return found.model_copy(update={"end": None})
    if (day := _counted_ahead(doc, time)) is not None:
        return found.model_copy(update={"start": day, "end": day, "precision": "day"})
    if _is_at_the_end(time, opening):
        return found.model_copy(update={"start": found.end, "precision": "day"})
    if time.value.endswith(MIDNIGHT):
        day = time.value.removesuffix(MIDNIGHT)
        found = found.model_copy(update={"start": day, "end": day, "precision": "day"})
    if not found.end or opening not in DEADLINES | {"before"}:
        return found
    whole = opening == "before" and time.mod != "END" and not _has_begun(doc, found)  # not "before the end of July"
    end = _day_before(found.start) if whole else None
    return found.model_copy(update={"start": None, "end": end or found.end})


def _counted_ahead(doc: Doc, time: Time) -> str | None:
    """The day to which "in three weeks" counts from the day of publication."""
    length, words = LENGTH.fullmatch(time.value), words_at(doc, time.span)
    if length is None or any(t.lower_ in ("to", "or", "-", "–") for t in words):  # "in four to six months"
        return None
    if not words[0].like_num and words[0].lower_ not in ("a", "an"):  # "in the next three weeks"
        return None
    if not words[0].i or doc[words[0].i - 1].lower_ != "in" or len(doc._.published or "") < len("2024-05-06"):
        return None
    day = move(date.fromisoformat(doc._.published[:10]), int(length[1]), length[2])
    return day.isoformat() if day is not None else None


def _is_coming_weekday(doc: Doc, event: Event, time: Time) -> bool:
    """Whether a bare weekday is the plan's own, not another verb's past: "will leave, he said on Tuesday"."""
    if doc.text[slice(*time.span)].lower() not in WEEKDAYS:
        return False
    verb, trigger = governor(words_at(doc, time.span).root), words_at(doc, event.trigger)[0]
    arranged = trigger.pos_ == "NOUN" and verb == trigger.head  # "announced a protest on Saturday"
    return verb is None or verb.tag_ != "VBD" or verb == trigger or arranged


def _is_at_the_end(time: Time, opening: str | None) -> bool:
    """ "At the end of the month", which is due on its last day; "late in May" is the last third."""
    return time.mod == "END" and time.precision == "month" and opening is None and (time.start or "")[8:] == "01"


def _has_begun(doc: Doc, found: Due) -> bool:
    """Whether the time has begun already, so that "before" it means before it ends: "before the month is out"."""
    return doc._.published is not None and not is_future(found.start, doc._.published)


def _is_next_years(doc: Doc, event: Event, time: Time) -> bool:
    """Whether a month without year that is over is the next one, as the event's own future tense says: "will pay by the
    end of March", told in May."""
    words = words_at(doc, time.span)
    dated = any(t.lower_ in MONTHS for t in words) and not any(YEAR.fullmatch(t.text) for t in words)
    auxiliaries = {t.lower_ for t in children(words_at(doc, event.trigger)[0], "aux")}
    this_year = (event.end or event.start or "")[:4] == str(doc._.published or "")[:4]
    return dated and this_year and bool(auxiliaries & WILL) and not any(t.lower_ in ("last", "past") for t in words)


def _year_on(day: str | None) -> str | None:
    """The same day or month, a year later; the last of February for the 29th."""
    if day is None:
        return None
    later = f"{min(int(day[:4]) + 1, MAXYEAR):04d}{day[4:]}"
    return later.replace("-02-29", "-02-28")


def _week_on(day: str) -> str:
    """The same weekday, a week later: a day that a plan names is the coming one."""
    found = date.fromisoformat(day[:10])
    return (found + min(timedelta(7), date.max - found)).isoformat()


def _opening(doc: Doc, time: Time) -> str | None:
    """The words that open a time expression or stand in front of it, if they leave an end open: "no later than"."""
    first = words_at(doc, time.span)[0].i
    ends = (first + 1, first)
    phrases = (doc[max(end - size, 0) : end].text.lower() for size in range(LONGEST_OPENING, 0, -1) for end in ends)
    return next((phrase for phrase in phrases if phrase in DEADLINES | BEGINNINGS | {"before"}), None)


def _day_before(start: str | None) -> str | None:
    return (date.fromisoformat(start) - timedelta(1)).isoformat() if start and len(start) == 10 else None
