"""What one version of a report says and another does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from readout.record.rows import storable
from readout.schema import Readout


class Change(NamedTuple):
    """Something that a revision gained or lost."""

    sign: str
    """gained, lost"""
    kind: str
    """statement, event, expectation"""
    words: str
    """The words it rests on."""
    start_char: int | None
    end_char: int | None
    """Where they are: in the revision's text, or in that of the version before it for what was lost."""


def differences(before: Readout, after: Readout) -> list[Change]:
    """What a revision gained and lost.

    A statement is the same if the words said are; an event if its type, status and the sentence it rests on are; an
    expectation if its due date and its sentence are. White space and case do not matter.

    Args:
        before: the readout of the version before.
        after: that of the revision.

    Returns:
        The changes: gained ones in the order of the new text, then lost ones in that of the old.
    """
    old, new = dict(_said(before)), dict(_said(after))
    gained = [_change("gained", *new[key]) for key in new if key not in old]
    return gained + [_change("lost", *old[key]) for key in old if key not in new]


Said = tuple[str, str, tuple[int, int]]


def _change(sign: str, kind: str, words: str, span: tuple[int, int]) -> Change:
    return Change(sign, kind, storable(words), *span)


def _said(readout: Readout) -> Iterator[tuple[tuple[str, ...], Said]]:
    """What a readout says: what makes each thing the same as another, its kind, words and place."""
    text, sentences = readout.article.text, {}
    for statement in readout.statements:
        words, span = _words(text, statement.content_spans)
        yield ("statement", _same(words)), ("statement", words, span)
    for event in readout.events:
        words, span = _words(text, event.evidence or [event.trigger])
        sentences[event.id] = words, span
        yield ("event", event.type, event.status, _same(words)), ("event", words, span)
    for expectation in readout.expectations:
        words, span = sentences.get(expectation.event, ("", (0, 0)))
        due = expectation.due
        when = f"{due.start}/{due.end}" if due else ""
        yield ("expectation", when, _same(words)), ("expectation", words, span)


def _words(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, tuple[int, int]]:
    parts = sorted(spans)
    if not parts:
        return "", (0, 0)
    return " ".join(text[start:end] for start, end in parts), (parts[0][0], max(end for _, end in parts))


def _same(words: str) -> str:
    return " ".join(words.casefold().split())
