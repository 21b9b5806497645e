"""Whether an event has happened, and by whose word."""

import pytest
from event_trees import add_time, event, reports, span
from spacy.tokens import Doc

from readout.extract.events import EventsComponent
from readout.extract.events.modality import modality
from readout.extract.status import StatusComponent, is_future
from readout.schema import Statement


def read(doc: Doc) -> Doc:
    return StatusComponent()(EventsComponent()(doc))


@pytest.mark.parametrize(
    ("doc", "trigger", "status"),
    [
        ("visit", "met", "occurred"),
        ("visit", "signed", "denied"),
        ("visit", "visit", "planned"),
        ("plans", "travel", "planned"),
        ("plans", "arrested", "alleged"),
        ("plans", "boycott", "hypothetical"),
        ("plans", "cancelled", "occurred"),
        ("talks", "disarm", "occurred"),
        ("talks", "accept", "occurred"),
        ("talks", "sanctions", "occurred"),
    ],
)
def test_status_from_grammar(doc: str, trigger: str, status: str):
    found = read(reports()[doc])
    assert event(found, trigger).status == status


def test_bare_noun_says_nothing():
    doc = reports()["visit"]
    assert modality(next(t for t in doc if t.text == "meeting")) is None


def test_a_plain_past_is_no_plan_and_has_no_day_to_come():
    doc = reports()["raid"]
    doc._.published = "2031-06-01"
    add_time(doc, "Friday", "2031-06-06", "2031-06-06")
    found = event(read(doc), "attacked")
    assert found.status == "occurred"
    assert found.start != "2031-06-06"


@pytest.mark.parametrize(("stance", "status"), [("denies", "denied"), ("accuses", "alleged"), ("asserts", "occurred")])
def test_voice_of_a_statement(stance: str, status: str):
    doc = reports()["raid"]
    content = span(doc, "Rebels attacked a convoy near Tarvik on Friday, killing 12 soldiers.")
    doc._.statements = [Statement(id="s1", content_spans=[content], kind="indirect", stance=stance)]
    found = event(read(doc), "attacked")
    assert (found.status, found.asserted_by) == (status, "s1")


def test_smallest_statement_is_the_voice_and_the_article_has_none():
    doc = reports()["visit"]
    outer, inner = span(doc, "No agreement was signed, Berg said."), span(doc, "No agreement was signed,")
    doc._.statements = [Statement(id=i, content_spans=[s], kind="indirect") for i, s in (("s1", outer), ("s2", inner))]
    read(doc)
    assert event(doc, "signed").asserted_by == "s2"
    assert event(doc, "met").asserted_by is None


@pytest.mark.parametrize(
    ("start", "published", "future"),
    [
        ("2031-06-02", "2031-06-01", True),
        ("2031-06-01", "2031-06-01T18:00:00Z", False),
        ("2031-06-20", "2031-06", False),
        ("2031-07-01", "2031-06", True),
        (None, "2031-06-01", False),
        ("2031-06-01", None, False),
    ],
)
def test_future_is_judged_at_the_coarser_grain(start: str | None, published: str | None, future: bool):
    assert is_future(start, published) is future
