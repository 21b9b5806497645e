"""Capitals that speak for governments, when words were spoken, and who is said to have told whom: read by the model."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from readout.language import load
from readout.schema import Statement


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def read(nlp: Language, text: str, published: str = "2019-05-10") -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = published
    return nlp(doc)


def words(doc: Doc, span: tuple[int, int] | None) -> str | None:
    return doc.text[slice(*span)] if span is not None else None


def speaker(doc: Doc, statement: Statement) -> tuple[str, str, str | None]:
    (entity,) = (e for e in doc._.entities if e.id == statement.speaker)
    return entity.name, entity.kind, entity.country


def day(doc: Doc, statement: Statement) -> str | None:
    return next((time.value for time in doc._.times if time.id == statement.time), None)


def test_a_capital_speaks_for_its_government(nlp: Language):
    doc = read(nlp, "Nairobi denied on Monday that its troops had crossed the line, but Kampala insisted they had.")
    first, second = doc._.statements
    assert speaker(doc, first) == ("Nairobi", "place", "KEN") and first.stance == "denies"
    assert speaker(doc, second) == ("Kampala", "place", "UGA")
    assert {t.use for t in doc._.toponyms} == {"associative"}  # the governments, not the towns


def test_a_statement_has_the_day_it_was_made_and_not_one_that_it_tells_of(nlp: Language):
    doc = read(
        nlp,
        "The harbour will reopen on Sunday, the governor said late on Wednesday. "
        "On Thursday she told reporters that she had been wrong.",
    )
    assert [day(doc, s) for s in doc._.statements] == ["2019-05-08", "2019-05-09"]


def test_who_was_told_by_whom_within_what_is_said(nlp: Language):
    doc = read(
        nlp,
        "The miners' lawyer said that the foreman had begged for timber and that the company had promised a new pump.",
    )
    outer, begged, promised = doc._.statements
    assert [s.reported_by for s in (outer, begged, promised)] == [None, outer.id, outer.id]
    assert [words(doc, s.speaker_span) for s in (begged, promised)] == ["the foreman", "the company"]
    assert (begged.stance, promised.stance) == ("demands", "promises")


def test_what_is_denied_to_have_been_said_is_no_statement(nlp: Language):
    doc = read(nlp, "Captain Azlan denied having told a newspaper that his radar had failed.")
    (statement,) = doc._.statements
    assert statement.stance == "denies" and statement.reported_by is None


def test_a_word_mentioned_is_not_spoken(nlp: Language):
    doc = read(nlp, "“I sell colour,” the grocer told the inspectors. The word “saffron” was missing from two labels.")
    (statement,) = doc._.statements
    assert words(doc, statement.content_spans[0]) == "“I sell colour,”"
