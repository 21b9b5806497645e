"""What all articles of a record say together, as lines of `record/1`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from readout.errors import OptionError
from readout.record.days import known_on
from readout.record.decisions import decided
from readout.record.reviewed import heeded, judgements
from readout.record.store import Kept, Record
from readout.resolve.record import record as joined
from readout.resolve.reports import Report

FOLLOWED_DAYS = 30
"""A revision that came into the record within so many days of its publication was followed as it appeared, so the day
on which it came says when it was known; one that came later was taken in from an archive, whose own day counts."""


def together(record: Record, as_of: str | None = None) -> Iterator[dict[str, Any]]:
    """The lines of a record: articles, actors, events, conflicts, expectations, copies.

    Args:
        record: the record.
        as_of: the day on which it is asked (ISO 8601): what is overdue then, which reports were known; today if None.

    Yields:
        One mapping a line, in an order that hangs on the articles alone.

    Raises:
        OptionError: `as_of` is no day.
    """
    known = reports(record, as_of)
    with record.database.reading() as connection:
        decisions = decided(connection)
    return joined(known, _day(as_of), decisions)


def reports(record: Record, as_of: str | None = None, *, heed: bool = True) -> list[Report]:
    """The reports of a record, those included that a later version revised.

    Args:
        record: the record.
        as_of: only what was known on this day (ISO 8601); today if None.
        heed: whether what people rejected is left out, and what they edited changed.

    Raises:
        OptionError: `as_of` is no day.
    """
    day = _day(as_of)
    record.regroup()
    kept = {article.id: article for article in record.articles(revised=True) if _known(article) <= day}
    revised = {article.revision_of for article in kept.values()}
    judged = judgements(record.decisions()) if heed else {}
    found = (
        Report(id, readout, kept[id].given_id, kept[id].revision_of, _source(kept[id], kept), id in revised)
        for id, readout in record.readouts(revised=True)
        if id in kept
    )
    return [heeded(report, judged) for report in found]


def _day(as_of: str | None) -> str:
    if as_of is None:
        return datetime.now(UTC).date().isoformat()
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError:
        raise OptionError(f"{as_of[:40]}: is no day such as 2024-03-14") from None


def _known(article: Kept) -> str:
    """The day from which a report counts as known."""
    is_revision = article.revision_of is not None
    published = known_on(article.published, article.added_at, is_revision=False)
    followed = (article.added_at.date() - date.fromisoformat(published)).days <= FOLLOWED_DAYS
    return known_on(article.published, article.added_at, is_revision=is_revision and followed)


def _source(article: Kept, kept: dict[str, Kept]) -> str:
    """The source of a report: the group of its copies; a revision is of its first version's source."""
    seen: set[str] = set()
    while article.revision_of in kept and article.id not in seen:
        seen.add(article.id)
        article = kept[article.revision_of]
    return article.source_group or article.id
