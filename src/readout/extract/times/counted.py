"""Days counted from an event: "two days after meeting the premier" is the meeting's own day and two.

The event's day is looked for where the text tells of it a second time with a date; the clause that the expression
stands in may name a day as well, and then both must agree. Needs a tree (Universal Dependencies).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc, Token

from readout.extract.times.durations import move
from readout.schema import Precision, Time

DISTANCE = re.compile(r"P(\d{1,3})([DWMY])")
WAYS = {"after": 1, "following": 1, "before": -1}
PRECISION: dict[str, Precision] = {"D": "day", "W": "week", "M": "month", "Y": "year"}
ARGUMENTS = ("nsubj", "obj", "obl", "nmod", "iobj")
CLAUSES = ("advcl", "obl", "nmod", "acl")


def counted_from_events(doc: Doc, times: list[Time]) -> list[Time]:
    """The times of a parsed text, where those counted from an event lie on its day and so many more.

    Args:
        doc: a text with tree and tags.
        times: its times.

    Returns:
        The times in the same order. One counted from a dated event has `anchor` (the time that dates it) and
        `anchor_span` (its words); `disagrees` names the day of its own clause, where that is another one.
    """
    if not any(DISTANCE.fullmatch(time.value) for time in times):
        return times
    days = Days(doc, times)
    return [days.counted(time) for time in times]


class Days:
    """The days of a text, by the word of the tree that each belongs to."""

    def __init__(self, doc: Doc, times: list[Time]) -> None:
        self.doc = doc
        self.at: dict[int, Time] = {}
        self.same: dict[str, list[Token]] | None = None
        self.words_of_time: set[str] = set()
        for time in times:
            root = self._root(time)
            self.words_of_time |= {root.lower_} if root is not None else set()
            if root is not None and time.kind in ("date", "time") and time.precision in ("day", "minute"):
                self.at.setdefault(root.head.i, time)

    def _root(self, time: Time) -> Token | None:
        span = self.doc.char_span(*time.span, alignment_mode="expand")
        return span.root if span is not None else None

    def counted(self, time: Time) -> Time:
        """The time, on its event's day and so many more, where that day is known."""
        distance = DISTANCE.fullmatch(time.value)
        event, way = self._event_behind(time) if distance else (None, 0)
        if event is None or distance is None:
            return time
        words = (event.idx, event.idx + len(event))
        dated = next(self._dated_elsewhere(event), None)
        own = self.at.get(event.head.i) if event.dep_.startswith(CLAUSES) else None
        if dated is None or dated.start is None:
            update = {"start": own.start, "end": own.end, "precision": own.precision} if own else {}
            return time.model_copy(update={**update, "anchor_span": words})
        count, unit = int(distance[1]) * way, distance[2]
        day = move(date.fromisoformat(dated.start[:10]), count, unit)
        if day is None:
            return time
        differs = own is not None and own.start is not None and own.start[:10] != day.isoformat() and unit == "D"
        return time.model_copy(update={
            "start": day.isoformat(), "end": day.isoformat(), "precision": PRECISION[unit],
            "anchor": dated.id, "anchor_span": words, "disagrees": own.id if own and differs else None,
        })  # fmt: skip

    def _event_behind(self, time: Time) -> tuple[Token | None, int]:
        """The verb or noun that "after" or "before" behind a time governs, and which way it counts."""
        span = self.doc.char_span(*time.span, alignment_mode="expand")
        mark = self.doc[span.end] if span is not None and span.end < len(self.doc) else None
        if mark is None or mark.lower_ not in WAYS or not mark.dep_.startswith(("mark", "case")):
            return None, 0
        event = mark.head
        return (event if event.pos_ in {"VERB", "NOUN", "AUX"} else None), WAYS[mark.lower_]

    def _dated_elsewhere(self, event: Token) -> Iterator[Time]:
        """The days of other words of the same stem, told of the same people or things."""
        people = arguments(event) - self.words_of_time
        for other in self._words()[stem(event)]:
            day = self.at.get(other.i) or (self.at.get(other.head.i) if other.pos_ == "NOUN" else None)
            if day is None or other.i == event.i:
                continue
            definite = event.pos_ == "NOUN" and any(child.dep_ == "det" for child in event.children)
            if people & arguments(other) or (definite and not people):
                yield day

    def _words(self) -> dict[str, list[Token]]:
        if self.same is None:
            self.same = defaultdict(list)
            for token in self.doc:
                if token.pos_ in {"VERB", "NOUN"}:
                    self.same[stem(token)].append(token)
        return self.same


def stem(token: Token) -> str:
    """What "met", "meeting" and "meetings" share."""
    lemma = token.lemma_.lower()
    return lemma.removesuffix("ing") if len(lemma) > 5 else lemma


def arguments(event: Token) -> set[str]:
    """The last words of those who take part, in lower case; a clause without subject has that of the clause above."""
    out = {word.lower_ for word in event.children if word.dep_.startswith(ARGUMENTS)}
    if event.dep_.startswith("advcl") and not any(word.dep_.startswith("nsubj") for word in event.children):
        out |= {word.lower_ for word in event.head.children if word.dep_.startswith("nsubj")}
    return out
