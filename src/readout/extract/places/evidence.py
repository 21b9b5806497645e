"""What speaks for each place that a name may mean, as named features with weights.

The weights are a log-linear ranking's, fitted by `training/fit_places.py` (see the card in
`knowledge/data/places_weights.json`); a candidate's score is the weighted sum of its features.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from readout.knowledge.countries import capital_of
from readout.knowledge.folding import fold
from readout.knowledge.gazetteer import Gazetteer, Place

LARGE = 50_000
"""Inhabitants from which a town of the capital's name is the capital."""
KIND_WORDS = (
    (
        r"(?:province|region|state|county|parish|district|governorate|oblast|krai|territory|prefecture|republic)s?",
        "admin1 admin2",
    ),
    (r"(?:river|sea|strait|straits|gulf|lake|bay|canal|reservoir)", "water"),
    (r"(?:island|islands|peninsula|mountains|desert|valley|archipelago|plateau|steppe)", "landform region"),
    (r"(?:international )?airport", "airport"),
    (r"(?:military |naval |army )?(?:air ?base|airfield|airbase|base|garrison|barracks)", "military airport"),
    (r"(?:port|harbou?r|terminal|docks)", "port"),
    (r"(?:nuclear|power) (?:power )?(?:plant|station|site|facility|reactor)", "nuclear"),
    (r"(?:cosmodrome|spaceport|space cent(?:er|re)|launch site)", "spaceport"),
    (r"(?:prison|jail|camp|palace|square|crossing|checkpoint|hospital|shrine|mosque|stadium)", "site"),
    (r"(?:plant|factory|shipyard|refinery|mine|dam|works|oil ?field|gas ?field)", "facility"),
)  # fmt: skip
"""Common nouns behind a name, and the kinds of places that they call it."""
OF_WORDS = (
    (r"(?:city|town|village|capital|suburb|municipality|commune)", "city"),
    (r"(?:province|region|state|county|department|governorate|district)", "admin1 admin2"),
    (r"(?:island|islands|peninsula)", "landform region"),
    (r"(?:port|harbou?r)", "port city"),
    (r"(?:gulf|strait|sea|bay)", "water"),
)  # fmt: skip
"""Common nouns before "of" and a name."""
AFTER = tuple((re.compile(rf"[\s\-]+{words}\b"), frozenset(kinds.split())) for words, kinds in KIND_WORDS)
BEFORE = tuple((re.compile(rf"\b{words} of (?:the )?$", re.I), frozenset(kinds.split())) for words, kinds in OF_WORDS)
MAX_MENTIONS = 20
REASONS = {
    "population": "population", "kind": "kind", "called": "kind", "usual": "name", "capital": "name", "seat": "kind",
    "parent": "hierarchy", "child": "hierarchy", "beside": "hierarchy", "beside_child": "hierarchy",
    "same_country": "country", "country_named": "country", "same_division": "division", "near": "distance",
}  # fmt: skip
"""What each feature says of the way in which a name was resolved."""

Features = dict[str, float]


@cache
def weights() -> Mapping[str, float]:
    """The shipped weights by feature."""
    text = files("readout.knowledge.data").joinpath("places_weights.json").read_text(encoding="utf-8")
    table: dict[str, float] = json.loads(text)["weights"]
    return table


def score(features: Features, by: Mapping[str, float]) -> float:
    """The weighted sum of features."""
    return sum(by[name] * value for name, value in features.items())


def own_features(
    place: Place, name: str, called: frozenset[str], seats: frozenset[str | None], known: Gazetteer
) -> Features:
    """What speaks for a place by itself: the magnitude of its people, its kind, its usual name.

    Args:
        place: a candidate.
        name: the name as written.
        called: the kinds of place that the text's own words call it ("Sichuan province").
        seats: divisions in which a large town of this name lies.
        known: the gazetteer.

    Returns:
        Features by name.
    """
    found = {"population": math.log10(place.population + 100), f"kind.{place.kind}": 1.0}
    if known.is_usual(place, name):
        found["usual"] = 1.0
    if place.kind == "city" and place.population >= LARGE and fold(capital_of(place.country or "") or "") == fold(name):
        found["capital"] = 1.0
    if place.kind in called:
        found["called"] = 1.0
    elif place.kind == "admin1" and place.admin1 in seats:
        found["seat"] = 1.0
    return found


def called(text: str, mentions: Iterable[tuple[int, int]]) -> frozenset[str]:
    """The kinds of place that common nouns beside a name call it.

    Args:
        text: the article.
        mentions: where the name stands.

    Returns:
        Kinds of the gazetteer; empty where there is no such noun.
    """
    kinds: set[str] = set()
    for (start, end), _ in zip(mentions, range(MAX_MENTIONS), strict=False):
        before = text[max(0, start - 24) : start]
        kinds.update(*(found for pattern, found in AFTER if pattern.match(text, end)))
        kinds.update(*(found for pattern, found in BEFORE if pattern.search(before)))
    return frozenset(kinds)


def reason(winner: Features, other: Features, by: Mapping[str, float]) -> str:
    """What decided between two candidates: the group of features that the winner is most ahead in.

    Args:
        winner: the features of the chosen place.
        other: those of the runner-up.
        by: the weights.

    Returns:
        One of the values of `REASONS`.
    """
    ahead: dict[str, float] = {}
    for name in winner.keys() | other.keys():
        group = REASONS[name.partition(".")[0]]
        ahead[group] = ahead.get(group, 0.0) + by[name] * (winner.get(name, 0.0) - other.get(name, 0.0))
    return max(sorted(ahead), key=lambda group: ahead[group])
