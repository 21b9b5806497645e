"""Words looked for in articles and statements, with the place of the first hit: FTS5, or tsvector on PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from readout.errors import OptionError
from readout.record import tables as t
from readout.record.keys import item_id

Searched = Literal["articles", "statements"]
MOST_TERMS = 20
BEFORE, AFTER = 80, 160
"""Characters of an excerpt before and after the beginning of the hit."""
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_OPEN, _CLOSE = "\x02\x05\x02", "\x03\x05\x03"
_MARKS = f'HighlightAll=true, StartSel="{_OPEN}", StopSel="{_CLOSE}"'
RANKED = 2000
"""Hits, the newest, of which the best are chosen; to rank all that have two common words takes long in a large
record."""
_RANKED = {
    "sqlite": """
        SELECT {kind}_words.rowid AS key, -bm25({kind}_words) AS score
        FROM {kind}_words {narrowed} WHERE {kind}_words MATCH :words {filters}
        ORDER BY {kind}_words.rowid DESC LIMIT :ranked
    """,
    "postgresql": """
        SELECT i.key AS key, ts_rank_cd({vector}, {query}) AS score
        FROM {kind} i {narrowed} WHERE {vector} @@ {query} {filters} ORDER BY i.key DESC LIMIT :ranked
    """,
}
_FOUND = {
    "sqlite": """
        SELECT i.key, a.id, a.title, a.outlet, a.published, {source} AS body,
               highlight({kind}_words, {column}, :open, :close) AS marked
        FROM {kind}_words JOIN {kind} i ON i.key = {kind}_words.rowid {join}
        WHERE {kind}_words MATCH :words AND {kind}_words.rowid IN :keys
    """,
    "postgresql": """
        SELECT i.key, a.id, a.title, a.outlet, a.published, {source} AS body,
               ts_headline('english', {source}, {query}, :marks) AS marked
        FROM {kind} i {join} WHERE i.key IN :keys
    """,
}
_VECTORS = {
    "articles": "to_tsvector('english', left(coalesce(i.title, '') || ' ' || coalesce(i.text, ''), 200000))",
    "statements": "to_tsvector('english', left(coalesce(i.words, ''), 200000))",
}
_FILTERS = {
    "since": "AND a.known_on >= :since",
    "until": "AND a.known_on <= :until",
    "outlet": "AND a.outlet = :outlet",
}


_INDEXED = {t.ARTICLES: ("title", "text"), t.STATEMENTS: ("words",)}


def index(connection: sa.Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Put new rows of a table into its full text, where it has one that does not see to that itself.

    Args:
        connection: of a writing transaction.
        table: the table.
        rows: values in the order of the table's columns.
    """
    if connection.dialect.name != "sqlite" or table not in _INDEXED:
        return
    names = ("key", *_INDEXED[table])
    places = [table.c.keys().index(name) for name in names]
    marks = ", ".join("?" * len(names))
    if values := [tuple(row[place] for place in places) for row in rows]:
        into = f"{table.name}_words (rowid, {', '.join(names[1:])})"
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", values)


class Hit(NamedTuple):
    """Something that has the words."""

    key: int
    """Of the article, or of the statement."""
    score: float
    """Greater is better; comparable within one search only."""


class Found(NamedTuple):
    """An article or a statement in which words were found."""

    article: str
    """The article's id in the record."""
    title: str | None
    outlet: str | None
    published: str | None
    statement: str | None
    """The statement's id, where statements were searched."""
    span: tuple[int, int] | None
    """The first hit, in code points of the text searched: the article's text, or the statement's words. `None` where
    the words stand in the headline alone."""
    excerpt: str
    score: float
    """As `Hit.score`."""


def search(
    connection: sa.Connection,
    words: str,
    *,
    kind: Searched = "articles",
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    limit: int = 20,
) -> list[Found]:
    """Look for words; all of them must be there, those in quotation marks side by side.

    Args:
        connection: of a transaction.
        words: the words; endings do not matter.
        kind: articles (headline and text) or statements (what was said).
        since: only articles known from this day on (ISO 8601).
        until: only articles known up to this day.
        outlet: only articles of this outlet.
        limit: how many to give at most.

    Returns:
        What was found, best first.

    Raises:
        OptionError: there is no word to look for, or no such kind.
    """
    hits = ranked(connection, words, kind=kind, since=since, until=until, outlet=outlet, limit=limit)
    return located(connection, words, hits, kind=kind)


