"""How long the desk's pages take on a large record, and how much of the first screen goes over the wire.

    python benchmarks/desk.py [--articles 100000] [--record FILE] [--requests 100]

Makes a record of generated articles (twelve events each, names and words by Zipf's law; see record.py), or takes one
that is there, starts the desk over it in a process of its own, and asks for each page again and again: other names,
words, articles and days each time, as often common ones as rare ones. Prints, for each kind of page, the median and the
95th percentile of the time from the request to the last byte, and the compressed bytes of the first screen: the home
page with all that it loads. The exit status is 1 where a page of the target is slower, or the first screen is larger.
"""

import argparse
import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote_plus

import sqlalchemy as sa

from readout.record import Record
from readout.record import tables as t
from record import generated

TARGET, AIM = 150.0, 50.0  # milliseconds, 95th percentile
LARGEST, AIM_SIZE = 200_000, 100_000  # bytes
TARGETED = ("timeline", "actor", "search", "article")
FONTS = ("fonts/source-sans-3-latin-wght-normal.woff2", "fonts/source-serif-4-latin-wght-normal.woff2")
"""What a page in English needs of the fonts that its style names."""
PORT = 8437


def main() -> int:
    """Measure, print, and return the exit status."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        path = options.record or Path(folder, "large.sqlite")
        _make(path, options.articles)
        server = _serve(path)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
            slow = _times(connection, _addresses(path), options.requests)
            size = _first_screen(connection)
        finally:
            server.terminate()
            server.wait()
    return int(slow or size > LARGEST)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000, help="articles in the record")
    parser.add_argument("--record", type=Path, help="where the record is made, or is already")
    parser.add_argument(
        "--requests", type=int, default=100, help="requests of each page of the target (of others a fifth)"
    )
    return parser.parse_args()


def _make(path: Path, articles: int) -> None:
    """Make the record, or what is missing of it."""
    with Record(path) as record:
        with record.database.reading() as connection:
            there = connection.scalar(sa.select(sa.func.count()).select_from(t.ARTICLES)) or 0
        start = time.monotonic()
        for _ in record.add_many(islice(generated(2), there, articles)) if there < articles else ():
            pass
        record.settle()  # as each `readout add` does at its end
        with record.database.reading() as connection:
            counts = [connection.scalar(sa.select(sa.func.count()).select_from(x)) for x in (t.ARTICLES, t.EVENTS)]
    print(f"{counts[0]:,} articles, {counts[1]:,} events; made in {time.monotonic() - start:.0f} s", flush=True)


def _serve(path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "readout", "desk", "--db", str(path), "--port", str(PORT)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ)
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            _get(http.client.HTTPConnection("127.0.0.1", PORT, timeout=120), "/openapi.json")
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the desk did not start")


def _addresses(path: Path) -> dict[str, Callable[[], str]]:
    """For each kind of page a function that gives another address each time."""
    chance = random.Random(3)
    with Record(path) as record, record.database.reading() as connection:
        last = connection.scalar(sa.select(sa.func.max(t.ARTICLES.c.key))) or 1
        keys = sorted(chance.sample(range(1, last + 1), min(400, last)))
        chosen = sa.select(t.ARTICLES.c.id, t.ARTICLES.c.text, t.ARTICLES.c.known_on).where(t.ARTICLES.c.key.in_(keys))
        articles = connection.execute(chosen).all()
        named = sa.select(t.ENTITIES.c.name).where(t.ENTITIES.c.article.in_(keys))
        names = list(connection.scalars(named))  # by Zipf's law: common ones come often
    rare = sorted(set(names))

    def name() -> str:
        return quote_plus(chance.choice(names if chance.random() < 0.5 else rare))

    def words() -> str:
        return quote_plus(" ".join(chance.choices(chance.choice(articles).text.split(), k=2)))

    def day() -> str:
        return str(chance.choice(articles).known_on)

    return {
        "timeline": lambda: f"/timeline?until={day()}",
        "timeline of a month": lambda: f"/timeline?since={day()[:7]}&until={day()[:7]}",
        "actor": lambda: f"/actor?name={name()}",
        "search": lambda: f"/search?words={words()}",
        "article": lambda: f"/article/{chance.choice(articles).id}?at=10-30",
        "statements": lambda: f"/statements?until={day()}",
        "statements of a speaker": lambda: f"/statements?speaker={name()}",
        "beat": lambda: f"/beat?actor={name()}",
        "due today": lambda: f"/due?since=19{chance.randrange(10, 90)}",  # another question each time, the same answer
        "due as of a day": lambda: f"/due?as_of={day()}",
    }


def _times(connection: http.client.HTTPConnection, kinds: dict[str, Callable[[], str]], requests: int) -> bool:
    """Print the times; gives whether a page of the target is too slow."""
    slow = False
    for kind, address in kinds.items():
        spent = sorted(_spent(connection, address, requests if kind in TARGETED else max(requests // 5, 5)))
        tail = quantiles(spent, n=20)[-1]
        slow = slow or (kind in TARGETED and tail > TARGET)
        note = f"  (target {TARGET:.0f}, aim {AIM:.0f})" if kind in TARGETED else ""
        print(f"{kind:<24} median {median(spent):7.1f} ms, 95th percentile {tail:7.1f} ms{note}", flush=True)
    return slow


def _spent(connection: http.client.HTTPConnection, address: Callable[[], str], requests: int) -> Iterator[float]:
    for n in range(requests + 3):
        asked = address()
        start = time.perf_counter()
        status, _ = _get(connection, asked)
        if status >= 500:
            raise SystemExit(f"{asked}: answered {status}")
        if n >= 3:  # the first ones open connections to the record
            yield (time.perf_counter() - start) * 1000


def _first_screen(connection: http.client.HTTPConnection) -> int:
    import gzip

    _, page = _get(connection, "/beat")
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', gzip.decompress(page).decode()))
    style = next(name for name in loaded if name.endswith("desk.css"))
    loaded |= {style.replace("desk.css", font) for font in FONTS}
    size = len(page) + sum(len(_get(connection, name)[1]) for name in loaded)
    print(f"first screen: {size:,} bytes over the wire (target {LARGEST:,}, aim {AIM_SIZE:,})")
    return size


def _get(connection: http.client.HTTPConnection, address: str) -> tuple[int, bytes]:
    connection.request("GET", address, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    return answer.status, answer.read()


if __name__ == "__main__":
    sys.exit(main())
