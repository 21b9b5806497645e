"""Fetching from a small site on loopback: what is obeyed, what is refused, and that nothing takes forever."""

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from readout.errors import ContentError, ReadoutError, SourceError
from readout.ingest import article, take
from readout.ingest.fetch import Fetcher
from readout.ingest.guard import is_public

BODY = (
    "<html><head><title>Envoys meet in the harbour town</title>"
    "<meta property='article:published_time' content='2022-05-04'></head><body><article>"
    "<h1>Envoys meet in the harbour town</h1>"
    "<p>The envoys of both countries met in the harbour town on Wednesday and spoke for two hours, officials said.</p>"
    "<p>They are expected to meet again in June, a spokeswoman told reporters after the talks had ended.</p>"
    "</article></body></html>"
)
SECRET = "the hidden page was asked for"


class Site(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - shared by all requests on purpose

    def do_GET(self) -> None:
        self.asked.append(self.path)
        getattr(self, "at_" + self.path.strip("/").split(".")[0].split("/")[0], self.at_missing)()

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with contextlib.suppress(OSError):  # the reader may have heard enough
            self.wfile.write(body)

    def at_robots(self) -> None:
        self.reply(b"User-agent: *\nDisallow: /hidden\n", Content_Type="text/plain")

    def at_news(self) -> None:
        self.reply(BODY.encode())

    def at_hidden(self) -> None:
        self.reply(BODY.encode())

    def at_packed(self) -> None:
        self.reply(gzip.compress(BODY.encode()), Content_Encoding="gzip")

    def at_bomb(self) -> None:
        self.reply(gzip.compress(b"a" * 60_000_000), Content_Encoding="gzip")

    def at_nested(self) -> None:
        self.reply(gzip.compress(gzip.compress(BODY.encode())), Content_Encoding="gzip, gzip")

    def at_large(self) -> None:
        self.reply(b"<p>" + b"word " * 3_000_000)

    def at_legacy(self) -> None:
        page = BODY.replace("harbour town on", "“harbour” town on")
        self.reply(page.encode("cp1252"), Content_Type="text/html; charset=windows-1252")

    def at_picture(self) -> None:
        self.reply(b"\x89PNG", Content_Type="image/png")

    def at_moved(self) -> None:
        self.reply(b"", 302, Location="/news")

    def at_tohidden(self) -> None:
        self.reply(b"", 302, Location="/hidden")

    def at_tofile(self) -> None:
        self.reply(b"", 302, Location="file:///etc/passwd")

    def at_loop(self) -> None:
        self.reply(b"", 302, Location="/loop")

    def at_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b"<p>")
                time.sleep(0.1)
            except OSError:
                return

    def at_missing(self) -> None:
        self.reply(b"not here", 404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def error_of(url: str, fetcher: Fetcher | None = None) -> str:
    with pytest.raises((SourceError, ContentError)) as caught:
        if fetcher:
            fetcher.fetch(url)
        else:
            article(url, allow_private=True)
    message = str(caught.value)
    assert url in message and "\n" not in message
    return message


def test_page_is_fetched_with_what_it_says(site: str) -> None:
    got = article(f"{site}/news", allow_private=True)
    assert got.title == "Envoys meet in the harbour town"
    assert (got.published, got.url, got.outlet) == ("2022-05-04", f"{site}/news", "127.0.0.1")
    assert got.text.startswith("The envoys of both countries") and got.text.count("\n\n") == 1


@pytest.mark.parametrize("path", ["packed", "moved"])
def test_packing_and_redirects_are_followed(site: str, path: str) -> None:
    assert article(f"{site}/{path}", allow_private=True).text.startswith("The envoys")


def test_declared_charset_is_used(site: str) -> None:
    assert "“harbour” town" in article(f"{site}/legacy", allow_private=True).text


def test_loopback_is_refused_before_anything_is_asked(site: str) -> None:
    Site.asked.clear()
    with pytest.raises(SourceError, match="private or reserved"):
        article(f"{site}/news")
    with pytest.raises(SourceError, match="private or reserved"):
        article(site.replace("127.0.0.1", "localhost") + "/news")
    assert Site.asked == []


def test_robots_is_obeyed_also_behind_a_redirect(site: str) -> None:
    Site.asked.clear()
    assert "robots.txt" in error_of(f"{site}/hidden")
    assert "robots.txt" in error_of(f"{site}/tohidden")
    assert "/hidden" not in Site.asked, SECRET


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nothing", "404"),
        ("picture", "image/png"),
        ("tofile", "only http and https"),
        ("loop", "redirects more than"),
        ("bomb", "larger than"),
        ("large", "larger than"),
        ("nested", "encoding"),
    ],
)
def test_what_is_no_article_is_refused(site: str, path: str, reason: str) -> None:
    assert reason in error_of(f"{site}/{path}")


def test_a_slow_site_is_given_up(site: str) -> None:
    fetcher = Fetcher(allow_private=True, seconds=1.0)
    started = time.monotonic()
    assert "took longer than 1 s" in error_of(f"{site}/slow", fetcher)
    assert time.monotonic() - started < 4
    fetcher.close()


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "http://", "http://user:pw@example.org/", "http://[::1", "gopher://x"]
)
def test_other_addresses_are_refused(url: str) -> None:
    error_of(url)


def test_a_bad_address_does_not_stop_the_rest(site: str) -> None:
    names = [f"{site}/nothing", f"{site}/news", "http://127.0.0.1:1/x"]
    taken = list(take(names, allow_private=True))
    assert [item.name for item in taken] == names
    assert [isinstance(item.error, ReadoutError) for item in taken] == [True, False, True]


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 192.168.0.1 172.20.0.1 169.254.169.254 0.0.0.0 224.0.0.1 255.255.255.255 100.64.0.1 ::1
    fe80::1 fc00::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: :: ff02::1 fe80::1%eth0""".split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)
