"""Which names of one article are borne by the same: surnames, short forms, acronyms, nationalities."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from spacy.tokens import Span

from readout.extract.kinds import LEGAL_FORMS, SHIPS, head_noun, kind_of_name
from readout.knowledge.countries import countries, country_of
from readout.knowledge.nations import nation
from readout.knowledge.nouns import gender_of_name, honorifics, kind_of_noun
from readout.schema import EntityKind

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
WEST = frozenset({"west", "western"})
MAX_ACRONYM = 8
SUBJECT_BONUS = 30
"""Tokens by which a subject counts as nearer: the one that the sentence is about is taken up rather than one beside."""


@dataclass
class Name:
    """One place where something is called by name."""

    words: Span
    label: str
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.key = fold(self.words.text)


@dataclass
class Bearer:
    """Everything that is one entity by its names alone."""

    names: list[Name]
    kind: EntityKind
    name: str
    country: str | None = None


def fold(text: str) -> str:
    """Lower case without accents, dots and hyphens: "Kim Jong-Un" and "Kim Jong Un" fold alike."""
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", text.lower())
        if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )
    return " ".join(plain.translate(_TO_SPACE).translate(_DROPPED).split())


_TO_SPACE = str.maketrans(dict.fromkeys("-‐‑–—/_", " "))
_DROPPED = str.maketrans(dict.fromkeys(".,'’‘\"“”()"))


def bearers(names: Iterable[Name]) -> list[Bearer]:
    """Put the names of the same bearer together.

    Args:
        names: the article's names in text order.

    Returns:
        One bearer for everybody and everything named, in the order of first mention.
    """
    names = list(names)
    nations: dict[str, list[Name]] = defaultdict(list)
    people, others = [], []
    mentioned = {found.country for name in names if name.label != "PERSON" and (found := nation(name.words.text))}
    for name in names:
        if name.label == "PERSON":
            people.append(name)
        elif (country := _half(name, mentioned) or _country_key(name)) is not None:
            nations[country].append(name)
        else:
            others.append(name)
    groups = [*nations.values(), *same_people(people), *same_things(others)]
    all_bearers = [bearer for group in groups if (bearer := _bearer(group)) is not None]
    return sorted(all_bearers, key=lambda bearer: bearer.names[0].words.start)


def _country_key(name: Name) -> str | None:
    """What puts a country's names and adjectives together; a people ("the Finns") stands apart from its country."""
    if name.key in WEST and name.label != "PERSON":
        return "west"
    found = nation(name.words.text)
    if found is None:
        return None
    is_people = found.by == "demonym" and name.words[-1].tag_ in ("NNS", "NNPS")
    return f"people of {found.name}" if is_people else found.name


def _half(name: Name, mentioned: set[str]) -> str | None:
    """The country that "the North" or "the South" is short for, where the article names it in full."""
    start = name.words.start
    text = name.words.doc[start - 1 : name.words.end].text if start else ""
    code = country_of(text, mentioned) if name.key in ("north", "south") else None
    return countries()[code].name if code else None


def _bearer(names: list[Name]) -> Bearer | None:
    names = sorted(names, key=lambda name: name.words.start)
    longest = max(names, key=_fullness)
    text = " ".join(longest.words.text.split())
    key = _country_key(longest) if longest.label != "PERSON" else None
    if key is not None:
        return _nation_bearer(names, key, text)
    known = kind_of_name(longest.words, longest.label)
    return None if known is None else Bearer(names, known, text, _nationality(longest.words))


def _fullness(name: Name) -> tuple[bool, int]:
    found = nation(name.words.text) if name.label != "PERSON" else None
    return found is None or found.by == "name", len(name.key)


def _nation_bearer(names: list[Name], key: str, longest: str) -> Bearer:
    if key == "west":
        return Bearer(names, "group", "West")
    known = [found for name in names if (found := nation(name.words.text))]
    country = known[0].country if known else None
    if key.startswith("people"):
        return Bearer(names, "group", longest, country)
    by_name = any(found.by == "name" for found in known)
    return Bearer(names, "place", longest if by_name else key, country)


