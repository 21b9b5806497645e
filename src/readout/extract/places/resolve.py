"""Which place a name means: candidates from the gazetteer, ranked by size and by what else the article names.

Every name gets one reading throughout the article (one sense per discourse: Gale, Church and Yarowsky 1992). A
candidate's score adds up its size, how common its kind is, the parent named beside it ("Paris, Texas"; "Russia's
Khabarovsk region"), and its nearness to the other places of the article (spatial minimality: Leidner 2007), over a few
rounds in which the others' readings settle. The weights are judged on LGL, TR-News and GeoVirus.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readout.knowledge.countries import capital_of
from readout.knowledge.folding import fold
from readout.knowledge.gazetteer import Gazetteer, Place

ROUNDS = 3
LARGE = 50_000
"""Inhabitants from which a town of the capital's name is the capital."""
MAX_CANDIDATES = 80
EARTH_RADIUS = 6371.0
"""Kilometres."""
NEAR = 150.0
"""Kilometres within which places of one article support each other."""
KIND_BONUS = {
    "country": 3.0, "region": 6.0, "water": 6.0, "military": 5.0, "nuclear": 5.0, "spaceport": 5.0, "facility": 5.0,
    "site": 5.0, "landform": 3.0, "admin1": 0.3, "admin2": -0.4, "city": 0.0, "airport": 3.5, "port": 3.0,
}  # fmt: skip
USUAL_NAME = 0.6
CAPITAL = 1.5
PARENT = 8.0
BESIDE = 2.0
SAME_COUNTRY = 2.5
SAME_DIVISION = 2.5
NEAR_OTHERS = 1.0
BESIDE_GAP = re.compile(r"(?:['’]s?)?\s+(?:(?!(?:and|or|from|to|with|between|but|than)\b)[\w'’\-]+\s+){0,4}")
COMMA_GAP = re.compile(r"\s*,\s*|\s*\(\s*")
PARTS = "northern|southern|eastern|western|central|north|south|east|west|northeastern|northwestern|southeastern|southwestern"
PARTS += "|northeast|northwest|southeast|southwest|upper|lower|inner|outer|downtown|suburban|rural|greater|mid|midtown|old|upstate"
PREFIX = re.compile(rf"(?:(?:{PARTS})[\s\-]+|(?:the\s+)?(?:city|town|village|port|state|province|region|island|county)\s+of\s+)", re.I)
SUFFIX = re.compile(
    r"[\s\-](?:city|town|village|province|region|state|county|parish|district|governorate|oblast|krai|territory|prefecture|"
    r"municipality|metropolitan area|area|republic|peninsula|island|islands|township|borough|valley|suburb|port|harbou?r)$",
    re.I,
)
DIVISION_WORDS = re.compile(
    r"[\s\-](?:province|region|state|county|parish|district|governorate|oblast|krai|territory|prefecture|republic)$", re.I
)


@dataclass
class Named:
    """One place name in a text.

    Args:
        start: first character.
        end: character after the last.
        text: the words.
    """

    start: int
    end: int
    text: str


@dataclass
class Reading:
    """All mentions of one name, its candidates, and the one that is chosen."""

    name: str
    mentions: list[Named]
    candidates: list[Place]
    fixed: Counter[Place] = field(default_factory=Counter)
    """What each candidate gains from its size and the words around its mentions."""
    chosen: Place | None = None


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
        groups[name.text].append(name)
    readings = {form: Reading(form, group, candidates(form, text, group, gazetteer)) for form, group in groups.items()}
    for reading in readings.values():
        reading.fixed = Counter({place: prior(place, reading.name, gazetteer) for place in reading.candidates})
    add_neighbours(text, names, readings)
    settle(list(readings.values()))
    return [readings[name.text].chosen for name in names]


def candidates(form: str, text: str, mentions: Sequence[Named], gazetteer: Gazetteer) -> list[Place]:
    """The places that a name may mean, by the loosest way of looking it up that is needed."""
    if (place := gazetteer.adjective(form)) is not None:
        return [place]
    first = mentions[0]
    behind_comma = text[max(0, first.start - 2) : first.start] in (", ", " (")
    if (behind_comma or "." in form) and (divisions := gazetteer.abbreviation(form)):
        return divisions
    found = gazetteer.lookup(form) or by_parts(form, gazetteer) or gazetteer.abbreviation(form)
    return (found or gazetteer.similar(form))[:MAX_CANDIDATES]


