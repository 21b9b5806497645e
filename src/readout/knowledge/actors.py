"""Actor codes: the country and the PLOVER sectors (GOV, MIL, REB, ...) that a person, body or group acts for, by date.

The words themselves come first ("Turkish foreign minister"), then tables of persons and groups with dates
(`actor_tables`), then places. Sectors are those of the PLOVER manual (https://github.com/openeventdata/PLOVER).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from readout.knowledge.actor_tables import LONGEST, Agent, Tenure, agents, name_key, singular, surnames, tenures
from readout.knowledge.countries import country_of, demonym, seat_of_power
from readout.knowledge.gazetteer import gazetteer

MAX_TEXT = 300
"""Characters of a description that are read."""
TOWN = 20_000
"""Inhabitants from which a place's name is looked for among the words that say who somebody is."""
MAX_WORDS = 6
"""Words of the longest name looked up."""
VAGUE = frozenset({"UAF", "CVL", "UNK", "JNK", "SOC"})
"""Sectors of words that say less than the name of a known group beside them: Boko Haram gunmen are REB."""
PAST = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY", "OPP"})
"""Sectors whose former holders are ELI; a rebel of former days stays one."""
RANK = {"JNK": 9, "UNK": 8, "CVL": 7, "EDU": 5, "PTY": 5, "SOC": 4, "OPP": 6, "LAB": 4, "PRE": 2, "GOV": 3}
"""Which of several sectors says most (the least number): an opposition lawmaker is LEG, a police driver COP."""
BESIDE_OPP = frozenset({"LEG", "PTY", "CVL"})
"""Sectors that the opposition is told apart in."""
WHERE = frozenset({"in", "at", "across", "inside", "throughout", "within"})
WHITHER = frozenset({"to", "against", "from", "with", "near", "over", "on"})
_WORD = re.compile(r"\w+(?:[.’'\-]\w+)*\.?")
_POSSESSIVE = re.compile(r"['’]s?$")
_BASED = re.compile(
    r"(?:-(?:based|born|led|run|held|controlled)|\b\w[\w.]{0,40}-(?:backed|trained|funded|allied|aligned|brokered))\b"
)
_FORMER = re.compile(r"\bex-(?=\w)", re.IGNORECASE)


class ActorCode(NamedTuple):
    """Whom an actor acts for."""

    country: str
    """ISO 3166-1 alpha-3; IGO, UNO, EUR, NGO, IMG (international militants) for those of none; empty if unknown."""
    sectors: tuple[str, ...]
    """PLOVER sectors, the main one first; empty for a country as such."""
    how: str
    """"words" of the text, "holder" (a dated table), "place", or "unknown"."""


class _Said(NamedTuple):
    sectors: tuple[str, ...]
    weak: bool
    """Whether the words fit an office anywhere ("leader", "official")."""


def actor_code(text: str, context: str = "", day: str | None = None) -> ActorCode:
    """The code of an actor named by some words.

    Args:
        text: a name or description: "Chadian rebels", "Prime Minister Scott Morrison", "the Baltic Fleet".
        context: words that say more, such as a country named beside it.
        day: ISO date of the report; without it, today.

    Returns:
        Country and sectors, as far as words and tables tell. A holder of an office whose term is over is ELI.

    Raises:
        OptionError: a table of the user's own cannot be read.
    """
    words = _words(text)
    main, where = _parts(words)
    known, at, end = _known(main, (day or date.today().isoformat())[:10])
    said = _said(main[:at] + main[end:])
    nation = _nation(main)
    country = nation or (known.country if known else "") or _nation(where)
    vague = not said.sectors or said.weak or said.sectors[0] in VAGUE
    if known is not None and known.sectors and vague and "ELI" not in said.sectors:
        return ActorCode(country, known.sectors, "holder")
    if not country:
        return _placed(main, where, said, _nation(_words(context)))
    return ActorCode(country, said.sectors, "holder" if known and not nation else "words")


def sectors_of_words(text: str) -> tuple[str, ...]:
    """The sectors that words for kinds of actors tell: "retired police chief" is ELI, "union president" LAB."""
    return _said(_parts(_words(text))[0]).sectors


