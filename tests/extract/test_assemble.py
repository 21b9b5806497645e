"""From the layers of a document to a sound readout."""

import pytest
import spacy
from spacy.tokens import Doc

from readout import read_text
from readout.extract.assemble import readout_of
from readout.schema import (
    Article,
    Entity,
    Event,
    Expectation,
    Producer,
    Readout,
    Relation,
    Role,
    Screening,
    Statement,
    Toponym,
)

TEXT = "Envoy Lena Brandt of the ministry met rebels in Gao. She denied any deal."
PRODUCER = Producer(readout="0", model="none")


@pytest.fixture
def doc() -> Doc:
    return spacy.blank("en")(TEXT)


def assembled(doc: Doc) -> Readout:
    return readout_of(doc, Article(id="a", text=TEXT), "given", PRODUCER)


def test_nothing_read_is_an_empty_readout(doc: Doc):
    result = assembled(doc)
    assert (result.id, result.article.id) == ("given", "a")
    assert not result.entities and not result.events


def test_layers_are_in_the_order_of_the_text(doc: Doc):
    doc._.entities = [
        Entity(id="e2", kind="place", name="Gao", mentions=[(48, 51)]),
        Entity(id="e1", kind="person", name="Lena Brandt", mentions=[(53, 56), (6, 17)]),
    ]
    doc._.events = [Event(id="v2", type="AGREE", trigger=(68, 72)), Event(id="v1", type="CONSULT", trigger=(34, 37))]
    doc._.expectations = [Expectation(id="x1", event="v2"), Expectation(id="x2", event="v1")]
    result = assembled(doc)
    assert [entity.id for entity in result.entities] == ["e1", "e2"]
    assert result.entities[0].mentions == [(6, 17), (53, 56)]
    assert [event.id for event in result.events] == ["v1", "v2"]
    assert [item.event for item in result.expectations] == ["v1", "v2"]


def test_references_to_what_is_not_there_are_dropped(doc: Doc):
    doc._.entities = [
        Entity(
            id="e1",
            kind="person",
            name="Lena Brandt",
            mentions=[(6, 17)],
            roles=[Role(title="Envoy", organization="gone", span=(0, 5))],
            relations=[Relation(type="works_for", to="gone", span=(0, 5))],
        )
    ]
    doc._.toponyms = [Toponym(span=(48, 51), entity="gone", use="literal")]
    doc._.statements = [
        Statement(id="s1", speaker="gone", content_spans=[(57, 72)], kind="indirect", time="gone", reported_by="s1")
    ]
    doc._.events = [
        Event(id="v1", type="CONSULT", trigger=(34, 37), actors=["e1", "e1", "gone"], place="gone", asserted_by="gone")
    ]
    doc._.expectations = [Expectation(id="x1", event="gone")]
    doc._.screenings = [
        Screening(entity="gone", match=True),
        Screening(entity="e1", match=True, via={"entity": "gone"}),
    ]
    result = assembled(doc)
    assert result.entities[0].roles[0].organization is None
    assert result.entities[0].relations == []
    assert result.toponyms[0].entity is None
    assert (result.statements[0].speaker, result.statements[0].time, result.statements[0].reported_by) == (None,) * 3
    assert (result.events[0].actors, result.events[0].place, result.events[0].asserted_by) == (["e1"], None, None)
    assert result.expectations == []
    assert [(item.entity, item.via) for item in result.screenings] == [("e1", None)]


def test_an_entity_without_mention_stays_only_where_something_refers_to_it(doc: Doc):
    doc._.entities = [
        Entity(id="e1", kind="organization", name="ministry"),
        Entity(id="e2", kind="place", name="nowhere"),
        Entity(id="e3", kind="person", name="Brandt", mentions=[(6, 17)]),
    ]
    doc._.entities[2].roles = [Role(title="Envoy", organization="e1", span=(0, 5))]
    assert [entity.id for entity in assembled(doc).entities] == ["e3", "e1"]


def test_a_place_in_the_capitals_of_a_dateline_is_named_as_elsewhere():
    named = {e.name for e in read_text("TBILISI, May 3 - Talks began in Tbilisi.", published="2024-05-03").entities}
    alone = {e.name for e in read_text("TBILISI, May 3 - Talks began.", published="2024-05-03").entities}
    assert "Tbilisi" in named and "Tbilisi" in alone
    assert not {"TBILISI"} & (named | alone)
