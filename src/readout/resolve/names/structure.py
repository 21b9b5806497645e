"""A name taken apart: the words that carry it, its numbers, its legal form, and what may be left out."""

import re
from functools import lru_cache
from math import log
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from readout.resolve.names.spelling import han_name, latin
from readout.resolve.names.tables import NAMES_COUNTED, counts, given_names, legal_forms, parts, places

Kind = Literal["person", "other"]
TEXT_LIMIT, WORDS_LIMIT = 300, 16
"""Characters and words of a name that are looked at; the longest names on the lists stay below both."""
PERSONS = frozenset({"person", "individual", "people", "human"})
OTHERS = frozenset(
    "organization organisation company body group entity enterprise legalentity publicbody facility vessel ship"
    " aircraft airplane equipment place work other".split()
)
"""The words for a kind that callers may use."""
PARTICLE, INITIAL, HONOUR, PATRONYMIC, COMMONEST = 0.08, 0.2, 0.2, 0.45, 0.12
_APOSTROPHES = re.compile(r"['’‘ʻʼ`´ʿʾ\"“”«»]")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.\s?){2,}")
_JOINED = re.compile(r"(?<=[a-z]{3})(?=[A-Z]{2,}\b|[A-Z][a-z]{2})")
_WORD = re.compile(r"[a-z0-9]+")
_SWAPPED = re.compile(r"(?<=[a-z])\d|\d(?=[a-z])")
_DIGITS = str.maketrans("0134579", "oieastg")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_PATRONYMIC = re.compile(
    r".{2,}(?:ovich|evich|yevich|ievich|ovych|evych|ovic|evic|avich|iich|ovna|evna|yevna|ivna|ichna|inichna|avna|owitsch|ovitch|ogly|oglu|kyzy|ugli|zoda)"
)
_SERVANT = re.compile(r"(?:abd|abdu|abdul|abdel|abdal|abdoul|abdol|abdool|abed|abdus|abdur|abder|abdi|abdiel)")
_OF_FAITH = frozenset({"din", "deen", "dine", "allah", "rahman", "rehman", "haq", "islam"})
_ARTICLES = frozenset({"al", "el", "ul", "ud", "ed", "ad", "ur", "ar", "er", "as", "us", "an", "un", "eddin"})


class Word(NamedTuple):
    """One word of a name.

    Args:
        text: the word in small Latin letters.
        weight: how much it tells, 0 to 1: 1 for a rare word, near 0 for a particle.
        role: w(ord), i(nitial), p(article), n(umber), or v for a patronymic.
    """

    text: str
    weight: float
    role: str


class Name(NamedTuple):
    """A name taken apart.

    Args:
        text: the name as written.
        kind: person or other.
        words: the words that carry it, in the usual order (given name first).
        compact: all its words in one string.
        numbers: the numbers in it.
        forms: classes of its legal forms.
        weight: sum of the words' weights.
        family: place of the family name's first word, where a comma tells; else -1.
        script: the name's letters, where they are not Latin; else "".
        size: words that are more than particles.
        first: place of the first word that is neither particle, initial nor number, else 0; last: of the last one.
        places: names of countries among the words.
    """

    text: str
    kind: Kind
    words: tuple[Word, ...]
    compact: str
    numbers: tuple[str, ...]
    forms: frozenset[str]
    weight: float
    family: int
    script: str
    size: int
    first: int
    last: int
    places: frozenset[str]


def kind_of(text: str, kind: str | None = None) -> Kind:
    """Whether a name is read as a person's.

    Args:
        text: the name.
        kind: what the caller says it is: person, organization, company, vessel ...; unknown if None.

    Returns:
        "person" or "other"; without a kind, a name with a legal form, a number or a word that is common in names of
        bodies and rare in those of people is not a person's.
    """
    if kind:
        return "person" if kind.strip().lower() in PERSONS else "other"
    words = _tokens(text[:TEXT_LIMIT])
    if any((word,) in legal_forms() and len(word) > 2 for word in words) or any(w.isdigit() for w in words):
        return "other"
    people, bodies = counts("person"), counts("other")
    return "other" if any(bodies.get(w, 0) > 12 + 6 * people.get(w, 0) for w in words) else "person"


