"""What is still to come."""

import pytest
from event_trees import add_time, event, reports

import readout
from readout.extract.due import due
from readout.extract.events import EventsComponent
from readout.extract.events.anchoring import NEAREST
from readout.extract.expectations import ExpectationsComponent
from readout.extract.status import StatusComponent
from readout.language.happenings import EventScores, Floats
from readout.schema import Due, Event


def test_one_for_each_planned_event_with_its_interval_and_sentence():
    doc = reports()["visit"]
    doc._.published = "2031-05-06"
    add_time(doc, "May", "2031-05-01", "2031-05-31")
    for room in (EventsComponent(), StatusComponent(), ExpectationsComponent()):
        doc = room(doc)
    (expected,) = doc._.expectations
    assert expected.event == event(doc, "visit").id
    assert (expected.due.start, expected.due.end) == ("2031-05-01", "2031-05-31")
    assert [doc.text[a:b] for a, b in expected.evidence] == ["She is expected to visit Riga in May."]


def planned(start: str | None, end: str | None) -> Event:
    return Event(id="v1", type="CONSULT", trigger=(0, 4), status="planned", start=start, end=end, precision="day")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2031-05-10", "2031-05-12", ("2031-05-10", "2031-05-12")),
        ("2031-05-10", None, ("2031-05-10", None)),
        (None, "2031-05-12", (None, "2031-05-12")),
        (None, None, None),
        ("2031-04-01", "2031-04-01", None),
    ],
)
def test_due(start: str | None, end: str | None, expected: tuple | None):
    found = due(planned(start, end), "2031-05-06")
    assert found == (None if expected is None else Due(start=expected[0], end=expected[1], precision="day"))


def test_without_a_day_of_publication_the_interval_stands():
    assert due(planned("2016-04-01", "2016-04-01"), None) is not None


def test_nothing_planned_nothing_expected():
    doc = reports()["quiet"]
    assert ExpectationsComponent()(doc)._.expectations == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Friday", ("2024-05-10", "2024-05-10")),
        ("by Friday", (None, "2024-05-10")),
        ("before Friday", (None, "2024-05-09")),
        ("from Friday", ("2024-05-10", None)),
        ("starting on Friday", ("2024-05-10", None)),
        ("before the new year", (None, "2024-12-31")),
        ("no later than Friday", (None, "2024-05-10")),
        ("on or before 3 June", (None, "2024-06-03")),
        ("as of 3 June", ("2024-06-03", None)),
        ("not before 3 June", ("2024-06-03", None)),
        ("after the first of June", ("2024-06-01", None)),
        ("before the month is out", (None, "2024-05-31")),
        ("by midnight on Friday", (None, "2024-05-10")),
    ],
)
def test_a_deadline_or_a_beginning_leaves_one_end_open(words: str, expected: tuple[str | None, str | None]):
    found = readout.read_text(f"Portuguese troops will leave Bissau {words}.", published="2024-05-06").expectations
    assert [(x.due.start, x.due.end) for x in found] == [expected]


