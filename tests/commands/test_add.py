"""`readout add` and `readout follow`, on a small site of our own on loopback."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.record.making import OTHER, REPORT, made

from readout.cli import run
from readout.evaluate.development import shared_folder
from readout.record import Record

MORE = "\n\nThe minister's office added on Tuesday that boats would sail again before the weekend."


class Site:
    """A site whose pages can be changed while it is served."""

    def __init__(self):
        self.pages, self.asked, self.to = {}, [], {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, self.headers.get("If-None-Match")))
                site.answer(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request):
        kind, body = self.pages.get(request.path, ("text/plain", ""))
        tag = f'"{hash(body)}"'
        status = 302 if request.path in self.to else 404 if not body else 200
        status = 304 if body and request.headers.get("If-None-Match") == tag else status
        request.send_response(status)
        for name, value in (("Content-Type", kind), ("ETag", tag), ("Location", self.to.get(request.path, ""))):
            request.send_header(name, value) if value else None
        request.end_headers()
        if status == 200:
            request.wfile.write(body.encode())

    def page(self, path, text):
        body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        head = "<title>News</title><meta property='article:published_time' content='2024-03-11'>"
        self.pages[path] = ("text/html", f"<html><head>{head}</head><body><article>{body}</article></body></html>")

    def feed(self, *paths):
        entries = "".join(f"<item><title>News</title><link>{self.base}{path}</link></item>" for path in paths)
        self.pages["/feed"] = ("application/rss+xml", f'<rss version="2.0"><channel>{entries}</channel></rss>')


@pytest.fixture
def site():
    served = Site()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture(autouse=True)
def _reader_without_model(monkeypatch):
    """The texts are read by a reader of the tests: what is tested is what goes in and out."""
    import readout.reading

    read = []

    def stand_in(article, id, nlp, name):
        read.append(name)
        told = made(article.text, id=id, url=article.url)
        return told.model_copy(update={"article": article})

    monkeypatch.setattr(readout.reading, "_readout", stand_in)
    monkeypatch.setattr(readout.reading, "_loaded", lambda nlp: object())
    return read


@pytest.fixture
def read(_reader_without_model):
    return _reader_without_model


def test_what_is_there_is_not_read_again(tmp_path, capsys, read):
    for name, text in (("a.txt", REPORT), ("b.txt", OTHER), ("copy.txt", REPORT)):
        (tmp_path / name).write_text(text)
    (tmp_path / "broken.html").write_bytes(b"")
    db = str(tmp_path.parent / f"{tmp_path.name}.sqlite")
    assert run(["add", str(tmp_path), "--db", db]) == 1
    out, err = capsys.readouterr()
    assert out == "4 articles: 2 new, 1 already there, 1 failed\n"
    assert err.count("\n") == 1 and "broken.html: is empty" in err
    assert len(read) == 2
    assert run(["add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--db", db]) == 0
    assert capsys.readouterr().out == "2 articles: 2 already there, 0 failed\n"
    assert len(read) == 2
    assert run(["add", str(tmp_path / "a.txt"), "--again", "--db", db]) == 0
    assert len(read) == 3


def test_readouts_already_made_are_added_without_reading(tmp_path, capsys, read):
    lines = [made().to_json(), made(OTHER).to_json(), '{"schema": "readout/1", "id": 3}', '{"text": 3}']
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    assert run(["add", str(tmp_path / "in.jsonl"), "--db", str(tmp_path / "r.sqlite")]) == 1
    out, err = capsys.readouterr()
    assert out == "4 articles: 2 new, 2 failed\n"
    assert "in.jsonl:3: is no readout/1" in err and "in.jsonl:4" in err
    assert read == []


def test_a_feed_is_followed_and_changes_are_kept(tmp_path, site, capsys, read):
    site.page("/one", REPORT)
    site.page("/two", OTHER)
    site.feed("/one", "/two", "/private/x")
    site.pages["/robots.txt"] = ("text/plain", "User-agent: *\nDisallow: /private/")
    beat = tmp_path / "beat.toml"
    beat.write_text(f'sources = ["{site.base}/feed"]\ndb = "beat.sqlite"\ndelay = 0\nrecheck = 0\n')
    assert run(["follow", str(beat), "--once"]) == 1
    out, err = capsys.readouterr()
    assert out == "3 articles: 2 new, 1 failed\n"
    assert "robots.txt" in err
    assert "/private/x" not in dict(site.asked)
    site.page("/one", REPORT + MORE)
    site.feed("/two", "/one")
    site.asked.clear()
    assert run(["follow", str(beat), "--once"]) == 0
    assert capsys.readouterr().out == "1 articles: 1 revisions, 0 failed\n"
    assert dict(site.asked)["/two"] is not None
    assert len(read) == 3
    with Record(tmp_path / "beat.sqlite") as record:
        new = next(kept for kept in record.articles() if kept.revision_of)
        assert new.text.endswith("weekend.")
        assert record.article(new.revision_of).text == REPORT


def test_a_page_that_leads_to_another_private_address_is_refused(tmp_path, site, capsys):
    other = Site()
    other.page("/secret", REPORT)
    site.to["/away"] = f"{other.base}/secret"
    site.page("/one", OTHER)
    site.feed("/one")
    site.pages["/feed"] = (site.pages["/feed"][0], site.pages["/feed"][1].replace("/one", "/away"))
    db = str(tmp_path / "r.sqlite")
    assert run(["add", f"{site.base}/feed", "--db", db]) == 1
    assert "private or reserved" in capsys.readouterr().err
    assert other.asked == []
    other.server.server_close()


@pytest.mark.parametrize(
    "text", ["", "sources = 3", "sources = ['ftp://x']", "sources = ['http://x']\nevry = 3", "x = ["]
)
def test_a_beat_that_makes_no_sense_is_refused_in_a_line(tmp_path, capsys, text):
    (tmp_path / "beat.toml").write_text(text)
    assert run(["follow", str(tmp_path / "beat.toml"), "--once"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_site_of_the_development_data_is_taken_in(tmp_path, capsys):
    shared = shared_folder(None) / "data" / "articles" / "site"
    if not shared.is_dir():
        pytest.skip("the development data are not here")
    site, kinds = (
        Site(),
        {".html": "text/html", ".rss": "application/rss+xml", ".xml": "text/xml", ".txt": "text/plain"},
    )
    for path in shared.rglob("*.*"):
        text = (
            path.read_text(encoding="utf-8").replace("http://localhost:8000", site.base).replace("delay: 1", "delay: 0")
        )
        site.pages[f"/{path.relative_to(shared)}"] = (kinds.get(path.suffix, "application/atom+xml"), text)
    db = str(tmp_path / "r.sqlite")
    assert run(["add", f"{site.base}/sitemap.xml", "--db", db]) == 0
    assert capsys.readouterr().out == "24 articles: 24 new, 0 failed\n"
    revised = next(path for path in site.pages if path.endswith(".v2.html"))
    site.pages[revised.replace(".v2", "")] = site.pages[revised]
    copy = shared / "syndicated" / "copy.html"
    assert run(["add", f"{site.base}{revised.replace('.v2', '')}", f"{site.base}/feed.rss", str(copy), "--db", db]) == 0
    assert capsys.readouterr().out == "2 articles: 1 new, 1 revisions, 0 failed\n"
    with Record(db) as record:
        kept = {article.id: article for article in record.articles(revised=True)}
        assert len(kept) == 26
        assert "Hundreds dead in Hajj stampede" in [kept[group[0]].title for group in record.copies()]
        (revision,) = (article for article in kept.values() if article.revision_of)
        assert len(revision.text) > len(kept[revision.revision_of].text)
