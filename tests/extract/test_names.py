"""Names of short reports: what is named, what kind of thing it is, and which names are borne by the same."""

import pytest
import spacy
from spacy.tokens import Doc, Span
from who import called, read, words

from readout.extract.kinds import DESIGNATION
from readout.extract.names import Names


def named(text: str, *names: tuple[str, str]) -> Doc:
    """A text with the given names marked, without tags and trees, after the room."""
    doc = spacy.blank("en")(text)
    spans = [doc.char_span(text.index(name), text.index(name) + len(name), label=label) for name, label in names]
    doc.set_ents([span for span in spans if span is not None])
    return Names()(doc)


def test_surname_joins_the_full_name():
    doc = read("Elina Valtonen met reporters in Helsinki. Valtonen said the talks were useful.")
    assert words(doc, called(doc, "Elina Valtonen"))[:2] == ["Elina Valtonen", "Valtonen"]


def test_two_people_of_one_surname_are_told_apart_by_the_form_of_address():
    doc = read("Bill Clinton and Hillary Clinton arrived. Mrs. Clinton spoke first. Mr. Clinton said he agreed.")
    assert words(doc, called(doc, "Hillary Clinton")) == ["Hillary Clinton", "Clinton"]
    assert words(doc, called(doc, "Bill Clinton")) == ["Bill Clinton", "Clinton", "he"]


def test_family_name_first():
    doc = read("Chen Wei-ming spoke on Friday. Chen said the school in Taipei would open.")
    assert words(doc, called(doc, "Chen Wei-ming"))[:2] == ["Chen Wei-ming", "Chen"]


def test_spelling_variants_of_one_name():
    doc = named("Min Jae-Won spoke. Later Min Jae Won left.", ("Min Jae-Won", "PERSON"), ("Min Jae Won", "PERSON"))
    assert len(doc._.entities) == 1 and len(doc._.entities[0].mentions) == 2


def test_country_its_adjective_and_its_abbreviation():
    doc = read("The United Kingdom protested. British officials met in London. The UK will appeal.")
    country = called(doc, "United Kingdom")
    assert words(doc, country) == ["United Kingdom", "British", "UK"]
    assert (country.kind, country.country) == ("place", "GBR")


def test_the_north_is_north_korea_only_where_that_is_named():
    doc = read("North Korea fired two rockets on Monday. South Korea said the North had broken a promise.")
    assert "North" in words(doc, called(doc, "North Korea"))


def test_acronym_and_long_form():
    doc = read("The International Atomic Energy Agency (IAEA) sent a team to Natanz. The IAEA will report in June.")
    assert words(doc, called(doc, "International Atomic Energy Agency")).count("IAEA") == 2


def test_short_form_with_the_same_head_noun():
    doc = read("Workers at the Pavel Novak Motor Plant went on strike. The Novak plant makes engines.")
    plant = called(doc, "Pavel Novak Motor Plant")
    assert "Novak plant" in words(doc, plant) and plant.kind == "facility"


def test_inverted_ministry():
    doc = named(
        "The Ministry of Defence confirmed it. The Defence Ministry gave no date.",
        ("Ministry of Defence", "ORG"),
        ("Defence Ministry", "ORG"),
    )
    assert [e.name for e in doc._.entities] == ["Ministry of Defence"]


@pytest.mark.parametrize("name", ["Su-35", "MQ-9", "T-72B", "Kh-101", "F16", "S-400"])
def test_designations(name):
    assert DESIGNATION.fullmatch(name)


@pytest.mark.parametrize("name", ["G-20", "COVID-19", "Covid-19", "Paris-2024"])
def test_what_is_no_designation(name):
    assert not DESIGNATION.fullmatch(name)


def test_kinds():
    doc = named(
        "Lyon, Grand Hotel, Unity Party, Clean Air Act, Su-30, Europeans and Eva Lund",
        ("Lyon", "GPE"),
        ("Grand Hotel", "FAC"),
        ("Unity Party", "ORG"),
        ("Clean Air Act", "LAW"),
        ("Su-30", "PRODUCT"),
        ("Eva Lund", "PERSON"),
    )
    kinds = {e.name: e.kind for e in doc._.entities}
    assert kinds == {
        "Lyon": "place",
        "Grand Hotel": "facility",
        "Unity Party": "organization",
        "Clean Air Act": "work",
        "Su-30": "equipment",
        "Eva Lund": "person",
    }


def test_title_and_possessive_are_no_part_of_a_name():
    doc = named("President Eva Lund's car was hit.", ("President Eva Lund's", "PERSON"))
    assert [e.name for e in doc._.entities] == ["Eva Lund"]


def test_an_office_alone_is_no_name():
    assert named("The Prime Minister left.", ("Prime Minister", "PERSON"))._.entities == []


def test_a_hyphenated_name_cut_by_the_model_is_made_whole():
    doc = named("He lives in Stoke-on-Trent now.", ("Stoke", "GPE"))
    assert [e.name for e in doc._.entities] == ["Stoke-on-Trent"]


def test_one_label_throughout_the_article():
    text = "Lund spoke. Lund left. Lund won."
    doc = spacy.blank("en")(text)
    doc.set_ents([Span(doc, 0, 1, "PERSON"), Span(doc, 3, 4, "GPE"), Span(doc, 6, 7, "PERSON")])
    (entity,) = Names()(doc)._.entities
    assert entity.kind == "person" and len(entity.mentions) == 3


def test_dates_and_numbers_of_other_pipelines_are_no_names():
    doc = named("On Friday 300 people left Oslo.", ("Friday", "DATE"), ("300", "CARDINAL"), ("Oslo", "GPE"))
    assert [e.name for e in doc._.entities] == ["Oslo"]


def test_many_names_in_little_time():
    names = [f"Aab{i} Bec{i % 97}" for i in range(3000)]
    doc = spacy.blank("en")(" and ".join(names))
    doc.set_ents([Span(doc, i * 3, i * 3 + 2, "PERSON") for i in range(len(names))])
    assert len(Names()(doc)._.entities) > 1000


def test_nothing_to_do():
    assert Names()(spacy.blank("en")(""))._.entities == []


def test_a_dateline_is_a_place():
    doc = read("ASTANA — Norwegian Foreign Minister Ingrid Solheim met miners on Wednesday.")
    assert called(doc, "ASTANA").kind == "place"


def test_a_legal_form_makes_a_body():
    doc = read("At least half of the work will go to PT Bahari, a yard in Surabaya.")
    assert called(doc, "PT Bahari").kind == "organization"
