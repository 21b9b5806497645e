"""The list that comes along, and lists added on top of it."""

import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from readout.errors import OptionError
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.shipped import STALE, Shipped, shipped
from readout.resolve.lists.store import Lists
from readout.resolve.lists.watchlist import continued, watchlist

OLD, FIRST = date(2020, 1, 1), date(2024, 6, 1)


def test_it_is_there_at_once_and_can_be_asked_about_any_day_it_covers() -> None:
    start = time.process_time()
    came = shipped()
    assert time.process_time() - start < 1.5, "loads in about 0.2 s"
    assert shipped() is came
    assert len(came.entries) > 15_000
    assert len({entry.id for entry in came.entries}) == len(came.entries)
    plant = next(entry for entry in came.entries if entry.id == "35341")
    assert plant.listed_on is not None
    assert [plant.in_force(plant.listed_on + timedelta(n)) for n in (-1, 0, 1)] == [False, True, True]
    assert sum(entry.in_force(came.since) for entry in came.entries) < sum(e.in_force(came.day) for e in came.entries)


def test_it_warns_where_it_is_too_old_or_too_young() -> None:
    came = shipped()
    assert came.warning(came.day + timedelta(STALE)) is None
    assert came.warning(came.since) is None
    assert f"is of {came.day}" in (came.warning(came.day + timedelta(STALE + 1)) or "")
    assert f"begins on {came.since}" in (came.warning(came.since - timedelta(1)) or "")
    assert came.warning() is not None, "today is long after it"


def entry(key: str, listed: date | None = None, delisted: date | None = None) -> Entry:
    return Entry("ofac-sdn", key, f"Name {key}", listed_on=listed, delisted_on=delisted)


def test_an_added_list_continues_the_shipped_one() -> None:
    ended = date(2023, 1, 1)
    came = Shipped(
        "ofac-sdn",
        OLD,
        date(2024, 1, 1),
        (entry("stays"), entry("goes"), entry("gone", None, ended), entry("late", ended)),
    )
    stored = [entry("stays"), entry("late"), entry("new"), entry("newer", date(2024, 7, 1))]
    found = {e.id: (e.listed_on, e.delisted_on) for e in continued(came, stored, FIRST)}
    assert found == {
        "stays": (None, None),
        "goes": (None, FIRST),
        "gone": (None, ended),
        "late": (ended, None),
        "new": (FIRST, None),
        "newer": (date(2024, 7, 1), None),
    }


def test_an_added_list_that_is_older_takes_the_place_of_the_shipped_one() -> None:
    came = Shipped("ofac-sdn", OLD, date(2024, 1, 1), (entry("stays"),))
    stored = [entry("other")]
    assert list(continued(came, stored, OLD - timedelta(1))) == stored


def test_the_lists_to_screen_against(tmp_path: Path) -> None:
    database = tmp_path / "lists.sqlite"
    with pytest.raises(OptionError, match="no such database"):
        watchlist(database)
    lists = Lists(database)
    assert watchlist(database).own
    own = tmp_path / "own.csv"
    own.write_text("id,name\n1,Arvid Testrup\n", encoding="utf-8")
    lists.add(own, "mine", FIRST)
    both = watchlist(database)
    mine, old = both.entries[-1], next(e for e in both.entries if e.listed_on is None)
    assert [both.status(mine, FIRST - timedelta(n)) for n in (0, 1)] == [True, None]
    assert [both.status(old, day) for day in (shipped().since, OLD)] == [True, None]
    assert both.days == {"ofac-sdn": shipped().day, "mine": FIRST}
    assert both.entries[-1].name == "Arvid Testrup"
    assert [w[:17] for w in both.warnings(FIRST + timedelta(STALE))] == ["the list ofac-sdn"]
    assert [w[:13] for w in both.warnings(FIRST + timedelta(STALE + 1))] == ["the list ofac", "the list mine"]
    assert [w[:13] for w in both.warnings(FIRST + timedelta(STALE + 1), ("mine",))] == ["the list mine"]
    lists.add(own, "ofac-sdn", FIRST)
    replaced = watchlist(database)
    assert not replaced.own
    assert replaced.warnings(FIRST + timedelta(STALE)) == []
    assert (replaced.days["ofac-sdn"], replaced.since["ofac-sdn"]) == (FIRST, shipped().since)
    assert [e.id for e in replaced.entries if e.list == "ofac-sdn" and e.in_force(FIRST)] == ["1"]
    assert sum(e.in_force(date(2022, 1, 1)) for e in replaced.entries) > 8_000, "the history before it is kept"
