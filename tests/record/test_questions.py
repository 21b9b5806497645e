"""Questions to a small record of invented reports: a copy, a revision, another paper's account of the same day."""

import csv
import io
import json

import pytest
from tests.record.making import REPORT, made

from readout.cli import run
from readout.errors import OptionError
from readout.record import Record
from readout.record import tables as t
from readout.record.questions import (
    Filters,
    conflicts,
    difference,
    disputed,
    due,
    met,
    said,
    sanctioned,
    search,
    settled,
    show,
    timeline,
    who,
)
from readout.resolve.words import stem
from readout.schema import Role, Screening

ELSEWHERE = (
    "Officials in Vesthavn confirmed that Lind met people from the harbour on Monday, and that nobody shouted.\n\n"
    "Wholesalers hope for word about prices before the summer, since the boats will soon be out again."
)


@pytest.fixture
def filled(record):
    first = made(url="https://a.example/talks", outlet="Herald")
    lind = first.entities[0]
    lind.roles = [Role(title="fisheries minister", organization=None, span=(4, 22))]
    first.screenings = [Screening(entity="e2", list="un", entry_id="U1", match=True, in_force=True, score=0.98)]
    copy = made(url="https://b.example/talks", outlet="Courier")
    other = made(ELSEWHERE, who=["Lind", "people from the harbour"], said=[], done=["met"], outlet="Gazette")
    other.entities[1].name, other.entities[0].name = "The unions", "Lind"
    place = (
        made(url="https://c.example/x")
        .entities[1]
        .model_copy(update={"id": "e9", "kind": "place", "name": "Vesthavn", "country": "NOR", "mentions": [(13, 21)]})
    )
    other.entities.append(place)
    other.events[0].place = "e9"
    first.entities.pop(1), copy.entities.pop(1)
    for readout in (first, copy):
        for event in readout.events:
            event.actors = ["e0", "e2"]
    list(record.add_many([first, copy, other]))
    record.regroup()
    with record.database.writing() as connection:
        connection.execute(t.OUTLETS.update().where(t.OUTLETS.c.name == "Gazette").values(kind="state"))
    return record


@pytest.fixture
def connection(filled):
    with filled.database.reading() as opened:
        yield opened


def test_copies_are_one_source_and_a_surname_elsewhere_is_a_second(connection):
    lines = timeline(connection, Filters(status="occurred")).lines
    assert len(lines) == 1
    assert (lines[0].sources, len(lines[0].reports)) == (2, 3)
    assert lines[0].what["actors"] == ["Ada Lind", "The unions"]
    assert lines[0].sentence.startswith("The fisheries minister of Norland")


def test_a_timeline_is_narrowed(connection):
    def count(**given):
        return len(timeline(connection, Filters(**given)).lines)

    assert count() == 2
    assert count(since="2024-03-12") == 0 and count(until="2024-03") == 2 and count(until="2024-02") == 0
    assert count(place="Vesthavn") == 1 and count(place="Norway") == 1
    assert count(type="consult") == 2 and count(type="ASSAULT") == 0
    assert count(source_kind="state") == 1 and count(source_kind="agency") == 0
    assert count(as_of="2024-03-10") == 0
    answer = timeline(connection, Filters(limit=1))
    assert answer.more and len(answer.lines) == 1


def test_undated_events_stand_on_the_day_of_their_report(filled):
    late = made(REPORT.replace("Monday", "a day in spring"), url="https://d.example/1", published="2024-05-02")
    for event in late.events:
        event.start = event.end = None
    filled.add(late)
    with filled.database.reading() as connection:
        lines = timeline(connection).lines
        assert [line.start for line in lines] == ["2024-03-11", "2024-03-11", None, None]
        assert len(timeline(connection, Filters(since="2024-05")).lines) == 2


def test_who_met_and_said(connection):
    facts = who(connection, "ada LIND").lines
    assert [line.what["fact"] for line in facts] == ["name", "role", "seen with"]
    assert facts[1].what["role"] == "fisheries minister"
    assert len(met(connection, Filters(), "Lind", "the unions").lines) == 2
    assert met(connection, Filters(type="ASSAULT"), "Lind").lines == []
    words = said(connection, "Lind").lines
    assert [line.what["words"] for line in words] == ["The quota stays where it is", "a deal was near"]
    assert {line.sources for line in words} == {1}
    assert len(said(connection, "Lind", about='"quota stays"').lines) == 1
    assert said(connection, "Lind", about="quota prices").lines == []
    with pytest.raises(OptionError, match="nothing to look for"):
        said(connection, "Lind", about='""')


def test_a_name_that_is_not_there_gives_the_nearest(connection):
    with pytest.raises(OptionError, match="Adam Lund: no such name in the record; the nearest names are Ada Lind"):
        who(connection, "Adam Lund")
    with pytest.raises(OptionError, match="no such name"):
        who(connection, "…")


