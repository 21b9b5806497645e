"""The lines of an answer, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import sqlalchemy as sa

from readout.record import tables as t
from readout.resolve.words import sentence_around

ABOUT_A_ROW = 5000
"""Keys that are asked for at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer."""

    id: str
    """Of the item or article it rests on first; `readout show` takes it."""
    sources: int
    """How many independent sources say so."""
    article: str
    span: tuple[int, int]
    """Its words, in code points of the article's text."""
    what: dict[str, Any]
    """What the question is about, by name."""
    start: str | None = None
    end: str | None = None
    precision: Any = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    """Of the article."""
    sentence: str = ""
    reports: tuple[str, ...] = ()
    """The ids of all that say so, this one first."""
    changed: int = 0
    """Seconds from when its article came until it was last read again or edited; of what is due only."""

    def as_dict(self) -> dict[str, Any]:
        """The line as data, flat."""
        return {
            "id": self.id,
            "start": self.start,
            "end": self.end,
            "precision": self.precision,
            **self.what,
            "sources": self.sources,
            "sentence": self.sentence,
            "article": self.article,
            "span": list(self.span),
            "outlet": self.outlet,
            "published": self.published,
            "url": self.url,
            "reports": list(self.reports),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The lines of an answer in the order to be shown, and whether the limit left some out."""

    lines: list[Line] = field(default_factory=list)
    more: bool = False


def with_sentences(connection: sa.Connection, lines: Iterable[Line]) -> list[Line]:
    """The lines with the sentence around the words of each, and the address of its article."""
    lines, a = list(lines), t.ARTICLES.c
    ids = sorted({line.article for line in lines})
    found = {row.id: row for row in rows(connection, sa.select(a.id, a.text, a.url), a.id, ids)}
    return [_with_sentence(line, found[line.article]) if line.article in found else line for line in lines]


def _with_sentence(line: Line, article: Any) -> Line:
    if line.sentence:
        return replace(line, url=article.url)
    start, end = sentence_around(article.text, line.span)
    return replace(line, sentence=article.text[start:end].strip(), url=article.url)


def rows(
    connection: sa.Connection, chosen: sa.Select[Any], column: sa.ColumnElement[Any], values: Sequence[Any]
) -> Iterator[Any]:
    """The rows of a selection in which a column has one of some values, however many these are."""
    remaining = iter(values)
    while some := list(islice(remaining, ABOUT_A_ROW)):
        yield from connection.execute(chosen.where(column.in_(some)))
