"""Which names of bodies, places and things stand for the same: acronyms and short forms."""

from collections import defaultdict

from spacy.tokens import Span

from readout.extract.forms import Name
from readout.extract.kinds import LEGAL_FORMS, SHIPS, head_noun
from readout.extract.labels import is_short_form
from readout.knowledge.folding import fold
from readout.knowledge.nations import nation
from readout.knowledge.nouns import kind_of_noun

MAX_ACRONYM = 8
CALLED_BARELY = frozenset("union bank ministry agency commission council company group fund authority".split())
"""Common nouns by which, with a capital, a body named before is called."""


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
    if short.label == long.label == "ORG" and is_short_form(a, b) and nation(short.words.text) is None:
        return True
    head = fold(head_noun(long.words))
    if a == [head] and head in CALLED_BARELY and short.label == long.label == "ORG":
        return True
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
