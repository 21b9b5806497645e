"""What several readouts say together, on readouts written by hand, so that no model is needed."""

from __future__ import annotations

import json
import random
import re
from itertools import count

import pytest

from readout.record import Record
from readout.record.together import together
from readout.resolve.identity import Decisions
from readout.resolve.quantities import quantities
from readout.resolve.record import record
from readout.resolve.reports import Report
from readout.resolve.words import sentence_around
from readout.schema import (
    Article,
    Due,
    Entity,
    Event,
    Expectation,
    Occurrence,
    Producer,
    Readout,
    Statement,
)

PLAN = "Mayor Lena Brandt will meet rail chief Otto Weiss in Lindau on 4 May 2021. It is about the night trains."
DONE = "Lena Brandt met Otto Weiss in Lindau on 4 May 2021. The night trains stay, said Brandt."
DENIED = "Otto Weiss denied that he met Lena Brandt in Lindau. He was ill, he said."
OTHER = "In Graz, 300 people marched for peace. Mayor Tom Brandt spoke to them."
MORE = "In Graz, 900 people marched for peace, the organisers said."


def readout(
    name: str, published: str, text: str, *people: str, event: tuple[str, str, str], day: str | None
) -> Readout:
    """A readout with persons, one place and one event; `event` is type, status and trigger."""
    numbers = count(1)
    entities = []
    for person in people:
        spans = [m.span() for m in re.finditer(re.escape(person), text)]
        kind = "group" if person[0].isdigit() else "place" if person in ("Lindau", "Graz") else "person"
        entities.append(Entity(id=f"e{next(numbers)}", kind=kind, name=person, mentions=spans))
    kind, status, trigger = event
    start = text.index(trigger)
    actors = [e.id for e in entities if e.kind in ("person", "group")]
    place = next(e.id for e in entities if e.kind == "place")
    said = [Statement(id="s1", speaker="e1", content_spans=[(0, text.index("."))], kind="indirect", stance="denies")]
    made = Event(
        id="v1", type=kind, trigger=(start, start + len(trigger)), mentions=[(start, start + len(trigger))],
        actors=actors, place=place, start=day, end=day, precision="day" if day else None, status=status,
        asserted_by="s1" if status == "denied" else None, evidence=[sentence_around(text, (start, start + 1))],
    )  # fmt: skip
    waits = [Expectation(id="x1", event="v1", due=Due(start=day, end=day))] if status == "planned" else []
    return Readout(
        id=name, article=Article(id=name, text=text, published=published), entities=entities, events=[made],
        statements=said if status == "denied" else [], expectations=waits, produced_by=Producer(readout="0", model="0"),
    )  # fmt: skip


@pytest.fixture
def reports() -> list[Report]:
    people = ("Lena Brandt", "Otto Weiss", "Lindau")
    march = ("PROTEST", "occurred", "marched")
    made = [
        readout("a", "2021-04-20", PLAN, *people, event=("CONSULT", "planned", "meet"), day="2021-05-04"),
        readout("b", "2021-05-05", DONE, *people, event=("CONSULT", "occurred", "met"), day="2021-05-04"),
        readout("c", "2021-05-06", DENIED, *people, event=("CONSULT", "denied", "met"), day=None),
        readout("d", "2021-05-06", OTHER, "Graz", "300 people", "Tom Brandt", event=march, day="2021-05-05"),
        readout("e", "2021-05-06", MORE, "Graz", "900 people", event=march, day="2021-05-05"),
    ]  # fmt: skip
    return [Report(r.id, r) for r in made]


def lines(
    reports: list[Report], kind: str, as_of: str = "2021-06-01", decisions: Decisions | None = None
) -> list[dict]:
    return [line for line in record(reports, as_of, decisions) if line["record"] == kind]