@lru_cache(maxsize=100_000)
def parse(text: str, kind: Kind) -> Name:
    """Take a name apart.

    Args:
        text: the name as written, in any alphabet.
        kind: how it is read.

    Returns:
        Its structure; a name without a letter or digit has no words.
    """
    cut = text[:TEXT_LIMIT]
    words, family, count = _person(cut) if kind == "person" else (_tokens(cut), -1, 0)
    forms: frozenset[str] = frozenset()
    if kind == "other":
        words, forms = _without_forms(_expanded(words[: 2 * WORDS_LIMIT]))
    words = words[:WORDS_LIMIT]
    sired = len(words) > 2 or 0 <= family < len(words)
    made = tuple(_word(word, kind, place, sired and place not in (0, family)) for place, word in enumerate(words))
    made = _without_second_surname(made, family) if family > 0 else made
    telling = [place for place, word in enumerate(made) if word.role == "w"] or [0]
    return Name(
        text=text,
        kind=kind,
        words=made,
        compact="".join(w.text for w in made),
        numbers=tuple(sorted(w.text for w in made if w.role == "n")),
        forms=forms,
        weight=sum(w.weight for w in made),
        family=family,
        script="" if cut.isascii() else "".join(c for c in cut.casefold() if c.isalpha() and ord(c) > 0x36F),
        size=max(count, sum(w.role != "p" for w in made)),
        first=telling[0],
        last=telling[-1],
        places=places().intersection(words),
    )


def _without_second_surname(words: tuple[Word, ...], family: int) -> tuple[Word, ...]:
    """Of two surnames the second, in Spanish the mother's, weighs as little as a patronymic: news leave it out."""
    surnames = [place for place in range(family, len(words)) if words[place].role == "w"]
    if len(surnames) != 2:
        return words
    second = words[surnames[1]]
    lighter = Word(second.text, min(second.weight, PATRONYMIC), "v")
    return (*words[: surnames[1]], lighter, *words[surnames[1] + 1 :])


def _tokens(text: str) -> list[str]:
    text = _DOTTED.sub(lambda m: m[0].replace(".", "").replace(" ", "") + " ", latin(text))
    text = _JOINED.sub(" ", _APOSTROPHES.sub("", text)).replace("&", " and ").replace("%", " percent ")
    return _WORD.findall(text.replace(".", " ").lower())


def _person(text: str) -> tuple[list[str], int, int]:
    """A person's words, given name first, without titles; where the family name starts, if a comma told; their number
    before Arabic compounds were joined."""
    known = parts()
    pieces = [p for p in han_name(text).replace("،", ",").split(",") if p.strip()]
    heads = [_people_words(piece) for piece in pieces[:3]]
    if len(heads) > 1 and all(w in known.suffixes or w in known.titles for w in heads[-1]):
        heads.pop()
    words = [w for head in heads[1:] for w in head]
    family = len(words) if len(heads) > 1 else -1
    words += heads[0] if heads else []
    core = [w for w in words if w not in known.titles]
    if len(core) > 1 and core[-1] in known.suffixes:
        core.pop()
    joined = _arabic(core or words)
    return joined, min(family, len(joined) - 1), sum(w not in known.particles for w in core or words)


def _people_words(text: str) -> list[str]:
    text = _APOSTROPHES.sub("", latin(text))
    text = _JOINED.sub(" ", text).replace("%", " ")
    spaced = " ".join(_spelt(word) for word in re.split(r"[\s./_-]+", text))
    return _WORD.findall(spaced.lower())


def _spelt(word: str) -> str:
    """A word whose digits stand for letters, written with letters."""
    return word.lower().translate(_DIGITS) if _SWAPPED.search(word.lower()) else word


