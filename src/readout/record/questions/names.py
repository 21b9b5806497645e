"""Names as somebody types them, as they stand in a record: by spelling, surname, and the names of countries."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz, process

from readout.errors import OptionError
from readout.knowledge.countries import countries
from readout.knowledge.folding import fold
from readout.record import tables as t
from readout.record.questions.filters import Conditions

ALIKE = 72
"""Likeness (rapidfuzz, 0 to 100) from which two names are compared in earnest."""
NEAR = 50
"""Likeness from which a name is worth a mention where there is none."""
MOST = 60
NEAREST = 5
COMMON = 8000
"""Entities of a name from which it is common."""
NEWEST = 500
"""Entities of a name that are looked at where all would take long: those of the newest reports."""
_EVERY = sa.text(
    "WITH RECURSIVE every (one) AS (SELECT min(folded) FROM entities UNION ALL "
    "SELECT (SELECT min(e.folded) FROM entities e WHERE e.folded > every.one) FROM every WHERE every.one IS NOT NULL) "
    "SELECT one FROM every WHERE one IS NOT NULL"
)
"""All names by leaps through the index, so that it costs as many steps as there are names, not mentions."""


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
    wanted = fold(name)
    every = _every(connection) if wanted else []
    asked = {wanted, *_of_country(name)}
    found = [one for one in every if one in asked]
    near = [o for o, *_ in process.extract(wanted, every, scorer=fuzz.token_sort_ratio, limit=MOST, score_cutoff=NEAR)]
    shared = [one for one in every if one.endswith(f" {wanted}")] if " " not in wanted else []
    shown = _shown(connection, {*near, *shared} - set(found))
    found += [one for one in shared if shown.get(one, ("", ""))[1] == "person"]
    found += [one for one in near if one in shown and one not in found and _same(name, *shown[one])]
    if not found:
        raise OptionError(_nobody(name, [shown[one][0] for one in near[:NEAREST] if one in shown]))
    return sorted(found, key=lambda one: (one != wanted, one))


def _every(connection: sa.Connection) -> list[str]:
    """All folded names; kept until an article comes."""
    of, a = str(connection.engine.url), t.ARTICLES.c
    newest = (sa.select(sa.func.max(column)).scalar_subquery() for column in (a.key, a.added_at))
    state = tuple(connection.execute(sa.select(*newest)).one())  # each by its own index
    if _KEPT.get(of, (None, []))[0] != state:
        _KEPT[of] = (state, list(connection.scalars(_EVERY)))
    return _KEPT[of][1]


_KEPT: dict[str, tuple[Any, list[str]]] = {}


def are_common(connection: sa.Connection, names: list[str]) -> bool:
    """Whether so many reports name them that it is quicker to walk through the reports than through the names."""
    some = sa.select(sa.literal(1)).where(t.ENTITIES.c.folded.in_(names)).limit(COMMON + 1).subquery()
    return (connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0) > COMMON


def newest_named(connection: sa.Connection, names: list[str], conditions: Conditions) -> list[int]:
    """The keys of the entities of some names in the newest reports, at most `NEWEST` of them.

    Args:
        connection: of a transaction.
        names: folded names.
        conditions: on the articles.
    """
    e, a = t.ENTITIES.c, t.ARTICLES.c
    folded = e.folded.concat("") if are_common(connection, names) else e.folded  # the former is in no index
    tables = t.ARTICLES.join(t.ENTITIES, e.article == a.key)
    chosen = sa.select(e.key).select_from(tables).where(folded.in_(names), *conditions)
    return list(connection.scalars(chosen.order_by(a.known_on.desc(), a.key.desc(), e.key).limit(NEWEST)))


def entities_named(names: list[str]) -> sa.Select[Any]:
    """A selection of the keys of the entities with some folded names."""
    return sa.select(t.ENTITIES.c.key).where(t.ENTITIES.c.folded.in_(names))


def country_code(name: str) -> str | None:
    """The code of a country by any of its names (ISO 3166-1 alpha-3)."""
    wanted = fold(name)
    found = (c for c in countries().values() if wanted in {fold(c.name), c.alpha3.lower(), *map(fold, c.names)})
    return next((country.alpha3 for country in found), None)


def _of_country(name: str) -> set[str]:
    country = countries().get(country_code(name) or "")
    return {fold(country.name), *map(fold, country.names)} if country else set()


def _shown(connection: sa.Connection, folded: set[str]) -> dict[str, tuple[str, str]]:
    """Names as written, with their kind, by their folded forms."""
    e = t.ENTITIES.c
    chosen = sa.select(e.folded, sa.func.min(e.name), sa.func.min(e.kind)).group_by(e.folded)
    return {row[0]: (row[1], row[2]) for row in connection.execute(chosen.where(e.folded.in_(sorted(folded))))}


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
