"""Reading with Ray beside one process, and what ten million articles would cost.

    python benchmarks/cluster.py ARTICLES.jsonl [--articles 2000] [--workers 2] [--rounds 1] [--hour 0.05]

Both add the same articles to an empty record, start and end included, and the model is loaded anew each time:
articles per second of one process, of a local cluster, their ratio. From the processor time of one process, less its
start, come the core hours and the money for ten million (--hour: the price of one core an hour): other work on the
machine changes them little, while it does change the ratio, so the load is printed with it. Readouts already made are
added too: storing stays with one process, so it bounds how many readers are of use and how soon all can be done.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from record import generated

TARGET, AIM = 1.6, 1.85
MANY = 10_000_000
MADE = 500
"""Readouts already made that are added."""
ENVIRONMENT = os.environ | {"OMP_WAIT_POLICY": "PASSIVE"}


def main() -> int:
    """Measure, print, and return the exit status: 1 where the target is missed."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        words = _articles(options.source, options.articles, Path(folder, "articles.jsonl"))
        one = Path(folder, "one.jsonl")
        one.write_text(Path(folder, "articles.jsonl").read_text(encoding="utf-8").split("\n", 1)[0], encoding="utf-8")
        _, start = _adding(one, "start")
        stored = _storing(Path(folder))
        alone, busy = min(_adding(one.with_name("articles.jsonl"), f"alone{n}") for n in range(options.rounds))
        more = ["--cluster", "local", "--processes", str(options.workers)]
        together, _ = min(_adding(one.with_name("articles.jsonl"), f"cluster{n}", *more) for n in range(options.rounds))
    ratio, each = alone / together, (busy - start) / (options.articles - 1)
    print(
        f"{options.articles:,} articles of {words / options.articles:.0f} words; load average {os.getloadavg()[0]:.1f}"
    )
    print(f"one process      {options.articles / alone:6.2f} articles/s ({alone:.0f} s)")
    print(f"Ray, {options.workers} actors    {options.articles / together:6.2f} articles/s ({together:.0f} s)")
    print(f"ratio            {ratio:6.2f} (target {TARGET}, aim {AIM})")
    print(f"processor time   {each:6.3f} s an article, after {start:.0f} s for the start and the first")
    print(f"of it storing    {stored:6.4f} s: one process that stores keeps {each / stored - 1:.0f} cores reading")
    hours = MANY * each / 3600
    print(f"{MANY:,} articles: {hours:,.0f} core hours, {hours * options.hour:,.0f} at {options.hour:.2f} a core hour, "
          f"in {MANY * stored / 3600:.0f} hours at best")  # fmt: skip
    return int(ratio < TARGET)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="articles, one JSON object a line with a text")
    parser.add_argument(
        "--articles", type=int, default=2000, help="how many; where the source has fewer, again, changed"
    )
    parser.add_argument("--workers", type=int, default=2, help="actors of the cluster")
    parser.add_argument("--rounds", type=int, default=1, help="of which the quickest counts")
    parser.add_argument("--hour", type=float, default=0.05, help="what a core costs an hour")
    return parser.parse_args()


def _articles(source: Path, count: int, into: Path) -> int:
    """Write the articles; how many words they have. One that comes again has another last paragraph, so it is new."""
    known = [json.loads(line) for line in islice(source.open(encoding="utf-8"), count)]
    words = 0
    with into.open("w", encoding="utf-8") as file:
        for n in range(count):
            one, edition = known[n % len(known)], n // len(known)
            text = f"{one['text']}\n\nThis is edition {edition} of the report." if edition else one["text"]
            words += len(text.split())
            file.write(json.dumps({"id": f"a{n}", "text": text, "published": one.get("published")}) + "\n")
    return words


def _storing(folder: Path) -> float:
    """Seconds of the processor that storing one readout takes."""
    made = [readout.to_json() for readout in islice(generated(3), MADE)]
    first, all_ = folder / "first.jsonl", folder / "made.jsonl"
    first.write_text(made[0], encoding="utf-8")
    all_.write_text("\n".join(made), encoding="utf-8")
    return (_adding(all_, "stored")[1] - _adding(first, "first")[1]) / (MADE - 1)


def _adding(articles: Path, name: str, *more: str) -> tuple[float, float]:
    """Seconds that `readout add` takes, and of the processor (what a cluster's readers take is not in it)."""
    command = [sys.executable, "-m", "readout", "add", str(articles), "--db", str(articles.with_name(f"{name}.sqlite"))]
    begun, before = time.perf_counter(), _processor()
    subprocess.run([*command, *more], check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun, _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
