"""What became of something announced, on readouts written by hand, so that no model is needed."""

from __future__ import annotations

import re

import pytest

from readout.resolve.corroboration import Corroboration
from readout.resolve.identity import Identity
from readout.resolve.ledger import Ledger
from readout.resolve.reports import Report
from readout.schema import Article, Entity, Occurrence, Producer, Readout, Time

PLAN = "Lena Brandt will answer questions about the harbour in Lindau on 14 May 2021, Otto Weiss said."


def report(name: str, published: str, text: str, *planned: str) -> Report:
    """A report with two persons and a place, the days it names, and the words that announce something."""
    names = (("person", "Lena Brandt"), ("person", "Otto Weiss"), ("place", "Lindau"))
    entities = [
        Entity(id=f"e{n}", kind=kind, name=who, mentions=[m.span() for m in re.finditer(who, text)])
        for n, (kind, who) in enumerate(names)
        if who in text
    ]
    days = [
        Time(
            id=f"t{n}", span=m.span(), kind="date", value=f"2021-05-{m[1]}", start=f"2021-05-{m[1]}",
            end=f"2021-05-{m[1]}", precision="day",
        )
        for n, m in enumerate(re.finditer(r"(\d\d) May 2021", text))
    ]  # fmt: skip
    told = [
        Occurrence(
            id=f"o{n}", type="CONSULT", chance=0.4, trigger=(text.index(word), text.index(word) + len(word)),
            actors=["e0"], place="e2", start=days[0].start, end=days[0].end, precision="day", status="planned",
            evidence=[(0, text.index(".") + 1)],
        )
        for n, word in enumerate(planned)
    ]  # fmt: skip
    article = Article(id=name, text=text, published=published)
    made = Readout(
        id=name, article=article, entities=entities, times=days, occurrences=told,
        produced_by=Producer(readout="0", model="0"),
    )  # fmt: skip
    return Report(name, made)


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ("Lena Brandt sat before the council of Lindau for three hours on 14 May 2021. She smiled.", "fulfilled"),
        ("Lena Brandt did not come to Lindau to answer questions on 14 May 2021. She was ill.", "denied"),
        ("The council of Lindau put off until June the questions that Lena Brandt was to answer.", "postponed"),
        ("Lena Brandt called off her answers to questions about the harbour in Lindau.", "dropped"),
        ("Lena Brandt has not answered questions about the harbour in Lindau. It is 15 May 2021.", "overdue"),
        ("Otto Weiss drove to Lindau and bought a boat. It was raining.", "overdue"),
    ],
)
def test_the_words_of_a_later_report_settle_it(later: str, state: str) -> None:
    reports = [report("a", "2021-05-03", PLAN, "answer"), report("b", "2021-05-15", later)]
    ledger = Ledger(Corroboration(Identity(reports)), "2021-05-20")
    [entry] = ledger.entries()
    assert entry.state == state
    assert entry.by is None or entry.by[0] == "b"


def test_an_earlier_report_settles_nothing() -> None:
    earlier = "Lena Brandt sat before the council of Lindau for three hours on 14 May 2021. She smiled."
    reports = [report("a", "2021-05-03", PLAN, "answer"), report("b", "2021-05-01", earlier)]
    [entry] = Ledger(Corroboration(Identity(reports)), "2021-05-04").entries()
    assert (entry.state, entry.by) == ("open", None)
