"""Payloads in everything that a source can bring: none becomes markup, and in a browser none runs."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.desk.conftest import BASE
from tests.desk.hostile import PAYLOADS, record_of_payloads
from tests.desk.serving import browsing, serving
from tests.desk.test_guard import csrf

from readout.desk import Settings, application
from readout.export.plain import plain

LISTS = (
    "/beat?new_since=2020-01-01T00:00:00&as_of=2024-09-20", "/statements?limit=1000", "/conflicts?limit=1000",
    "/due?limit=1000&as_of=2024-09-20", "/search?words=alert&limit=1000",
    "/search?words=alert&kind=statements&limit=1000",
    "/timeline?limit=1000", "/map?limit=1000", "/add",
)  # fmt: skip
OURS = frozenset(
    "a article aside b blockquote body button canvas caption datalist dd del details dialog div dl dt fieldset "
    "footer form h1 h2 h3 head header html input ins kbd label legend li link main mark meta nav noscript ol "
    "option p progress script section select span summary table tbody td textarea th thead time title tr ul".split()
)
"""Elements that our own templates use; none of what the payloads open is among what they would need."""
ADDRESS = re.compile(r"(?:https?://|/(?!/)|#|\.|$|\?)")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    path = tmp_path_factory.mktemp("hostile") / "record.sqlite"
    return path, record_of_payloads(path)


@pytest.fixture(scope="module")
def hostile(record: tuple[Path, list[str]]) -> Iterator[TestClient]:
    with TestClient(application(Settings(record[0])), base_url=BASE) as client:
        client.headers["accept"] = "text/html"
        yield client


class Page(HTMLParser):
    """What of a page could run or lead somewhere, as a browser would see it, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OURS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formtarget"):
                self.wrong.append(f"<{tag} {name}>")
            if name in ("href", "src", "action", "formaction", "xlink:href") and not ADDRESS.match(value or ""):
                self.wrong.append(f"<{tag} {name}={value}>")
        if tag == "script" and not (dict(attrs).get("src") or "").startswith("/static/"):
            self.wrong.append("<script>")

    def handle_data(self, data: str) -> None:
        self.text += data


def pages_of(hostile: TestClient, ids: list[str]) -> list[str]:
    tabs = [address for _, address in hostile.app.state.desk.tabs]  # type: ignore[attr-defined]
    articles = [f"/article/{id}?at=2-30" for id in ids]
    return [*LISTS, *tabs, *articles, f"/article/{ids[-1]}/changes"]


def test_the_payloads_are_many_and_distinct() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 200


def test_no_payload_becomes_markup_on_any_page(hostile: TestClient, record: tuple[Path, list[str]]) -> None:
    for address in pages_of(hostile, record[1]):
        answer = hostile.get(address)
        assert answer.status_code == 200, address
        assert Page(answer.text).wrong == [], address


def test_the_payloads_are_really_there_as_text(hostile: TestClient) -> None:
    text = " ".join(Page(hostile.get("/statements?limit=1000").text).text.split())
    missing = [payload for payload in PAYLOADS if plain(payload) not in text]
    assert missing == []


def test_data_are_never_taken_for_a_page(hostile: TestClient) -> None:
    for path in (
        "/statements.json",
        "/statements.csv",
        "/due.atom",
        "/due.ics",
        "/openapi.json",
        "/search.json?words=alert",
    ):
        answer = hostile.get(path)
        assert answer.status_code == 200
        assert "html" not in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_asked_for_comes_back_as_text(hostile: TestClient) -> None:
    for payload in PAYLOADS:
        for path, field in (("/search", "words"), ("/statements", "speaker"), ("/due", "since"), ("/beat", "actor")):
            assert Page(hostile.get(path, params={field: payload[:300]}).text).wrong == [], (path, payload)


def test_names_of_files_come_back_as_text(hostile: TestClient) -> None:
    for some in (PAYLOADS[:120], PAYLOADS[120:]):
        files = [("files", (f"{payload}.txt", b"\x00\x01")) for payload in some]
        form = {"csrf": csrf(hostile.get("/add").text)}
        job = hostile.post("/add/files", data=form, files=files, follow_redirects=False).headers["location"]
        while (told := hostile.get(f"{job}.json").json())["state"] in ("waiting", "reading"):
            pass
        assert told["failed"] == len(some)
        assert Page(hostile.get(job).text).wrong == []


def test_in_a_browser_nothing_runs(record: tuple[Path, list[str]], hostile: TestClient) -> None:
    with browsing() as browser, serving(record[0]) as base:
        page = browser.new_page()
        heard = listen(page)
        for address in pages_of(hostile, record[1]):
            page.goto(base + address, wait_until="load")
            touch(page)
            assert heard == [], address
            assert page.evaluate("window.ran") == [], address


def listen(page: Any) -> list[str]:
    """What should not happen: dialogs, requests elsewhere, breaches of the policy (which tell of a missing escape)."""
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda one: heard.append(one.url) if "127.0.0.1" not in one.url.split("/")[2] else None)
    page.on("pageerror", lambda error: heard.append(f"error {error}"))
    page.add_init_script(
        "window.ran = [];"
        "for (const name of ['alert', 'confirm', 'prompt']) window[name] = (...words) => { window.ran.push(name) };"
        "document.addEventListener('securitypolicyviolation', (e) => ran.push(e.violatedDirective + e.blockedURI));"
    )
    return heard


def touch(page: Any) -> None:
    """Move over, focus and click what could be waiting for it."""
    page.evaluate(
        """() => {
            for (const element of [...document.querySelectorAll('main *')].slice(0, 400)) {
                for (const type of ['mouseover', 'pointerenter', 'focus', 'focusin', 'mouseleave'])
                    element.dispatchEvent(new Event(type, { bubbles: true }));
            }
        }"""
    )
