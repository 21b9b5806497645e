"""Every page in every form: the page, its data, its exports."""

import csv
import io

from fastapi.testclient import TestClient


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
