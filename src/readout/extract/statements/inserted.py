"""Cues that stand in the middle of what they report or behind it: "The bridge, officials said, is closed".

Trees hang such a cue now on the clause that it interrupts, now the clause on the cue.
"""

from spacy.tokens import Token

from readout.extract.statements.attribution import (
    MAX_PHRASES,
    Attribution,
    Range,
    subtree_range,
    union,
    within,
    without,
)
from readout.extract.statements.cues import Cue, cue_of, words
from readout.extract.tree import child, children, clause_head, governor, has_dep, is_relative_pronoun

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBORDINATORS = words("subordinators")
LEAD = 4
"""Tokens behind a cue's own words among which such a one tells when something was said: ", hours after ..."."""


def according_to(token: Token) -> Attribution | None:
    """ "..., according to the release": the clause without that phrase."""
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    source = token.head if has_dep(token, "case", "mark") else child(token, "obl", "nmod", "obj")
    if following.lower_ != "to" or source is None or source.i < token.i:
        return None
    host = governor(source) if has_dep(token, "case", "mark") else governor(token)
    if host is None:
        return None
    clause = clause_head(host)
    phrase = (token.i, source.right_edge.i + 1)
    said = without([subtree_range(clause)], phrase)
    before = token.doc[phrase[0] - 1].lower_ if phrase[0] else ""
    lead = token.doc[max(phrase[0] - 2, 0) : phrase[0]]
    if before == "that" or (before == "," and lead[0].lower_ == "that"):
        said = within(said, (phrase[1], clause.right_edge.i + 1))  # "said that, according to them, B"
    if before in (";", "and", "but"):
        said = within(said, (phrase[1], len(token.doc)))  # "A; according to them, B"
    return Attribution(source, token, None, said)


def behind_insertion(cue: Token) -> list[Token]:
    """ "He had been told, she said, that ...": the that-clause, where a tree hangs it on the cue inserted before it."""
    if children(cue, "ccomp", "xcomp"):
        return []
    if (behind := _across(cue)) is not None:
        return [behind.head]
    between = [t for t in children(cue, "parataxis") if t.i > cue.i and cue_of(t) is not None]
    between = [t for t in between if not any(mark.text in (";", ":") for mark in cue.doc[cue.i : t.i])]
    hung = [t for other in between for t in children(other, "ccomp")]
    return [t for t in hung if any(m.lower_ == "that" for m in children(t, "mark"))][:1]


def fronted(cue: Token) -> list[Token]:
    """ "The pass was closed, a driver said he had been told": the clause in front, which the last cue reports."""
    outer = governor(cue)
    if outer is None or cue_of(outer) is None or not has_dep(cue, "ccomp") or cue.right_edge.i > cue.i:
        return []
    return [t for t in children(outer, "ccomp") if t.right_edge.i < outer.i < cue.i][-1:]


def around_insertion(cue: Token, entry: Cue) -> list[Range]:
    """All that an inserted cue reports, where a tree gives it the that-clause of the cue before it."""
    parted = _parted(cue)
    if parted is not None and "clause" in entry.frames:
        return parted
    host = governor(cue) if has_dep(cue, "parataxis") else None
    known = cue_of(host) if host is not None else None
    if host is None or host.i > cue.i or known is None or not entry.frames & known.frames & {"clause"}:
        return []
    clause = next(iter(behind_insertion(host)), None)
    if clause is None or clause.head != cue:
        return []
    behind = clause.right_edge.i + 1, cue.right_edge.i + 1
    between = cue.left_edge.i, clause.left_edge.i
    return without([subtree_range(host)], behind if clause.i < cue.i else between)


def _across(cue: Token) -> Token | None:
    """The "that" behind a cue inserted right after another: of "promised" in "had promised her, she said, that ..."."""
    for token in cue.doc[cue.i + 1 : cue.i + MAX_PHRASES]:
        if token.text == ",":
            later = (t for t in cue.doc[token.i + 1 : token.i + MAX_PHRASES] if cue_of(t) is not None)
            return next((that for t in later if (that := _that_of(t)) is not None and _first(t) - 1 == token.i), None)
        if token.pos_ in ("VERB", "AUX") or token.is_punct:
            return None
    return None


def _that_of(cue: Token) -> Token | None:
    """The "that" of a clause from which a comma parts an inserted cue: "..., she said, that he could not read it"."""
    speaker = child(cue, "nsubj")
    that = next((t for clause in children(cue, "ccomp") for t in children(clause, "mark") if t.lower_ == "that"), None)
    if that is None or speaker is None or cue.pos_ != "VERB" or that.i < cue.i or _first(cue) == 0:
        return None
    return that if that.nbor(-1).text == "," and cue.doc[_first(cue) - 1].text == "," else None


def _first(cue: Token) -> int:
    """Where a cue with its subject and auxiliaries begins."""
    return min([cue.i, *(t.left_edge.i for t in children(cue, "nsubj", "aux"))])


def _parted(cue: Token) -> list[Range] | None:
    """What a cue reports that parts another from its that-clause: "who had told her, she said, that it was shut"."""
    that = _that_of(cue)
    if that is None:
        return None
    before = cue.doc[max(cue.sent.start, _first(cue) - MAX_PHRASES) : _first(cue) - 1]
    upper = next((t for t in reversed(before) if cue_of(t) is not None and _across(t) == that), None)
    if upper is None:
        return None
    head = clause_head(upper)
    host = governor(head) if has_dep(head, "acl") else head
    start = max(min((host or head).left_edge.i, head.left_edge.i), cue.sent.start)
    return union([(start, _first(cue) - 1), (that.i, that.head.right_edge.i + 1)])


