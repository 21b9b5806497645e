"""Whose words somebody else brings in: "quotes him as saying", "the tape has him saying", "heard him say"."""

from itertools import islice

from spacy.tokens import Token

from readout.extract.statements.cues import words
from readout.extract.tree import ancestors, child, children, governor, has_dep, is_passive, subject


def quoted_speaker(cue: Token) -> Token | None:
    """Who is "quoted as saying" or "cited as telling": not the paper that quotes."""
    verb = presenting(cue)
    if verb is not None:
        return shown(verb, cue)
    if not is_quoted(cue):
        return None
    verb = next((t for t in islice(ancestors(cue), 2) if t.lemma_.lower() in words("quoting")), None)
    if verb is None:
        return None
    if not is_passive(verb):
        return child(verb, "obj", "iobj")
    found = subject(verb)
    return found[0] if found is not None else None


def presenting(saying: Token) -> Token | None:
    """The verb by which a text shows somebody saying something: "the tape has him saying that"."""
    hung = saying.tag_ == "VBG" and has_dep(saying, "xcomp", "ccomp", "advcl", "acl")
    verb = governor(saying) if hung else None
    if verb is not None and has_dep(saying, "acl"):
        verb = governor(verb)  # where a tree hangs it on who speaks
    text, thing = (child(verb, "nsubj"), shown(verb, saying)) if verb is not None else (None, None)
    if (
        verb is None
        or text is None
        or thing is None
        or verb.lower_ not in words("showing")
        or not verb.i < thing.i < saying.i
    ):
        return None
    texts = words("documents") | words("channels") | words("texts")
    return verb if text.pos_ == "PROPN" or text.lemma_.lower() in texts else None


def shown(verb: Token, saying: Token) -> Token | None:
    """Whom a text shows saying something, also where a tree takes him for a hearer: "has the coach telling us"."""
    before = (t for t in children(saying, "nsubj", "iobj") if verb.i < t.i < saying.i)
    return child(verb, "obj", "iobj") or next(before, None)


def is_quoted(cue: Token) -> bool:
    """Whether an "-ing" form stands behind "as", also where it is taken for a noun: "quoted as warning that"."""
    first = first_word(cue)
    participle = first.tag_ == "VBG" or (first.pos_ == "NOUN" and first.lower_.endswith("ing"))
    return participle and first.i > 0 and first.nbor(-1).lower_ == "as"


def first_word(verb: Token) -> Token:
    """The verb or its first auxiliary: "having" of "having said"."""
    return min((verb, *children(verb, "aux")), key=lambda t: t.i)


def overheard_by(cue: Token) -> Token | None:
    """Who is heard to say something: "heard the clerk say that"."""
    upper = governor(cue)
    heard = upper is not None and upper.lemma_.lower() in words("perceiving") and has_dep(cue, "xcomp", "ccomp")
    if upper is None or not heard:
        return None
    return child(upper, "nsubj:pass") if is_passive(upper) else child(upper, "obj", "iobj") or child(cue, "nsubj")
