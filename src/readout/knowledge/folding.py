"""One spelling for names that differ only in accents, case, hyphens and the like."""

import re
import unicodedata
from functools import lru_cache

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ŋ": "ng", "ə": "e"}
)
APOSTROPHES = re.compile(r"['’‘ʻʼ`´ʿʾ.,]")
GAPS = re.compile(r"[\s\-‐‑–—_/]+")
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
    plain = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = GAPS.sub(" ", APOSTROPHES.sub("", plain)).strip().removeprefix("the ").split(" ")
    return " ".join([FIRST_WORDS.get(words[0], words[0]), *words[1:]])
