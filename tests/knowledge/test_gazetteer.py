import time
from importlib.resources import files
from pathlib import Path

import pytest

from readout.errors import OptionError
from readout.knowledge.countries import rows
from readout.knowledge.folding import fold
from readout.knowledge.gazetteer import KINDS, Gazetteer, Place, gazetteer
from readout.knowledge.placefile import PlaceFile, Stored, write


def test_folding_makes_spellings_one() -> None:
    assert fold("São Tomé") == fold("SAO TOME")
    assert fold("Port-au-Prince") == fold("Port au Prince")
    assert fold("St. Louis") == fold("Saint Louis")
    assert fold("the Hague") == "hague"


def test_the_file_is_small_and_quickly_read() -> None:
    assert files("readout.knowledge.data").joinpath("gazetteer.places.gz").stat().st_size < 8_000_000  # type: ignore[attr-defined]
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
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,kind,country,lat,lon,town,names,demonyms\n"
        "Camp Juniper,military,TCD,10.5,20.25,,Juniper,Juniperian\n"
        "Ostrov Boatyard,facility,RUS,,,Vladivostok,,\n",
        encoding="utf-8",
    )
    known = Gazetteer([table])
    assert known.lookup("camp juniper")[0].country == "TCD"
    assert known.adjective("Juniperian") is not None
    yard = known.lookup("Ostrov Boatyard")[0]
    assert yard.precision == "town" and (yard.lat, yard.lon) == pytest.approx((43.1, 131.9), abs=0.1)
    assert [p.name for p in known.parents(yard)][0::2] == ["Vladivostok", "Russia"]


@pytest.mark.parametrize(
    "line",
    ["Nowhere\tcity\t95\t0\t", "Nowhere\tmoon\t5\t0\t", "Nowhere\tcity\tx\t0\t", "Nowhere\tsite\t\t\tXyzzyville"],
)
def test_a_bad_table_is_refused_in_one_line(tmp_path: Path, line: str) -> None:
    table = tmp_path / "bad.tsv"
    table.write_text("name\tkind\tlat\tlon\ttown\n" + line + "\n", encoding="utf-8")
    with pytest.raises(OptionError, match="Nowhere") as caught:
        Gazetteer([table])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["small.places", "small.places.gz"])
def test_a_file_of_places_gives_back_what_was_written(tmp_path: Path, name: str) -> None:
    place = Stored("Güiro Hill", "city", -12.3456, 130.5, "AUS", 77, 12_345, "AU.03")
    write(tmp_path / name, [(place, {"guiro hill", "guiro"}), (place._replace(name="Empty"), set())])
    known = PlaceFile(tmp_path / name)
    [index] = known.indices("guiro")
    assert Stored(*known.place(index)) == place._replace(population=12_000)
    assert list(known.indices("empty")) == [] and len(known) == 2
    assert Gazetteer([tmp_path / name]).lookup("Güiro")[0].admin1 == "AU.03"


@pytest.mark.parametrize("name", ["other.places", "other.places.gz"])
@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"readout places 1\n\xff\xff\xff\x7f{}", b"\x1f\x8b\x08\x00cut"]
)
def test_another_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(OptionError, match=r"other\.places"):
        Gazetteer([tmp_path / name])


def test_a_facility_lies_in_its_town_division_and_country() -> None:
    [plant] = gazetteer().lookup("Komsomolsk-on-Amur Aircraft Plant")
    assert plant.precision == "town"
    assert [place.geonames for place in gazetteer().parents(plant)] == [2021851, 2022888, 2017370]
    paris = Place("Paris", "city", 48.85, 2.35, "FRA", admin1="FR.11")
    assert [place.kind for place in gazetteer().parents(paris)] == ["admin1", "country"]


def test_every_facility_has_a_kind_a_point_and_a_source() -> None:
    table = list(rows("facilities.tsv"))
    assert len(table) >= 400
    assert {row["source"] for row in table} <= {"airportsdata", "geonames", "hand"}
    assert all(row["kind"] in KINDS and (row["lat"] or row["town"]) for row in table)
