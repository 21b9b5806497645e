"""Names: labelled pairs, and screening of listed and ordinary names, with the speed of both."""

import importlib
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from readout.evaluate.development import REPOSITORY, read_jsonl
from readout.evaluate.name_queries import Query, entries, queries
from readout.resolve.names import Hit, NameIndex, compare

THOUSAND = 1000


def evaluate(shared: Path) -> dict[str, float]:
    """Measure the comparison and the screening of names.

    Args:
        shared: the development data.

    Returns:
        `pairs.f1` on all labelled pairs, which the shipped weights have seen, and `pairs.f1_cross_validated` on pairs
        that
        the weights had not seen; `queries.*` of the half of the queries kept to judge by: F1, share of ordinary names
        with
        a match (`alarms`, percent), matches with other entries of the same list a query (`wrong`), share of the wanted
        entries that are matched (`matched`) and among the first ten (`recall_at_10`). The speed, in seconds of one
        core, is
        printed and no figure: it tells of the machine.
    """
    folder = shared / "data" / "names"
    figures = pair_figures(folder) | {"pairs.f1_cross_validated": 100 * cross_validated_f1(folder)}
    started = process_time()
    listed = entries(folder)
    index = NameIndex(listed)
    index_seconds = process_time() - started
    asked = queries(folder, listed, "judge")
    started = process_time()
    results = screened(index, asked)
    seconds = (process_time() - started) * THOUSAND / len(asked)
    print(
        f"{comparisons_a_second(folder):,.0f} comparisons/s; 1,000 names {seconds:.2f} s; index {index_seconds:.2f} s"
    )
    return figures | query_figures(results)


def cross_validated_f1(folder: Path) -> float:
    """F1 of labelled pairs, each judged by weights fitted without it and without all pairs that share a name with
    it."""
    sys.path.insert(0, str(REPOSITORY / "training"))
    try:
        fitting = importlib.import_module("fit_names")
    finally:
        sys.path.pop(0)
    return float(fitting.cross_validation(folder))


def pair_figures(folder: Path) -> dict[str, float]:
    """F1 of the labelled pairs, in percent."""
    rows = list(read_jsonl(folder / "name_pairs.jsonl.gz"))
    guesses = [compare(r["name1"], r["name2"], r["schema"]).match for r in rows]
    return {"pairs.f1": 100 * f1([r["match"] for r in rows], guesses)}


def f1(gold: Sequence[bool], guesses: Sequence[bool]) -> float:
    """F1 of the positive class."""
    both = sum(g and x for g, x in zip(gold, guesses, strict=True))
    return 2 * both / (sum(gold) + sum(guesses)) if both else 0.0


def screened(index: NameIndex, asked: Sequence[Query]) -> list[tuple[Query, list[Hit]]]:
    """Each query with its hits."""
    return [(q, index.screen(q.name, q.kind)) for q in asked]


def query_figures(results: Sequence[tuple[Query, list[Hit]]]) -> dict[str, float]:
    """Figures of screened queries, as in `evaluate`."""
    right = missed = alarms = 0
    by_set: dict[str, list[tuple[Query, list[Hit]]]] = defaultdict(list)
    for q, hits in results:
        by_set[q.set].append((q, hits))
        found = _matched(q, hits)
        if q.gold is None:
            alarms += any(h.match for h in hits)
        else:
            right, missed = right + found, missed + (not found)
    figures = {"queries.f1": 100 * 2 * right / (2 * right + missed + alarms)}
    for name, group in by_set.items():
        if group[0][0].gold is None:
            figures[f"queries.{name}.alarms_error"] = 100 * _share([any(h.match for h in hits) for _, hits in group])
        else:
            figures[f"queries.{name}.matched"] = 100 * _share([_matched(q, hits) for q, hits in group])
            figures[f"queries.{name}.recall_at_10"] = 100 * _share(
                [_matched(q, hits[:10], any_hit=True) for q, hits in group]
            )
            figures[f"queries.{name}.wrong_error"] = sum(_wrong(q, hits) for q, hits in group) / len(group)
    return figures


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _matched(q: Query, hits: Sequence[Hit], any_hit: bool = False) -> bool:
    return any((h.match or any_hit) and (h.entry.list, h.entry.id) == q.gold for h in hits)


def _wrong(q: Query, hits: Sequence[Hit]) -> int:
    assert q.gold is not None
    return sum(h.match and h.entry.list == q.gold[0] and h.entry.id != q.gold[1] for h in hits)


def comparisons_a_second(folder: Path) -> float:
    """How many of the labelled pairs one core compares in a second, names taken apart and all features made."""
    rows = list(read_jsonl(folder / "name_pairs.jsonl.gz")) * 5
    started = process_time()
    for r in rows:
        compare(r["name1"], r["name2"], r["schema"])
    return len(rows) / (process_time() - started)
