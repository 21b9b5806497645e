"""What may report an event, too faintly to stand alone."""

import numpy as np
from event_trees import add_time, reports
from spacy.tokens import Doc

from readout.extract.events import EventsComponent
from readout.extract.events.faint import FAINT
from readout.extract.status import StatusComponent
from readout.language.happenings import EventScores

NAMES = {
    "events": ["", "CONSULT"],
    "modes": [""],
    "status": ["occurred", "planned"],
    "roles": ["", "actor", "recipient", "time"],
}


class Nobody:
    """Finds nobody in any role."""

    def __call__(self, triggers: np.ndarray, words: np.ndarray) -> np.ndarray:
        return np.tile(np.array([9.0, 0.0, 0.0, 0.0], dtype=np.float32), (len(words), 1))


def scored(doc: Doc, chances: dict[str, float]) -> Doc:
    """A Doc with the encoder's probabilities of some words; it says nothing of the others."""
    chance = np.array([chances.get(token.text, 0.0) for token in doc], dtype=np.float32)
    even = np.full((len(doc), 2), 0.5, dtype=np.float32)
    types = np.stack([1 - chance, chance], axis=1)
    doc._.happening = EventScores(types, even[:, :1], even, NAMES, even, even, Nobody())
    return doc


def read(doc: Doc) -> list[tuple[str, str]]:
    doc._.published = "2031-05-06"
    for room in (EventsComponent(), StatusComponent()):
        doc = room(doc)
    return [(doc.text[slice(*o.trigger)], o.status) for o in doc._.occurrences]


def test_a_likely_word_is_kept_apart_from_the_events() -> None:
    doc = scored(reports()["visit"], {"lasted": FAINT + 0.1})
    assert read(doc) == [("lasted", "occurred")]
    assert not doc._.events


def test_an_unlikely_word_is_kept_only_with_a_day_to_come() -> None:
    unlikely = {"expected": FAINT / 2}
    assert read(scored(reports()["visit"], unlikely)) == []
    dated = scored(reports()["visit"], unlikely)
    add_time(dated, "May", "2031-06-01", "2031-06-30")
    assert read(dated) == [("visit", "planned")]


def test_a_verb_that_only_plans_another_event_is_none_of_its_own() -> None:
    doc = scored(reports()["visit"], {"visit": FAINT + 0.1, "expected": FAINT + 0.1})
    assert read(doc) == []
    assert [event.status for event in doc._.events] == ["planned"]
