"""What a cue says in a phrase and no clause: "called it a lie", "accused them of theft", "denied the charge"."""

from collections.abc import Iterable

from spacy.tokens import Token

from readout.extract.statements.attribution import Range, subtree_range, union, within
from readout.extract.statements.cues import Cue, words
from readout.extract.tree import child, children, has_dep, preposition

TERMS = words("terms")
"""What dates something promised or demanded, and not the promise."""
_NAMED = frozenset({"clause", "quote", "to", "predicate", "object"})


def is_infinitive(verb: Token) -> bool:
    return verb.tag_ != "VBG" and any(t.lower_ == "to" for t in children(verb, "mark", "aux"))


def gerund(cue: Token, entry: Cue) -> list[Range]:
    """ "denied sending the boats", "recalls having seen it"."""
    if entry.lemma not in words("gerunds") or cue.pos_ != "VERB":
        return []
    said = [t for t in children(cue, "xcomp", "ccomp", "advcl") if t.i > cue.i and child(t, "nsubj", "mark") is None]
    doing = [t for t in said if any(verb.tag_ == "VBG" for verb in (t, *children(t, "aux")))]
    return [subtree_range(t) for t in doing if t.left_edge.i == cue.i + 1][:1]


def predicate(cue: Token, entry: Cue) -> list[Range]:
    """ "called the ruling a mistake": the thing and what it is called, in any of the trees that parsers give it."""
    if "predicate" not in entry.frames:
        return []
    clause = next((t for t in children(cue, "ccomp") if t.i > cue.i and t.pos_ in ("NOUN", "ADJ", "PROPN")), None)
    if clause is not None and child(clause, "nsubj") is not None:
        return [subtree_range(clause)]
    things = children(cue, "obj", "iobj", "nsubj:pass")
    names = [t for t in children(cue, "xcomp", "ccomp", "obj") if t.i > cue.i and t not in things[:1]]
    names = [t for t in names if not is_infinitive(t)]
    if things and not names:
        names = [t for t in children(things[0], "acl", "appos") if t.pos_ in ("ADJ", "NOUN") and things[0].i < t.i]
        names = [] if any(t.text == "," for t in children(things[0], "punct")) else names
    if not things or not names:
        return []
    return union(subtree_range(t) for t in (things[0], names[0]) if t.i > cue.i)


def phrase(cue: Token, entry: Cue) -> list[Range]:
    """ "accused the army of looting", "called for a truce", "described it as a trap"."""
    wanted = {"to" if frame == "to_nominal" else frame for frame in entry.frames if frame not in _NAMED}
    if not wanted:
        return []
    carriers = [t for t in children(cue, "obl") if t.lemma_.lower() in words("documents") | words("means")]
    hung = [t for carrier in carriers for t in children(carrier, "acl", "nmod")]  # "warned them by letter of a leak"
    for part in (*children(cue, "obl", "advcl", "xcomp", "ccomp", "nmod", "acl", "obj"), *hung):
        marker = preposition(part) or next((t.lower_ for t in children(part, "mark")), None)
        if part.i > cue.i and marker in wanted and not (marker == "of" and _of_another(part, carriers)):
            thing = child(cue, "iobj", "obj")
            heard = entry.lemma in words("addressees")  # "warned the owners of a leak": the owners are no part of it
            between = thing is not None and cue.i < thing.i < part.i and not heard
            start = _after_marker(part) if thing is None or thing == part else part.left_edge.i
            asked = next((t for t in children(cue, "xcomp", "advcl") if t.i > part.i and is_infinitive(t)), part)
            end = (asked if marker == "on" else part).right_edge.i + 1
            return [(thing.left_edge.i if thing is not None and between else start, end)]
    return _phrase_of_object(cue, entry, wanted)


def _of_another(part: Token, carriers: Iterable[Token]) -> bool:
    """Whether an "of" phrase stands behind another phrase, whose it is: "speaking on condition of anonymity"."""
    before = part.doc[part.left_edge.i - 1] if part.left_edge.i else part
    return before.pos_ == "NOUN" and has_dep(before, "obl") and before not in carriers


def _phrase_of_object(cue: Token, entry: Cue, wanted: set[str]) -> list[Range]:
    """ "accused both sides of looting", where a tree hangs the phrase on the accused."""
    thing = child(cue, "obj") if cue.pos_ == "VERB" and not entry.frames & {"clause", "predicate"} else None
    for part in children(thing, "acl", "nmod") if thing is not None and thing.i > cue.i else ():
        marker = preposition(part) or next((t.lower_ for t in children(part, "mark")), None)
        if thing is not None and part.i > thing.i and marker in wanted:
            return [(thing.left_edge.i, part.right_edge.i + 1)]
    return []


def _after_marker(part: Token) -> int:
    marker = child(part, "case", "mark")
    return marker.i + 1 if marker is not None and marker.i == part.left_edge.i else int(part.left_edge.i)


def named_thing(cue: Token, entry: Cue) -> list[Range]:
    """ "denied the allegations"."""
    if "object" not in entry.frames and not _tells_somebody(cue, entry):
        return []
    given = child(cue, "obj") if entry.lemma in words("addressees") else None  # "was promised a field"
    thing = given or child(cue, "obj", "nsubj:pass")
    if thing is None or (thing.pos_ == "PRON" and not children(thing)) or thing.lower_ in ("who", "which", "that"):
        return []
    verb = min([cue.i, *(t.i for t in children(cue, "aux") if t.i > thing.i)])
    terms = [t for t in children(cue, "obl") if t.dep_ != "obl:agent" and preposition(t) in TERMS]
    dated = [t for t in terms if t.i > thing.i > cue.i]
    if dated and entry.stance in ("promises", "demands"):
        return union([subtree_range(thing), *(subtree_range(t) for t in dated)])
    return within([subtree_range(thing)], (0, verb) if thing.i < cue.i else (cue.i + 1, len(cue.doc)))


def _tells_somebody(cue: Token, entry: Cue) -> bool:
    """Whether a cue has both a listener and a thing told: "had told her the price", "told it nothing"."""
    both = child(cue, "iobj") is not None and child(cue, "obj") is not None
    return both and "clause" in entry.frames and entry.lemma in words("addressees")
