"""The record is the same in whatever order its articles came: copies, other accounts, and versions of one page."""

import json
import random

from tests.record.making import OTHER, REPORT, made

from readout.record import Record
from readout.record.questions import difference
from readout.record.together import together

LATER = REPORT + "\n\nHer office added in the evening that nobody had walked out."


def reports():
    return [
        made(url="https://a.example/talks", outlet="Herald", published="2024-03-11"),
        made(LATER, url="https://a.example/talks", outlet="Herald", published="2024-03-12"),
        made(url="https://b.example/wire", outlet="Courier", published="2024-03-11"),
        made(OTHER, url="https://c.example/court", outlet="Post", published="2024-03-15"),
        made(REPORT.replace("union leaders", "The unions"), url="https://d.example/x", outlet="Gazette"),
    ]


def recorded(path, some):
    with Record(path) as record:
        for readout in some:
            record.add(readout)
        return json.dumps(list(together(record, "2024-06-01")))


def test_twenty_orders_give_one_record(tmp_path):
    some, outcomes = reports(), set()
    for seed in range(20):
        random.Random(seed).shuffle(some)
        outcomes.add(recorded(tmp_path / f"{seed}.sqlite", some))
    assert len(outcomes) == 1


def test_a_version_that_comes_after_the_one_that_revises_it_is_put_before_it(record):
    first, later = reports()[:2]
    states = [record.add(readout).state for readout in (later, first)]
    assert states == ["new", "revision"]
    versions = {article.published: article for article in record.articles(revised=True)}
    assert versions["2024-03-12"].revision_of == versions["2024-03-11"].id
    with record.database.reading() as connection:
        lines = difference(connection, "https://a.example/talks").lines
    assert [(line.what["sign"], line.sentence) for line in lines if line.what["kind"] == "sentence"] == [
        ("gained", "Her office added in the evening that nobody had walked out.")
    ]


def test_a_whole_batch_is_put_in_order_too(record):
    first, later = reports()[:2]
    list(record.add_many([later, first, *reports()[2:]]))
    versions = {article.published: article for article in record.articles(revised=True) if "a.example" in article.url}
    assert versions["2024-03-12"].revision_of == versions["2024-03-11"].id
    assert versions["2024-03-11"].revision_of is None
