"""The tables behind actor codes: words for kinds of actors, and names of persons and groups with dated roles.

`data/actor_words.tsv`, `data/actors_known.tsv` and `data/actors_leaders.tsv` are kept by hand;
`data/actors_holders.tsv.xz` is made by `training/build_actors.py`.
"""

import csv
import lzma
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from readout.errors import OptionError
from readout.knowledge.countries import key

ENVIRONMENT = "READOUT_ACTORS"
"""The environment's variable that names CSV tables of actors of the user's own, parted as in PATH."""
COLUMNS = ("names", "country", "sectors", "from", "to")
LONGEST = 5
"""Words in the longest word for a kind of actor that is looked for."""
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_CODE = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"(?:\d{4}-\d{2}-\d{2})?")


class Tenure(NamedTuple):
    """A role with its first and last day: ISO dates, empty where open."""

    country: str
    sectors: tuple[str, ...]
    start: str
    end: str


class Agent(NamedTuple):
    """What a word for a kind of actor says: "specific" sectors, those of an "office" anywhere, or "elite" (former)."""

    strength: str
    sectors: tuple[str, ...]


@cache
def agents() -> dict[tuple[str, ...], Agent]:
    """Words for kinds of actors, singular and lower case."""
    table: dict[tuple[str, ...], Agent] = {}
    for strength, sectors, phrases in _rows("actor_words.tsv"):
        for phrase in phrases.split("|"):
            table.setdefault(tuple(map(singular, phrase.split())), Agent(strength, tuple(sectors.split())))
    return table


@cache
def tenures() -> dict[str, list[Tenure]]:
    """The roles of each known name; a name has those of the first table that holds it, the user's own before all.

    Raises:
        OptionError: a table of the user's own cannot be read, lacks a column, or holds a value that cannot be used.
    """
    own = [Path(name) for name in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if name]
    tables: list[Iterable[list[str]]] = [own_rows(path) for path in own]
    tables += [_rows("actors_known.tsv"), _rows("actors_leaders.tsv"), _packed("actors_holders.tsv.xz")]
    known: dict[str, list[Tenure]] = {}
    for table in tables:
        added: dict[str, list[Tenure]] = {}
        for names, country, sectors, start, end in table:
            tenure = Tenure(country, tuple(sectors.split()), start, end)
            for name in names.split("|"):
                if tuple(map(singular, name.split())) not in agents():  # "Senate" is nobody's name
                    added.setdefault(name_key(name), []).append(tenure)
        known = added | known
    return known


@cache
def surnames() -> dict[str, str]:
    """Last words of leaders' names that no known name of another country ends in, with the name they stand for."""
    countries: dict[str, set[str]] = {}
    for name, terms in tenures().items():
        countries.setdefault(name.rpartition(" ")[2], set()).update(term.country for term in terms)
    leaders = (name_key(name) for row in _rows("actors_leaders.tsv") for name in row[0].split("|"))
    return {last: name for name in leaders if len(countries.get(last := name.rpartition(" ")[2], ())) == 1}


def name_key(name: str) -> str:
    """The form under which names of actors are kept: as for countries, without possessive endings."""
    return key(_POSSESSIVE.sub("", name))


def own_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table of the user's own: CSV with the columns names, country, sectors, from, to.

    Raises:
        OptionError: it cannot be read, lacks a column, or holds a value that cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise OptionError(f"{path}: cannot be read as a table of actors ({wrong})") from wrong
    reader = csv.DictReader(text.splitlines())
    if missing := [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]:
        raise OptionError(f"{path}: a table of actors has the columns {', '.join(COLUMNS)}; {missing[0]} is missing")
    for number, row in enumerate(reader, 2):
        values = [(row.get(name) or "").strip() for name in COLUMNS]
        codes = values[2].split() + ([values[1]] if values[1] else [])
        if not all(map(_CODE.fullmatch, codes)) or not all(map(_DAY.fullmatch, values[3:])):
            raise OptionError(f"{path}, line {number}: codes have three capital letters, days are like 2024-05-31")
        yield values


def singular(word: str) -> str:
    """A word in small letters without the ending of the plural, as far as spelling tells."""
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _rows(name: str) -> Iterator[list[str]]:
    text = files("readout.knowledge.data").joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def _packed(name: str) -> Iterator[list[str]]:
    packed = files("readout.knowledge.data").joinpath(name)
    if not packed.is_file():
        return iter(())
    return (line.split("\t") for line in lzma.decompress(packed.read_bytes()).decode().splitlines())
