"""When something that is still to come is due."""

from readout.schema import Due, Event, Occurrence


def due(event: Event | Occurrence, published: str | None) -> Due | None:
    """When a planned event is due.

    Args:
        event: an event with its interval, open at either end or not.
        published: day, month or date-time of publication (ISO 8601), or `None`.

    Returns:
        The event's interval; `None` where it has none or it ended, or began without an end, before the article
        appeared, as the time given then is that of the announcement.
    """
    if event.start is None and event.end is None:
        return None
    begun = event.end or event.start  # a plan cannot have been under way "since May"
    return None if is_future(published, begun) else Due(start=event.start, end=event.end, precision=event.precision)


def is_future(start: str | None, published: str | None) -> bool:
    """Whether an interval begins after the day of publication (both ISO 8601, as precise as known)."""
    if not start or not published:
        return False
    length = min(len(start), len(published), 10)
    return start[:length] > published[:length]
