"""Reading with Ray beside one process, and what ten million articles would cost.

    python benchmarks/cluster.py ARTICLES.jsonl [--articles 2000] [--workers 2] [--rounds 1] [--hour 0.10]

Both add the same articles to an empty record, start and end included, and the model is loaded anew each time:
articles per second of one process, of a local cluster, their ratio, and from the second the machine hours and the
money (--hour: the price of a machine of so many cores an hour) for ten million.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

TARGET, AIM = 1.6, 1.85
MANY = 10_000_000
ENVIRONMENT = os.environ | {"OMP_WAIT_POLICY": "PASSIVE"}


def main() -> int:
    """Measure, print, and return the exit status: 1 where the target is missed."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        words = _articles(options.source, options.articles, Path(folder, "articles.jsonl"))
        alone = min(_adding(Path(folder), f"alone{n}") for n in range(options.rounds))
        more = ["--cluster", "local", "--processes", str(options.workers)]
        together = min(_adding(Path(folder), f"cluster{n}", *more) for n in range(options.rounds))
    ratio = alone / together
    print(
        f"{options.articles:,} articles of {words / options.articles:.0f} words; load average {os.getloadavg()[0]:.1f}"
    )
    print(f"one process      {options.articles / alone:6.2f} articles/s ({alone:.0f} s)")
    print(f"Ray, {options.workers} actors    {options.articles / together:6.2f} articles/s ({together:.0f} s)")
    print(f"ratio            {ratio:6.2f} (target {TARGET}, aim {AIM})")
    hours = MANY * together / options.articles / 3600
    print(f"{MANY:,} articles: {hours:,.0f} machine hours, {hours * options.hour:,.0f} at {options.hour:.2f} an hour")
    return int(ratio < TARGET)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="articles, one JSON object a line with a text")
    parser.add_argument(
        "--articles", type=int, default=2000, help="how many; where the source has fewer, again, changed"
    )
    parser.add_argument("--workers", type=int, default=2, help="actors of the cluster")
    parser.add_argument("--rounds", type=int, default=1, help="of which the quickest counts")
    parser.add_argument("--hour", type=float, default=0.10, help="what a machine of that many cores costs an hour")
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


def _adding(folder: Path, name: str, *more: str) -> float:
    """Seconds that `readout add` takes."""
    command = [
        sys.executable,
        "-m",
        "readout",
        "add",
        str(folder / "articles.jsonl"),
        "--db",
        str(folder / f"{name}.sqlite"),
    ]
    begun = time.perf_counter()
    subprocess.run([*command, *more], check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
