"""Which names of one article are borne by the same: surnames, short forms, acronyms, nationalities."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span

from readout.extract.forms import Name
from readout.extract.kinds import kind_of_name
from readout.extract.people import same_people
from readout.extract.things import same_things
from readout.knowledge.bodies import body
from readout.knowledge.countries import countries, country_of
from readout.knowledge.nations import nation
from readout.schema import EntityKind

WEST = frozenset({"west", "western"})


@dataclass
class Bearer:
    """Everything that is one entity by its names alone."""

    names: list[Name]
    kind: EntityKind
    name: str
    country: str | None = None


def bearers(names: Iterable[Name]) -> list[Bearer]:
    """Put the names of the same bearer together.

    Args:
        names: the article's names in text order.

    Returns:
        One bearer for everybody and everything named, in the order of first mention.
    """
    names = list(names)
    nations: dict[str, list[Name]] = defaultdict(list)
    bodies: dict[str, list[Name]] = defaultdict(list)
    people, others = [], []
    mentioned = {found.country for name in names if name.label != "PERSON" and (found := nation(name.words.text))}
    for name in names:
        if name.label == "PERSON":
            people.append(name)
        elif (fullest := body(name.words.text)) is not None:
            bodies[fullest].append(name)
        elif (country := _half(name, mentioned) or _country_key(name)) is not None:
            nations[country].append(name)
        else:
            others.append(name)
    groups = [*nations.values(), *bodies.values(), *same_people(people), *same_things(others)]
    all_bearers = [bearer for group in groups if (bearer := _bearer(group)) is not None]
    return sorted(all_bearers, key=lambda bearer: bearer.names[0].words.start)


def _country_key(name: Name) -> str | None:
    """What puts a country's names and adjectives together; a people ("the Finns") stands apart from its country."""
    if name.key in WEST and name.label != "PERSON":
        return "west"
    found = nation(name.words.text)
    if found is None:
        return None
    is_people = found.by == "demonym" and name.words[-1].tag_ in ("NNS", "NNPS")
    return f"people of {found.name}" if is_people else found.name


def _half(name: Name, mentioned: set[str]) -> str | None:
    """The country that "the North" or "the South" is short for, where the article names it in full."""
    start = name.words.start
    text = name.words.doc[start - 1 : name.words.end].text if start else ""
    code = country_of(text, mentioned) if name.key in ("north", "south") else None
    return countries()[code].name if code else None


def _bearer(names: list[Name]) -> Bearer | None:
    names = sorted(names, key=lambda name: name.words.start)
    longest = max(names, key=_fullness)
    text = " ".join(longest.words.text.split())
    key = _country_key(longest) if longest.label != "PERSON" else None
    if key is not None:
        return _nation_bearer(names, key, text)
    known = kind_of_name(longest.words, longest.label)
    if known == "work" and longest.label == "MISC":
        known = next((k for n in names if (k := kind_of_name(n.words, n.label)) == "organization"), known)
    return None if known is None else Bearer(names, known, text, _nationality(longest.words))


def _fullness(name: Name) -> tuple[bool, bool, int]:
    found = nation(name.words.text) if name.label != "PERSON" else None
    by_name = found is None or found.by == "name"
    return by_name, found is not None and found.name == name.words.text, len(name.key)


def _nation_bearer(names: list[Name], key: str, longest: str) -> Bearer:
    if key == "west":
        return Bearer(names, "group", "West")
    known = [found for name in names if (found := nation(name.words.text))]
    country = known[0].country if known else None
    if key.startswith("people"):
        return Bearer(names, "group", longest, country)
    by_name = any(found.by == "name" for found in known)
    return Bearer(names, "place", longest if by_name else key, country)


def _nationality(words: Span) -> str | None:
    """The country named by the first words of a name ("Finnish Red Cross")."""
    for size in (2, 1):
        if len(words) > size and (found := nation(words[:size].text)):
            return found.country
    return None
