"""What is still to come, by the article's word: the component `readout_expectations`."""

from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers the attributes)
from readout.extract.due import due, is_future
from readout.extract.events.coming import BEGINNINGS, DEADLINES, opening_of
from readout.extract.tree import words_at
from readout.schema import Due, Event, Expectation, Time

MIDNIGHT = "T24:00"
"""How the value of a time writes the end of a day."""
MIDDLE = "15"
"""The day until which something is to be done by the middle of a month."""


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
    if found is None or time is None or time.until is not None:
        return found
    if time.value.endswith(MIDNIGHT):
        day = time.value.removesuffix(MIDNIGHT)
        found = found.model_copy(update={"start": day, "end": day, "precision": "day"})
    opening = None if _is_the_day(doc, event, time) else opening_of(doc, time)
    is_range = found.precision == "day" and found.start != found.end  # "from 7-10 May"
    if opening in BEGINNINGS and found.start and not is_range:
        return found.model_copy(update={"end": None})
    if not found.end or opening not in DEADLINES | {"before"}:
        return found
    if time.mod == "MID" and time.precision == "month":  # "by the middle of May"
        return found.model_copy(update={"start": None, "end": f"{found.end[:7]}-{MIDDLE}", "precision": "day"})
    whole = opening == "before" and time.mod != "END" and not _has_begun(doc, found)  # not "before the end of July"
    end = _day_before(found.start) if whole else None
    return found.model_copy(update={"start": None, "end": end or found.end})


def _is_the_day(doc: Doc, event: Event, time: Time) -> bool:
    """Whether what opens an expression leaves the event's own day as it is: that to which something is put off, or that
    which a clause takes up, "until Wednesday, when it will hear the union"."""
    behind = doc[words_at(doc, time.span).end :][:2].text.lower().lstrip(", ")
    return event.type == "REJECT" or (behind.startswith("when") and event.trigger.start > time.span.end)


def _has_begun(doc: Doc, found: Due) -> bool:
    """Whether the time has begun already, so that "before" it means before it ends: "before the month is out"."""
    return doc._.published is not None and not is_future(found.start, doc._.published)


def _day_before(start: str | None) -> str | None:
    return (date.fromisoformat(start) - timedelta(1)).isoformat() if start and len(start) == 10 else None
