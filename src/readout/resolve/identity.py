"""Who is who across reports: one actor for all the names by which reports call them.

Two names are compared by `readout.resolve.names`; kind, country, place on the globe and the company in which they are
named decide the rest. A surname alone is somebody only in such company. What people decided outweighs all of it. The
states of a decision are those of the resolver of nomenklatura (OpenSanctions): positive, negative, unsure, none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from math import cos, hypot, radians
from typing import NamedTuple

from readout.knowledge.folding import fold
from readout.resolve.grouping import Link, groups, near
from readout.resolve.names import compare
from readout.resolve.reports import Node, Report
from readout.resolve.words import word_list
from readout.schema import Entity

Decisions = Mapping[frozenset[str], str]
"""What people decided about pairs of stable ids of entities."""
LIKELY = 0.5
WINDOW = 40
"""Members of a block that each is compared with; blocks are sorted by name, so likely pairs lie together."""
COMPANY = 2
"""Other names that two reports must share for a surname, or a ministry without country, to be the same in both."""
SAME_PLACE_KM = 40.0


class Actor(NamedTuple):
    """One identity with all that refers to it."""

    id: str
    name: str
    kind: str
    country: str | None
    members: tuple[Node, ...]


class Identity:
    """The actors of some reports.

    Args:
        reports: the reports, in any order.
        decisions: what people decided, by pairs of stable ids.
    """

    def __init__(self, reports: Iterable[Report], decisions: Decisions | None = None) -> None:
        self.reports = {report.id: report for report in reports}
        self.decisions = decisions or {}
        self._judged = {id for pair in self.decisions for id in pair}

    @cached_property
    def actors(self) -> list[Actor]:
        """All actors in the order of their ids."""
        nodes = [(r.id, e.id) for r in self.reports.values() for e in r.readout.entities]
        joined = groups(nodes, self._links(nodes), self._apart)
        return sorted(self._actor(members) for members in joined)

    @cached_property
    def of(self) -> dict[Node, str]:
        """The id of each entity's actor."""
        return {node: actor.id for actor in self.actors for node in actor.members}

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        """Actors by their id."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def company(self) -> dict[str, frozenset[str]]:
        """The names that each report names, countries by their code."""
        return {id: _names(report.readout.entities) for id, report in self.reports.items()}

    def entity(self, node: Node) -> Entity:
        """The entity of a node."""
        return self.reports[node[0]].entities[node[1]]

    def stable(self, node: Node) -> str:
        """The stable id of a node."""
        return self.reports[node[0]].stable[node[1]]

    def _links(self, nodes: Iterable[Node]) -> list[Link]:
        found = ((self.likeness(one, other), one, other) for one, other in self._pairs(nodes))
        return [Link(*link) for link in found if link[0] >= LIKELY] + self._decided(nodes)

    def _pairs(self, nodes: Iterable[Node]) -> Iterator[tuple[Node, Node]]:
        """The entities of different reports that are compared: those of a block that lie together in it."""
        named = ((node, self.entity(node)) for node in nodes)
        ordered = sorted((fold(e.name), e.country or "", node) for node, e in named if _is_named(e.name))
        blocks: dict[str, list[int]] = defaultdict(list)
        for place, (*_, node) in enumerate(ordered):
            entity = self.entity(node)
            for key in _keys(entity.name, entity.kind, entity.country):
                blocks[key].append(place)
        pairs = ((ordered[one][-1], ordered[other][-1]) for one, other in near(blocks.values(), WINDOW))
        return (pair for pair in pairs if pair[0][0] != pair[1][0])

    def unsure(self) -> list[tuple[float, Actor, Actor]]:
        """Pairs of actors whose names may be one's, kept apart for want of more, the likest first.

        Returns:
            How alike the names are, and the actors; none about which somebody decided.
        """
        found: dict[tuple[str, str], float] = {}
        for one, other in self._pairs((r.id, e.id) for r in self.reports.values() for e in r.readout.entities):
            a, b = self.entity(one), self.entity(other)
            pair = (min(self.of[one], self.of[other]), max(self.of[one], self.of[other]))
            if pair[0] == pair[1] or not _kinds_agree(a, b) or _contradict(a, b):
                continue
            if (score := _names_alike(a.name, b.name, a.country, b.country, a.kind)) >= LIKELY:
                found[pair] = max(score, found.get(pair, 0.0))
        decided = {pair for pair in found if self._judged and self._is_decided(*pair)}
        ranked = sorted((-score, pair) for pair, score in found.items() if pair not in decided)
        return [(-score, self.by_id[one], self.by_id[other]) for score, (one, other) in ranked]

    def _is_decided(self, one: str, other: str) -> bool:
        """Whether somebody decided that two actors are not one."""
        sides = [{self.stable(node) for node in self.by_id[id].members} for id in (one, other)]
        return any(frozenset((a, b)) in self.decisions for a in sides[0] for b in sides[1])

    def _decided(self, nodes: Iterable[Node]) -> list[Link]:
        """Links that people made."""
        by_stable = {self.stable(n): n for n in nodes} if self._judged else {}
        return [
            Link(2.0, *sorted(by_stable[id] for id in pair))
            for pair, verdict in self.decisions.items()
            if verdict == "positive" and len(pair) == 2 and pair <= by_stable.keys()
        ]

    def likeness(self, one: Node, other: Node) -> float:
        """How sure it is that two entities are one (0 to 1), by these two and their reports alone."""
        if one[0] == other[0]:
            return 0.0
        a, b = self.entity(one), self.entity(other)
        if not _kinds_agree(a, b) or _contradict(a, b):
            return 0.0
        alone = _needs_company(a, b)
        needed = _company_needed(a, b, alone)
        if needed and self._company_of(one, other) < needed:
            return 0.0
        score = _names_alike(a.name, b.name, a.country, b.country, a.kind)
        return min(score, 0.9) if alone else score

    def _company_of(self, one: Node, other: Node) -> int:
        """How many other names the reports of two entities share."""
        own = {_plain(e.name, e.country) for e in (self.entity(one), self.entity(other))}
        return len((self.company[one[0]] & self.company[other[0]]) - own)

    def _apart(self, one: list[Node], other: list[Node]) -> bool:
        """Whether two groups hold entities that cannot be one: by decision, by country or place, or side by side."""
        if self._judged and any(self._decided_apart(a, b) for a in one for b in other):
            return True
        if self._judged and any(self._decided_same(a, b) for a in one for b in other):
            return False
        return any(
            _contradict(self.entity(a), self.entity(b))
            or _rivals(self.entity(a), self.entity(b))
            or (a[0] == b[0] and not _same_name(self.entity(a), self.entity(b)))
            for a in one[:WINDOW]
            for b in other[:WINDOW]
        )

    def _decided_apart(self, one: Node, other: Node) -> bool:
        return self.decisions.get(frozenset((self.stable(one), self.stable(other)))) in ("negative", "unsure")

    def _decided_same(self, one: Node, other: Node) -> bool:
        return self.decisions.get(frozenset((self.stable(one), self.stable(other)))) == "positive"

    def _actor(self, members: list[Node]) -> Actor:
        entities = [self.entity(node) for node in members]
        if len(entities) == 1:
            one = entities[0]
            return Actor(self.stable(members[0]), one.name, one.kind, one.country or None, tuple(members))
        name = max((e.name for e in entities), key=lambda n: (len(n.split()), len(n), n))
        kinds = sorted(e.kind for e in entities)
        codes = sorted(e.country for e in entities if e.country)
        kind = max(dict.fromkeys(kinds), key=kinds.count)
        country = max(dict.fromkeys(codes), key=codes.count, default=None)
        return Actor(min(map(self.stable, members)), name, kind, country, tuple(members))


@lru_cache(maxsize=65536)
def _is_named(name: str) -> bool:
    """Whether a name is one of somebody's own, by which they can be found again in another report."""
    words = name.split()
    if words and words[0].lower() in word_list("counts"):
        del words[0]
    return len(name) > 1 and any(w[:1].isupper() for w in words) and not words[0][:1].isdigit()


