"""Names in Arabic and Hebrew letters, which write consonants and long vowels only, read against names in Latin ones.

Two words fit if their consonants are the same in classes that transliterations mix up, and the long vowels written
agree with the vowels between them: the matching by consonant skeletons of Freeman, Condon and Ackerman, "Cross
Linguistic Name Matching in English and Arabic" (2006). No vowels are guessed: a word is read as that of the list which
it fits.
"""

import re
import unicodedata
from functools import lru_cache

from readout.resolve.names.spelling import sound
from readout.resolve.names.structure import Name

WORDS_LIMIT, JOINED = 8, 3
"""Words of a name that are read, and neighbours that may be one word in Latin letters (Nasr Allah, Abd al-Malik)."""
WORD_LIMIT, LEAST_FIT = 40, 0.6
"""Letters of a word that are read, and the least fit at which two words may be one."""
_LETTERS = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
_WORD = re.compile(r"[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3]+")
_ARTICLE = re.compile(r"^ال(?=..)")
_CLASSES = {
    "b": "بپفڤوבפף", "t": "تطثتטת", "k": "جچخغقكکگژגכךק", "d": "دذضד", "r": "رר", "s": "زسشصظזסצץש", "l": "لל",
    "m": "مמם", "n": "نںנן", "A": "اأإآىةהא", "W": "و", "Y": "يیے" "י",
}  # fmt: skip
_CLASS = {letter: name for name, letters in _CLASSES.items() for letter in letters} | {"و": "W", "ו": "W"}
_OTHER = {"و": "b", "ו": "b", "ض": "s", "ظ": "d", "ذ": "s"}
_DROPPED = frozenset("حهھعئءؤחע")
_LATIN = str.maketrans(
    {"p": "b", "f": "b", "v": "b", "g": "k", "j": "k", "q": "k", "c": "k", "4": "k", "z": "s", "h": ""}
)
_VOWELS_OF = {"A": frozenset("ae"), "W": frozenset("uoU"), "Y": frozenset("ieyI")}
Gaps = tuple[str, tuple[str, ...]]
"""The consonants of a word, and what stands before, between and behind them."""


def is_abjad(text: str) -> bool:
    """Whether a name is written in Arabic or Hebrew letters."""
    return not text.isascii() and _LETTERS.search(text) is not None


def abjad_words(text: str) -> list[str]:
    """The words of a name, without vowel signs; doubled letters, which are two only in foreign writing, once."""
    plain = unicodedata.normalize("NFKC", text).replace("וו", "ו").replace("יי", "י").replace("ـ", "")
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(re.sub(r"(.)\1", r"\1", plain))[:WORDS_LIMIT]


@lru_cache(maxsize=20_000)
def abjad_gaps(word: str) -> tuple[Gaps, ...]:
    """The readings of a word in Arabic or Hebrew letters: its consonants, and the long vowels around them (A, W, Y).

    In each but the first reading one letter is taken in its other way: a waw as a consonant ("Javad", "Vladimir"), the
    dotted letters that are D in one country and Z in another.
    """
    word = "".join(letter for letter in word[:WORD_LIMIT] if letter in _CLASS and letter not in _DROPPED)
    letters = "".join(_CLASS[letter] for letter in word)
    others = [f"{letters[:i]}{_OTHER[c]}{letters[i + 1 :]}" for i, c in enumerate(word) if c in _OTHER]
    return tuple(_gaps(read, "AWY") for read in (letters, *others))


@lru_cache(maxsize=200_000)
def latin_gaps(word: str) -> Gaps:
    """A word in small Latin letters by its consonants, and the vowels around them."""
    plain = _long(word[:WORD_LIMIT]).replace("tz", "s").replace("w", "u").replace("dj", "g").replace("j", "g")
    return _gaps(sound(plain).translate(_LATIN), "aeiouyIU")


def _long(word: str) -> str:
    """A word with two letters that stand for a long vowel as one capital: such a vowel would be written."""
    return re.sub("oo|ou(?![aeiou])", "U", re.sub("e[eiy](?![aeiou])|a[iy](?![aeiou])", "I", word))


def _gaps(letters: str, vowels: str) -> Gaps:
    consonants, around = "", [""]
    for letter in letters:
        if letter in vowels:
            around[-1] += letter
        else:
            consonants += letter
            around.append("")
    return consonants, tuple(around)


@lru_cache(maxsize=100_000)
def fit(word: str, latin: str) -> float:
    """How well a word in Arabic or Hebrew letters may be one in Latin letters.

    Args:
        word: the one.
        latin: the other, in small letters.

    Returns:
        1 where every long vowel written is met by its vowel, and no vowel but a short one is left unwritten; 0 for
        other consonants.
    """
    consonants, heard = latin_gaps(latin)
    return max((_agreement(written, heard) for read, written in abjad_gaps(word) if read == consonants), default=0.0)


def _agreement(written: tuple[str, ...], heard: tuple[str, ...]) -> float:
    lost = sum(_lost(place, one, other) for place, (one, other) in enumerate(zip(written, heard, strict=True)))
    return max(0.0, 1 - lost / len(written))


def _lost(place: int, written: str, heard: str) -> float:
    """What one place between consonants speaks against two words: alif at the start may carry any vowel."""
    if place == 0 and written[:1] == "A" and heard:
        written = written[1:]
    unmet = sum(_VOWELS_OF[letter].isdisjoint(heard) for letter in written)
    return 0.8 * unmet + 0.3 * (not written and bool(heard) and not heard.islower())


def runs(words: list[str]) -> list[tuple[int, int, str]]:
    """The words, with and without the article, and their runs of neighbours written as one: start, end, letters."""
    bare = [_ARTICLE.sub("", word) for word in words]
    sizes = range(min(JOINED, len(words)), 0, -1)
    joined = [(i, i + n, "".join(bare[i : i + n])) for n in sizes for i in range(len(words) - n + 1)]
    return joined + [(i, i + 1, word) for i, word in enumerate(words) if word != bare[i]]


def vocalised(text: str, name: Name) -> tuple[str, float]:
    """A name in Arabic or Hebrew letters, read with the vowels of another.

    Args:
        text: the name.
        name: the other, in Latin letters.

    Returns:
        The name in Latin letters, words that fit none of the other's left as consonants; and how well the others fit.
    """
    words = abjad_words(text)
    read, fits = dict(enumerate(abjad_gaps(word)[0][0].lower() for word in words)), []
    free = {i: word.text for i, word in enumerate(name.words) if word.role != "p"}
    taken: set[int] = set()
    pairs = [
        (fit(letters, latin), start - end, start, i) for start, end, letters in runs(words) for i, latin in free.items()
    ]
    for fitted, size, start, i in sorted(pairs, reverse=True):
        run = range(start, start - size)
        if fitted < LEAST_FIT or i not in free or taken.intersection(run):
            continue
        taken.update(run)
        read |= dict.fromkeys(run, "") | {start: free.pop(i)}
        fits.append(fitted)
    return " ".join(word for word in read.values() if word), sum(fits) / len(fits) if fits else 0.0