def by_parts(form: str, gazetteer: Gazetteer) -> list[Place]:
    """The places of a name without words such as "northern", "province" or "city of"."""
    shorter = PREFIX.sub("", SUFFIX.sub("", form.removesuffix("'s").removesuffix("’s")), count=1).strip()
    if shorter == form or not shorter:
        return []
    found = gazetteer.lookup(shorter)
    divisions = [place for place in found if place.kind.startswith("admin")] if DIVISION_WORDS.search(form) else []
    if not found and (place := gazetteer.adjective(shorter)) is not None:
        return [place]
    return divisions or found


def prior(place: Place, form: str, gazetteer: Gazetteer) -> float:
    """How likely a place is meant before anything else is known: the order of magnitude of its people, and its kind."""
    size = math.log10(place.population + 100) + KIND_BONUS[place.kind]
    if place.kind == "city" and place.country and place.population >= LARGE and fold(capital_of(place.country) or "") == fold(form):
        size += CAPITAL
    return size + (USUAL_NAME if gazetteer.is_usual(place, form) else 0.0)


def add_neighbours(text: str, names: Sequence[Named], readings: dict[str, Reading]) -> None:
    """Credit candidates that lie in what is named right beside them."""
    for left, right in zip(names, names[1:], strict=False):
        gap = text[left.end : right.start]
        if len(gap) > 60:
            continue
        inner, outer = readings[left.text], readings[right.text]
        if COMMA_GAP.fullmatch(gap):
            credit(inner, outer, PARENT)
        elif BESIDE_GAP.fullmatch(gap):
            credit(inner, outer, BESIDE)
            credit(outer, inner, BESIDE)


def credit(inner: Reading, outer: Reading, weight: float) -> None:
    """Give weight to the inner name's candidates that lie within a candidate of the outer one, and to that one."""
    best: Counter[Place] = Counter()
    for parent in outer.candidates:
        for place in inner.candidates:
            if within(place, parent):
                inner_gain = weight * (1.0 if parent.kind in ("country", "admin1") else 0.6)
                best[place] = max(best[place], inner_gain)
                best[parent] = max(best[parent], inner_gain / 2)
    for reading in (inner, outer):
        for place in reading.candidates:
            reading.fixed[place] += best[place]


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
    for reading in readings:
        reading.chosen = best_of(reading, lambda place, form=reading: form.fixed[place])
    for _ in range(ROUNDS):
        others = Company(readings)
        for reading in readings:
            if len(reading.candidates) > 1:
                reading.chosen = best_of(reading, lambda p, r=reading: r.fixed[p] + others.support(p, r))


def best_of(reading: Reading, score) -> Place | None:
    return max(reading.candidates, key=score, default=None)


class Company:
    """What an article's other names tell of one of them.

    Args:
        readings: all names with their present choices.
    """

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.weight: dict[str, float] = {r.name: math.sqrt(len(r.mentions)) for r in readings if r.chosen}
        self.chosen: dict[str, Place] = {r.name: r.chosen for r in readings if r.chosen}
        self.countries: Counter[str] = Counter()
        self.divisions: Counter[str] = Counter()
        for name, place in self.chosen.items():
            if place.country:
                self.countries[place.country] += self.weight[name]
            if place.admin1:
                self.divisions[place.admin1] += self.weight[name]
        self.total = sum(self.weight.values())

    def support(self, place: Place, reading: Reading) -> float:
        """How well a candidate fits the other names' places."""
        own = self.chosen.get(reading.name)
        mine = self.weight.get(reading.name, 0.0)
        rest = max(self.total - mine, 1e-9)
        if rest < 0.5:
            return 0.0
        country = self.countries[place.country or ""] - (mine if own and own.country == place.country else 0)
        division = self.divisions[place.admin1 or ""] - (mine if own and own.admin1 == place.admin1 else 0)
        near = sum(self.closeness(place, name) for name in self.chosen if name != reading.name)
        score = SAME_COUNTRY * country / rest * 1.0 + NEAR_OTHERS * min(near, 3.0)
        return score + (SAME_DIVISION * min(1.0, division / rest * 2) if place.admin1 else 0.0)

    def closeness(self, place: Place, name: str) -> float:
        """1 at the same spot, falling with distance, for places that are no countries."""
        other = self.chosen[name]
        if other.kind == "country" or place.kind == "country" or other.country != place.country:
            return 0.0
        return math.exp(-kilometres(place, other) / NEAR) if abs(place.lat - other.lat) < 6 else 0.0


def kilometres(a: Place, b: Place) -> float:
    """The great-circle distance between two places (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(h)))