def _names(entities: Iterable[Entity]) -> frozenset[str]:
    return frozenset(_plain(entity.name, entity.country) for entity in entities if _is_named(entity.name))


@lru_cache(maxsize=65536)
def _country_named(name: str, code: str | None) -> bool:
    from readout.knowledge.countries import countries

    country = countries().get(code or "")
    return country is not None and fold(name) in {fold(country.name), *map(fold, country.names)}


@lru_cache(maxsize=65536)
def _plain(name: str, country: str | None) -> str:
    named = _country_named(name, country)
    return country if named and country else fold(name).split()[-1] if name.strip() else ""


@lru_cache(maxsize=65536)
def _keys(name: str, kind: str, country: str | None) -> frozenset[str]:
    """Under which an entity is looked for: its country if it is one, the words of its name, its initials."""
    if _country_named(name, country):
        return frozenset({f"={country}"})
    words = [word for word in fold(name).split() if len(word) > 2 and word not in word_list("generic")]
    if kind == "person":
        words = words[-1:]
    initials = _initials(name)
    acronym = {name} if name.isupper() and len(name) <= 6 else set()
    found = {word[:5] for word in words} | ({initials} if len(initials) > 1 else set()) | acronym
    return frozenset(found or {fold(name)})


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())


def _kinds_agree(a: Entity, b: Entity) -> bool:
    """Kinds are the same, or one may be misread: a name without a point on the globe is no sure place."""
    if a.kind == b.kind:
        return True
    if fold(a.name) == fold(b.name):
        sure = (a.kind == "place" and a.location is not None, b.kind == "place" and b.location is not None)
        return not (any(sure) and "person" in (a.kind, b.kind))
    return {a.kind, b.kind} <= {"organization", "group", "facility"}


