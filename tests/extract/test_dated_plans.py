"""What is announced for a day to come, read by the shipped model."""

import pytest

from readout import load
from readout.extract.events.dated import dated_plans


@pytest.fixture(scope="module")
def nlp():
    return load()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The trial of the two bankers begins on 7 June.", {"begins"}),
        ("A hearing is set for 7 June.", {"hearing"}),
        ("The committee's findings are expected on 7 June.", {"findings"}),
        ("The mayor promised to publish the letters by 7 June.", {"publish"}),
        ("Divers should start on 7 June.", {"start"}),
        ("She said the council would reply on 7 June.", {"reply"}),
        ("The Danish envoy is expected in Lima on 7 June.", {"expected"}),
        ("The trial of the two bankers began on 7 May.", set()),
        ("The judge would have ruled on 7 June if the files had come.", set()),
        ("The museum was founded in 1907.", set()),
    ],
)
def test_what_is_planned_is_the_word_that_the_day_is_said_of(nlp, text: str, words: set[str]) -> None:
    doc = nlp.make_doc(text)
    doc._.published = "2031-05-10"
    for _, part in nlp.pipeline:
        doc = part(doc)
    assert {token.text for token, _ in dated_plans(doc)} == words
