"""Which place a name means: candidates from the gazetteer, ranked by size and by what else the article names.

Every name gets one reading throughout the article (one sense per discourse: Gale, Church and Yarowsky 1992). A
candidate's score adds up its size, how common its kind is, the parent named beside it ("Paris, Texas"; "Russia's
Khabarovsk region"), and its nearness to the other places of the article (spatial minimality: Leidner 2007), over a few
rounds in which the others' readings settle. The weights are judged on LGL, TR-News and GeoVirus.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice, pairwise

from readout.extract.places.candidates import DIVISION_WORD, candidates, misspelt
from readout.knowledge.countries import capital_of, key
from readout.knowledge.folding import fold
from readout.knowledge.gazetteer import Gazetteer, Place

ROUNDS = 3
LARGE = 50_000
"""Inhabitants from which a town of the capital's name is the capital."""
EARTH_RADIUS = 6371.0
"""Kilometres."""
NEAR = 150.0
"""Kilometres within which places of one article support each other."""
MAX_COMPANY = 60
"""Names whose distance is taken into account; bounds the work on long lists of places."""
KIND_BONUS = {
    "country": 3.0, "region": 6.0, "water": 6.0, "military": 5.0, "nuclear": 5.0, "spaceport": 5.0, "facility": 5.0,
    "site": 5.0, "landform": 3.0, "admin1": 0.3, "admin2": -0.4, "city": 0.0, "airport": 3.5, "port": 3.0,
}  # fmt: skip
"""Added to the common logarithm of the population; kinds without one get about what a place of the news needs."""
USUAL_NAME = 0.6
CAPITAL = 1.5
DIVISION = 1.5
SEAT = 0.6
PARENT = 8.0
BESIDE = 2.0
SAME_COUNTRY = 2.5
SAME_DIVISION = 2.5
NEAR_OTHERS = 1.0
COMMA_GAP = re.compile(r"\s*,\s*|\s*\(\s*")
BESIDE_GAP = re.compile(r"(?:['’]s?)?\s+(?:(?!(?:and|or|from|to|with|between|but|than)\b)[\w'’\-]+\s+){0,4}")
MAX_GAP = 60
MAX_PAIRS = 1000


@dataclass
class Named:
    """One place name in a text: its first character, the one after its last, and its words."""

    start: int
    end: int
    text: str


@dataclass
class Reading:
    """All mentions of one name, its candidates, and the one that is chosen."""

    name: str
    mentions: list[Named]
    candidates: list[Place]
    fixed: dict[Place, float] = field(default_factory=dict)
    """What each candidate gains from its size and the words around its mentions."""
    chosen: Place | None = None

    def choose(self, score: Callable[[Place], float]) -> None:
        """Take the candidate with the best score; of equals the first, the most populous."""
        self.chosen = max(self.candidates, key=score, default=None)


def resolve(text: str, names: Sequence[Named], gazetteer: Gazetteer) -> list[Place | None]:
    """Say for each name which place it means.

    Args:
        text: the article.
        names: the place names in it, in order, without overlaps.
        gazetteer: where to look them up.

    Returns:
        For each name a place, or `None` where the gazetteer has none.
    """
    groups: dict[str, list[Named]] = defaultdict(list)
    for name in names:
        groups[key(name.text)].append(name)
    readings = {form: reading(text, group, gazetteer) for form, group in groups.items()}
    named = {r.candidates[0].country for r in readings.values() if r.candidates and r.candidates[0].kind == "country"}
    for one in readings.values():
        one.candidates = one.candidates or misspelt(one.name, named, gazetteer)
        one.fixed = {place: prior(place, one, text, gazetteer) for place in one.candidates}
    add_neighbours(text, names, readings)
    settle(list(readings.values()))
    return [readings[key(name.text)].chosen for name in names]


def reading(text: str, mentions: list[Named], gazetteer: Gazetteer) -> Reading:
    """The candidates of one name."""
    first = mentions[0]
    before = text[max(0, first.start - 2) : first.start]
    return Reading(first.text, mentions, candidates(first.text, before, gazetteer))


