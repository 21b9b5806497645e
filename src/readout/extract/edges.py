"""Where names begin and end: the model's spans without titles and articles, and with the words it has cut off."""

from collections.abc import Iterable
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from readout.extract.tree import children, has_dep, preposition
from readout.knowledge.nations import in_long_name, nation
from readout.knowledge.nouns import given_names, honorifics, is_title, kind_of_word

REGNAL = frozenset(
    [
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "emperor",
        "empress",
        "lady",
        "lord",
        "sultan",
        "emir",
        "sheikh",
        "saint",
        "st",
        "st.",
        "tsar",
    ]
)
"""Titles that are part of a name when a given name follows ("Pope John", "Lady Jane")."""
NAME_LINKS = frozenset("on upon under de la le les sur en am an der in of sous lès na the al el".split())
"""Small words between hyphens in names of places ("Stratford-upon-Avon")."""
DISTRICTS = frozenset(
    "region province oblast krai county prefecture district governorate canton territory republic peninsula".split()
)
"""Common nouns that complete the name of a part of a country."""
COMPLETING = frozenset(
    [
        "party",
        "group",
        "company",
        "agency",
        "movement",
        "militia",
        "bank",
        "corporation",
        "network",
        "newspaper",
        "airline",
        "union",
        "foundation",
    ]
)
"""Common nouns that complete the name of an organization they follow."""


def _after_of(doc: Doc, end: int, alone: bool) -> int:
    """The token after the "of" or "for" phrase of a body's name ("Bank of Finland"), if one follows.

    Behind a name of several words, only what the model marks as a body too ("Joint Council for the Arts").
    """
    if end + 2 >= len(doc) or doc[end].lower_ not in ("of", "for"):
        return end
    last = end + 2 if doc[end + 1].lower_ == "the" else end + 1
    stop = last
    if not alone:
        while stop < len(doc) and doc[stop].ent_type_ == "ORG" and (doc[stop].ent_iob_ == "I" or stop == last):
            stop += 1
        return stop if stop > last else end
    while stop < len(doc) and doc[stop].pos_ == "PROPN" and doc[stop].text[0].isupper():
        stop += 1
    return stop if stop > last else end


def completed(ent: Span, label: str) -> Span:
    """A name span that the model has cut short: within a country's or a hyphenated name, or before its last word."""
    doc, end = ent.doc, ent.end
    for size in range(nation_run(reversed(doc[max(ent.start - 5, 0) : ent.start + 1])) - 1, 0, -1):
        if nation(doc[ent.start - size : end].text):
            return doc[ent.start - size : end]
    for size in range(nation_run(doc[end - 1 : end + 6]) - 1, 0, -1):
        if nation(doc[ent.start : end + size].text):
            return doc[ent.start : end + size]
    if label == "ORG" and kind_of_word(ent[-1]) == "organization":
        end = _after_of(doc, end, alone=len(ent) == 1)
    if doc[end - 1].text == "-" and end < len(doc) and not doc[end - 1].whitespace_:
        end += 1
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        joined = doc[end + 1]
        if not (
            joined.lower_ in NAME_LINKS or doc[end - 1].lower_ in NAME_LINKS or (label == "PERSON" and len(joined) < 6)
        ):
            break
        end += 2
    if label != "PERSON" and end < len(doc):
        word = doc[end]
        last = doc[end - 1]
        capital = word.text[0].isupper() and word.pos_ == "PROPN" and not word.ent_type_ and not is_title(word.lemma_)
        if capital and last.head.i == word.i and has_dep(last, "compound", "amod", "flat"):
            end += 1
    return doc[ent.start : end]


def nation_run(words: Iterable[Token]) -> int:
    """How many of the words, from the first on, can stand in the name of a nation of several words."""
    return sum(1 for _ in takewhile(lambda token: in_long_name(token.text), words))


def trimmed(ent: Span, label: str | None) -> Span | None:
    """A name span without article, title, quotation marks and possessive ending; `None` if nothing is left."""
    doc, start, end = ent.doc, ent.start, ent.end
    while start < end and _is_edge(doc[start], last=False):
        start += 1
    while end > start and _is_edge(doc[end - 1], last=True):
        end -= 1
    if label == "PERSON" and start < end:
        start = _after_title(doc, start, end)
    return doc[start:end] if start < end and any(token.is_alpha or len(token) > 2 for token in doc[start:end]) else None


def _is_edge(token: Token, last: bool) -> bool:
    if token.is_space or token.is_quote or token.tag_ == "POS" or token.lower_ in ("'s", "’s", "'", "’"):
        return True
    if last:
        return token.is_punct or token.lower_ in ("of", "and", "the", "in", "for")
    return token.is_punct or token.lower_ in ("the", "a", "an")


def _after_title(doc: Doc, start: int, end: int) -> int:
    """Where the name begins behind titles; before a title that belongs to it ("Pope John")."""
    if is_title(doc[start].lower_) and doc[start + 1 : start + 2].text.lower() in ("of", "for") and end - start > 4:
        given = [i for i in range(start + 3, end - 1) if doc[i].lower_ in given_names()]
        return given[0] if given else end - 2
    for i in range(end - 2, start - 1, -1):
        word = doc[i].lower_
        if word in REGNAL and end - i == 2:
            return i
        if (
            (is_title(word) or word in honorifics())
            and doc[i + 1].text[:1].isupper()
            and (i == start or not _is_given(doc, start))
        ):
            return i + 1
    if end - start == 1 and start > 0 and doc[start - 1].lower_ in REGNAL and doc[start - 1].text[0].isupper():
        return start - 1
    return start


def _is_given(doc: Doc, start: int) -> bool:
    """Whether a span begins with a given name rather than with the words of a title."""
    return doc[start].lower_ in given_names()


def widened(words: Span, label: str) -> Span | None:
    """The name with the common noun that completes it ("Yonhap news agency"), where it modifies one."""
    noun, doc = words.root.head, words.doc
    if noun.i < words.end or noun.i - words.end > 3 or not has_dep(words.root, "compound", "nmod", "amod", "flat"):
        return None
    between = doc[words.end : noun.i]
    if noun.pos_ not in ("NOUN", "PROPN") or noun.tag_ in ("NNS", "NNPS") or nation(words.text):
        return None
    if any(t.is_punct or t.pos_ == "ADP" or t.tag_ == "POS" for t in between) or _has_complement(noun):
        return None
    return doc[words.start : noun.i + 1] if _completes(noun, words, label) else None


def _completes(noun: Token, words: Span, label: str) -> bool:
    """Whether a noun belongs to the name before it: a kind of building, body or district."""
    lemma, kind = noun.lemma_.lower(), kind_of_word(noun)
    if kind == "facility":
        definite = any(child.lower_ == "the" for child in noun.children)
        return definite or label in ("ORG", "MISC", "FACILITY") or (label == "PERSON" and len(words) == 1)
    if label == "PLACE":
        return lemma in DISTRICTS and noun.i == words.end
    return label in ("ORG", "MISC") and lemma in COMPLETING


def _has_complement(noun: Token) -> bool:
    return any(preposition(token) == "of" for token in children(noun, "nmod"))
