"""A Ray cluster of three hosts, one of which dies in the middle: is every article in the record once?

    sudo python benchmarks/cluster_hosts.py ARTICLES.jsonl [--articles 300] [--kill-after 0.4]

The hosts are network namespaces of this machine (Linux, root, `ip` of iproute2), tied by a bridge that leads nowhere
else: the head, on which `readout add --cluster` runs without reading, and two that read. When a share of the articles
is in the record, all processes of one host are killed at once and its link is cut. Prints what is in the record in
the end, beside what went in; the exit status is 1 where an article is missing or there twice.
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

HOSTS = {"readout-head": "10.213.77.1", "readout-a": "10.213.77.2", "readout-b": "10.213.77.3"}
BRIDGE, PORT = "readout-br", 6391
DOOMED = "readout-b"
ENVIRONMENT = os.environ | {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled", "OMP_WAIT_POLICY": "PASSIVE"}
BIN = Path(sys.executable).parent


def main() -> int:
    """Build the hosts, add, kill, count."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        given = _articles(options.source, options.articles, Path(folder, "articles.jsonl"))
        db = Path(folder, "record.sqlite")
        try:
            _build()
            _start(options.cpus)
            begun = time.monotonic()
            what = ("add", str(Path(folder, "articles.jsonl")), "--db", str(db))
            where = ("--cluster", f"{HOSTS['readout-head']}:{PORT}", "--processes", "2")
            adding = _on("readout-head", str(BIN / "readout"), *what, *where)
            killed = _kill_when(db, int(options.kill_after * len(given)), adding)
            status = adding.wait(timeout=options.timeout)
            print(f"{DOOMED} died with {killed} of {len(given)} articles in the record")
            print(f"readout add ended with status {status} after {time.monotonic() - begun:.0f} s")
        finally:
            _tear_down()
        kept = [row[0] for row in sqlite3.connect(db).execute("SELECT given_id FROM articles")]
    lost, doubled = set(given) - set(kept), len(kept) - len(set(kept))
    print(f"{len(kept)} articles in the record: {len(lost)} lost, {doubled} twice")
    return int(bool(lost or doubled or status or not killed))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="articles, one JSON object a line with a text")
    parser.add_argument("--articles", type=int, default=300, help="how many are added")
    parser.add_argument("--kill-after", type=float, default=0.4, help="share of them in the record when the host dies")
    parser.add_argument("--cpus", type=int, default=1, help="cores that each reading host offers")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds before it is given up")
    return parser.parse_args()


def _articles(source: Path, count: int, into: Path) -> list[str]:
    """Write so many articles, where the source has fewer some of them again with another end; their ids."""
    known = [json.loads(line) for line in islice(source.open(encoding="utf-8"), count)]
    ids = []
    with into.open("w", encoding="utf-8") as file:
        for n in range(count):
            one = known[n % len(known)]
            ids.append(f"article-{n}")
            text = (
                one["text"] if n < len(known) else f"{one['text']}\n\nThis is edition {n // len(known)} of the report."
            )
            file.write(json.dumps({"id": ids[-1], "text": text, "published": one.get("published")}) + "\n")
    return ids


def _build() -> None:
    _tear_down()
    _ip("link", "add", BRIDGE, "type", "bridge")
    _ip("link", "set", BRIDGE, "up")
    for number, (host, address) in enumerate(HOSTS.items()):
        _ip("netns", "add", host)
        _ip("link", "add", f"readout-v{number}", "type", "veth", "peer", "name", "eth0", "netns", host)
        _ip("link", "set", f"readout-v{number}", "master", BRIDGE, "up")
        _ip("-n", host, "addr", "add", f"{address}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            _ip("-n", host, "link", "set", device, "up")


def _start(cpus: int) -> None:
    for host, address in HOSTS.items():
        is_head = host == "readout-head"
        role = ["--head", f"--port={PORT}", "--num-cpus=0", "--include-dashboard=false"]
        join = [f"--address={HOSTS['readout-head']}:{PORT}", f"--num-cpus={cpus}"]
        started = _on(host, str(BIN / "ray"), "start", f"--node-ip-address={address}", "--disable-usage-stats",
                      "--object-store-memory=200000000", *(role if is_head else join))  # fmt: skip
        if started.wait(timeout=120):
            raise SystemExit(f"{host}: Ray does not start")


def _kill_when(db: Path, count: int, adding: subprocess.Popen[bytes]) -> int:
    """Kill the doomed host when so many articles are in the record; how many there were then."""
    while adding.poll() is None:
        time.sleep(0.2)
        there = _count(db)
        if there >= count:
            for pid in subprocess.run(["ip", "netns", "pids", DOOMED], capture_output=True, text=True).stdout.split():
                with suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            _ip("-n", DOOMED, "link", "set", "eth0", "down")
            return there
    return 0


def _count(db: Path) -> int:
    if not db.exists():
        return 0
    with suppress(sqlite3.Error), sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    return 0


def _on(host: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["ip", "netns", "exec", host, *words], env=ENVIRONMENT, stdout=subprocess.DEVNULL)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _tear_down() -> None:
    for host in HOSTS:
        for pid in subprocess.run(["ip", "netns", "pids", host], capture_output=True, text=True).stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        subprocess.run(["ip", "netns", "del", host], capture_output=True)
    subprocess.run(["ip", "link", "del", BRIDGE], capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
