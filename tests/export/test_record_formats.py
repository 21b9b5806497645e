"""Exports of a record, each read by a program that is not ours."""

import csv
import importlib.util
import io
import json
import time
from datetime import date

import feedparser
import icalendar
import pyarrow.parquet as pq
import pytest
from geojson_pydantic import FeatureCollection
from pyld import jsonld

from readout.cli import run
from readout.record import Record
from readout.record.together import together
from readout.schema import Readout

DAY = "2024-04-01"


@pytest.fixture
def db(tmp_path, sample: Readout) -> str:
    path = str(tmp_path / "beat.sqlite")
    with Record(path) as record:
        record.add(sample)
        record.regroup()
    return path


@pytest.fixture
def exported(db, capfdbinary):
    def export(form: str, *more: str) -> bytes:
        capfdbinary.readouterr()
        assert run(["export", "--format", form, "--db", db, "--as-of", DAY, *more]) == 0
        return capfdbinary.readouterr().out

    return export


def test_icalendar_reads_what_is_due(exported) -> None:
    (event,) = icalendar.Calendar.from_ical(exported("ical")).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2024, 5, 1), date(2024, 6, 1))
    assert event["status"] == "TENTATIVE"
    assert event.decoded("sequence") % 4 == 0
    assert "Bekov is expected to travel to Oslo in May" in event["description"]
    assert event["url"].startswith("https://example.com/rail#:~:text=Bekov%20is%20expected")
    assert event["uid"] == icalendar.Calendar.from_ical(exported("ical")).walk("VEVENT")[0]["uid"]


def test_a_calendar_learns_that_something_is_overdue(db, capfdbinary) -> None:
    assert run(["export", "--format", "ical", "--db", db, "--as-of", "2024-07-01"]) == 0
    (event,) = icalendar.Calendar.from_ical(capfdbinary.readouterr().out).walk("VEVENT")
    assert event.decoded("sequence") % 4 == 1
    assert "overdue" in event["description"]


def test_a_calendar_learns_that_only_a_date_moved(db, exported) -> None:
    def told() -> tuple[date, int]:
        (event,) = icalendar.Calendar.from_ical(exported("ical")).walk("VEVENT")
        return event.decoded("dtstart"), event.decoded("sequence")

    with Record(db) as record:
        (id,) = [line["id"] for line in together(record, DAY) if line["record"] == "expectation"]
        before = told()
        time.sleep(1)
        decision = record.decide(id, "positive", "desk", change={"start": "2024-05-20", "end": "2024-05-20"})
        moved = told()
        time.sleep(1)
        record.undo(decision.key)
        back = told()
    assert [day for day, _ in (before, moved, back)] == [date(2024, 5, 1), date(2024, 5, 20), date(2024, 5, 1)]
    assert before[1] < moved[1] < back[1]


def test_feedparser_reads_what_is_new(exported) -> None:
    feed = feedparser.parse(exported("atom"))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert len(feed.entries) == 4
    assert {entry.author for entry in feed.entries} == {"The Example Times"}
    assert any(entry.title.startswith("CONSULT visit: Arman Bekov, Oslo (planned)") for entry in feed.entries)


def test_csv_and_acled_read_back(exported) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv", "--type", "CONSULT").decode())))
    assert [row["status"] for row in rows] == ["occurred", "planned"]
    assert rows[0]["url"] == "https://example.com/rail"
    acled = list(csv.DictReader(io.StringIO(exported("acled").decode())))
    coded = {row["sub_event_type"]: row for row in acled}
    assert (coded["visit"]["time_precision"], coded["visit"]["geo_precision"]) == (
        "3",
        "3",
    )  # May, a town without a point
    first = acled[[row["event_date"] for row in acled].index("2024-03-13")]
    assert (first["time_precision"], first["geo_precision"], first["location"]) == ("1", "1", "Astana")
    assert first["actor1"] == "Ingrid Solheim"
    assert first["country"] == "Kazakhstan"


def test_a_map_is_valid_geojson(exported) -> None:
    found = FeatureCollection.model_validate_json(exported("geojson")).features
    assert {feature.properties["place"] for feature in found} == {"Astana"}
    for feature in found:
        lon, lat = feature.geometry.coordinates
        assert (round(lon), round(lat)) == (71, 51)
        assert feature.properties["sentence"]


def test_all_formats_of_events_can_be_narrowed(exported, sample: Readout) -> None:
    only = ("--type", "CONSULT", "--status", "occurred")
    (polecat,) = csv.DictReader(io.StringIO(exported("polecat", *only).decode()), delimiter="\t")
    assert (polecat["Event Type"], polecat["Actor Name"]) == ("CONSULT", "Ingrid Solheim")
    assert len(exported("gdelt", *only).splitlines()) < len(exported("gdelt").splitlines())
    marks = [json.loads(line) for line in exported("jsonld", *only).splitlines()][1:]
    assert [mark["motivation"] for mark in marks] == ["classifying"]
    names = {
        name
        for line in exported("ftm", *only).splitlines()
        if (entity := json.loads(line))["schema"] == "Person"
        for name in entity["properties"]["name"]
    }
    assert names == {"Ingrid Solheim", "Arman Bekov"}
    assert exported("jsonld", "--since", "2030") == b""


