"""What a question is narrowed to, as conditions on the tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from readout.errors import OptionError
from readout.record import tables as t

_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
AFTER_ALL = "~"
"""Sorts behind everything that a date can go on with."""
_LATER = t.ARTICLES.alias("later")
Conditions = list[sa.ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is narrowed to; `None` is everything.

    Args:
        since: from this day, month or year on (ISO 8601).
        until: up to and with this day, month or year.
        place: a place, or a country with all that lies in it.
        type: a type of event (PLOVER), a mode, or both ("CONSULT/visit").
        status: a status of events; for what is due, a state.
        source_kind: only outlets that are independent, state, official or agency.
        as_of: the day that counts as today (ISO 8601): what was not known then is left out.
        limit: how many lines at most.

    Raises:
        OptionError: a date that is none.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    type: str | None = None
    status: str | None = None
    source_kind: str | None = None
    as_of: str | None = None
    limit: int = 50

    def __post_init__(self) -> None:
        for given in (self.since, self.until):
            if given is not None and not _is_date(given):
                raise OptionError(f"{given[:40]}: no date; give it as 2024-03-14, 2024-03 or 2024")
        if self.as_of is not None and not (_is_date(self.as_of) and len(self.as_of) == len("2024-03-14")):
            raise OptionError(f"{self.as_of[:40]}: no day; give it as 2024-03-14")

    @property
    def today(self) -> str:
        """The day on which is asked."""
        return self.as_of or date.today().isoformat()

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be in the time that is asked for, since it ends before it begins."""
        return bool(self.since and self.until and self.until < self.since[: len(self.until)])

    def reports(self, *, dated: bool = False) -> Conditions:
        """Conditions for the articles: known by then, not revised since, of such an outlet.

        Args:
            dated: whether `since` and `until` mean the day of the report.
        """
        a = t.ARTICLES.c
        later = sa.select(_LATER.c.key).where(_LATER.c.revision_of == a.key)
        found: Conditions = []
        if self.as_of:
            found.append(a.known_on <= self.as_of)
            later = later.where(_LATER.c.known_on <= self.as_of)
        found.append(~later.exists())
        if self.source_kind:
            o = t.OUTLETS.c
            found.append(a.outlet.in_(sa.select(o.name).where(o.kind == self.source_kind)))
        return found + (self.during(a.known_on, a.known_on) if dated else [])

    def during(self, start: sa.ColumnElement[Any], end: sa.ColumnElement[Any]) -> Conditions:
        """Conditions for an interval to touch the time that is asked for."""
        found: Conditions = []
        if self.since:
            last = sa.func.coalesce(end, start)
            found.append(last >= sa.func.substr(self.since, 1, sa.func.length(last)))
        if self.until:
            first = start if start is end else sa.func.coalesce(start, end)  # a plain column is found by its index
            found.append(first <= self.until + AFTER_ALL)
        return found

    def typed(self) -> Conditions:
        """Conditions for the type of an event.

        Raises:
            OptionError: there is no such type or mode.
        """
        if not self.type:
            return []
        from readout.knowledge.codebook import codebook

        name, _, mode = self.type.replace(":", "/").partition("/")
        types, v = codebook().types, t.EVENTS.c
        if name.upper() in types:
            return [v.type == name.upper(), *([v.mode == mode.lower()] if mode else [])]
        if any(name.lower() in known.modes for known in types.values()):
            return [v.mode == name.lower()]
        raise OptionError(f"{self.type[:40]}: no type of event; there are {', '.join(sorted(types))}, and their modes")


def source() -> sa.ColumnElement[str]:
    """What counts as one source: the group of copies an article is in, else the article."""
    return sa.func.coalesce(t.ARTICLES.c.source_group, t.ARTICLES.c.id)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10]) if _DAY.fullmatch(text) else date.fromisoformat("")
    except ValueError:
        return False
    return True
