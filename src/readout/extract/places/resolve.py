"""Which place a name means: candidates from the gazetteer, ranked by size and by what else the article names.

Every name gets one reading throughout the article (one sense per discourse: Gale, Church and Yarowsky 1992). A
candidate's score adds up its size, how common its kind is, the parent named beside it ("Paris, Texas"; "Russia's
Khabarovsk region"), and its nearness to the other places of the article (spatial minimality: Leidner 2007), over a few
rounds in which the others' readings settle. `evidence` holds the features and their fitted weights.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice, pairwise
from typing import NamedTuple

from readout.extract.places.candidates import candidates, misspelt
from readout.extract.places.evidence import Features, called, own_features, reason, score, weights
from readout.knowledge.countries import key
from readout.knowledge.gazetteer import Gazetteer, Place

ROUNDS = 3
EARTH_RADIUS = 6371.0
"""Kilometres."""
NEAR = 150.0
"""Kilometres within which places of one article support each other."""
APART = 25.0
"""Kilometres from which a candidate is another place, and not, say, the province around its seat."""
SEAT_SIZE = 50_000
"""Inhabitants from which a town rivals the division of its name."""
MAX_COMPANY = 60
"""Names whose distance is taken into account; bounds the work on long lists of places."""
COMMA_GAP = re.compile(r"\s*,\s*|\s*\(\s*")
BESIDE_GAP = re.compile(r"(?:['’]s?)?\s+(?:(?!(?:and|or|from|to|with|between|but|than)\b)[\w'’\-]+\s+){0,4}")
MAX_GAP = 60
MAX_PAIRS = 1000


class Named(NamedTuple):
    """One place name in a text: its first character, the one after its last, and its words."""

    start: int
    end: int
    text: str


class Resolved(NamedTuple):
    """What a name was resolved to."""

    place: Place | None
    by: str | None = None
    """What decided: "only" candidate, "spelling" (almost the name), else what sets it apart from the runner-up:
    "population", "kind", "name", "hierarchy", "country", "division" or "distance"."""
    runner_up: Place | None = None
    """The second-best candidate that lies elsewhere."""


@dataclass
class Reading:
    """All mentions of one name, its candidates, and the one that is chosen."""

    name: str
    mentions: list[Named]
    candidates: list[Place]
    features: dict[Place, Features] = field(default_factory=dict)
    """What speaks for each candidate: its size, and the words around its mentions."""
    fixed: dict[Place, float] = field(default_factory=dict)
    """The score of these features."""
    chosen: Place | None = None
    misspelt: bool = False

    def choose(self, score: Callable[[Place], float]) -> None:
        """Take the candidate with the best score; of equals the first, the most populous."""
        self.chosen = max(self.candidates, key=score, default=None)


def resolve(text: str, names: Sequence[Named], gazetteer: Gazetteer) -> list[Resolved]:
    """Say for each name which place it means, and why.

    Args:
        text: the article.
        names: the place names in it, in order, without overlaps.
        gazetteer: where to look them up.

    Returns:
        For each name what it was resolved to; its place is `None` where the gazetteer has none.
    """
    readings = read(text, names, gazetteer)
    company = settle(list(readings.values()), weights())
    found = {form: company.resolved(reading) for form, reading in readings.items()}
    return [found[key(name.text)] for name in names]


def read(text: str, names: Sequence[Named], gazetteer: Gazetteer) -> dict[str, Reading]:
    """The names of an article with their candidates and what speaks for each by itself."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for name in names:
        groups[key(name.text)].append(name)
    readings = {form: reading(text, group, gazetteer) for form, group in groups.items()}
    named = {r.candidates[0].country for r in readings.values() if r.candidates and r.candidates[0].kind == "country"}
    for one in readings.values():
        if not one.candidates:
            one.candidates, one.misspelt = misspelt(one.name, named, gazetteer), True
        add_own(one, text, named, gazetteer)
    add_neighbours(text, names, readings)
    return readings


def reading(text: str, mentions: list[Named], gazetteer: Gazetteer) -> Reading:
    """The candidates of one name."""
    first = mentions[0]
    before = text[max(0, first.start - 2) : first.start]
    return Reading(first.text, mentions, candidates(first.text, before, gazetteer))


def add_own(one: Reading, text: str, named: set[str | None], gazetteer: Gazetteer) -> None:
    """The features of a name's candidates that need no other name but the countries'."""
    kinds = called(text, ((mention.start, mention.end) for mention in one.mentions)) if len(one.candidates) > 1 else ()
    seats = frozenset(p.admin1 for p in one.candidates if p.kind == "city" and p.population >= SEAT_SIZE)
    for place in one.candidates:
        features = own_features(place, one.name, frozenset(kinds), seats, gazetteer)
        if place.kind != "country" and place.country in named:
            features["country_named"] = 1.0
        one.features[place] = features


def add_neighbours(text: str, names: Sequence[Named], readings: dict[str, Reading]) -> None:
    """Credit candidates that lie in what is named right beside them, once for each pair of names."""
    pairs: dict[tuple[str, str], str] = {}
    for left, right in pairwise(names):
        if right.start - left.end > MAX_GAP:
            continue
        gap, pair = text[left.end : right.start], (key(left.text), key(right.text))
        if COMMA_GAP.fullmatch(gap):
            pairs[pair] = "parent"
        elif BESIDE_GAP.fullmatch(gap):
            pairs.setdefault(pair, "beside")
    for (left_key, right_key), how in islice(pairs.items(), MAX_PAIRS):
        credit(readings[left_key], readings[right_key], how)
        if how == "beside":
            credit(readings[right_key], readings[left_key], how)


