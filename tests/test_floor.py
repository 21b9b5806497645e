"""The quality gate: its own logic on made-up figures, and the sample of the real ones where the data is at hand."""

import json
from pathlib import Path

import pytest

from readout.errors import OptionError
from readout.evaluate import floor as quality
from readout.evaluate import table
from readout.evaluate.development import digest, shared_folder


def toy_floor() -> quality.Floor:
    figures = {"f1": 80.0, "recall": 0.5, "median_km": 10.0}
    return quality.Floor({"*": 0.01, "toy.recall": 0.1}, {"toy": quality.AreaFloor("d1", figures)})


def verdicts(figures: dict[str, float], data: str = "d1") -> dict[str, str]:
    return {line.measure: line.verdict for line in toy_floor().compare("toy", figures, data)}


def test_a_figure_below_its_floor_fails_and_one_within_the_noise_does_not() -> None:
    assert verdicts({"f1": 79.1, "recall": 0.5, "median_km": 10.0})["f1"] == "below"
    assert verdicts({"f1": 79.3, "recall": 0.46, "median_km": 10.0}) == {
        "f1": "ok",
        "recall": "ok",
        "median_km": "ok",
    }


def test_distance_and_error_are_ceilings() -> None:
    got = verdicts({"f1": 80.0, "recall": 0.5, "median_km": 12.0})
    assert got["median_km"] == "below"
    assert verdicts({"f1": 80.0, "recall": 0.5, "median_km": 8.0})["median_km"] == "better"


def test_a_new_measure_passes_and_a_lost_one_fails() -> None:
    got = verdicts({"f1": 85.0, "recall": 0.5, "precision": 0.9})
    assert got == {"f1": "better", "recall": "ok", "precision": "new", "median_km": "missing"}
    assert "missing" in quality.FAILURES and "new" not in quality.FAILURES


def test_figures_on_other_data_are_not_compared() -> None:
    assert set(verdicts({"f1": 99.0, "recall": 0.9, "median_km": 1.0}, data="d2").values()) == {"other data"}


def test_update_raises_floors_and_keeps_one_that_fell_within_the_noise() -> None:
    floor = toy_floor()
    floor.update("toy", {"f1": 83.0, "recall": 0.49, "median_km": 9.0}, "d1")
    assert floor.areas["toy"].figures == {"f1": 83.0, "recall": 0.5, "median_km": 9.0}


def test_update_refuses_to_lower_a_floor_that_is_not_named() -> None:
    floor, lower = toy_floor(), {"f1": 70.0, "recall": 0.2, "median_km": 10.0}
    with pytest.raises(OptionError, match=r"toy\.f1, toy\.recall"):
        floor.update("toy", lower, "d1")
    with pytest.raises(OptionError, match=r"toy\.recall"):
        floor.update("toy", lower, "d1", allow_lower=["toy.f1"])
    floor.update("toy", lower, "d1", allow_lower=["toy"])
    assert floor.areas["toy"].figures == lower


def test_update_refuses_to_lose_a_measure() -> None:
    with pytest.raises(OptionError, match=r"toy\.median_km"):
        toy_floor().update("toy", {"f1": 80.0, "recall": 0.5}, "d1")


def test_new_data_sets_every_floor_anew() -> None:
    floor = toy_floor()
    floor.update("toy", {"f1": 60.0}, "d2")
    assert floor.areas["toy"] == quality.AreaFloor("d2", {"f1": 60.0})


def test_floors_survive_the_file_and_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "floor.json"
    assert quality.load(path).areas == {}
    quality.save(toy_floor(), path)
    assert quality.load(path) == toy_floor()
    path.write_text('{"areas": []}')
    with pytest.raises(OptionError, match=r"floor\.json"):
        quality.load(path)


def test_digest_follows_content_and_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    before = digest(tmp_path, ["*.txt"])
    assert before == digest(tmp_path, ["a.*", "*.txt"])
    (tmp_path / "a.txt").write_text("two")
    assert digest(tmp_path, ["*.txt"]) != before


class TestRun:
    """`run` on a stand-in area."""

    @pytest.fixture(autouse=True)
    def area(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        self.figures: dict[str, float] = {"f1": 80.0}
        self.file = tmp_path / "floor.json"
        self.shared = tmp_path
        monkeypatch.setattr(table, "AREAS", {"toy": table.Area((), needs_model=False)})
        monkeypatch.setattr(table, "_measure", lambda *_: self.figures)

    def run(self, **options: object) -> int:
        return table.run(self.shared, floor_file=self.file, **options)  # type: ignore[arg-type]

    def test_fails_below_the_floor(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run(update_floor=True) == 0
        assert self.run() == 0
        self.figures = {"f1": 60.0}
        assert self.run() == 1
        assert self.run(check=False) == 0
        line = capsys.readouterr().out.splitlines()[-1].split()
        assert line == ["toy.f1", "60.00", "80.00", "below"]

    def test_update_leaves_the_file_when_refused(self) -> None:
        self.run(update_floor=True)
        self.figures = {"f1": 60.0}
        with pytest.raises(OptionError):
            self.run(update_floor=True)
        assert json.loads(self.file.read_text())["areas"]["toy"]["figures"] == {"f1": 80.0}
        assert self.run(update_floor=True, allow_lower=["toy.f1"]) == 0

    def test_a_broken_area_fails_the_run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> dict[str, float]:
            raise RuntimeError("no such file")

        monkeypatch.setattr(table, "_measure", broken)
        assert self.run() == 1

    def test_an_unknown_area_is_refused(self) -> None:
        with pytest.raises(OptionError, match="colours: no such area"):
            self.run(only=["colours"])


def test_the_sample_holds_its_floor() -> None:
    try:
        shared = shared_folder()
    except OptionError as error:
        pytest.skip(str(error))
    assert table.run(shared, ["sample"]) == 0
