"""What kind of thing a name stands for, from its label, its head word and its form."""

import re

from spacy.tokens import Span

from readout.knowledge.bodies import body
from readout.knowledge.nations import is_seat
from readout.knowledge.nouns import happenings, is_title, kind_of_noun, kind_of_word
from readout.schema import EntityKind

LABELS = {
    "PERSON": "PERSON", "PER": "PERSON",
    "ORG": "ORG",
    "PLACE": "PLACE", "GPE": "PLACE", "LOC": "PLACE",
    "FAC": "FACILITY", "FACILITY": "FACILITY",
    "MISC": "MISC", "NORP": "MISC", "PRODUCT": "PRODUCT", "WORK_OF_ART": "WORK", "LAW": "WORK", "EVENT": "EVENT",
}  # fmt: skip
"""Name labels of common pipelines (CoNLL-2003, OntoNotes) in this room's own terms; other labels are no names."""
LEGAL_TEXTS = frozenset(
    {"act", "treaty", "pact", "accord", "accords", "convention", "protocol", "charter", "constitution", "bill", "law"}
    | {"agreement", "declaration", "bible", "koran", "quran", "torah", "code", "amendment", "memorandum"}
)
LEGAL_FORMS = frozenset(
    {"inc", "ltd", "llc", "plc", "corp", "co", "gmbh", "ag", "sa", "spa", "ooo", "oao", "pjsc", "nv"}
)
DESIGNATION = re.compile(r"(?!G-?\d+\b)(?:[A-Z][A-Za-z]{0,3}[-‑–]\d{1,4}[A-Za-z]{0,3}|[A-Z]{1,3}\d{1,4})\b")
"""Serial designations of aircraft, missiles, tanks and ships: "Su-35", "MQ-9", "T-72B"; not "G-20"."""

SHIPS = frozenset("USS USNS USCGC HMS HMAS HMCS HMNZS RFA RMS FS INS KRI BRP TCG ROKS JS MV MT SS".split())
"""Prefixes of ships' names."""


def kind_of_name(words: Span, label: str) -> EntityKind | None:
    """The schema's kind of a name.

    Args:
        words: the name's tokens, without article and title.
        label: one of the values of `LABELS`.

    Returns:
        The kind; `None` for names of happenings, languages and the like, and for adjectives.
    """
    if label != "PERSON" and body(words.text):
        return "organization"
    head = head_noun(words)
    noun = kind_of_noun(head) if len(words) > 1 else None
    if label != "PERSON" and (DESIGNATION.fullmatch(words.text) or (len(words) > 1 and words[0].text in SHIPS)):
        return "equipment"
    if label == "FACILITY" and is_seat(words.text):
        return "organization"
    if label in ("FACILITY", "PERSON", "WORK"):
        default: EntityKind = {"FACILITY": "facility", "PERSON": "person", "WORK": "work"}[label]  # type: ignore[assignment]
        if label == "PERSON" and len(words) == 1 and words[0].tag_ in ("NNPS", "NNS"):
            return "group"
        return "facility" if noun == "facility" else default
    if len(words) > 1 and head in LEGAL_TEXTS and label != "PLACE":
        return "work"
    if noun in ("facility", "organization"):
        return noun
    if label not in ("PLACE", "PERSON") and _names_equipment(words):
        return "equipment"
    if words.text.startswith(("http:", "https:", "www.")):
        return "work"
    if label in ("ORG", "PLACE"):
        return "organization" if label == "ORG" or is_seat(words.text) else "place"
    return _kind_of_miscellaneous(words, head, noun)


def _kind_of_miscellaneous(words: Span, head: str, noun: EntityKind | None) -> EntityKind | None:
    if DESIGNATION.search(words.text) or noun == "equipment":
        return "equipment"
    if head in happenings() or words.label_ in ("EVENT", "LANGUAGE"):
        return None
    if all(token.pos_ == "ADJ" for token in words):
        return None
    if words[-1].tag_ in ("NNPS", "NNS") and noun in (None, "person", "group"):
        return "group"
    if _acts(words):
        return "organization"
    return noun if noun not in (None, "person") else "work"


def _acts(words: Span) -> bool:
    """Whether the name is an acronym, has a leader or spokesman, or is the subject of a verb: a body, not a work."""
    root = words.root
    if words.text.isupper() and len(words.text) > 1:
        return True
    before_title = root.dep_ in ("compound", "nmod:poss") and is_title(root.head.lemma_)
    return before_title or (root.dep_ == "nsubj" and root.head.pos_ == "VERB")


def _names_equipment(words: Span) -> bool:
    """Whether the name modifies a word for equipment ("Patriot missiles") without a noun of its own for a body."""
    noun = words.root.head
    follows = 0 <= noun.i - words.end < 2 and words.root.dep_ == "compound"
    return follows and kind_of_word(noun) == "equipment" and kind_of_word(words[-1]) is None


def head_noun(words: Span) -> str:
    """The word, in lower case, that tells what a name names: the one before "of" or "for", else the last."""
    lower = [token.lower_ for token in words if not token.is_punct]
    for preposition in ("of", "for", "on", "in"):
        if preposition in lower[1:]:
            lower = lower[: lower.index(preposition, 1)]
    while len(lower) > 1 and (lower[-1].rstrip(".") in LEGAL_FORMS or lower[-1].isdigit()):
        lower.pop()
    return lower[-1] if lower else ""
