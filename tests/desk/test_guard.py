"""What stands before every page: names, origins, passwords, tokens, headers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.desk.conftest import BASE, TOKEN

from readout.cli import run
from readout.desk import Settings, application
from readout.desk.login import hashed
from readout.desk.settings import check_reach
from readout.errors import OptionError

PASSWORD = "correct horse battery"


@pytest.fixture
def closed(database: Path) -> Iterator[TestClient]:
    """A desk with a password and a token."""
    settings = Settings(database, password=hashed(PASSWORD), token=TOKEN, hosts=frozenset())
    with TestClient(application(settings), base_url=BASE) as client:
        client.headers["accept"] = "text/html"
        yield client


def csrf(page: str) -> str:
    return re.search(r'name="csrf" (?:value|content)="([^"]+)"', page)[1]  # type: ignore[index]


def log_in(client: TestClient, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    form = {"password": password, "csrf": csrf(client.get("/login").text), "next": "/statements"}
    return client.post("/login", data=form, follow_redirects=False)


def test_every_answer_forbids_what_pages_do_not_need(desk: TestClient) -> None:
    for path in ("/statements", "/statements.json", "/nowhere", "/static/x/desk.css"):
        policy = desk.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in policy
        assert desk.get(path).headers["x-content-type-options"] == "nosniff"


def test_a_name_that_was_made_to_lead_here_is_turned_away(desk: TestClient) -> None:
    assert desk.get("/statements", headers={"host": "evil.example"}).status_code == 421
    assert desk.get("/statements", headers={"host": "localhost:8321"}).status_code == 200
    assert desk.get("/statements", headers={"host": "[::1]:8321"}).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "desk.example.org"])
def test_others_reach_no_desk_without_a_password(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OptionError, match="--password"):
        check_reach(host, is_open=True)
    assert run(["desk", "--host", host]) == 2
    assert "--password" in capsys.readouterr().err
    check_reach("127.0.0.1", is_open=True)


def test_without_a_login_nothing_is_shown(closed: TestClient) -> None:
    answer = closed.get("/statements?about=quota", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/statements%3Fabout%3Dquota")
    assert closed.get("/statements.json").status_code == 401
    assert closed.get("/openapi.json").status_code == 401
    assert closed.get("/statements.json", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_a_password_opens_a_session_that_scripts_cannot_read(closed: TestClient) -> None:
    before = closed.get("/login").cookies.get("readout_session")
    answer = log_in(closed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/statements")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert closed.cookies["readout_session"] != before
    page = closed.get("/statements")
    assert page.status_code == 200
    closed.post("/logout", data={"csrf": csrf(page.text)})
    assert closed.get("/statements.json").status_code == 401


def test_over_tls_the_session_stays_on_tls(database: Path) -> None:
    settings = Settings(database, password=hashed(PASSWORD), hosts=frozenset())
    with TestClient(application(settings), base_url="https://desk.example") as client:
        assert "Secure" in log_in(client).headers["set-cookie"]


def test_a_login_leads_to_no_other_site(closed: TestClient) -> None:
    for next in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        token = csrf(closed.get("/login").text)
        form = {"password": PASSWORD, "csrf": token, "next": next}
        answer = closed.post("/login", data=form, follow_redirects=False)
        assert answer.headers["location"] == "/"
        closed.cookies.clear()


def test_whoever_guesses_must_wait(closed: TestClient) -> None:
    assert [log_in(closed, "wrong").status_code for _ in range(4)] == [403] * 4
    answer = log_in(closed, "wrong")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert log_in(closed, PASSWORD).status_code == 429


def test_a_program_comes_in_by_its_token(closed: TestClient) -> None:
    assert closed.get("/statements.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_change_needs_a_form_of_ours(closed: TestClient) -> None:
    log_in(closed)
    token = csrf(closed.get("/statements").text)
    assert closed.post("/logout").status_code == 403
    assert closed.post("/logout", data={"csrf": "made.up"}).status_code == 403
    for header in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert closed.post("/logout", data={"csrf": token}, headers=header).status_code == 403
    stolen = dict(closed.cookies)
    closed.cookies.clear()
    assert closed.post("/logout", data={"csrf": token}, follow_redirects=False).status_code == 401
    closed.cookies.update(stolen)
    assert closed.post("/logout", data={"csrf": token}, follow_redirects=False).status_code == 303


def test_a_short_password_is_refused() -> None:
    with pytest.raises(OptionError, match="too short"):
        hashed("short")
    assert hashed(hashed(PASSWORD)).startswith("$argon2id$")


def test_what_is_too_large_is_refused_whatever_its_head_says(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readout.desk.guard.LARGEST_BODY", 10_000)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert desk.post("/add/text", content=b"text=" + b"x" * 20_000, headers=headers).status_code == 413
    pieces = (b"x" * 5_000 for _ in range(4))
    assert desk.post("/add/text", content=pieces, headers=headers).status_code in (400, 413)