def test_the_order_of_arrival_changes_nothing(reports: list[Report]) -> None:
    outcomes = set()
    for seed in range(20):
        random.Random(seed).shuffle(reports)
        outcomes.add(json.dumps(list(record(reports, "2021-06-01"))))
    assert len(outcomes) == 1


def test_one_event_has_all_its_reports(reports: list[Report]) -> None:
    together_ = [sorted(told["article"] for told in event["reports"]) for event in lines(reports, "event")]
    assert sorted(together_) == [["a", "b", "c"], ["d", "e"]]


def test_namesakes_stay_apart_and_one_person_is_one(reports: list[Report]) -> None:
    names = [actor["name"] for actor in lines(reports, "actor") if actor["kind"] == "person"]
    assert sorted(names) == ["Lena Brandt", "Otto Weiss", "Tom Brandt"]


def test_what_people_decide_outweighs_all(reports: list[Report]) -> None:
    first, second = reports[0].stable["e1"], reports[1].stable["e1"]
    decided = {frozenset((first, second)): "negative"}
    names = [actor["name"] for actor in lines(reports, "actor", decisions=decided)]
    assert names.count("Lena Brandt") == 2
    joined = {frozenset((reports[0].stable["e1"], reports[3].stable["e3"])): "positive"}
    assert "Tom Brandt" not in [actor["name"] for actor in lines(reports, "actor", decisions=joined)]


def test_a_denial_and_numbers_that_differ_stand_side_by_side(reports: list[Report]) -> None:
    found = [{told["article"] for side in c["sides"] for told in side} for c in lines(reports, "conflict")]
    assert {"b", "c"} in found
    assert {"d", "e"} in found


@pytest.mark.parametrize(
    ("known", "as_of", "state"),
    [("a", "2021-04-30", "open"), ("a", "2021-05-10", "overdue"), ("ab", "2021-05-10", "fulfilled")],
)
def test_the_ledger_says_what_became_of_a_plan(reports: list[Report], known: str, as_of: str, state: str) -> None:
    [entry] = lines([r for r in reports if r.id in known], "expectation", as_of)
    assert entry["state"] == state


def test_what_is_faint_counts_where_two_reports_tell_of_it_or_it_is_announced(reports: list[Report]) -> None:
    for report in reports[:3]:
        readout, text = report.readout, report.text
        start = text.index("met " if report.id != "a" else "meet")
        told = {"status": "planned" if report.id == "a" else "occurred", "start": "2021-05-04", "end": "2021-05-04"}
        shared = {"type": "CONSULT", "chance": 0.5, "actors": ["e1", "e2"], "place": "e3", "precision": "day"}
        evidence = [sentence_around(text, (start, start + 1))]
        faint = Occurrence(id="o1", trigger=(start, start + 4), evidence=evidence, **told, **shared)
        readout.events, readout.expectations, readout.occurrences = [], [], [faint]
    alone = [event for event in lines(reports[1:2], "event") if event["type"] == "CONSULT"]
    [announced] = lines(reports[:1], "expectation", "2021-05-10")
    [event] = [event for event in lines(reports[:2], "event") if event["type"] == "CONSULT"]
    assert not alone
    assert announced["state"] == "overdue"
    assert [told["article"] for told in event["reports"]] == ["a", "b"]


def test_a_store_gives_the_same_lines(reports: list[Report], tmp_path) -> None:
    with Record(tmp_path / "r.sqlite") as store:
        list(store.add_many(report.readout for report in reports))
        early = [line["record"] for line in together(store, "2021-05-05")]
        assert early.count("article") == 2
        assert [line["record"] for line in together(store)].count("article") == 5


def test_numbers_are_read_with_what_they_count() -> None:
    text = "On March 12 some 12,000 people marched; 3 percent of two million euros was lost in 2021."
    assert [(q.value, text[slice(*q.span)]) for q in quantities(text)] == [
        (12000, "12,000 people"),
        (3, "3 percent"),
        (2e6, "two million euros"),
    ]
