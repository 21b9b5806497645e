"""Cues that are nouns: whose claim, promise or warning it is, and what hangs on it."""

from calendar import day_name, month_name
from itertools import pairwise

from spacy.tokens import Token

from readout.extract.statements.attribution import MAX_PHRASES, Range
from readout.extract.statements.cues import Cue, cue_of, words
from readout.extract.tree import agent, child, children, governor, has_dep, is_negated, is_passive, preposition, subject
from readout.knowledge.nouns import kind_of_noun

CALENDAR = frozenset({*day_name, *month_name[1:]})
CONDITIONS = words("conditions")
BEING = frozenset({"is", "was", "are", "were", "been", "be"})
OPEN = frozenset({"no", "any"})
""""No promise from him", "any word from her": none may have been given."""


def owner_of(noun: Token) -> Token | None:
    """Whose claim or statement a noun is: possessor, "by" or "of" phrase, or who makes or issues it."""
    owner = _own_owner(noun)
    verb = governor(noun)
    if owner is None and verb is not None and has_dep(noun, "obj", "iobj", "obl", "nsubj:pass") and _issues(verb):
        found = (agent(verb), False) if is_passive(verb) else subject(verb)
        owner = found[0] if found is not None else None
    if owner is None or owner.pos_ in ("PROPN", "PRON") or kind_of_noun(owner.lemma_):
        return owner
    return None


def _own_owner(noun: Token) -> Token | None:
    """The possessor, or the "of", "by" or "from" phrase."""
    telling = ("of",) if _is_issued(noun) else ("of", "by", "from")
    phrases = (t for t in children(noun, "nmod", "obl") if preposition(t) in telling)
    return child(noun, "nmod:poss") or next(phrases, None) or given_by(noun)


def _is_issued(noun: Token) -> bool:
    """Whether somebody makes or issues a claim: he speaks, and "by" or "from" tells a means, a place or a day."""
    verb = governor(noun)
    return verb is not None and has_dep(noun, "obj") and verb.lemma_.lower() in words("issuing")


def given_by(noun: Token) -> Token | None:
    """Who stands right behind a noun by "by" or "from", wherever the tree hangs it: "had a promise from him"."""
    marker = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    if marker.lower_ not in ("by", "from") or not has_dep(marker, "case") or _is_issued(noun):
        return None
    return marker.head if _is_somebody(marker.head) else None


def _is_somebody(word: Token) -> bool:
    named = word.pos_ in ("PROPN", "PRON") and word.ent_type_ not in ("DATE", "TIME") and word.text not in CALENDAR
    return named or kind_of_noun(word.lemma_) is not None


def _issues(verb: Token) -> bool:
    return verb.lemma_.lower() in words("issuing") or cue_of(verb) is not None


def governing_cue(noun: Token) -> Token | None:
    """The cue whose object a claim is, with no owner of its own: "dismissed reports that ..."."""
    verb = governor(noun)
    if verb is None or not has_dep(noun, "obj", "nsubj:pass") or _own_owner(noun) is not None:
        return None
    return verb if cue_of(verb) is not None else None


def is_given(noun: Token, upper: Cue | None) -> bool:
    """Whether a noun tells of words that were somebody's, whatever came of them: "ignored a warning by the owner"."""
    verb = governor(noun) if has_dep(noun, "obj", "nsubj:pass") else None
    asked = upper is not None and upper.stance == "demands"  # "sought a promise from him"
    open_ = any(t.lower_ in OPEN for t in children(noun, "det")) or (verb is not None and _is_open(verb))
    return given_by(noun) is not None and not asked and not open_


def _is_open(verb: Token) -> bool:
    """Whether what a verb tells may not have been: "did not get", "could receive", "if it had"."""
    possible = any(t.tag_ == "MD" for t in children(verb, "aux"))
    return is_negated(verb) or possible or any(t.lower_ in CONDITIONS for t in children(verb, "mark"))


def equated(noun: Token, entry: Cue) -> list[Range]:
    """ "Her answer was that ...", "his last words were: "...": what a claim is said to have been."""
    if noun.pos_ != "NOUN" or not entry.frames & {"clause", "to", "equated"} or not has_dep(noun, "nsubj"):
        return []
    return _what_it_was(noun, noun.head)


def _what_it_was(word: Token, head: Token | None = None) -> list[Range]:
    """What stands behind the next "was that", "was to" or "was "...", to the end of its clause."""
    for was, first in pairwise(t for t in word.doc[word.i + 1 : word.i + MAX_PHRASES] if t.text != ":"):
        if was.lower_ in BEING and (first.lower_ in ("that", "to") or first.is_quote):
            clause = head or (first.head if first.head.i > first.i else was.head)
            return [(first.i, clause.right_edge.i + 1)] if clause.right_edge.i > first.i else []
        if was.text in (".", ";"):
            return []
    return []


def cleft(cue: Token, entry: Cue) -> list[Range]:
    """ "What she had told them was that ...", "what he said, they explained, was to wait": what it was."""
    above = [cue.head] if has_dep(cue, "acl") else []
    what = next((t for t in (*children(cue, "obj", "ccomp"), *above) if t.lower_ == "what" and t.i < cue.i), None)
    if what is None or cue.pos_ != "VERB" or not entry.frames & {"clause", "to"}:
        return []
    return _what_it_was(cue)


def behind_party(noun: Token) -> list[Token]:
    """ "A promise from the ministry that ...", "an offer from Oslo to ...": clauses that a tree hangs on a side."""
    phrases = [t for t in children(noun, "nmod") if t.i > noun.i and preposition(t) in ("by", "from", "to")]
    who, verb = given_by(noun), governor(noun)
    apart = children(verb, "advcl", "xcomp", "ccomp") if who is not None and verb is not None else []
    behind = [t for t in apart if who is not None and t.left_edge.i == who.right_edge.i + 1]
    return [*behind, *(t for phrase in phrases for t in children(phrase, "acl"))]
