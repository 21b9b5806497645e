"""Lines of words made of a readout."""

import pytest

from readout.export.dates import when
from readout.export.plain import plain, visible
from readout.export.view import View
from readout.schema import Readout


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2024-03-13", "2024-03-13", "day", "13 Mar 2024"),
        ("2024-03-11", "2024-03-17", "week", "11 – 17 Mar 2024"),
        ("2024-02-27", "2024-03-04", "week", "27 Feb – 4 Mar 2024"),
        ("2023-12-30", "2024-01-02", "day", "30 Dec 2023 – 2 Jan 2024"),
        ("2024-05-01", "2024-05-31", "month", "May 2024"),
        ("2024-05-01", "2024-07-31", "month", "May – Jul 2024"),
        ("2024-01-01", "2024-03-31", "quarter", "Q1 2024"),
        ("2024-01-01", "2024-12-31", "year", "2024"),
        ("1990-01-01", "1999-12-31", "decade", "1990s"),
        ("2024-03-13T14:05", "2024-03-13T14:05", "minute", "13 Mar 2024 14:05"),
        ("2024-03-15", None, "day", "from 15 Mar 2024"),
        (None, "2024-12-31", "day", "until 31 Dec 2024"),
        (None, None, None, ""),
        ("2015-11", "2015-11", None, "Nov 2015"),
    ],
)
def test_dates_are_as_fine_as_they_are_known(start, end, precision, words):
    assert when(start, end, precision) == words


def test_unshowable_characters_go():
    assert plain("a\x1b[31mred\x07\u202egnp.exe\u200b\n\n b\ud800") == "a[31mredgnp.exe b"
    assert visible("one\r\ntwo\tthree") == "one\ntwo\tthree"


def test_timeline_is_by_date_and_undated_events_come_last(sample: Readout):
    assert [line.id for line in View(sample).timeline] == ["v2", "v1", "v3", "v4"]


def test_an_event_says_whose_word_it_is(sample: Readout):
    by_id = {line.id: line for line in View(sample).timeline}
    assert by_id["v2"].voice == "Yerlan Musin"
    assert by_id["v1"].voice == ""
    assert (by_id["v1"].actors, by_id["v1"].recipients, by_id["v1"].place) == (
        "Ingrid Solheim",
        "Arman Bekov",
        "Astana",
    )


def test_statements_stand_with_their_speaker(sample: Readout):
    said = View(sample).said
    assert list(said) == ["Ingrid Solheim", "Yerlan Musin", "Interior Ministry", "Aliya Nurlanova"]
    assert said["Aliya Nurlanova"][0].words == '"Nobody was beaten and nobody is being held,"'


def test_a_role_names_its_body_once(sample: Readout):
    people = {who.name: who.about for who in View(sample).people}
    assert people["Yerlan Musin"] == ("head, Independent Miners' Union",)
    assert people["Ingrid Solheim"] == ("Norwegian Foreign Minister, Norway's Foreign Ministry", "NOR")


def test_places_hold_their_toponyms_and_those_without_entity(sample: Readout):
    places = {place.name: place for place in View(sample).places}
    assert list(places) == ["Astana", "Norwegian", "Aktau", "Oslo"]
    assert len(places["Astana"].spans) == 2


def test_a_candidate_comes_after_a_match(sample: Readout):
    assert [(line.name, line.certain) for line in View(sample).sanctions] == [
        ("Altyn Resources", True),
        ("Arman Bekov", False),
    ]


def test_an_article_without_title_is_named_by_its_first_words(sample: Readout):
    sample.article.title = None
    assert View(sample).title.startswith("ASTANA — Norwegian Foreign Minister")
