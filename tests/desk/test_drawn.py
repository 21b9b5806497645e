"""The timeline and the map: the same events as a list or a table, and as what is drawn."""

from fastapi.testclient import TestClient
from tests.record.making import made

from readout.desk.pages.map import spots
from readout.record.questions import Line
from readout.schema import Entity, Location


def test_the_timeline_is_a_list_by_day_without_a_script(desk: TestClient) -> None:
    page = desk.get("/timeline").text
    assert "CONSULT" in page
    assert 'class="drawing"' in page
    assert page.index("2024") > 0
    assert "hidden" in page[page.index('id="timeline"') :][:300]  # shown by the script


def test_points_are_the_events_of_the_filter(desk: TestClient) -> None:
    every = desk.get("/timeline/points.json").json()
    assert {row[3] for row in every["rows"]} == {"occurred", "planned"}
    planned = desk.get("/timeline/points.json?status=planned").json()["rows"]
    assert planned
    assert all(row[3] == "planned" for row in planned)
    assert all(len(row[1]) == len("2024-03-11") for row in every["rows"])
    assert desk.get("/timeline/points.json?since=2030").json() == {"rows": [], "more": False}


def test_a_name_that_nobody_has_is_said_so(desk: TestClient) -> None:
    answer = desk.get("/timeline?name=Nobody+Atall")
    assert answer.status_code == 400
    assert "Nobody Atall" in answer.text


def line(place: str, lat: float, lon: float, status: str) -> Line:
    what = {"place": place, "country": "NOR", "lat": lat, "lon": lon, "status": status}
    return Line(id="a:v1", sources=1, article="a", span=(0, 1), what=what)


def test_events_of_one_point_are_one_spot_as_exact_as_its_place() -> None:
    lines = [
        line("Oslo", 59.9, 10.7, "occurred"),
        line("Oslo", 59.9, 10.7, "planned"),
        line("Norway", 62.0, 10.0, "denied"),
    ]
    found = spots(lines)
    assert [(spot.place, spot.events, spot.precision) for spot in found] == [
        ("Oslo", 2, "place or town"),
        ("Norway", 1, "country"),
    ]
    assert found[0].statuses == {"occurred": 1, "planned": 1}


def test_the_map_has_a_table_and_the_shapes(desk: TestClient) -> None:
    assert "No event like that has a place" in desk.get("/map").text
    readout = made(url="https://example.org/map")
    readout.entities.append(
        Entity(
            id="e9",
            kind="place",
            name="Vesthavn",
            country="NOR",
            location=Location(lat=60.1, lon=5.2),
            mentions=[(66, 74)],
        )
    )
    readout.events[0].place = "e9"
    desk.app.state.desk.record.add(readout)  # type: ignore[attr-defined]
    page = desk.get("/map").text
    assert 'data-lat="60.1"' in page
    assert "/timeline?place=Vesthavn" in page
    shapes = page.split('data-shapes="')[1].split('"')[0]
    assert desk.get(shapes).json()["type"] == "Topology"