def _nationality(words: Span) -> str | None:
    """The country named by the first words of a name ("Finnish Red Cross")."""
    for size in (2, 1):
        if len(words) > size and (found := nation(words[:size].text)):
            return found.country
    return None


# People


def same_people(names: list[Name]) -> list[list[Name]]:
    """Group people's names: full names by likeness, then each lone surname with the nearest full name it fits."""
    groups: list[list[Name]] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    forms: dict[str, int] = {}
    for name in sorted(names, key=lambda name: -len(_words(name))):
        if len(_words(name)) < 2:
            continue
        if name.key not in forms:
            forms[name.key] = _fitting_group(name, groups, by_word)
        index = forms[name.key]
        if index == len(groups):
            groups.append([])
        groups[index].append(name)
        for word in _words(name):
            if index not in by_word[word]:
                by_word[word].append(index)
    for name in sorted(names, key=lambda name: name.words.start):
        if len(_words(name)) < 2:
            _place_lone_name(name, groups, by_word)
    return groups


def _words(name: Name) -> list[str]:
    """The words of a person's name without initials and suffixes."""
    words = [word for word in name.key.split() if len(word) > 1 and word not in SUFFIXES]
    return words or name.key.split()


def _fitting_group(name: Name, groups: list[list[Name]], by_word: dict[str, list[int]]) -> int:
    near = {index for word in _words(name) for index in by_word.get(word, ())}
    return next((i for i in sorted(near) if any(same_person(name, other) for other in groups[i][:3])), len(groups))


def same_person(one: Name, other: Name) -> bool:
    """Whether two full names can be one person's.

    One holds the other's words in order, or family name and first name agree up to a short form or a letter
    ("Alex Salmond" and "Alexander Salmond"). A "Jr." with the same first name is another person.
    """
    a, b = _words(one), _words(other)
    if a[0] == b[0] and a[-1] == b[-1] and ("jr" in one.key.split()) != ("jr" in other.key.split()):
        return False
    short, long = sorted((a, b), key=len)
    rest = iter(long)
    if all(word in rest for word in short):
        return True
    first_fits = a[0] == b[0] or (min(len(a[0]), len(b[0])) > 2 and (a[0].startswith(b[0]) or b[0].startswith(a[0])))
    if a[-1] == b[-1]:
        nick = a[0][0] == b[0][0] and gender_of_name(a[0]) == gender_of_name(b[0]) and _alike(a[0], b[0], 0.75)
        return first_fits or nick or _NICKNAMES.get(a[0], a[0]) == _NICKNAMES.get(b[0], b[0])
    return a[0] == b[0] and a[-1][:2] == b[-1][:2] and _alike(a[-1], b[-1], 0.8)


def _alike(a: str, b: str, ratio: float) -> bool:
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= ratio


_NICKNAMES = {
    "joe": "joseph", "bill": "william", "bob": "robert", "jim": "james", "mike": "michael", "tony": "anthony",
    "dick": "richard", "jack": "john", "ted": "edward", "liz": "elizabeth", "kate": "katherine", "peggy": "margaret",
    "jerry": "gerald", "larry": "lawrence", "harry": "henry", "hank": "henry", "chuck": "charles", "antony": "anthony",
    "betty": "elizabeth", "billy": "william", "bobby": "robert", "jimmy": "james", "johnny": "john", "meg": "margaret",
}  # fmt: skip


def _place_lone_name(name: Name, groups: list[list[Name]], by_word: dict[str, list[int]]) -> None:
    word = _words(name)[-1]
    start = name.words.start
    before = name.words.doc[start - 1].lower_ if start else ""
    gender = honorifics().get(before)
    fitting = [i for i in by_word.get(word, ()) if gender is None or _gender(groups[i]) in (None, gender)]
    if not fitting:
        by_word[word].append(len(groups))
        groups.append([name])
        return
    groups[max(fitting, key=lambda i: (_nearness(groups[i], start), -i))].append(name)


def _nearness(group: list[Name], start: int) -> int:
    """How near before a token somebody was named; a subject counts as nearer, somebody named only later as far."""
    places = [
        name.words.start + SUBJECT_BONUS * (name.words.root.dep_ == "nsubj")
        for name in group
        if name.words.start < start
    ]
    return max(places, default=-1)


