"""Conflicts: told here and denied there, or told with other numbers or days; both sides stand, with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.decisions import decided
from readout.record.questions.filters import Filters, source
from readout.record.questions.lines import Answer, Line, rows
from readout.resolve.conflicts import Conflicts
from readout.resolve.corroboration import Corroboration
from readout.resolve.identity import Identity
from readout.resolve.neighbours import DAYS, STORY
from readout.resolve.reports import Node, Report
from readout.resolve.sides import Conflict, Side
from readout.resolve.words import WORD, stem
from readout.schema import Event, Readout
from readout.wording import towards

MOST_REPORTS = 200
"""Reports that are held against each other at once. Where more are asked for, it is the newest with a denial and others
of their stories."""
COMPANIONS = 6
"""Reports of its story that stand beside each with a denial."""


def conflicts(connection: sa.Connection, filters: Filters | None = None) -> Answer:
    """Where reports, or those whom they quote, say otherwise.

    Args:
        connection: of a reading transaction.
        filters: what to narrow it to; days are those of the reports, `type` is that of the event told of.

    Returns:
        A line a conflict, the latest first. Its `what` has `kind` ("denied", "date", "number" or "place"), `about` in
        words, the id of the `event` where there is one, and two `sides`, each a list of `{article, span, sentence,
        actor, outlet, published, url}`; `start` is the day since when both stand.

    Raises:
        OptionError: no such type.
    """
    filters = filters or Filters()
    filters.typed()  # refuses what is no type
    ids, more = _chosen(connection, filters)
    events = Corroboration(Identity(_reports(connection, ids), decided(connection)))
    found = [_line(events, conflict) for conflict in Conflicts(events).all()]
    found = [line for line in found if not filters.type or _is_type(line, filters.type)]
    found.sort(key=lambda line: (line.start or "", line.id), reverse=True)
    return Answer(found[: filters.limit], more or len(found) > filters.limit)


def _chosen(connection: sa.Connection, filters: Filters) -> tuple[list[str], bool]:
    """The articles to hold against each other, and whether there are more."""
    a, s, v = t.ARTICLES.c, t.STATEMENTS.c, t.EVENTS.c
    scope = sa.select(a.key, a.id, a.known_on).where(*filters.reports(dated=True)).order_by(a.known_on.desc(), a.id)
    every = connection.execute(scope.limit(MOST_REPORTS + 1)).all()
    if len(every) <= MOST_REPORTS:
        return [row.id for row in every], False
    says = sa.select(s.key).where(s.article == a.key, s.stance == "denies").exists()
    tells = sa.select(v.key).where(v.article == a.key, v.status == "denied").exists()
    denying = connection.execute(scope.where(sa.or_(says, tells)).limit(MOST_REPORTS // (COMPANIONS + 1))).all()
    near = [id for row in denying for id in _companions(connection, row, filters)]
    return list(dict.fromkeys([row.id for row in denying] + near)), True


def _companions(connection: sa.Connection, of: Any, filters: Filters) -> list[str]:
    """Reports within days of one that name some of the same, those that name most of them first."""
    a, mine, other = t.ARTICLES.c, t.ENTITIES.alias("mine"), t.ENTITIES.alias("other")
    day, shared = date.fromisoformat(of.known_on), sa.func.count(mine.c.folded.distinct())
    low, high = ((day + timedelta(days=step)).isoformat() for step in (-DAYS, DAYS))
    chosen = (
        sa.select(a.id)
        .join(other, other.c.article == a.key)
        .join(mine, sa.and_(mine.c.folded == other.c.folded, mine.c.article == of.key))
        .where(a.key != of.key, a.known_on >= low, a.known_on <= high, *filters.reports())
        .group_by(a.id)
        .having(shared >= STORY)
        .order_by(shared.desc(), a.id)
        .limit(COMPANIONS)
    )
    return list(connection.scalars(chosen))


def _reports(connection: sa.Connection, ids: list[str]) -> list[Report]:
    a, r = t.ARTICLES.c, t.READOUTS.c
    chosen = sa.select(a.id, a.given_id, source(), r.json).join(t.READOUTS)
    found = (Report(id, _certain(Readout.model_validate_json(json)), given, None, group)
             for id, given, group, json in rows(connection, chosen, a.id, ids))  # fmt: skip
    return sorted(found, key=lambda report: report.id)


def _certain(readout: Readout) -> Readout:
    """A readout without what is too faint to take a side; all pairs of events would take long."""
    return readout.model_copy(update={"occurrences": []})


def _line(events: Corroboration, conflict: Conflict) -> Line:
    sides = [[_said(events, side) for side in one] for one in conflict.sides]
    both = [side for one in sides for side in one]
    days = [min((s["published"] for s in one if s["published"]), default=None) for one in sides]
    kind, id, counted = _matter(conflict)
    about = f"number of {_written(counted, both)}" if counted else None
    event = next(_tellings(events, id), None)
    first = min(both, key=lambda side: (side["published"] or "", side["article"]))
    what: dict[str, Any] = {"kind": kind, "about": about or _told(events, event), "event": id, "sides": sides}
    return Line(
        id=conflict.id, sources=len({events.reports[s["article"]].source for s in both}), article=first["article"],
        span=(first["span"][0], first["span"][1]), what=what, start=max((d for d in days if d), default=None),
        outlet=first["outlet"], published=first["published"], url=first["url"], sentence=first["sentence"],
        reports=tuple(dict.fromkeys(side["article"] for side in both)),
    )  # fmt: skip


def _said(events: Corroboration, side: Side) -> dict[str, Any]:
    report = events.reports[side.article]
    of, actor = report.readout.article, events.identity.by_id.get(side.actor or "")
    return {
        "article": side.article,
        "span": list(side.span),
        "sentence": report.quote(report.sentence(side.span)).strip(),
        "actor": actor.name if actor else None,
        "outlet": of.outlet,
        "published": of.published,
        "url": of.url,
    }


def _matter(conflict: Conflict) -> tuple[str, str | None, str | None]:
    """What a conflict is about: its kind, the id of the event, and for a number the stem of what it counts."""
    head, _, tail = conflict.about.partition(" ")
    if head != "number":
        return tail, head, None
    words = tail.removeprefix("of ").split()
    return "number", words[-1] if ":v" in words[-1] else None, words[0]


def _written(stemmed: str, sides: Iterable[dict[str, Any]]) -> str:
    """A word as the sides have it, by its stem."""
    found = (word for side in sides for word in WORD.findall(side["sentence"]) if stem(word) == stemmed)
    return next(found, stemmed)


def _tellings(events: Corroboration, id: str | None) -> Iterator[Node]:
    return (node for group in events.groups for node in group if id is not None and events.name_of[node] == id)


def _of(events: Corroboration, node: Node) -> Event:
    return events.reports[node[0]].events[node[1]]


def _told(events: Corroboration, node: Node | None) -> str:
    """An event in words: its type and mode, and who does it to whom."""
    if node is None:
        return ""
    report, event = events.reports[node[0]], _of(events, node)
    actors, recipients = (
        ", ".join(report.entities[id].name for id in ids if id in report.entities)
        for ids in (event.actors, event.recipients)
    )
    parties = towards(actors, recipients)
    kind = " ".join(filter(None, (event.type, event.mode)))
    return f"{kind}: {parties}" if parties else kind


def _is_type(line: Line, asked: str) -> bool:
    name, _, mode = asked.replace(":", "/").partition("/")
    told = str(line.what["about"]).partition(":")[0].lower().split()
    return name.lower() in told and (not mode or mode.lower() in told)
