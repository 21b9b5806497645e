"""The home page: what is new, due, overdue; for everything and for a beat that is kept."""

from datetime import datetime

from fastapi import Request
from fastapi.testclient import TestClient
from tests.desk.test_adding_page import send

from readout.desk.visit import COOKIE, visit_of

LONG_AGO = "new_since=2020-01-01T00:00:00"


def visited(cookie: str, now: str):  # type: ignore[no-untyped-def]
    request = Request({"type": "http", "headers": [(b"cookie", f"{COOKIE}={cookie}".encode())]})
    return visit_of(request, datetime.fromisoformat(now))


def test_what_is_new_counts_from_the_visit_before() -> None:
    during = visited("2024-03-01T08:00:00|2024-03-02T09:00:00", "2024-03-02T09:10:00")
    assert during.since == datetime(2024, 3, 1, 8)
    after = visited("2024-03-01T08:00:00|2024-03-02T09:00:00", "2024-03-03T08:00:00")
    assert after.since == datetime(2024, 3, 2, 9)
    assert visited("nonsense", "2024-03-08T08:00:00").since == datetime(2024, 3, 1, 8)


def test_everything_new_due_and_overdue_is_on_one_screen(desk: TestClient) -> None:
    data = desk.get(f"/beat.json?{LONG_AGO}&as_of=2024-09-20").json()
    assert [line["type"] for line in data["news"]] == ["CONSULT", "CONSULT"]
    assert [line["start"] for line in data["due"]] == ["2024-10-01"]
    assert desk.get(f"/beat.json?{LONG_AGO}&as_of=2024-05-20").json()["due"] == []
    late = desk.get(f"/beat.json?{LONG_AGO}&as_of=2024-12-01").json()
    assert [line["state"] for line in late["overdue"]] == ["overdue"]
    assert desk.get("/beat.json?new_since=2099-01-01T00:00:00").json()["news"] == []


def test_a_beat_narrows_it_down_and_names_whom_the_record_lacks(desk: TestClient) -> None:
    data = desk.get(f"/beat.json?{LONG_AGO}&actor=Ada+Lind%3B+Nobody+Known&type=CONSULT").json()
    assert data["unknown"] == ["Nobody Known"]
    assert len(data["news"]) == 2
    assert desk.get(f"/beat.json?{LONG_AGO}&actor=Nobody+Known").json()["news"] == []
    assert desk.get(f"/beat.json?{LONG_AGO}&type=PROTEST").json()["news"] == []


def test_a_beat_is_kept_and_forgotten(desk: TestClient) -> None:
    answer = send(desk, "/beats", data={"name": "Norland & <fish>", "actor": "Ada Lind; Vesthavn", "since": "2024"})
    assert answer.headers["location"] == "/beat?name=Norland+%26+%3Cfish%3E"
    data = desk.get(f"/beat.json?name=Norland+%26+%3Cfish%3E&{LONG_AGO}").json()
    assert data["follows"] == {
        "actors": ["Ada Lind", "Vesthavn"], "places": [], "types": [], "since": "2024", "until": None,
    }  # fmt: skip
    assert "Norland &amp; &lt;fish&gt;" in desk.get("/beat").text
    send(desk, "/beats/forget", data={"name": "Norland & <fish>"})
    assert desk.get("/beat.json?name=Norland+%26+%3Cfish%3E").status_code == 400


def test_a_beat_with_a_type_that_is_none_is_not_kept(desk: TestClient) -> None:
    assert send(desk, "/beats", data={"name": "x", "type": "DANCE"}).status_code == 400
    assert send(desk, "/beats", data={"name": "x", "since": "soon"}).status_code == 400
    assert send(desk, "/beats", data={"name": "  "}).status_code == 400
