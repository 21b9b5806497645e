"""Whom an event befalls, where the words stand in its content or behind a number: read with the shipped model."""

import pytest

import readout

CASES = [
    ("Police arrested at least 11 protesters in Tbilisi on Monday.", "COERCE", "protesters"),
    ("Norway agreed to provide 20 million dollars in loans for Moldova.", "AGREE", "Moldova"),
    ("The opposition charged that the army had tortured detainees.", "ACCUSE", "army"),
    ("Teachers marched through Lima to demand that the president resign.", "PROTEST", "president"),
    ("Italy sent 40 peacekeepers to Lebanon on Friday.", "AID", "Lebanon"),
]


@pytest.mark.parametrize(("text", "type_name", "recipient"), CASES)
def test_the_recipient_is_named(text: str, type_name: str, recipient: str) -> None:
    events = [e for e in readout.read_text(text, published="2024-05-06").events if e.type == type_name]
    named = [text[a:b] for e in events for a, b in e.recipient_spans]
    assert any(recipient in words for words in named), named
