"""How far two annotators agree."""

from copy import deepcopy

import pytest

from readout.evaluate.agreement import agreement, pairs
from readout.evaluate.corrections import FIELDS
from readout.evaluate.datasets import BadItemError, Item

TEXT = "Zagreb accused Ljubljana of holding up two trawlers and then asked Rome for talks; the talks begin in May."


def event(trigger: str, kind: str, **fields: object) -> Item:
    return FIELDS | {"trigger": trigger, "type": kind} | fields


def item(*events: Item, name: str = "x-1", text: str = TEXT) -> Item:
    return {"id": name, "published": "2009-04-02", "kind": "sentence", "text": text, "events": list(events)}


FIRST = item(
    event("accused", "ACCUSE", actors=["Zagreb"], recipients=["Ljubljana"]),
    event("holding", "COERCE", status="alleged"),
    event("asked", "REQUEST", actors=["Zagreb"], recipients=["Rome"]),
    event("talks#2", "CONSULT", status="planned", mentions=["begin"]),
)


def test_an_annotator_agrees_with_himself() -> None:
    same = agreement([FIRST], [deepcopy(FIRST)])
    assert set(same.figures().values()) == {1.0}
    assert not same.kinds


def test_differences_are_counted_by_kind() -> None:
    second = item(
        event("accused", "ACCUSE", actors=["Zagreb"], recipients=["Rome"]),
        event("holding", "ASSAULT"),
        event("begin", "CONSULT"),
    )
    result = agreement([FIRST], [second])
    assert result.kinds == {
        "type COERCE / ASSAULT": 1,
        "only the first: REQUEST": 1,
        "status planned / occurred": 1,
    }
    assert result.figures() == {
        "trigger": 0.857,
        "event": 0.571,
        "type": 0.667,
        "status": 0.5,
        "actors": 1.0,
        "recipients": 0.5,
    }


def test_items_that_only_the_first_has_are_left_out() -> None:
    result = agreement([FIRST, item(event("asked", "REQUEST"), name="x-2")], [deepcopy(FIRST)])
    assert (result.items, result.first) == (1, 4)


def test_events_of_one_trigger_are_paired_by_type() -> None:
    ours = [event("asked", "REQUEST"), event("asked", "CONSULT")]
    theirs = [event("asked", "CONSULT"), event("asked", "REQUEST")]
    assert [(one["type"], two["type"]) for one, two in pairs(TEXT, ours, theirs)] == [
        ("REQUEST", "REQUEST"),
        ("CONSULT", "CONSULT"),
    ]


@pytest.mark.parametrize("other", [item(name="x-9"), item(text="Zagreb is a city.")])
def test_items_that_are_not_the_same_are_refused(other: Item) -> None:
    with pytest.raises(BadItemError, match=r"^x-\d is not in the first file, or has another text there$"):
        agreement([FIRST], [other])