@pytest.mark.parametrize("words", [["--format", "record", "--since", "2024"], ["--format", "gold", "--limit", "3"]])
def test_what_is_whole_is_not_narrowed(db, capsys, words) -> None:
    assert run(["export", "--db", db, *words]) == 2
    assert "only --as-of narrows it" in capsys.readouterr().err


def test_a_file_is_not_narrowed(tmp_path, sample: Readout, capsys) -> None:
    file = tmp_path / "made.jsonl"
    file.write_text(sample.to_json(), encoding="utf-8")
    assert run(["export", str(file), "--format", "polecat", "--place", "Oslo"]) == 2
    assert "exported whole" in capsys.readouterr().err


def test_arrow_reads_parquet(exported) -> None:
    table = pq.read_table(io.BytesIO(exported("parquet")))
    assert table.num_rows == 4
    assert {"actors": ["Ingrid Solheim"], "recipients": ["Arman Bekov"]} in table.select(
        ["actors", "recipients"]
    ).to_pylist()
    assert table["span"].to_pylist()[0][1] > table["span"].to_pylist()[0][0]


def test_linked_data_expands(exported, sample: Readout) -> None:
    def offline(url: str, options: object) -> dict[str, object]:
        vocabulary = {"@vocab": url if url.endswith("/") else f"{url}#", "id": "@id", "type": "@type"}
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": vocabulary}}

    nodes = [json.loads(line) for line in exported("jsonld").splitlines()]
    expanded = [jsonld.expand(node, {"documentLoader": offline})[0] for node in nodes]
    assert expanded[0]["@type"] == ["https://schema.org/NewsArticle"]
    assert len(nodes) == 1 + len(sample.statements) + len(sample.events)
    text = sample.article.text
    for node in nodes[1:]:
        for target in node["target"]:
            quoted, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quoted["exact"]
            assert text[:start].endswith(quoted["prefix"])
            assert text[end:].startswith(quoted["suffix"])


@pytest.mark.skipif(
    importlib.util.find_spec("followthemoney") is None,
    reason="followthemoney is not installed; it needs a compiler and the headers of ICU (pip install readout[ftm])",
)
def test_followthemoney_takes_its_own(exported) -> None:
    from followthemoney import model

    proxies = [model.get_proxy(json.loads(line), cleaned=False) for line in exported("ftm").splitlines()]
    for proxy in proxies:
        assert not proxy.schema.validate(proxy.to_dict()), proxy
    links = {id for p in proxies for prop in p.iterprops() if prop.type.name == "entity" for id in p.get(prop)}
    assert links <= {proxy.id for proxy in proxies}


def test_followthemoney_entities(exported) -> None:
    entities = [json.loads(line) for line in exported("ftm").splitlines()]
    by_schema: dict[str, list[dict[str, list[str]]]] = {}
    for entity in entities:
        by_schema.setdefault(entity["schema"], []).append(entity["properties"])
    assert {
        "Person",
        "Organization",
        "Article",
        "Mention",
        "Position",
        "Occupancy",
        "Event",
        "Sanction",
    } <= by_schema.keys()
    assert by_schema["Sanction"][0]["authority"] == ["eu"]
    assert by_schema["Sanction"][0]["listingDate"] == ["2022-06-03"]
    assert len(by_schema["Sanction"]) == 1  # a candidate is no sanction
    assert len(by_schema["Event"]) == 2  # what is planned or denied did not happen
    assert ["Ingrid Solheim"] in [person["name"] for person in by_schema["Person"]]


def test_followthemoney_keeps_the_sanctions_of_those_who_take_part(tmp_path, sample: Readout, capfdbinary) -> None:
    listed = next(screening for screening in sample.screenings if screening.match)
    sample.screenings.append(listed.model_copy(update={"entity": "e1", "entry_id": "other"}))
    with Record(str(tmp_path / "one.sqlite")) as record:
        record.add(sample)
    assert run(["export", "--format", "ftm", "--db", str(tmp_path / "one.sqlite"), "--type", "CONSULT"]) == 0
    told = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    people = {one["id"]: one["properties"]["name"] for one in told if one["schema"] == "Person"}
    sanctioned = [people.get(one["properties"]["entity"][0]) for one in told if one["schema"] == "Sanction"]
    assert sanctioned == [["Ingrid Solheim"]]


def test_an_export_of_nothing_is_still_a_file_of_its_kind(tmp_path, capfdbinary) -> None:
    db = str(tmp_path / "empty.sqlite")
    Record(db).close()
    got = {}
    for form in ("ical", "atom", "parquet", "ftm", "jsonld"):
        assert run(["export", "--format", form, "--db", db]) == 0
        got[form] = capfdbinary.readouterr().out
    assert icalendar.Calendar.from_ical(got["ical"]).walk("VEVENT") == []
    assert feedparser.parse(got["atom"]).entries == []
    assert pq.read_table(io.BytesIO(got["parquet"])).num_rows == 0
    assert got["ftm"] == got["jsonld"] == b""
