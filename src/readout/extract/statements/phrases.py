"""What a cue says in a phrase and no clause: "called it a lie", "accused them of theft", "denied the charge"."""

from collections.abc import Iterable

from spacy.tokens import Token

from readout.extract.statements.attribution import Range, subtree_range, union, within
from readout.extract.statements.cues import Cue, cue_of, words
from readout.extract.tree import child, children, has_dep, preposition

TERMS = words("terms")
"""What dates something promised or demanded, and not the promise."""
CHARGES = words("charges")
"""Pronouns for what somebody denies or confirms: "has disputed this"."""
_NAMED = frozenset({"clause", "quote", "to", "predicate", "object", "number", "words", "equated"})


def is_infinitive(verb: Token) -> bool:
    return verb.tag_ != "VBG" and any(t.lower_ == "to" for t in children(verb, "mark", "aux"))


def gerund(cue: Token, entry: Cue) -> list[Range]:
    """ "denied sending the boats", "recalls having seen it"."""
    if entry.lemma not in words("gerunds") or cue.pos_ != "VERB":
        return []
    said = [t for t in children(cue, "xcomp", "ccomp", "advcl") if t.i > cue.i and child(t, "nsubj", "mark") is None]
    doing = [t for t in said if any(verb.tag_ == "VBG" for verb in (t, *children(t, "aux")))]
    return [subtree_range(t) for t in doing if t.left_edge.i == cue.i + 1][:1] or _somebody_saying(cue)


def _somebody_saying(cue: Token) -> list[Range]:
    """ "Recalled the girl telling him that ...": who spoke, and what he said."""
    who = child(cue, "obj")
    told = [*children(who, "acl"), *children(cue, "xcomp", "ccomp", "advcl")] if who is not None else []
    told = [t for t in told if who is not None and t.tag_ == "VBG" and t.left_edge.i == t.i > who.i > cue.i]
    told = [t for t in told if (entry := cue_of(t)) is not None and entry.group == "speech"]
    return [(who.left_edge.i, told[0].right_edge.i + 1)] if who is not None and told else []


def done(cue: Token, entry: Cue) -> list[Range]:
    """ "Ordered the pumps stopped", "demanded he turn back": what is to be done, in a participle or a bare verb."""
    thing = child(cue, "obj") if entry.stance == "demands" and "to" in entry.frames else None
    verbs = [t for t in children(cue, "xcomp", "ccomp") if t.tag_ in ("VBN", "VB") and child(t, "mark") is None]
    own = [t for t in verbs if child(t, "nsubj") is not None and t.left_edge.i > cue.i]
    if own and entry.stance == "demands" and "clause" in entry.frames:
        return [subtree_range(own[0])]
    verbs = [t for t in verbs if thing is not None and cue.i < thing.i < t.i]
    return [(thing.left_edge.i, verbs[0].right_edge.i + 1)] if thing is not None and verbs else []


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


def answer(cue: Token, entry: Cue) -> list[Range]:
    """ "said no", "told them nothing": an answer of one word."""
    if entry.lemma not in words("claims"):
        return []
    said = [t for t in children(cue, "obj", "ccomp", "xcomp", "advmod", "discourse") if t.lower_ in words("answering")]
    return [(t.i, t.i + 1) for t in said if t.i > cue.i and t.left_edge.i == t.right_edge.i][:1]


def number(cue: Token, entry: Cue) -> list[Range]:
    """ "put the number of dead at 14": the thing and the number."""
    thing = child(cue, "obj") if "number" in entry.frames else None
    hung = [*children(cue, "obl"), *(children(thing, "nmod") if thing is not None else ())]
    at = next((t for t in hung if t.i > cue.i and preposition(t) == "at" and _is_number(t)), None)
    return [(thing.left_edge.i, at.right_edge.i + 1)] if thing is not None and at is not None else []


def _is_number(token: Token) -> bool:
    return token.pos_ == "NUM" or token.like_num or token.lower_ == "none" or child(token, "nummod") is not None


def phrase(cue: Token, entry: Cue) -> list[Range]:
    """ "accused the army of looting", "called for a truce", "described it as a trap"."""
    wanted = {"to" if frame == "to_nominal" else frame for frame in entry.frames if frame not in _NAMED}
    if not wanted:
        return []
    carriers = [t for t in children(cue, "obl") if t.lemma_.lower() in words("documents") | words("means")]
    hung = [t for carrier in carriers for t in children(carrier, "acl", "nmod")]  # "warned them by letter of a leak"
    times = [t for t in children(cue, "obl:unmarked", "advmod") if t.i > cue.i]  # "complained that night of a smell"
    hung += [part for t in times for word in (t, *children(t, "advmod")) for part in children(word, "nmod", "obl")]
    parts = [*children(cue, "obl", "advcl", "xcomp", "ccomp", "nmod", "acl", "obj"), *hung]
    for part in sorted(parts, key=lambda t: preposition(t) != "for"):  # "apologised to her for it"
        marker = preposition(part) or next((t.lower_ for t in children(part, "mark")), None)
        if part.i > cue.i and marker in wanted and not (marker == "of" and _of_another(part, carriers)):
            thing = child(cue, "iobj", "obj")
            heard = entry.lemma in words("addressees")  # "warned the owners of a leak": the owners are no part of it
            between = thing is not None and cue.i < thing.i < part.i and not heard
            start = part.left_edge.i
            asked = next((t for t in children(cue, "xcomp", "advcl") if t.i > part.i and is_infinitive(t)), part)
            end = (asked if marker == "on" else part).right_edge.i + 1
            return [(thing.left_edge.i if thing is not None and between else start, end)]
    return _phrase_of_object(cue, entry, wanted)


