"""The stance of a speaker toward what he says, with the shipped model."""

import pytest
from spacy.language import Language

from readout.language import load


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(None)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Police said two men had been arrested at the ferry.", "asserts"),
        ("Zagreb said the gates were open when the water came.", "asserts"),
        ("The harbour board said it had no plan to sell the crane.", "denies"),
        ("The minister said nobody was tortured in the prison.", "denies"),
        ("The Kremlin claimed no agreements have been signed. Minsk had spoken of an agreement.", "denies"),
        ("Captain Ilse Moreno gave the order: “Keep the lights off. Wait for my signal.”", "demands"),
        ("The envoy called on both sides to cease fire.", "demands"),
        ("The council will build a footbridge next year, the mayor said.", "promises"),
        ("The minister admitted that the labels were wrong.", "confirms"),
        ("Villagers accused the mining company of poisoning the river.", "accuses"),
        ("“They lied to us in March,” the shop steward told reporters.", "accuses"),
        ("A reporter asked whether the mayor would resign.", "other"),
    ],
)
def test_a_stance_is_told_by_cue_and_words(nlp: Language, text: str, stance: str) -> None:
    statement, *_ = nlp(text)._.statements
    assert statement.stance == stance
