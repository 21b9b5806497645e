"""Fetching one page politely and safely: robots.txt obeyed, every hop checked, size and time bounded."""

import ssl
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from readout import __version__
from readout.errors import ContentError, SourceError
from readout.ingest.guard import Deadline, GuardedBackend, RefusedAddressError

USER_AGENT = f"Readout/{__version__} (news reader; obeys robots.txt)"
LARGEST_RESPONSE = 8_000_000  # bytes, unpacked
LARGEST_ROBOTS = 512_000  # bytes; RFC 9309, 2.5, asks for at least 500 KiB
MOST_REDIRECTS = 5
SECONDS = 20.0  # for one page with all its redirects and robots.txt
LONGEST_DELAY = 30.0  # seconds of crawl delay that are waited for; more is refused
_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown")


@dataclass(frozen=True)
class Page:
    """What an address gave: its bytes, the charset its sender named, and where it really lay."""

    content: bytes
    charset: str | None
    url: str
    is_plain: bool
    etag: str | None = None
    last_modified: str | None = None
    is_unchanged: bool = False
    """The server says that nothing changed since the visit that was told of; there is no content."""


class _Transport(httpx.HTTPTransport):
    """httpx over a pool whose connections are guarded."""

    def __init__(self, backend: GuardedBackend) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(), max_connections=4, keepalive_expiry=5, network_backend=backend
        )


class Fetcher:
    """Fetches pages; remembers each site's robots.txt and when it was last asked.

    Args:
        allow_private: whether private, loopback and reserved addresses may be fetched from.
        seconds: the time one page may take.
        max_bytes: the size one page may have, unpacked.
        types: the media types that are taken; None takes any.
        named: addresses whose hosts may be private, since the user named them.
        delay: seconds to leave between two requests to a site that asks for none.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        seconds: float = SECONDS,
        max_bytes: int = LARGEST_RESPONSE,
        types: Collection[str] | None = _TYPES,
        named: Collection[str] = (),
        delay: float = 0.0,
    ) -> None:
        self._backend = GuardedBackend(allow_private, frozenset(filter(None, map(_host, named))))
        self._delay = delay
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._types = types
        self._robots: dict[str, Protego] = {}
        self._last: dict[str, float] = {}
        self._client: httpx.Client | None = None

    def _open(self) -> httpx.Client:
        """The client, made when first needed: reading the certificates takes a while."""
        if self._client is None:
            accept = "text/html, text/plain;q=0.8" if self._types else "*/*"
            headers = {"User-Agent": USER_AGENT, "Accept": accept, "Accept-Encoding": "gzip"}
            transport = _Transport(self._backend)
            self._client = httpx.Client(transport=transport, headers=headers, trust_env=False, timeout=10)
        return self._client

    def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            self._client.close()

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
        """Fetch one page.

        Args:
            url: an http or https address.
            etag: what its server called the state that is known (RFC 9110, 13.1.2).
            last_modified: when it said that state was made.

        Returns:
            The page.

        Raises:
            SourceError: it cannot be reached, is refused, is too large or too slow.
            ContentError: what came is no text.
        """
        self._backend.deadline = Deadline(self._seconds)
        try:
            return self._follow(url, {"If-None-Match": etag or "", "If-Modified-Since": last_modified or ""})
        except RefusedAddressError as error:
            raise SourceError(f"{url}: refused: {error}; allow private addresses to fetch it") from None
        except (httpx.TimeoutException, httpcore.TimeoutException):
            raise SourceError(
                f"{url}: took longer than {self._seconds:g} s; try again, or save the page and give the file"
            ) from None
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            ssl.SSLError,
        ) as error:
            raise SourceError(f"{url}: cannot be reached ({_reason(error)}); check the address") from None

    def _follow(self, url: str, conditions: Mapping[str, str]) -> Page:
        here = url
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(MOST_REDIRECTS + 1):
            _check_address(here, url)
            self._ask_leave(here, url)
            with self._open().stream("GET", here, headers=headers) as response:
                if response.has_redirect_location:
                    here = urljoin(here, response.headers["location"])
                    continue
                return self._page(response, url)
        raise SourceError(f"{url}: redirects more than {MOST_REDIRECTS} times; give the final address")

    def _page(self, response: httpx.Response, url: str) -> Page:
        etag, modified = (response.headers.get(name, "")[:500] or None for name in ("etag", "last-modified"))
        if response.status_code == 304:
            return Page(b"", None, str(response.url), False, etag, modified, is_unchanged=True)
        if response.status_code >= 400:
            raise SourceError(
                f"{url}: the site answered {response.status_code} {response.reason_phrase}; check the address"
            )
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind and self._types is not None and kind not in self._types:
            raise ContentError(f"{url}: is {kind[:60]}, no web page; give the address of an article")
        content = _read(response, self._max_bytes, url)
        is_plain = kind.startswith("text/") and kind != "text/html"
        return Page(content, response.charset_encoding, str(response.url), is_plain, etag, modified)

    def _ask_leave(self, address: str, url: str) -> None:
        """Obey robots.txt (RFC 9309) of the site that `address` is on, its crawl delay too."""
        site = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        if site not in self._robots:
            self._robots[site] = self._read_robots(site, url)
        robots = self._robots[site]
        if not robots.can_fetch(address, USER_AGENT):
            raise SourceError(
                f"{url}: the site's robots.txt does not allow it to be fetched; save the page and give the file"
            )
        delay = max(robots.crawl_delay(USER_AGENT) or 0.0, self._delay)
        wait = self._last.get(site, -LONGEST_DELAY) + delay - time.monotonic() if site in self._last else 0.0
        if wait > LONGEST_DELAY:
            raise SourceError(f"{url}: the site asks for {delay:g} s between pages; try again later")
        if wait > 0:
            time.sleep(wait)
            self._backend.deadline.at += wait
        self._last[site] = time.monotonic()

    def _read_robots(self, site: str, url: str) -> Protego:
        here = f"{site}/robots.txt"
        for _ in range(MOST_REDIRECTS + 1):
            _check_address(here, url)
            with self._open().stream("GET", here) as response:
                if response.has_redirect_location:
                    here = urljoin(here, response.headers["location"])
                    continue
                if response.status_code >= 500:
                    raise SourceError(
                        f"{url}: the site's robots.txt cannot be read ({response.status_code}); try again later"
                    )
                body = b"" if response.status_code >= 400 else _read(response, LARGEST_ROBOTS, here)
                return Protego.parse(body.decode("utf-8", "replace"))
        return Protego.parse("")


def _host(url: str) -> tuple[str, int] | None:
    """The host and port of an address."""
    try:
        parts = urlsplit(url)
        return (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)) if parts.hostname else None
    except ValueError:
        return None


def _check_address(address: str, url: str) -> None:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise SourceError(f"{url}: is no valid address; check it") from None
    if parts.scheme not in ("http", "https") or not host:
        raise SourceError(f"{url}: leads to {address[:80]!r}; only http and https addresses are fetched")
    if parts.username or parts.password:
        raise SourceError(f"{url}: carries a user name or password; give an address without")


def _read(response: httpx.Response, limit: int, url: str) -> bytes:
    """The body, unpacked piece by piece so that a small response cannot unpack to a huge one unnoticed."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip"):
        raise SourceError(
            f"{url}: comes in the encoding {encoding[:40]!r} that was not asked for; save the page and give the file"
        )
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > limit:
            raise SourceError(f"{url}: is larger than {limit:,} bytes, too large for an article; save the text alone")
        parts.append(part)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
