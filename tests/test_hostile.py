"""Text that is no prose: nothing may crash, every span lies in the text, and the time stays bounded."""

import json
import random
import time
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout import read_text
from readout.errors import ContentError
from readout.schema import Readout

LIMIT = 40.0
"""Seconds of processor time for some 20,000 characters on a slow machine; something quadratic takes minutes."""
CHAOS = random.Random(20240314)


def spans(part: Any, path: str = "") -> Iterator[tuple[str, list[int]]]:
    """Everything in a readout that looks like a span, with where it stands."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from spans(value, f"{path}.{key}")
    elif isinstance(part, list):
        if len(part) == 2 and all(isinstance(x, int) for x in part):
            yield path, part
        else:
            for value in part:
                yield from spans(value, path)


def check(readout: Readout, text: str) -> None:
    assert readout.article.text == text
    content = json.loads(readout.to_json())
    for path, (start, end) in spans(content):
        assert 0 <= start < end <= len(text), f"{path}: [{start}, {end}) in a text of {len(text)}"
    Readout.model_validate(content)


def read_or_refuse(text: str) -> None:
    """A text is read, or refused with a reason of one line."""
    try:
        readout = read_text(text, published="2024-03-14")
    except ContentError as error:
        assert "\n" not in str(error)
        return
    check(readout, text)


@pytest.fixture(scope="module", autouse=True)
def pipeline() -> None:
    """Load the pipeline before the clock runs."""
    read_text("The minister left on Monday.", published="2024-03-14")


SENTENCE = 'The minister of Norway said on Monday that "talks with Sweden" would resume in Oslo next week. '
ZALGO = "".join(c + "".join(chr(0x300 + CHAOS.randrange(0x70)) for _ in range(12)) for c in "The minister met rebels. ")
HOSTILE = {
    "one line without a space": "x" * 200_000,
    "one line of digits": "1234567890" * 2_000,
    "one line of letters and hyphens": "ab-cd" * 4_000,
    "one huge paragraph": SENTENCE * 200,
    "a name of ten thousand words": "Anna Maria " * 1_000 + "said so.",
    "only punctuation": "?!.,;:()[]{}<>—–-…'\"“”‘’`" * 800,
    "only opening quotation marks": "“" * 20_000,
    "only straight quotation marks": '"' * 20_000,
    "nested quotation marks": "“He said ‘" * 800 + "no" + "’ she said.”" * 800,
    "unclosed quotation marks": '"I said, "you said, "we said, ' * 500,
    "brackets": "(" * 10_000 + "a" + ")" * 10_000,
    "commas": "Oslo, Bergen, and " * 1_000,
    "and so on": "and " * 4_000,
    "prepositions": "of the in the on the " * 800,
    "dates": "on Monday, 3 March 2023, at 5 p.m. last week two days ago " * 300,
    "numbers": "1,000,000.00 12/12/2012 3-4-5 $5bn " * 500,
    "capitals": "NORWAY AND SWEDEN SIGN DEAL IN OSLO ON MONDAY. " * 300,
    "blank lines": "\n" * 50_000 + "The minister left." + "\n" * 50_000,
    "a paragraph a word": "The\n\nminister\n\nleft\n\nOslo.\n\n" * 600,
    "carriage returns and tabs": "The minister\r\nleft\tOslo.\r\n\r\n" * 500,
    "zalgo": ZALGO * 50,
    "marks for right to left": "\u202eThe minister\u202c of \u2067العراق\u2069 said \u200f\u200e no. " * 300,
    "no spaces that show": "The\u200bminister\u200bmet\u00adreb\u00adels\ufeff. \u00a0\u2003" * 400,
    "emoji": "The 👩🏽‍🚒 minister 🇳🇴 met 👨‍👩‍👧‍👦. " * 400,
    "letters beyond the basic plane": "𝕿𝖍𝖊 𝖒𝖎𝖓𝖎𝖘𝖙𝖊𝖗 said 𠜎𠜱𠝹. " * 500,
    "control characters": "The minister\x00\x01\x1b[31m said\x07 so.\x7f " * 500,
    "markup": "<script>alert('x')</script> The minister said <b>no</b>. &amp;&lt; " * 250,
    "addresses": "See https://example.org/" + "a/" * 500 + "?q=1. " + "mail.me@example.org said so. " * 500,
    "lone surrogate": "The minister \udcff said so.",
}


REPORT = """Norway and Sweden signed an agreement on fishing in Oslo on Monday, ending a dispute of four years.

Foreign Minister Kari Nygaard said the talks had been long. "We never thought of giving up," she told reporters.

Her Swedish counterpart, Erik Sandell, denied that his country had been under pressure. He is expected to visit Bergen
next month, where both governments will open a joint office. Fishing groups in Gothenburg protested against the deal."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(name: str) -> None:
    start = time.process_time()
    read_or_refuse(HOSTILE[name])
    assert time.process_time() - start < LIMIT


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_inside_a_report(name: str) -> None:
    start = time.process_time()
    read_or_refuse(f"{REPORT}\n\n{HOSTILE[name]}\n\n{REPORT}")
    assert time.process_time() - start < LIMIT


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\ufeff", "\x00"])
def test_a_text_of_nothing_is_refused_or_empty(text: str) -> None:
    read_or_refuse(text)


@pytest.mark.parametrize("name", ["one huge paragraph", "commas", "unclosed quotation marks", "dates", "capitals"])
def test_twice_the_text_takes_about_twice_the_time(name: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        read_or_refuse(text)
        return time.process_time() - start

    text = HOSTILE[name]
    quarter, whole = seconds(text[: len(text) // 4]), seconds(text)
    assert whole < 8 * quarter + 0.5  # four times the text; a quadratic step would make it sixteen


WORDS = st.sampled_from(
    ["Norway", "Oslo", "President Lund", "she", "said", "“", "”", '"', "'", ",", ".", "Monday", "denied", "that", "met",
     "will", "sign", "a deal", "with", "rebels", "told", "reporters", "on 3 May", "\n\n", "(", ")", "—", "U.S.", "’s",
     "according to", "not", "expected", "attack", "2019", "km", "🚒", "\u202e", "é́́"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_news_words_in_any_order(text: str) -> None:
    read_or_refuse(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    read_or_refuse(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_hold_in_either_normal_form(form: str) -> None:
    text = unicodedata.normalize(form, "São Tomé’s president, José Ávila, met Zoë Ångström in Málaga on Monday.")
    check(read_text(text, published="2024-03-14"), text)
