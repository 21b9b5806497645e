"""What people decided, as the rooms that join reports take it."""

from __future__ import annotations

import sqlalchemy as sa

from readout.record import tables as t
from readout.resolve.identity import Decisions


def decided(connection: sa.Connection) -> Decisions:
    """What people decided about pairs of entities ("ID = ID"), the latest word on each pair.

    Args:
        connection: of a reading transaction.
    """
    d = t.DECISIONS.c
    standing = sa.select(d.what, d.verdict).where(d.undone_at.is_(None), d.what.contains("=")).order_by(d.key)
    found: dict[frozenset[str], str] = {}
    for what, verdict in connection.execute(standing):
        pair = frozenset(part.strip() for part in what.split("="))
        if len(pair) == 2:
            found[pair] = verdict
    return found