def test_what_is_due_by_the_day(connection):
    def states(**given):
        return [line.what["state"] for line in due(connection, Filters(**given)).lines]

    assert states(as_of="2024-10-31") == ["open"] and states(as_of="2024-11-01") == ["overdue"]
    assert states(as_of="2024-11-01", status="open") == [] and states(as_of="2024-03-01") == []
    assert states(as_of="2024-06-01", since="2024-11") == [] and states(as_of="2024-06-01", until="2024-10") == ["open"]
    with pytest.raises(OptionError, match="no state"):
        due(connection, Filters(status="late"))


def _announced_and_done():
    plan = "The finance ministers of Norland and Ostmark, Ada Lind and Bo Falk, will meet in Vesthavn on 20 March."
    done = "The finance ministers of Norland and Ostmark, Ada Lind and Bo Falk, met in Vesthavn on Wednesday."
    first = made(plan, who=["Ada Lind", "Bo Falk"], said=[], done=["will", "meet"])
    first.expectations[0].due.start = first.expectations[0].due.end = "2024-03-20"
    first.events.pop(0)
    second = made(done, who=["Ada Lind", "Bo Falk"], said=[], done=["met"], published="2024-03-21")
    for readout in (first, second):
        readout.events[0].start = readout.events[0].end = "2024-03-20"
        readout.events[0].precision = "day"
    return [first, second]


def test_what_was_due_is_settled_by_another_report(record):
    list(record.add_many(_announced_and_done()))
    with record.database.reading() as connection:
        assert [x.what["state"] for x in due(connection, Filters(as_of="2024-03-14")).lines] == ["open"]
        assert due(connection, Filters(as_of="2024-04-01")).lines == []
        line = due(connection, Filters(as_of="2024-04-01", status="fulfilled")).lines[0]
        assert line.what["settled_by"] == timeline(connection, Filters(status="occurred")).lines[0].article


def test_what_became_of_announcements_is_kept_until_a_report_is_read_anew(record, monkeypatch):
    first, second = _announced_and_done()
    list(record.add_many([first, second]))
    record.settle()
    settled._KNOWN.clear()
    told = []
    work_out = settled._outcome
    monkeypatch.setattr(settled, "_outcome", lambda *given: told.append(given) or work_out(*given))
    with record.database.reading() as connection:
        assert [x.what["state"] for x in due(connection, Filters(status="fulfilled")).lines] == ["fulfilled"]
        assert not told
    second.events[0].status = "denied"
    record.add(second)
    with record.database.reading() as connection:
        assert due(connection, Filters(status="fulfilled")).lines == [] and told


def test_search_show_and_sanctioned(connection):
    lines = search(connection, "quota").lines
    assert len(lines) == 1 and len(lines[0].reports) == 2
    assert "quota stays" in lines[0].sentence
    spoken = search(connection, "quota", kind="statements").lines[0]
    line, item = show(connection, spoken.id)
    assert item["kind"] == "direct" and line.what["speaker"] == "Ada Lind"
    assert show(connection, timeline(connection).lines[0].id)[0].what["type"] == "CONSULT"
    for wrong in ("0123456789abcdef:v1", "nonsense", "0123456789abcdef:q1"):
        with pytest.raises(OptionError):
            show(connection, wrong)
    listed = sanctioned(connection).lines
    assert [(line.what["name"], line.what["list"], line.sources) for line in listed] == [("The unions", "un", 1)]


def test_the_difference_between_versions(filled):
    filled.add(made(REPORT.replace("in October", "in November"), url="https://a.example/talks", outlet="Herald"))
    with filled.database.reading() as connection:
        lines = difference(connection, "https://www.a.example/talks/").lines
        assert {(line.what["sign"], line.what["kind"]) for line in lines} >= {
            ("gained", "sentence"),
            ("lost", "sentence"),
        }
        assert any("November" in line.sentence for line in lines if line.what["sign"] == "gained")
        with pytest.raises(OptionError, match="no such article"):
            difference(connection, "https://nowhere.example/")


@pytest.mark.parametrize("date", ["14 March", "2024-13", "2024-02-30", "20240314", ""])
def test_dates_that_are_none_are_refused(date):
    with pytest.raises(OptionError, match="2024-03-14"):
        Filters(since=date)


