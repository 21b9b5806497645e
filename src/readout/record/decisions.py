"""What people decided: that a reading is right or wrong, what it should be, which names are one; kept, and undone.

A decision is about stable ids, so it outlives a new reading. Of several that stand about one thing the latest counts.
What is undone stays, and says when.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from readout.errors import OptionError
from readout.record import tables as t
from readout.record.keys import ITEM_BITS, split_item_id
from readout.resolve.identity import Decisions

Verdict = Literal["positive", "negative", "unsure", "none"]
"""What a person decides (the four states of nomenklatura's judgements)."""
Edit = Mapping[str, str | None]
EDITABLE = {
    "v": ("type", "mode", "status", "start", "end"),
    "s": ("stance", "kind"),
    "x": ("start", "end"),
}
"""What can be edited of an event, a statement and an expectation."""


class Decision(NamedTuple):
    """What somebody decided about something in the record."""

    key: int
    what: str
    """Stable ids: of an article, of an item, or of a pair ("ID = ID")."""
    verdict: str
    by: str
    at: datetime
    why: str | None
    undone_at: datetime | None
    change: dict[str, str | None] | None = None
    """What the item should be, by field, where it was edited."""


def decide(
    connection: sa.Connection,
    what: str,
    verdict: Verdict,
    by: str,
    why: str | None = None,
    change: Edit | None = None,
) -> Decision:
    """Keep a decision.

    Args:
        connection: of a transaction that writes.
        what: the stable id of what it is about, or a pair of them ("ID = ID").
        verdict: positive, negative, unsure, none.
        by: who.
        why: the reason given.
        change: what an item should be, by field (`EDITABLE`).

    Raises:
        OptionError: a change of what is no item, or of a field that cannot be changed.
    """
    kind, item = _item(connection, what)
    if change and (kind is None or set(change) - set(EDITABLE.get(kind, ()))):
        raise OptionError(f"{what[:60]}: {', '.join(sorted(change))[:80]} cannot be changed there")
    now = datetime.now(UTC).replace(tzinfo=None)
    told = json.dumps(dict(change)) if change else None
    row = {"what": what, "verdict": verdict, "by": by, "at": now, "why": why}
    row |= {"kind": kind, "item": item, "change": told}
    key = connection.execute(t.DECISIONS.insert().values(**row).returning(t.DECISIONS.c.key)).scalar_one()
    return Decision(key, what, verdict, by, now, why, None, dict(change) if change else None)


def undo(connection: sa.Connection, decision: int) -> None:
    """Take a decision back.

    Raises:
        OptionError: there is none of that number, or it is undone already.
    """
    d = t.DECISIONS.c
    now = datetime.now(UTC).replace(tzinfo=None)
    taken = t.DECISIONS.update().where(d.key == decision, d.undone_at.is_(None)).values(undone_at=now)
    if not connection.execute(taken).rowcount:
        raise OptionError(f"{decision}: no decision of that number that stands")


def decisions(connection: sa.Connection, what: str | None = None, *, undone: bool = False) -> list[Decision]:
    """The decisions that stand, oldest first.

    Args:
        connection: of a transaction.
        what: only those about this.
        undone: those that were undone, too.
    """
    d = t.DECISIONS.c
    chosen = sa.select(*(d[name] for name in Decision._fields)).order_by(d.key)
    chosen = chosen if what is None else chosen.where(d.what == what)
    chosen = chosen if undone else chosen.where(d.undone_at.is_(None))
    return [Decision(**{**row._mapping, "change": _change(row.change)}) for row in connection.execute(chosen)]


def decided(connection: sa.Connection) -> Decisions:
    """What people decided about pairs of entities ("ID = ID"), the latest word on each pair, for `resolve.identity`."""
    d = t.DECISIONS.c
    standing = sa.select(d.what, d.verdict).where(d.undone_at.is_(None), d.what.contains("=")).order_by(d.key)
    found: dict[frozenset[str], str] = {}
    for what, verdict in connection.execute(standing):
        pair = frozenset(part.strip() for part in what.split("="))
        if len(pair) == 2:
            found[pair] = verdict
    return found


def about(kind: str, *verdicts: Verdict) -> sa.Select[Any]:
    """A selection of the keys of the items about which a decision stands, the latest on each.

    Args:
        kind: the letter of the items' kind: v event, s statement, x expectation.
        *verdicts: only with these verdicts.
    """
    d, later = t.DECISIONS.c, t.DECISIONS.alias("later")
    newer = sa.select(later.c.key).where(
        later.c.item == d.item, later.c.kind == d.kind, later.c.undone_at.is_(None), later.c.key > d.key
    )
    chosen = sa.select(d.item).where(d.kind == kind, d.item.is_not(None), d.undone_at.is_(None), ~newer.exists())
    return chosen.where(d.verdict.in_(verdicts)) if verdicts else chosen


def changes(connection: sa.Connection, kind: str, keys: Iterable[int]) -> dict[int, dict[str, str | None]]:
    """What items should be, by their keys; the latest word on each.

    Args:
        connection: of a transaction.
        kind: the letter of the items' kind.
        keys: of the items.
    """
    d, wanted = t.DECISIONS.c, sorted(set(keys))
    chosen = sa.select(d.item, d.change).where(d.item.in_(wanted), d.kind == kind, d.undone_at.is_(None))
    latest = dict(connection.execute(chosen.order_by(d.key)).all()) if wanted else {}
    return {item: told for item, change in latest.items() if (told := _change(change))}


def _item(connection: sa.Connection, what: str) -> tuple[str | None, int | None]:
    """The letter and the key of the item that an id names; nothing for other ids, or without its article."""
    try:
        article, kind, low = split_item_id(what)
    except OptionError:
        return None, None
    key = connection.scalar(sa.select(t.ARTICLES.c.key).where(t.ARTICLES.c.id == article))
    return (kind, key << ITEM_BITS | low) if key is not None else (None, None)


def _change(text: str | None) -> dict[str, str | None] | None:
    found: dict[str, str | None] | None = json.loads(text) if text else None
    return found