def ranked(
    connection: sa.Connection,
    words: str,
    *,
    kind: Searched = "articles",
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    limit: int = 20,
) -> list[Hit]:
    """What has some words, best first; of very many the best of the newest two thousand. See `search`."""
    told = {name: value for name, value in {"since": since, "until": until, "outlet": outlet}.items() if value}
    filters = " ".join(_FILTERS[name] for name in told)
    query, values = _query(connection, _RANKED, words, kind, filters)
    values |= {**told, "limit": limit, "ranked": max(RANKED, limit)}
    best = f"WITH newest AS ({query}) SELECT key, score FROM newest ORDER BY score DESC, key LIMIT :limit"
    return [Hit(key, float(score)) for key, score in connection.execute(sa.text(best), values)]


def located(connection: sa.Connection, words: str, hits: Sequence[Hit], *, kind: Searched = "articles") -> list[Found]:
    """Where the words stand in what has them.

    Args:
        connection: of a transaction.
        words: as in `ranked`.
        hits: what `ranked` gave, or some of it.
        kind: articles or statements.

    Returns:
        What was found, in the order of the hits.
    """
    query, values = _query(connection, _FOUND, words, kind)
    marks = {"open": _OPEN, "close": _CLOSE} if connection.dialect.name == "sqlite" else {"marks": _MARKS}
    chosen = sa.text(query).bindparams(sa.bindparam("keys", [hit.key for hit in hits], expanding=True))
    rows = {row.key: row for row in connection.execute(chosen, {**values, **marks})} if hits else {}
    return [_found(rows[hit.key], hit, kind) for hit in hits if hit.key in rows]


def _query(
    connection: sa.Connection, template: dict[str, str], words: str, kind: str, filters: str = ""
) -> tuple[str, dict[str, Any]]:
    """The statement for a database, with the values of the words."""
    terms = [" ".join(a.split()) or b for a, b in _TERM.findall(words)]
    terms = [term for term in terms if any(c.isalnum() for c in term)][:MOST_TERMS]
    if not terms or kind not in _VECTORS:
        raise OptionError(f"{words[:40]!r} in {kind}: nothing to look for; give words, and articles or statements")
    dialect, of_statement = connection.dialect.name, kind == "statements"
    join = "JOIN articles a ON a.key = " + ("i.article" if of_statement else "i.key")
    parts = {"kind": kind, "filters": filters, "source": "i.words" if of_statement else "i.text", "join": join}
    if dialect == "sqlite":
        narrowed = f"JOIN {kind} i ON i.key = {kind}_words.rowid {join}" if filters else ""
        parts |= {"narrowed": narrowed, "column": "0" if of_statement else "1"}
        quoted = " ".join('"' + term.replace('"', "").replace("\x00", " ") + '"' for term in terms)
        return template[dialect].format(**parts), {"words": quoted}
    query = "(" + " && ".join(f"phraseto_tsquery('english', :w{n})" for n in range(len(terms))) + ")"
    parts |= {"narrowed": join if filters else "", "query": query, "vector": _VECTORS[kind]}
    return template[dialect].format(**parts), {f"w{n}": term.replace("\x00", " ") for n, term in enumerate(terms)}


def _found(row: Any, hit: Hit, kind: str) -> Found:
    start = row.marked.find(_OPEN)
    end = row.marked.find(_CLOSE, start) - len(_OPEN)
    span = (start, end) if 0 <= start < end <= len(row.body) else None
    statement = item_id(row.id, "s", row.key) if kind == "statements" else None
    return Found(
        row.id, row.title, row.outlet, row.published, statement, span, _excerpt(row.body, span[0] if span else 0),
        hit.score,
    )  # fmt: skip


def _excerpt(text: str, at: int) -> str:
    """The words around a place, on one line."""
    start, end = max(0, at - BEFORE), min(len(text), at + AFTER)
    cut = text[start:end]
    cut = cut if start == 0 else "… " + cut.partition(" ")[2]
    cut = cut if end == len(text) else cut.rpartition(" ")[0] + " …"
    return " ".join(cut.split())
