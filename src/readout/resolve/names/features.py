"""What two names have in common and what parts them, as numbers that can be read."""

from itertools import pairwise

from rapidfuzz.distance import OSA, Indel

from readout.resolve.names.align import Alignment, align
from readout.resolve.names.spelling import bones
from readout.resolve.names.structure import Name, Word

SIGNS = {
    "shared": 1, "covered": 1, "covered_whole": 1, "exact": 1, "evidence": 1, "spelling": 1, "same_letters": 1,
    "typo": 1,
    "first": 1, "last": 1, "acronym": 1, "leftover_alike": 1, "initials": 0, "swapped": 0, "short": 0, "one_word": 0,
    "extra": 0, "extra_words": 0, "form_missing": 0, "conflict": -1, "conflict_words": -1, "loosest": -1,
    "loosest_telling": -1, "loose": -1, "edits": -1, "patronymics_differ": -1, "numbers_differ": -1,
    "numerals_differ": -1, "number_extra": -1, "forms_differ": -1, "places_differ": -1, "script_differs": -1,
    "slip": 1, "both_known": -1,
}  # fmt: skip
"""The features, in the order of `features`, and what each says: 1 for the same, -1 against, 0 left to the fitting.

shared: weight of the words in common, likeness counted in, over that of all words; covered, covered_whole: the same
over
the lighter and over the heavier name; exact: weight of the words that are the same letter by letter; evidence: weight
of
what is shared, not divided; spelling: likeness of the letters in a row; first, last: how well the first and last words
that tell are matched; conflict: weight of the words without partner on the side that has less of them, so that both
have
some; extra: what only one side has; loosest: 1 less the likeness of the least alike pair; loose: weight lost to
unlikeness; edits: letters to be changed, by length; slip: of the words that differ, the part in which one letter does;
both_known: the least alike pair of two words that are both known from lists, so that neither is a slip of the pen.
"""
FEATURES = tuple(SIGNS)
TELLING = 0.2
"""Weight above which a word is said to tell something."""
LIKE = 0.94
"""Likeness from which two words are forms of one, no matter how they are spelt."""
_EDITS_LIMIT, _SHORT = 12, 8


def features(a: Name, b: Name) -> list[float]:
    """Compare two names.

    Args:
        a: one name.
        b: the other, read as the same kind.

    Returns:
        A value for each of `FEATURES`, the same whichever name comes first.
    """
    if b.text < a.text:
        a, b = b, a  # ties between pairs of words must not hang on who came first
    found = align(a.words, b.words)
    shared, exact, loosest, loosest_telling, loose, slip, both_known = _sums(a, b, found)
    total = a.weight + b.weight or 1.0
    half = shared / 2
    lighter, heavier = (a.weight, b.weight) if a.weight < b.weight else (b.weight, a.weight)
    first, last = _anchors(a, b, found)
    left, right = found.left, found.right
    conflict, extra = _apart(_alone(left), _alone(right))
    conflict_words, extra_words = _apart(_telling(left), _telling(right))
    changed = OSA.distance(a.compact, b.compact, score_cutoff=_EDITS_LIMIT)
    letters = max(len(a.compact), len(b.compact)) or 1
    return [
        shared / total,
        min(1.0, half / lighter) if lighter else 0.0,
        min(1.0, half / heavier) if heavier else 0.0,
        exact / total,
        min(half, 3.0) / 3,
        Indel.normalized_similarity(a.compact, b.compact),
        float(a.compact == b.compact),
        float(changed <= 1 and letters > 4),
        first,
        last,
        float(_acronym(a, b) or _acronym(b, a)),
        _nearest(left, right) if left and right else 0.0,
        min(found.initials, 2),
        float(_swapped(a, b, found)),
        float(letters < _SHORT),
        float(min(a.size, b.size) < 2),
        min(extra, 3.0),
        min(extra_words, 3),
        float(bool(a.forms) != bool(b.forms)),
        min(conflict, 2.0),
        min(conflict_words, 2),
        loosest,
        loosest_telling,
        min(loose, 2.0),
        min(changed / letters, 1.0),
        float(bool(left and right) and _has(left, "v") and _has(right, "v")),
        *_numbers(a, b),
        float(bool(a.forms and b.forms) and a.forms.isdisjoint(b.forms)),
        float(a.places != b.places and bool(a.places - b.places) and bool(b.places - a.places)),
        1 - Indel.normalized_similarity(a.script, b.script) if a.script and b.script else 0.0,
        slip,
        both_known,
    ]  # fmt: skip