def _gender(group: list[Name]) -> str | None:
    return next((gender for name in group if (gender := gender_of_name(name.words.text))), None)


# Organizations, places, things


def same_things(names: list[Name]) -> list[list[Name]]:
    """Group the names of things: the same form, then acronyms and short forms with the long form they stand for."""
    forms: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        forms[name.key].append(name)
    order = sorted(forms, key=lambda key: (-len(key.split()), -len(key)))
    long_of: dict[str, str] = {}
    by_word: dict[str, list[str]] = defaultdict(list)
    for key in order:
        long = _long_form(forms[key], [forms[k] for k in _candidates(key, by_word)])
        long_of[key] = long_of.get(long, long) if long else key
        for word in {*key.split(), *_initials(forms[key][0].words)}:
            by_word[word].append(key)
    groups: dict[str, list[Name]] = defaultdict(list)
    for key in order:
        groups[long_of[key]] += forms[key]
    return list(groups.values())


def _candidates(key: str, by_word: dict[str, list[str]]) -> list[str]:
    """Longer forms that share the last or the first word, or whose initials these are."""
    words = key.split()
    return list(
        dict.fromkeys(k for word in {words[0], words[-1], key.replace(" ", "")} for k in by_word.get(word, ())[:50])
    )


def _long_form(short: list[Name], longer: list[list[Name]]) -> str | None:
    fitting = [group for group in longer if stands_for(short[0], group[0])]
    if not fitting:
        return None
    start = short[0].words.start
    nearest = max(fitting, key=lambda group: max((n.words.start for n in group if n.words.start < start), default=-1))
    return nearest[0].key


def stands_for(short: Name, long: Name) -> bool:
    """Whether the shorter of two names can stand for the longer.

    An acronym; the same head noun with some of the words ("the Gagarin plant" for "Yuri Gagarin Aviation Plant"
    shows the manner); the name without legal form, common noun or nationality.
    """
    if _plain(short.key) == _plain(long.key) and "PLACE" not in (short.label, long.label):
        return True
    if _is_acronym(short.words) and short.key.replace(" ", "") in _initials(long.words):
        return True
    a, b = short.key.split(), long.key.split()
    if len(a) > 1 and a[0] == "".join(word[0] for word in b[: len(a[0])]) and a[1:] == b[len(a[0]) :]:
        return True
    if b[0].upper() in SHIPS and a == b[1:]:
        return True
    if "PLACE" in (short.label, long.label):
        return short.label == long.label and (
            (b[: len(a)] == a and b[len(a) :] in (["city"],)) or b == ["city", "of", *a]
        )
    head = fold(head_noun(long.words))
    if len(a) > 1 and head in a and fold(head_noun(short.words)) == head:
        rest = iter(b)
        return all(word in rest for word in a)
    return a == _bare(b) or (
        short.label == "ORG" and "of" in b and a == b[b.index("of") + 1 :] and len(b) - len(a) == 2
    )


def _plain(key: str) -> frozenset[str]:
    """The words that matter: "Ministry of Defence" and "Defence Ministry" are the same."""
    return frozenset(key.split()) - {"of", "the", "for", "and"}


def _bare(words: list[str]) -> list[str]:
    """A name without common noun and legal form at its end and nationality at its front."""
    while len(words) > 1 and (
        words[-1] in LEGAL_FORMS or kind_of_noun(words[-1]) == "organization" or words[-1] == "news"
    ):
        words = words[:-1]
    return words[1:] if len(words) > 1 and nation(words[0].title()) else words


def _is_acronym(words: Span) -> bool:
    letters = words.text.replace(".", "")
    return (
        2 <= len(letters) <= MAX_ACRONYM and letters.isalpha() and sum(c.isupper() for c in letters) >= len(letters) - 1
    )


def _initials(words: Span) -> set[str]:
    """The acronyms a long name can have: of its capitalised words, with and without the small ones."""
    if len(words) < 2:
        return set()
    parts = [part for token in words for part in token.text.replace("-", " ").split() if part[0].isalpha()]
    capital = "".join(part[0] for part in parts if part[0].isupper()).lower()
    return {capital, "".join(part[0] for part in parts).lower()} if len(capital) > 1 else set()
