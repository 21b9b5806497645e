"""Two names: what must match, what must not, and what holds for any text."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.resolve.names import compare
from readout.resolve.names.features import FEATURES
from readout.resolve.names.spelling import likeness, sound
from readout.resolve.names.structure import kind_of, parse

names = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
plain = st.text(alphabet="abcdefghijklmnopqrstuvwxyz -',.", min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Anatoly Chernenko", "CHERNENKO, Anatoliy Borisovich", "person"),
        ("Mikhail Voronin", "Mykhailo Voronin", "person"),
        ("Lawrow, Sergej", "Sergey Lavrov", "person"),
        ("Pak Jong-ho", "PAK JONG HO", "person"),
        ("Muhammad al-Baghdadi", "Mohamed Al Bagdadi", "person"),
        ("Dr. Elena Petrova", "Elena Petrova", "person"),
        ("ViktorSidorenko", "Viktor Sidorenko", "person"),
        ("Степан Кравченко", "Stepan Kravchenko", "person"),
        ("Abdul Rahman Yusufi", "Abdurrahman Yusufi", "person"),
        ("OOO Severny Veter", "Severny Veter Limited Liability Company", "company"),
        ("Nordsee Schiffbau AG", "Nordsee Schiffbau Aktiengesellschaft", "company"),
        ("Baltic Int'l Shipping", "Baltic International Shipping Co. Ltd.", "company"),
        ("First Harbor Bank", "1st Harbor Bank", "company"),
    ],
)
def test_the_same_name_in_another_form_matches(left: str, right: str, kind: str) -> None:
    assert compare(left, right, kind).match


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Andrei Voronin", "Mikhail Voronin", "person"),
        ("Hans Walther", "Walther Hans", "person"),
        ("Oleg Igorevich Panin", "Oleg Stepanovich Panin", "person"),
        ("School 12", "School 14", "organization"),
        ("Arsenal Plant No. 5", "Arsenal Plant No. 7", "company"),
        ("Meridian Trading (France) SA", "Meridian Trading (Italy) SA", "company"),
        ("Harbor Bank", "Mountain Bank", "company"),
        ("", "Anybody", "person"),
        ("...", "...!", "person"),
    ],
)
def test_another_name_does_not(left: str, right: str, kind: str) -> None:
    assert not compare(left, right, kind).match


def test_features_explain_the_score() -> None:
    found = compare("Arsenal Plant No. 5", "Arsenal Plant No. 7", "company")
    assert found.features["numbers_differ"] == 1
    assert found.features["shared"] > 0.5
    assert tuple(found.features) == FEATURES


def test_legal_forms_are_no_part_of_the_name() -> None:
    name = parse("Limited Liability Company Zarya", "other")
    assert [word.text for word in name.words] == ["zarya"]
    assert name.forms == {"llc"}


def test_titles_and_commas_of_people() -> None:
    name = parse("Gen. TARASENKO, Pavel Ilyich", "person")
    assert [word.text for word in name.words] == ["pavel", "ilyich", "tarasenko"]
    assert name.words[name.family].text == "tarasenko"


def test_kinds_are_told_by_words() -> None:
    assert kind_of("Olga Marchenko") == "person"
    assert kind_of("Marchenko Trading LLC") == "other"
    assert kind_of("anything", "Company") == "other"


def test_transliterations_sound_the_same() -> None:
    assert sound("lawrow") == sound("lavrov")
    assert sound("khristenko") == sound("christenko")
    assert likeness("mykhailo", "michael") > 0.9
    assert likeness("tanaka", "petrov") == 0


@settings(max_examples=300, deadline=None)
@given(names, names)
def test_symmetric_and_bounded(left: str, right: str) -> None:
    there, back = compare(left, right, "person"), compare(right, left, "person")
    assert there.score == pytest.approx(back.score, abs=1e-9)
    assert 0 <= there.score <= 1


@settings(max_examples=200, deadline=None)
@given(plain, st.sampled_from(["person", "company"]))
def test_a_name_is_itself(name: str, kind: str) -> None:
    if parse(name, kind_of(name, kind)).words:
        assert compare(name, name, kind).score == 1


@pytest.mark.parametrize("piece", ["a", "ab ", "А", "习", "(", "1 ", "al-", "x.y.", "'", "\u0301", "Aa"])
def test_long_hostile_text_is_fast(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    started = process_time()
    compare(text, text[::-1])
    compare(text, "Somebody Else", "company")
    assert process_time() - started < 0.5
