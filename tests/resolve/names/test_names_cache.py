"""The names of the lists, kept in a file."""

from datetime import date
from pathlib import Path

import pytest

from readout.resolve.lists.entry import Entry
from readout.resolve.names import NameIndex
from readout.resolve.names import cache as kept
from readout.resolve.names.cache import prepared


def test_a_second_start_reads_the_file_and_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_CACHE", str(tmp_path))
    first = prepared()
    assert len(list(tmp_path.glob("names-*.pickle"))) == 1

    def refused(_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(kept, "NameIndex", refused)
    monkeypatch.setattr(kept, "_write", refused)
    found = [[hit.entry.id for hit in ready.names.screen("Sergei Lavrov", "person")] for ready in (first, prepared())]
    assert found[0] == found[1]
    assert found[0]


def test_entries_that_do_not_count_do_not_crowd_out_those_that_do() -> None:
    gone = [Entry("old", str(n), "ORBELI, Vano", "person", delisted_on=date(2020, 1, 1)) for n in range(40)]
    index = NameIndex([*gone, Entry("new", "here", "ORBELI, Vano Davidovich", "person")])
    assert [hit.entry.id for hit in index.screen("Vano Orbeli", "person", on=date(2023, 1, 1))] == ["here"]
    assert [hit.entry.id for hit in index.screen("Vano Orbeli", "person", only=("new",))] == ["here"]


def test_far_off_names_are_left_out_where_only_near_ones_are_of_use() -> None:
    index = NameIndex([Entry("t", "1", "ORBELI, Vano Davidovich", "person"), Entry("t", "2", "KARELI, Vano", "person")])
    assert {hit.entry.id for hit in index.screen("Vano Orbeli", "person", least=0.8)} == {"1"}
