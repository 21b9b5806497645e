"""What servers said when addresses were last fetched, and what of a feed is to be fetched again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from readout.ingest.feeds import Item
from readout.ingest.gather import Visit
from readout.record.store import Record


class Visits:
    """The visits that a record remembers, as `Gathering` asks for them.

    Args:
        record: the record.
        recheck: hours after which an article that a feed still names is looked at again.
    """

    def __init__(self, record: Record, recheck: float) -> None:
        self._record = record
        self._recheck = timedelta(hours=recheck)

    def last(self, url: str) -> Visit | None:
        """What a server said when an address was last fetched."""
        known = self._record.visit(url)
        return Visit(url, known[0], known[1]) if known else None

    def is_due(self, item: Item) -> bool:
        """Whether an article that a feed names is to be fetched."""
        known = self._record.visit(item.url)
        if known is None:
            return True
        changed = _moment(item.updated)
        waited = datetime.now(UTC).replace(tzinfo=None) - known[2]
        return (changed is not None and changed > known[2]) or waited >= self._recheck


def _moment(text: str | None) -> datetime | None:
    """A moment in UTC; `None` for a mere day, which does not tell before from after."""
    if not text or len(text) <= 10:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
