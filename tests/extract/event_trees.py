"""Made-up reports with trees (`tests/data/events.conllu`), named entities given by hand, as spaCy Docs."""

from pathlib import Path

from spacy.tokens import Doc
from statement_trees import read_docs

import readout.layers  # noqa: F401  (registers the attributes)
from readout.schema import Entity, Event, Time, _Span

FILE = Path(__file__).parents[1] / "data" / "events.conllu"
ENTITIES = {
    "person": ("Anna Berg", "Jonas Lund"),
    "organization": ("Nordic Council", "The army"),
    "place": ("Oslo", "Riga", "Tarvik", "Norland", "Sudmark", "Geneva", "Lisbon", "Cairo"),
}
OTHER_MENTIONS = {"Anna Berg": ("She",), "The army": ("It",)}


def reports() -> dict[str, Doc]:
    """The Docs by their ids, each with its entities."""
    docs = read_docs(FILE)
    for doc in docs.values():
        found = [(kind, name) for kind, names in ENTITIES.items() for name in names if name in doc.text]
        doc._.entities = [
            Entity(id=f"e{i}", kind=kind, name=name, mentions=_mentions(doc, name))
            for i, (kind, name) in enumerate(found, start=1)
        ]
    return docs


def _mentions(doc: Doc, name: str) -> list[_Span]:
    spans = [span(doc, words) for words in (name, *OTHER_MENTIONS.get(name, ())) if words in doc.text]
    after_name = doc.text.find("Berg", doc.text.find(name) + len(name)) if name == "Anna Berg" else -1
    return [*spans, _Span(after_name, after_name + 4)] if after_name >= 0 else spans


def span(doc: Doc, words: str) -> _Span:
    """Where the words first stand."""
    start = doc.text.index(words)
    return _Span(start, start + len(words))


def add_time(doc: Doc, words: str, start: str, end: str) -> None:
    """Give a temporal expression its interval."""
    doc._.times = [
        *doc._.times,
        Time(
            id=f"t{len(doc._.times) + 1}",
            span=span(doc, words),
            kind="date",
            value=start,
            start=start,
            end=end,
            precision="day",
        ),
    ]


def event(doc: Doc, trigger: str) -> Event:
    """The one event that has a mention in this word."""
    found = [e for e in doc._.events if trigger in mentions(doc, e)]
    assert len(found) == 1, (trigger, [(e.type, mentions(doc, e)) for e in doc._.events])
    return found[0]


def mentions(doc: Doc, found: Event) -> list[str]:
    """The words of an event's mentions."""
    return [doc.text[start:end] for start, end in found.mentions]


def names(doc: Doc, ids: list[str]) -> list[str]:
    """Names of entities."""
    by_id = {e.id: e.name for e in doc._.entities}
    return [by_id[i] for i in ids]