def _sums(a: Name, b: Name, found: Alignment) -> tuple[float, float, float, float, float, float, float]:
    """Sums and extremes over the pairs: shared, exact, loosest, loosest_telling, loose, slip and both_known."""
    shared = exact = loosest = loosest_telling = loose = both_known = 0.0
    differing = slips = 0
    seen_left, seen_right = set(), set()
    for alike, i, j in found.pairs:
        x, y = a.words[i], b.words[j]
        weight = 0.0 if i in seen_left else x.weight
        seen_left.add(i)
        if j not in seen_right:
            weight += y.weight
            seen_right.add(j)
        if alike > 0.999:
            shared += weight
            exact += weight
            continue
        shared += weight * alike
        lost = 1 - alike
        loose += weight * lost
        if x.role != "i" != y.role and not (x.role == y.role == "p"):
            loosest = max(loosest, lost)
            loosest_telling = max(loosest_telling, lost * min(1.0, weight))
            if alike < LIKE:
                differing += 1
                slips += len(x.text) > 4 and OSA.distance(x.text, y.text, score_cutoff=1) < 2
                if x.weight < 1 > y.weight:
                    both_known = max(both_known, lost)
    return shared, exact, loosest, loosest_telling, loose, slips / differing if differing else 0.0, both_known


def _apart(left: float, right: float) -> tuple[float, float]:
    return min(left, right), abs(left - right)


def _alone(words: list[Word]) -> float:
    return sum([word.weight for word in words if word.role != "n"])


def _telling(words: list[Word]) -> int:
    return sum([word.role == "w" and word.weight > TELLING for word in words])


def _has(words: list[Word], role: str) -> bool:
    return any(word.role == role for word in words)


def _anchors(a: Name, b: Name, found: Alignment) -> tuple[float, float]:
    """How well the first and the last words that tell are matched, the worse of both sides."""
    first_left = last_left = first_right = last_right = 0.0
    for alike, i, j in found.pairs:
        if i == a.first:
            first_left = alike
        if i == a.last:
            last_left = alike
        if j == b.first:
            first_right = alike
        if j == b.last:
            last_right = alike
    return min(first_left, first_right), min(last_left, last_right)


def _swapped(a: Name, b: Name, found: Alignment) -> bool:
    """Whether words stand in another order, where no comma has told which the family name is."""
    if a.family >= 0 or b.family >= 0 or len(found.pairs) < 2:
        return False
    order = sorted([(i, j) for _, i, j in found.pairs if a.words[i].role == "w"])
    return any(before[1] > after[1] for before, after in pairwise(order))


def _numbers(a: Name, b: Name) -> tuple[float, float, float]:
    """Numbers that differ, Roman numerals that differ, a number that only one has."""
    if a.numbers == b.numbers:
        return 0.0, 0.0, 0.0
    left, right = set(a.numbers) - set(b.numbers), set(b.numbers) - set(a.numbers)
    roman = all(number[0] == "#" for number in left | right)
    differ = float(bool(left and right))
    return differ * (not roman), differ * roman, 1 - differ


def _acronym(short: Name, long: Name) -> bool:
    if len(short.words) != 1 or len(long.words) < 3:
        return False
    letters = "".join([word.text[0] for word in long.words if word.role != "p"])
    return len(letters) > 2 and short.words[0].text in (letters, "".join([word.text[0] for word in long.words]))


def _nearest(left: list[Word], right: list[Word]) -> float:
    """How alike the likest of the words are that found no partner, by their consonants."""
    best = 0.0
    for x in left:
        for y in right:
            if x.role == y.role == "w":
                best = max(best, Indel.normalized_similarity(bones(x.text), bones(y.text)))
    return best
