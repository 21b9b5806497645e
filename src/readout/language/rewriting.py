"""A dependency tree that can be rewritten: each move leaves it a tree."""

from collections.abc import Iterator


class Tree:
    """Heads and relations of the words of a document.

    Args:
        heads: the index of each word's head; a root is its own head.
        deps: the relation of each word to its head.
    """

    def __init__(self, heads: list[int], deps: list[str]) -> None:
        self.heads = heads
        self.deps = deps
        self._children: list[set[int]] = [set() for _ in heads]
        for i, head in enumerate(heads):
            if head != i:
                self._children[head].add(i)

    def children(self, i: int, *deps: str) -> list[int]:
        """The children of word `i` in the order of the text, of all relations or of those given."""
        return sorted(c for c in self._children[i] if not deps or self.deps[c] in deps)

    def attach(self, i: int, head: int, dep: str | None = None) -> None:
        """Hang word `i` on another head, which must not be below it; without `dep` its relation stays."""
        self._children[self.heads[i]].discard(i)
        self.heads[i] = head
        if head != i:
            self._children[head].add(i)
        if dep is not None:
            self.deps[i] = dep

    def promote(self, child: int, dep: str, dep_below: str) -> None:
        """Let a child change places with its head.

        Args:
            child: takes the place of its head, or becomes the root.
            dep: its relation there.
            dep_below: the relation of the former head to it.
        """
        head = self.heads[child]
        above = self.heads[head]
        self.attach(child, child if above == head else above, dep)
        self.attach(head, child, dep_below)

    def bottom_up(self) -> Iterator[int]:
        """All words, each before its head, as the tree is now."""
        order = [i for i, head in enumerate(self.heads) if head == i]
        for i in order:  # grows while it is read: breadth first from the roots
            order.extend(self._children[i])
        return reversed(order)
