"""Days to come: what a time means where a plan names it.

The coming weekday, day of the month or month of the year, where tense alone put it in the past; the day to which
"in three weeks" counts; the last day of "at the end of the month", the first ten of "at its beginning".
"""

import re
from calendar import day_name, month_abbr, month_name, monthrange
from datetime import MAXYEAR, date, timedelta

from spacy.tokens import Doc, Token

from readout.extract.due import is_future
from readout.extract.times.durations import move
from readout.extract.times.tense import governor
from readout.extract.tree import children, preposition, words_at
from readout.schema import Time

DEADLINES = frozenset({"by", "until", "till", "through", "on or before", "no later than", "not later than"})
BEGINNINGS = frozenset(
    {
        "from",
        "starting",
        "starting on",
        "starting in",
        "beginning",
        "beginning on",
        "beginning in",
        "as from",
        "with effect from",
        "after",
        "as of",
        "effective",
        "not before",
        "no earlier than",
        "not earlier than",
    }
)
"""Words in front of a time that leave open when a thing may begin, and how long it will last."""
LONGEST_OPENING = 3
"""Words."""
MONTHS = frozenset(name.lower() for names in (month_name, month_abbr) for name in names if name)
WEEKDAYS = frozenset(name.lower() for name in day_name)
LENGTH = re.compile(r"P(\d{1,3})([WM])", re.ASCII)
YEAR = re.compile(r"['’]\d{2}|\d{3,4}")
WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})

DAY = len("2024-05-06")
"""Letters of a date that is exact to the day."""
NUMBERED = re.compile(r"(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|[a-z-]+)", re.ASCII)
FEW = 10
"""Days at the beginning of a month."""


def as_planned(trigger: Token, time: Time) -> Time:
    """A time as a plan means it.

    Args:
        trigger: what reports the plan.
        time: the expression that says when, with its interval.

    Returns:
        The expression with the interval that is to come, where the words allow one; else as it is.
    """
    doc: Doc = trigger.doc
    if time.until is not None or time.start is None or len(doc._.published or "") < DAY:
        return time
    if is_future(doc._.published, time.end or time.start):
        coming = _next(trigger, time)
        return time if is_future(doc._.published, coming.end) else coming
    if (day := _counted_ahead(doc, time)) is not None:
        return _on(time, day, day)
    if time.precision == "month" and time.end and time.start.endswith("-01") and opening_of(doc, time) is None:
        if time.mod == "END":
            return _on(time, time.end, time.end)
        if time.mod == "START":
            return _on(time, time.start, f"{time.start[:8]}{FEW}")
    return time


def as_told(verb: Token, time: Time) -> Time:
    """A time as the past tells it: the weekday before publication, "promised on Thursday to resume it".

    Args:
        verb: the predicate.
        time: the expression that says when, with its interval.

    Returns:
        The expression with the interval that is over, where a bare weekday is the verb's own; else as it is.
    """
    words = words_at(verb.doc, time.span)
    if verb.tag_ != "VBD" or words.text.lower() not in WEEKDAYS or not is_future(time.start, verb.doc._.published):
        return time
    if governor(words.root) != verb or preposition(words.root) not in (None, "on"):
        return time
    day = (date.fromisoformat((time.start or "")[:10]) - timedelta(7)).isoformat()
    return _on(time, day, day)


def _next(trigger: Token, time: Time) -> Time:
    """What is over, at the next date that its words can mean."""
    doc, start, end = trigger.doc, time.start or "", time.end or time.start or ""
    if _is_next_years(trigger, time):
        return time.model_copy(update={"start": _year_on(start), "end": _year_on(end)})
    if _is_coming_weekday(trigger, time):
        return _on(time, _week_on(start), _week_on(start))
    if _is_numbered(doc, time) and (day := _next_numbered(int(start[8:10]), doc._.published)) is not None:
        return _on(time, day, day)
    return time


