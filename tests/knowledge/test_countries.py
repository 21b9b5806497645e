import pytest

from readout.knowledge.countries import capital_of, countries, country_of, demonym, seat_of_power


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("U.S.", "USA"), ("US", "USA"), ("the United States", "USA"), ("Britain", "GBR"), ("UK", "GBR"),
        ("DPRK", "PRK"),
        ("South Korea", "KOR"), ("Türkiye", "TUR"), ("Côte d’Ivoire", "CIV"), ("Scotland", "GBR"), ("RUSSIA", "RUS"),
        ("the Netherlands", "NLD"), ("UAE", "ARE"), ("Chechnya", "RUS"),
    ],
)  # fmt: skip
def test_names_of_countries(text: str, code: str) -> None:
    assert country_of(text) == code


@pytest.mark.parametrize("text", ["us", "uk", "Springfield", "", "the North", "polish", "it"])
def test_what_is_no_country(text: str) -> None:
    assert country_of(text) is None


def test_the_north_is_a_country_only_beside_the_koreas() -> None:
    assert country_of("the North", {"PRK", "USA"}) == "PRK"
    assert country_of("the South", {"SDN"}) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Russian", "RUS"),
        ("Emirati", "ARE"),
        ("Kyrgyz", "KGZ"),
        ("South Koreans", "KOR"),
        ("Congolese", "COD"),
        ("Welsh", "GBR"),
    ],
)
def test_demonyms(word: str, code: str) -> None:
    assert demonym(word) == code


def test_demonyms_need_a_capital_letter() -> None:
    assert demonym("polish") is None
    assert demonym("Polish") == "POL"


def test_governments_by_their_seat() -> None:
    assert seat_of_power("the Kremlin") == seat_of_power("Moscow") == "RUS"
    assert seat_of_power("Downing Street") == "GBR"
    assert seat_of_power("Victoria") is None  # the capital of the Seychelles, and much else


def test_the_table_is_sound() -> None:
    table = countries()
    assert len(table) > 240
    assert capital_of("KAZ") == "Astana"
    assert capital_of("???") is None
    assert all(-90 <= c.lat <= 90 and -180 <= c.lon <= 180 for c in table.values())
