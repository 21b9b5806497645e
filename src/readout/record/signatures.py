"""A sketch of a text, by which copies of one report are found among many without comparing the texts.

MinHash (A. Broder, On the resemblance and containment of documents, 1997) over the windows of 16 letters that a text
consists of, computed with one permutation (P. Li, A. Owen, C.-H. Zhang, One permutation hashing, 2012); empty bins are
filled from the next (A. Shrivastava, P. Li, Densifying one permutation hashing via rotation, 2014). How many bins of
two sketches agree estimates the share of windows that the texts have in common.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 128
LONGEST = 100_000
"""Characters of a text that are sketched."""
ALIKE = 0.35
"""Common windows above which one text is a version of the other: copies that were cut or worked over keep 0.4 to 0.9,
separate reports of the same thing stay below 0.15."""
_BIN_SHIFT = np.uint64(64 - 7)
_EMPTY = np.uint32(0xFFFFFFFF)
_SIGNS = bytes(n for n in range(128) if not chr(n).isalnum())
_ONE_DIGIT = bytes.maketrans(b"123456789", b"0" * 9)
"""All digits are one: a short report told again with another year or sum keeps few windows otherwise."""
_QUOTES = "“”‘’«»–—…\u00a0"
"""Signs beyond ASCII that one paper sets otherwise than another."""
_BASE = 0x9E3779B97F4A7C15


def signature(text: str) -> bytes:
    """The sketch of a text.

    Args:
        text: any text; case, punctuation, white space and which digits stand in it do not matter.

    Returns:
        `BINS` numbers of 32 bits.
    """
    plain = text[:LONGEST].lower()
    for sign in () if plain.isascii() else _QUOTES:
        plain = plain.replace(sign, "")
    letters = plain.encode(errors="replace").translate(_ONE_DIGIT, _SIGNS)
    hashes = _windows(np.frombuffer(letters.ljust(16), dtype=np.uint8).astype(np.uint64))
    bins = (hashes >> _BIN_SHIFT).astype(np.intp)
    values = ((hashes >> np.uint64(16)) & np.uint64(0xFFFFFFFE)).astype(np.uint32)
    minima = np.full(BINS, _EMPTY, dtype=np.uint32)
    np.minimum.at(minima, bins, values)
    return _filled(minima).astype("<u4").tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """The estimated share of windows that two texts have in common (0 to 1), from their sketches."""
    a, b = table([one]), table([other])
    return float((a == b).mean()) if a.shape == b.shape else 0.0


def table(signatures: list[bytes]) -> NDArray[np.uint32]:
    """Sketches as the rows of a table."""
    return np.frombuffer(b"".join(signatures), dtype="<u4").reshape(len(signatures), -1)


def _windows(letters: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A hash of every window of 16 bytes: windows of 2 from those of 1, of 4 from those of 2, and so on."""
    hashes, width = letters + np.uint64(1), 1
    while width < 16:
        factor = np.uint64(pow(_BASE, width, 1 << 64))
        hashes = hashes[:-width] * factor + hashes[width:]
        width *= 2
    return _mixed(hashes)


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit made to depend on every other (the finisher of splitmix64, G. Steele and others, 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _filled(minima: NDArray[np.uint32]) -> NDArray[Any]:
    """Empty bins with the value of the next full one, and how far off it is, so that the gaps must agree too."""
    full = np.flatnonzero(minima != _EMPTY)
    after = full[np.searchsorted(full, np.arange(BINS)) % len(full)]
    gap = (after - np.arange(BINS)) % BINS
    return minima[after] + (gap * 0x9E3779B1).astype(np.uint32)
