"""Which country, part of a country or people a word names, so that "France", "French" and "the French" meet.

A part that the news calls by its own name (Scotland, Chechnya) is a nation of its own here, with the code of the
country that it belongs to.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from readout.knowledge.countries import countries, key, rows, split
from readout.knowledge.folding import fold


class Nation(NamedTuple):
    """A country, or a part of one with a name and adjective of its own."""

    name: str
    country: str
    """ISO 3166-1 alpha-3."""
    by: str
    """"name" or "demonym": which of the two the word was."""
    is_part: bool = False
    """Whether it is a part of its country."""


@cache
def _table() -> dict[str, Nation]:
    table: dict[str, Nation] = {}
    for country in sorted(countries().values(), key=lambda c: c.population):
        table |= {key(word): Nation(country.name, country.alpha3, "demonym") for word in country.demonyms}
    for row in rows("countries_parts.tsv"):
        table |= {key(word): Nation(row["name"], row["alpha3"], "demonym", True) for word in split(row["demonyms"])}
        table[key(row["name"])] = Nation(row["name"], row["alpha3"], "name", True)
    for country in countries().values():
        table |= {key(word): Nation(country.name, country.alpha3, "name") for word in (country.name, *country.names)}
    return table


@lru_cache(maxsize=1 << 15)
def nation(text: str) -> Nation | None:
    """The nation that a name or adjective stands for.

    Args:
        text: as written: "Britain", "U.S.", "North Korean", "Scots".

    Returns:
        The nation, or `None`. Small letters name no nation.
    """
    return _table().get(key(text)) if text[:1].isupper() and text[-1:] not in ",;:-" else None


@cache
def _words() -> frozenset[str]:
    return frozenset(word for name in _table() if " " in name for word in name.split())


@lru_cache(maxsize=1 << 15)
def in_long_name(word: str) -> bool:
    """Whether a word, hyphen or letter can stand in the name of a nation of several words ("Papua", "the")."""
    plain = fold(word)
    return len(plain) < 2 or plain in _words()


@cache
def _seats() -> frozenset[str]:
    return frozenset(
        key(row["name"]) for row in rows("countries_seats.tsv") if row["kind"] in ("government", "ministry")
    )


def is_seat(text: str) -> bool:
    """Whether the name of a building or square is used for the government that sits there ("Downing Street")."""
    return key(text) in _seats()
