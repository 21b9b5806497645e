"""The formats in which lists are published, each on a small file about the same invented man, firm and ship."""

import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest

from readout.errors import ContentError, SourceError
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.formats import parse
from readout.resolve.lists.published import Published
from readout.resolve.lists.source import fetch

PUBLISHED = Path(__file__).parent / "published"
FORMS = {
    "sdn.csv": "ofac-csv",
    "sdn.xml": "ofac-xml",
    "sdn_advanced.xml": "ofac-advanced-xml",
    "un.xml": "un-xml",
    "eu.xml": "eu-xml",
    "eu.csv": "eu-csv",
    "uk.xml": "uk-xml",
    "uk.csv": "uk-csv",
    "conlist.csv": "ofsi-csv",
    "targets.nested.json": "ftm",
    "entities.ftm.json": "ftm",
    "own.jsonl": "own-jsonl",
    "own.csv": "own-csv",
}
UNDATED = ("ofac-csv", "ftm", "own-jsonl", "own-csv")


def read(name: str) -> Published:
    return parse(fetch(PUBLISHED / name).parts, "invented")


def entries(name: str) -> dict[str, Entry]:
    return {entry.id: entry for entry in read(name).entries}


@pytest.mark.parametrize("name", FORMS)
def test_each_format_is_told_by_its_content_and_gives_the_same_man(name: str) -> None:
    published = read(name)
    man = published.entries[0]
    assert published.form == FORMS[name]
    assert published.day == (None if published.form in UNDATED else date(2024, 5, 21))
    assert man.list == "invented"
    assert man.kind == "person"
    assert sorted(man.name.upper().replace(",", "").split()) == ["ARVID", "HOLGER", "TESTRUP"]
    assert man.countries[0] == "DNK"
    assert any("test" in alias.lower() for alias in man.aliases)
    if name not in ("own.csv", "eu.csv"):
        assert [alias.upper() for alias in man.weak_aliases] == ["THE HARBOURMASTER"]
    if name != "own.csv":
        assert man.birth_dates[0] == "1961-03-07"
    if name not in ("own.csv", "own.jsonl"):
        assert "Director General of Fleets" in man.positions


@pytest.mark.parametrize("name", ["un.xml", "eu.xml", "eu.csv", "uk.xml", "uk.csv", "conlist.csv", "own.csv"])
def test_days_of_listing_are_read(name: str) -> None:
    assert read(name).entries[0].listed_on == date(2019, 6, 4)


def test_further_tables_of_ofac_beside_the_table_of_entries_are_taken() -> None:
    firm, ship = entries("sdn.csv")["90002"], entries("sdn.csv")["90003"]
    assert firm.aliases == ("NORTH WIND FREIGHT",)
    assert firm.addresses == ("Am Kai 7, Hamburg 20457, Germany", "Pyongyang, Korea, North")
    assert firm.countries == ("DEU", "PRK")
    assert "Tax ID No. 55 (Germany)" in firm.remarks, "the overflow of the remarks goes on inside a word"
    assert firm.linked == ("TESTRUP, Arvid Holger",)
    assert (ship.kind, ship.countries, ship.linked) == ("vessel", ("PAN",), ("Nordwind Frachtkontor",))


def test_ofac_tables_and_xml_agree() -> None:
    tables, xml = entries("sdn.csv"), entries("sdn.xml")
    for key, entry in xml.items():
        for field in ("name", "kind", "aliases", "weak_aliases", "countries", "addresses", "programmes", "linked"):
            assert getattr(entry, field) == getattr(tables[key], field), (key, field)


def test_a_folder_with_ofac_tables_is_one_list(tmp_path: Path) -> None:
    for name in ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"):
        (tmp_path / f"renamed_{name}").write_bytes((PUBLISHED / name).read_bytes())
    assert parse(fetch(tmp_path).parts, "invented").entries == read("sdn.csv").entries


def test_the_newer_ofac_xml_gives_owners_and_days() -> None:
    ship = entries("sdn_advanced.xml")["90003"]
    assert (ship.linked, ship.listed_on) == (("90002",), date(2021, 2, 1))
    assert entries("sdn_advanced.xml")["90001"].linked == (), "an associate is no owner"


def test_followthemoney_takes_targets_and_their_sanctions_and_owners() -> None:
    for name in ("targets.nested.json", "entities.ftm.json"):
        found = entries(name)
        assert list(found) == ["NK-testrup", "NK-nordwind"], "who is no target is not listed"
        assert found["NK-testrup"].addresses == ("Aalborg, Denmark",)
        assert found["NK-nordwind"].linked == ("NK-testrup",)
        assert found["NK-nordwind"].delisted_on == date(2023, 12, 31)


