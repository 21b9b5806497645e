"""How often what is due was told anew: read again, edited, or an edit taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.questions.lines import Line, rows


def with_changes(connection: sa.Connection, lines: Iterable[Line]) -> list[Line]:
    """The lines, each with the seconds from when its article came until its last change.

    A number that never falls and rises with each change is what a calendar needs to take a new date (RFC 5545,
    3.8.7.4); what was read again or undone is not counted anywhere, but has its moment.

    Args:
        connection: of a reading transaction.
        lines: expectations.
    """
    lines = list(lines)
    a, r, d = t.ARTICLES.c, t.READOUTS.c, t.DECISIONS.c
    chosen = sa.select(a.id, a.added_at, r.read_at).join(t.READOUTS)
    known = {row.id: row for row in rows(connection, chosen, a.id, sorted({line.article for line in lines}))}
    items = {id: line.id for line in lines for id in (line.id, line.what.get("event")) if isinstance(id, str)}
    last: dict[str, datetime] = {}
    for what, at, undone_at in rows(connection, sa.select(d.what, d.at, d.undone_at), d.what, sorted(items)):
        id = items[what]
        last[id] = max(moment for moment in (at, undone_at, last.get(id)) if moment is not None)
    return [replace(line, changed=_seconds(known.get(line.article), last.get(line.id))) for line in lines]


def _seconds(article: sa.Row[tuple[str, datetime, datetime]] | None, edited: datetime | None) -> int:
    if article is None:
        return 0
    moments = [moment for moment in (article.read_at, edited) if moment is not None]
    return max(0, *(int((moment - article.added_at).total_seconds()) for moment in moments))
