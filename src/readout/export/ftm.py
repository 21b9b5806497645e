"""The record as FollowTheMoney entities (OpenSanctions; https://followthemoney.tech), one JSON object a line.

Actors are Person, Organization, PublicBody, Company or LegalEntity; offices are Position and Occupancy; relations are
the schemata that fit them; sanctions, events, articles and mentions have their own. Ids are the record's, or made from
them, so that a second export gives the same ones. FollowTheMoney has no span, no voice and no status: these stay
behind, and only what is told as occurred or ongoing becomes an Event.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from readout.export.plain import plain
from readout.resolve.identity import Actor, Identity
from readout.resolve.reports import Report
from readout.schema import Entity, Event, Screening

PUBLIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
"""PLOVER sectors whose bodies are a state's."""
RELATIONS = {
    "owned_by": ("Ownership", "asset", "owner", None),
    "part_of": ("UnknownLink", "subject", "object", "part of"),
    "branch_of": ("UnknownLink", "subject", "object", "branch of"),
    "member_of": ("Membership", "member", "organization", None),
    "works_for": ("Employment", "employee", "employer", None),
    "relative_of": ("Family", "person", "relative", None),
}
"""The schema of each relation, its two ends, and the role that it states."""
AGENTS = ("person", "organization", "group")
HAPPENED = ("occurred", "ongoing")
Proxy = dict[str, Any]


def ftm(identity: Identity, reports: Iterable[Report]) -> Iterator[str]:
    """The entities of a record.

    Args:
        identity: who is who in the reports.
        reports: the reports, each with its readout.

    Yields:
        Lines of JSON: `{"id", "schema", "properties"}`, every property a list of strings.
    """
    maker = _Maker(identity)
    reports = sorted(reports, key=lambda report: report.id)
    proxies = [maker.actor(actor) for actor in identity.actors if maker.is_agent(actor)]
    proxies += [proxy for report in reports for proxy in maker.of_report(report)]
    for proxy in {proxy["id"]: proxy for proxy in proxies}.values():
        yield json.dumps(proxy, ensure_ascii=False) + "\n"


