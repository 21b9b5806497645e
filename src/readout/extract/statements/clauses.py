"""Attributions from the syntax tree: a cue, and the clause or phrase that says what was said.

Each frame is one way in which English puts content to a cue. The relations are those of Universal Dependencies v2;
where parsers are known to differ or to err, the words around tell.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import Attribution, Range, subtree_range, union, within, without
from readout.extract.statements.claims import behind_party, cleft, equated, governing_cue
from readout.extract.statements.cues import Cue, cue_of, made_known, words
from readout.extract.statements.ends import end_of_report
from readout.extract.statements.inserted import (
    according_to,
    around_insertion,
    behind_insertion,
    cleft_front,
    cue_with_speaker,
    fronted,
    going_on,
    parenthesis,
    without_circumstances,
)
from readout.extract.statements.phrases import (
    answer,
    done,
    gerund,
    is_infinitive,
    named_thing,
    number,
    phrase,
    predicate,
)
from readout.extract.statements.repairs import (
    broken_off,
    closing,
    end_with_predicate,
    lost_speaker,
    lost_subject,
    quoted_in_front,
    that_behind,
)
from readout.extract.statements.sentences import sentences
from readout.extract.statements.sources import can_speak, coordinate_cue, source_of, within_sentence
from readout.extract.tree import (
    child,
    children,
    has_dep,
    is_negated,
    is_passive,
    is_relative_pronoun,
)

MAX_SENTENCE = 1000
MAX_CONTENT = 400
QUESTION_TAGS = frozenset({"WP", "WDT", "WRB"})


def clause_attributions(doc: Doc) -> Iterator[Attribution]:
    """What the article's clauses attribute to somebody.

    Args:
        doc: a Doc with lemmas, tags and a UD v2 tree.

    Yields:
        Attributions in the order of their cues.
    """
    for sentence in sentences(doc):
        if sentence[1] - sentence[0] > MAX_SENTENCE:
            continue  # no prose
        for token in doc[sentence[0] : sentence[1]]:
            if token.lower_ != "according" and cue_of(token) is None:
                continue
            repaired = (repair(token, sentence) for repair in (broken_off, closing, quoted_in_front))
            found = _from_token(token) or next((one for one in repaired if one is not None), None)
            if found is not None and found.cue is not None and found.content:
                lost = lost_speaker(found.cue) or lost_subject(found.cue) if found.source is None else None
                if lost is not None:
                    found.source, found.content = lost, without(found.content, subtree_range(lost))
                found.content = within(found.content, (0, end_of_report(found.cue, found.content)))
            if found is not None and found.cue is not None and found.content:
                window = max(sentence[0], token.i - MAX_CONTENT), min(sentence[1], token.i + MAX_CONTENT)
                found.content = within(found.content, window)
                found.source = within_sentence(found.source, found.cue, sentence)
                yield from (found,) if found.content else ()


def _from_token(token: Token) -> Attribution | None:
    if token.lower_ == "according":
        return according_to(token)
    entry = cue_of(token)
    return _from_cue(token, entry) if entry is not None else None


def _from_cue(cue: Token, entry: Cue) -> Attribution | None:
    for frame in _FRAMES:
        ranges = frame(cue, entry)
        verb = governing_cue(cue) if ranges and cue.pos_ == "NOUN" else None
        if verb is not None:
            known = cue_of(verb)
            takes = known is not None and known.frames & {"object", "words"}  # "rejected reports that"
            return Attribution(source_of(verb), verb, known, [subtree_range(cue)] if takes else ranges)
        if ranges:
            naming = frame is predicate and entry.stance == "demands"
            return Attribution(source_of(cue), cue, replace(entry, stance="asserts") if naming else entry, ranges)
    return None


def _clause(cue: Token, entry: Cue) -> list[Range]:
    """ "said (that) ...", "..., he said", "claims that ..."."""
    if "clause" not in entry.frames:
        return []
    clauses = [t for t in children(cue, "ccomp", "csubj:pass") if not _is_aside(t, cue)]
    hung = [t for t in children(cue, "xcomp") if _is_that_clause(t) or _is_order(t, cue, entry)]
    clauses = clauses or hung  # "demanded that they leave"
    clauses = clauses or _told_to_listener(cue, entry) or _misread(cue) or _beside_carrier(cue, entry)
    behind = that_behind(cue) if not clauses and cue.pos_ == "VERB" else None
    clauses = clauses or ([behind] if behind is not None else [])
    clauses = clauses or behind_insertion(cue) or fronted(cue)
    clauses, end = _share_of_coordination(cue, clauses)
    if cue.pos_ == "NOUN":
        hung = [t for t in children(cue, "acl") if not t.dep_.endswith("relcl") or _is_that_clause(t)]
        hung += [t for t in behind_party(cue) if _is_that_clause(t)]
        clauses += [t for t in hung if child(t, "mark", "nsubj") is not None]
        clauses = [t for t in clauses if t.i > cue.i and not is_infinitive(t)]
    elif not clauses:
        clauses = [t for t in children(cue, "parataxis") if t.i > cue.i and t.pos_ in ("VERB", "AUX", "ADJ", "NOUN")]
        clauses = clauses[:1] if any(t.text == ":" for t in children(cue, "punct")) else []
    clauses = [t for t in clauses if not _hides_name(t, entry)]
    ranges = [_coordinated(cue.doc, _beside_addressee(clause, cue, entry)) for clause in clauses]
    said = without_circumstances(cue, within(without(ranges, cue_with_speaker(cue)), (0, end)))
    return union([*said, *going_on(cue, said), *cleft_front(cue, said)])


def _is_order(clause: Token, cue: Token, entry: Cue) -> bool:
    """Whether a bare verb right behind a cue is what somebody was told to do: "my coach said drink it", "said: go"."""
    beside = clause.left_edge.i == cue.i + 1 == clause.i or (clause.i > cue.i and clause.nbor(-1).text == ":")
    return clause.tag_ == "VB" and beside and entry.lemma in words("claims")


def _is_aside(clause: Token, cue: Token) -> bool:
    """Whether a participle after the speaker tells how he spoke: "..., she said, speaking on condition of secrecy"."""
    bare = clause.tag_ == "VBG" and child(clause, "nsubj", "aux", "mark") is None
    return bare and clause.left_edge.i > cue.i and any(t.text == "," for t in cue.doc[cue.i + 1 : clause.i])


def _hides_name(clause: Token, entry: Cue) -> bool:
    """ "asked that his name not be used"."""
    named = child(clause, "nsubj")
    hidden = named is not None and named.lemma_.lower() in words("naming") and is_negated(clause)
    return hidden and entry.stance == "demands"


def _told_to_listener(cue: Token, entry: Cue) -> list[Token]:
    """ "told a hearing that ...": the that-clause, where a tree hangs it on the listeners."""
    listener = child(cue, "obj", "iobj") if entry.lemma in words("addressees") else None
    hears = listener is not None and (can_speak(listener) or listener.lemma_.lower() in words("channels"))
    if listener is None or not hears or listener.i < cue.i:
        return []
    clauses = [t for t in children(listener, "acl") if _is_that_clause(t) or _has_own_subject(t)]
    if entry.lemma in words("asking_of"):  # "asked the panel who had paid"
        clauses = clauses or [t for t in children(listener, "acl") if t.left_edge.tag_ in QUESTION_TAGS - {"WDT"}]
    hung = (t for t in cue.doc[listener.i + 1 : cue.right_edge.i + 1] if has_dep(t, "acl", "ccomp", "advcl"))
    hung = (t for t in hung if not (t.head.i > listener.i and cue_of(t.head)))  # "phoned her to say that"
    return clauses or [t for t in hung if _is_that_clause(t) and child(t, "nsubj") is not None][:1]


def _is_that_clause(clause: Token) -> bool:
    return any(t.lower_ == "that" for t in children(clause, "mark"))


def _misread(cue: Token) -> list[Token]:
    """ "confirmed to him, in writing, that ...", "asked her what it was": clauses that a tree hangs wrongly."""
    carriers = [t for t in children(cue, "obl") if t.lemma_.lower() in words("documents") | words("means")]
    hung = [*children(cue, "conj", "obj", "advcl"), *(t for carrier in carriers for t in children(carrier, "acl"))]
    later = [t for t in hung if t.i > cue.i and child(t, "nsubj") is not None]
    joined = [t for t in later if child(t, "cc") is None and _is_that_clause(t)]
    nouns = [t for t in children(cue, "obl", "obj") if t.i > cue.i and child(t, "nsubj") is not None]
    asked = [t for t in nouns if t.left_edge.tag_ in QUESTION_TAGS]  # "asked me what day it was"
    stated = [t for t in nouns if child(t, "cop") is not None]  # "say it is because of the rain"
    return ([t for t in later if t.tag_ == "WP"] or joined or asked or stated)[:1]


def _beside_carrier(cue: Token, entry: Cue) -> list[Token]:
    """The that-clause of a verb whose object the cue is: "let it be known that", "gave evidence that"."""
    carried = cue.pos_ == "NOUN" and has_dep(cue, "obj", "iobj")
    plain = cue.pos_ == "ADJ" and has_dep(cue, "xcomp")  # "made it clear that"
    if not carried and not plain and made_known(cue) is None:
        return []
    hung = [t for t in children(cue.head, "ccomp", "xcomp", "advcl", "conj") if _is_that_clause(t)]
    apart = not carried or cue.head.lemma_.lower() in words("issuing")  # "gave its word over lunch that"
    return [t for t in hung if t.left_edge.i == cue.right_edge.i + 1 or (apart and t.i > cue.i)][:1]


def _has_own_subject(clause: Token) -> bool:
    found = child(clause, "nsubj")
    relative = any(is_relative_pronoun(t) for t in children(clause, "nsubj", "obj", "obl", "mark"))
    noun = clause.head.pos_ in ("NOUN", "PROPN")
    return found is not None and noun and not relative and clause.left_edge.i == found.left_edge.i


def _share_of_coordination(cue: Token, clauses: list[Token]) -> tuple[list[Token], int]:
    """Of two coordinated cues each has the clauses up to the other: "said that ... and wrote that ..."."""
    said = [t for k in (cue, *clauses) for t in children(k, "conj") if t.i > cue.i and cue_of(t) is not None]
    joined = [(t, coordinate_cue(t)) for t in said]
    second = next((t for t, first in joined if first == cue or (t.head == cue and first not in clauses)), None)
    if second is not None:
        return [k for k in clauses if k.i < second.i], int(second.left_edge.i)
    if not clauses and has_dep(cue, "conj"):
        clauses = [t for t in children(cue.head, "ccomp") if t.i > cue.i]
    return clauses, len(cue.doc)


def _beside_addressee(clause: Token, cue: Token, entry: Cue) -> Range:
    """The clause without the person told, and with its subject, where a tree takes the one for the other."""
    start, end = clause.left_edge.i, end_with_predicate(clause)
    if entry.lemma in words("addressees"):
        subjects = children(clause, "nsubj")
        told = len(subjects) > 1 and subjects[0].left_edge.i == start
        return (subjects[0].right_edge.i + 1 if told else start), end
    stray = child(cue, "iobj", "obj")
    stands_before = stray is not None and stray.right_edge.i + 1 == start and stray.i > cue.i
    return (stray.left_edge.i if stray is not None and stands_before else start), end


def _coordinated(doc: Doc, clause: Range) -> Range:
    """A that-clause with the one after "and that", wherever the tree hangs it."""
    following = [t for t in doc[clause[1] : clause[1] + 3] if t.text != ","][:2]
    if len(following) == 2 and following[0].lower_ in ("and", "or", "but") and following[1].lower_ == "that":
        head = following[1].head
        if has_dep(following[1], "mark") and head.i > clause[1]:
            return clause[0], max(clause[1], head.right_edge.i + 1)
    return clause


def _infinitive(cue: Token, entry: Cue) -> list[Range]:
    """ "promised to leave", "urged both sides to stop"."""
    if "to" not in entry.frames:
        return []
    relations = ("acl", "xcomp") if cue.pos_ == "NOUN" else ("xcomp", "ccomp", "advcl")
    hung = [*children(cue, *relations), *(behind_party(cue) if cue.pos_ == "NOUN" else ())]
    clause = next((t for t in hung if t.i > cue.i and is_infinitive(t)), None)
    joined = (t for t in children(cue, "conj") if t.i > cue.i and is_infinitive(t) and child(t, "cc") is None)
    clause = clause or _asked_of_listener(cue, entry) or next(joined, None)  # "warned them "once more" not to print it"
    if entry.lemma in words("contacting") and (child(cue, "obj", "iobj") is None or (clause and cue_of(clause))):
        return []  # "rang her to say", but "radioed them to turn back"
    if clause is None or (is_passive(clause) and clause.lemma_.lower() in words("naming")):
        return []  # "asked not to be named"
    person = child(cue, "obj", "iobj")
    start = max(clause.left_edge.i, cue.i + 1)
    if person is not None and cue.i < person.i < start and entry.lemma not in words("addressees"):
        start = person.left_edge.i
    told = entry.lemma in words("addressees")
    raised = child(cue, "nsubj:pass") if entry.group == "mind" and is_passive(cue) and not told else None
    return union([(start, clause.right_edge.i + 1), *([subtree_range(raised)] if raised is not None else [])])


def _asked_of_listener(cue: Token, entry: Cue) -> Token | None:
    """ "ordered all boats to stay", "were told in a memo to wait": the infinitive, where a tree hangs it on a noun."""
    if entry.lemma not in words("addressees") or cue.pos_ != "VERB":
        return None
    carriers = [t for t in children(cue, "obl") if t.lemma_.lower() in words("documents") | words("means")]
    listener = child(cue, "obj", "iobj")
    hears = listener is not None and (entry.lemma not in words("requesting") or can_speak(listener))
    nouns = [t for t in (listener if hears else None, *carriers) if t is not None and t.i > cue.i]
    hung = (t for noun in nouns for t in noun.subtree if has_dep(t, "acl", "advcl", "xcomp") and is_infinitive(t))
    return next((t for t in hung if t.i > cue.i), None)


Frame = Callable[[Token, Cue], list[Range]]
_FRAMES: tuple[Frame, ...] = (
    cleft, around_insertion, _clause, parenthesis, _infinitive, done, gerund, predicate, number, answer, phrase,
    named_thing, equated,
)  # fmt: skip


def cue_tokens(cue: Token) -> tuple[Token, ...]:
    """The cue with its auxiliaries, adverbs and particle, as far as they stand next to it."""
    if cue.lower_ == "according":
        return (cue, cue.nbor())
    parts = {t.i: t for t in children(cue, "aux", "compound:prt", "advmod") if t.right_edge.i == t.left_edge.i}
    first = last = cue.i
    while first - 1 in parts:
        first -= 1
    while last + 1 in parts:
        last += 1
    return tuple(cue.doc[first : last + 1])
