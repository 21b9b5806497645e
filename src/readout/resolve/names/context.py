"""What is known of somebody beside a name, held against an entry of a list: it moves a score, and says by what."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from readout.knowledge.folding import fold
from readout.resolve.lists.entry import Entry

TEXT_LIMIT = 20_000
SHIFTS = {
    "country_same": 0.8,
    "country_other": -0.8,
    "birth_same": 1.2,
    "birth_other": -2.0,
    "city_same": 0.8,
    "role_same": 0.8,
}
"""By how much each finding moves the score, in units of the logistic function (log odds); set by hand: a different year
of birth weighs most, as in the matchers of OpenSanctions, whose qualifiers take 0.15 to 0.25 from a score."""
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    "director minister deputy head chief general former member state with from that this have been which their first"
    " company organization government national".split()
)

Context = str | Mapping[str, Any] | None


def shifts(context: Context, entry: Entry) -> dict[str, float]:
    """What a context says for and against an entry.

    Args:
        context: free text, or a mapping with any of country, city, birth (a year or ISO date), role; names of
        countries or
            ISO 3166-1 codes.
        entry: an entry of a list.

    Returns:
        The findings among `SHIFTS` that hold, each with its shift; none where nothing can be told.
    """
    if not context:
        return {}
    known = _from_text(context[:TEXT_LIMIT]) if isinstance(context, str) else _from_mapping(context)
    found = {}
    if known["countries"] and entry.countries:
        found["country_same" if known["countries"] & set(entry.countries) else "country_other"] = True
    years = {int(y) for date in entry.birth_dates for y in _YEAR.findall(date)}
    if known["births"] and years:
        near = any(abs(a - b) <= 1 for a in known["births"] for b in years)
        found["birth_same" if near else "birth_other"] = True
    if known["free"]:
        found.pop("country_other", None)
    address = fold(" ".join(entry.addresses))
    if any(re.search(rf"\b{re.escape(city)}\b", address) for city in known["cities"]):
        found["city_same"] = True
    office = set(_WORD.findall(fold(" ".join(entry.positions)))) - _COMMON
    if len(office & known["roles"]) >= min(2, len(office)) > 0:
        found["role_same"] = True
    return {name: SHIFTS[name] for name in found}


def _from_mapping(context: Mapping[str, Any]) -> dict[str, Any]:
    births = {
        int(y) for key in ("birth", "birth_year", "birth_date") for y in _YEAR.findall(str(context.get(key) or ""))
    }
    city = fold(str(context.get("city") or "")[:100])
    countries = _countries(str(context.get("country") or "")[:200])
    roles = set(_WORD.findall(fold(str(context.get("role") or "")[:500])))
    text = str(context.get("text") or "")[:TEXT_LIMIT]
    free = _from_text(text) if text else {"countries": set(), "births": set(), "cities": set(), "roles": set()}
    return {
        "countries": countries or free["countries"],
        "births": births or free["births"],
        "cities": {city} - {""} | free["cities"],
        "roles": roles | free["roles"],
        "free": bool(text) and not countries,
    }


@lru_cache(maxsize=512)
def _from_text(text: str) -> dict[str, Any]:
    """What a text names: countries by name or adjective, years said to be of birth, capitalised words as places."""
    births = {int(m[1]) for m in re.finditer(r"\bborn\b[^.;]{0,40}?\b((?:19|20)\d\d)\b", text)}
    capitals = {fold(m[0]) for m in re.finditer(r"\b[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]{2,})?", text)}
    roles = set(_WORD.findall(fold(text)))
    return {"countries": _countries(text), "births": births, "cities": capitals, "roles": roles, "free": True}


@lru_cache(maxsize=1)
def _country_words() -> dict[str, str]:
    from readout.knowledge.countries import countries

    words = {}
    for code, country in countries().items():
        for word in (country.name, *country.names, *country.demonyms):
            words[fold(word)] = code
    return words


def _countries(text: str) -> set[str]:
    """Codes of the countries that a text names, or whose code it is."""
    from readout.knowledge.countries import countries

    bare = text.strip().upper()
    if bare in countries():
        return {bare}
    if len(bare) == 2 and (found := [c.alpha3 for c in countries().values() if c.alpha2 == bare]):
        return set(found)
    words, known = fold(text).split(), _country_words()
    runs = (" ".join(words[i : i + n]).strip(';:!?()"“”') for n in (1, 2, 3) for i in range(len(words) - n + 1))
    return {known[run] for run in runs if run in known}
