"""One label for each name of an article: what the model says of all its places, weighed with what the text shows.

A model labels each place by itself, so that a company may be a person in one sentence. Here the form's most frequent
label counts, unless the words around it say otherwise: a legal form, a dateline, "the town of", "the chairman of".
"""

from collections import Counter, defaultdict

from spacy.tokens import Token

from readout.extract.forms import Name
from readout.extract.kinds import LEGAL_FORMS
from readout.extract.tree import children, has_dep, preposition
from readout.knowledge.bodies import body
from readout.knowledge.countries import seat_of_power
from readout.knowledge.gazetteer import gazetteer
from readout.knowledge.nations import nation
from readout.knowledge.nouns import given_names, kind_of_noun, kind_of_word

ALSO_OTHERS = frozenset({"Georgia", "Jordan", "Chad"})
"""Names of countries that as often begin the names of other things (a state of the US, persons)."""
LEGAL_PREFIXES = frozenset({"PT", "OOO", "OAO", "PAO", "PJSC", "ZAO", "JSC"})
CORPORATE = frozenset({"shareholder", "headquarters", "ceo", "chairman", "chairwoman", "subsidiary", "workforce"})
"""What bodies have and persons do not."""
TOWNS = frozenset("city town village district suburb edge outskirts siege centre center port north south".split())
DASHES = ("—", "–", "-", "--")
CITY = 100_000
"""Inhabitants from which a place is likelier meant by a bare name than a person not named in full."""


def agreed(names: list[Name]) -> list[Name]:
    """The names with one label for each form; a person's family name is a person's.

    Args:
        names: an article's names with the model's labels, which are changed.

    Returns:
        The same names.
    """
    forms: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        forms[name.key].append(name)
    labels = {key: Counter(n.label for n in same).most_common(1)[0][0] for key, same in forms.items()}
    parts = {word for key, label in labels.items() if label == "PERSON" and " " in key for word in key.split()}
    for key, same in forms.items():
        labels[key] = _shown(key, same, labels[key], parts) or labels[key]
    _spread(labels, _family_names(labels))
    family = _family_names(labels)
    for name in names:
        name.label = "PERSON" if name.key in family and not _known(name) else labels[name.key]
    return names


def _family_names(labels: dict[str, str]) -> set[str]:
    return {key.split()[-1] for key, label in labels.items() if label == "PERSON" and len(key.split()) > 1}


def _known(name: Name) -> bool:
    text = name.words.text
    return bool(nation(text) or seat_of_power(text) or body(text))


def _shown(key: str, same: list[Name], label: str, parts: set[str]) -> str | None:
    """The label that the words of a name or those around it show, if they do; `parts` are words of persons' names."""
    words = same[0].words
    if len(words) > 1 and (words[0].text in LEGAL_PREFIXES or words[-1].lower_.rstrip(".") in LEGAL_FORMS):
        return "ORG"
    if label != "PLACE" and key not in parts and any(is_dateline(name) for name in same):
        return "PLACE"
    if label != "PERSON":
        return None
    can_be_person = key in parts or key.split()[0] in given_names() or words.text in ALSO_OTHERS
    if can_be_person:
        return None
    if _known(same[0]):
        return "ORG" if body(words.text) else "PLACE"
    if any(_is_body(name.words.root) for name in same):
        return "ORG"
    return "PLACE" if any(_is_town(name.words.root) for name in same) or _is_city(same) else None


def _is_body(root: Token) -> bool:
    """Whether a name has what bodies have ("its chairman"), or is called a company or the like."""
    owned = root.head if has_dep(root, "nmod:poss") else None
    if owned is not None:
        lemma = owned.lemma_.lower()
        chief = lemma == "executive" and any(t.lower_ == "chief" for t in children(owned, "amod", "compound"))
        return chief or lemma in CORPORATE or (owned.lower_ == "shares" and has_dep(owned, "nsubj"))
    return any(noun.pos_ == "NOUN" and kind_of_word(noun) == "organization" for noun in children(root, "appos"))


def _is_town(root: Token) -> bool:
    """Whether a name stands after "the town of" and the like."""
    return has_dep(root, "nmod") and preposition(root) == "of" and root.head.lemma_.lower() in TOWNS


def _is_city(same: list[Name]) -> bool:
    """Whether a large place has the name, and the text puts nobody's title or given name to it."""
    words = same[0].words
    places = gazetteer().lookup(words.text) if len(words) < 3 else ()
    if not places or (places[0].population or 0) < CITY:
        return False
    roots = [name.words.root for name in same]
    return not any(has_dep(t, "nmod:desc") or t.lower_ == "the" for root in roots for t in root.lefts)


def is_dateline(name: Name) -> bool:
    """Whether a name opens a paragraph as the place of the report ("ASTANA, March 3 (Agency) —")."""
    words, doc = name.words, name.words.doc
    if len(words) > 3 or (words.start and not doc[words.start - 1].is_space):
        return False
    if not (words.text.isupper() and len(words.text) > 3) and not gazetteer().lookup(words.text):
        return False
    for token in doc[words.end : words.end + 8]:
        if token.text in DASHES and doc[token.i - 1].whitespace_:
            return True
        if token.pos_ not in ("PUNCT", "PROPN", "NUM") or token.is_space:
            return False
    return False


def _spread(labels: dict[str, str], family: set[str]) -> None:
    """Carry a body's label to its short form ("Volta" of "Volta Foods Ltd"), and a short form's to the full name."""
    bodies = [key.split() for key, label in labels.items() if label == "ORG" and " " in key]
    for key, label in labels.items():
        words = key.split()
        if label == "PERSON" and len(words) > 1 and labels.get(words[-1]) == "ORG" and words[0] not in given_names():
            labels[key] = "ORG"
        elif label in ("PERSON", "PLACE") and any(is_short_form(words, long) for long in bodies):
            named = key in family or words[0] in given_names() or (label == "PLACE" and len(words) == 1)
            labels[key] = label if named or (label == "PLACE" and gazetteer().lookup(key)) else "ORG"


def is_short_form(short: list[str], long: list[str]) -> bool:
    """Whether a body's long name goes on from the short one with a word or two ("Volta" and "Volta Foods Ltd")."""
    goes_on = 0 < len(long) - len(short) < 3 and long[: len(short)] == short
    return goes_on and long[len(short)] not in ("of", "for", "and", "in", "to") and kind_of_noun(short[-1]) is None
