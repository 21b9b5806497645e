"""Templates: everything is escaped, and nothing that cannot be shown comes through."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from readout import __version__
from readout.desk.exports import FORMS
from readout.export.dates import when
from readout.export.plain import plain, visible
from readout.record.questions import Line

STATES = {
    "occurred": "●", "ongoing": "◐", "planned": "○", "denied": "✕", "alleged": "◇", "hypothetical": "△",
    "open": "○", "overdue": "!", "fulfilled": "●", "postponed": "→", "dropped": "✕",
}  # fmt: skip
"""A sign for each status, so that none is told by its colour alone."""


@cache
def environment() -> Environment:
    """The templates of the desk."""
    made = Environment(
        loader=PackageLoader("readout.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"plain": plain, "day": _day, "when": _when, "web": web_address, "sign": STATES.get, "at": at}
    made.globals |= {"version": __version__, "form": FORMS, "query": _query, "live": live_address}
    return made


def at(line: Line) -> str:
    """The address of the words that a line rests on, in their article."""
    return f"/article/{quote(line.article)}?at={line.span[0]}-{line.span[1]}#at"


def web_address(url: str | None) -> str:
    """The address if it is one of the web, else nothing: no `javascript:` and the like."""
    try:
        parts = urlsplit(url or "")
        return url if url and parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def live_address(url: str | None, words: str) -> str:
    """The address of some words on the live page, by a text fragment (WICG, URL Fragment Text Directives).

    Args:
        url: of the article.
        words: on the page; of long ones the beginning and the end are named.
    """
    address = web_address(url).partition("#")[0]
    split = words.split()
    if not address or not split:
        return address
    ends = [" ".join(split)] if len(split) <= _WHOLE else [" ".join(split[:_EDGE]), " ".join(split[-_EDGE:])]
    return f"{address}#:~:text={','.join(quote(end, safe='').replace('-', '%2D') for end in ends)}"


_WHOLE, _EDGE = 8, 4
"""Words that are named whole in a text fragment, and at each end of longer ones."""


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
