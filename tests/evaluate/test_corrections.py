"""A second reader's corrections."""

import json
from pathlib import Path

import pytest

from readout.evaluate.corrections import FIELDS, apply, corrected, doubts
from readout.evaluate.datasets import BadItemError, Item

TEXT = "Oslo said it would send tents to Skopje, which had asked for them."
ITEM: Item = {
    "id": "x-1",
    "published": "2001-06-04",
    "kind": "sentence",
    "text": TEXT,
    "events": [FIELDS | {"trigger": "said", "type": "AGREE", "actors": ["Oslo"]}],
}


def test_events_are_changed_dropped_and_added() -> None:
    added = {"trigger": "asked", "type": "REQUEST", "actors": ["Skopje"], "recipients": ["Oslo"]}
    change = {"said": {"trigger": "send", "type": "AID", "status": "planned", "recipients": ["Skopje"]}}
    new = corrected(ITEM, {"id": "x-1", "change": change, "add": [added]})
    assert [(e["trigger"], e["type"], e["status"], e["recipients"]) for e in new["events"]] == [
        ("send", "AID", "planned", ["Skopje"]),
        ("asked", "REQUEST", "occurred", ["Oslo"]),
    ]
    assert ITEM["events"][0]["trigger"] == "said"
    none = corrected(ITEM, {"id": "x-1", "drop": ["said"], "negative": "speech"})
    assert (none["events"], none["negative"]) == ([], "speech")
    again = corrected(none, {"id": "x-1", "add": [added]})
    assert "negative" not in again


@pytest.mark.parametrize(
    ("correction", "why"),
    [
        ({"events": []}, "unknown events"),
        ({"drop": ["sent"]}, "0 events have the trigger 'sent'"),
        ({"drop": ["said"]}, "negative is None"),
        ({"change": {"said": {"actor": "Oslo"}}}, "unknown actor"),
        ({"change": {"said": {"type": "OFFER"}}}, "type 'OFFER'"),
        ({"add": [{"trigger": "tent", "type": "AID"}]}, "'tent' is not in the text"),
    ],
)
def test_a_correction_that_cannot_be_made_is_refused(correction: Item, why: str) -> None:
    with pytest.raises(BadItemError, match=why):
        corrected(ITEM, {"id": "x-1"} | correction)


def test_a_batch_is_corrected_whole_or_not_at_all(tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    untouched = '{"id": "x-0",  "published": "2001-06-04", "kind": "sentence", "text": "", "events": []}\n'
    old = untouched + json.dumps(ITEM) + "\n"
    batch.write_text(old, encoding="utf-8")
    good: Item = {"id": "x-1", "change": {"said": {"trigger": "send"}}}
    for bad in ({"id": "x-2"}, good):
        with pytest.raises(BadItemError, match=rf"{bad['id']} is not in batch.jsonl, or is corrected twice"):
            apply(batch, [good, bad])
        assert batch.read_text(encoding="utf-8") == old
    assert apply(batch, [good]) == 1
    first, second = batch.read_text(encoding="utf-8").splitlines()
    assert first + "\n" == untouched
    assert json.loads(second)["events"][0]["trigger"] == "send"


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({}, "said AGREE: a neutral verb of speech is no trigger"),
        ({"trigger": "send tents"}, "send tents AGREE: a trigger is one word"),
        ({"trigger": "send", "type": "MOBILIZE", "recipients": ["tents"]}, "own forces are no recipients"),
        ({"trigger": "send", "recipients": ["Oslo"]}, "the same words on both sides"),
        ({"trigger": "send", "type": "THREATEN", "status": "planned"}, "words to come"),
        ({"trigger": "send", "start": "2001-06-05"}, "dates without words of time"),
    ],
)
def test_what_is_often_wrong_is_pointed_at(fields: Item, doubt: str) -> None:
    (line,) = doubts(ITEM | {"events": [ITEM["events"][0] | fields]})
    assert doubt in line


def test_a_sound_event_raises_no_doubt() -> None:
    sound = {"trigger": "send", "type": "AID", "status": "planned", "recipients": ["Skopje"]}
    assert list(doubts(ITEM | {"events": [ITEM["events"][0] | sound]})) == []
