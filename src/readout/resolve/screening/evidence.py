"""What an article says for and against a name's bearer being the listed one."""

import re
from functools import lru_cache

from readout.resolve.lists.entry import Entry
from readout.resolve.screening.subject import Subject
from readout.resolve.screening.words import words

WEIGHTS = {
    "country_same": 1.2,
    "country_unlike": -0.8,
    "country_other": -3.0,
    "age_same": 1.5,
    "age_other": -4.0,
    "before_birth": -5.0,
    "died_before_listing": -5.0,
    "public_life": 0.7,
    "private_life": -1.4,
    "role_same": 1.5,
    "linked_named": 1.2,
    "no_ship": -4.0,
}
"""By how much a finding moves the log odds, set by hand on the development half of the set of namesakes; words of
public and private life count twice at most."""
COUNTED = 2
REGIMES = {
    "RUSSIA": "RUS", "UKRAINE": "RUS", "DPRK": "PRK", "IRAN": "IRN", "SYRIA": "SYR", "VENEZUELA": "VEN",
    "BELARUS": "BLR", "BURMA": "MMR", "CUBA": "CUB", "ZIMBABWE": "ZWE", "NICARAGUA": "NIC", "IRGC": "IRN",
    "HK": "HKG", "DRCONGO": "COD", "SUDAN": "SDN", "SOUTH": "SSD", "LEBANON": "LBN", "SOMALIA": "SOM",
}  # fmt: skip
"""Country of a programme by the first word of its name."""
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_TELLING = re.compile(r"[a-z]{5,}")


def findings(subject: Subject, entry: Entry, article_words: set[str]) -> dict[str, float]:
    """What speaks for and against.

    Args:
        subject: the entity as the article shows it.
        entry: the entry whose name it bears.
        article_words: the capitalised words of the whole article, small.

    Returns:
        Findings with their weights; none where nothing can be told.
    """
    found = _of_places(subject, entry)
    if entry.kind == "person":
        found |= _of_life(subject, entry)
    if entry.kind == "vessel" and not subject.words & words("ships"):
        found["no_ship"] = WEIGHTS["no_ship"]
    for name, listed in (("public_life", words("public")), ("private_life", words("private"))):
        if count := min(COUNTED, len(subject.words & listed)):
            found[name] = count * WEIGHTS[name]
    others = article_words - _names(f"{entry.name} {subject.entity.name}")
    if any(_names(linked) & others for linked in entry.linked[:8]):
        found["linked_named"] = WEIGHTS["linked_named"]
    if len(_names(" ".join(entry.positions)) & subject.words) >= 2:
        found["role_same"] = WEIGHTS["role_same"]
    return found


@lru_cache(maxsize=20_000)
def countries_of(entry: Entry) -> frozenset[str]:
    """Countries of an entry: its own, and those its programmes are about."""
    from readout.knowledge.countries import country_of

    regimes = {REGIMES[first] for p in entry.programmes if (first := re.split(r"[-\d ]", p)[0]) in REGIMES}
    born = re.search(r"POB [^;]*?([A-Z][A-Za-z ]+?)(?:;|$)", entry.remarks)
    place = country_of(born[1].strip()) if born else None
    return frozenset({*entry.countries, *regimes, *([place] if place else [])})


def _of_places(subject: Subject, entry: Entry) -> dict[str, float]:
    known = countries_of(entry)
    if not known:
        return {}
    if known & subject.countries:
        name = "country_same"
    elif subject.bound:
        name = "country_other"
    elif subject.countries:
        name = "country_unlike"
    else:
        return {}
    return {name: WEIGHTS[name]}


def _of_life(subject: Subject, entry: Entry) -> dict[str, float]:
    births = [int(year) for listed in entry.birth_dates for year in _YEAR.findall(listed)]
    found = []
    if births and subject.born:
        near = min(abs(subject.born - year) for year in births) <= 1
        found.append("age_same" if near else "age_other")
    if births and subject.years and max(subject.years) < max(births) + 12:
        found.append("before_birth")
    if subject.died and subject.died < 2001:
        found.append("died_before_listing")
    return {name: WEIGHTS[name] for name in found}


def _names(text: str) -> set[str]:
    return set(_TELLING.findall(text.lower()))
