"""How the status on a day is measured: the questions asked, and the versions that are made to be added."""

from datetime import date, timedelta
from typing import Any

import pytest

from readout.evaluate.lists import as_published, questions
from readout.resolve.lists.formats import parse

DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(10)]


def row(first: int, last: int) -> dict[str, Any]:
    return {
        "id": "ofac-sdn-7",
        "name": "INVENTED, Ida",
        "type": "individual",
        "programs": ["A", "B"],
        "title": "Director",
        "remarks": 'DOB 1970; "quoted", and more.',
        "first_seen": str(DAYS[first]),
        "last_seen": str(DAYS[last]),
        "listed_before_window": first == 0,
        "on_list_at_end": last == 9,
    }


@pytest.mark.parametrize(
    ("first", "last", "on", "off"),
    [(0, 9, {0, 5, 9}, set()), (3, 9, {3, 6, 9}, {0, 2}), (0, 4, {0, 2, 4}, {5, 9}), (2, 6, {2, 4, 6}, {0, 1, 7, 9})],
)
def test_questions_lie_on_both_sides_of_each_change(first: int, last: int, on: set[int], off: set[int]) -> None:
    asked = list(questions(row(first, last), DAYS))
    assert {q.day for q in asked if q.answer} == {DAYS[n] for n in on}
    assert {q.day for q in asked if not q.answer} == {DAYS[n] for n in off}
    assert {q.id for q in asked} == {"7"}


def test_versions_are_made_in_the_columns_that_ofac_publishes() -> None:
    firm = row(0, 9) | {"id": "ofac-sdn-8", "name": "INVENTED WORKS", "type": "entity"}
    found = parse([as_published([row(0, 9), firm])], "ofac-sdn")
    assert found.form == "ofac-csv"
    ida = found.entries[0]
    assert (ida.id, ida.name, ida.kind, ida.programmes) == ("7", "INVENTED, Ida", "person", ("A", "B"))
    assert (ida.positions, ida.birth_dates) == (("Director",), ("1970",))
    assert found.entries[1].kind == "organization"
