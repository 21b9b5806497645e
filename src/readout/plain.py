"""Single parts of a readout as plain functions, for text that comes without a pipeline."""

from functools import cache
from typing import Any

from readout.schema import Time, Toponym


def times(text: str, published: str | None = None) -> list[Time]:
    """The temporal expressions of an English text, by its words alone (no model is loaded).

    Args:
        text: English prose.
        published: when it was published, ISO 8601: date, date-time, month ("2015-11") or year; None where it is not
            known, then nothing relative is resolved.

    Returns:
        Times in text order: span in code points, kind and value after TIMEX3 (ISO 24617-1), modifier, first and last
        day or moment where known, and how exact that is.

    Raises:
        OptionError: `published` is no ISO date.
    """
    from readout.extract.times import times as found

    return found(text, published)


def places(text: str) -> list[Toponym]:
    """The place names of an English text with the points they mean, by the gazetteer alone (no model is loaded).

    Args:
        text: English prose.

    Returns:
        Toponyms in text order: span in code points, literal or associative, point with what it lies in, what decided,
        and the runner-up. `readout.read_text` finds more, as it also knows people, bodies and the sentence's tree.
    """
    toponyms: list[Toponym] = _places_alone()(text)._.toponyms
    return toponyms


@cache
def _places_alone() -> Any:
    """A blank English pipeline with sentences and places."""
    import spacy

    import readout.extract.places  # noqa: F401  # registers the component

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("readout_places")
    return nlp
