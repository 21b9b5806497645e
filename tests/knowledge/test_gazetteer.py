import time
from importlib.resources import files
from pathlib import Path

import pytest

from readout.errors import OptionError
from readout.knowledge.folding import fold
from readout.knowledge.gazetteer import COLUMNS, Gazetteer, gazetteer


def test_folding_makes_spellings_one() -> None:
    assert fold("São Tomé") == fold("SAO TOME")
    assert fold("Port-au-Prince") == fold("Port au Prince")
    assert fold("St. Louis") == fold("Saint Louis")
    assert fold("the Hague") == "hague"


def test_the_file_is_small_and_quickly_read() -> None:
    assert files("readout.knowledge.data").joinpath("gazetteer.npz").stat().st_size < 7_000_000  # type: ignore[attr-defined]
    start = time.process_time()
    Gazetteer().lookup("Vladivostok")
    assert time.process_time() - start < 2.0


def test_a_town_with_all_that_is_known_of_it() -> None:
    [place] = gazetteer().lookup("Komsomolsk-on-Amur")
    assert (place.kind, place.country, place.admin1, place.geonames) == ("city", "RUS", "RU.30", 2021851)
    assert (place.lat, place.lon) == pytest.approx((50.55, 137.01), abs=0.01)
    assert 200_000 < place.population < 350_000


def test_one_name_has_many_places_the_largest_first() -> None:
    places = gazetteer().lookup("Paris")
    assert {"FRA", "USA"} <= {place.country for place in places}
    assert places[0].country == "FRA"


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("U.S.", "country", "USA"), ("England", "admin1", "GBR"), ("the Far East", "region", "RUS"),
        ("Donbas", "region", "UKR"),
        ("Vostochny Cosmodrome", "spaceport", "RUS"), ("Black Sea", "water", None), ("Heathrow", "airport", "GBR"),
        ("Zaporizhzhia nuclear power plant", "nuclear", "UKR"), ("Cook County", "admin2", "USA"),
    ],
)  # fmt: skip
def test_kinds_of_places(name: str, kind: str, country: str | None) -> None:
    assert (kind, country) in {(place.kind, place.country) for place in gazetteer().lookup(name)}


def test_abbreviations_stand_for_no_small_town() -> None:
    assert {place.kind for place in gazetteer().lookup("US")} == {"country"}
    assert gazetteer().lookup("EU") == ()


def test_a_misspelt_name() -> None:
    assert gazetteer().lookup("Komsomolsk-on-Amure") == ()
    assert gazetteer().similar("Komsomolsk-on-Amure")[0].geonames == 2021851
    assert gazetteer().similar("Omsk") == []


def test_adjectives_and_abbreviations() -> None:
    known = gazetteer()
    assert (texan := known.adjective("Texan")) is not None and texan.name == "Texas"
    assert (kurdish := known.adjective("Kurdish")) is not None and kurdish.kind == "region"
    assert known.adjective("polish") is None
    assert [place.name for place in known.abbreviation("W.Va.")] == ["West Virginia"]


@pytest.mark.parametrize("name", ["", " ", "x" * 10_000, "\x00", "Ω", "'"])
def test_odd_names_are_simply_unknown(name: str) -> None:
    assert list(gazetteer().lookup(name)) == []


def test_places_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text(
        "\t".join(COLUMNS) + "\nCamp Juniper\tmilitary\t10.5\t20.25\tTCD\tJuniper\tJuniperian\n", encoding="utf-8"
    )
    known = Gazetteer([table])
    assert known.lookup("camp juniper")[0].country == "TCD"
    assert known.adjective("Juniperian") is not None


@pytest.mark.parametrize(
    "line", ["Nowhere\tcity\t95\t0\t\t\t", "Nowhere\tmoon\t5\t0\t\t\t", "Nowhere\tcity\tx\t0\t\t\t"]
)
def test_a_bad_table_is_refused_in_one_line(tmp_path: Path, line: str) -> None:
    table = tmp_path / "bad.tsv"
    table.write_text("\t".join(COLUMNS) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(OptionError, match=r"bad\.tsv") as caught:
        Gazetteer([table])
    assert "\n" not in str(caught.value)