def _said(words: Sequence[str]) -> _Said:
    found = list(_agents([singular(word) for word in words]))
    specific = [agent.sectors for agent in found if agent.strength == "specific"]
    office = [agent.sectors for agent in found if agent.strength == "office"]
    past = any(agent.strength == "elite" for agent in found)
    if not specific:
        return _Said(("ELI",) if past and office else office[0] if office else (), weak=True)
    best = min(specific, key=lambda sectors: RANK.get(sectors[0], 1))
    if past and (best[0] in PAST or office):
        return _Said(("ELI",), weak=False)
    if best[0] in BESIDE_OPP and "OPP" not in best and ("OPP",) in specific:
        best = (*best, "OPP")
    return _Said(best, weak=False)


def _agents(words: list[str]) -> Iterator[Agent]:
    """The known words of a phrase, the longest at each place."""
    at = 0
    while at < len(words):
        sizes = range(min(LONGEST, len(words) - at), 0, -1)
        size = next((n for n in sizes if tuple(words[at : at + n]) in agents()), 0)
        if size:
            yield agents()[tuple(words[at : at + size])]
        at += size or 1


def _placed(main: list[str], where: list[str], said: _Said, around: str) -> ActorCode:
    """The code of somebody whose country only a place tells, or the words around."""
    seat = seat_of_power(" ".join(main)) if not said.sectors else None
    if seat:
        return ActorCode(seat, ("GOV",), "place")
    if around:
        return ActorCode(around, said.sectors, "words")
    if country := _town(tuple(main), TOWN) or _town(tuple(where), 0):
        return ActorCode(country, said.sectors or ("CVL",), "place")
    return ActorCode("", said.sectors, "words" if said.sectors else "unknown")


def _words(text: str) -> list[str]:
    plain = _FORMER.sub("former ", _BASED.sub(" ", text[:MAX_TEXT]))
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(plain)]


def _parts(words: list[str]) -> tuple[list[str], list[str]]:
    """Who it is, and where: what stands before the first preposition of place or direction, and behind one of place."""
    at = next((i for i, word in enumerate(words) if i and word in WHERE | WHITHER), len(words))
    where = words[at + 1 :] if at < len(words) and words[at] in WHERE else []
    return words[:at], where


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches that begin and end with a capital, the longest first, then from the left."""
    for size in range(min(MAX_WORDS, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            if words[at][:1].isupper() and words[at + size - 1][:1].isupper():
                yield at, at + size


def _nation(words: Sequence[str]) -> str:
    """The country named first, by name, adjective or people."""
    named = ((at, at - end, _country(" ".join(words[at:end]))) for at, end in _runs(words))
    return min(((at, size, code) for at, size, code in named if code), default=(0, 0, ""))[2]


@lru_cache(maxsize=1 << 14)
def _country(name: str) -> str:
    return demonym(name) or country_of(name) or ""


@lru_cache(maxsize=1 << 12)
def _town(words: tuple[str, ...], inhabitants: int) -> str:
    """The country of the most populous place with the longest name among the words."""
    for at, end in _runs(words):
        name = " ".join(words[at:end])
        named = tuple(map(singular, words[at:end])) not in agents()
        places = [
            p for p in gazetteer().lookup(name) if p.country and (p.population >= inhabitants or end - at == len(words))
        ]
        if named and places:
            return places[0].country or ""
    return ""


def _known(words: list[str], day: str) -> tuple[Tenure | None, int, int]:
    """The role on a day of the longest known name among the words, and where the name stands."""
    for at, end in _runs(words):
        name = name_key(" ".join(words[at:end]))
        terms = tenures().get(surnames().get(name, name))
        if terms and (role := _on(terms, day)):
            return role, at, end
    return None, len(words), len(words)


def _on(terms: list[Tenure], day: str) -> Tenure | None:
    """The role on a day: the one in force, else of the one that ended last; of one to come only the country."""
    begun = [term for term in terms if term.start <= day]
    if held := [term for term in begun if not term.end or day <= term.end]:
        return max(held, key=lambda term: term.start)
    if not begun:
        return terms[0]._replace(sectors=())
    last = max(begun, key=lambda term: term.end)
    return last._replace(sectors=("ELI",)) if last.sectors and last.sectors[0] in PAST else last
