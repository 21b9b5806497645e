"""One self-contained page: the article with its words marked, beside it what was read in them.

The page needs nothing from elsewhere. Its content security policy allows only its own style and script, by their
hashes, so that even a mistake in escaping could not run what an article brings along.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from readout import __version__
from readout.export.marks import Mark, Segment, paragraphs
from readout.export.plain import plain, visible
from readout.export.view import View
from readout.schema import Readout, Span

LAYERS = {
    "person": "People",
    "body": "Bodies",
    "place": "Places",
    "time": "Times",
    "statement": "Statements",
    "event": "Events",
}
"""The layers of marks that a reader can switch on and off."""

UNLINKED = ("statement", "listed", "slot", "at", "around")
"""Marks that are lit with their line and are no link to it: most of them are long, or the words of something else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of the article as the page shows it.

    Attributes:
        id: its anchor.
        text: its words.
        items: ids of the items that cover it, the shortest first, parted by blanks.
        layers: CSS classes.
        link: the item a click leads to, or "" where only a long statement covers it.
    """

    id: str
    text: str
    items: str
    layers: str
    link: str


def page(readout: Readout) -> str:
    """Make the page of one article.

    Args:
        readout: what the article says.

    Returns:
        HTML.
    """
    view = View(readout)
    pieces = marked(view)
    template = _environment().get_template("page.html")
    return template.render(
        view=view,
        paragraphs=pieces,
        targets=targets(pieces),
        layers=LAYERS,
        address=web_address(view.article.url),
        captions=[plain(f"{caption.text} {caption.credit or ''}") for caption in view.article.captions],
        related=[(plain(link.title), web_address(link.url)) for link in view.article.related],
        style=_asset("page.css"),
        script=_asset("page.js"),
        policy=_policy(),
        plain=plain,
        version=__version__,
    )


def marked(view: View, more: Iterable[Mark] = ()) -> list[list[Piece]]:
    """The paragraphs of an article, cut into pieces that know what covers them.

    Args:
        view: the article with what was read in it.
        more: marks besides those of what was read.
    """
    text, marks = view.article.text, [*_marks(view), *more]
    return [[_piece(segment, text) for segment in paragraph] for paragraph in paragraphs(text, marks)]


def _marks(view: View) -> list[Mark]:
    layers: dict[str, list[Any]] = {
        "person": view.people,
        "body": view.bodies,
        "place": view.places,
        "time": view.moments,
        "statement": [line for lines in view.said.values() for line in lines],
    }
    marks = [
        mark for layer, lines in layers.items() for line in lines for mark in _marks_of(line.id, layer, line.spans)
    ]
    for line in view.timeline:
        marks += _marks_of(line.id, f"event is-{line.status}", line.spans)
        marks += _marks_of(line.id, "slot", line.slots)
    listed = ((f"listed-{number}", line) for number, line in enumerate(view.sanctions))
    return marks + [mark for item, line in listed for mark in _marks_of(item, "listed", line.spans)]


def _marks_of(item: str, layer: str, spans: tuple[Span, ...]) -> list[Mark]:
    return [Mark(start, end, item, layer) for start, end in spans]


def _piece(segment: Segment, text: str) -> Piece:
    marks = segment.marks
    link = next((mark.item for mark in marks if mark.layer not in UNLINKED), "")
    layers = {name for mark in marks for name in mark.layer.split()}
    return Piece(
        id=f"w{segment.start}",
        text=visible(text[segment.start : segment.end]),
        items=" ".join(dict.fromkeys(mark.item for mark in marks)),
        layers=" ".join(sorted(layers)),
        link=link,
    )


def targets(pieces: list[list[Piece]]) -> dict[str, str]:
    """For each item the anchor of its first words."""
    targets: dict[str, str] = {}
    for paragraph in pieces:
        for piece in paragraph:
            for item in piece.items.split():
                targets.setdefault(item, piece.id)
    return targets


def web_address(url: str | None) -> str:
    """The address if it is one of the web, else nothing: no `javascript:` and the like."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("readout.export", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> Markup:
    return Markup(files("readout.export").joinpath("page", name).read_text(encoding="utf-8"))


def _policy() -> str:
    return (
        f"default-src 'none'; style-src {_hash(_asset('page.css'))}; script-src {_hash(_asset('page.js'))}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    """A source of a content security policy (W3C CSP Level 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
