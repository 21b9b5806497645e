"""What is still to come, by the article's word: the component `readout_expectations`."""

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers the attributes)
from readout.extract.status import is_future
from readout.schema import Due, Event, Expectation


@Language.factory("readout_expectations")
def make_expectations(nlp: Language, name: str) -> "ExpectationsComponent":
    """The factory behind `nlp.add_pipe("readout_expectations")`."""
    return ExpectationsComponent()


class ExpectationsComponent:
    """Writes one expectation for each event whose status is planned."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one `Doc`."""
        planned = [event for event in doc._.events if event.status == "planned"]
        doc._.expectations = [_expectation(f"x{i}", event, doc._.published) for i, event in enumerate(planned, start=1)]
        return doc


def _expectation(id: str, event: Event, published: str | None) -> Expectation:
    return Expectation(id=id, event=event.id, due=due(event, published), evidence=list(event.evidence))


def due(event: Event, published: str | None) -> Due | None:
    """When a planned event is due.

    Args:
        event: an event with its interval, open at either end or not.
        published: day, month or date-time of publication (ISO 8601), or `None`.

    Returns:
        The event's interval; `None` where it has none or it ended before the article appeared, as the time given then
        is that of the announcement.
    """
    if event.start is None and event.end is None:
        return None
    over = event.end is not None and published is not None and is_future(published, event.end)
    return None if over else Due(start=event.start, end=event.end, precision=event.precision)
