"""Adding from the desk: files, texts, addresses, feeds; what is refused, and that one bad thing stops no other."""

import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.desk.test_guard import csrf
from tests.record.making import OTHER, made

from readout.record import Record

READY = made(OTHER.replace("Kestria", "Port Rowan"), url="https://example.org/rowan").to_json()


def send(desk: TestClient, path: str, **more):  # type: ignore[no-untyped-def]
    data = {"csrf": csrf(desk.get("/add").text), **more.pop("data", {})}
    return desk.post(path, data=data, follow_redirects=False, **more)


def told(desk: TestClient, answer) -> dict:  # type: ignore[no-untyped-def,type-arg]
    """The job that a form began, once it is over."""
    assert answer.status_code == 303, answer.text
    until = time.monotonic() + 60
    while (job := desk.get(f"{answer.headers['location']}.json").json())["state"] in ("waiting", "reading"):
        assert time.monotonic() < until
        time.sleep(0.05)
    return job  # type: ignore[no-any-return]


def test_files_are_added_and_a_bad_one_is_told_by_its_own_name(desk: TestClient, database: Path) -> None:
    files = [
        ("files", ("rowan.jsonl", READY.encode())),
        ("files", ("../../etc/<b>passwd</b>.txt", b"\x00\x01\x02")),
        ("files", ("empty.md", b"")),
    ]
    job = told(desk, send(desk, "/add/files", files=files))
    assert (job["state"], job["outcomes"], job["failed"]) == ("done", {"new": 1}, 2)
    assert {one["name"] for one in job["failures"]} == {"../../etc/<b>passwd</b>.txt", "empty.md"}
    assert all("readout-desk" not in one["reason"] for one in job["failures"])
    page = desk.get(f"/add/{job['id']}").text
    assert "&lt;b&gt;passwd&lt;/b&gt;" in page
    assert "<b>passwd" not in page
    with Record(database) as record:
        assert len(list(record.articles())) == 3


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/x", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.8/"],
)
def test_private_addresses_are_out_of_reach(desk: TestClient, address: str) -> None:
    job = told(desk, send(desk, "/add/addresses", data={"addresses": address}))
    assert job["failed"] == 1
    assert "private" in job["failures"][0]["reason"]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "/etc/passwd", "-", "javascript:alert(1)", "ftp://x.example/a"]
)
def test_only_addresses_of_the_web_are_taken(desk: TestClient, address: str) -> None:
    assert send(desk, "/add/addresses", data={"addresses": address}).status_code == 400
    assert send(desk, "/feeds", data={"url": address}).status_code == 400


def test_a_text_that_is_no_report_is_refused_at_once(desk: TestClient) -> None:
    assert send(desk, "/add/text", data={"text": "x"}).status_code == 400
    assert send(desk, "/add/text", data={"text": OTHER, "published": "someday"}).status_code == 400


def test_a_pasted_text_is_read(desk: TestClient, database: Path) -> None:
    form = {"text": OTHER.replace("Kestria", "Sandholm"), "title": "Officers sentenced", "published": "2024-03-15"}
    job = told(desk, send(desk, "/add/text", data=form))
    assert (job["label"], job["outcomes"]) == ("Officers sentenced", {"new": 1})
    assert "Officers sentenced" in desk.get("/search?words=Sandholm").text


def test_a_feed_is_kept_asked_and_dropped(desk: TestClient) -> None:
    answer = send(desk, "/feeds", data={"url": "http://127.0.0.1:1/feed.rss", "minutes": "30"})
    assert answer.headers["location"] == "/add"
    until = time.monotonic() + 30
    while not (feed := desk.get("/add.json").json()["feeds"][0])["outcome"]:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert (feed["url"], feed["minutes"], feed["outcome"]) == (
        "http://127.0.0.1:1/feed.rss", 30, "0 new, 0 revised, 1 failed",
    )  # fmt: skip
    send(desk, "/feeds/drop", data={"url": feed["url"]})
    assert desk.get("/add.json").json()["feeds"] == []
