"""Word borders as the English UD treebanks draw them."""

import pytest

import readout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the non-state co-operation plan", "the non-state co-operation plan"),
        ("a Moscow-backed force", "a Moscow - backed force"),
        ("Really?!", "Really ?!"),
        ("call 212-555-0187 now", "call 212-555-0187 now"),
        ("arms and/or fuel", "arms and / or fuel"),
        ("ships, planes, etc. were", "ships , planes , etc. were"),
        ("They don't, he's sure", "They do n't , he 's sure"),
        ("the two Su-35 jets", "the two Su-35 jets"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert [t.text for t in readout.load(rooms=False).make_doc(text)] == words.split()
