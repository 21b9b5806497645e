"""Titles in the usual frames of news, and the bodies they are held in."""

import pytest
import spacy
from who import called, read, relations, titles

from readout.extract.roles import Roles

FRAMES = [
    ("Finland's Foreign Minister Elina Valtonen flew to Doha.", "Elina Valtonen", "Foreign Minister", "Finland"),
    ("Kremlin spokesman Tom Baker denied the report.", "Tom Baker", "Kremlin spokesman", "Kremlin"),
    ("Maria Rossi, the mayor of Palermo, opened a school.", "Maria Rossi", "mayor of Palermo", "Palermo"),
    ("Omid Karimi, 52, head of Pars Aviation, resigned.", "Omid Karimi", "head of Pars Aviation", "Pars Aviation"),
    ("The agency's director, Rafael Silva, told reporters to wait.", "Rafael Silva", "director", "agency"),
    ("Lena Vogel is the president of Norway.", "Lena Vogel", "president of Norway", "Norway"),
    ("Secretary of State Paul Jensen met his counterpart.", "Paul Jensen", "Secretary of State", None),
    ("Peter Szabo was elected president on Sunday.", "Peter Szabo", "president", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "title", "body"), FRAMES)
def test_frames(text, name, title, body):
    assert titles(read(text), name).get(title, "no such title") == body


def test_former_is_part_of_the_title_and_the_nationality_is_not():
    doc = read("Former Brazilian president Carla Mendes met voters in Recife.")
    assert titles(doc, "Carla Mendes") == {"Former president": "Brazil"}


def test_a_role_is_a_relation_too():
    doc = read("Jonas Berg, spokesman for the Health Ministry, and Senator Ana Ruiz spoke.")
    assert ("Jonas Berg", "works_for", "Health Ministry") in relations(doc)
    assert list(titles(doc, "Ana Ruiz")) == ["Senator"]


def test_heading_a_body_by_a_verb():
    doc = read("Anna Kovacs, who leads the Hungarian Press Council, praised the ruling.")
    assert titles(doc, "Anna Kovacs") == {"leader": "Hungarian Press Council"}


def test_a_calling_gives_a_nationality_and_no_employer():
    doc = read("Swiss painter Paul Keller died in Basel.")
    assert titles(doc, "Paul Keller") == {"painter": None}
    assert called(doc, "Paul Keller").country == "CHE"


def test_a_title_in_the_plural_before_two_names():
    doc = read("Presidents Lena Vogel and Peter Szabo signed the treaty.")
    assert list(titles(doc, "Lena Vogel")) == list(titles(doc, "Peter Szabo")) == ["Presidents"]


def test_a_body_named_by_a_pronoun():
    doc = read("Nordic Bank lost two million euros. Its chairman, Viktor Malin, blamed the weather.")
    assert titles(doc, "Viktor Malin") == {"chairman": "Nordic Bank"}


def test_the_title_of_somebody_else_is_not_taken():
    doc = read("Lena Vogel, Finance Minister Peter Szabo and their aides left.")
    assert titles(doc, "Lena Vogel") == {}


def test_critics_of_the_president_are_not_the_president():
    doc = read("Critics of President Lena Vogel marched in Oslo.")
    assert list(titles(doc, "Lena Vogel")) == ["President"]


def test_alone_in_a_pipeline():
    assert Roles()(spacy.blank("en")("President Lund spoke."))._.entities == []


def test_a_leader_by_a_verb():
    assert titles(read("Erik Holm, who leads the OSCE mission, said the count was fair."), "Erik Holm")["leader"]


def test_a_union_named_before():
    text = "Members of the Dockworkers Union walked out. Union secretary Maria Rossi said talks had failed."
    assert titles(read(text), "Maria Rossi") == {"Union secretary": "Dockworkers Union"}


def test_a_minister_of_the_country_in_view():
    text = "Canada froze the funds on Monday. Defence Minister Claire Martin said more names would follow."
    assert titles(read(text), "Claire Martin") == {"Defence Minister": "Canada"}
