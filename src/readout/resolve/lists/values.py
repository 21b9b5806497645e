"""The values of lists brought to one form: text, dates, countries, kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache

from readout.knowledge.countries import alpha3_of, countries, country_of, demonym, rows
from readout.knowledge.folding import fold
from readout.resolve.lists.entry import Kind

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("individual", "person", "p"), "person"),
    **dict.fromkeys(
        ("entity", "enterprise", "e", "organization", "organisation", "company", "legalentity", "publicbody"),
        "organization",
    ),
    **dict.fromkeys(("vessel", "ship"), "vessel"),
    **dict.fromkeys(("aircraft", "airplane"), "aircraft"),
}
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y")
BLANK_DAY = re.compile(r"^(?:dd|00)/(?:(?:mm|00)/)?", re.I)
"""The United Kingdom's way to say that day (and month) of a birth are not known."""
QUALIFIED = re.compile(r" \([^()]*\)$")
"""What follows a country's name in brackets: "Iran (Islamic Republic of)"."""
BIRTH_FORMS = ((DAY_FORMS, "%Y-%m-%d"), (("%b %Y", "%B %Y", "%m/%Y", "%Y-%m"), "%Y-%m"))


def clean(value: object) -> str:
    """A value as text on one line; nothing gives an empty text."""
    return " ".join(str(value).split()) if value is not None else ""


def unique(values: Iterable[str | None], but: str = "") -> tuple[str, ...]:
    """Cleaned values in their order, each once, without empty ones and without one that is known already."""
    cleaned = dict.fromkeys(clean(value) for value in values)
    return tuple(value for value in cleaned if value and value != but)


def kind_of(word: str | None) -> Kind:
    """The kind that a list's word for it stands for."""
    return KINDS.get(clean(word).lower(), "other")


def joined(*parts: str | None, by: str = ", ") -> str:
    """The parts that there are, on one line."""
    return by.join(part for part in map(clean, parts) if part)


def day_of(value: str | None, *forms: str) -> date | None:
    """A day as lists write it.

    Args:
        value: "2012-12-31", also with a time behind it, "31/12/2012", "31 Dec 2012" or "31-Dec-2012".
        forms: other `strptime` forms, tried first.

    Returns:
        The day, or None if it is none.
    """
    text = clean(value)
    for written in (text, text[:10]):
        for form in (*forms, *DAY_FORMS):
            try:
                return datetime.strptime(written, form).date()
            except ValueError:
                continue
    return None


@lru_cache(maxsize=65536)
def birth(value: str) -> str:
    """A date of birth as ISO day, month or year; what is none of these (a range) stays as written."""
    text = BLANK_DAY.sub("", clean(value).removeprefix("circa ").removeprefix("approximately "))
    for forms, iso in BIRTH_FORMS:
        for form in forms:
            try:
                return datetime.strptime(text, form).strftime(iso)
            except ValueError:
                continue
    return text


def codes(names: Iterable[str | None]) -> tuple[str, ...]:
    """The ISO 3166-1 alpha-3 codes of countries, by their codes or names; what is no country gives nothing."""
    return unique(code(clean(name)) for name in names if name)


@lru_cache(maxsize=4096)
def code(name: str) -> str | None:
    """The alpha-3 code of one country, also where a list writes "Korea, North" or "Region: Gaza"."""
    bare = QUALIFIED.sub("", name.removeprefix("Region: "))
    if other := _other_names().get(fold(name)) or _other_names().get(fold(bare)):
        return other
    name = bare
    if len(name) == 2 and name.isalpha():
        return alpha3_of(name.upper())
    if len(name) == 3 and name.upper() in countries():
        return name.upper()
    head, comma, tail = name.partition(",")
    tried = (name, f"{tail} {head}".strip() if comma else name, head)
    return next((found for text in tried if (found := _country(text))), None)


def _country(name: str) -> str | None:
    name = name[:1].upper() + name[1:]
    return country_of(name) or country_of(name.title()) or demonym(name)


@cache
def _other_names() -> dict[str, str]:
    """Names of countries that sanctions lists use and the news does not."""
    return {row["name"]: row["alpha3"] for row in rows("lists_countries.tsv")}
