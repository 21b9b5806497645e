"""What an article says for and against a name's bearer being the listed one."""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from readout.knowledge.folding import fold
from readout.resolve.lists.entry import Entry
from readout.resolve.screening.subject import Subject
from readout.resolve.screening.words import industries_of, words

SIGNS = {
    "country_same": 1, "country_unlike": -1, "country_other": -1, "age_same": 1, "age_other": -1,
    "before_birth": -1, "died_before_listing": -1, "is_public": 1, "is_private": -1, "public_life": 1,
    "private_life": -1, "role_same": 1, "linked_named": 1, "no_ship": -1, "town_same": 1, "industry_same": 1,
    "junior_differs": -1, "letters_only": -1,
}  # fmt: skip
"""The findings, each with what it says: 1 for the listed one, -1 against.

is_public, is_private: words of that sort of life among those that say what the bearer is (titles, apposition,
predicate); public_life, private_life: the same anywhere in the sentences about it; country_unlike: its sentences name
other countries than the list does; country_other: it is tied to another one; town_same: a town of the list's addresses
is named; junior_differs: one of both is called junior; letters_only: a name of few capitals may stand for many.
"""
LETTERS = 4
"""Capitals that are read as letters for other words."""
COUNTED = 2
"""How often words of public and private life count at most."""
REGIMES = {
    "RUSSIA": "RUS", "UKRAINE": "RUS", "DPRK": "PRK", "IRAN": "IRN", "SYRIA": "SYR", "VENEZUELA": "VEN",
    "BELARUS": "BLR", "BURMA": "MMR", "CUBA": "CUB", "ZIMBABWE": "ZWE", "NICARAGUA": "NIC", "IRGC": "IRN",
    "HK": "HKG", "DRCONGO": "COD", "SUDAN": "SDN", "SOUTH": "SSD", "LEBANON": "LBN", "SOMALIA": "SOM",
}  # fmt: skip
"""Country of a programme by the first word of its name."""
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_JUNIOR = re.compile(r"\b(?:jr|junior)\b", re.IGNORECASE)
_TELLING = re.compile(r"[a-z]{5,}")


@cache
def weights() -> dict[str, float]:
    """By how much a finding moves the log odds (`weights.json`, fitted by `training/fit_evidence.py`), and the bias."""
    known: dict[str, float] = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return known


def findings(subject: Subject, entry: Entry, article_words: set[str]) -> dict[str, float]:
    """What speaks for and against.

    Args:
        subject: the entity as the article shows it.
        entry: the entry whose name it bears.
        article_words: the capitalised words of the whole article, small.

    Returns:
        Findings, 1 each or as often as words were found; none where nothing can be told.
    """
    found = _of_places(subject, entry)
    if entry.kind == "person":
        found |= _of_life(subject, entry)
    if entry.kind == "organization" and industries_of(entry.name) & industries_of(subject.text):
        found["industry_same"] = 1.0
    if entry.kind == "vessel" and not subject.words & words("ships"):
        found["no_ship"] = 1.0
    if subject.name.isupper() and len(subject.name.replace(".", "")) <= LETTERS:
        found["letters_only"] = 1.0
    found |= _of_words(subject)
    others = article_words - _names(f"{entry.name} {subject.entity.name}")
    if any(_names(linked) & others for linked in entry.linked[:8]):
        found["linked_named"] = 1.0
    if len(_names(" ".join(entry.positions)) & subject.words) >= 2:
        found["role_same"] = 1.0
    return found


def _of_words(subject: Subject) -> dict[str, float]:
    """How often it is described by words of public and of private life, and its sentences hold others."""
    found = {}
    for name, listed in (("public", words("public")), ("private", words("private"))):
        near = subject.described & listed
        found[f"is_{name}"] = float(min(COUNTED, len(near)))
        found[f"{name}_life"] = float(min(COUNTED, len((subject.words & listed) - near)))
    return {name: count for name, count in found.items() if count}


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
    found = {"town_same": 1.0} if entry.addresses and subject.towns & _towns(entry) else {}
    if not known:
        return found
    if known & subject.countries and not (subject.bound and subject.bound.isdisjoint(known)):
        found["country_same"] = 1.0
    elif subject.bound:
        found["country_other"] = 1.0
    elif subject.countries:
        found["country_unlike"] = 1.0
    return found


@lru_cache(maxsize=20_000)
def _towns(entry: Entry) -> frozenset[str]:
    """The parts of its addresses between commas, numbers left out."""
    parts = {fold(re.sub(r"\d+", " ", part)).strip() for a in entry.addresses for part in re.split(r"[,;]", a)}
    return frozenset(parts - {""})


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
    if bool(_JUNIOR.search(subject.entity.name)) != any(_JUNIOR.search(n) for n in (entry.name, *entry.aliases)):
        found.append("junior_differs")
    return dict.fromkeys(found, 1.0)


def _names(text: str) -> set[str]:
    return set(_TELLING.findall(text.lower()))
