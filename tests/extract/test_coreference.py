"""Who pronouns and descriptions are."""

import spacy
from who import called, read, words

from readout.evaluate.coreference import b_cubed, ceaf_e, f1, muc
from readout.extract.coreference import Coreference


def test_pronouns_agree_in_gender():
    doc = read("Eva Lund thanked Peter Szabo. She said he had saved her life.")
    assert words(doc, called(doc, "Eva Lund")) == ["Eva Lund", "She", "her"]
    assert words(doc, called(doc, "Peter Szabo")) == ["Peter Szabo", "he"]


def test_it_is_a_thing():
    doc = read("Nordic Bank closed its offices in May. It said the move was final.")
    assert "It" in words(doc, called(doc, "Nordic Bank"))


def test_a_title_stands_for_its_holder():
    doc = read("Foreign Minister Elina Valtonen met Hakan Demir in Ankara. The minister later flew to Doha.")
    assert "The minister" in words(doc, called(doc, "Elina Valtonen"))


def test_the_deputy_is_not_the_holder():
    doc = read("President Lena Vogel met Vice President Otto Brandt. The vice president left early.")
    assert "The vice president" in words(doc, called(doc, "Otto Brandt"))


def test_a_nationality_tells_the_holder():
    doc = read("Norwegian President Lena Vogel met Finnish President Otto Brandt. The Norwegian president left early.")
    assert "The Norwegian president" in words(doc, called(doc, "Lena Vogel"))


def test_a_description_taken_up_becomes_an_entity():
    doc = read("A police officer was shot in Lagos on Friday. He died in hospital.")
    officer = called(doc, "A police officer")
    assert (officer.kind, words(doc, officer)) == ("person", ["A police officer", "He"])


def test_a_relative_pronoun_is_its_noun():
    doc = read("Fatima Haddad, who visited Tunis in May, praised the plan.")
    assert "who" in words(doc, called(doc, "Fatima Haddad"))


def test_they_are_several():
    doc = read("Two gunmen fled on foot, but they were caught.")
    assert words(doc, called(doc, "Two gunmen")) == ["Two gunmen", "they"]


def test_two_arguments_of_one_verb_are_two():
    doc = read("Otto Brandt praised him.")
    assert words(doc, called(doc, "Otto Brandt")) == ["Otto Brandt"]


def test_the_weather_is_nobody():
    doc = read("It is clear that Nordic Bank is in trouble.")
    assert words(doc, called(doc, "Nordic Bank")) == ["Nordic Bank"]


def test_without_names_or_trees():
    assert Coreference()(spacy.blank("en")("He said so."))._.entities == []


GOLD = [{(1, -1), (2, -1), (3, -1)}, {(4, -1), (5, -1), (6, -1), (7, -1)}]
FOUND = [{(1, -1), (2, -1)}, {(3, -1), (4, -1)}, {(5, -1), (6, -1), (7, -1)}]


def test_measures_by_hand():
    """MUC: 3 of 5 links kept, 3 of 4 right; B³: 5/3 + 10/4 of 7 and 6 of 7; CEAFe: 0.8 + 6/7 of 2 and of 3."""
    assert muc(GOLD, FOUND) == (3, 5, 3, 4)
    recall_of, recall_all, precise_of, precise_all = b_cubed(GOLD, FOUND)
    assert abs(recall_of - (5 / 3 + 10 / 4)) < 1e-9 and recall_all == precise_all == 7
    assert abs(precise_of - 6) < 1e-9
    total, gold, again, found = ceaf_e(GOLD, FOUND)
    assert total == again and (gold, found) == (2, 3) and abs(total - (0.8 + 6 / 7)) < 1e-9
    assert f1([(1, 2, 1, 2)]) == 0.5 and f1([(0, 0, 0, 0)]) == 0.0


def test_the_subject_of_a_passive_is_taken_up_and_not_its_agent():
    doc = read("Altyn Resources was bought by the holding company Kazyna Invest. It has accused the union of slander.")
    assert "It" in words(doc, called(doc, "Altyn Resources"))
    assert "the union" not in words(doc, called(doc, "Kazyna Invest"))