def _of_another(part: Token, carriers: Iterable[Token]) -> bool:
    """Whether an "of" phrase stands behind another phrase, whose it is: "speaking on condition of anonymity"."""
    before = part.doc[part.left_edge.i - 1] if part.left_edge.i else part
    timed = before.dep_ == "obl:unmarked"  # "complained that evening of the smoke"
    return before.pos_ == "NOUN" and has_dep(before, "obl") and not timed and before not in carriers


def _phrase_of_object(cue: Token, entry: Cue, wanted: set[str]) -> list[Range]:
    """ "accused both sides of looting", where a tree hangs the phrase on the accused."""
    thing = child(cue, "obj") if cue.pos_ == "VERB" and not entry.frames & {"clause", "predicate"} else None
    for part in children(thing, "acl", "nmod") if thing is not None and thing.i > cue.i else ():
        marker = preposition(part) or next((t.lower_ for t in children(part, "mark")), None)
        if thing is not None and part.i > thing.i and marker in wanted:
            return [(thing.left_edge.i, part.right_edge.i + 1)]
    return []


def named_thing(cue: Token, entry: Cue) -> list[Range]:
    """ "denied the allegations"."""
    if "object" not in entry.frames and not _tells_somebody(cue, entry) and not _passes_on(cue, entry):
        return []
    thing = _thing(cue) or _told_thing(cue)
    if thing is None or _stands_for_another(thing, entry):
        return []
    verb = min([cue.i, *(t.i for t in children(cue, "aux") if t.i > thing.i)])
    terms = [t for t in children(cue, "obl") if t.dep_ != "obl:agent" and preposition(t) in TERMS]
    dated = [t for t in terms if t.i > thing.i > cue.i]
    if dated and entry.stance in ("promises", "demands"):
        return union([subtree_range(thing), *(subtree_range(t) for t in dated)])
    return within([subtree_range(thing)], (0, verb) if thing.i < cue.i else (cue.i + 1, len(cue.doc)))


def _stands_for_another(thing: Token, entry: Cue) -> bool:
    """Whether an object is a mere pronoun, but what is denied or owned: "has disputed this"."""
    if thing.lower_ in ("who", "which") or (thing.lower_ == "that" and has_dep(thing.head, "acl")):
        return True
    answers = entry.stance in ("denies", "confirms") and thing.lower_ in CHARGES
    return thing.pos_ == "PRON" and not children(thing) and not answers


def _passes_on(cue: Token, entry: Cue) -> bool:
    """Whether a cue has words for its object: "withdrew the statement", "read out a plea"."""
    thing = _thing(cue) if "words" in entry.frames else None
    carried = thing is not None and thing.lemma_.lower() in words("documents")
    return thing is not None and (carried or cue_of(thing) is not None)


def _thing(cue: Token) -> Token | None:
    """What a verb acts on, also where a tree takes it for a phrase without a preposition ("read out to them a letter"),
    or has it in front ("was promised a field", "a field was promised")."""
    bare = [t for t in children(cue, "obl") if t.dep_ == "obl" and t.i > cue.i and preposition(t) is None]
    bare = [t for t in bare if child(t, "det", "nmod:poss") is not None]
    return child(cue, "obj") or next(iter(bare), None) or child(cue, "nsubj:pass")


def _told_thing(cue: Token) -> Token | None:
    """What somebody is told in a noun, also where a tree takes it for a second hearer or a time: "told us Friday"."""
    hearers = [t for t in children(cue, "iobj") if t.i > cue.i]
    behind = [t for t in children(cue, "obl:unmarked") if hearers and t.left_edge.i == hearers[0].right_edge.i + 1]
    named = [t for t in behind if t.right_edge.i == t.i == t.left_edge.i and t.pos_ == "PROPN"]
    return child(cue, "obj") or next(iter(hearers[1:] + named), None)


def _tells_somebody(cue: Token, entry: Cue) -> bool:
    """Whether a cue has both a listener and a thing told: "had told her the price", "told it nothing"."""
    both = child(cue, "iobj", "nsubj:pass") is not None and _told_thing(cue) is not None
    return both and "clause" in entry.frames and entry.lemma in words("addressees")
