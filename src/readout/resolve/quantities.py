"""Numbers as reports have them: how many of what, and what became of those who are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from readout.knowledge.nations import nation
from readout.resolve.words import END, LONGEST, WORD, content, sentence_around, stem, stems, word_list

FATES = ("death", "injury", "custody", "rescue", "crowd")
"""What may be told of people who are counted: lists of `data/words.txt`."""
NEAR = 48
"""Characters around a number in which its own words stand."""
LARGE = 1000
"""From here a number without a word for what it counts is one all the same ("drew 10,000")."""
_SMALL = {
    word: n
    for n, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split(),
        start=2,
    )
} | {"nobody": 0, "none": 0, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NUMBER = re.compile(
    r"(?<![\w.,-])(?P<n>\d{1,3}(?:,\d{3}){1,4}|\d{1,12}(?:\.\d{1,4})?|" + "|".join(_SMALL) + r")"
    r"(?:[ -](?P<scale>thousand|million|billion|trillion))?"
    r"(?:(?P<percent>%| per ?cent\b)|(?=(?P<rest>(?: (?:of the |of )?[^\W\d_][\w'’-]{1,20}){1,3})))?",
    re.IGNORECASE,
)

_NUMBER_OF = re.compile(
    r"\bnumber of (?P<what>[^\W\d_]+(?: [^\W\d_]+)?)[^.;]*?\b(?:at|is|was|to|reached)\W+(?:about |some )?$"
)
_TOLL = re.compile(r"\b(?:death )?toll\b[^.;]*?\b(?:at|is|was|to|reached|of)\W+(?:about |at least )?$", re.IGNORECASE)
_COUNTED_AGAIN = re.compile(
    r"\b(?:count(?:ed|s)|put (?:it|them|the [\w ]{3,20}) at|sp(?:eak|oke) of|estimated (?:it|them) at"
    r"|(?:police|army) of)\W+(?:about |some |only )?$"
)
"""Words before a bare number that counts again what was counted just before."""
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $")


_PUNISHED = re.compile(r"\b(?:jail|prison|sentence|behind bars|custod)", re.IGNORECASE)
"""Beside these, years and months are a punishment, which is counted."""
_OTHERS = re.compile(r"\b(?:another|more|further|additional|other|others|first|remaining)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"^ of (?:them|these|those|whom)\b")
"""Behind a number: some of those who were spoken of."""
_JOINT = re.compile(r"[,;:]|\b(?:and|while|but|as|with)\b", re.IGNORECASE)
_OPENING = frozenset("and or but as for to from when while after before on at in with".split())
"""Words that begin another phrase: what stands behind is not counted."""
_YEARS = frozenset({stem("year"), stem("month")})


@dataclass(frozen=True)
class Quantity:
    """A number with what it counts."""

    value: float
    units: frozenset[str]
    """Stems of the words that say what is counted; empty for a large number alone."""
    span: tuple[int, int]
    fates: frozenset[str] = frozenset()
    """Which of `FATES` its clause tells."""
    near: frozenset[str] = frozenset()
    """Stems of the content words around it."""
    others: bool = False
    """Whether it counts others than were told of before ("another two")."""

    @property
    def of_people(self) -> bool:
        """Whether people are counted."""
        return bool(self.units & people()) or (not self.units and bool(self.fates))


@cache
def people() -> frozenset[str]:
    """Stems of the words for people."""
    return frozenset(map(stem, word_list("people")))


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text that count something; years, days and durations are left out unless they punish."""
    found: list[Quantity] = []
    for m in _NUMBER.finditer(text[:LONGEST]):
        quantity = _quantity(text, m, found)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _quantity(text: str, m: re.Match[str], before: list[Quantity]) -> Quantity | None:
    rest = m["rest"] or ""
    first = next(iter(re.findall(r"\w+", rest)), "").lower()
    counted = [] if first in _OPENING else _counted(rest)
    number = m["n"].lower()
    value = float(_SMALL[number]) if number in _SMALL else float(number.replace(",", ""))
    value *= _SCALES.get((m["scale"] or "").lower(), 1.0)
    if _MONTH.search(text, max(0, m.start() - 12), m.start()):
        return None
    start, end = sentence_around(text, m.span())
    if first in word_list("time"):
        if stem(first) not in _YEARS or not _PUNISHED.search(text, start, end):
            return None
        counted = [first]
    near = _around(text, m, max(start, m.start() - NEAR), min(end, m.end() + NEAR))
    fates = frozenset(fate for fate in FATES if content(near) & stems(fate))
    units = frozenset({"%"}) if m["percent"] else _units(counted, fates)
    if not units and fates and (value == 0 or _OF_THEM.match(text[m.end("n") : m.end("n") + 9])):
        units = frozenset({"people"})
    if not units:
        units = _counted_before(text[max(0, m.start() - 160) : m.start()], before)
    is_year = m["scale"] is None and "," not in number and 1000 <= value < 2100
    if not units and (is_year or (value < LARGE and not (fates and not m["rest"]))):
        return None
    others = bool(_OTHERS.search(text[max(start, m.start() - 12) : _end(m, counted) + 8]))
    return Quantity(value, units, (m.start(), _end(m, counted)), fates, content(near), others)


def _around(text: str, m: re.Match[str], low: int, high: int) -> str:
    """The words around a number, up to those around another one ("killed 60 and took 12 prisoner")."""
    before, after = list(_NUMBER.finditer(text, low, m.start())), _NUMBER.search(text, m.end(), high)
    if before:
        low = max((j.end() for j in _JOINT.finditer(text, before[-1].end(), m.start())), default=low)
    if after:
        high = max((j.start() for j in _JOINT.finditer(text, m.end(), after.start())), default=high)
    return text[low:high]


def _units(counted: list[str], fates: frozenset[str]) -> frozenset[str]:
    """What is counted; "two died" and "seven hurt" count people."""
    units = frozenset(map(stem, counted))
    if counted and (any(stem(counted[0]) in stems(fate) for fate in fates) or _is_nation(counted[0])):
        return units | {stem("people")}
    return units


def _is_nation(word: str) -> bool:
    """Whether a word is the name of a people, in the plural ("Canadians")."""
    named = nation(word) if word[:1].isupper() and word.endswith("s") else None
    return named is not None and named.by == "demonym"


def _counted_before(lead: str, found: list[Quantity]) -> frozenset[str]:
    """What a bare number counts by the words before it: "the number of hostages at", "the toll to"; or as before."""
    lead = lead[max((end.end() for end in END.finditer(lead)), default=0) :]
    of = list(_NUMBER_OF.finditer(lead))
    if of:
        return frozenset(map(stem, _counted(f" {of[-1]['what']}")))
    if _TOLL.search(lead):
        return frozenset({stem("people")})
    return found[-1].units if found and _COUNTED_AGAIN.search(lead) else frozenset()


def _counted(rest: str) -> list[str]:
    """The words after a number that say what is counted: one or two, up to the next word of grammar."""
    found: list[str] = []
    for word in WORD.findall(rest):
        stops = word.lower() in word_list("stop")
        if (stops and found) or len(found) == 2:
            break
        if not stops:
            found.append(word)
    return found


def _end(m: re.Match[str], counted: list[str]) -> int:
    """Where a number's words end: after the first word that tells what is counted."""
    return m.start("rest") + m["rest"].lower().index(counted[0].lower()) + len(counted[0]) if counted else m.end()
