"""Names: labelled pairs, and screening of listed and ordinary names, with the speed of both."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from readout.evaluate.development import read_jsonl
from readout.evaluate.name_queries import Half, Query, entries, queries
from readout.resolve.names import Hit, NameIndex, compare

THOUSAND = 1000


def evaluate(shared: Path) -> dict[str, float]:
    """Measure the comparison and the screening of names.

    Args:
        shared: the development data.

    Returns:
        `pairs.f1` on all labelled pairs, which the shipped weights have seen, and `pairs.f1_cross_validated` on pairs that
        the weights had not seen; `queries.*` of the half of the queries kept to judge by: F1, share of ordinary names with
        a match (`alarms`, percent), matches with other entries of the same list a query (`wrong`), share of the wanted
        entries that are matched (`matched`) and among the first ten (`recall_at_10`).
    """
    folder = shared / "data" / "names"
    listed = entries(folder)
    return pair_figures(folder) | query_figures(screened(NameIndex(listed), queries(folder, listed, "judge")))


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
            figures[f"queries.{name}.recall_at_10"] = 100 * _share([_matched(q, hits[:10], any_hit=True) for q, hits in group])
            figures[f"queries.{name}.wrong_error"] = sum(_wrong(q, hits) for q, hits in group) / len(group)
    return figures


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _matched(q: Query, hits: Sequence[Hit], any_hit: bool = False) -> bool:
    return any((h.match or any_hit) and (h.entry.list, h.entry.id) == q.gold for h in hits)


def _wrong(q: Query, hits: Sequence[Hit]) -> int:
    assert q.gold is not None
    return sum(h.match and h.entry.list == q.gold[0] and h.entry.id != q.gold[1] for h in hits)


def speed(folder: Path, half: Half = "judge") -> dict[str, float]:
    """Comparisons a second, seconds to screen 1,000 names, and seconds to make the index; on one core."""
    rows = list(read_jsonl(folder / "name_pairs.jsonl.gz"))
    started = perf_counter()
    for r in rows:
        compare(r["name1"], r["name2"], r["schema"])
    figures = {"speed.comparisons": len(rows) / (perf_counter() - started)}
    started = perf_counter()
    listed = entries(folder)
    index = NameIndex(listed)
    figures["speed.index_seconds"] = perf_counter() - started
    asked = queries(folder, listed, half)
    asked = asked[:: max(1, len(asked) // THOUSAND)][:THOUSAND]
    started = perf_counter()
    screened(index, asked)
    figures["speed.thousand_names_seconds"] = perf_counter() - started
    return figures
