"""Fits the weights by which candidates found on lists are judged, on the half of the queries kept to develop on.

    python training/fit_screening.py ../shared/data/names

writes the part "screening" of `src/readout/resolve/names/weights.json`. Every candidate for a query is a row: right if
it is a name of the wanted entry, wrong if it is another's; entries of the other list, which may be the same person, are
left out.
"""

import sys
from pathlib import Path

import numpy as np

from fit_names import logistic, write
from readout.evaluate.name_queries import Query, entries, queries
from readout.resolve.lists.entry import Entry
from readout.resolve.names import NameIndex
from readout.resolve.names import screen as screening
from readout.resolve.names.features import FEATURES
from readout.resolve.names.structure import kind_of, parse

ROUNDS, KEPT, THRESHOLD = 4, 10, 0.35
SWAPPED_AT, SWAPPED = FEATURES.index("swapped"), -2.0
"""No query has its words in another order, as news often has them: the fit would make too much of that."""


def rows(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels and kinds of the candidates of all queries to develop on, bent in several ways."""
    listed = entries(folder)
    index = NameIndex(listed)
    x, y, person = [], [], []
    for turn in range(ROUNDS):
        for query in queries(folder, listed, "develop", turn):
            if turn and query.gold is None:
                continue
            kind = kind_of(query.name, query.kind)
            found = list(index._compared(parse(query.name, kind), None, None))
            mine = [f for f in found if (e := listed[f.owner]) and query.gold == (e.list, e.id)]
            best = [max(mine, key=lambda f: f.score)] if mine else []
            others = [f for f in found if f not in mine and _counts(query, listed[f.owner])]
            for f in best + sorted(others, key=lambda f: -f.score)[:KEPT]:
                x.append([*f.values, 1.0])
                y.append(f in best)
                person.append(kind == "person")
    return np.array(x), np.array(y, float), np.array(person, float)[:, None]


def _counts(query: Query, entry: Entry) -> bool:
    return query.gold is None or entry.list == query.gold[0]


def main(folder: Path) -> None:
    """Fit and write."""
    screening.SHOWN = 0.0
    x, y, person = rows(folder)
    both = np.hstack([x * person, x * (1 - person)])
    w = logistic(both, y, np.ones(len(y)))
    swapped = SWAPPED_AT + np.array([0, len(FEATURES) + 1])
    w[swapped] = np.maximum(w[swapped], SWAPPED)
    print(len(y), "candidates,", int(y.sum()), "right; accuracy", np.mean((both @ w > 0) == (y > 0)))
    write("screening", w, THRESHOLD)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