@dataclass
class _Maker:
    identity: Identity

    def is_agent(self, actor: Actor) -> bool:
        return actor.kind in AGENTS

    def actor(self, actor: Actor) -> Proxy:
        entities = [self.identity.entity(node) for node in actor.members]
        names = sorted({plain(e.name) for e in entities} - {plain(actor.name)})
        titles = sorted({plain(role.title) for e in entities for role in e.roles})
        schema = self.schema(actor)
        return _proxy(
            actor.id,
            schema,
            name=[plain(actor.name)],
            alias=names,
            country=_country(actor.country),
            position=titles if schema == "Person" else [],
        )

    def schema(self, actor: Actor) -> str:
        """What an actor is in FollowTheMoney."""
        if actor.kind == "person":
            return "Person"
        if actor.kind == "group":
            return "LegalEntity"
        sectors = {s for n in actor.members if (code := self.identity.entity(n).actor_code) for s in code.sectors}
        return "PublicBody" if sectors & PUBLIC else "Company" if "BUS" in sectors else "Organization"

    def of_report(self, report: Report) -> Iterator[Proxy]:
        """What one report says: itself, mentions, offices, relations, sanctions, events."""
        yield _article(report)
        for entity in report.readout.entities:
            id = self._agent(report, entity.id)
            if id is not None:
                yield self._mention(report, entity, id)
                yield from self._offices(report, entity, id)
                yield from self._relations(report, entity, id)
        for screening in report.readout.screenings:
            yield from self._sanction(report, screening)
        for event in report.readout.events:
            if event.status in HAPPENED:
                yield self._event(report, event)

    def _agent(self, report: Report, entity: str) -> str | None:
        """The actor's id, if it is somebody who can act."""
        id = self.identity.of.get((report.id, entity))
        return id if id is not None and self.is_agent(self.identity.by_id[id]) else None

    def _mention(self, report: Report, entity: Entity, id: str) -> Proxy:
        return _proxy(
            _made("mention", report.id, id),
            "Mention",
            document=[report.id],
            name=sorted({plain(report.quote(span)) for span in entity.mentions}),
            resolved=[id],
            detectedSchema=[self.schema(self.identity.by_id[id])],
        )

    def _offices(self, report: Report, entity: Entity, id: str) -> Iterator[Proxy]:
        for role in entity.roles if entity.kind == "person" else ():
            body = self._agent(report, role.organization or "")
            at = plain(self.identity.by_id[body].name) if body else None
            name = f"{plain(role.title)}, {at}" if at else plain(role.title)
            post = _made("position", name)
            yield _proxy(post, "Position", name=[name])
            yield _proxy(
                _made("occupancy", id, post), "Occupancy", holder=[id], post=[post], date=_dates(report.day),
                sourceUrl=_url(report),
            )  # fmt: skip

    def _relations(self, report: Report, entity: Entity, id: str) -> Iterator[Proxy]:
        for relation in entity.relations:
            other = self._agent(report, relation.to)
            if relation.type not in RELATIONS or other is None or other == id:
                continue
            schema, one, two, role = RELATIONS[relation.type]
            if not self._fits(schema, id, other):
                schema, one, two, role = "UnknownLink", "subject", "object", relation.type.replace("_", " ")
            ends = {one: [id], two: [other], "role": [role] if role else []}
            yield _proxy(_made(relation.type, id, other), schema, **ends, sourceUrl=_url(report))

    def _fits(self, schema: str, one: str, two: str) -> bool:
        """Whether the two ends may be the ends of such a link."""
        first, second = (self.schema(self.identity.by_id[id]) for id in (one, two))
        match schema:
            case "Ownership":
                return first == "Company"
            case "Employment":
                return first == "Person" and second in ("Organization", "PublicBody", "Company")
            case "Membership":
                return second in ("Organization", "PublicBody", "Company")
            case "Family":
                return first == second == "Person"
        return True

    def _sanction(self, report: Report, screening: Screening) -> Iterator[Proxy]:
        id = self._agent(report, screening.entity)
        if id is None or not screening.match:
            return
        stated = plain(report.quote(screening.stated)) if screening.stated else None
        yield _proxy(
            _made("sanction", id, screening.list or "stated", screening.entry_id or stated or ""),
            "Sanction",
            entity=[id],
            authority=[screening.list] if screening.list else [],
            authorityId=[screening.entry_id] if screening.entry_id else [],
            program=list(screening.programmes),
            listingDate=_dates(screening.listed_on),
            summary=[stated] if stated else [],
            sourceUrl=_url(report),
        )

    def _event(self, report: Report, event: Event) -> Proxy:
        actors = [id for e in (*event.actors, *event.recipients) if (id := self._agent(report, e)) is not None]
        place = report.entities.get(event.place or "")
        kind = " ".join(filter(None, (event.type, event.mode)))
        return _proxy(
            report.stable[event.id],
            "Event",
            name=[f"{kind}: {plain(report.quote(report.sentence(event.trigger)))}"[:400]],
            involved=list(dict.fromkeys(actors)),
            location=[plain(place.name)] if place else [],
            country=_country(place.country) if place else [],
            startDate=_dates(event.start),
            endDate=_dates(event.end),
            keywords=[kind],
            proof=[report.id],
            sourceUrl=_url(report),
        )


def _article(report: Report) -> Proxy:
    of = report.readout.article
    return _proxy(
        report.id,
        "Article",
        title=[plain(of.title)] if of.title else [],
        author=[plain(name) for name in of.authors],
        publisher=[plain(of.outlet)] if of.outlet else [],
        publishedAt=_dates(of.published),
        sourceUrl=_url(report),
        bodyText=[of.text],
    )


def _proxy(id: str, schema: str, **properties: list[str]) -> Proxy:
    return {"id": id, "schema": schema, "properties": {name: values for name, values in properties.items() if values}}


def _made(*parts: str) -> str:
    """An id of what has none in the record, the same for the same parts."""
    return f"{parts[0]}-{hashlib.sha1(chr(0).join(parts).encode(), usedforsecurity=False).hexdigest()[:20]}"


def _dates(when: str | None) -> list[str]:
    """FollowTheMoney dates are prefixes of ISO 8601; a moment loses its fraction."""
    return [when[:19]] if when else []


def _url(report: Report) -> list[str]:
    return [report.readout.article.url] if report.readout.article.url else []


def _country(code: str | None) -> list[str]:
    """The two letters that FollowTheMoney wants, in lower case."""
    from readout.knowledge.countries import countries

    country = countries().get(code or "")
    return [country.alpha2.lower()] if country else []
