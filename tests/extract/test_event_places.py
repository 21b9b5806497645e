"""Where and when events happen: read with the shipped model."""

import pytest

import readout

CASES = [
    ("Farmers in Ambato burned tyres on Monday.", "burned", "Ambato"),
    ("Herders blocked every road into Arusha.", "blocked", "Arusha"),
    ("Bus drivers closed Arusha's bridges on Friday.", "closed", "Arusha"),
    ("Gunmen killed two drivers on Tuesday while a fair was held in Arusha.", "killed", "Arusha"),
    ("Police arrested a bishop, a lawyer said in Arusha.", "arrested", None),
    ("Lisbon's army attacked the rebels.", "attacked", None),
    ("A court in Cork fined the skipper on Monday.", "fined", "Cork"),
    ("Gunners shelled the village of Lipovac overnight.", "shelled", "Lipovac"),
    ("The army moved two battalions to a fuel depot near Toulon.", "moved", "Toulon"),
    ("Thousands marched outside the interior ministry in silence.", "marched", "the interior ministry"),
    ("Rebels freed twelve hostages from a camp at Bouar.", "freed", "Bouar"),
    ("Police clubbed students at the Belgrade rally.", "rally", "Belgrade"),
    ("Heavy gunfire erupted around the palace in Bissau.", "gunfire", "Bissau"),
    ("Rebels torched the shops.", "torched", None),
    ("Officials in Bangkok blamed the separatists.", "blamed", None),
    ("North Korea barred eleven Malaysians from leaving.", "barred", None),
]


@pytest.mark.parametrize(("text", "trigger", "place"), CASES)
def test_the_place_beside_the_event(text: str, trigger: str, place: str | None) -> None:
    events = [e for e in readout.read_text(text, published="2024-05-06").events if text[slice(*e.trigger)] == trigger]
    assert [e.place_span and text[slice(*e.place_span)] for e in events] == [place]


TIMES = [
    ("Rebels have held the dam since July.", "held", ("2023-07-01", None)),
    ("The envoys met in Oslo on Wednesday and Thursday.", "met", ("2024-05-01", "2024-05-02")),
]


@pytest.mark.parametrize(("text", "trigger", "days"), TIMES)
def test_the_time_of_an_event(text: str, trigger: str, days: tuple[str, str | None]) -> None:
    events = [e for e in readout.read_text(text, published="2024-05-06").events if text[slice(*e.trigger)] == trigger]
    assert [(e.start, e.end) for e in events] == [days]
