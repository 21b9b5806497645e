"""Pairs that belong together become groups, whatever order they come in.

Links are taken from the strongest to the weakest, equal ones by their names; a link is refused where the two groups
that it would join hold a pair that must stay apart. The outcome depends on the set of links alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def within(block: list[Node], window: int) -> Iterable[tuple[Node, Node]]:
    """The pairs of a sorted block, each item with the next ones only, so that a large block stays cheap."""
    for n, one in enumerate(block):
        for other in block[n + 1 : n + 1 + window]:
            yield one, other
