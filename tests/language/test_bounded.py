"""Tokens of ordinary text are spaCy's; overlong runs are cut, and cost little."""

import time

import pytest
import spacy

from readout.language.bounded import LONGEST_RUN, BoundedTokenizer

NLP = spacy.blank("en")
TOKENIZER = BoundedTokenizer(NLP.tokenizer)


def test_ordinary_text_is_tokenized_as_spacy_does() -> None:
    text = 'The U.N. envoy said: "We can\'t go."\n\nSee https://example.org/a?b=c .'
    assert [t.text for t in TOKENIZER(text)] == [t.text for t in NLP.tokenizer(text)]
    assert TOKENIZER.vocab is NLP.vocab


@pytest.mark.parametrize(
    "text",
    [
        "“" * 60_000,
        "a " + "(" * 9_000 + "b" + ")" * 9_000 + " c",
        "x" * 20_000 + "\n\n" + "y" * (LONGEST_RUN + 1) + "  z ",
        "said “no” " + "-" * 1_000,
    ],
)
def test_overlong_runs_are_cut_and_the_text_stays(text: str) -> None:
    start = time.process_time()
    doc = TOKENIZER(text)
    assert doc.text == text
    assert not doc.has_annotation("SENT_START")
    assert time.process_time() - start < 5


def test_the_words_around_an_overlong_run_stay_whole() -> None:
    words = [t.text for t in TOKENIZER("Norway " + "x" * 700 + " Sweden")]
    assert words[0] == "Norway" and words[-1] == "Sweden"
    assert all(len(word) <= LONGEST_RUN for word in words)
