"""XML lists read element by element, with nothing in them followed, expanded or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from readout.errors import ContentError
from readout.resolve.lists.values import clean

Element = Any


def root(content: bytes) -> tuple[str, dict[str, str]]:
    """The name of the outermost element, without its namespace, and its attributes.

    Raises:
        ContentError: it is no XML, or declares a document type, which no published list does.
    """
    try:
        for _, element in _events(content, "start"):
            if element.getroottree().docinfo.doctype:
                raise ContentError("declares a document type (DOCTYPE), which no sanctions list does")
            return local(element), dict(element.attrib)
    except etree.XMLSyntaxError as error:
        raise ContentError(f"is no well-formed XML ({clean(error.msg)})") from None
    raise ContentError("holds no XML element")


def records(content: bytes, *names: str) -> Iterator[Element]:
    """The elements of some names, each when it is complete, names inside it without their namespace.

    Each element is emptied when the next one is asked for.

    Raises:
        ContentError: the XML is cut off or not well-formed.
    """
    try:
        for _, element in _events(content, "end", *names):
            for inner in element.iter(etree.Element):
                inner.tag = local(inner)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ContentError(f"is cut off or damaged ({clean(error.msg)})") from None


def texts(element: Element, path: str) -> list[str]:
    """The texts of the elements at a path that have one."""
    return [found.text.strip() for found in element.iterfind(path) if found.text and found.text.strip()]


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(etree.QName(element).localname)


def _events(content: bytes, event: str, *names: str) -> Iterator[tuple[str, Element]]:
    tags = tuple(f"{{*}}{name}" for name in names) or None
    parsed = etree.iterparse(
        BytesIO(content),
        events=(event,),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    return iter(parsed)
