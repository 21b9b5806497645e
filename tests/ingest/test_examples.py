"""The example reports, and that neither wrapping, cutting nor marking their text changes what is read."""

import textwrap
from pathlib import Path

import pytest

from readout.ingest import article, article_from_text
from readout.schema import Article

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORTS = ("report.md", "frigate.txt", "freighter.md")


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest) -> Article:
    return article(EXAMPLES / request.param)


def test_fields_are_found(report: Article) -> None:
    assert (
        report.title and report.published and report.captions[0].credit and report.related and report.language == "en"
    )
    assert 8 <= report.text.count("\n\n") + 1 <= 12
    assert not any(
        word in report.text for word in ("Related", "See also", "ADVERTISEMENT", "Correction", "Updated", "By ")
    )


def test_clean_text_stays_as_it_is(report: Article) -> None:
    assert article_from_text(report.text).text == report.text


def test_wrapped_text_is_unwrapped(report: Article) -> None:
    wrapped = "\n\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in report.text.split("\n\n"))
    assert article_from_text(wrapped).text == report.text
    assert article_from_text(wrapped.replace("\n", "\r\n")).text == report.text


def test_one_paragraph_a_line(report: Article) -> None:
    assert article_from_text(report.text.replace("\n\n", "\n")).text == report.text


def test_as_a_page(report: Article) -> None:
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in report.text.split("\n\n"))
    article_element = f"<article><h1>{report.title}</h1>{body}</article>"
    got = article_from_text(f"<html><head><title>{report.title}</title></head><body>{article_element}</body></html>")
    assert (got.title, got.text) == (report.title, report.text)


def test_cut_before_small_words(report: Article) -> None:
    cut = "\n\n".join(
        paragraph.replace(" of ", "\n\nof ", 1).replace(" that ", " that\n\n", 1)
        for paragraph in report.text.split("\n\n")
    )
    assert article_from_text(cut).text == report.text