def test_a_month_that_is_over_is_the_next_one_for_what_will_be():
    text = "Oman will release the detained sailors by the end of March, the ministry said."
    readout_ = readout.read_text(text, published="2024-05-20")
    assert [x.due.end for x in readout_.expectations if x.due] == ["2025-03-31"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on the 28th", ("2024-05-28", "2024-05-28")),
        ("on Thursday week", ("2024-05-16", "2024-05-16")),
        ("within the week", ("2024-05-06", "2024-05-13")),
        ("in three weeks", ("2024-05-27", "2024-05-27")),
        ("in the next three weeks", ("2024-05-06", "2024-05-27")),
        ("by the twelfth of the month", (None, "2024-05-12")),
        ("in four to six months", ("2024-09-06", "2024-11-06")),
        ("later this month", ("2024-05-06", "2024-05-31")),
        ("in the middle of June", ("2024-06-10", "2024-06-20")),
        ("from Wednesday to Friday", ("2024-05-08", "2024-05-10")),
        ("on 18 and 19 May", ("2024-05-18", "2024-05-19")),
        ("between June 3 and 5", ("2024-06-03", "2024-06-05")),
        ("on the 15th under new rules", ("2024-05-15", "2024-05-15")),
        ("on the fifteenth", ("2024-05-15", "2024-05-15")),
        ("between the 22nd and the 25th", ("2024-05-22", "2024-05-25")),
        ("the week after next", ("2024-05-20", "2024-05-26")),
        ("a week from Tuesday", ("2024-05-14", "2024-05-14")),
        ("at the end of the month", ("2024-05-31", "2024-05-31")),
    ],
)
def test_when_it_is_due(words: str, expected: tuple[str, str]):
    found = readout.read_text(f"Uruguay will recall its envoy {words}.", published="2024-05-06").expectations
    assert [(x.due.start, x.due.end) for x in found] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurses in Lima voted on Monday to strike from Friday.", ("2024-05-10", None)),
        ("Rail workers to strike Thursday over pay", ("2024-05-09", "2024-05-09")),
        ("A protest has been called for Sunday in Minsk.", ("2024-05-12", "2024-05-12")),
        ("Bolivia and Chile agreed to meet again on Friday.", ("2024-05-10", "2024-05-10")),
        ("The next round of talks between Oman and Iran is due in ten days.", ("2024-05-16", "2024-05-16")),
        ("Premier would visit border Friday, aides say", ("2024-05-10", "2024-05-10")),
        ("The men would be charged with sedition on Friday, a judge said.", ("2024-05-10", "2024-05-10")),
        ("Kenya's foreign minister leaves today for talks in Cairo.", ("2024-05-06", "2024-05-06")),
        ("The paper described the premier's visit to Doha, which begins on the 20th.", ("2024-05-20", "2024-05-20")),
        (
            "Reporters asked about the premier's visit to Doha, which begins on the 20th.",
            ("2024-05-20", "2024-05-20"),
        ),
        ("He will be in Quito on Thursday.", ("2024-05-09", "2024-05-09")),
        ("Kenya freed a spy ahead of talks between the two armies next week.", ("2024-05-13", "2024-05-19")),
        ("Kenya ruled out any contact during a visit to Juba planned for next Tuesday.", ("2024-05-07", "2024-05-07")),
        ("Teachers blocked the road and a march is planned for 19 May.", ("2024-05-19", "2024-05-19")),
        ("Ghana will pardon deserters who report to their barracks by 1 July.", (None, "2024-07-01")),
        ("The envoy was to fly to Baku on Thursday for talks.", ("2024-05-09", "2024-05-09")),
        ("The union announced a protest outside the embassy on Saturday.", ("2024-05-11", "2024-05-11")),
        ("Dockers in Walvis Bay called a three-day strike from 20 May.", ("2024-05-20", "2024-05-22")),
        ("Clerks in Asunción intend to strike for two days from 1 June.", ("2024-06-01", "2024-06-02")),
        ("A rebuttal by the peace monitors is to be published next week.", ("2024-05-13", "2024-05-19")),
        (
            "The presidents will sign a charter on fishing when they meet in Banjul on 12 June.",
            ("2024-06-12", "2024-06-12"),
        ),
        ("Under a treaty to be signed in Arica on Friday, Chile would return the bells.", ("2024-05-10", "2024-05-10")),
        ("Talks are to resume on the twelfth in Muscat.", ("2024-05-12", "2024-05-12")),
        ("Miners to strike at dawn on Friday", ("2024-05-10", "2024-05-10")),
    ],
)
def test_the_day_belongs_to_what_is_to_come(text: str, expected: tuple[str, str | None]):
    found = readout.read_text(text, published="2024-05-06").expectations
    assert expected in [(x.due.start, x.due.end) for x in found if x.due]


