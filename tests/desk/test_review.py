"""Review: decisions on items, which the record's answers heed, and which can be taken back."""

import json
import re

import pytest
from fastapi.testclient import TestClient
from tests.record.making import REPORT, made

from readout.record import Record
from readout.record.questions import Filters, due, said, timeline


def token(page: str) -> str:
    return re.search(r'name="csrf" content="([^"]+)"', page)[1]  # type: ignore[index]


@pytest.fixture
def first(desk: TestClient) -> str:
    """The id of the first item that waits."""
    return str(desk.get("/review.json?kind=event").json()["ids"][0])


def decide(desk: TestClient, item: str, verdict: str, change: tuple[str, ...] = ()) -> None:
    page = desk.get("/review").text
    form = {"csrf": token(page), "item": item, "verdict": verdict, "change": list(change)}
    answer = desk.post("/review", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text


def told(desk: TestClient) -> list[str]:
    return [line["id"] for line in desk.get("/timeline.json").json()["lines"]]


def test_an_item_is_shown_with_its_sentence_lit(desk: TestClient) -> None:
    page = desk.get("/review?kind=event").text
    assert '<mark class="at">' in page
    assert 'data-key="a"' in page


def test_what_is_rejected_is_told_no_more_until_it_is_taken_back(desk: TestClient, first: str) -> None:
    assert first in told(desk)
    decide(desk, first, "reject")
    assert first not in told(desk)
    assert first not in desk.get("/review.json?kind=event").json()["ids"]
    desk.post("/review/undo", data={"csrf": token(desk.get("/review").text)})
    assert first in told(desk)


def test_what_is_edited_is_told_as_it_should_be(desk: TestClient, first: str) -> None:
    decide(desk, first, "edit", ("AGREE", "", "denied", "2024-03-10", "2024-03-10"))
    (line,) = (one for one in desk.get("/timeline.json").json()["lines"] if one["id"] == first)
    assert (line["type"], line["status"], line["start"]) == ("AGREE", "denied", "2024-03-10")
    assert "accepted, as type AGREE" in desk.get(f"/review?item={first}").text


def test_an_edit_must_be_one_that_the_field_can_have(desk: TestClient, first: str) -> None:
    form = {
        "csrf": token(desk.get("/review").text),
        "item": first,
        "verdict": "edit",
        "change": ["NONSENSE", "", "denied"],
    }
    answer = desk.post("/review", data=form)
    assert answer.status_code == 422
    assert "NONSENSE" in answer.text


def test_skipped_items_come_back_when_they_are_asked_for(desk: TestClient, first: str) -> None:
    decide(desk, first, "skip")
    assert first not in desk.get("/review.json?kind=event").json()["ids"]
    assert desk.get("/review.json?kind=event&skipped=true").json()["ids"] == [first]
    assert first in told(desk)


def test_a_form_cannot_lead_away(desk: TestClient, first: str) -> None:
    form = {
        "csrf": token(desk.get("/review").text),
        "item": first,
        "verdict": "skip",
        "onward": "https://elsewhere.example",
    }
    assert desk.post("/review", data=form, follow_redirects=False).status_code == 400


def test_accepted_items_are_gold_and_the_rest_is_optional(desk: TestClient, first: str) -> None:
    decide(desk, first, "accept")
    (line,) = desk.get("/review/gold.jsonl").text.splitlines()
    gold = json.loads(line)
    required = [event for event in gold["events"] if "optional" not in event]
    assert len(required) == 1
    assert len(gold["events"]) > 1
    assert required[0]["anchors"][0]


def test_decisions_outlive_a_new_reading(database: str) -> None:
    with Record(database) as record:
        with record.database.reading() as connection:
            happened = next(line.id for line in timeline(connection).lines if line.what["status"] == "occurred")
            words = said(connection, "Lind").lines[0].id
            wait = due(connection, Filters(as_of="2024-04-01")).lines[0].id
        for id in (happened, words, wait):
            record.decide(id, "negative", "ada")
        again = made(REPORT, url="https://example.org/quota", outlet="Vesthavn Courier", model="large-2")
        assert record.add(again).state == "reread"
        with record.database.reading() as connection:
            assert happened not in [line.id for line in timeline(connection).lines]
            assert words not in [line.id for line in said(connection, "Lind").lines]
            assert wait not in [line.id for line in due(connection, Filters(as_of="2024-04-01")).lines]
