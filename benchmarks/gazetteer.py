"""Speed of the gazetteer: how long it takes to open, and look-ups a second.

    python benchmarks/gazetteer.py

"first" looks up distinct names of the gazetteer, each for the first time; "again" the same names from the cache;
"unknown" strings that no place has.
"""

import random
import time
from collections.abc import Sequence

from readout.knowledge.gazetteer import CACHED, Gazetteer, shipped

SEED, NAMES = 1, 40_000


def rate(known: Gazetteer, names: Sequence[str]) -> float:
    """Look-ups a second of processor time."""
    start = time.process_time()
    for name in names:
        known.lookup(name)
    return len(names) / (time.process_time() - start)


def main() -> None:
    """Print the figures."""
    start = time.process_time()
    known = Gazetteer()
    known.lookup("Vladivostok")
    print(f"open     {1000 * (time.process_time() - start):9.0f} ms")
    places = shipped()
    names = sorted({places.place(index)[0] for index in range(len(places))})
    random.Random(SEED).shuffle(names)
    print(f"first    {rate(known, names[:NAMES]):9,.0f} a second")
    last = names[NAMES - CACHED // 2 : NAMES]
    print(f"again    {rate(known, last):9,.0f} a second")
    print(f"unknown  {rate(known, [name[::-1] for name in names[NAMES : 2 * NAMES]]):9,.0f} a second")


if __name__ == "__main__":
    main()
