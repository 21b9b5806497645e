"""Common nouns and forms of address by what they tell of the thing named: its kind, its gender, an office.

The lists are compiled by hand from general knowledge of English news usage and stand in `data/kinds.txt`,
`data/titles.txt`, `data/honorifics.tsv`, `data/given_names.tsv` and `data/gendered_nouns.tsv`.
"""

from collections.abc import Container, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, cast

from spacy.tokens import Token

from readout.schema import EntityKind

Gender = Literal["m", "f"]
WORDS = 1 << 15
"""Words of which the findings are kept; an article of 1,000 words has some 450 different ones."""
_HIDDEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def _lines(name: str) -> Iterator[str]:
    text = files("readout.knowledge.data").joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def titles() -> dict[str, str]:
    """Head nouns of titles, lower case and singular, with "offices", "callings" or "portfolios" for what they are."""
    section, found = "", {}
    for line in _lines("titles.txt"):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            found.update(dict.fromkeys(line.split(), section))
    return found


@cache
def _kinds() -> dict[str, EntityKind]:
    return {word: cast(EntityKind, kind) for kind, words in _kind_lines() if kind != "-" for word in words}


@cache
def happenings() -> frozenset[str]:
    """Nouns that head the names of happenings, holidays, prizes, diseases and languages."""
    return frozenset(word for kind, words in _kind_lines() if kind == "-" for word in words)


def _kind_lines() -> Iterator[tuple[str, list[str]]]:
    rows = (line.partition(":") for line in _lines("kinds.txt"))
    return ((kind, words.split()) for kind, _, words in rows)


@cache
def honorifics() -> dict[str, Gender | None]:
    """Forms of address ("Mr.", "Dame") with the gender they tell, if any."""
    rows = (line.split("\t") for line in _lines("honorifics.tsv"))
    return {form: cast(Gender, gender) if gender != "-" else None for form, gender in rows}


@cache
def given_names() -> dict[str, Gender]:
    """Given names that are nearly always borne by one gender, lower case."""
    return _by_gender("given_names.tsv")


@cache
def _gendered_nouns() -> dict[str, Gender]:
    return _by_gender("gendered_nouns.tsv")


def _by_gender(name: str) -> dict[str, Gender]:
    rows = (line.split("\t") for line in _lines(name))
    return {word: cast(Gender, gender) for gender, words in rows for word in words.split()}


@lru_cache(maxsize=WORDS)
def is_title(noun: str) -> bool:
    """Whether the noun heads titles, offices or professions.

    Args:
        noun: a lemma or word, in any case; a prefix ("ex-", "co-", "vice-") is looked through.
    """
    word = noun.lower().strip(_HIDDEN).removesuffix(".")
    return titles().get(word, titles().get(word.rpartition("-")[2], "portfolios")) != "portfolios"


def is_portfolio(word: str) -> bool:
    """Whether a word is the field of an office ("foreign", "defence") or its rank ("deputy"), and no body's name."""
    return titles().get(word.lower()) == "portfolios"


@lru_cache(maxsize=WORDS)
def is_office(noun: str) -> bool:
    """Whether the noun heads posts held for a state or body ("minister"), and no mere profession ("painter")."""
    word = noun.lower()
    return "offices" in (titles().get(word), titles().get(word.rpartition("-")[2]))


def known_form(token: Token, known: Container[str]) -> str | None:
    """The base form of a word under which a list knows it.

    Args:
        token: a noun or verb.
        known: words in lower case.

    Returns:
        The lemma, the word itself, or the word without its ending ("branches", "imposing"), if listed; else `None`.
    """
    for form in _forms(token.lower_, token.lemma_.lower()):
        if form in known:
            return form
    return None


@lru_cache(maxsize=WORDS)
def _forms(word: str, lemma: str) -> tuple[str, ...]:
    forms = [lemma, word, lemma + "e", word.removesuffix("s"), word.removesuffix("es"), lemma.rpartition("-")[2]]
    forms += [word.removesuffix("ies") + "y", word.removesuffix("ed"), word.removesuffix("d")]
    forms += [word.removesuffix("ing"), word.removesuffix("ing") + "e"]
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=WORDS)
def kind_of_noun(noun: str) -> EntityKind | None:
    """What kind of thing a common noun names.

    Args:
        noun: the noun's lemma, in any case.

    Returns:
        The kind, or `None` for abstract and unknown nouns.
    """
    word = noun.lower()
    last = word.rpartition("-")[2]
    kinds = _kinds()
    if word in kinds:
        return kinds[word]
    if is_title(word):
        return "person"
    return kinds.get(last) or ("person" if last.endswith(("man", "woman", "person")) and len(last) > 6 else None)


def kind_of_word(token: Token) -> EntityKind | None:
    """What kind of thing a noun in the text names, whatever form its lemma has."""
    return _kind_of_forms(token.lower_, token.lemma_)


@lru_cache(maxsize=WORDS)
def _kind_of_forms(word: str, lemma: str) -> EntityKind | None:
    forms = [lemma, word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"]
    if word.endswith("men"):
        forms.append(word.removesuffix("men") + "man")
    return next((kind for form in forms if (kind := kind_of_noun(form))), None)


def gender_of_noun(noun: str) -> Gender | None:
    """The gender a common noun tells ("spokeswoman", "son"), or `None`."""
    word = noun.lower()
    if word.endswith("woman"):
        return "f"
    if word.endswith("man") and (word == "man" or is_title(word) or kind_of_noun(word) == "person") and word != "human":
        return "m"
    return _gendered_nouns().get(word)


def gender_of_name(name: str) -> Gender | None:
    """The gender a person's name tells, by its honorific or first given name, or `None` if neither does."""
    words = name.lower().split()
    for word in words:
        if word in honorifics():
            gender = honorifics()[word]
            if gender is not None:
                return gender
            continue
        if word in given_names():
            return given_names()[word]
        first = word.partition("-")[0]
        return given_names().get(first)
    return None
