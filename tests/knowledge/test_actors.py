"""Actor codes: words first, then dated tables, then places; tables of the user's own before all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readout.errors import OptionError
from readout.knowledge import actor_tables
from readout.knowledge.actors import actor_code


@pytest.mark.parametrize(
    ("text", "country", "sectors"),
    [
        ("the Turkish foreign minister", "TUR", ("GOV",)),
        ("rebels in Chad", "TCD", ("REB",)),
        ("Portuguese dockworkers", "PRT", ("LAB",)),
        ("Peru's former interior minister", "PER", ("ELI",)),
        ("ex-rebels in Mozambique", "MOZ", ("REB",)),
        ("the spokesman of the Danish teachers' union", "DNK", ("LAB",)),
        ("an opposition senator", "", ("LEG", "OPP")),
        ("Iranian state television", "IRN", ("GOV", "JRN")),
        ("Italy's defence minister", "ITA", ("GOV", "MIL")),
        ("Belgium's ambassador to Kenya", "BEL", ("GOV",)),
        ("the envoy to Laos", "", ("GOV",)),
        ("the US-backed militia", "", ("PRM",)),
        ("Rwanda", "RWA", ()),
        ("Ankara", "TUR", ("GOV",)),
        ("Sevilla", "ESP", ("CVL",)),
        ("", "", ()),
    ],
)
def test_words_tell_country_and_sector(text: str, country: str, sectors: tuple[str, ...]) -> None:
    assert actor_code(text)[:2] == (country, sectors)


def test_offices_and_groups_go_by_the_day() -> None:
    assert actor_code("Gordon Brown", day="2009-03-02")[:2] == ("GBR", ("GOV",))
    assert actor_code("Gordon Brown", day="2015-03-02")[:2] == ("GBR", ("ELI",))
    assert actor_code("Renamo fighters", day="1988-06-01").sectors == ("REB",)
    assert actor_code("Renamo", day="2012-06-01").sectors == ("PTY",)


def test_the_context_names_the_country_that_the_words_lack() -> None:
    assert actor_code("the interior minister", "Norwegian").country == "NOR"


def test_hostile_text_is_bounded() -> None:
    assert actor_code("A " * 100_000).how in ("words", "unknown", "place")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mine.csv"
    actor_tables.tenures.cache_clear()
    actor_tables.surnames.cache_clear()
    monkeypatch.setenv(actor_tables.ENVIRONMENT, str(path))
    return path


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    actor_tables.tenures.cache_clear()
    actor_tables.surnames.cache_clear()


def test_a_table_of_ones_own_goes_first(own: Path) -> None:
    rows = [
        "names,country,sectors,from,to",
        "Orla Venn|Minister Venn,DNK,GOV MIL,2020-01-01,",
        "FARC,COL,PTY,2017-09-01,",
    ]
    own.write_text("\n".join(rows))
    assert actor_code("Orla Venn", day="2022-02-02")[:2] == ("DNK", ("GOV", "MIL"))
    assert actor_code("FARC", day="2018-02-02").sectors == ("PTY",)


@pytest.mark.parametrize("text", ["names,country\nA,DNK\n", "names,country,sectors,from,to\nA,Denmark,GOV,,\n"])
def test_a_bad_table_is_named_in_one_line(own: Path, text: str) -> None:
    own.write_text(text)
    with pytest.raises(OptionError, match=r"mine\.csv"):
        actor_code("Anybody Atall")
