"""Where reports say otherwise, on readouts written by hand, so that no model is needed."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

import pytest

from readout.resolve.conflicts import Conflicts
from readout.resolve.corroboration import Corroboration
from readout.resolve.identity import Identity
from readout.resolve.quantities import quantities
from readout.resolve.reports import Report
from readout.resolve.sides import Conflict, Side, joined
from readout.schema import Article, Entity, Event, Location, Producer, Readout, Statement, Time

PEOPLE = ("Lena Brandt", "Otto Weiss", "Lindau")


def report(name: str, text: str, *denied: str, outlet: str | None = None) -> Report:
    """A report of 6 May 2021 with persons and a place; `denied` are the contents of denials with the cue "denied"."""
    numbers = count(1)
    entities = [
        Entity(id=f"e{next(numbers)}", kind="place" if who == "Lindau" else "person", name=who, mentions=spans)
        for who in PEOPLE
        if (spans := [m.span() for m in re.finditer(who, text)])
    ]
    cue = text.find("denied")
    said = [
        Statement(
            id=f"s{next(numbers)}", speaker=entities[0].id, cue_span=(cue, cue + 6), kind="indirect", stance="denies",
            content_spans=[(text.index(words), text.index(words) + len(words))],
        )
        for words in denied
    ]  # fmt: skip
    article = Article(id=name, text=text, published="2021-05-06", outlet=outlet or name)
    producer = Producer(readout="0", model="0")
    return Report(name, Readout(id=name, article=article, entities=entities, statements=said, produced_by=producer))


def found(*reports: Report) -> list[list[set[str]]]:
    """The words of both sides of each conflict."""
    by_id = {r.id: r for r in reports}
    conflicts = Conflicts(Corroboration(Identity(reports))).all()
    return [[{by_id[s.article].quote(s.span) for s in side} for side in c.sides] for c in conflicts]


def test_numbers_of_one_thing_are_opposed_whatever_the_words_for_people() -> None:
    one = report("a", "At least 12 passengers died when a bus left the road at Lindau, Otto Weiss said.")
    other = report("b", "The crash of a bus at Lindau killed 17 people, according to Otto Weiss.")
    assert found(one, other) == [[{"12 passengers"}, {"17 people"}]]


@pytest.mark.parametrize(
    "text",
    [
        "The crash of a bus at Lindau hurt 17 people, according to Otto Weiss.",
        "The crash of a bus at Lindau killed 12 people and blocked 17 streets, according to Otto Weiss.",
        "Otto Weiss came to Lindau on 17 May.",
    ],
)
def test_numbers_of_other_things_are_not(text: str) -> None:
    one = report("a", "At least 12 passengers died when a bus left the road at Lindau, Otto Weiss said.")
    assert found(one, report("b", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The crash of a bus at Lindau killed 1,180 people, according to Otto Weiss.",
        "Otto Weiss asked for a wall in Lindau that would have saved 1,500 people.",
    ],
)
def test_a_round_number_and_a_wish_are_no_other_number(text: str) -> None:
    one = report("a", "At least 1,200 passengers died when a bus left the road at Lindau, Otto Weiss said.")
    assert found(one, report("b", text)) == []


def test_what_became_of_people_is_read_beside_their_number() -> None:
    [dead, taken] = quantities("The rebels killed 60 soldiers and took 12 prisoner near Lindau.")
    assert "death" in dead.fates
    assert "death" not in taken.fates


def test_a_people_and_some_of_them_are_counted_as_people() -> None:
    found_in = [quantities(t) for t in ("Three Canadians were hurt.", "Of the miners, 20 of them were arrested.")]
    assert [q.of_people for [q] in found_in] == [True, True]


def test_what_a_report_denies_in_the_next_sentence_is_one_conflict_with_what_others_deny() -> None:
    claim, denial = "Otto Weiss said that Lena Brandt had sold the harbour in Lindau.", "Lena Brandt called this a lie."
    both = report("a", f"{claim} {denial}")
    both.readout.statements.append(
        Statement(id="s9", speaker="e2", content_spans=[(15, len(claim))], kind="indirect", stance="asserts")
    )
    words = "she had sold the harbour in Lindau to anybody"
    other = report("b", f"Lena Brandt denied on Thursday that {words}, and Otto Weiss was silent.", words)
    assert found(both) == [[{claim}, {denial}]]
    assert found(both, other) == [[{claim}, {denial, other.text}]]


def test_a_negation_is_held_against_who_says_so() -> None:
    one = report("a", "Lena Brandt opened the sluice at Lindau at night, Otto Weiss told the harbour court.")
    other = report("b", "Nobody ever opened the sluice at Lindau at night, Lena Brandt said of Otto Weiss.")
    for told in (one, other):
        said = Statement(id="s9", speaker="e1", content_spans=[(0, 50)], kind="indirect")
        told.readout.statements.append(said)
    one.readout.statements[-1].speaker = "e2"
    assert found(one, other) == [[{one.text}, {other.text}]]


def test_copies_deny_nothing_of_each_other() -> None:
    one = report("a", "Nobody ever opened the sluice at Lindau at night, Lena Brandt said of Otto Weiss.")
    copy = report("b", one.text)
    assert found(one, replace(copy, source_group="a")) == []


def test_who_has_no_dead_is_opposed_only_to_who_counts_them() -> None:
    one = report("a", "Otto Weiss said that 40 sailors had slept in Lindau.")
    other = report("b", "None was hurt when the pier at Lindau fell, Otto Weiss said.")
    wounded = report("c", "The fall of the pier at Lindau hurt two sailors, Otto Weiss said.")
    assert found(one, other) == []
    assert found(other, wounded) == [[{"None was hurt"}, {"two sailors"}]]


def test_to_reject_an_offer_denies_nothing() -> None:
    one = report("a", "Otto Weiss offered to buy the harbour in Lindau. Lena Brandt was asked.")
    words = "the offer to buy the harbour"
    text = f"Lena Brandt rejected {words} in Lindau, where Otto Weiss sat waiting."
    other = report("b", text, words)
    start = text.index("rejected")
    other.readout.statements[0].cue_span = (start, start + 8)  # type: ignore[assignment]
    assert found(one, other) == []


def planned(name: str, text: str) -> Report:
    """A report that announces a visit for the day it names."""
    made = report(name, text)
    day, start = re.search(r"\d\d May 2021", text), text.index("visit")  # type: ignore[arg-type]
    assert day is not None
    on = {"start": f"2021-05-{day[0][:2]}", "end": f"2021-05-{day[0][:2]}", "precision": "day"}
    made.readout.times.append(Time(id="t1", span=day.span(), kind="date", value=on["start"], **on))
    trigger = (start, start + 5)
    told = {"trigger": trigger, "mentions": [trigger], "evidence": [(0, len(text))], "time": "t1", **on}
    who = {e.name: e.id for e in made.readout.entities}
    made.readout.events.append(
        Event(id="v1", type="CONSULT", mode="visit", status="planned", actors=[who["Lena Brandt"]],
              recipients=[who["Otto Weiss"]], place=who["Lindau"], **told)
    )  # fmt: skip
    return made


def test_days_for_which_one_thing_is_announced_are_opposed_unless_it_was_put_off() -> None:
    one = planned("a", "Lena Brandt will visit Otto Weiss in Lindau on 12 May 2021.")
    other = planned("b", "Lena Brandt is to visit Otto Weiss in Lindau on 13 May 2021.")
    moved = planned("c", "Lena Brandt put off her trip and is to visit Otto Weiss in Lindau on 13 May 2021.")
    assert found(one, other) == [[{"12 May 2021"}, {"13 May 2021"}]]
    assert found(one, moved) == []


def placed(name: str, where: str, lat: float, within: list[str]) -> Report:
    """A report of a meeting in a town of Austria."""
    made = report(name, f"Lena Brandt met Otto Weiss in {where} on Tuesday to talk about the harbour.")
    start = made.text.index(where)
    span = (start, start + len(where))
    town = Entity(id="e8", kind="place", name=where, mentions=[span], country="AUT")
    town.location = Location(lat=lat, lon=14.0, within=within)
    made.readout.entities.append(town)
    trigger = (made.text.index("met"), made.text.index("met") + 3)
    who = {e.name: e.id for e in made.readout.entities}
    made.readout.events.append(
        Event(id="v1", type="CONSULT", mode="meet", actors=[who["Lena Brandt"]], recipients=[who["Otto Weiss"]],
              trigger=trigger, mentions=[trigger], evidence=[(0, len(made.text))], place="e8", place_span=span)
    )  # fmt: skip
    return made


def test_places_of_one_event_are_opposed_where_each_excludes_the_other() -> None:
    one = placed("a", "Steyr", 48.0, ["Upper Austria", "Austria"])
    far = placed("b", "Leoben", 47.4, ["Styria", "Austria"])
    suburb = placed("c", "Garsten", 48.02, ["Upper Austria", "Austria"])
    whole = placed("d", "Upper Austria", 48.2, ["Austria"])
    assert found(one, far) == [[{"Steyr"}, {"Leoben"}]]
    assert found(one, suburb) == found(one, whole) == []


def test_conflicts_with_the_same_denial_are_one() -> None:
    denial = Side("b", (0, 40), None)
    two = [Conflict(about, ((Side("a", span, None),), (denial,))) for about, span in (("x", (0, 9)), ("y", (20, 30)))]
    [one] = joined(two)
    assert [len(side) for side in one.sides] == [2, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three died and seven were hurt.", [3, 7]),
        ("She was jailed for six years.", [6]),
        ("She waited six years.", []),
        ("The rally drew 10,000.", [10000]),
        ("It opens on 12 May, in 2031.", []),
    ],
)
def test_what_counts_as_a_number(text: str, expected: list[float]) -> None:
    assert [q.value for q in quantities(text)] == expected
