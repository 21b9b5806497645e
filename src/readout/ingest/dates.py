"""Days of publication: what a caller may give, what a page's lines and addresses say."""

import re
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from readout.errors import OptionError

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""\b(?:
        (?P<m1>{_MONTH})\.?\s{{1,3}}(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y1>\d{{4}})
      | (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}(?:of\s)?(?P<m2>{_MONTH})\.?,?\s{{1,3}}(?P<y2>\d{{4}})
      | (?P<y3>\d{{4}})[-/.](?P<n3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}})
      | (?P<d4>\d{{1,2}})\.(?P<n4>\d{{1,2}})\.(?P<y4>\d{{4}})
      | (?P<a5>\d{{1,2}})/(?P<b5>\d{{1,2}})/(?P<y5>\d{{4}})
    )(?!\d)""",
    re.X | re.I,
)
_ISO = re.compile(
    r"\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?)?", re.I
)
_IN_PATH = (
    re.compile(r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>[01]?\d|[a-z]{3,9})[/-](?P<d>[0-3]?\d)(?=[/_.-]|$)", re.I),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"/(?P<y>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?=[/_.-]|$)"),
    re.compile(r"/(?P<y>(?:19|20)\d{2})/(?P<m>[01]?\d|[a-z]{3,9})(?:/|$)(?P<d>)", re.I),
)


class Found(NamedTuple):
    """A date in a line: its ISO form and where it stands."""

    iso: str
    start: int
    end: int


def valid(value: str) -> str | None:
    """The ISO form of a day, month or date-time written in ISO 8601, or `None`.

    A date-time at midnight is a day: that is how content systems write days.
    """
    value = value.strip()
    if not _ISO.fullmatch(value):
        return None
    if len(value) == 7:
        return value if _day(int(value[:4]), int(value[5:]), 1) else None
    try:
        moment = datetime.fromisoformat(value.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
    except ValueError:
        return None
    if not _day(moment.year, moment.month, moment.day):
        return None
    is_day = len(value) == 10 or (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if is_day else moment.isoformat()


def given(value: object) -> str | None:
    """A date that a caller gives.

    Args:
        value: ISO 8601 text (day, month or date-time), a `date` or `datetime`, or `None`.

    Returns:
        Its ISO form, or `None` for `None`.

    Raises:
        OptionError: it is no such date.
    """
    if value is None:
        return None
    text = value.isoformat() if isinstance(value, date) else str(value)
    iso = valid(text)
    if iso is None:
        raise OptionError(
            f"published {text[:60]!r}: no date; give a day (2023-09-15), a month (2023-09) or a date-time"
        )
    return iso


def find(line: str) -> Found | None:
    """The first full date written in a line; a slashed date counts only where day and month cannot be mixed up."""
    for match in _DATE.finditer(line):
        iso = _from_match(match.groupdict())
        if iso:
            return Found(iso, match.start(), match.end())
    return None


def from_url(url: str | None) -> str | None:
    """The day, else the month, that the path of an address names (`/2023/09/15/`, `/2023/sep/15/`, `-2023-09-15`)."""
    path = urlsplit(url).path if url else ""
    for pattern in _IN_PATH:
        match = pattern.search(path[:1000])
        if match:
            month = MONTHS.get(match["m"].lower()) if match["m"].isalpha() else int(match["m"])
            iso = _day(int(match["y"]), month or 0, int(match["d"] or 1))
            if iso:
                return iso if match["d"] else iso[:7]
    return None


def _from_match(parts: dict[str, str | None]) -> str | None:
    for year, month, day in (("y1", "m1", "d1"), ("y2", "m2", "d2"), ("y3", "n3", "d3"), ("y4", "n4", "d4")):
        if parts[year]:
            name = str(parts[month])
            return _day(int(str(parts[year])), MONTHS.get(name.lower()) or int(name), int(str(parts[day])))
    first, second, year_number = int(str(parts["a5"])), int(str(parts["b5"])), int(str(parts["y5"]))
    if first == second or second > 12:
        return _day(year_number, first, second)
    return _day(year_number, second, first) if first > 12 else None


def _day(year: int, month: int, day: int) -> str | None:
    if not 1800 <= year <= 2100:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
