"""How alike two words of names sound and look, whatever alphabet or manner of transliteration they came through."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA, JaroWinkler

from readout.knowledge.folding import LETTERS
from readout.resolve.names.tables import given_names

WORD_LIMIT = 40
"""Letters of a word that are looked at: longer ones are no names, and edit distance grows with the square."""
ALIKE = 0.5
"""Least likeness at which two words may stand for each other at all."""

_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")
_HAN_NAME = re.compile(r"([\u4e00-\u9fff])[·・]?([\u4e00-\u9fff]{1,2})")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_KOREAN = [
    (re.compile(pattern), to)
    for pattern, to in (("eo", "o"), ("eu", "u"), (r"\bG", "K"), (r"\bB", "P"), (r"\bD", "T"), (r"\bI\b", "Ri"))
]
"""From the South's romanisation to the one by which lists write Northerners, as far as spelling alone tells."""
_OF_GREEK = [
    (re.compile(pattern, re.IGNORECASE), to)
    for pattern, to in (
        ("ου", "u"),
        ("ευ", "ev"),
        ("αυ", "av"),
        (r"\bμπ", "b"),
        ("γκ", "g"),
        (r"\bντ", "d"),
        ("τζ", "tz"),
    )
]
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SOUNDS = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(sch|s)tsch|shch|szcz|schtch|stch", "s"),
        (r"dsch|dzh|dj|dsh|cs(?=[aeiouy])|zh(?!$)|gi(?=[aou])", "j"),
        (r"^x(?=[ao])", "k"),
        (r"^x|^hs", "s"),
        (r"tsch|tzsch|tch|cz|ch(?![mtrl])", "4"),
        (r"sch|sh|sz", "s"),
        (r"kh|ch|ck|cq|gh|q", "k"),
        (r"ph|pf", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ts|tz|zz", "z"),
        (r"^wr", "r"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ff$|v$", "v"),
        (r"oo|ou|oe|ow(?=[^aeiou]|$)", "u"),
        (r"ee|ie(?=[^aeiouy]|$)|ea", "i"),
        (r"ae|ai(?=[^aeiou])|ay(?=[^aeiou])|ei(?=[^aeiou])|ey(?=[^aeiou])", "e"),
        (r"[ijy]*[ijy](?=[aeou])", "y"),
        (r"[aeu]?[iyj]+$", "i"),
        (r"ue", "u"),
        (r"y(?=[^aeou])", "i"),
        (r"(?<=[^aeiou])e$", ""),
        (r"(?<=[aeiou])h(?=[^aeiou]|$)", ""),
        (r"c(?=[eiy])", "s"),
        (r"(.)\1+", r"\1"),
    )
]
_VOWELS = re.compile(r"(?<!^)[aeiouy]+")
_SAME = str.maketrans({"q": "k", "g": "k", "c": "k", "j": "k", "z": "s", "w": "v", "p": "b", "h": "k", "4": "k"})


def latin(text: str) -> str:
    """A name in plain Latin letters, case kept: other alphabets transliterated, accents taken off.

    Args:
        text: a name.

    Returns:
        ASCII; a word of Chinese characters or Hangul becomes a word for each syllable.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    if _HANGUL.search(text):
        text = _each(_KOREAN, _CAMEL.sub(" ", anyascii(text)))
    elif _CJK.search(text):
        text = _CAMEL.sub(" ", anyascii(text))
    elif _GREEK.search(text):
        text = _each(_OF_GREEK, unicodedata.normalize("NFKD", text).replace("\u0301", ""))
    upper = text.isupper()
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS).translate(_CAPITALS))
    plain = anyascii("".join(c for c in plain if not unicodedata.combining(c)))
    return plain.upper() if upper else plain


def _each(changes: list[tuple[re.Pattern[str], str]], text: str) -> str:
    for pattern, to in changes:
        text = pattern.sub(to, text)
    return text


def han_name(text: str) -> str:
    """A person's name of two or three Chinese characters with the family name, its first, behind a comma's place.

    Args:
        text: a name in any writing.

    Returns:
        "Chen, Quanguo" for one in Chinese characters; any other as it is. Surnames of two characters are not known.
    """
    found = _HAN_NAME.fullmatch(text.strip())
    if not found:
        return text
    given = "".join(anyascii(character) for character in found[2]).replace(" ", "")
    return f"{anyascii(found[1]).strip()}, {given.capitalize()}"


_CAPITALS = str.maketrans(
    {
        chr(k).upper(): v.capitalize()
        for k, v in LETTERS.items()
        if chr(k).upper() != chr(k) and len(chr(k).upper()) == 1
    }
)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A word in one romanisation: English, German, French and scholarly forms of a name become one.

    Args:
        word: a word in small Latin letters.

    Returns:
        The word as it roughly sounds; "lavrov" for "lawrow", "sergei" and "sergey" alike.
    """
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=200_000)
def bones(word: str) -> str:
    """A word's consonants and first vowel, those that transliterations of one name mix up made one.

    Args:
        word: a word in small Latin letters.

    Returns:
        The key; "mkmd" for "mohammed" and "muhamad" alike.
    """
    heard = sound(word)
    if heard[:1] in "eiouy" and heard:
        heard = "a" + heard[1:]
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", heard).translate(_SAME))


@lru_cache(maxsize=1_000_000)
def likeness(left: str, right: str) -> float:
    """How alike two words of names are.

    Args:
        left: a word in small Latin letters.
        right: another.

    Returns:
        1 for the same word, .97 for forms of one given name, .95 for one sound; else by letters to be changed
        (optimal string alignment, Damerau-Levenshtein with adjacent swaps), 0 below `ALIKE`.
    """
    if left == right:
        return 1.0
    left, right = left[:WORD_LIMIT], right[:WORD_LIMIT]
    groups = given_names()
    if (mine := groups.get(left)) and (theirs := groups.get(right)) and not mine.isdisjoint(theirs):
        return 0.97
    longest = max(len(left), len(right))
    if longest < 2 or min(len(left), len(right)) * 2 < longest:
        return 0.0
    heard, seen = sound(left), sound(right)
    if heard == seen:
        return 0.95
    changed = OSA.distance(left, right)
    by_ear = OSA.distance(heard, seen)
    best = max(1 - changed / longest, 0.97 - by_ear / max(len(heard), len(seen)), 0.0)
    if longest > 3 and bones(left) == bones(right):
        best = max(best, 0.8)
    if best >= ALIKE:
        return min(0.93, best + 0.04 * JaroWinkler.similarity(left, right) - 0.03)
    return 0.0
