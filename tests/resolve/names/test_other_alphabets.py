"""Names in other alphabets against names in Latin letters."""

import pytest

from readout.resolve.lists.entry import Entry
from readout.resolve.names import NameIndex, compare
from readout.resolve.names.abjad import fit

SAME = [
    ("Аркадий Воронцов", "Arkady Vorontsov"),
    ("Олеся Гриценко", "Olesya Hrytsenko"),
    ("Јелена Стојановић", "Jelena Stojanovic"),
    ("Νίκος Παπαδόπουλος", "Nikos Papadopoulos"),
    ("Γιώργος Μπακόπουλος", "Giorgos Bakopoulos"),
    ("خالد المنصوري", "Khalid al-Mansouri"),
    ("ياسين بن يوسف", "Yassin bin Yusuf"),
    ("عبد الرحمن الخطيب", "Abdul Rahman al-Khatib"),
    ("نور الدين بوزيد", "Noureddine Bouzid"),
    ("شیرین عبادی", "Shirin Ebadi"),
    ("جواد نوری زاده", "Javad Nourizadeh"),
    ("ميخائيل سوكولوف", "Mikhail Sokolov"),
    ("יצחק רבין", "Yitzhak Rabin"),
    ("דוד גרוסמן", "David Grossman"),
    ("ולדימיר סוקולוב", "Vladimir Sokolov"),
    ("박성호", "Pak Song Ho"),
    ("황병서", "Hwang Pyong So"),
    ("周文斌", "Zhou Wenbin"),
]
OTHER = [
    ("Аркадий Воронцов", "Arkady Voronin"),
    ("خالد المنصوري", "Khalid al-Masri"),
    ("حسين الكاتب", "Karim al-Katib"),
    ("عبد الرحمن الخطيب", "Abdul Karim al-Khatib"),
    ("جواد نوری زاده", "Jamal Nourizadeh"),
    ("יצחק רבין", "Yaakov Rabin"),
    ("박성호", "Pak Jong Chol"),
    ("周文斌", "Zhou Guoqiang"),
]


@pytest.mark.parametrize(("written", "latin"), SAME)
def test_the_same_name_in_another_alphabet(written: str, latin: str) -> None:
    assert compare(written, latin, "person").match
    assert compare(latin, written, "person").score == compare(written, latin, "person").score


@pytest.mark.parametrize(("written", "latin"), OTHER)
def test_another_name_in_another_alphabet(written: str, latin: str) -> None:
    assert not compare(written, latin, "person").match


def test_every_name_is_found_on_a_list_of_all_of_them() -> None:
    listed = [Entry("t", str(n), latin, "person") for n, (_, latin) in enumerate(SAME + OTHER)]
    index = NameIndex(listed)
    for n, (written, _) in enumerate(SAME):
        hits = index.screen(written, "person")
        assert hits, written
        assert hits[0].match, written
        assert hits[0].entry.id == str(n), written


def test_long_vowels_that_are_written_must_be_heard() -> None:
    assert fit("حسين", "hussein") > fit("حسن", "hussein")
    assert fit("حسن", "hassan") > fit("حسين", "hassan")
    assert fit("كريم", "karam") < fit("كريم", "karim") == 1
    assert fit("كريم", "salim") == 0


@pytest.mark.parametrize("text", ["ال", "ـــ", "ו" * 500, "و " * 300, "١٢٣", "אבג latin دال"])
def test_what_is_no_name_is_no_error(text: str) -> None:
    index = NameIndex([Entry("t", "1", "AL-KHATIB, Karim", "person")])
    assert not any(hit.match for hit in index.screen(text))
    assert not compare(text, "Karim al-Khatib").match
