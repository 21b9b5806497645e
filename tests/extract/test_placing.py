"""Where events are, in sentences of our own."""

import pytest

from readout import load


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("A court in Cork fined the skipper on Monday.", "fined", "Cork"),
        ("Gunners shelled the village of Lipovac overnight.", "shelled", "Lipovac"),
        ("The army moved two battalions to a fuel depot near Toulon.", "moved", "Toulon"),
        ("Thousands marched outside the interior ministry in silence.", "marched", "the interior ministry"),
        ("Rebels freed twelve hostages from a camp at Bouar.", "freed", "Bouar"),
        ("Police clubbed students at the Belgrade rally.", "rally", "Belgrade"),
        ("Gunfire crackled for hours around the palace in Bissau.", "Gunfire", "Bissau"),
        ("Rebels torched the shops.", "torched", None),
        ("Officials in Bangkok blamed the separatists.", "blamed", None),
        ("North Korea barred eleven Malaysians from leaving.", "barred", None),
    ],
)
def test_a_place_is_the_named_one_nearest_to_what_happens(text: str, trigger: str, place: str | None) -> None:
    events = [e for e in load()(text)._.events if text[slice(*e.trigger)] == trigger]
    assert [text[slice(*e.place_span)] if e.place_span else None for e in events] == [place]
