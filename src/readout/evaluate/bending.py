"""Names bent as they are met outside lists: another transliteration, a typo, news form, no legal form.

The rules are the project's own, drawn from a seeded generator, so that a run can be repeated.
"""

import random
import re

from readout.resolve.names.tables import legal_forms

RESPELT = (
    ("kh", "h"), ("kh", "x"), ("ou", "u"), ("u", "ou"), ("v", "w"), ("iy", "y"), ("ey", "ei"), ("ei", "ey"), ("y", "i"),
    ("ya", "ia"), ("yu", "iu"), ("zh", "j"), ("ts", "c"), ("sh", "sch"), ("ch", "tch"), ("q", "k"), ("k", "q"),
    ("ee", "i"),
    ("oo", "u"), ("dh", "d"), ("aa", "a"), ("ss", "s"), ("s", "ss"), ("mm", "m"), ("f", "ph"), ("j", "dj"), ("i", "ee"),
    ("a", "e"), ("e", "a"), ("o", "u"), ("gh", "g"), ("w", "ou"), ("x", "ks"), ("sky", "skiy"), ("ov", "off"),
    ("yev", "ev"),
)  # fmt: skip


def typo(word: str, dice: random.Random) -> str:
    """A word with one letter dropped, doubled, changed, or two swapped; the first letter stays."""
    if len(word) < 4:
        return word
    place = dice.randrange(1, len(word) - 1)
    how = dice.randrange(4)
    if how == 0:
        return word[:place] + word[place + 1 :]
    if how == 1:
        return word[:place] + word[place] + word[place:]
    if how == 2:
        return word[:place] + dice.choice("aeiourstnlmkd") + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def respell(name: str, dice: random.Random) -> str:
    """A name in another transliteration at one place; a typo where no rule fits."""
    rules = [rule for rule in RESPELT if name.lower().rfind(rule[0]) > 0]
    if not rules or dice.random() < 0.3:
        words = name.split()
        place = max(range(len(words)), key=lambda i: len(words[i]) + dice.random() * 6)
        words[place] = typo(words[place], dice)
        return " ".join(words)
    old, new = dice.choice(rules)
    spots = [m.start() for m in re.finditer(f"(?={re.escape(old)})", name.lower()) if m.start()]
    spot = dice.choice(spots)
    return name[:spot] + new + name[spot + len(old) :]


def news_form(name: str) -> str:
    """A listed person's name as news has it: given name and family name, no patronymic, Title Case."""
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        first = given.split()[0] if given.split() else ""
        return f"{first} {family}".strip().title()
    return name.title()


def without_form(name: str) -> str:
    """A listed body's name as news has it: no legal form, Title Case."""
    words = name.replace(",", " ").replace("'", "").replace("JOINT-STOCK", "JOINT STOCK").split()
    plain = [w.lower().replace(".", "") for w in words]
    for size in range(min(5, len(words) - 1), 0, -1):
        for start in (0, len(words) - size):
            if tuple(plain[start : start + size]) in legal_forms() and len(words) > size:
                return without_form(" ".join(words[:start] + words[start + size :]))
    return " ".join(words).title()
