"""The figures of the event set: what counts as the same event, and which field is right."""

import spacy
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers the attributes)
from readout.evaluate.event_set import counted, matched
from readout.schema import Due, Event, Expectation, Span, Statement

TEXT = "Ministers will meet in Oslo on Friday, the palace said, and students marched."
GOLD = {
    "trigger": "meet", "type": "CONSULT", "mode": "meet", "actors": ["Ministers"], "recipients": [], "place": "Oslo",
    "time": "on Friday", "start": "2020-05-08", "end": "2020-05-08", "status": "planned", "voice": "the palace",
}  # fmt: skip
MARCH = {
    "trigger": "marched", "type": "PROTEST", "mode": None, "actors": ["students"], "recipients": [], "place": None,
    "time": None, "start": None, "end": None, "status": "occurred", "voice": None,
}  # fmt: skip


def span(words: str) -> Span:
    start = TEXT.index(words)
    return (start, start + len(words))  # type: ignore[return-value]


def read(*events: Event) -> Doc:
    doc = spacy.blank("en")(TEXT)
    doc._.events = list(events)
    doc._.statements = [Statement(id="s1", speaker_span=span("palace"), content_spans=[], kind="indirect")]
    doc._.expectations = [Expectation(id="x1", event="v1", due=Due(start="2020-05-08", end="2020-05-08"))]
    return doc


def meeting(**changes: object) -> Event:
    fields = {
        "id": "v1", "type": "CONSULT", "mode": "meet", "trigger": span("meet"), "actor_spans": [span("Ministers")],
        "place_span": span("Oslo"), "start": "2020-05-08T09:00", "end": "2020-05-08", "status": "planned",
        "asserted_by": "s1",
    } | changes  # fmt: skip
    return Event.model_validate(fields)


def test_all_fields_of_a_rightly_read_event_are_right() -> None:
    tally = counted({"text": TEXT, "events": [GOLD]}, read(meeting()))
    for measure in ("trigger", "event", "mode", "status", "voice", "place", "time", "due"):
        assert (measure, tally[measure]) == (measure, 1)
    assert tally["actors recalled"] == tally["actors precise"] == 1


def test_a_wrong_type_is_a_found_trigger_but_no_found_event() -> None:
    tally = counted({"text": TEXT, "events": [GOLD]}, read(meeting(type="AGREE")))
    assert (tally["trigger"], tally["event"]) == (1, 0)


def test_a_mention_matches_and_no_event_is_matched_twice() -> None:
    item = {"text": TEXT, "events": [GOLD, MARCH]}
    both = meeting(trigger=span("marched"), mentions=[span("meet")])
    assert [gold["trigger"] for gold, _ in matched(item, [both])] == ["meet"]
    assert len(matched(item, [both], typed=False)) == 1


def test_silence_where_a_voice_is_wanted_is_wrong() -> None:
    tally = counted({"text": TEXT, "events": [GOLD]}, read(meeting(asserted_by=None)))
    assert (tally["voice"], tally["voice_given gold"]) == (0, 1)


def test_hard_negatives_are_refused_only_without_any_event() -> None:
    empty = {"text": TEXT, "events": []}
    assert counted(empty, read())["refused"] == 1
    assert counted(empty, read(meeting()))["refused"] == 0
