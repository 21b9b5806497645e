"""Sanctions that the article states."""

import pytest
import spacy
from who import read, stated

from readout.extract.screenings import Screenings

STATED = [
    ("The Novak shipyard built the ferry. It is under U.S. sanctions.", "Novak shipyard", "under U.S. sanctions"),
    ("Acme Bank was added to the U.S. sanctions list in March.", "Acme Bank", "added to the U.S. sanctions list"),
    ("The U.S. Treasury imposed sanctions on Eva Lund in May.", "Eva Lund", "imposed sanctions on Eva Lund"),
    ("Baltic Star Lines was sanctioned by the EU.", "Baltic Star Lines", "was sanctioned by the EU"),
    ("Canada sanctioned Acme Bank last week.", "Acme Bank", "sanctioned Acme Bank"),
    ("Viktor Malin, who is already under British sanctions, owns the ship.", "Viktor Malin", "under British sanctions"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "words"), STATED)
def test_stated(text, who, words):
    assert stated(read(text)) == [(who, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Washington may sanction Acme Bank.",
        "The United States lifted sanctions on Acme Bank last year.",
        "Acme Bank is not under U.S. sanctions.",
        "Lawmakers urged the European Union to impose sanctions on Acme Bank.",
        "Western sanctions hurt the economy.",
        "Canada threatened to sanction Acme Bank.",
        "The committee sanctioned nothing.",
    ],
)
def test_what_is_not_stated(text):
    assert stated(read(text)) == []


def test_each_of_several():
    doc = read("The EU imposed sanctions on Omid Karimi and Nordic Bank.")
    assert [who for who, _ in stated(doc)] == ["Omid Karimi", "Nordic Bank"]


def test_those_that_the_next_sentence_lists():
    doc = read(
        "Canada imposed sanctions on twelve companies on Monday. These targets include Acme Bank and Volta Group."
    )
    assert {"Acme Bank", "Volta Group"} <= {who for who, _ in stated(doc)}


def test_a_statement_is_a_match_without_a_list():
    (screening,) = read("Canada sanctioned Acme Bank last week.")._.screenings
    assert screening.match and screening.list is None and screening.entry_id is None


def test_running_twice_adds_nothing():
    doc = read("Canada sanctioned Acme Bank last week.")
    assert len(Screenings()(doc)._.screenings) == 1


def test_without_trees():
    assert Screenings()(spacy.blank("en")("They are under sanctions."))._.screenings == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Commerce Department added Red Line Shipping to its blacklist.", {"Red Line Shipping"}),
        ("Karim Daoud, named in the sanctions, denied the charge.", {"Karim Daoud"}),
        ("Britain announced sanctions targeting Karim Daoud and Amber Bank.", {"Karim Daoud", "Amber Bank"}),
        ("Karim Daoud's assets were frozen by the Treasury.", {"Karim Daoud"}),
        ("The European Union imposed asset freezes on Karim Daoud in June.", {"Karim Daoud"}),
        ("Britain is considering sanctions targeting Karim Daoud.", set()),
        ("Britain lifted sanctions targeting Karim Daoud.", set()),
        ("Britain plans to freeze the assets of Karim Daoud.", set()),
    ],
)
def test_in_other_words(text, names):
    assert {name for name, _ in stated(read(text))} == names