def _next_numbered(number: int, published: str) -> str | None:
    """The next day of that number: "the 31st", said in April, is that of May."""
    today = date.fromisoformat(published[:10])
    months = (12 * today.year + today.month - 1 + n for n in range(3))
    for year, month in (divmod(n, 12) for n in months):
        if year <= MAXYEAR and number <= monthrange(year, month + 1)[1]:
            day = date(year, month + 1, number)
            if day >= today:
                return day.isoformat()
    return None


def _on(time: Time, start: str, end: str) -> Time:
    return time.model_copy(update={"start": start, "end": end, "precision": "day"})


def _counted_ahead(doc: Doc, time: Time) -> str | None:
    """The day to which "in three weeks" counts from the day of publication."""
    length, words = LENGTH.fullmatch(time.value), words_at(doc, time.span)
    if length is None or any(t.lower_ in ("to", "or", "-", "–") for t in words):  # "in four to six months"
        return None
    if not words[0].like_num and words[0].lower_ not in ("a", "an"):  # "in the next three weeks"
        return None
    if not words[0].i or doc[words[0].i - 1].lower_ != "in":
        return None
    day = move(date.fromisoformat(doc._.published[:10]), int(length[1]), length[2])
    return day.isoformat() if day is not None else None


def _is_coming_weekday(trigger: Token, time: Time) -> bool:
    """Whether a bare weekday is the plan's own, not another verb's past: "will leave, he said on Tuesday"."""
    words = words_at(trigger.doc, time.span)
    if words.text.lower() not in WEEKDAYS:
        return False
    verb = governor(words.root)
    arranged = trigger.pos_ == "NOUN" and verb == trigger.head  # "announced a protest on Saturday"
    return verb is None or verb.tag_ != "VBD" or verb == trigger or arranged


def _is_numbered(doc: Doc, time: Time) -> bool:
    """Whether an expression is a day of a month that it does not name: "the 19th", "the nineteenth"."""
    is_day = time.precision == "day" and time.start == time.end and time.kind == "date"
    words = words_at(doc, time.span)
    numbered = NUMBERED.fullmatch(words.text.lower()) is not None and any(t.like_num for t in words)
    return is_day and numbered and not any(t.lower_ in WEEKDAYS for t in words)


def _is_next_years(trigger: Token, time: Time) -> bool:
    """Whether a month without year that is over is the next one, as the event's own future tense says: "will pay by the
    end of March", told in May."""
    doc = trigger.doc
    words = words_at(doc, time.span)
    dated = any(t.lower_ in MONTHS for t in words) and not any(YEAR.fullmatch(t.text) for t in words)
    auxiliaries = {t.lower_ for t in children(trigger, "aux")}
    this_year = (time.end or time.start or "")[:4] == str(doc._.published or "")[:4]
    return dated and this_year and bool(auxiliaries & WILL) and not any(t.lower_ in ("last", "past") for t in words)


def _year_on(day: str) -> str:
    """The same day a year later; the last of a month for its last."""
    year, month, number = min(int(day[:4]) + 1, MAXYEAR), int(day[5:7]), int(day[8:10])
    is_last = number == monthrange(int(day[:4]), month)[1]
    last = monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{last if is_last else min(number, last):02d}{day[10:]}"


def _week_on(day: str) -> str:
    """The same weekday, a week later: a day that a plan names is the coming one."""
    found = date.fromisoformat(day[:10])
    return (found + min(timedelta(7), date.max - found)).isoformat()


def opening_of(doc: Doc, time: Time) -> str | None:
    """The words that open a time expression or stand in front of it, if they leave an end open: "no later than".

    Args:
        doc: a Doc.
        time: one of its expressions.

    Returns:
        The words in lower case; `None` where there are none.
    """
    first = words_at(doc, time.span)[0].i
    ends = (first + 1, first)
    phrases = (doc[max(end - size, 0) : end].text.lower() for size in range(LONGEST_OPENING, 0, -1) for end in ends)
    return next((phrase for phrase in phrases if phrase in DEADLINES | BEGINNINGS | {"before"}), None)
