"""What is still to come, by the article's word: the component `readout_expectations`."""

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers the attributes)
from readout.extract.due import due
from readout.schema import Event, Expectation


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
