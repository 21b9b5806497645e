"""What single components cost: words per second of the whole reading against the same without one of them.

    python benchmarks/components.py ARTICLES.jsonl [--articles 60] [--rounds 3]

Each round reads all articles once with everything and once without each component, in turn, so that what else the
machine does weighs on all alike; the best round of each counts. A ratio of 0.9 says that the whole reads nine words
in the time in which it would read ten without the component. Dropped with `readout_statements` is what it alone
writes; what rests on it then has less to do.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from spacy.language import Language

import readout

TARGETS = {"readout_statements": 0.8, "readout_events": 0.75, "lists": 0.95}
"""What each must keep: statements and events of all that comes without them, screening against lists at most 5 %."""


def main() -> int:
    """Measure, print, and return the exit status: 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="articles, one JSON object a line with a text")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    given = [json.loads(line) for line in islice(options.source.open(encoding="utf-8"), options.articles)]
    words = sum(len(one["text"].split()) for one in given)
    nlp = readout.load()
    best: dict[str, float] = {}
    for number in range(options.rounds + 1):  # the first warms up
        for name in ("all", *TARGETS):
            with without(nlp, name):
                begun = time.perf_counter()
                for one in given:
                    readout.read_text(one["text"], published=one.get("published"), nlp=nlp)
                best[name] = min(best.get(name, 1e9), time.perf_counter() - begun) if number else 1e9
    print(
        f"{len(given)} articles, {words:,} words, best of {options.rounds} rounds: {words / best['all']:,.0f} words/s"
    )
    ratios = {name: best[name] / best["all"] for name in TARGETS}
    for name, target in TARGETS.items():
        print(f"against the same without {name:<20} {ratios[name]:.2f} (target {target})")
    return int(any(ratios[name] < target for name, target in TARGETS.items()))


@contextmanager
def without(nlp: Language, name: str) -> Iterator[None]:
    """The reading without a component, or without the lists."""
    if name == "lists":
        os.environ["READOUT_LISTS"] = "off"
        try:
            yield
        finally:
            del os.environ["READOUT_LISTS"]
    elif name in nlp.pipe_names:
        with nlp.select_pipes(disable=[name]):
            yield
    else:
        yield


if __name__ == "__main__":
    sys.exit(main())