def _arabic(words: list[str]) -> list[str]:
    """Arabic compounds in one manner: "abd al rahman", "abdul rahman" and "abdurrahman" become one word each."""
    out: list[str] = []
    place = 0
    while place < len(words):
        word, rest = words[place], words[place + 1 :]
        if _SERVANT.fullmatch(word) and rest:
            skip = 1 if rest[0] in _ARTICLES and len(rest) > 1 else 0
            out.append("abd" + rest[skip])
            place += 2 + skip
        elif rest and word in _ARTICLES and rest[0] in _OF_FAITH and out:
            out[-1] += rest[0].replace("deen", "din").replace("dine", "din")
            place += 2
        elif rest and word in ("eddin", "eddine", "uddin", "aldin", "addin") and out:
            out[-1] += "din"
            place += 1
        else:
            out.append(_one_compound(word))
            place += 1
    return out


def _one_compound(word: str) -> str:
    if (
        len(word) > 6
        and (found := re.fullmatch(r"(.{2,})[aeiou](?:l|d)?(?:d[aeiou]+n|ddine?|ldin)e?", word))
        and "din" in word[-5:]
    ):
        return found[1] + "din"
    if len(word) > 7 and (
        found := re.fullmatch(r"abd[aeiou]+(?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)|g(?=g))?((?!l?l?ah?$).{3,})", word)
    ):
        return "abd" + found[1]
    return word


def _expanded(words: list[str]) -> list[str]:
    """Words with abbreviations written out and plurals that are as good as singulars made one."""
    known = parts().abbreviations
    return [part for word in words for part in known.get(word, word).split("_")]


def _without_forms(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Words without legal forms, and the forms' classes; a name that is nothing but a form is kept."""
    table, kept, classes = legal_forms(), [], set()
    place = 0
    repaired = [_repaired(w) for w in words]
    while place < len(words):
        for size in range(min(5, len(words) - place), 0, -1):
            if (form := table.get(tuple(repaired[place : place + size]))) and not (
                size == 1 and _is_name(words, place)
            ):
                classes.add(form)
                place += size
                break
        else:
            kept.append(words[place])
            place += 1
    return (kept, frozenset(classes)) if kept else (words, frozenset())


def _is_name(words: list[str], place: int) -> bool:
    """Whether a short word that could be a form stands where forms do not: before the end."""
    return len(words[place]) < 3 and place < len(words) - 2 and (place > 0 or words[place] != "ao")


@lru_cache(maxsize=50_000)
def _repaired(word: str) -> str:
    """A long word of a legal form with a letter wrong, put right."""
    if len(word) < 5 or word in _form_words() or counts("other").get(word, 0) > 5:
        return word
    found = process.extractOne(word, _form_words(), scorer=OSA.distance, score_cutoff=1)
    return found[0] if found else word


@lru_cache(maxsize=1)
def _form_words() -> tuple[str, ...]:
    return tuple(sorted({word for form in legal_forms() for word in form if len(word) > 4}))


@lru_cache(maxsize=200_000)
def _word(word: str, kind: Kind, place: int, sired: bool) -> Word:
    known = parts()
    if kind == "other":
        number = known.numbers.get(word) or (place > 0 and known.numerals.get(word))
        if ordinal := _ORDINAL.fullmatch(word):
            number = ordinal[1]
        if number or word.isdigit():
            return Word((number or word).lstrip("0") or "0", 0.5, "n")
        if word in known.stops:
            return Word(word, PARTICLE, "p")
        return Word(word, max(rarity(word, kind), 0.7 if word in places() else 0), "w")
    if len(word) == 1 or (len(word) < 4 and not re.search("[aeiouy]", word) and word not in given_names()):
        return Word(word, INITIAL * len(word), "i")
    if word in known.particles and not (place == 0 and word in given_names()):
        return Word(word, PARTICLE, "p")
    if word in known.honours:
        return Word(word, HONOUR, "w")
    if sired and _PATRONYMIC.fullmatch(word):
        return Word(word, PATRONYMIC, "v")
    return Word(word, rarity(word, kind), "w")


def rarity(word: str, kind: Kind) -> float:
    """How much a word tells about whose name it is.

    Args:
        word: a word in small Latin letters.
        kind: whose names it is counted in.

    Returns:
        Inverse document frequency over names of persons or of others, squared and scaled to `COMMONEST` .. 1.
    """
    seen = counts(kind).get(word, 1)
    total = NAMES_COUNTED[kind]
    return max(COMMONEST, min(1.0, log(total / (seen + 1)) / log(total / 3)) ** 2)