def _contradict(a: Entity, b: Entity) -> bool:
    """Whether two places lie in different countries or far from each other."""
    if a.kind != "place" or b.kind != "place":
        return False
    if a.country and b.country and a.country != b.country:
        return True
    return (
        a.location is not None
        and b.location is not None
        and distance_km(a, b) > SAME_PLACE_KM
        and not _country_named(a.name, a.country)
    )


def distance_km(a: Entity, b: Entity) -> float:
    """Distance in kilometres on a plane, good enough to tell one town from another; 0 where a point is unknown.

    Args:
        a: a place.
        b: another.
    """
    if a.location is None or b.location is None:
        return 0.0
    east = (a.location.lon - b.location.lon) * cos(radians(a.location.lat))
    return 111.2 * hypot(a.location.lat - b.location.lat, east)


def _rivals(a: Entity, b: Entity) -> bool:
    """Whether two are persons with full names that are not each other's."""
    both = a.kind == b.kind == "person" and len(a.name.split()) > 1 < len(b.name.split())
    return both and fold(a.name) != fold(b.name) and not _compared(a.name, b.name, "person")[1]


def _same_name(a: Entity, b: Entity) -> bool:
    return fold(a.name) == fold(b.name) or (_compared(a.name, b.name, a.kind)[1] and a.kind == b.kind)


@lru_cache(maxsize=200_000)
def _names_alike(one: str, other: str, its_country: str | None, others_country: str | None, kind: str) -> float:
    if fold(one) == fold(other) or (_country_named(one, its_country) and _country_named(other, others_country)):
        return 1.0
    if _acronym(one, other) or _acronym(other, one):
        return 0.8
    if _owner(one) != _owner(other) or (kind == "group" and fold(one)[-3:] != fold(other)[-3:]):
        return 0.0
    score, match = _compared(one, other, kind)
    if kind == "place":
        return score if score > 0.9 else 0.0
    return max(score, LIKELY) if match else 0.0


def _owner(name: str) -> str:
    """The one whose office, army or plant a name is ("Smith" in "Smith's office"): that is not its owner."""
    owner, mark, _ = name.replace("’", "'").partition("'s ")
    return fold(owner) if mark else ""


def _acronym(short: str, long: str) -> bool:
    return len(short) > 1 and short.isupper() and short.replace(".", "") == _initials(long)


@lru_cache(maxsize=200_000)
def _compared(one: str, other: str, kind: str) -> tuple[float, bool]:
    found = compare(one, other, kind if kind in ("person", "organization") else None)
    return found.score, found.match


def _company_needed(a: Entity, b: Entity, alone: bool) -> int:
    """How many other names two reports must share for two entities to be one."""
    if alone:
        return 1 if a.country and a.country == b.country else COMPANY
    return COMPANY + 1 if a.country and b.country and a.country != b.country else 0


def _needs_company(a: Entity, b: Entity) -> bool:
    """Whether the name alone says too little: a surname, a ministry, letters that may stand for anything."""
    if a.kind == "place" and b.kind == "place":
        return False
    if "person" in (a.kind, b.kind):
        return min(len(a.name.split()), len(b.name.split())) < 2
    generic = all(word in word_list("generic") or len(word) < 3 for word in fold(a.name).split())
    return generic or _acronym(a.name, b.name) or _acronym(b.name, a.name)
