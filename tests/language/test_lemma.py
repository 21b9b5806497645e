"""Lemmas of verb forms that no table has."""

import pytest

from readout.language import lemma


@pytest.mark.parametrize(
    ("form", "made", "right"),
    [
        ("mutinied", "mutini", "mutiny"),
        ("bugged", "bugg", "bug"),
        ("heckled", "heckl", "heckle"),
        ("abducted", "abduc", "abduct"),
        ("meddling", "meddl", "meddle"),
        ("signalling", "signall", "signall"),  # -ll may be either: "install", "signal"; the tables have the usual ones
        ("breached", "breach", "breach"),
        ("vetoed", "veto", "veto"),
        ("rebuffed", "rebuff", "rebuff"),
        ("hurled", "hurl", "hurl"),
        ("prowling", "prowl", "prowl"),
        ("voiced", "voice", "voice"),
        ("spring", "spring", "spring"),
        ("Googled", "Google", "google"),
    ],
)
def test_a_form_comes_from_a_verb_as_english_spells_it(form: str, made: str, right: str) -> None:
    assert lemma.regular(form, made) == right
