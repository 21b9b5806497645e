"""What interval an expression stands for beside others: ranges, days told together, what "since" leaves open."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc

from readout.extract import tree
from readout.schema import Time

LASTING = re.compile(r"P(T?)(\d{1,3})([DWH])", re.ASCII)
"""Lengths in days, weeks or hours."""
DAY_BEFORE = re.compile(r"\b([1-9]\d?)(?:st|nd|rd|th)? (?:and|or) $", re.ASCII)
DAY_BEHIND = re.compile(r" and ([1-9]\d?)(?:st|nd|rd|th)?\b", re.ASCII)
"""The other of two days of a month: the first day in front of "and 19 April", the last behind "between May 3"."""


def intervals(doc: Doc) -> list[Time]:
    """The temporal expressions as they stand beside each other.

    Args:
        doc: a Doc with its times.

    Returns:
        The times; a range ("from Monday to Friday") as its first time with the end of its last, and what "since" stands
        before without an end.
    """
    times: list[Time] = doc._.times
    last = {time.until: next((t for t in times if t.id == time.until), None) for time in times if time.until}
    ranged = [t.model_copy(update={"end": other.end}) if (other := last.get(t.until or "")) else t for t in times]
    together = _together(doc, ranged)
    return [_from_its_first_day(doc, _without_end(doc, time)) for time in together if time.id not in last]


def _together(doc: Doc, times: list[Time]) -> Iterator[Time]:
    """The times; of two days that follow each other, "Thursday and Friday", each is both."""
    for before, time, after in zip([None, *times], times, [*times[1:], None], strict=False):
        if after is not None and _is_joined(doc, time, after):
            yield time.model_copy(update={"end": after.end})
        elif before is not None and _is_joined(doc, before, time):
            yield time.model_copy(update={"start": before.start})
        else:
            yield time


def _is_joined(doc: Doc, time: Time, after: Time) -> bool:
    if doc.text[time.span[1] : after.span[0]] != " and " or not (_is_day(time) and _is_day(after)):
        return False
    root = tree.words_at(doc, after.span).root
    first, second = (date.fromisoformat((t.start or "")[:10]) for t in (time, after))
    coordinated = tree.has_dep(root, "conj") and root.head == tree.words_at(doc, time.span).root
    return coordinated and (second - first).days == 1


def _is_day(time: Time) -> bool:
    return time.precision == "day" and time.start is not None and time.start == time.end


def _from_its_first_day(doc: Doc, time: Time) -> Time:
    """Days of one month told together: "on 18 and 19 April", "between May 3 and 5"."""
    if not _is_day(time) or time.start is None:
        return time
    text, (start, end) = doc.text, time.span
    if (first := DAY_BEFORE.search(text[max(start - 12, 0) : start])) and int(first[1]) < int(time.start[8:10]):
        return time.model_copy(update={"start": f"{time.start[:8]}{int(first[1]):02d}"})
    last = DAY_BEHIND.match(text[end : end + 12]) if text[max(start - 8, 0) : start].lower() == "between " else None
    if last and int(time.start[8:10]) < int(last[1]) <= monthrange(int(time.start[:4]), int(time.start[5:7]))[1]:
        return time.model_copy(update={"end": f"{time.start[:8]}{int(last[1]):02d}"})
    return time


def _without_end(doc: Doc, time: Time) -> Time:
    first = tree.words_at(doc, time.span)[0].i
    return time.model_copy(update={"end": None}) if first and doc[first - 1].lower_ == "since" else time


def lengths(doc: Doc) -> dict[int, int]:
    """How long things last: "a two-day strike", "to strike for two days"; of "for two days of talks" it is the talks.

    Args:
        doc: a Doc with its times.

    Returns:
        Days by the number of the token that lasts so long.
    """
    found = {}
    for time in doc._.times:
        if time.kind == "duration" and (days := _days_of(time.value)):
            words = tree.words_at(doc, time.span)
            root, of_talks = words.root, words.end < len(doc) and doc[words.end].lower_ == "of"
            lasting = tree.preposition(root) == "for" and not of_talks
            if tree.has_dep(root, "compound", "amod", "nmod", "nummod") or lasting:
                found[root.head.i] = days
    return found


def _days_of(value: str) -> int:
    """How many days a length is; 0 where it is not told in whole days: "48 hours" are two."""
    length = LASTING.fullmatch(value)
    if length is None or bool(length[1]) != (length[3] == "H"):
        return 0
    count = int(length[2])
    return count * 7 if length[3] == "W" else count if length[3] == "D" else count // 24 * (count % 24 == 0)