@pytest.mark.parametrize(
    "text",
    [
        "Brazil will stop the sale of armoured cars to Chad, its foreign minister said on Sunday.",
        "He became the third officer to be killed in a raid, and his widow will sue, she said on Sunday.",
        "In custody since March, the comedian from Asyut is now to be tried for the laughter as well.",
    ],
)
def test_a_day_that_is_over_and_not_the_plans_own_is_no_due_day(text: str):
    found = readout.read_text(text, published="2024-05-06").expectations
    assert found
    assert [x.due for x in found if x.due] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dockers in Lomé begin a three-day strike on Wednesday.", ("2024-05-08", "2024-05-10")),
        ("Fishermen's unions on both banks begin a three-day strike on Wednesday.", ("2024-05-08", "2024-05-10")),
        ("Nurses in Kayes will strike for a fortnight from Saturday.", ("2024-05-11", "2024-05-24")),
        ("Ferry crews will hold a 48-hour strike from Thursday.", ("2024-05-09", "2024-05-10")),
        ("Nurses will march in Kayes on Thursday and Friday.", ("2024-05-09", "2024-05-10")),
        ("The talks with Benin were put off until the 16th.", ("2024-05-16", "2024-05-16")),
        (
            "The court put the case off until Wednesday, when it will question the editor.",
            ("2024-05-08", "2024-05-08"),
        ),
        ("Rebels will hand over their rifles by the middle of July.", (None, "2024-07-15")),
        ("The army will leave the valley at the beginning of June.", ("2024-06-01", "2024-06-10")),
        ("He announced talks with rebels on the 31st.", ("2024-05-31", "2024-05-31")),
        ("The minister will visit Quito on the tenth of next month.", ("2024-06-10", "2024-06-10")),
    ],
)
def test_a_plan_has_all_its_days(text: str, expected: tuple[str | None, str]):
    found = readout.read_text(text, published="2024-05-06").expectations
    assert expected in [(x.due.start, x.due.end) for x in found if x.due]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("He announced talks with rebels on the 31st.", "2024-04-06", ("2024-05-31", "2024-05-31")),
        ("The state will pay arrears by the end of February.", "2023-05-06", (None, "2024-02-29")),
        ("The court announced a trial of the rebels on the 5th.", "2024-12-06", ("2025-01-05", "2025-01-05")),
    ],
)
def test_a_day_that_is_over_is_the_next_one(text: str, published: str, expected: tuple[str | None, str]):
    found = readout.read_text(text, published=published).expectations
    assert expected in [(x.due.start, x.due.end) for x in found if x.due]


@pytest.mark.parametrize(
    "text",
    [
        "The army shelled Bor on Friday. It will withdraw from the town.",
        "The army seized Bor in March. Rebels will free fifty captives.",
    ],
)
def test_the_past_day_of_another_sentence_is_no_due_day(text: str):
    found = readout.read_text(text, published="2024-05-06").expectations
    assert found
    assert [x.due for x in found if x.due] == []


def test_what_is_told_as_a_fact_without_a_day_is_no_plan():
    assert [e.status for e in readout.read_text("Biden meets Xi in Bali.").events] == ["occurred"]
    found = readout.read_text("The envoys meet in Riga.", published="2024-05-06").events
    assert [e.status for e in found] == ["occurred"]


def test_a_promise_has_the_weekday_on_which_it_was_made():
    text = "The European Union promised on Thursday to resume the port grant by the middle of July."
    found = readout.read_text(text, published="2024-05-06").events
    assert ("AGREE", "occurred", "2024-05-02") in [(e.type, e.status, e.start) for e in found]


def test_few_expressions_are_weighed_for_each_event(monkeypatch: pytest.MonkeyPatch):
    asked = []
    roles = EventScores.roles

    def counted(self: EventScores, trigger: int, start: int, end: int) -> Floats:
        asked.append(trigger)
        return roles(self, trigger, start, end)

    monkeypatch.setattr(EventScores, "roles", counted)
    months = ["January", "March", "June", "October"] * 20
    text = "Rebels " + ", ".join(f"will attack Bor by the end of {month}" for month in months) + "."
    found = readout.read_text(text, published="2024-05-06")
    assert len(found.times) == len(months)
    assert len(asked) <= (NEAREST + 1) * len(set(asked))


def test_a_past_deed_does_not_take_the_day_of_what_is_to_come():
    found = readout.read_text("Chad freed nine herders ahead of talks in Abéché next week.", published="2024-05-06")
    assert [(e.type, e.status, e.start) for e in found.events] == [
        ("RETREAT", "occurred", None),
        ("CONSULT", "planned", "2024-05-13"),
    ]


def test_a_verb_and_what_completes_it_are_one_event():
    found = readout.read_text("The guns fell silent on Sunday and two captives walked free.", published="2024-05-06")
    assert [e.type for e in found.events] == ["RETREAT", "RETREAT"]


def test_what_an_attack_did_is_told_with_it():
    text = "Gunmen shelled the barracks at Kidal on Sunday, and two cooks were killed."
    found = readout.read_text(text, published="2024-05-06").events
    assert [text[a:b] for e in found if e.type == "ASSAULT" for a, b in e.mentions] == ["shelled", "killed"]
    assert len(found) == 1
