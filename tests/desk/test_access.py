"""Every page by axe-core (WCAG 2.2 and its best practices), light and dark, wide and narrow; and by the keyboard."""

from pathlib import Path

import pytest
from tests.desk.serving import browsing, serving
from tests.record.making import REPORT, made

from readout.desk import pages
from readout.record import Record

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    const found = await axe.run(document, { resultTypes: ['violations'] });
    const told = (node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`;
    return found.violations.map((v) => `${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map(told).join(' | ')}`);
}"""


@pytest.fixture
def addresses(database: Path) -> list[str]:
    with Record(database) as record:
        id = record.add(made(REPORT.replace("Monday", "Tuesday"), url="https://example.org/quota")).id
    own = [
        f"/article/{id}",
        f"/article/{id}?at=10-60",
        f"/article/{id}/changes",
        "/article/none",
        "/statements?since=x",
    ]
    asked = ["/search?words=quota", "/due?as_of=2024-12-01", "/beat?new_since=2020-01-01T00:00:00&actor=Ada+Lind"]
    return [*(address for _, address in pages.TABS), *own, *asked]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)])
def test_no_page_has_a_violation(database: Path, addresses: list[str], scheme: str, width: int) -> None:
    with browsing() as browser, serving(database) as base:
        page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
        found = {}
        for address in addresses:
            page.goto(base + address, wait_until="networkidle")
            page.evaluate(AXE)
            if wrong := page.evaluate(RUN):
                found[address] = wrong
            assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), (
                f"{address} is too wide"
            )
        assert found == {}


def test_a_word_leads_to_its_line_and_back_by_keyboard(database: Path, addresses: list[str]) -> None:
    with browsing() as browser, serving(database) as base:
        page = browser.new_page()
        page.goto(base + addresses[len(pages.TABS)])
        word = page.locator("#article a.m.person").first
        word.focus()
        assert page.locator(".card").is_visible()
        assert "Ada Lind" in page.locator(".card").inner_text()
        page.keyboard.press("Enter")
        line = page.locator("#readout .item:focus")
        assert "Ada Lind" in line.inner_text()
        page.keyboard.press("Enter")
        assert "Ada Lind" in page.locator("#article .m.lit").first.inner_text()
        page.keyboard.press("Escape")
        assert page.locator(".lit").count() == 0


def test_marks_are_switched_off_one_kind_at_a_time(database: Path, addresses: list[str]) -> None:
    with browsing() as browser, serving(database) as base:
        page = browser.new_page()
        page.goto(base + addresses[len(pages.TABS)])
        drawn = "(word) => getComputedStyle(word).borderBottomColor"
        person = page.locator("#article .person").first
        before = person.evaluate(drawn)
        page.locator("#show-person").uncheck()
        assert person.evaluate(drawn) != before
        assert page.locator("#article .event").first.evaluate("(word) => getComputedStyle(word).fontWeight") == "700"
        page.locator("#show-event").uncheck()
        assert page.locator("#article .event").first.evaluate("(word) => getComputedStyle(word).fontWeight") == "400"


def test_reading_works_without_scripts(database: Path, addresses: list[str]) -> None:
    with browsing() as browser, serving(database) as base:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{base}/statements?about=quota")
        page.locator("blockquote a").first.click()
        assert "/article/" in page.url
        page.locator("#article a.m.person").first.click()
        assert "#i-" in page.url
