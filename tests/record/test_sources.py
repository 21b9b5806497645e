"""Copies of one report are one source, in whatever order they come."""

import random

import pytest
from tests.record.making import OTHER, REPORT, made

from readout.knowledge.outlets import outlet
from readout.record import Record
from readout.record.signatures import likeness, signature

LONG = """\
Rescue teams searched the slopes above Tarvik for a second night after a rail bridge gave way under a goods train.

Two drivers were taken to hospital with broken bones, the regional governor, Marta Oyen, said. She called the bridge a
known risk and asked why repairs had been put off three times since the spring floods.

The railway company said engineers had inspected the span in August and found nothing that called for closing it. Its
chairman is due before a committee of parliament next week.

Residents were told to keep away from the river, where tank cars lay half under water. Divers had sealed two of them by
noon, and no fuel was seen in the harbour, a spokesman for the fire service told reporters."""
OWN = (
    "A goods train fell into the river near Tarvik when a bridge collapsed; both its drivers are hurt.\n\n"
    "Governor Marta Oyen demanded to know why repairs were postponed, while the railway insisted that an inspection in "
    "August had shown no fault.\n\nFuel wagons were being secured by divers on Wednesday. Parliament will question the "
    "company's head within days."
)


def cut(text):
    return (
        text.rpartition("\n\n")[0].replace("said", "told the Courier").replace("“", '"')
        + "\n\nCourier staff added notes."
    )


def test_copies_are_one_source(record):
    first = record.add(made(LONG, url="https://wire.example/1"))
    copy = record.add(made(LONG, url="https://paper.example/tarvik"))
    worked_over = record.add(made(cut(LONG), url="https://courier.example/9"))
    own = record.add(made(OWN, url="https://other.example/2"))
    far = record.add(made(OTHER))
    record.regroup()
    group = sorted(added.id for added in (first, copy, worked_over))
    assert record.copies() == [group]
    assert {record.article(id).source_group for id in group} == {group[0]}
    assert record.article(own.id).source_group == own.id
    assert record.independent([*group, own.id, far.id]) == 3
    assert record.regroup() == 0


def test_one_agency_on_one_day_needs_less_to_be_one_source(record):
    shared = "\n\n".join(LONG.split("\n\n")[:2])
    one = record.add(made(shared + "\n\n" + OTHER, credits=["AFP"], url="https://a.example/1"))
    other = record.add(made(shared + "\n\n" + REPORT + "\n\n" + OWN, credits=["AFP"], url="https://b.example/1"))
    record.regroup()
    assert record.independent([one.id, other.id]) == 1


@pytest.mark.parametrize("seed", range(3))
def test_groups_do_not_depend_on_the_order(tmp_path, seed):
    readouts = [made(LONG, url=f"https://p{n}.example/") for n in range(3)] + [made(cut(LONG)), made(OWN), made(OTHER)]
    with Record(tmp_path / "a.sqlite") as one, Record(tmp_path / "b.sqlite") as other:
        list(one.add_many(readouts))
        one.regroup()
        random.Random(seed).shuffle(readouts)
        for readout in readouts:
            other.add(readout)
            other.regroup()
        assert one.copies() == other.copies()
        assert [(k.id, k.source_group) for k in one.articles()] == [(k.id, k.source_group) for k in other.articles()]


def test_the_sketch_takes_any_text():
    assert likeness(signature(LONG), signature(LONG.upper().replace(", ", " — "))) > 0.95
    assert likeness(signature(LONG), signature(OTHER)) < 0.1
    for text in ("", " ", "a", "東京", "\x00" * 50, "word " * 100_000):
        assert len(signature(text)) == len(signature(LONG))


def test_outlets_are_known_by_name_and_by_host():
    assert outlet("Tass") == outlet(None, "https://www.tass.com/x")
    assert outlet("TASS").kind == "state"
    assert outlet("Some Ministry", "https://news.some-office.gov.uk/x").kind == "official"
    assert outlet("The Village Gazette", "https://gazette.example/1") is None
    assert outlet(None, "http://[broken") is None


@pytest.mark.parametrize(
    "text",
    [
        "Tarvik, May {y}. The harbour made a small profit in {y}, its chairman said. He called {y} a dry year.",
        "The harbour of Tarvik opened its books for {y} on Monday.",
    ],
)
def test_short_reports_that_differ_in_a_year_are_one_source(record, text):
    ids = [record.add(made(text.format(y=y), url=f"https://paper.example/{y}")).id for y in range(2015, 2021)]
    record.regroup()
    assert record.independent(ids) == 1
