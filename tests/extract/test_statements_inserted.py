"""What others are said to have said where cues are parted from their words, or tell them in nouns and participles."""

import pytest
from saying import said
from spacy.language import Language

from readout.language import load


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "The tailor said the duke had answered with a smile that the cloth was his.",
            ("had answered", "that the cloth was his", "said"),
        ),
        (
            "The skipper had promised them, the cook told a hearing, that the boat would wait.",
            ("had promised", "that the boat would wait", "told"),
        ),
        (
            "The valley was given to understand by the water board, a farmer said, that the dam would hold.",
            ("understand", "that the dam would hold", "said"),
        ),
        (
            "The nun told the panel that what the doctor had told her was that the ward was closed.",
            ("had told", "that the ward was closed", "told"),
        ),
        (
            "He said the owner's reply had been that the shop was not for sale.",
            ("reply", "that the shop was not for sale", "said"),
        ),
        (
            "The union said the firm had made it clear that nobody would be paid.",
            ("clear", "that nobody would be paid", "said"),
        ),
        (
            "A nurse told the panel that a surgeon had ordered the lamps removed.",
            ("had ordered", "the lamps removed", "told"),
        ),
        (
            "A curate told the bishop he had heard from the verger that the roof leaked.",
            ("had heard", "that the roof leaked", "told"),
        ),
        (
            "The club said its captain had been advised by the league, “firmly and twice”, to stay at home.",
            ("had been advised", "to stay at home", "said"),
        ),
        (
            "A trader said that over the radio a voice had demanded he turn back.",
            ("had demanded", "he turn back", "said"),
        ),
        (
            "The daily said it had obtained a letter from the bank warning the mayor that the fund was empty.",
            ("warning", "that the fund was empty", "said"),
        ),
        (
            "An envoy in Oslo said the prince was asked about the money and said only that he collected stamps.",
            ("said", "only that he collected stamps", "said"),
        ),
        (
            "The trial heard that the clerk, when stopped, had said: “The bag is mine.”",
            ("had said", "“The bag is mine.”", "heard"),
        ),
        (
            "“They told us Thursday. It was Monday,” the driver said.",
            ("told", "Thursday", "said"),
        ),
        (
            "“He kept saying, go home, go home,” the baker said.",
            ("saying", "go home, go home", "said"),
        ),
        (
            "The agency was told of a fire, and a clerk said a warden had complained that evening of the smoke.",
            ("had complained", "of the smoke", "said"),
        ),
        (
            "The clinic said a porter had read out to the patients a letter in which the owner asked them to leave.",
            (
                "had read out",
                "a letter in which the owner asked them to leave",
                "said",
            ),
        ),
    ],
)
def test_what_somebody_is_said_to_have_said(nlp: Language, text: str, inner: tuple[str, str, str]):
    assert inner in said(nlp, text)


def test_a_cue_between_commas_reports_both_sides(nlp: Language):
    found = said(nlp, "The skipper had promised them, the cook told a hearing, that the boat would wait.")
    assert ("told", "The skipper had promised them / that the boat would wait", None) in found


def test_the_speakers_own_next_act_is_none_of_his_words(nlp: Language):
    found = said(nlp, "A cook confessed on a talk show that the soup had been cold, and begged pardon.")
    assert [outer for _, _, outer in found] == [None] * len(found)


def test_who_is_remembered_saying_something(nlp: Language):
    found = said(nlp, "Her old tutor recalled the singer telling him in May that she would never tour again.")
    assert ("telling", "that she would never tour again", "recalled") in found


def test_who_a_text_shows_saying_something(nlp: Language):
    found = said(nlp, "The weekly has the coach Bruno Sala telling players he would rather resign.")
    assert ("telling", "he would rather resign", "has") in found


def test_a_note_that_protests(nlp: Language):
    found = said(nlp, "The sailor has sent the consul a note protesting that a guard had threatened to sell his watch.")
    assert ("had threatened", "to sell his watch", "protesting") in found


def test_who_is_quoted_by_a_paper(nlp: Language):
    found = said(nlp, "The general was quoted by the agency as warning that any boat would be sunk.")
    assert ("warning", "that any boat would be sunk", "was quoted") in found


def test_a_second_act_of_the_one_who_is_told_of(nlp: Language):
    text = (
        "Al Reyes said that the landlord first claimed the boiler was new and later said it had never been inspected."
    )
    later = next(s for s in nlp(text)._.statements if s.cue_span and text[slice(*s.cue_span)].endswith("later said"))
    assert later.reported_by is not None and later.speaker_span is not None
    assert "landlord" in text[slice(*later.speaker_span)]


def test_words_in_a_transcript(nlp: Language):
    found = said(nlp, "CHAIRMAN: What did he tell you?\n\nWITNESS: He said to lock the gate.\n\nCHAIRMAN: Thank you.")
    assert ("said", "to lock the gate", None) in found


def test_according_to_within_what_is_said(nlp: Language):
    found = said(nlp, "The mine is shut. Its manager said that, according to the inspector, the gas was rising.")
    assert ("according to", "the gas was rising", "said") in found


def test_calling_to_say_is_one_act(nlp: Language):
    found = said(nlp, "A teacher said the mayor had phoned her to say that the school would close.")
    assert [cue for cue, _, outer in found if outer is not None] == ["say"]


@pytest.mark.parametrize(
    "text",
    [
        "“Did she tell you who paid?” the judge asked.",
        "The first bidder wants to know who paid for the bridge.",
        "A guide said that everybody asks for it.",
    ],
)
def test_what_a_question_asks_or_everybody_does_was_not_said(nlp: Language, text: str):
    assert len(said(nlp, text)) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The harbour master advised the owners against sailing before noon.", "against sailing before noon"),
        ("The clerk wants to know why the gate was shut.", "to know why the gate was shut"),
        ("The nurse radioed for a helicopter.", "for a helicopter"),
    ],
)
def test_what_is_advised_against_asked_or_called_for(nlp: Language, text: str, told: str) -> None:
    assert [words for _, words, _ in said(nlp, text)] == [told]
