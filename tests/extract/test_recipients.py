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


TYPES = [
    ("Norway's prime minister will not lift the ban on Danish trawlers.", "lift", "REJECT", "occurred"),
    ("The miners will not end their strike, the union said.", "end", "REJECT", "occurred"),
    ("Chile withdrew its peacekeepers from Haiti on Sunday.", "withdrew", "SANCTION", "occurred"),
    ("Eritrea expelled nine aid workers on Friday.", "expelled", "SANCTION", "occurred"),
    ("Rebels violated the ceasefire agreement near Kidal.", "violated", "ASSAULT", "occurred"),
    pytest.param(
        "A court ordered the release of the editor Ana Ruiz.", "release", "RETREAT", "occurred",
        marks=pytest.mark.xfail(strict=True, reason="the encoder's head takes it for a request that he be released"),
    ),
    pytest.param(
        "Oman launched a mediation effort between Iran and Iraq.", "launched", "CONSULT", "occurred",
        marks=pytest.mark.xfail(strict=True, reason="the encoder's head is sure that neither word reports an event"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "type_name", "status"), TYPES)
def test_the_words_around_a_trigger_give_its_type(text: str, trigger: str, type_name: str, status: str) -> None:
    events = readout.read_text(text, published="2024-05-06").events
    told = [(e.type, e.status) for e in events if text[slice(*e.trigger)] == trigger]
    assert told == [(type_name, status)]


SIDES = [
    ("The miners will not end their strike until the ministry pays them.", "REJECT", "the ministry"),
    ("A senator called for sanctions against Belarus on Friday.", "REQUEST", "Belarus"),
    ("Rebels attacked an army base in northern Mali.", "ASSAULT", "an army base in northern Mali"),
    ("A lawyer filed a complaint with the court against Norway.", "ACCUSE", "Norway"),
]


SIDES += [
    ("A deputy kicked the handcuffed farmworker on Friday.", "ASSAULT", "the handcuffed farmworker"),
    ("Rebels fired on a raft near Juba.", "ASSAULT", "a raft"),
    ("Mali recalled its envoy from Algiers after fans were attacked in the stadium.", "ASSAULT", "fans"),
    ("Serbia condemned the arrest of two pupils by the army.", "ACCUSE", "the army"),
    ("An envoy warned that the rebels would be shot.", "THREATEN", "the rebels"),
    ("Portugal was willing to provide ammunition to Angola.", "AGREE", "Angola"),
]
NOBODY = [
    ("Kenya deployed 2,000 officers on Friday.", "MOBILIZE"),
    ("Hauliers blocked the bridge at Lom on Friday.", "PROTEST"),
    ("Bolivia called up its reservists on Friday.", "MOBILIZE"),
]


@pytest.mark.parametrize(("text", "type_name"), NOBODY)
def test_own_forces_and_things_in_the_way_are_no_sides(text: str, type_name: str) -> None:
    events = [e for e in readout.read_text(text, published="2024-05-06").events if e.type == type_name]
    assert [e.recipients for e in events] == [[]]


@pytest.mark.parametrize(("text", "type_name", "recipient"), SIDES)
def test_the_words_that_fill_the_slot(text: str, type_name: str, recipient: str) -> None:
    events = [e for e in readout.read_text(text, published="2024-05-06").events if e.type == type_name]
    assert [text[a:b] for e in events for a, b in e.recipient_spans] == [recipient]
