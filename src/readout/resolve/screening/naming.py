"""The names under which an entity is looked for: its own, and longer ones that the text spells out around it."""

import re
from collections.abc import Iterator

from readout.resolve.screening.subject import Subject

MENTIONS, WORDS = 4, 4
"""Mentions of an entity that are widened, and words that are taken on at either side."""
_WORD = r"[A-Z0-9][\w'’.&-]*(?<![.'’])"
_LINK = r"(?:(?:of|and|for|the|de|del|al|&) ){0,2}"
_AFTER = re.compile(rf"(?: {_LINK}{_WORD}){{1,{WORDS}}}")
_BEFORE = re.compile(rf"(?:{_WORD} {_LINK}){{1,{WORDS}}}$")


def longer_names(subject: Subject) -> Iterator[str]:
    """What the text spells around an entity's mentions without a break: capitalised words at either side.

    A tagger cuts names that it does not know ("Xinjiang Production" of "... and Construction Corps"); a list that has
    the longer one by heart tells where it ends.

    Args:
        subject: the entity as the article shows it.

    Yields:
        Each longer name once, the longest first; the entity's own name is not among them.
    """
    text, found = subject.passage.readout.article.text, []
    for start, end in subject.entity.mentions[:MENTIONS]:
        if text[start:end] == subject.entity.name:
            spans = [(left, right) for left in _starts(text, start) for right in _ends(text, end)]
            found += [text[left:right] for left, right in spans if right - left > end - start]
    yield from sorted(dict.fromkeys(found), key=len, reverse=True)


def _starts(text: str, start: int) -> list[int]:
    """Where a longer name may begin: at each of the capitalised words right before."""
    run = _BEFORE.search(text[max(0, start - 80) : start])
    if run is None:
        return [start]
    return [start - len(run[0]) + m.start() for m in re.finditer(_WORD, run[0])] + [start]


def _ends(text: str, end: int) -> list[int]:
    """Where a longer name may end: behind each of the capitalised words right after."""
    run = _AFTER.match(text, end, end + 120)
    return [end] + ([end + m.end() for m in re.finditer(_WORD, run[0])] if run else [])
