"""A whole review of fifty items in a browser, by the keyboard alone."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.desk.serving import browsing, serving
from tests.record.making import REPORT, made

from readout.record import Record

ITEMS = 50
KEYS = "aaxas"  # for ten rounds: thirty accepted, ten rejected, ten skipped


@pytest.fixture
def fifty(tmp_path: Path) -> Path:
    """Ten reports with two events, two statements and one expectation each."""
    path = tmp_path / "record.sqlite"
    with Record(path) as record:
        for n in range(ITEMS // 5):
            text = REPORT.replace("October", f"October of the year {2030 + n}")
            record.add(made(text, url=f"https://example.org/quota/{n}", published=f"2024-03-{11 + n}"))
    return path


def press(page: Any, key: str) -> None:
    """Press a key that leads to another page, and wait until it is there."""
    with page.expect_navigation():
        page.keyboard.press(key)


def item(page: Any) -> str:
    return str(page.locator("#item").get_attribute("data-item"))


def test_fifty_items_are_decided_by_keyboard(fifty: Path) -> None:
    seen = []
    with browsing() as browser, serving(fifty) as base:
        page = browser.new_page()
        page.goto(f"{base}/review")
        for n in range(ITEMS):
            assert page.locator("#item mark.at").inner_text()
            seen.append(item(page))
            press(page, KEYS[n % len(KEYS)])
        assert "Nothing waits for review" in page.locator("main").inner_text()
    with Record(fifty) as record:
        verdicts = Counter(decision.verdict for decision in record.decisions())
    assert len(set(seen)) == ITEMS
    assert verdicts == {"positive": 30, "negative": 10, "unsure": 10}


def test_keys_move_edit_undo_and_help(fifty: Path) -> None:
    with browsing() as browser, serving(fifty) as base:
        page = browser.new_page()
        page.goto(f"{base}/review?kind=event")
        first = item(page)
        press(page, "j")
        assert item(page) != first
        press(page, "k")
        assert item(page) == first
        page.keyboard.press("?")
        assert page.locator("#keys").is_visible()
        page.keyboard.press("?")
        assert not page.locator("#keys").is_visible()
        page.keyboard.press("e")
        page.keyboard.type("AGREE")  # the choice has the focus, and takes letters that are keys elsewhere
        press(page, "Enter")
        with Record(fifty) as record:
            (decision,) = record.decisions()
        assert decision.change == {"type": "AGREE"}  # what was changed, and no other field
        press(page, "u")
    with Record(fifty) as record:
        assert record.decisions() == []
        (taken_back,) = record.decisions(undone=True)
    assert taken_back.undone_at is not None


def test_letters_in_a_field_decide_nothing(fifty: Path) -> None:
    with browsing() as browser, serving(fifty) as base:
        page = browser.new_page()
        page.goto(f"{base}/review")
        page.locator("#reviewer").fill("")
        page.locator("#reviewer").press_sequentially("axes")
        assert page.locator("#reviewer").input_value() == "axes"
    with Record(fifty) as record:
        assert record.decisions() == []