def credit(inner: Reading, outer: Reading, how: str) -> None:
    """Credit the inner name's candidates that lie within a candidate of the outer one, and that one too."""
    child = "child" if how == "parent" else "beside_child"
    for parent in outer.candidates:
        gain = 1.0 if parent.kind in ("country", "admin1") else 0.6
        for place in inner.candidates:
            if within(place, parent):
                add(inner.features[place], how, gain)
                add(outer.features[parent], child, gain)


def add(features: Features, name: str, gain: float) -> None:
    """Raise a feature to a gain."""
    features[name] = max(features.get(name, 0.0), gain)


def within(place: Place, parent: Place) -> bool:
    """Whether a place lies in another, larger one."""
    if place == parent or place.kind == "country":
        return False
    if parent.kind == "country":
        return place.country == parent.country
    if parent.kind == "admin1":
        return place.admin1 == parent.admin1 and place.kind != "admin1"
    return parent.kind in ("admin2", "region") and place.kind != "admin1" and kilometres(place, parent) < NEAR


def settle(readings: list[Reading], by: Mapping[str, float]) -> "Company":
    """Choose a candidate for each name, then again in the light of the others' choices.

    Args:
        readings: the names with their candidates and features; their choices are written.
        by: the weights.

    Returns:
        What the choices tell of each other.
    """
    for one in readings:
        one.fixed = {place: score(features, by) for place, features in one.features.items()}
        one.choose(lambda place, fixed=one.fixed: fixed[place])  # type: ignore[misc]
    for _ in range(ROUNDS):
        company = Company(readings, by)
        changed = False
        for one in readings:
            if len(one.candidates) > 1:
                before = one.chosen
                one.choose(partial(company.score, one))
                changed |= one.chosen != before
        if not changed:
            break
    return Company(readings, by)


class Company:
    """What an article's names, as read at present, tell of each other.

    Args:
        readings: all names with their present choices.
        by: the weights of features.
    """

    def __init__(self, readings: Sequence[Reading], by: Mapping[str, float]) -> None:
        self.by = by
        chosen = [(one.name, one.chosen, math.sqrt(len(one.mentions))) for one in readings if one.chosen]
        self.chosen = {name: place for name, place, _ in chosen}
        self.weight = {name: weight for name, _, weight in chosen}
        self.total = sum(self.weight.values())
        self.countries: dict[str | None, float] = defaultdict(float)
        self.divisions: dict[str | None, float] = defaultdict(float)
        for _, place, weight in chosen:
            self.countries[place.country] += weight
            self.divisions[place.admin1] += weight
        local = [(name, place) for name, place, _ in chosen if place.kind != "country"]
        self.near = sorted(local, key=lambda item: -self.weight[item[0]])[:MAX_COMPANY]

    def score(self, reading: Reading, place: Place) -> float:
        """A candidate's score with what speaks for it by itself and by the other names."""
        return reading.fixed[place] + score(self.features(reading, place), self.by)

    def features(self, reading: Reading, place: Place) -> Features:
        """What the other names say of a candidate."""
        own, mine = self.chosen.get(reading.name), self.weight.get(reading.name, 0.0)
        rest = self.total - mine
        if rest < 0.5:  # no other name
            return {}
        near = sum(closeness(place, other) for name, other in self.near if name != reading.name)
        found = {"near": min(3.0, near)}
        if place.country:
            country = self.countries[place.country] - (mine if own and own.country == place.country else 0.0)
            found["same_country"] = country / rest
        if place.admin1:
            division = self.divisions[place.admin1] - (mine if own and own.admin1 == place.admin1 else 0.0)
            found["same_division"] = min(1.0, 2 * division / rest)
        return found

    def seat(self, reading: Reading, chosen: Place) -> Place:
        """The town instead of the division around it ("Oslo", "Berlin"), unless the text calls it a division."""
        if chosen.kind != "admin1" or "called" in reading.features[chosen]:
            return chosen
        towns = (p for p in reading.candidates if p.kind == "city" and p.admin1 == chosen.admin1)
        return next((town for town in towns if kilometres(town, chosen) <= APART), chosen)

    def resolved(self, reading: Reading) -> Resolved:
        """The choice for a name, what decided it, and the runner-up."""
        chosen = reading.chosen
        if chosen is None:
            return Resolved(None)
        chosen = self.seat(reading, chosen)
        rivals = [place for place in reading.candidates if place != chosen and kilometres(place, chosen) > APART]
        if not rivals:
            return Resolved(chosen, "spelling" if reading.misspelt else "only")
        second = max(rivals, key=partial(self.score, reading))
        ahead, behind = (reading.features[place] | self.features(reading, place) for place in (chosen, second))
        return Resolved(chosen, "spelling" if reading.misspelt else reason(ahead, behind, self.by), second)


def closeness(place: Place, other: Place) -> float:
    """1 at the same spot, falling with distance, within one country."""
    if place.kind == "country" or other.country != place.country or abs(place.lat - other.lat) > 6:
        return 0.0
    return math.exp(-kilometres(place, other) / NEAR)


def kilometres(a: Place, b: Place) -> float:
    """The great-circle distance between two places (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(h)))
