"""One spelling for names that differ only in accents, case, hyphens and the like."""

import unicodedata
from functools import lru_cache

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ŋ": "ng", "ə": "e"}
)
MARKS = str.maketrans(dict.fromkeys("'’‘ʻʼ`´ʿʾ.,", "") | dict.fromkeys("-‐‑–—_/", " "))
FIRST_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name in the form under which names are looked up.

    Args:
        name: a name as written.

    Returns:
        Lower case, without accents, apostrophes, full stops and a leading "the", hyphens as spaces, and a first "St."
        (Ft., Mt.) written out.
    """
    plain = name.lower() if name.isascii() else without_accents(name)
    words = plain.translate(MARKS).split()
    if not words:
        return ""
    if words[0] == "the" and len(words) > 1:
        del words[0]
    words[0] = FIRST_WORDS.get(words[0], words[0])
    return " ".join(words)


def without_accents(name: str) -> str:
    """A name in lower case and plain letters."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))
