"""Feeds that are subscribed to: how often they are asked, and what came of it the last time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import sqlalchemy as sa

from readout.errors import OptionError
from readout.record import tables as t
from readout.record.database import Database

MOST = 500
LONGEST_ADDRESS = 2000


class Feed(NamedTuple):
    """A feed that is subscribed to."""

    url: str
    minutes: int
    """Between two visits."""
    added_at: datetime
    asked_at: datetime | None
    outcome: str | None
    """What came of the last visit, in words."""

    @property
    def is_due(self) -> bool:
        """Whether it is time to ask it again."""
        return self.asked_at is None or _now() - self.asked_at >= timedelta(minutes=self.minutes)


def feeds(connection: sa.Connection) -> list[Feed]:
    """The feeds, by address."""
    c = t.FEEDS.c
    chosen = sa.select(*(c[name] for name in Feed._fields)).order_by(c.url)
    return [Feed(*row) for row in connection.execute(chosen)]


def subscribe(database: Database, url: str, minutes: int) -> None:
    """Subscribe to a feed, or ask one more or less often.

    Args:
        database: of the record.
        url: its address, http or https.
        minutes: between two visits.

    Raises:
        OptionError: it is no such address, or there are too many.
    """
    check_address(url)
    with database.writing() as connection:
        known = connection.execute(t.FEEDS.update().where(t.FEEDS.c.url == url).values(minutes=minutes)).rowcount
        if known:
            return
        if (connection.scalar(sa.select(sa.func.count()).select_from(t.FEEDS)) or 0) >= MOST:
            raise OptionError(f"there are {MOST} feeds already; drop one first")
        connection.execute(t.FEEDS.insert().values(url=url, minutes=minutes, added_at=_now()))


def unsubscribe(database: Database, url: str) -> None:
    """Ask a feed no more."""
    with database.writing() as connection:
        connection.execute(t.FEEDS.delete().where(t.FEEDS.c.url == url))


def asked(database: Database, url: str, outcome: str) -> None:
    """Note that a feed was asked, and what came of it."""
    with database.writing() as connection:
        noted = t.FEEDS.update().where(t.FEEDS.c.url == url).values(asked_at=_now(), outcome=outcome[:500])
        connection.execute(noted)


def check_address(url: str) -> None:
    """Refuse what is no address of the web.

    Raises:
        OptionError: it is none.
    """
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or not url.isprintable() or " " in url or len(url) > LONGEST_ADDRESS:
        raise OptionError(f"{url[:80]}: is no http or https address")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
