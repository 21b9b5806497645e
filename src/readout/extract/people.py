"""Which names of persons are borne by one person: likeness of full names, and surnames by nearness."""

from collections import defaultdict
from difflib import SequenceMatcher

from readout.extract.forms import Name
from readout.knowledge.nouns import gender_of_name, honorifics

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
SUBJECT_BONUS = 30
"""Tokens by which a subject counts as nearer: the one that the sentence is about is taken up rather than one beside."""
MAX_ASKED = 20
"""Names of a person that are asked for a gender; bounds the time where one name stands thousands of times."""
_NICKNAMES = {
    "joe": "joseph", "bill": "william", "bob": "robert", "jim": "james", "mike": "michael", "tony": "anthony",
    "dick": "richard", "jack": "john", "ted": "edward", "liz": "elizabeth", "kate": "katherine", "peggy": "margaret",
    "jerry": "gerald", "larry": "lawrence", "harry": "henry", "hank": "henry", "chuck": "charles", "antony": "anthony",
    "betty": "elizabeth", "billy": "william", "bobby": "robert", "jimmy": "james", "johnny": "john", "meg": "margaret",
}  # fmt: skip


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
    nearness = _Nearness(groups)
    for name in sorted(names, key=lambda name: name.words.start):
        if len(_words(name)) < 2:
            _place_lone_name(name, groups, by_word, nearness)
    return groups


class _Nearness:
    """How near before a token the bearers of groups of names were last named; asked in text order only.

    A subject counts as nearer, somebody named only later as far.
    """

    def __init__(self, groups: list[list[Name]]) -> None:
        self.coming = [sorted(map(self._place, group), reverse=True) for group in groups]
        self.nearest = [-1] * len(groups)

    @staticmethod
    def _place(name: Name) -> tuple[int, int]:
        start = name.words.start
        return start, start + SUBJECT_BONUS * (name.words.root.dep_ == "nsubj")

    def before(self, group: int, start: int) -> int:
        """The place where a group's bearer was last named before a token, -1 if not yet."""
        coming = self.coming[group]
        while coming and coming[-1][0] < start:
            self.nearest[group] = max(self.nearest[group], coming.pop()[1])
        return self.nearest[group]

    def add(self, group: int, name: Name) -> None:
        """Count a lone name just placed; a group's number may be the next free one."""
        if group == len(self.nearest):
            self.nearest.append(-1)
            self.coming.append([])
        self.nearest[group] = max(self.nearest[group], self._place(name)[1])


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


def _place_lone_name(name: Name, groups: list[list[Name]], by_word: dict[str, list[int]], nearness: _Nearness) -> None:
    word = _words(name)[-1]
    start = name.words.start
    before = name.words.doc[start - 1].lower_ if start else ""
    gender = honorifics().get(before)
    fitting = [i for i in by_word.get(word, ()) if gender is None or _gender(groups[i]) in (None, gender)]
    if fitting:
        at = max(fitting, key=lambda i: (nearness.before(i, start), -i))
        groups[at].append(name)
    else:
        at = len(groups)
        by_word[word].append(at)
        groups.append([name])
    nearness.add(at, name)


def _gender(group: list[Name]) -> str | None:
    return next((gender for name in group[:MAX_ASKED] if (gender := gender_of_name(name.words.text))), None)
