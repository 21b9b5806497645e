"""What is still to come, by the article's word: the component `readout_expectations`."""

from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers the attributes)
from readout.extract.due import due
from readout.extract.tree import words_at
from readout.schema import Due, Event, Expectation, Time

DEADLINES, BEGINNINGS = frozenset({"by", "before", "until", "till"}), frozenset({"from", "starting", "beginning"})
"""Words in front of a time that leave open when a thing may begin, and how long it will last."""


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
    word = _leading_word(doc, time)
    is_range = found.precision == "day" and found.start != found.end  # "from 7-10 May"
    if word in BEGINNINGS and found.start and not is_range:
        return found.model_copy(update={"end": None})
    if word not in DEADLINES or not found.end:
        return found
    end = _day_before(found.start) if word == "before" else None
    return found.model_copy(update={"start": None, "end": end or found.end})


def _leading_word(doc: Doc, time: Time) -> str:
    """The word that opens a time expression or stands in front of it."""
    first = words_at(doc, time.span)[0]
    own = first.lower_ in DEADLINES | BEGINNINGS
    return first.lower_ if own or first.i == 0 else doc[first.i - 1].lower_


def _day_before(start: str | None) -> str | None:
    return (date.fromisoformat(start) - timedelta(1)).isoformat() if start and len(start) == 10 else None
