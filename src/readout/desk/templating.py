"""Templates: everything is escaped, and nothing that cannot be shown comes through."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from readout import __version__
from readout.desk.exports import FORMS
from readout.export.dates import when
from readout.export.html import web_address
from readout.export.links import passage
from readout.export.plain import plain, visible
from readout.record.questions import Line

STATES = {
    "occurred": "●", "ongoing": "◐", "planned": "○", "denied": "✕", "alleged": "◇", "hypothetical": "△",
    "denies": "✕", "confirms": "✓", "promises": "○", "demands": "!", "accuses": "◇",
    "number": "≠", "date": "≠", "place": "≠",
    "open": "○", "overdue": "!", "fulfilled": "●", "postponed": "→", "dropped": "✕",
}  # fmt: skip
"""A sign for each status and stance, so that none is told by its colour alone."""


@cache
def environment() -> Environment:
    """The templates of the desk."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("readout.desk"), PackageLoader("readout.export", "page")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"plain": plain, "day": _day, "when": _when, "web": web_address, "sign": STATES.get, "at": at}
    made.globals |= {"version": __version__, "form": FORMS, "query": _query, "passage": passage}
    return made


def at(line: Line) -> str:
    """The address of the words that a line rests on, in their article."""
    start, end = line.span
    return f"/article/{quote(line.article)}?at={start}-{end}#w{start}"


def _shown(value: Any) -> Any:
    """What a template prints: nothing for what is not there, and no characters that cannot be shown."""
    if value is None:
        return ""
    return visible(value) if type(value) is str else value


def _day(value: str | None) -> str:
    return when(value, value, "day") if value else "undated"


def _when(line: Any) -> str:
    return when(line.start, line.end, line.precision) or "undated"


def _query(**values: Any) -> Markup:
    """A query of an address, with its question mark, of what is given."""
    told = {name: value for name, value in values.items() if value not in (None, "", [])}
    return Markup(f"?{urlencode(told, doseq=True)}".replace("&", "&amp;")) if told else Markup("")
