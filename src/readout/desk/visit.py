"""When somebody was last here: kept by their browser, not by the record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from fastapi import Request, Response

COOKIE = "readout_visit"
APART = timedelta(minutes=30)
"""A pause that parts one visit from the next."""
AT_FIRST = timedelta(days=7)
"""How far back a first visit looks."""
KEPT = 400 * 24 * 3600  # seconds: the most that browsers keep a cookie


class Visit(NamedTuple):
    """A visit: what is new since the end of the one before."""

    since: datetime
    last: datetime


def visit_of(request: Request, now: datetime | None = None) -> Visit:
    """The visit that a request belongs to (UTC, without a zone, as the record keeps its moments).

    Args:
        request: with the cookie of the last page, if any.
        now: the present moment.
    """
    now = now or datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    known = _read(request.cookies.get(COOKIE, ""))
    if known is None or known.last > now:
        return Visit(now - AT_FIRST, now)
    return Visit(known.last if now - known.last > APART else known.since, now)


def keep_visit(request: Request, response: Response, visit: Visit) -> None:
    """Have the browser keep a visit."""
    told = f"{visit.since.isoformat()}|{visit.last.isoformat()}"
    is_secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, told, max_age=KEPT, httponly=True, samesite="lax", secure=is_secure)


def _read(text: str) -> Visit | None:
    since, _, last = text.partition("|")
    try:
        known = Visit(datetime.fromisoformat(since), datetime.fromisoformat(last))
    except ValueError:
        return None
    return None if known.since.tzinfo or known.last.tzinfo else known