def cue_with_speaker(cue: Token) -> Range:
    """The cue with its subject, which may stand in the middle of what is said ("the dam, engineers said, was ...")."""
    entry, after = cue_of(cue), cue.doc[cue.i + 1 : cue.i + 2]
    told = children(cue, "iobj", "obj") if entry is not None and entry.lemma in words("addressees") else []
    told = [t for t in told if after and t.left_edge.i == after[0].i and child(t, "acl") is None]
    parts = [subtree_range(t) for t in (*children(cue, "nsubj", "aux"), *told)]
    return min([cue.i, *(start for start, _ in parts)]), max([cue.i + 1, *(end for _, end in parts)])


def without_circumstances(cue: Token, said: list[Range]) -> list[Range]:
    """What is said less the words behind an inserted cue that tell of the saying: ", he said on Friday, after ..."."""
    own = [t for t in children(cue, "obl", "advmod") if t.i > cue.i]
    if not said or said[0][0] > cue.i or not own or any(a <= cue.i < b for a, b in said):
        return said
    behind = max(t.right_edge.i for t in own) + 1
    following = [t for t in cue.doc[behind : behind + LEAD] if not t.is_punct]
    goes_on = any(t.lower_ in SUBORDINATORS for t in following) or (following[:1] and following[0].tag_ == "VBG")
    return within(said, (0, cue.i)) if goes_on else without(said, (cue.i, behind))


def going_on(cue: Token, said: list[Range]) -> list[Range]:
    """ "Statues fall, she said, and are put up again": a clause behind an inserted cue in a form that the cue's is not.

    Args:
        cue: the cue, in the plain past.
        said: what it reports so far.

    Returns:
        The clauses that trees add to the cue and that are said too; "he said, and left" tells what he did.
    """
    if cue.tag_ != "VBD" or not said or said[-1][1] > cue.i:
        return []
    added = [t for t in children(cue, "conj") if t.i > cue.i and child(t, "cc") is not None]
    added = [t for t in added if cue_of(t) is None or child(t, "ccomp", "xcomp") is None]
    return [subtree_range(t) for t in added if _is_backshifted(t)]


def cleft_front(cue: Token, said: list[Range]) -> list[Range]:
    """ "What he had said, she explained, was that ...": the front, where a tree leaves an inserted cue but the rest."""
    first = next((t for start, end in said[:1] for t in cue.doc[start:end] if t.text != ","), None)
    if first is None or first.i < cue.i or first.lemma_ != "be" or not _first(cue):
        return []
    before = cue.doc[cue.sent.start : _first(cue) - 1]
    whats = [t.i for t in before if t.lower_ == "what"]
    return [(whats[-1], _first(cue) - 1)] if whats and cue.doc[_first(cue) - 1].text == "," else []


def _is_backshifted(verb: Token) -> bool:
    """Whether a verb stands in the present, with a modal or in the past perfect."""
    finite = [t for t in (verb, *children(verb, "aux", "cop")) if t.tag_ in FINITE]
    return bool(finite) and (finite[0].tag_ != "VBD" or (finite[0].lower_ == "had" and finite[0] != verb))


def parenthesis(cue: Token, entry: Cue) -> list[Range]:
    """ "The bridge, officials said, is closed" and "As the mayor said, ...": the clause that the cue interrupts."""
    if "clause" not in entry.frames or cue.pos_ not in ("VERB", "AUX"):
        return []
    as_clause = has_dep(cue, "advcl") and any(t.lower_ == "as" for t in children(cue, "mark"))
    inserted = _is_inserted(cue)
    if not (has_dep(cue, "parataxis") or as_clause or inserted) or child(cue, "nsubj", "nsubj:pass") is None:
        return []
    host = governor(cue)
    if host is not None and inserted:
        host = clause_head(host)
    if host is None or child(cue, "obj") is not None or any(t.text == ":" for t in cue.doc[host.i : cue.i]):
        return []  # "WITNESS: He said to wait."
    said = _behind_others(cue, without([subtree_range(host)], subtree_range(cue)))
    return union([*said, *going_on(cue, within(said, (0, cue.i)))])


def _behind_others(cue: Token, said: list[Range]) -> list[Range]:
    """ "The firm denied it was late; it was early, a guard said": what a cue reports, without another's words."""
    before = [t for part in within(said, (0, cue.i)) for t in cue.doc[slice(*part)]]
    stop = max((t.i for t in before if t.text == ";"), default=None)
    if stop is None or any(t.is_quote for t in before):
        return said
    speaks = any((e := cue_of(t)) is not None and e.group == "speech" and _has_speaker(t) for t in before if t.i < stop)
    return within(said, (stop + 1, len(cue.doc))) if speaks else said


def _has_speaker(verb: Token) -> bool:
    return verb.pos_ == "VERB" and child(verb, "nsubj") is not None


def _is_inserted(cue: Token) -> bool:
    """Whether a cue with its own subject stands between commas after a noun: "The dam, he noted, has leaked"."""
    speaker, noun = child(cue, "nsubj"), governor(cue)
    if speaker is None or noun is None or not has_dep(cue, "parataxis", "acl") or speaker.i == 0:
        return False
    first, last = min(cue.i, speaker.left_edge.i), max(cue.i, speaker.right_edge.i)
    if noun.pos_ not in ("NOUN", "PROPN", "PRON") or is_relative_pronoun(speaker) or last + 1 >= len(cue.doc):
        return False
    return cue.doc[first - 1].text == "," and cue.doc[last + 1].text == ","
