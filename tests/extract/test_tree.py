"""The shared helpers on UD trees."""

import pytest
from spacy.tokens import Doc, Token
from statement_trees import read_docs

from readout.extract import tree


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    return read_docs()


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def subject_text(token: Token) -> str | None:
    found = tree.subject(token)
    return None if found is None else found[0].text


def test_relation_without_subtype_stands_for_all(docs: dict[str, Doc]):
    sold = word(docs["denial"], "sold")
    assert [t.text for t in tree.children(sold, "nsubj")] == ["permits"]
    assert tree.children(sold, "nsubj:outer") == []
    assert tree.is_passive(sold)


@pytest.mark.parametrize(
    ("name", "verb", "expected"),
    [
        ("relative", "said", "Tomas"),
        ("adding", "adding", "Brandl"),
        ("promise", "reopen", "Lindqvist"),
        ("asked", "send", "guard"),
        ("partial", "denied", "Adeyemi"),
        ("tell", "warned", "Brandl"),
    ],
)
def test_understood_subject(docs: dict[str, Doc], name: str, verb: str, expected: str):
    assert subject_text(word(docs[name], verb)) == expected


def test_subject_of_a_passive_says_so(docs: dict[str, Doc]):
    found = tree.subject(word(docs["denial"], "sold"))
    assert found is not None and found[0].text == "permits" and found[1]


def test_negation_by_particle_and_by_determiner(docs: dict[str, Doc]):
    assert tree.is_negated(word(docs["denial"], "sold"))
    assert tree.is_negated(word(docs["possible"], "say"))
    assert not tree.is_negated(word(docs["reported"], "left"))


def test_spans_are_characters_without_outer_space(docs: dict[str, Doc]):
    doc = docs["reported"]
    start, end = tree.subtree_span(word(doc, "left"))
    assert doc.text[start:end] == "that the ferry had left late and that two inspectors were aboard"
    start, end = tree.sentence_span(docs["turns"][0])
    assert docs["turns"].text[start:end] == "“We found no leak,” Oyelaran told reporters on Tuesday."


def test_paragraphs_part_at_blank_lines(docs: dict[str, Doc]):
    bounds = tree.paragraphs(docs["turns"])
    assert [docs["turns"][start].text for start, _ in bounds] == ["“", "“"]
    assert all(not docs["turns"][end - 1].is_space for _, end in bounds)


def test_conjuncts_from_any_member(docs: dict[str, Doc]):
    denied = word(docs["partial"], "denied")
    assert [t.text for t in tree.conjuncts(denied)] == ["called", "denied"]


def test_preposition_of_several_words(docs: dict[str, Doc]):
    assert tree.preposition(word(docs["according"], "official")) == "according to"


def test_long_chains_stay_bounded():
    words = ["run"] * 3000
    doc = Doc(
        read_docs()["promise"].vocab, words=words, heads=[max(i - 1, 0) for i in range(3000)], deps=["conj"] * 3000
    )
    assert len(tree.conjuncts(doc[2999])) <= 4 * tree.MAX_STEPS + 1
    assert tree.subject(doc[2999]) is None