def test_the_commands_print_for_people_and_machines(tmp_path, capsys):
    db = str(tmp_path / "r.sqlite")
    hostile = made(outlet="\x1b[31m=Evil\u202e Herald", id="x")
    with Record(db) as record:
        record.add(hostile)
    assert run(["timeline", "--db", db]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\u202e" not in out and "Ada Lind" in out
    assert max(map(len, out.splitlines())) <= 80
    assert run(["said", "Lind", "--json", "--db", db]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["speaker"] == "Ada Lind" and lines[0]["sources"] == 1
    assert run(["timeline", "--csv", "--db", db]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0]["outlet"].startswith("[31m=") and rows[0]["actors"].startswith("Ada Lind; ")
    assert run(["show", "x", "--db", db]) == 0
    assert "Ada Lind" in capsys.readouterr().out


def test_errors_are_one_line(tmp_path, capsys):
    assert run(["due", "--db", str(tmp_path / "none.sqlite")]) == 2
    assert "no record there yet" in capsys.readouterr().err
    Record(tmp_path / "r.sqlite").close()
    assert run(["who", "Nobody Atall", "--db", str(tmp_path / "r.sqlite")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_events_on_the_map(filled):
    from readout.export.geojson import features

    with filled.database.writing() as connection:
        connection.execute(t.ENTITIES.update().where(t.ENTITIES.c.kind == "place").values(lat=59.5, lon=10.25))
    with filled.database.reading() as connection:
        found = json.loads(features(timeline(connection, Filters()).lines))
        assert [one["geometry"]["coordinates"] for one in found["features"]] == [[10.25, 59.5]]
        assert found["features"][0]["properties"]["sentence"].endswith("in Vesthavn on Monday.")
        assert json.loads(features(timeline(connection, Filters(as_of="2024-01-01")).lines))["features"] == []


TOLD = (
    "Norland and Kestria signed a fishing agreement in Vesthavn on Monday, the Herald has learned from two people who "
    "were in the room with the negotiators."
)
DENIED = (
    "Norland denied on Tuesday that it had signed any fishing agreement with Kestria, and said the talks would go on."
)


def telling(text, status, day, outlet):
    """A report of an agreement between two countries, told as done or denied."""
    readout = made(text, who=["Norland", "Kestria"], said=[], done=["signed"], published=day, outlet=outlet)
    for entity in readout.entities:
        entity.kind = "organization"
    readout.events[0].type, readout.events[0].status = "AGREE", status
    readout.events[0].start = readout.events[0].end = None
    return readout


def test_what_one_tells_and_another_denies_is_a_conflict(record):
    list(
        record.add_many(
            [telling(TOLD, "occurred", "2024-03-11", "Herald"), telling(DENIED, "denied", "2024-03-12", "Gazette")]
        )
    )
    with record.database.reading() as connection:
        (line,) = conflicts(connection).lines
        assert conflicts(connection, Filters(type="AGREE")).lines == [line]
        assert conflicts(connection, Filters(type="ASSAULT")).lines == []
        assert conflicts(connection, Filters(as_of="2024-03-11")).lines == []
        with pytest.raises(OptionError, match="no type of event"):
            conflicts(connection, Filters(type="NONSENSE"))
    assert (line.what["kind"], line.what["about"]) == ("denied", "AGREE: Norland, Kestria")
    assert [[side["outlet"] for side in one] for one in line.what["sides"]] == [["Herald"], ["Gazette"]]
    assert line.what["sides"][1][0]["sentence"] == DENIED
    assert (line.start, line.sources) == ("2024-03-12", 2)


def test_conflicts_of_a_large_record_are_those_of_the_newest_denials(record, monkeypatch):
    monkeypatch.setattr("readout.record.questions.disputed.MOST_REPORTS", 7)
    others = [made(f"{ELSEWHERE} Report number {n}.", who=["Lind"], said=[], done=[]) for n in range(9)]
    told = [telling(TOLD, "occurred", "2024-03-11", "Herald"), telling(DENIED, "denied", "2024-03-12", "Gazette")]
    list(record.add_many([*others, *told]))
    with record.database.reading() as connection:
        found = conflicts(connection)
    assert [line.what["kind"] for line in found.lines] == ["denied"]
    assert found.more


def test_both_sides_are_printed_and_fit_in_a_cell(database, capfd):
    with Record(database) as record:
        list(
            record.add_many(
                [telling(TOLD, "occurred", "2024-03-11", "Herald"), telling(DENIED, "denied", "2024-03-12", "Gazette")]
            )
        )
    assert run(["conflicts", "--db", database]) == 0
    shown = capfd.readouterr().out
    assert "◀ Norland and Kestria signed" in shown
    assert "▶ Norland denied on Tuesday" in shown
    assert run(["conflicts", "--db", database, "--csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capfd.readouterr().out))
    assert row["sides"].count("; ") == 1


def test_a_search_between_two_days(filled):
    with filled.database.reading() as connection:
        found = search(connection, "talks", Filters(since="2024-03-01", until="2024-03-31"))
        assert found.lines
        assert search(connection, "talks", Filters(since="2024-04-01", until="2024-04-30")).lines == []


def test_what_has_no_day_in_a_report_without_one_stands_before_all_that_have(record):
    undated = made(ELSEWHERE, who=["Lind"], said=[], done=["met"], published=None)
    undated.events[0].start = undated.events[0].end = None
    record.add(undated)
    record.add(made(url="https://a.example/talks"))
    with record.database.reading() as connection:
        days = [line.start for line in timeline(connection).lines]
        newest = timeline(connection, Filters(limit=1)).lines
    assert days[0] is None and days[1:] == ["2024-03-11"] * 2
    assert newest[0].start == "2024-03-11"


def test_what_a_number_counts_is_told_as_it_is_written():
    sides = [{"sentence": "A blast killed twelve."}, {"sentence": "It killed 19 people."}]
    assert disputed._written(stem("people"), sides) == "people"
