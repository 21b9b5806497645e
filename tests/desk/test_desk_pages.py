"""Every page in every form: the page, its data, its exports."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import quote

from fastapi.testclient import TestClient
from icalendar import Calendar
from lxml import etree
from tests.desk.conftest import BASE
from tests.record.making import REPORT, made

from readout.record import Record


def test_a_page_and_its_data_and_its_table_show_the_same(desk: TestClient) -> None:
    page = desk.get("/statements?about=quota").text
    data = desk.get("/statements.json?about=quota").json()
    table = list(csv.DictReader(io.StringIO(desk.get("/statements.csv?about=quota").text)))
    assert [line["words"] for line in data["lines"]] == ["The quota stays where it is"]
    assert "The quota stays where it is" in page
    assert [row["words"] for row in table] == ["The quota stays where it is"]


def test_blank_fields_of_a_form_do_not_stay_in_the_address(desk: TestClient) -> None:
    answer = desk.get("/statements?speaker=&about=quota&since=", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/statements?about=quota"


def test_a_name_that_is_not_there_is_said_with_the_form_to_ask_again(desk: TestClient) -> None:
    answer = desk.get("/statements?speaker=Ado+Lindt")
    assert answer.status_code == 400
    assert "no such name" in answer.text
    assert 'name="speaker" value="Ado Lindt"' in answer.text


def test_a_date_that_is_none_is_said_by_its_field(desk: TestClient) -> None:
    assert desk.get("/statements?since=yesterday").status_code == 422
    assert "since" in desk.get("/statements.json?since=yesterday").json()["detail"]
    assert desk.get("/statements?since=2024-13").status_code == 400


def test_what_pages_load_is_kept_for_good_and_only_in_its_version(desk: TestClient) -> None:
    version = desk.app.state.desk.static.version  # type: ignore[attr-defined]
    style = desk.get(f"/static/{version}/desk.css")
    assert "immutable" in style.headers["cache-control"]
    assert style.headers["content-encoding"] == "gzip"
    assert desk.get("/static/other/desk.css").headers["cache-control"] == "no-cache"
    assert desk.get(f"/static/{version}/../../settings.py").status_code == 404


def test_nothing_on_a_page_comes_from_elsewhere(desk: TestClient) -> None:
    page = desk.get("/statements").text
    assert "<script>" not in page
    assert "style=" not in page
    assert 'src="http' not in page
    assert 'href="http' not in page.replace('href="https://example.org', "")


def test_a_line_leads_to_its_words_in_the_article(desk: TestClient) -> None:
    line = desk.get("/statements.json?about=quota").json()["lines"][0]
    start, end = line["span"]
    page = desk.get(f"/article/{line['article']}?at={start}-{end}").text
    lit = re.search(rf'class="m [^"]*\bat\b[^"]*" id="w{start}"[^>]*>([^<]*)<', page)
    assert lit
    assert lit[1] in "The quota stays where it is"
    assert "#:~:text=%22The%20quota%20stays" in page
    shown = desk.get(f"/show/{line['id']}", follow_redirects=False)
    assert shown.headers["location"] == f"/article/{line['article']}?at={start}-{end}#w{start}"


def test_an_article_that_is_not_there(desk: TestClient) -> None:
    assert desk.get("/article/nowhere").status_code == 404
    assert desk.get("/show/0123456789abcdef:v1.json").status_code == 404
    assert desk.get("/nothing.json").json() == {"detail": "there is no such page"}


def test_versions_stand_side_by_side(desk: TestClient, database: Path) -> None:
    with Record(database) as record:
        text = REPORT.replace("on Monday", "on Tuesday") + "\n\nThe port stayed shut all week."
        id = record.add(made(text, url="https://example.org/quota", outlet="Vesthavn Courier")).id
    page = desk.get(f"/article/{id}/changes").text
    assert "<del>Monday</del>" in page
    assert "<ins>Tuesday</ins>" in page
    assert "<ins>The port stayed shut all week.</ins>" in page
    assert f'href="/article/{id}/changes"' in desk.get(f"/article/{id}").text


def test_the_ledger_is_a_calendar_and_a_feed(desk: TestClient) -> None:
    data = desk.get("/due.json?as_of=2024-05-01").json()["lines"]
    assert [(line["state"], line["start"]) for line in data] == [("open", "2024-10-01")]
    calendar = desk.get("/due.ics?as_of=2024-05-01")
    assert calendar.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(calendar.content).walk("VEVENT")
    assert [event["url"] for event in events] == [f"{BASE}/show/{quote(data[0]['id'])}"]
    feed = etree.fromstring(desk.get("/due.atom?as_of=2024-05-01").content)
    assert len(feed.findall("{*}entry")) == 1


def test_exports_hold_what_is_on_the_screen_and_nothing_else(desk: TestClient) -> None:
    lines = [json.loads(line) for line in desk.get("/statements.ftm?about=quota").text.splitlines()]
    assert {line["schema"] for line in lines} == {"Article", "Person", "Mention"}
    assert [line["properties"]["name"] for line in lines if line["schema"] == "Person"] == [["Ada Lind"]]
    nodes = [json.loads(line) for line in desk.get("/statements.jsonld?about=quota").text.splitlines()]
    assert [node["type"] for node in nodes if "type" in node] == ["Annotation"]


def test_search_finds_words_and_names_in_other_spellings(desk: TestClient) -> None:
    data = desk.get("/search.json?words=Ada+Linde").json()
    assert [name["name"] for name in data["names"]] == ["Ada Lind"]
    assert [line["title"] for line in desk.get("/search.json?words=prosecutors").json()["lines"]] == ["untitled"]
    assert "No articles with all these words" in desk.get("/search?words=zebra").text
    assert desk.get("/search?words=%22%29*&kind=statements").status_code == 200
