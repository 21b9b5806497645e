"""What is new as an Atom feed (RFC 4287): an entry for each event, newest report first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from lxml import etree

from readout import __version__
from readout.export.links import address, quoted_at
from readout.export.plain import plain
from readout.export.titles import title_of
from readout.record.questions.lines import Line

ATOM = "http://www.w3.org/2005/Atom"
EPOCH = "1970-01-01T00:00:00Z"
"""When nothing says when."""


def feed(lines: Iterable[Line], title: str = "Readout: what is new", base: str | None = None) -> bytes:
    """A feed of lines.

    Args:
        lines: of any question about events or expectations, in any order.
        title: the feed's.
        base: the address of a desk, where each item has a page; without it entries link to the articles.

    Returns:
        The file's bytes (UTF-8).
    """
    lines = sorted(lines, key=lambda line: (line.published or "", line.id), reverse=True)
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(root, "id", f"{base}/" if base else "urn:readout:new")
    _add(root, "title", title)
    _add(root, "updated", max((_moment(line.published) for line in lines), default=EPOCH))
    _add(root, "generator", "Readout", version=__version__)
    if base:
        _add(root, "link", href=base)
    for line in lines:
        _entry(root, line, base)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def _entry(root: etree._Element, line: Line, base: str | None) -> None:
    entry = etree.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "id", f"urn:readout:{line.id}")
    _add(entry, "title", title_of(line))
    _add(entry, "updated", _moment(line.published))
    _add(_add(entry, "author"), "name", plain(line.outlet or "unknown outlet"))
    if link := address(base, line.id) or quoted_at(line):
        _add(entry, "link", href=link)
    if "type" in line.what:
        _add(entry, "category", term=str(line.what["type"]))
    _add(entry, "summary", f"{plain(line.sentence)} [{line.sources} independent source(s)]", type="text")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text
    return child


def _moment(day: str | None) -> str:
    """A date, month or date-time (ISO 8601) as a moment of RFC 3339."""
    if not day:
        return EPOCH
    moment = datetime.fromisoformat(f"{day}-01" if len(day) == len("2024-03") else day)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat().replace("+00:00", "Z")
