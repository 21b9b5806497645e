"""Names looked for on a small list."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.resolve.lists.entry import Entry
from readout.resolve.names import NameIndex

LIST = [
    Entry("t", "1", "VORONTSOV, Arkady Lvovich", "person", aliases=("VORONTSOFF, Arkadi",), countries=("RUS",)),
    Entry("t", "2", "VORONTSOVA, Irina Arkadyevna", "person"),
    Entry("t", "3", "AL-HADIDI, Muhammad Karim", "person", birth_dates=("1961-03-02",), countries=("YEM",)),
    Entry("t", "4", "KIM, Song Guk", "person"),
    Entry("t", "5", "KIM, Tong Hun", "person"),
    Entry("t", "6", "PUBLIC JOINT STOCK COMPANY SEVERNAYA ZVEZDA", "organization", listed_on=date(2022, 3, 1)),
    Entry("t", "7", "MILITARY REPAIR PLANT NO. 12", "organization"),
    Entry("t", "8", "KHALID, Ali", "person", weak_aliases=("ABU ZAR",)),
    Entry("t", "10", "BARQUERO SOLIS, Ignacio", "person"),
    Entry("t", "9", "GOLDEN HERON", "vessel", listed_on=date(2021, 1, 1), delisted_on=date(2022, 6, 1)),
]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex(LIST)


def matched(index: NameIndex, name: str, kind: str | None = None, **more: object) -> list[str]:
    return [hit.entry.id for hit in index.screen(name, kind, **more) if hit.match]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("Arkady Vorontsov", "person", "1"),
        ("Arkadij Woronzow", "person", "1"),
        ("Muhammad Karim al-Hadidi", "person", "3"),
        ("Kim Song Guk", "person", "4"),
        ("Ignacio Barquero", "person", "10"),
        ("Ignacio Barquero Solis", "person", "10"),
        ("Severnaya Zvezda", "organization", "6"),
        ("Golden Heron", "vessel", "9"),
    ],
)
def test_found(index: NameIndex, name: str, kind: str, wanted: str) -> None:
    hits = index.screen(name, kind)
    assert hits[0].entry.id == wanted
    assert hits[0].match


def test_a_lone_name_gives_candidates_only(index: NameIndex) -> None:
    hits = index.screen("Kim", "person")
    assert {hit.entry.id for hit in hits} >= {"4", "5"}
    assert not any(hit.match for hit in hits)
    assert matched(index, "Vorontsov", "person") == []


def test_relatives_namesakes_and_other_numbers_do_not_match(index: NameIndex) -> None:
    assert matched(index, "Oleg Vorontsov", "person") == []
    assert matched(index, "Military Repair Plant No. 14", "organization") == []
    assert matched(index, "John Peterson", "person") == []
    assert matched(index, "Trading Company") == []


def test_the_second_of_two_surnames_alone_is_no_match(index: NameIndex) -> None:
    assert "10" not in matched(index, "Ignacio Solis", "person")


def test_a_common_given_name_does_not_crowd_out_the_rare_surname() -> None:
    kin, given = ("ALI", "KHAN", "AHMAD", "HUSAYN", "SALIH"), ("Muhammad", "Mohamed", "Mohammad", "Mehmet", "Mohammed")
    crowd = [Entry("t", f"{k} {g}", f"{k}, {g}", "person") for k in kin for g in given]
    wanted = Entry("t", "w", "TSAROEV, Magomed Beslanovich", "person")
    assert matched(NameIndex([*crowd, wanted]), "Magomed Tsaroev", "person") == ["w"]


def test_a_name_stands_on_the_list_letter_by_letter_or_not(index: NameIndex) -> None:
    assert index.has("Severnaya Zvezda", "organization")
    assert not index.has("Severnaya Zvezda Logistics", "organization")
    assert not index.has("Severnaya Zvezda", "person")


def test_weak_aliases_do_not_identify(index: NameIndex) -> None:
    assert "8" not in matched(index, "Abu Zarr", "person")


def test_the_day_bounds_what_is_found(index: NameIndex) -> None:
    assert matched(index, "Severnaya Zvezda", "organization", on=date(2022, 2, 1)) == []
    assert matched(index, "Severnaya Zvezda", "organization", on=date(2022, 3, 1)) == ["6"]
    assert matched(index, "Golden Heron", "vessel", on=date(2022, 6, 1)) == []


def test_context_moves_the_score_and_says_so(index: NameIndex) -> None:
    bare = index.screen("Mohammed al-Hadidi", "person")[0]
    same = index.screen("Mohammed al-Hadidi", "person", {"birth_year": 1961, "country": "Yemen"})[0]
    other = index.screen("Mohammed al-Hadidi", "person", {"birth_year": 1990, "country": "Norway"})[0]
    assert other.score < bare.score < same.score
    assert same.features["context.birth_same"] > 0
    assert other.features["context.country_other"] < 0


def test_nothing_to_search_and_nothing_to_find(index: NameIndex) -> None:
    assert NameIndex([]).screen("Arkady Vorontsov") == []
    assert index.screen("") == []
    assert index.screen("!!!") == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_screened(text: str) -> None:
    hits = SMALL.screen(text)
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


SMALL = NameIndex(LIST)


def test_ten_thousand_characters(index: NameIndex) -> None:
    dice = random.Random(3)
    for text in ("Kim " * 2500, "a" * 10_000, "".join(dice.choices("abcdefgh -.,'", k=10_000))):
        index.screen(text)
