"""The self-contained page."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from readout.errors import OptionError
from readout.export.files import write_whole
from readout.export.html import page
from readout.schema import Event, Readout


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, the text of the article, inline style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.article = ""
        self.inline: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        if "main" in self._open and "footer" not in self._open:
            self.article += data
        if self._open and self._open[-1] in ("style", "script"):
            self.inline[self._open[-1]] = data

    def all(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_page_holds_the_whole_article(sample: Readout):
    assert squeezed(Page(page(sample)).article) == squeezed(sample.article.text)


def test_every_link_within_the_page_leads_somewhere(sample: Readout):
    seen = Page(page(sample))
    ids = seen.all("id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in seen.all("href") if href.startswith("#")]
    assert len(targets) > 50
    assert set(targets) <= set(ids)


def test_every_item_has_words_and_every_word_its_items(sample: Readout):
    seen = Page(page(sample))
    marked = {item for items in seen.all("data-items") for item in items.split()}
    assert set(seen.all("data-item")) == marked
    assert {item.id for item in (*sample.entities, *sample.times, *sample.statements, *sample.events)} <= marked


def test_overlapping_marks_share_their_words(sample: Readout):
    seen = Page(page(sample))
    shared = [items.split() for items in seen.all("data-items") if "v2" in items.split()]
    assert shared == [["v2", "s2"], ["t3", "v2", "s2"]]


def test_the_words_that_fill_an_event_light_with_it(sample: Readout):
    seen = Page(page(sample))
    shared = [items.split() for items in seen.all("data-items") if "v1" in items.split()]
    assert shared == [["e1", "v1"], ["v1"], ["v1"], ["e2", "listed-1", "v1"], ["e10", "v1"], ["t1", "v1"], ["v1"]]


def test_the_page_needs_nothing_from_elsewhere(sample: Readout):
    seen = Page(page(sample))
    assert not {tag for tag, _ in seen.elements} & {"link", "img", "iframe", "object", "base", "form"}
    assert not seen.all("src")
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp", page(sample))


def test_the_policy_allows_this_style_and_script_alone(sample: Readout):
    seen = Page(page(sample))
    policy = next(
        attrs["content"] for tag, attrs in seen.elements if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert "default-src 'none'" in policy
    for name, content in seen.inline.items():
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not seen.all("style")
    assert not [name for _, attrs in seen.elements for name in attrs if name.startswith("on")]


ATTACKS = (
    "<script>alert(1)</script>",
    "</p></main><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</title></style></script><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;",
    "\x00\x1b[31m\u202e",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text(sample: Readout, attack: str):
    harmless = [tag for tag, _ in Page(page(sample)).elements]
    article = sample.article
    article.title = article.updated_note = article.outlet = attack
    article.authors, article.captions[0].text, article.related[0].title = [attack], attack, attack
    article.text = article.text.replace("Ingrid Solheim", (attack * 14)[:14]).replace("met", attack[:3])
    sample.entities[0].name = sample.entities[0].roles[0].title = attack
    sample.entities[9].name = sample.events[0].type = sample.statements[0].medium = attack
    seen = Page(page(sample))
    assert [tag for tag, _ in seen.elements] == harmless
    assert not [name for _, attrs in seen.elements for name in attrs if name.startswith("on")]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//[bad", "file:///etc/passwd"])
def test_only_web_addresses_become_links(sample: Readout, url: str):
    sample.article.url = url
    sample.article.related[0].url = url
    assert all(href.startswith("#") for href in Page(page(sample)).all("href"))


def test_ten_thousand_marks_are_quick(sample: Readout):
    text = "word " * 40_000
    sample.article.text = text
    sample.entities, sample.toponyms, sample.times, sample.statements = [], [], [], []
    sample.expectations, sample.screenings = [], []
    sample.events = [Event(id=f"v{n}", type="AID", trigger=(n * 20, n * 20 + 4)) for n in range(10_000)]
    assert page(sample).count('class="m event is-occurred"') == 10_000


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path):
    target = tmp_path / "page.html"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(target, "new\ud800")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    write_whole(target, "new")
    assert target.read_text() == "new"
    assert oct(target.stat().st_mode & 0o777) != oct(0o600)


def test_a_folder_that_is_missing_is_named(tmp_path: Path):
    with pytest.raises(OptionError, match=r"missing/page\.html: cannot be written"):
        write_whole(tmp_path / "missing" / "page.html", "text")
