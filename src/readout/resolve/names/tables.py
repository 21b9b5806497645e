"""The tables behind comparing names: forms of companies, given names, small words, how common words are."""

from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from readout.knowledge.countries import rows
from readout.knowledge.folding import fold

NAMES_COUNTED = {"person": 20_000, "other": 9_000}
"""What a word's count is set against, about as many names as were counted (`training/build_name_words.py`)."""


class Parts(NamedTuple):
    """Words that are not the name proper, by what they are."""

    titles: frozenset[str]
    honours: frozenset[str]
    """Titles that are borne as names as well."""
    suffixes: frozenset[str]
    particles: frozenset[str]
    stops: frozenset[str]
    markers: frozenset[str]
    abbreviations: dict[str, str]
    numbers: dict[str, str]
    numerals: dict[str, str]


def _text(name: str) -> str:
    return files("readout.knowledge.data").joinpath(name).read_text(encoding="utf-8")


@cache
def parts() -> Parts:
    """Titles, particles, abbreviations and number words (`names_parts.tsv`)."""
    cells = {row["part"]: row["words"] for row in rows("names_parts.tsv")}
    sets = {part: frozenset(fold(word) for word in cells[part].split()) for part in cells}
    return Parts(
        sets["title"],
        sets["honour"],
        sets["suffix"],
        sets["particle"],
        sets["stop"],
        sets["marker"],
        _pairs(cells["abbreviation"]),
        _pairs(cells["number"]),
        _pairs(cells["numeral"]),
    )


def _pairs(cell: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in cell.split())


@cache
def legal_forms() -> dict[tuple[str, ...], str]:
    """Legal forms of companies as words, each with its class (`names_legal.tsv`)."""
    forms = {}
    for row in rows("names_legal.tsv"):
        for form in row["forms"].split("|"):
            forms[tuple(form.split())] = row["class"]
    return forms


@cache
def given_names() -> dict[str, frozenset[int]]:
    """Given names with the groups of variants that they stand in (`names_given.txt`)."""
    groups: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_text("names_given.txt").splitlines()):
        if not line.startswith("#"):
            for name in line.split():
                groups[name].add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@cache
def counts(kind: str) -> dict[str, int]:
    """How many names of persons, or of others, hold a word (`names_words.tsv`); words in one or two are left out."""
    column = "person" if kind == "person" else "other"
    return {row["word"]: int(row[column]) for row in rows("names_words.tsv")}


@cache
def places() -> frozenset[str]:
    """Names of countries, one word each: in names of companies they part one branch from another."""
    from readout.knowledge.countries import countries

    names = (fold(name) for country in countries().values() for name in (country.name, *country.names))
    return frozenset(name for name in names if " " not in name and len(name) > 2)
