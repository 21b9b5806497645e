"""Words into word pieces, and the casing that the uncased vocabulary forgets.

The vocabulary and its greedy longest-match rule are those of BERT (Devlin et al. 2019, uncased English, 30,522
pieces). Casing classes follow Collobert et al. 2011, section 6.1 ("caps" feature), a little finer.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

CLS, SEP, MASK, UNKNOWN = "[CLS]", "[SEP]", "[MASK]", "[UNK]"
MAX_PIECES = 12
"""Pieces kept of one word; longer ones (addresses, garbage) are cut, so that no word can fill a window."""

HIDDEN, LOWER, TITLE, UPPER, INITIAL, MIXED, DIGIT, OTHER = range(8)
"""Casing classes. `HIDDEN` stands for "not known" and for the special pieces; training hides casing at random."""
CASINGS = 8

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"})


@lru_cache(maxsize=50_000)
def casing(word: str) -> int:
    """The casing class of a word.

    Args:
        word: as published.

    Returns:
        One of `LOWER`, `TITLE`, `UPPER`, `INITIAL` (one capital letter), `MIXED`, `DIGIT`, `OTHER`.
    """
    letters = [c for c in word[:64] if c.isalpha()]
    if any(c.isdigit() for c in word[:64]):
        return DIGIT
    if not letters:
        return OTHER
    capitals = sum(c.isupper() for c in letters)
    if not capitals:
        return LOWER
    if capitals == len(letters):
        return INITIAL if len(letters) == 1 else UPPER
    return TITLE if letters[0].isupper() and capitals == 1 else MIXED


class WordPiece:
    """BERT's uncased word pieces over ready words, with a cache.

    Args:
        vocabulary: the pieces in the order of their numbers.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.numbers = {piece: n for n, piece in enumerate(vocabulary)}
        self.cls, self.sep, self.mask = self.numbers[CLS], self.numbers[SEP], self.numbers[MASK]
        self.pieces = lru_cache(maxsize=50_000)(self._pieces)

    @classmethod
    def from_file(cls, path: Path) -> "WordPiece":
        """Read a vocabulary file of one piece a line."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, one at least and `MAX_PIECES` at most."""
        numbers: list[int] = []
        for part in _parts(word[:100]):
            numbers += self._longest_matches(part)
            if len(numbers) >= MAX_PIECES:
                break
        return tuple(numbers[:MAX_PIECES]) or (self.numbers[UNKNOWN],)

    def _longest_matches(self, part: str) -> list[int]:
        numbers: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = part[start:end] if start == 0 else "##" + part[start:end]
                if piece in self.numbers:
                    numbers.append(self.numbers[piece])
                    start = end
                    break
            else:
                return [self.numbers[UNKNOWN]]
        return numbers


def _parts(word: str) -> list[str]:
    """Lower-cased, without accents and control characters, split around punctuation, as BERT does."""
    folded = unicodedata.normalize("NFD", word.translate(_QUOTES).lower())
    parts, current = [], ""
    for c in folded:
        category = unicodedata.category(c)
        if category == "Mn" or category[0] == "C":
            continue
        if _stands_alone(c, category):
            parts += [current, c]
            current = ""
        else:
            current += c
    return [p for p in [*parts, current] if p.strip()]


def _stands_alone(c: str, category: str) -> bool:
    ascii_symbol = c.isascii() and not c.isalnum() and not c.isspace()
    ideograph = "\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf"
    return ascii_symbol or category[0] == "P" or ideograph
