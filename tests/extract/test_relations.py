"""What belongs to what, by the article's words."""

import pytest
from who import called, read, relations

STATED = [
    ("Palermo, Italy, was hit by a storm.", ("Palermo", "located_in", "Italy")),
    ("The storm hit Bergen in western Norway.", ("Bergen", "located_in", "Norway")),
    ("The Kaduna region, where Zaria is the largest city, was flooded.", ("Zaria", "located_in", "Kaduna region")),
    ("Northern Energy, a subsidiary of Volta Group, closed a mine.", ("Northern Energy", "branch_of", "Volta Group")),
    ("Nordic Bank is owned by Volta Group.", ("Nordic Bank", "owned_by", "Volta Group")),
    ("Maria Rossi and her husband, Paolo Rossi, left Rome.", ("Maria Rossi", "relative_of", "Paolo Rossi")),
    ("Anna Lind of the Refugee Council criticised the plan.", ("Anna Lind", "works_for", "Refugee Council")),
    ("The French city of Lyon is growing.", ("Lyon", "located_in", "France")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "relation"), STATED)
def test_stated(text, relation):
    assert relation in relations(read(text))


def test_both_are_branches():
    doc = read(
        "The Novak shipyard and the Orlov refinery, both subsidiaries of Northern Energy Corporation, were closed."
    )
    for name in ("Novak shipyard", "Orlov refinery"):
        assert (name, "branch_of", "Northern Energy Corporation") in relations(doc)


def test_kinship_goes_both_ways():
    doc = read("Paolo Rossi, the son of Maria Rossi, was born in Turin.")
    assert {("Paolo Rossi", "relative_of", "Maria Rossi"), ("Maria Rossi", "relative_of", "Paolo Rossi")} <= relations(
        doc
    )


def test_an_owner():
    doc = read("Nordic Bank lost two million euros. Its owner, Viktor Malin, blamed the weather.")
    assert ("Nordic Bank", "owned_by", "Viktor Malin") in relations(doc)


@pytest.mark.parametrize(
    "text",
    [
        "He visited Lyon, Turin and Geneva.",
        "Nordic Bank is not owned by Volta Group.",
        "The U.S. Embassy in Oslo was closed.",
    ],
)
def test_what_is_not_stated(text):
    found = relations(read(text))
    assert not found & {
        ("Lyon", "located_in", "Turin"),
        ("Nordic Bank", "owned_by", "Volta Group"),
        ("U.S. Embassy", "located_in", "U.S."),
    }


def test_the_words_that_say_so():
    text = "Palermo, Italy, was hit by a storm."
    doc = read(text)
    (relation,) = called(doc, "Palermo").relations
    assert text[slice(*relation.span)] == "Palermo, Italy"


def test_where_a_firm_is_based():
    found = relations(read("Dubai-based Blue Sands Trading denied it. Iran-linked Amber Bank did too."))
    assert ("Blue Sands Trading", "located_in", "Dubai") in found
    assert not any(one == "Amber Bank" and kind == "located_in" for one, kind, _ in found)


def test_a_nationality_is_not_shared_by_what_is_listed_after():
    found = relations(read("Finland fined two Danish traders and a Dubai-based gold company on Monday."))
    assert not any("gold company" in one and other == "Denmark" for one, _, other in found)
