"""Versions of lists in the store: any day's state, changes, and what is refused."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import permutations
from pathlib import Path
from threading import Thread

import pytest

from readout.errors import ContentError, OptionError, SourceError
from readout.resolve.lists.store import Lists

PUBLISHED = Path(__file__).parent / "published"
JAN, MAR, MAY = date(2024, 1, 10), date(2024, 3, 10), date(2024, 5, 10)
VERSIONS = {
    JAN: "id,name\na,Ada Erfunden\nb,Bolt Handel\nc,Cargo Eins\n",
    MAR: "id,name\na,Ada Erfunden-Neu\nc,Cargo Eins\n",
    MAY: "id,name\na,Ada Erfunden-Neu\nb,Bolt Handel\nd,Dock Vier\n",
}


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[Lists]:
    opened = Lists(tmp_path / "kept" / "lists.sqlite")
    yield opened
    opened.close()


def write(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def add_all(lists: Lists, folder: Path, order: tuple[date, ...] = (JAN, MAR, MAY)) -> None:
    for day in order:
        lists.add(write(folder, VERSIONS[day]), "own", day)


def ids(lists: Lists, day: date | None = None) -> str:
    return "".join(sorted(entry.id for entry in lists.entries("own", day)))


@pytest.mark.parametrize("order", list(permutations((JAN, MAR, MAY))))
def test_the_state_of_any_day_does_not_depend_on_the_order_of_adding(
    lists: Lists, tmp_path: Path, order: tuple[date, ...]
) -> None:
    add_all(lists, tmp_path, order)
    states = {JAN: "abc", MAR: "ac", MAY: "abd", MAY + timedelta(900): "abd", JAN - timedelta(1): ""}
    states |= {MAR - timedelta(1): "abc", MAY - timedelta(1): "ac"}
    assert {day: ids(lists, day) for day in states} == states
    assert ids(lists) == "abd"
    assert [version.day for version in lists.versions("own")] == [JAN, MAR, MAY]
    assert {e.name for e in lists.entries("own", JAN) if e.id == "a"} == {"Ada Erfunden"}


def test_where_the_list_gives_no_dates_its_versions_do(lists: Lists, tmp_path: Path) -> None:
    add_all(lists, tmp_path)
    known = {(e.id, e.listed_on, e.delisted_on) for e in lists.known("own")}
    assert known == {("a", None, None), ("b", None, MAR), ("b", MAY, None), ("c", None, MAY), ("d", MAY, None)}
    ada = next(e for e in lists.known("own") if e.id == "a")
    assert ada.name == "Ada Erfunden-Neu"


def test_known_entries_and_states_agree_on_every_day(lists: Lists, tmp_path: Path) -> None:
    add_all(lists, tmp_path)
    for n in range(150):
        day = JAN + timedelta(n)
        assert "".join(sorted(e.id for e in lists.known("own") if e.in_force(day))) == ids(lists, day)


def test_adding_the_same_file_twice_changes_nothing(lists: Lists, tmp_path: Path) -> None:
    path = write(tmp_path, VERSIONS[JAN])
    assert lists.add(path, "own", JAN).is_new
    before = lists.versions("own"), lists.known()
    assert not lists.add(path, "own", JAN).is_new
    assert not lists.add(path, "own", MAR).is_new
    assert (lists.versions("own"), lists.known()) == before


def test_another_file_of_the_same_day_takes_the_place_of_the_first(lists: Lists, tmp_path: Path) -> None:
    add_all(lists, tmp_path)
    lists.add(write(tmp_path, "id,name\na,Ada Erfunden\nx,Xenon\n"), "own", MAR)
    assert [ids(lists, day) for day in (JAN, MAR, MAY)] == ["abc", "ax", "abd"]
    assert len(lists.versions("own")) == 3


def test_listing_dates_decide_before_the_first_version_and_between_two(lists: Lists) -> None:
    lists.add(PUBLISHED / "un.xml", "un")
    assert [e.id for e in lists.entries("un", date(2019, 6, 3))] == []
    assert [e.id for e in lists.entries("un", date(2019, 6, 4))] == ["TLi.001"]
    assert [e.id for e in lists.entries("un", date(2021, 2, 1))] == ["TLi.001", "TLe.002"]
    assert lists.versions("un")[0].day == date(2024, 5, 21), "the day is the one the list states"


def test_an_entry_listed_between_two_versions_is_in_force_from_its_listing_date(lists: Lists, tmp_path: Path) -> None:
    lists.add(write(tmp_path, "id,name,listed_on\na,Ada,2020-01-01\n"), "own", JAN)
    lists.add(write(tmp_path, "id,name,listed_on\na,Ada,2020-01-01\nb,Bolt,2024-02-01\n"), "own", MAR)
    assert [ids(lists, day) for day in (JAN, date(2024, 1, 31), date(2024, 2, 1), MAR)] == ["a", "a", "ab", "ab"]


def test_a_list_can_say_itself_when_a_listing_ended(lists: Lists) -> None:
    lists.add(PUBLISHED / "own.csv", "own", JAN)
    assert ids(lists, JAN) == "1"
    assert ids(lists, date(2023, 1, 1)) == "1", "who has no listing date is not known to have been listed before"


def test_changes_between_two_days(lists: Lists, tmp_path: Path) -> None:
    add_all(lists, tmp_path)
    newest, all_year = lists.changes("own"), lists.changes("own", JAN, MAY)
    assert ([e.id for e in newest.added], newest.changed) == (["b", "d"], [])
    assert [e.id for e in newest.removed] == ["c"]
    assert [(old.name, new.name) for old, new in all_year.changed] == [("Ada Erfunden", "Ada Erfunden-Neu")]
    assert [e.id for e in lists.changes("own", date(2023, 1, 1), JAN).added] == ["a", "b", "c"]


@pytest.mark.parametrize("text", ["", "id,name\na,Ada\nb", "id,name\na,Ada\n", "<sdnList><sdnEntry>", '{"id": 1'])
def test_a_damaged_list_leaves_the_one_before_in_force(lists: Lists, tmp_path: Path, text: str) -> None:
    add_all(lists, tmp_path)
    before = lists.versions("own"), lists.known()
    with pytest.raises(ContentError, match="nothing is changed") as refused:
        lists.add(write(tmp_path, text), "own", MAY + timedelta(1))
    assert str(tmp_path) in str(refused.value)
    assert (lists.versions("own"), lists.known()) == before


def test_a_list_refused_at_first_leaves_no_list_behind(lists: Lists, tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        lists.add(write(tmp_path, "id,name\n"), "own")
    assert lists.names() == []
    with pytest.raises(OptionError, match="no such list"):
        lists.versions("own")


def test_several_lists_stand_side_by_side(lists: Lists) -> None:
    for name in ("un.xml", "eu.xml", "uk.csv", "sdn.xml"):
        lists.add(PUBLISHED / name, name.partition(".")[0])
    assert lists.names() == ["eu", "sdn", "uk", "un"]
    assert {entry.list for entry in lists.entries()} == {"eu", "sdn", "uk", "un"}
    assert {entry.list for entry in lists.entries(on=date(2019, 12, 1))} == {"eu", "uk", "un"}


@pytest.fixture
def site() -> Iterator[str]:
    """The published lists on a site of their own; it sends XML as such and anything else as unknown bytes."""
    handler = partial(QuietHandler, directory=str(PUBLISHED))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_a_list_is_fetched_from_an_address(lists: Lists, site: str) -> None:
    for name in ("un.xml", "uk.csv", "own.jsonl"):
        assert lists.add(f"{site}/{name}", name, JAN, allow_private=True).version.source == f"{site}/{name}"
    with pytest.raises(SourceError, match="404"):
        lists.add(f"{site}/none.xml", "un", allow_private=True)
    with pytest.raises(SourceError, match="refused"):
        lists.add(f"{site}/un.xml", "un")


def test_what_is_no_database_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("This is a letter, and no database.\n" * 50, encoding="utf-8")
    with pytest.raises(OptionError, match="no usable database"):
        Lists(path)
    with pytest.raises(OptionError, match="no usable database") as refused:
        Lists("nosuch://user:secret@host/lists")
    assert "secret" not in str(refused.value)


def test_each_content_is_kept_once(lists: Lists, tmp_path: Path) -> None:
    add_all(lists, tmp_path)
    with sqlite3.connect(tmp_path / "kept" / "lists.sqlite") as connection:
        assert connection.execute("select count(*) from contents").fetchone() == (5,)
        assert connection.execute("select count(*) from spans").fetchone() == (6,)
