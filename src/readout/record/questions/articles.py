"""Words in articles, one thing by its id, and what the versions of an article changed."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from readout.errors import OptionError
from readout.record import fulltext
from readout.record import tables as t
from readout.record.fulltext import Found, Hit, Searched
from readout.record.keys import ITEM_BITS, address, item_id, split_item_id
from readout.record.questions.filters import Filters, source
from readout.record.questions.lines import Answer, Line, rows, with_sentences
from readout.resolve.words import sentences

SPARE = 4
"""How many times the limit is looked for, since copies and old versions fall away."""
KINDS = {"e": t.ENTITIES, "t": t.TIMES, "s": t.STATEMENTS, "v": t.EVENTS, "x": t.EXPECTATIONS}


def search(
    connection: sa.Connection, words: str, filters: Filters | None = None, kind: Searched = "articles"
) -> Answer:
    """Articles or statements with some words; copies of one report are one line.

    Args:
        connection: of a reading transaction.
        words: all must be there, those in quotation marks side by side.
        filters: what to narrow it to; dates are those of the reports.
        kind: articles, or statements.

    Returns:
        Lines, best first.

    Raises:
        OptionError: there is no word to look for.
    """
    filters = filters or Filters()
    hits = fulltext.ranked(connection, words, kind=kind, limit=filters.limit * SPARE, **_days(filters))
    groups = _copied(connection, hits, filters, kind)
    best = fulltext.located(connection, words, [group.hits[0] for group in groups[: filters.limit]], kind=kind)
    lines = [_hit(found, group, kind) for found, group in zip(best, groups, strict=False)]
    return Answer(with_sentences(connection, lines), len(groups) > filters.limit)


class _Group(NamedTuple):
    """Hits that copy each other, the best first."""

    day: str
    hits: list[Hit]
    articles: list[str]
    """The id of the article of each."""


def _copied(connection: sa.Connection, hits: list[Hit], filters: Filters, kind: Searched) -> list[_Group]:
    """The hits in reports that are asked for, copies of one report together."""
    a, s, shift = t.ARTICLES.c, t.STATEMENTS.c, ITEM_BITS if kind == "statements" else 0
    chosen = sa.select(a.key, a.id, a.known_on, source().label("source")).where(*filters.reports(dated=True))
    current = {row.key: row for row in rows(connection, chosen, a.key, sorted({hit.key >> shift for hit in hits}))}
    said = sa.select(s.key, s.words)
    words = {row.key: row.words for row in rows(connection, said, s.key, [h.key for h in hits])} if shift else {}
    groups: dict[tuple[str, str], _Group] = {}
    for hit in hits:
        if of := current.get(hit.key >> shift):
            same = " ".join(words.get(hit.key, "").casefold().split())
            group = groups.setdefault((of.source, same), _Group(of.known_on, [], []))
            group.hits.append(hit)
            group.articles.append(of.id)
    return list(groups.values())


def _days(filters: Filters) -> dict[str, str]:
    """Since when and until when reports are looked for; dates of any length sort as they should."""
    until = min(filter(None, (filters.until and f"{filters.until}~", filters.as_of)), default=None)
    return {name: day for name, day in {"since": filters.since, "until": until}.items() if day}


def _hit(best: Found, group: _Group, kind: Searched) -> Line:
    what: dict[str, Any] = {"title": best.title or "untitled", "score": round(best.score, 4)}
    ids = group.articles
    if kind == "statements":
        ids = [item_id(id, "s", hit.key) for id, hit in zip(group.articles, group.hits, strict=True)]
        start = (split_item_id(ids[0])[2] >> 8) % (1 << 20)
        what, span = {**what, "words": best.excerpt}, (start, start + 1)
    else:
        span = best.span or (0, 1)
    reports = tuple(dict.fromkeys(ids))
    return Line(
        ids[0], 1, best.article, span, what, group.day, group.day, None, best.outlet, best.published, reports=reports
    )


def show(connection: sa.Connection, id: str) -> tuple[Line, dict[str, Any]]:
    """One item by its id.

    Args:
        connection: of a reading transaction.
        id: as in the lines of an answer.

    Returns:
        A line, and the item as it stands in the readout (see docs/readout.md).

    Raises:
        OptionError: there is no such item.
    """
    article, letter, within = split_item_id(id)
    a, table = t.ARTICLES.c, KINDS.get(letter)
    key = connection.scalar(sa.select(a.key).where(a.id == article))
    row = None
    if table is not None and key is not None:
        chosen = sa.select(table, *_PLACE_OF_ARTICLE).join(t.ARTICLES, table.c.article == a.key)
        row = connection.execute(chosen.where(table.c.key == (key << 28) + within)).mappings().one_or_none()
    if row is None:
        raise OptionError(f"{id[:60]}: no such item in the record")
    readout = _readout(connection, article)
    item = _item(readout, row["local"])
    span = _span_of(readout, letter, item)
    day = {"start": row.get("starts", row.get("due_start")), "end": row.get("ends", row.get("due_end"))}
    planned: dict[str, Any] = next((v for v in readout["events"] if letter == "x" and v["id"] == item["event"]), {})
    what = {"item": _NAMES[letter], **_about(readout, planned), **_about(readout, item)}
    line = Line(
        item_id(article, letter, row["key"]), 1, article, span, what, precision=row.get("precision"),
        outlet=row["outlet"], published=row["published"], **day,
    )  # fmt: skip
    return with_sentences(connection, [line])[0], item


_PLACE_OF_ARTICLE = (t.ARTICLES.c.outlet, t.ARTICLES.c.published)
_NAMES = {"e": "entity", "t": "time", "s": "statement", "v": "event", "x": "expectation"}
_LISTS = ("entities", "times", "statements", "events", "expectations")
_POINTS_TO = ("speaker", "addressee", "place", "organization")


def _readout(connection: sa.Connection, article: str) -> dict[str, Any]:
    import json

    chosen = sa.select(t.READOUTS.c.json).join(t.ARTICLES).where(t.ARTICLES.c.id == article)
    found: dict[str, Any] = json.loads(connection.execute(chosen).scalar_one())
    return found


def _item(readout: dict[str, Any], local: str) -> dict[str, Any]:
    found = (item for name in _LISTS for item in readout[name] if item["id"] == local)
    return next(found, {})


def _about(readout: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """What an item says in words: plain fields, with names where it points to entities."""
    names = {entity["id"]: entity["name"] for entity in readout["entities"]}
    about: dict[str, Any] = {}
    for name, value in item.items():
        if name in ("actors", "recipients"):
            about[name] = [names.get(id, id) for id in value]
        elif isinstance(value, str) and name not in ("id", "start", "end", "precision", "time", "asserted_by"):
            about[name] = names.get(value, value) if name in _POINTS_TO else value
    return about


def _span_of(readout: dict[str, Any], letter: str, item: dict[str, Any]) -> tuple[int, int]:
    if letter == "x":
        item = _item(readout, item["event"])
    spans = [item[name] for name in ("trigger", "span") if name in item]
    spans = spans or sorted(item.get("content_spans") or item.get("mentions") or [[0, 1]])
    return spans[0][0], spans[0][1] if "mentions" in item else max(end for _, end in spans)


def difference(connection: sa.Connection, source: str) -> Answer:
    """What each later version of an article gained and lost.

    Args:
        connection: of a reading transaction.
        source: the address of the article, or an id of it.

    Returns:
        Lines, the oldest version first; sentences of the text first, then what was read in them.

    Raises:
        OptionError: there is no such article.
    """
    known = {row.key: row for row in versions(connection, source)}
    changed = [row for row in known.values() if row.revision_of in known]
    lines = [line for row in changed for line in _changes(connection, known[row.revision_of], row)]
    return Answer(lines)


def versions(connection: sa.Connection, source: str) -> list[Any]:
    """The versions of an article.

    Args:
        connection: of a reading transaction.
        source: the address of the article, or an id of it.

    Returns:
        Rows with key, id, title, outlet, published, url, known_on, text, and the key of the version that one revises,
        the oldest first.

    Raises:
        OptionError: there is no such article.
    """
    a = t.ARTICLES.c
    chosen = sa.select(a.key, a.id, a.title, a.outlet, a.published, a.url, a.known_on, a.text, a.revision_of)
    asked = sa.or_(a.address == address(source), a.id == source, a.given_id == source)
    found = {row.key: row for row in connection.execute(chosen.where(asked))}
    if not found:
        raise OptionError(f"{source[:120]}: no such article in the record")
    waiting = list(found)
    while waiting:
        one = waiting.pop()
        before = [found[one].revision_of] if found[one].revision_of is not None else []
        for row in connection.execute(chosen.where(sa.or_(a.revision_of == one, a.key.in_(before)))):
            if row.key not in found:
                found[row.key] = row
                waiting.append(row.key)
    return [row for _, row in sorted(found.items())]


def _changes(connection: sa.Connection, before: Any, after: Any) -> list[Line]:
    c = t.CHANGES.c
    read = connection.execute(sa.select(t.CHANGES).where(c.article == after.key).order_by(c.place)).all()
    told = [(one.sign, one.kind, one.words, (one.start_char or 0, one.end_char or 0)) for one in read]
    told = [*_texts("gained", before.text, after.text), *_texts("lost", after.text, before.text), *told]
    return [_change(before if one[0] == "lost" else after, after, *one) for one in told]


def _texts(sign: str, without: str, text: str) -> list[tuple[str, str, str, tuple[int, int]]]:
    """The sentences of a text that another lacks."""
    known = {" ".join(without[start:end].split()) for start, end in sentences(without)}
    found = ((text[start:end], (start, end)) for start, end in sentences(text))
    return [(sign, "sentence", words, span) for words, span in found if " ".join(words.split()) not in known]


def _change(of: Any, revision: Any, sign: str, kind: str, words: str, span: tuple[int, int]) -> Line:
    day = revision.known_on
    what = {"sign": sign, "kind": kind, "words": words}
    return Line(
        id=of.id, sources=1, article=of.id, span=span, what=what, start=day, end=day, outlet=of.outlet,
        published=of.published, url=of.url, sentence=words, reports=(of.id,),
    )  # fmt: skip
