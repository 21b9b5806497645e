"""Somebody's page: names, roles, events, words, and whom they are seen with."""

from fastapi.testclient import TestClient
from tests.record.making import made

from readout.schema import Role, Screening


def test_the_page_has_events_words_and_company(desk: TestClient) -> None:
    page = desk.get("/actor?name=Lind").text
    assert "<h1>Ada Lind</h1>" in page
    assert "The quota stays where it is" in page
    assert "/actor?name=The+unions" in page
    assert 'id="network"' in page


def test_roles_and_sanctions_stand_with_their_words(desk: TestClient) -> None:
    readout = made(url="https://example.org/roles", published="2024-03-12")
    readout.entities[0].roles = [Role(title="fisheries minister", span=(4, 22))]
    readout.screenings = [Screening(entity="e0", list="un", entry_id="U1", match=True, in_force=True, score=0.98)]
    desk.app.state.desk.record.add(readout)  # type: ignore[attr-defined]
    data = desk.get("/actor.json?name=Ada+Lind").json()
    assert [line["role"] for line in data["roles"]] == ["fisheries minister"]
    assert [line["list"] for line in data["sanctions"]] == ["un"]
    assert "Under sanctions" in desk.get("/actor?name=Ada+Lind").text


def test_the_network_has_the_one_asked_for_first(desk: TestClient) -> None:
    graph = desk.get("/actor/network.json?name=Lind").json()
    assert graph["nodes"][0] == {"id": "ada lind", "name": "Lind", "kind": "self", "events": 2}
    assert {node["name"] for node in graph["nodes"][1:]} == {"Vesthavn", "The unions"}
    assert {(edge["one"], edge["other"]) for edge in graph["edges"]} == {
        ("ada lind", "unions"),
        ("ada lind", "vesthavn"),
        ("unions", "vesthavn"),
    }


def test_nobody_of_that_name(desk: TestClient) -> None:
    answer = desk.get("/actor?name=Nobody+Atall")
    assert answer.status_code == 400
    assert "Nobody Atall" in answer.text
    assert desk.get("/actor").status_code == 422
