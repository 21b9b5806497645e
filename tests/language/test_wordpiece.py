"""Words into pieces, and the casing classes."""

import pytest

from readout.language import wordpiece
from readout.language.component import model_folder
from readout.language.wordpiece import MAX_PIECES, WordPiece, casing


@pytest.fixture(scope="module")
def pieces() -> WordPiece:
    return WordPiece.from_file(model_folder() / "vocab.txt")


def spelled(pieces: WordPiece, word: str) -> list[str]:
    names = {n: p for p, n in pieces.numbers.items()}
    return [names[n] for n in pieces.pieces(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ministers", ["ministers"]),
        ("Komsomolsk", ["ko", "##ms", "##omo", "##ls", "##k"]),
        ("Zürich", ["zurich"]),
        ("e-mail", ["e", "-", "mail"]),
        ("“", ['"']),
        ("’s", ["'", "s"]),
        ("", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
    ],
)
def test_pieces(pieces: WordPiece, word: str, expected: list[str]) -> None:
    assert spelled(pieces, word) == expected


def test_a_long_word_is_cut(pieces: WordPiece) -> None:
    assert len(pieces.pieces("x" * 100_000)) <= MAX_PIECES
    assert len(pieces.pieces("!?" * 5_000)) == MAX_PIECES


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("talks", wordpiece.LOWER),
        ("Paris", wordpiece.TITLE),
        ("NATO", wordpiece.UPPER),
        ("A", wordpiece.INITIAL),
        ("McConnell", wordpiece.MIXED),
        ("Su-35", wordpiece.DIGIT),
        ("—", wordpiece.OTHER),
    ],
)
def test_casing(word: str, expected: int) -> None:
    assert casing(word) == expected
