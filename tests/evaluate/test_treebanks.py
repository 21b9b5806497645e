"""The parts that turn a treebank into Docs and Docs into CoNLL-U."""

from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, Span

from readout.evaluate import language


def sentence(text: str, words: list[str], *, meta: dict[str, str], glued: str = "", mwt: str = "") -> Any:
    """A sentence as the scorer's reader gives it: `glued` words have no space after them, `mwt` is one token."""
    rows = [
        [str(n), w, w.lower(), "X", "XX", "A=B|C=D", str(n - 1), "dep", "_", "SpaceAfter=No" if w in glued else "_"]
        for n, w in enumerate(words, 1)
    ]
    joined = {int(mwt.split("-")[0]): [mwt, "", "", "", "", "", "", "", "", "_"]} if mwt else {}
    pairs = [("text", text), *meta.items()]
    return SimpleNamespace(rows=rows, mwt=joined, meta=pairs, forms=words, get=dict(pairs).get)


@pytest.fixture
def text() -> list[Any]:
    return [
        sentence("Don't go.", ["Do", "n't", "go", "."], meta={"newdoc id": "a"}, glued="go", mwt="1-2"),
        sentence("Why?", ["Why", "?"], meta={}, glued="Why"),
        sentence("Rain fell", ["Rain", "fell"], meta={"newpar id": "a-2"}),
        sentence("Elsewhere", ["Elsewhere"], meta={"newdoc id": "b", "newpar": ""}),
    ]


def test_documents_are_parted_at_newdoc(text: list[Any]) -> None:
    assert [len(document) for document in language.documents(text)] == [3, 1]


def test_running_text_keeps_paragraphs(text: list[Any]) -> None:
    assert language.running_text(text[:3]) == "Don't go. Why?\n\nRain fell"


def test_given_words_keep_spaces_and_sentences(text: list[Any]) -> None:
    doc = language.given_words(spacy.blank("en"), text[:3])
    assert doc.text.strip() == "Don't go. Why? Rain fell"
    assert [s.text for s in doc.sents] == ["Don't go.", "Why?", "Rain fell"]


def test_rows_leave_out_white_space_and_count_within_the_sentence() -> None:
    nlp = spacy.blank("en")
    doc = Doc(
        nlp.vocab,
        words=["Rain", "fell", ".", "\n\n", "It", "stopped"],
        heads=[1, 1, 1, 5, 5, 5],
        deps=["nsubj", "root", "punct", "dep", "nsubj", "root"],
        sent_starts=[True, False, False, True, False, False],
    )
    first, second = language.doc_rows(doc)
    assert [(r[0], r[5], r[6]) for r in first] == [("Rain", 2, "nsubj"), ("fell", 0, "root"), (".", 2, "punct")]
    assert [(r[0], r[5], r[6]) for r in second] == [("It", 2, "nsubj"), ("stopped", 0, "root")]
    lines = language.conllu([first]).splitlines()
    assert lines[0].split("\t") == ["1", "Rain", "_", "_", "_", "_", "2", "nsubj", "_", "_"]


def test_features_are_compared_as_sets(text: list[Any]) -> None:
    doc = language.given_words(spacy.blank("en"), text[1:2])
    doc[0].set_morph("C=D|A=B")
    doc[1].set_morph("A=B")
    assert language.features(text[1:2], [doc]) == 50.0


def test_names_carry_the_label_set_of_the_gold() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["Ms.", "Ito", "left", "Kyoto"])
    doc.ents = [Span(doc, 1, 2, "PERSON"), Span(doc, 3, 4, "GPE")]
    assert language.entity_spans(doc) == [(1, 2, "PERSON"), (3, 4, "PLACE")]
