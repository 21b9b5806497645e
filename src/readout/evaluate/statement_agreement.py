"""How far a second reading of our set of statements agrees with its labels.

`python -m readout.evaluate.statement_agreement SECOND FILE...` compares SECOND, which has a line for each item:
`nested`, pairs of an inner and an outer content; `addressee` and `medium`, pairs of a content and the words for it;
`not_statements`; `positions`, groups of contents that are one position. All are quoted words of the item's text.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import chain, combinations
from pathlib import Path

from readout.evaluate.datasets import BadItemError, Item, items, stretch
from readout.evaluate.statement_matching import OVERLAP, jaccard, word_set, words_at

MEASURES = ("nested", "addressee", "medium", "not_statements", "positions")
Marks = dict[str, set[Hashable]]
"""By measure what a reader marks; contents by the number of the labelled statement, or as their own words."""


def agreement(labels: Iterable[Item], second: Iterable[Item]) -> dict[str, float]:
    """F1 of two readings by what they mark (Hripcsak & Rothschild 2005).

    Args:
        labels: items of the set of statements.
        second: what another reader marked in some of them.

    Returns:
        By measure F1 in percent.

    Raises:
        BadItemError: an item of the second is not among the labels, or quotes what its text does not hold.
    """
    known, tally = {item["id"]: item for item in labels}, Counter[str]()
    for other in second:
        if other["id"] not in known:
            raise BadItemError(f"{other['id']} is not in the labelled files")
        item = known[other["id"]]
        first, theirs = _labelled(item), _marked(item, other)
        for name in MEASURES:
            tally[f"{name} both"] += len(first[name] & theirs[name])
            tally[name] += len(first[name]) + len(theirs[name])
    return {name: round(200 * tally[f"{name} both"] / tally[name], 1) if tally[name] else 100.0 for name in MEASURES}


def _labelled(item: Item) -> Marks:
    statements = list(enumerate(item["statements"]))
    named = [(n, label) for n, s in statements if (label := s.get("position")) is not None]
    return {
        "nested": {(n, s["reported_by"]) for n, s in statements if s["reported_by"] is not None},
        "addressee": {n for n, s in statements if s["addressee"]},
        "medium": {n for n, s in statements if s["medium"]},
        "not_statements": set(range(len(item["not_statements"]))),
        "positions": {frozenset((a, b)) for (a, one), (b, other) in combinations(named, 2) if one == other},
    }


def _marked(item: Item, other: Item) -> Marks:
    contents = [_words(item, *statement["content"]) for statement in item["statements"]]
    unsaid = [_words(item, quoted) for quoted in item["not_statements"]]

    def number(quoted: str) -> Hashable:
        return _nearest(item, quoted, contents)

    def carried(slot: str) -> set[Hashable]:
        pairs = [(number(content), words) for content, words in other[slot]]
        return {n if isinstance(n, int) and _is_same(item, n, slot, words) else (n, words) for n, words in pairs}

    return {
        "nested": {(number(inner), number(outer)) for inner, outer in other["nested"]},
        "addressee": carried("addressee"),
        "medium": carried("medium"),
        "not_statements": {_nearest(item, quoted, unsaid) for quoted in other["not_statements"]},
        "positions": {
            frozenset(pair)
            for pair in chain.from_iterable(combinations(map(number, group), 2) for group in other["positions"])
        },
    }


def _nearest(item: Item, quoted: str, stretches: Sequence[frozenset[int]]) -> Hashable:
    """The number of the stretch that overlaps most, by half at least; else the quoted words."""
    words = _words(item, quoted)
    score, n = max(((jaccard(words, own), -n) for n, own in enumerate(stretches)), default=(0.0, 0))
    return -n if score >= OVERLAP else quoted


def _is_same(item: Item, n: int, slot: str, words: str) -> bool:
    """Whether the labelled addressee overlaps the words, or half the words of the labelled medium are the same."""
    label = item["statements"][n][slot]
    if label is None:
        return False
    if slot == "addressee":
        return not _words(item, label).isdisjoint(_words(item, words))
    here, there = (item["text"][slice(*stretch(item["text"], quoted))] for quoted in (label, words))
    return jaccard(word_set(here), word_set(there)) >= OVERLAP


def _words(item: Item, *quoted: str) -> frozenset[int]:
    return words_at(item["text"], [stretch(item["text"], words) for words in quoted])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("second", type=Path)
    parser.add_argument("labels", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    try:
        found = agreement(chain.from_iterable(map(items, given.labels)), items(given.second))
    except (BadItemError, OSError) as error:
        sys.exit(str(error))
    print(*(f"{name} {value:.1f}" for name, value in found.items()), sep="\n")


if __name__ == "__main__":
    main()
