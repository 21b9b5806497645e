"""Answers kept with the Doc."""

from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from readout.extract.remember import forget, remembered

asked: list[int] = []


@remembered
def length(token: Token) -> int:
    """How long a word is."""
    asked.append(token.i)
    return len(token)


@remembered
def is_last(token: Token) -> bool:
    return token.i + 1 == len(token.doc)


def test_a_word_is_asked_about_once_until_it_is_forgotten() -> None:
    asked.clear()
    doc, other = (Doc(Vocab(), words=["Oslo", "votes"]) for _ in range(2))
    assert [length(doc[0]), length(doc[0]), length(doc[1]), length(other[0])] == [4, 4, 5, 4]
    assert (is_last(doc[0]), is_last(doc[1])) == (False, True)
    assert asked == [0, 1, 0]
    forget(doc)
    assert length(doc[0]) == 4
    assert asked == [0, 1, 0, 0]


def test_it_keeps_its_name_and_docstring() -> None:
    assert (length.__name__, length.__doc__) == ("length", "How long a word is.")
