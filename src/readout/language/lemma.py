"""Lemmas: what the treebanks say of a known form; else an edit script, which a tagger can choose for any form.

Edit scripts are those of the lemmatizer of UDPipe 2 (Straka 2018, section 3.2), cut down to what English needs: whether
the form keeps its casing, how many characters its end loses, and what is put there instead.
"""

from importlib.resources import files

VOWELS, DOUBLED = "aeiou", "bdgmnprt"
"""Consonants that English doubles before -ed and -ing, and that hardly end a verb twice ("add", "err" are known)."""
SHORTEST_STEM = 3

Table = dict[str, dict[str, str]]
"""Lemma by UPOS and lower-cased form."""


def script(form: str, lemma: str) -> str:
    """The edit script from a form to its lemma.

    Args:
        form: the word as it stands.
        lemma: its lemma.

    Returns:
        `CASE|CUT|ADD`: `k` (keep) or `l` (lower), the number of characters to cut, the characters to add.
    """
    case = "k" if lemma != lemma.lower() else "l"
    base = form if case == "k" else form.lower()
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{case}|{len(base) - shared}|{lemma[shared:]}"


def apply(rule: str, form: str) -> str:
    """The lemma that an edit script makes of a form.

    Args:
        rule: a script as `script` gives it.
        form: the word as it stands.

    Returns:
        The lemma; the lower-cased form where the script cuts more than the word has.
    """
    case, cut, add = rule.split("|", 2)
    base = form if case == "k" else form.lower()
    if int(cut) > len(base):
        return base
    return (base[: len(base) - int(cut)] + add) or base


def regular(form: str, lemma: str) -> str:
    """The lemma of a regular verb form, where an edit script cut it in a way that English does not spell.

    Args:
        form: the form; only those in -ed and -ing are looked at.
        lemma: what the edit script made of it.

    Returns:
        The lemma as it was, if the form can come from it; else the form's stem, spelt as a verb ("mutinied" to
        "mutiny", "bugged" to "bug", "heckled" to "heckle", "abducted" to "abduct").
    """
    small = form.lower()
    ending = next((end for end in ("ed", "ing") if small.endswith(end)), "")
    stem = small.removesuffix(ending)
    if not ending or len(stem) < SHORTEST_STEM or lemma == small:
        return lemma
    if ending == "ed" and stem.endswith("i"):
        return stem[:-1] + "y"
    if stem[-1] == stem[-2] and stem[-1] in DOUBLED:
        return lemma if lemma == stem[:-1] else stem[:-1]
    if stem[-1] == "l" and stem[-2] not in VOWELS + "lrwh":
        return stem + "e"
    return lemma if lemma in (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem) else stem


def irregular_verbs() -> dict[str, str]:
    """The base of each irregular past form of an English verb."""
    lines = (files("readout.language") / "irregular_verbs.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return {form: base for base, *forms in rows for form in forms}