def prior(place: Place, reading: Reading, text: str, gazetteer: Gazetteer) -> float:
    """How likely a place is meant before others are looked at: the magnitude of its people, its kind, its usual name,
    and whether the text calls it a region ("Sichuan province")."""
    score = math.log10(place.population + 100) + KIND_BONUS[place.kind]
    if gazetteer.is_usual(place, reading.name):
        score += USUAL_NAME
    if place.kind == "city" and place.country and place.population >= LARGE:
        score += CAPITAL if fold(capital_of(place.country) or "") == fold(reading.name) else 0.0
    if place.kind == "admin1":
        called = any(DIVISION_WORD.match(text, name.end) for name in reading.mentions)
        score += DIVISION if called else -seat_of_same_name(place, reading)
    return score


def seat_of_same_name(division: Place, reading: Reading) -> float:
    """What a division loses where a town within it has its name."""
    return (
        SEAT
        if any(p.kind == "city" and p.admin1 == division.admin1 and p.population >= LARGE for p in reading.candidates)
        else 0.0
    )


def add_neighbours(text: str, names: Sequence[Named], readings: dict[str, Reading]) -> None:
    """Credit candidates that lie in what is named right beside them, once for each pair of names."""
    pairs: dict[tuple[str, str], float] = {}
    for left, right in pairwise(names):
        if right.start - left.end > MAX_GAP:
            continue
        gap, pair = text[left.end : right.start], (key(left.text), key(right.text))
        if COMMA_GAP.fullmatch(gap):
            pairs[pair] = PARENT
        elif BESIDE_GAP.fullmatch(gap):
            pairs.setdefault(pair, BESIDE)
    for (left_key, right_key), weight in islice(pairs.items(), MAX_PAIRS):
        credit(readings[left_key], readings[right_key], weight)
        if weight == BESIDE:
            credit(readings[right_key], readings[left_key], weight)


def credit(inner: Reading, outer: Reading, weight: float) -> None:
    """Give weight to the inner name's candidates that lie within a candidate of the outer one, and half to that one."""
    gains: dict[Place, float] = defaultdict(float)
    for parent in outer.candidates:
        gain = weight * (1.0 if parent.kind in ("country", "admin1") else 0.6)
        for place in inner.candidates:
            if within(place, parent):
                gains[place] = max(gains[place], gain)
                gains[parent] = max(gains[parent], gain / 2)
    for side in (inner, outer):
        for place in side.candidates:
            side.fixed[place] += gains[place]


def within(place: Place, parent: Place) -> bool:
    """Whether a place lies in another, larger one."""
    if place == parent or place.kind == "country":
        return False
    if parent.kind == "country":
        return place.country == parent.country
    if parent.kind == "admin1":
        return place.admin1 == parent.admin1 and place.kind != "admin1"
    return parent.kind in ("admin2", "region") and place.kind != "admin1" and kilometres(place, parent) < NEAR


def settle(readings: list[Reading]) -> None:
    """Choose a candidate for each name, then again in the light of the others' choices."""
    for one in readings:
        one.choose(lambda place, fixed=one.fixed: fixed[place])  # type: ignore[misc]
    for _ in range(ROUNDS):
        company = Company(readings)
        for one in readings:
            if len(one.candidates) > 1:
                one.choose(partial(company.score, one))


class Company:
    """What an article's names, as read at present, tell of each other.

    Args:
        readings: all names with their present choices.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
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
        own, mine = self.chosen.get(reading.name), self.weight.get(reading.name, 0.0)
        rest = self.total - mine
        score = reading.fixed[place]
        if rest < 0.5:  # no other name
            return score
        country = self.countries[place.country] - (mine if own and own.country == place.country else 0.0)
        division = self.divisions[place.admin1] - (mine if own and own.admin1 == place.admin1 else 0.0)
        score += SAME_COUNTRY * country / rest if place.country else 0.0
        score += SAME_DIVISION * min(1.0, 2 * division / rest) if place.admin1 else 0.0
        return score + NEAR_OTHERS * min(3.0, sum(closeness(place, o) for name, o in self.near if name != reading.name))


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
