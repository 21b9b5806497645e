"""Facilities of our own set (`datasets/facilities`): the right place, or the right town."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate.datasets import ROOT, Item, items, locate
from readout.extract.places.resolve import kilometres
from readout.knowledge.folding import fold
from readout.knowledge.gazetteer import Place
from readout.schema import Location

PARTS = ("dev", "test")
REACH = 25.0
"""Kilometres within which a point is the facility's own or its town's."""


def evaluate(nlp: Language, folder: Path = ROOT / "facilities") -> dict[str, float]:
    """Measure where facilities are placed.

    Args:
        nlp: the pipeline up to places.
        folder: the set.

    Returns:
        For each part the share of facilities that are given their place or town, in percent.
    """
    figures = {}
    for part in PARTS:
        own = list(items(folder / f"{part}.jsonl"))
        figures[f"facilities.{part}"] = 100 * sum(is_right(nlp(item["text"]), item) for item in own) / len(own)
    return figures


def is_right(doc: Doc, item: Item) -> bool:
    """Whether the facility that an item quotes is given its place or its town."""
    start, end = locate(item["text"], item["mention"])
    location, country, words = next(found(doc, start, end), (None, None, ""))
    right: dict[str, Any] = item["right"]
    if location is None:
        return False
    here, there = (Place("", "site", at["lat"], at["lon"], None) for at in (location.model_dump(), right))
    in_town = country == right["country"] and fold(right["town"]) in map(fold, (words, *location.within[:1]))
    return kilometres(here, there) <= REACH or in_town


def found(doc: Doc, start: int, end: int) -> Iterator[tuple[Location, str | None, str]]:
    """The points read for a stretch, those of the longest words first, with their countries and words."""
    entities = [(span, e.location, e.country) for e in doc._.entities for span in e.mentions]
    toponyms = [(t.span, t.location, t.country) for t in doc._.toponyms]
    touching = [row for row in (*toponyms, *entities) if row[1] and row[0][0] < end and start < row[0][1]]
    for span, at, country in sorted(touching, key=lambda row: row[0][0] - row[0][1]):
        if at:
            yield at, country, doc.text[slice(*span)]
