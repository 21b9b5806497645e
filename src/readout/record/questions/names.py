"""Names as somebody types them, as they stand in a record: by spelling, surname, and the names of countries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa
from rapidfuzz import fuzz, process

from readout.errors import OptionError
from readout.knowledge.countries import countries
from readout.knowledge.folding import fold
from readout.record import tables as t
from readout.record.questions.filters import AFTER_ALL, Filters
from readout.record.questions.lines import rows

ALIKE = 72
"""Likeness (rapidfuzz, 0 to 100) from which two names are compared in earnest."""
NEAR = 50
"""Likeness from which a name is worth a mention where there is none."""
MOST = 60
NEAREST = 5
COMMON = 8000
"""Entities of a name from which it is common."""
NEWEST = 300
"""Entities of a name that are looked at where all would take long: those of the newest reports."""
REMEMBERED = 2000
"""Answers to what a name stands for that are kept."""
_EVERY = sa.text(
    "WITH RECURSIVE every (one) AS (SELECT min(folded) FROM entities UNION ALL "
    "SELECT (SELECT min(e.folded) FROM entities e WHERE e.folded > every.one) FROM every WHERE every.one IS NOT NULL) "
    "SELECT one, (SELECT e.key FROM entities e WHERE e.folded = one ORDER BY e.known_on, e.key LIMIT 1) "
    "FROM every WHERE one IS NOT NULL"
)
"""All names by leaps through the index, so that it costs as many steps as there are names, not mentions; each with the
key of the first that bears it."""


class _Names(NamedTuple):
    """The names of a record in one state of it."""

    state: tuple[Any, ...]
    first: dict[str, int]
    """The key of the first entity of each folded name."""
    every: list[str]
    like: dict[str, list[str]]
    """What `names_like` found."""
    newest: dict[tuple[tuple[str, ...], Filters], list[int]]
    """What `newest_named` found."""


def names_like(connection: sa.Connection, name: str) -> list[str]:
    """The folded names in the record that a name stands for.

    Args:
        connection: of a transaction.
        name: a full name in any spelling, a person's surname, or any name of a country.

    Returns:
        At least one, the name itself first where it is there.

    Raises:
        OptionError: the record has no such name; the message gives the nearest.
    """
    names = _names(connection)
    if name not in names.like:
        found = _names_like(connection, names, name)
        if len(names.like) >= REMEMBERED:
            return found
        names.like[name] = found
    return names.like[name]


def _names_like(connection: sa.Connection, names: _Names, name: str) -> list[str]:
    wanted = fold(name)
    every = names.every if wanted else []
    asked = {wanted, *_of_country(name)}
    found = [one for one in every if one in asked]
    near = [o for o, *_ in process.extract(wanted, every, scorer=fuzz.token_sort_ratio, limit=MOST, score_cutoff=NEAR)]
    shared = [one for one in every if one.endswith(f" {wanted}")] if " " not in wanted else []
    shown = _shown(connection, names, {*near, *shared} - set(found))
    found += [one for one in shared if shown.get(one, ("", ""))[1] == "person"]
    found += [one for one in near if one in shown and one not in found and _same(name, *shown[one])]
    if not found:
        raise OptionError(_nobody(name, [shown[one][0] for one in near[:NEAREST] if one in shown]))
    return sorted(found, key=lambda one: (one != wanted, one))


def _names(connection: sa.Connection) -> _Names:
    """All folded names; kept until an article comes."""
    of, a = str(connection.engine.url), t.ARTICLES.c
    newest = (sa.select(sa.func.max(column)).scalar_subquery() for column in (a.key, a.added_at))
    state = tuple(connection.execute(sa.select(*newest)).one())  # each by its own index
    known = _KEPT.get(of)
    if known is None or known.state != state:
        first: dict[str, int] = {row[0]: row[1] for row in connection.execute(_EVERY)}
        known = _KEPT[of] = _Names(state, first, list(first), {}, {})
    return known


_KEPT: dict[str, _Names] = {}


def are_common(connection: sa.Connection, names: list[str]) -> bool:
    """Whether so many reports name them that it is quicker to walk through the reports than through the names."""
    some = sa.select(sa.literal(1)).where(t.ENTITIES.c.folded.in_(names)).limit(COMMON + 1).subquery()
    return (connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0) > COMMON


class Index(NamedTuple):
    """The columns of an index that leads from a name to its rows, the newest first."""

    key: sa.ColumnElement[int]
    name: sa.ColumnElement[str]
    day: sa.ColumnElement[str]


ENTITIES = Index(t.ENTITIES.c.key, t.ENTITIES.c.folded, t.ENTITIES.c.known_on)
SPOKEN = Index(t.STATEMENTS.c.key, t.STATEMENTS.c.speaker_name, t.STATEMENTS.c.known_on)
DONE = Index(t.PARTICIPANTS.c.event, t.PARTICIPANTS.c.name, t.PARTICIPANTS.c.day)


def newest(index: Index, names: list[str], most: int, until: str | None = None) -> sa.Select[Any]:
    """A selection of the keys of the newest rows of some names, at most so many of each.

    Args:
        index: by which they are found.
        names: folded names, at least one.
        most: rows of each name.
        until: only up to and with this day, month or year.
    """
    each = []
    for name in names:
        one = sa.select(index.key.label("key")).where(index.name == name)
        one = one.where(index.day <= until + AFTER_ALL) if until else one
        each.append(sa.select(one.order_by(index.day.desc()).limit(most).subquery().c.key))
    return sa.select(sa.union_all(*each).subquery().c.key)


def newest_named(connection: sa.Connection, names: list[str], filters: Filters) -> list[int]:
    """The keys of the entities of some names in the newest reports, at most `NEWEST` of them.

    Args:
        connection: of a transaction.
        names: folded names.
        filters: what the reports are narrowed to; dates are theirs.
    """
    known, asked = _names(connection).newest, (tuple(names), replace(filters, limit=0))
    if asked not in known:
        found = _newest_named(connection, names, filters)
        if len(known) >= REMEMBERED:
            return found
        known[asked] = found
    return known[asked]


def _newest_named(connection: sa.Connection, names: list[str], filters: Filters) -> list[int]:
    e, a = t.ENTITIES.c, t.ARTICLES.c
    of = e.folded.in_(names)
    if not filters.source_kind:
        until = min(filter(None, (filters.until, filters.as_of)), default=None)
        of = e.key.in_(newest(ENTITIES, names, 2 * NEWEST, until))  # twice, since some are revised
    chosen = sa.select(e.key).join(t.ARTICLES, e.article == a.key).where(of, *filters.reports(dated=True))
    return list(connection.scalars(chosen.order_by(e.known_on.desc(), a.key.desc(), e.key).limit(NEWEST)))


def country_code(name: str) -> str | None:
    """The code of a country by any of its names (ISO 3166-1 alpha-3)."""
    wanted = fold(name)
    found = (c for c in countries().values() if wanted in {fold(c.name), c.alpha3.lower(), *map(fold, c.names)})
    return next((country.alpha3 for country in found), None)


def _of_country(name: str) -> set[str]:
    country = countries().get(country_code(name) or "")
    return {fold(country.name), *map(fold, country.names)} if country else set()


def _shown(connection: sa.Connection, names: _Names, folded: set[str]) -> dict[str, tuple[str, str]]:
    """Names as the first who bears them is written, with the kind, by their folded forms."""
    e = t.ENTITIES.c
    chosen = sa.select(e.folded, e.name, e.kind)
    keys = sorted(names.first[name] for name in folded)
    return {row.folded: (row.name, row.kind) for row in rows(connection, chosen, e.key, keys)}


def _same(name: str, other: str, kind: str) -> bool:
    """Whether two spellings name the same; a part of a name is not enough."""
    from readout.resolve.names import compare

    if fuzz.token_sort_ratio(fold(name), fold(other)) < ALIKE or len(fold(name).split()) != len(fold(other).split()):
        return False
    return compare(name, other, kind if kind in ("person", "organization") else None).match


def _nobody(name: str, near: list[str]) -> str:
    hint = f"; the nearest names are {', '.join(near)}" if near else ""
    return f"{name[:80]}: no such name in the record{hint}"


def named(connection: sa.Connection, name: str, limit: int = 12) -> list[dict[str, Any]]:
    """The names in the record that somebody may mean, those in most articles first.

    Args:
        connection: of a transaction.
        name: in any spelling.
        limit: how many at most.

    Returns:
        For each name as written: its kind, country, and the number of articles; [] where there is none like it.
    """
    try:
        like = names_like(connection, name)
    except OptionError:
        return []
    e, articles = t.ENTITIES.c, sa.func.count(sa.distinct(t.ENTITIES.c.article)).label("articles")
    chosen = (
        sa.select(sa.func.min(e.name).label("name"), e.kind, sa.func.max(e.country).label("country"), articles)
        .where(e.folded.in_(like))
        .group_by(e.folded, e.kind)
        .order_by(articles.desc(), e.folded)
        .limit(limit)
    )
    return [dict(row._mapping) for row in connection.execute(chosen)]
