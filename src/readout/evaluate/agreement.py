"""How far two annotators of the event set agree.

`python -m readout.evaluate.agreement FIRST SECOND` compares the items of SECOND with those of FIRST that have the same
id, and counts what they disagree about.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from readout.evaluate.datasets import BadItemError, Item, items, locate

Pair = tuple[Item, Item]


@dataclass
class Agreement:
    """What two annotators of the same items found, and where they differ.

    Between two annotators F1 is the fitting measure, since nobody counts the events that neither of them saw
    (Hripcsak & Rothschild 2005, "Agreement, the F-measure, and reliability in information retrieval").
    """

    items: int = 0
    first: int = 0
    second: int = 0
    paired: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """Of the paired events, how many agree in their `type`, `status`, `actors` and `recipients`."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Disagreements: "only the first: REQUEST", "type AGREE / CONCEDE", "status occurred / alleged"."""

    def figures(self) -> dict[str, float]:
        """F1 of `trigger` and of trigger with type (`event`), and shares of the paired events by field.

        Types are compared over all paired events; statuses and sides where the type is the same.
        """
        both = self.first + self.second
        same = self.counts["type"]
        shares = {name: _share(self.counts[name], same) for name in ("status", "actors", "recipients")}
        return {
            "trigger": _share(2 * self.paired, both),
            "event": _share(2 * same, both),
            "type": _share(same, self.paired),
            **shares,
        }


def agreement(first: Iterable[Item], second: Iterable[Item]) -> Agreement:
    """Compare two annotations of the same items.

    Args:
        first: items of the event set; those whose ids the second lacks are left out.
        second: the same items, or some of them, by somebody else.

    Returns:
        The counts.

    Raises:
        BadItemError: an item of the second is not among the first, or has another text there.
    """
    known, result = {item["id"]: item for item in first}, Agreement()
    for other in second:
        item = known.get(other["id"])
        if item is None or item["text"] != other["text"]:
            raise BadItemError(f"{other['id']} is not in the first file, or has another text there")
        result.items += 1
        result.first += len(item["events"])
        result.second += len(other["events"])
        _count(item, other, result)
    return result


def pairs(text: str, first: list[Item], second: list[Item]) -> list[Pair]:
    """Pair events whose triggers or mentions overlap, one to one; first those of the same type and the same trigger."""
    ranked = sorted(
        (one["type"] != two["type"], _words(text, one)[0] != _words(text, two)[0], n, m)
        for n, one in enumerate(first)
        for m, two in enumerate(second)
        if _overlap(_words(text, one), _words(text, two))
    )
    taken: dict[int, int] = {}
    for _, _, n, m in ranked:
        if n not in taken and m not in taken.values():
            taken[n] = m
    return [(first[n], second[m]) for n, m in sorted(taken.items())]


def _count(item: Item, other: Item, result: Agreement) -> None:
    text = item["text"]
    found = pairs(text, item["events"], other["events"])
    result.paired += len(found)
    for name, events, side in (("first", item["events"], 0), ("second", other["events"], 1)):
        left = [event for event in events if all(event is not pair[side] for pair in found)]
        result.kinds.update(f"only the {name}: {event['type']}" for event in left)
    for one, two in found:
        if one["type"] != two["type"]:
            result.kinds[f"type {one['type']} / {two['type']}"] += 1
            continue
        result.counts["type"] += 1
        result.counts.update(_same_fields(text, one, two))
        if one["status"] != two["status"]:
            result.kinds[f"status {one['status']} / {two['status']}"] += 1


def _same_fields(text: str, one: Item, two: Item) -> Iterator[str]:
    if one["status"] == two["status"]:
        yield "status"
    for side in ("actors", "recipients"):
        ours, theirs = ([locate(text, words) for words in event[side]] for event in (one, two))
        if all(_overlap([span], theirs) for span in ours) and all(_overlap([span], ours) for span in theirs):
            yield side


def _words(text: str, event: Item) -> list[tuple[int, int]]:
    return [locate(text, words) for words in [event["trigger"], *event.get("mentions", ())]]


def _overlap(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of two files, and their disagreements, the commonest first."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    given = parser.parse_args(arguments)
    try:
        result = agreement(items(given.first), items(given.second))
    except (BadItemError, OSError) as error:
        sys.exit(str(error))
    print(f"{result.items} items, {result.first} and {result.second} events")
    print(*(f"{name} {value:.3f}" for name, value in result.figures().items()), sep="\n")
    print(*(f"{n} {kind}" for kind, n in result.kinds.most_common()), sep="\n")


if __name__ == "__main__":
    main()
