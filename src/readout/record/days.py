"""From when on a report was known."""

from __future__ import annotations

import calendar
from datetime import datetime


def known_on(published: str | None, added_at: datetime, *, is_revision: bool) -> str:
    """The first day on which a report was surely known.

    Args:
        published: day, month or date-time of publication (ISO 8601).
        added_at: when it came into the record.
        is_revision: whether it is a later version, whose own day nobody states.

    Returns:
        The day it was published (for a month its last day), else the day it was added; ISO 8601.
    """
    if published is None or is_revision:
        return added_at.date().isoformat()
    return last_day(published[:7]) if len(published) == 7 else published[:10]


def last_day(month: str) -> str:
    """The last day of a month ("2024-02" to "2024-02-29")."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{month}-{calendar.monthrange(year, number)[1]:02}"
