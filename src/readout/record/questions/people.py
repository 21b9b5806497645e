"""Who somebody is by all reports, what they said, and who is under sanctions."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from readout.errors import OptionError
from readout.knowledge.folding import fold
from readout.record import tables as t
from readout.record.decisions import about as decided_about
from readout.record.keys import item_id
from readout.record.questions.filters import Filters, source
from readout.record.questions.lines import Answer, Line, with_sentences
from readout.record.questions.names import NEWEST, names_like, newest_named

COMPANY = 10
"""How many of those whom somebody is seen with are shown."""
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_INDEXED = "to_tsvector('english', left(coalesce(statements.words, ''), 200000))"
"""As the index of statements is made (PostgreSQL)."""
_ARTICLE = (t.ARTICLES.c.id.label("article"), t.ARTICLES.c.outlet, t.ARTICLES.c.published, source().label("source"))
_BY_DAY = (t.ARTICLES.c.known_on.desc(), t.ARTICLES.c.key.desc())
_FIRST = sa.select(t.MENTIONS.c.start_char).where(t.MENTIONS.c.entity == t.ENTITIES.c.key)
_START = _FIRST.order_by(t.MENTIONS.c.start_char).limit(1).correlate(t.ENTITIES).scalar_subquery().label("start_char")


def who(connection: sa.Connection, name: str, filters: Filters | None = None) -> Answer:
    """Who somebody or something is: names, roles, relations, and whom events show them with.

    Args:
        connection: of a reading transaction.
        name: the name; see `names.names_like`.
        filters: what to narrow it to; dates are those of the reports.

    Returns:
        Lines whose `what` says under `fact` which they are: name, role, relation, seen with; of a name that is in very
        many reports, by the newest three hundred mentions of it.

    Raises:
        OptionError: there is no such name.
    """
    filters = filters or Filters()
    named = newest_named(connection, names_like(connection, name), filters)
    parts = (_named, _roles, _relations, _company)
    lines = [line for part in parts for line in part(connection, named, filters)]
    more = len(lines) > filters.limit or len(named) >= NEWEST
    return Answer(with_sentences(connection, lines[: filters.limit]), more)


def said(connection: sa.Connection, name: str, filters: Filters | None = None, about: str | None = None) -> Answer:
    """What somebody said, by all reports; copies of the same words are one line.

    Args:
        connection: of a reading transaction.
        name: the name; see `names.names_like`.
        filters: what to narrow it to; dates are those of the reports, `status` is the stance.
        about: words that the statement must have, those in quotation marks side by side.

    Returns:
        The newest lines within the limit, newest first.

    Raises:
        OptionError: there is no such name, or no word to look for.
    """
    filters, s = filters or Filters(), t.STATEMENTS.c
    chosen = (
        sa.select(
            s.key, s.start_char, s.end_char, s.kind, s.stance, s.words, t.ENTITIES.c.name.label("speaker"),
            t.ARTICLES.c.known_on.label("day"), *_ARTICLE,
        )
        .select_from(t.STATEMENTS.join(t.ARTICLES, s.article == t.ARTICLES.c.key))
        .join(t.ENTITIES, s.speaker == t.ENTITIES.c.key)
        .where(s.speaker_name.in_(names_like(connection, name)), *filters.reports(dated=True))
        .where(s.key.not_in(decided_about("s", "negative")))
        .order_by(*_BY_DAY, s.key)
    )  # fmt: skip
    if filters.status:
        chosen = chosen.where(s.stance == filters.status)
    if about is not None:
        chosen = chosen.where(with_words(connection, about))

    def line(row: Any) -> Line:
        what = {"speaker": row.speaker, "stance": row.stance, "kind": row.kind, "words": row.words}
        return line_of(row, "s", (row.start_char, row.end_char), what, row.day)

    lines = gathered(connection.execute(chosen), lambda row: " ".join(row.words.casefold().split()), line)
    return Answer(with_sentences(connection, lines[: filters.limit]), len(lines) > filters.limit)


def sanctioned(connection: sa.Connection, filters: Filters | None = None, name: str | None = None) -> Answer:
    """Who is under sanctions, by a list or by the reports' own words.

    Args:
        connection: of a reading transaction.
        filters: what to narrow it to; dates are those of the reports.
        name: only this one; see `names.names_like`.

    Returns:
        Lines by the number of their sources.

    Raises:
        OptionError: there is no such name.
    """
    filters, c, e = filters or Filters(), t.SCREENINGS.c, t.ENTITIES.c
    stated = sa.func.coalesce(c.start_char, _START).label("start_char")
    chosen = (
        sa.select(
            e.key, e.name, e.folded, e.kind, e.country, c.list, c.entry_id, c.in_force, stated, c.end_char, *_ARTICLE
        )
        .select_from(t.SCREENINGS.join(t.ENTITIES, c.entity == e.key).join(t.ARTICLES, e.article == t.ARTICLES.c.key))
        .where(c.match, *filters.reports(dated=True))
        .order_by(*_BY_DAY, c.key)
    )
    if name is not None:
        named = newest_named(connection, names_like(connection, name), filters)
        chosen = chosen.where(c.entity.in_(named))

    def line(row: Any) -> Line:
        what = {"name": row.name, "kind": row.kind, "country": row.country}
        what |= {"list": row.list, "entry": row.entry_id, "in_force": row.in_force}
        return line_of(row, "e", _span(row, row.name), what)

    lines = gathered(connection.execute(chosen), lambda row: (row.folded, row.list, row.entry_id), line)
    lines.sort(key=lambda found: -found.sources)
    return Answer(with_sentences(connection, lines[: filters.limit]), len(lines) > filters.limit)


def _named(connection: sa.Connection, named: list[int], filters: Filters) -> list[Line]:
    e = t.ENTITIES.c
    chosen = (
        sa.select(e.key, e.name, e.folded, e.kind, e.country, _START, t.ARTICLES.c.known_on, *_ARTICLE)
        .select_from(t.ENTITIES.join(t.ARTICLES, e.article == t.ARTICLES.c.key))
        .where(e.key.in_(named), *filters.reports(dated=True))
        .order_by(*_BY_DAY, e.key)
    )
    days: dict[Hashable, list[str]] = {}
    for row in (found := connection.execute(chosen).all()):
        days.setdefault((row.folded, row.kind), []).append(row.known_on or "")

    def line(row: Any) -> Line:
        seen = days[row.folded, row.kind]
        what = {"fact": "name", "name": row.name, "kind": row.kind, "country": row.country}
        line = line_of(row, "e", _span(row, row.name), {**what, "articles": len(seen)})
        return replace(line, start=min(seen), end=max(seen))

    return sorted(gathered(found, lambda row: (row.folded, row.kind), line), key=lambda found: -found.sources)


def _roles(connection: sa.Connection, named: list[int], filters: Filters) -> list[Line]:
    e, r, body = t.ENTITIES.c, t.ROLES.c, t.ENTITIES.alias("body")
    chosen = (
        sa.select(e.key, e.name, r.title, body.c.name.label("body"), r.start_char, r.end_char, *_ARTICLE)
        .select_from(t.ROLES.join(t.ENTITIES, r.entity == e.key).join(t.ARTICLES, e.article == t.ARTICLES.c.key))
        .outerjoin(body, r.organization == body.c.key)
        .where(r.entity.in_(named), *filters.reports(dated=True))
        .order_by(*_BY_DAY, r.start_char)
    )

    def line(row: Any) -> Line:
        what = {"fact": "role", "name": row.name, "role": row.title, "organization": row.body}
        return line_of(row, "e", (row.start_char, row.end_char), what)

    return gathered(connection.execute(chosen), lambda row: (fold(row.title), fold(row.body or "")), line)


def _relations(connection: sa.Connection, named: list[int], filters: Filters) -> list[Line]:
    e, r, other = t.ENTITIES.c, t.RELATIONS.c, t.ENTITIES.alias("other")
    chosen = (
        sa.select(e.key, e.name, r.type, other.c.name.label("other"), r.start_char, r.end_char, *_ARTICLE)
        .select_from(t.RELATIONS.join(t.ENTITIES, r.entity == e.key).join(t.ARTICLES, e.article == t.ARTICLES.c.key))
        .join(other, r.other == other.c.key)
        .where(r.entity.in_(named), *filters.reports(dated=True))
        .order_by(*_BY_DAY, r.start_char)
    )

    def line(row: Any) -> Line:
        what = {"fact": "relation", "name": row.name, "relation": row.type, "other": row.other}
        return line_of(row, "e", (row.start_char, row.end_char), what)

    return gathered(connection.execute(chosen), lambda row: (row.type, fold(row.other)), line)


def _company(connection: sa.Connection, named: list[int], filters: Filters) -> list[Line]:
    p, v, other, theirs = t.PARTICIPANTS.c, t.EVENTS.c, t.ENTITIES.alias("other"), t.PARTICIPANTS.alias("theirs")
    chosen = (
        sa.select(v.key, other.c.name, other.c.folded, v.type, v.start_char, v.end_char, *_ARTICLE)
        .select_from(t.PARTICIPANTS.join(theirs, p.event == theirs.c.event).join(t.EVENTS, p.event == v.key))
        .join(other, theirs.c.entity == other.c.key)
        .join(t.ARTICLES, v.article == t.ARTICLES.c.key)
        .where(p.entity.in_(named), theirs.c.entity != p.entity, v.status.in_(("occurred", "ongoing")))
        .where(*filters.reports(dated=True))
        .order_by(*_BY_DAY, v.key)
    )

    def line(row: Any) -> Line:
        what = {"fact": "seen with", "other": row.name, "type": row.type}
        return line_of(row, "v", (row.start_char, row.end_char), what)

    return gathered(connection.execute(chosen), lambda row: row.folded, line, COMPANY)


def gathered(
    rows: Iterable[Any], same: Callable[[Any], Hashable], line: Callable[[Any], Line], best: int | None = None
) -> list[Line]:
    """One line for the rows that say the same, from the first of them, with how many sources do.

    Args:
        rows: each with its `key`, `article` and `source`.
        same: what rows have in common that say the same.
        line: makes a line of a row.
        best: only so many lines, of what most sources say; else all, in the order of the rows.
    """
    groups: dict[Hashable, list[Any]] = {}
    for row in rows:
        groups.setdefault(same(row), []).append(row)
    counted = [(len({row.source for row in group}), group) for group in groups.values()]
    if best is not None:
        counted = sorted(counted, key=lambda one: -one[0])[:best]
    found = []
    for sources, group in counted:
        first = line(group[0])
        ids = dict.fromkeys(item_id(row.article, first.id[17], row.key) for row in group)
        found.append(replace(first, sources=sources, reports=tuple(ids)))
    return found


def line_of(row: Any, letter: str, span: tuple[int, int], what: dict[str, Any], day: str | None = None) -> Line:
    where = {"article": row.article, "outlet": row.outlet, "published": row.published}
    return Line(item_id(row.article, letter, row.key), 1, span=span, what=what, start=day, end=day, **where)


def _span(row: Any, name: str) -> tuple[int, int]:
    start = row.start_char or 0
    return start, getattr(row, "end_char", None) or start + len(name)


def with_words(connection: sa.Connection, about: str) -> sa.ColumnElement[bool]:
    """The condition that a statement has some words."""
    terms = [(a or b).replace("\x00", " ") for a, b in _TERM.findall(about)][:20]
    terms = [term for term in terms if any(c.isalnum() for c in term)]
    if not terms:
        raise OptionError(f"{about[:40]!r}: nothing to look for; give words")
    if connection.dialect.name == "sqlite":
        found = "statements.key IN (SELECT rowid FROM statements_words WHERE statements_words MATCH :about)"
        return sa.text(found).bindparams(about=" ".join(f'"{term}"' for term in terms))  # type: ignore[return-value]
    query = " && ".join(f"phraseto_tsquery('english', :about{n})" for n in range(len(terms)))
    values = {f"about{n}": term for n, term in enumerate(terms)}
    return sa.text(f"{_INDEXED} @@ ({query})").bindparams(**values)  # type: ignore[return-value]