def test_uk_cells_with_several_numbered_values_are_parted() -> None:
    assert entries("uk.csv")["TST0001"].countries == ("DNK", "PRK")
    assert entries("conlist.csv")["19001"].positions == ("Captain", "Director General of Fleets", "Harbour pilot")


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    content = (PUBLISHED / "un.xml").read_bytes()
    (tmp_path / "a").write_bytes(gzip.compress(content))
    with zipfile.ZipFile(tmp_path / "b", "w") as archive:
        archive.writestr("un.xml", content)
    for name in ("a", "b"):
        assert fetch(tmp_path / name).parts == [content]
    (tmp_path / "c").write_bytes(gzip.compress(content)[:-30])
    with pytest.raises(ContentError, match="packed and damaged"):
        fetch(tmp_path / "c")


@pytest.mark.parametrize("name", FORMS)
def test_a_list_that_is_cut_off_is_refused(name: str) -> None:
    parts = fetch(PUBLISHED / name).parts
    whole = parts[0].rstrip(b"\r\n \x1a")
    for cut in (len(whole) - 1, len(whole) - 25):
        if b"\n" in whole[cut:] or (cut == len(whole) - 1 and name.endswith(".csv") and not whole.endswith(b'"')):
            continue  # nothing in a table says that its last value goes on
        with pytest.raises(ContentError):
            parse([whole[:cut], *parts[1:]], "invented")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7 \x00\x01\x02", "no known format"),
        (b"<html><body>Service unavailable</body></html>", "XML of another kind"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><sdnList>&a;</sdnList>', "DOCTYPE"),
        (b"<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>", "holds no entries"),
        (b"id,name\n1,A\n1,B\n", "twice"),
        (b"id,name\n1,\n", "lacks a name in line 2"),
        (b"id,name\n1,A,x\n", "3 columns instead of 2 in line 2"),
        (b"id,name,listed_on\n1,A,soon\n", "'soon' as listed_on in line 2"),
        (b"id,name,listed_on,delisted_on\n1,A,2024-02-01,2024-01-31\n", "delisted_on before the listed_on in line 2"),
        (b'{"id": 1, "name": "A"}\n{"id": 2, "na', "line 2 is no JSON"),
        (b'{"id": 1, "name": "A \\ud800"}\n', "half a character"),
        (b'{"id": 1, "name": "A"}\n[1]\n', "no JSON object in line 2"),
        (b'{"name": "A"}\n', "lacks an id"),
        (b'{"id":"a","schema":"Person","properties":[]}\n', "no FollowTheMoney entity"),
        (b'1,"A",-0- ,"X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n2,"B",-0- \n', "3 columns instead of 12 in line 2"),
        (b'1,"aka"\n', "further tables|no OFAC|no known format"),
        (b"Report Date: 21-May-2024\nUnique ID,Name 6\n1,A\n", "lacks the column 'name type'"),
    ],
)
def test_what_is_no_list_is_refused_with_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(ContentError, match=reason) as refused:
        parse([content], "invented")
    assert "\n" not in str(refused.value)


def test_published_lists_are_taken_with_entries_that_have_no_name_or_share_an_id() -> None:
    man = "<Designation><UniqueID>T1</UniqueID><Names><Name><Name6>{}</Name6></Name></Names></Designation>"
    text = f"<Designations>{man.format('Ada')}{man.format('')}{man.format('Bea')}</Designations>"
    assert [(e.id, e.name) for e in parse([text.encode()], "uk").entries] == [("T1", "Ada"), ("T1#3", "Bea")]


@pytest.mark.parametrize(
    ("line", "name"),
    [(b'1,"The "Sun" Ltd"', 'The Sun" Ltd"'), (b'1,Sun 5" pipes', 'Sun 5" pipes'), (b"1,Sun,,", "Sun")],
)
def test_small_faults_of_a_table_are_let_pass(line: bytes, name: str) -> None:
    assert [entry.name for entry in parse([b"id,name\n" + line + b"\n2,Moon\n"], "own").entries] == [name, "Moon"]


def test_a_quotation_mark_that_is_never_closed_is_no_small_fault() -> None:
    with pytest.raises(ContentError, match="no proper CSV"):
        parse([b'id,name\n1,"Sun\n2,Moon\n3,Star\n'], "own")


def test_entities_in_xml_are_never_expanded_or_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET", encoding="utf-8")
    hostile = f'<!DOCTYPE e [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]><export><remark>&s;</remark></export>'
    with pytest.raises(ContentError, match="DOCTYPE"):
        parse([hostile.encode()], "invented")


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        fetch(tmp_path / "none.xml")
    with pytest.raises(SourceError, match=r"no \.csv"):
        fetch(tmp_path)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Korea, North", "PRK"),
        ("Congo, Democratic Republic of the", "COD"),
        ("IRAN (ISLAMIC REPUBLIC OF)", "IRN"),
        ("Region: Gaza", "PSE"),
        ("ua", "UKR"),
        ("Russian", "RUS"),
        ("Virgin Islands, British", "VGB"),
        ("Korea (North)", "PRK"),
        ("undetermined", None),
    ],
)
def test_countries_as_lists_write_them(written: str, code: str | None) -> None:
    from readout.resolve.lists.values import code as code_of

    assert code_of(written) == code
