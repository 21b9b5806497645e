"""What is due as a calendar (iCalendar, RFC 5545), to subscribe to or to open in any calendar program.

Each expectation is an all-day event over the days on which it may come, tentative until it has come. Its UID stays, and
its SEQUENCE rises as it is settled or falls overdue, and as it is edited or read again with another date, so that a
calendar that has it changes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from readout import __version__
from readout.export.links import address, quoted_at
from readout.export.plain import plain
from readout.export.titles import title_of
from readout.record.questions.lines import Line

STATUS = {"dropped": "CANCELLED", "denied": "CANCELLED", "fulfilled": "CONFIRMED"}
SEQUENCE = {"open": 0, "overdue": 1, "postponed": 2}
SETTLED = 3
"""The sequence number of what is settled, for good or ill."""
MOST_SECONDS = (2**31 - 4) // 4
"""Above it, the number would be no INTEGER of iCalendar."""
STATES = 4
"""How much each change adds, so that the number rises although a state is taken back."""


def calendar(lines: Iterable[Line], base: str | None = None, now: datetime | None = None) -> bytes:
    """The calendar of what is due; what has no date is left out.

    Args:
        lines: of `readout.record.questions.due`.
        base: the address of a desk, where each item has a page; without it links lead to the articles.
        now: the moment that the calendar says it was made at (UTC); by default the present one.

    Returns:
        The file's bytes.
    """
    made = Calendar()
    made.add("prodid", f"-//Readout//readout {__version__}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Readout: what is due")
    stamp = now or datetime.now(UTC)
    for line in lines:
        days = _days(line)
        if days is not None:
            made.add_component(_event(line, days, stamp, base))
    written: bytes = made.to_ical()
    return written


def _event(line: Line, days: tuple[date, date], stamp: datetime, base: str | None) -> Event:
    state = str(line.what.get("state", "open"))
    event = Event()
    event.add("uid", f"{line.id}@readout")
    event.add("dtstamp", stamp)
    event.add("dtstart", days[0])
    event.add("dtend", days[1] + timedelta(days=1))  # iCalendar ends before this day
    event.add("summary", title_of(line))
    event.add("description", _described(line, state))
    event.add("status", STATUS.get(state, "TENTATIVE"))
    event.add("sequence", min(line.changed, MOST_SECONDS) * STATES + SEQUENCE.get(state, SETTLED))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [str(line.what["type"])])
    if line.what.get("place"):
        event.add("location", plain(line.what["place"]))
    if link := address(base, line.id) or quoted_at(line):
        event.add("url", link)
    return event


def _described(line: Line, state: str) -> str:
    by = f"\nBy the word of {plain(line.what['asserted_by'])}" if line.what.get("asserted_by") else ""
    return f"{plain(line.sentence)}\n{state}; {line.sources} independent source(s){by}\n{line.id}"


def _days(line: Line) -> tuple[date, date] | None:
    """The first and the last day; an open end is the same day as the other."""
    known = [_day(text, last=last) for text, last in ((line.start, False), (line.end, True)) if text]
    return (known[0], max(known[0], known[-1])) if known else None


def _day(text: str, *, last: bool) -> date:
    """A day; of a month or a year its first or its last."""
    parts = [int(part) for part in text[:10].split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if not last:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
