"""Pairs that belong together become groups, whatever order they come in.

Links are taken from the strongest to the weakest, equal ones by their names; a link is refused where the two groups
that it would join hold a pair that must stay apart. The outcome depends on the set of links alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from readout.resolve.reports import Node


class Link(NamedTuple):
    """That two items are one, with how sure that is (0 to 1)."""

    score: float
    one: Node
    other: Node


def groups(
    nodes: Iterable[Node], links: Iterable[Link], apart: Callable[[list[Node], list[Node]], bool]
) -> list[list[Node]]:
    """Join linked items.

    Args:
        nodes: all items; each is in the outcome.
        links: the pairs that are one.
        apart: whether two groups may not be joined.

    Returns:
        The groups, each sorted, in the order of their first members.
    """
    group_of = {node: [node] for node in sorted(nodes)}
    for link in sorted(links, key=lambda k: (-k.score, *sorted((k.one, k.other)))):
        one, other = sorted((group_of[link.one], group_of[link.other]))
        if one is other or apart(one, other):
            continue
        one.extend(other)
        one.sort()
        for node in other:
            group_of[node] = one
    return sorted({id(group): group for group in group_of.values()}.values())


def near(blocks: Iterable[list[int]], window: int) -> Iterator[tuple[int, int]]:
    """The pairs of items of one block, each with the next ones only, so that a large block stays cheap.

    Args:
        blocks: places in a list of all items, sorted in each block.
        window: how many of the next ones.

    Yields:
        Each pair once, in order; the first is the one that stands first in its block.
    """
    pairs: set[tuple[int, int]] = set()
    for block in blocks:
        for n, one in enumerate(block):
            pairs.update([(one, other) for other in block[n + 1 : n + 1 + window]])
    yield from sorted(pairs)
