"""Exports of coded events: columns, safe values, and what is coded as what."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from readout.commands.export import export
from readout.errors import OptionError
from readout.export import cameo, polecat
from readout.schema import Actor, Article, Entity, Event, Location, Producer, Readout, Role, Span

TEXT = "Minister Ana Sol flew to Quito.\n\nShe met Ben Oru there on Monday."
GOV = Actor(country="CHL", sectors=["GOV"])


def span(words: str) -> Span:
    start = TEXT.index(words)
    return (start, start + len(words))  # type: ignore[return-value]


def readout(*events: Event, published: str = "2021-05-12T08:30:00Z", outlet: str = "The Quito Ledger") -> Readout:
    role = Role(title="Minister", span=span("Minister"))
    entities = [
        Entity(id="e1", kind="person", name="Ana Sol", mentions=[span("Ana Sol")], roles=[role], actor_code=GOV),
        Entity(id="e2", kind="person", name="Ben Oru", mentions=[span("Ben Oru")], actor_code=Actor(country="UNO")),
        Entity(id="e3", kind="place", name="Quito", mentions=[span("Quito")], country="ECU",
               location=Location(lat=-0.22985, lon=-78.52495), identifiers={"geonames": "3652462"}),
    ]  # fmt: skip
    article = Article(id="a1", text=TEXT, published=published, outlet=outlet, url="https://ledger.example/1")
    return Readout(
        id="a1", article=article, entities=entities, events=list(events), produced_by=Producer(readout="0", model="m")
    )


def met(**changes: object) -> Event:
    fields = {
        "id": "v1", "type": "CONSULT", "mode": "visit", "trigger": span("met"), "mentions": [span("met")],
        "actors": ["e1"], "recipients": ["e2"], "actor_spans": [span("She")], "recipient_spans": [span("Ben Oru")],
        "place": "e3", "start": "2021-05-10", "end": "2021-05-10",
    }  # fmt: skip
    return Event.model_validate(fields | changes)


def as_polecat(one: Readout) -> list[dict[str, str]]:
    head, *lines = [line.rstrip("\n").split("\t") for line in polecat.polecat([one])]
    return [dict(zip(head, line, strict=True)) for line in lines]


def as_gdelt(one: Readout) -> list[dict[str, str]]:
    lines = [line.rstrip("\n").split("\t") for line in cameo.events([one])]
    return [dict(zip(cameo.EVENT_COLUMNS, line, strict=True)) for line in lines]


def test_columns_are_those_of_the_data_sets() -> None:
    assert len(polecat.COLUMNS) == len(set(polecat.COLUMNS)) == 40
    assert len(cameo.EVENT_COLUMNS) == len(set(cameo.EVENT_COLUMNS)) == 61
    assert len(cameo.MENTION_COLUMNS) == len(set(cameo.MENTION_COLUMNS)) == 16
    assert cameo.EVENT_COLUMNS[26] == "EventCode" and cameo.EVENT_COLUMNS[58] == "ActionGeo_FeatureID"


def test_what_happened_is_coded_with_sides_place_and_its_own_day() -> None:
    (row,) = as_polecat(readout(met()))
    assert (row["Event Date"], row["Publication Date"]) == ("2021-05-10", "2021-05-12")
    assert (row["Event Type"], row["Event Mode"], row["Quad Code"]) == ("CONSULT", "visit", "VERBAL COOPERATION")
    assert (row["Actor Name"], row["Actor Country"], row["Primary Actor Sector"]) == ("Ana Sol", "CHL", "GOV")
    assert (row["Actor Title"], row["Actor Name Raw"]) == ("Minister", "She")
    assert (row["Placename"], row["Country"], row["GeoNames ID"]) == ("Quito", "ECU", "3652462")


def test_a_planned_visit_is_filed_as_its_announcing_on_the_day_of_the_report() -> None:
    coming = met(status="planned", start="2021-06-01", end="2021-06-01")
    (row,) = as_polecat(readout(coming))
    assert (row["Event Type"], row["Event Mode"], row["Event Date"]) == ("AGREE", "", "2021-05-12")
    (row,) = as_gdelt(readout(coming))
    assert (row["EventCode"], row["EventRootCode"], row["SQLDATE"]) == ("036", "03", "20210512")
    assert coming.type == "CONSULT" and coming.status == "planned"


@pytest.mark.parametrize(
    ("event", "coded"),
    [
        ({"type": "CONSULT", "status": "denied"}, [("REJECT", "125")]),
        ({"type": "AID", "mode": None, "status": "denied"}, [("REJECT", "122")]),
        ({"type": "ASSAULT", "mode": None, "status": "planned"}, [("THREATEN", "138")]),
        ({"type": "RETREAT", "mode": None, "status": "planned"}, [("AGREE", "035")]),
        ({"type": "ASSAULT", "mode": "aerial", "status": "alleged"}, [("ASSAULT", "195")]),
        ({"type": "ASSAULT", "mode": None, "status": "denied"}, []),
        ({"type": "CONSULT", "status": "hypothetical"}, []),
        ({"type": "SHIPPING", "mode": None}, []),
    ],
)
def test_coding_rules(event: dict[str, object], coded: list[tuple[str, str]]) -> None:
    one = readout(met(**event))
    assert [row["Event Type"] for row in as_polecat(one)] == [kind for kind, _ in coded]
    assert [row["EventCode"] for row in as_gdelt(one)] == [code for _, code in coded]


def test_those_who_meet_are_coded_both_ways_and_others_once() -> None:
    both = as_gdelt(readout(met(actors=["e1", "e2"], recipients=[])))
    assert [(row["Actor1Name"], row["Actor2Name"]) for row in both] == [("ANA SOL", "BEN ORU"), ("BEN ORU", "ANA SOL")]
    march = as_gdelt(readout(met(type="PROTEST", mode=None, actors=["e1", "e2"], recipients=[])))
    assert [row["Actor2Name"] for row in march] == ["", ""]
    assert len({row["GLOBALEVENTID"] for row in both}) == 2


def test_actors_and_places_in_gdelts_codes() -> None:
    (row,) = as_gdelt(readout(met()))
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1Type1Code"]) == ("CHLGOV", "CHL", "GOV")
    assert (row["Actor2Code"], row["Actor2KnownGroupCode"], row["Actor2Type1Code"]) == ("UNOIGO", "UNO", "IGO")
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"]) == ("4", "EC")
    assert (row["IsRootEvent"], row["DATEADDED"]) == ("0", "20210512083000")


def test_mentions_say_where_in_the_text() -> None:
    (line,) = cameo.mentions([readout(met())])
    row = dict(zip(cameo.MENTION_COLUMNS, line.rstrip("\n").split("\t"), strict=True))
    assert (row["SentenceID"], row["ActionCharOffset"]) == ("2", str(TEXT.index("met")))
    assert row["GLOBALEVENTID"] == as_gdelt(readout(met()))[0]["GLOBALEVENTID"]


@pytest.mark.parametrize("write", [polecat.polecat, cameo.events, cameo.mentions])
def test_tabs_line_breaks_and_quotation_marks_stay_out(write: Callable[[list[Readout]], list[str]]) -> None:
    lines = list(write([readout(met(), outlet='The\t"Quito\r\nLedger"\u2028Extra\x1b[2J')]))
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in lines)
    assert all(not set('"\r\x1b\u2028') & set(line) for line in lines)
    assert len({line.count("\t") for line in lines}) == 1


def test_undated_reports_leave_the_day_open() -> None:
    (row,) = as_gdelt(readout(met(start=None, end=None), published="2021-05"))
    assert (row["SQLDATE"], row["Year"], row["DATEADDED"]) == ("", "", "")


def test_the_command_reads_a_file_of_readouts(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(readout(met()).to_json() + "\n\n")
    done = CliRunner().invoke(export, ["--format", "gdelt", str(path)], standalone_mode=False)
    assert done.output.split("\t")[26] == "042"
    path.write_text(json.dumps({"schema": "other"}) + "\n")
    failed = CliRunner().invoke(export, ["--format", "polecat", str(path)], standalone_mode=False)
    assert isinstance(failed.exception, OptionError) and "line 1" in str(failed.exception)
    refused = CliRunner().invoke(export, ["--format", "record", str(path)], standalone_mode=False)
    assert isinstance(refused.exception, OptionError)
