"""What sentences with speech look like when their tree went wrong: the words and their order tell enough."""

from itertools import islice

from spacy.tokens import Token

from readout.extract.statements.attribution import MAX_PHRASES, Attribution, Range
from readout.extract.statements.cues import Cue, cue_of, words
from readout.extract.statements.hearsay import quoted_speaker
from readout.extract.statements.sources import source_of
from readout.extract.tree import ancestors, child, children, has_dep, is_passive, preposition

PAST_OR_PRESENT = frozenset({"VBD", "VBZ", "VBP"})
FINITE = PAST_OR_PRESENT | {"MD"}
MAX_REST = 7
MAX_CLIMB = 6


def broken_off(cue: Token, sentence: Range) -> Attribution | None:
    """ "She says | the law is unjust.": a tree that ends right behind the cue, where no full stop stands."""
    entry, behind = _speech(cue), cue.i + 1
    if entry is None or cue.right_edge.i != cue.i or behind >= sentence[1] or child(cue, "nsubj") is None:
        return None
    following = cue.doc[behind]
    if not following.is_sent_start or following.is_punct:
        return None
    return Attribution(source_of(cue), cue, entry, [(behind, min(sentence[1], following.sent.end))])


def closing(cue: Token, sentence: Range) -> Attribution | None:
    """ "..., the release said.": at a sentence's end, or where the tree breaks off in front of the speaker."""
    entry, speaker = _speech(cue), child(cue, "nsubj")
    if entry is None or speaker is None:
        return None
    first = min(cue.i, speaker.left_edge.i)
    rest = cue.doc[max(cue.i, speaker.right_edge.i) + 1 : sentence[1]]
    torn = first == cue.sent.start and child(cue, "ccomp", "xcomp", "obj") is None
    if not torn and (len(rest) > MAX_REST or any(t.pos_ in ("VERB", "AUX") or t.text == ":" for t in rest)):
        return None
    if not any(t.tag_ in FINITE for t in cue.doc[sentence[0] : first]):
        return None
    if first - 1 <= sentence[0] or cue.doc[first - 1].text != ",":
        return None
    return Attribution(source_of(cue), cue, entry, [(sentence[0], first - 1)])


def quoted_in_front(saying: Token, sentence: Range) -> Attribution | None:
    """ "..., the paper quoted her as saying.": all in front of who quotes, wherever a tree hangs it."""
    speaker, entry = quoted_speaker(saying), cue_of(saying)
    verb = next((t for t in islice(ancestors(saying), 2) if t.lemma_.lower() in words("quoting")), None)
    who = child(verb, "nsubj") if verb is not None else None
    if speaker is None or entry is None or verb is None or who is None or is_passive(verb):
        return None
    first = min(verb.i, who.left_edge.i)
    if saying.right_edge.i != saying.i or first - 1 <= sentence[0] or saying.doc[first - 1].text != ",":
        return None
    return Attribution(speaker, saying, entry, [(sentence[0], first - 1)])


def that_behind(cue: Token) -> Token | None:
    """ "Replied in a whisper that ...", "swore on oath that ...": the clause, where a tree hangs it on a noun."""
    for token in cue.doc[cue.i + 1 : cue.i + MAX_PHRASES]:
        if token.lower_ == "that" and has_dep(token, "mark"):
            clause, joined = token.head, token.nbor(-1).pos_ == "CCONJ"
            said = (
                not joined
                and clause.i > token.i
                and child(clause, "nsubj") is not None
                and has_dep(clause, "acl", "advcl", "conj")
            )
            return clause if said and cue in islice(ancestors(clause), MAX_CLIMB) else None
        if token.pos_ in ("VERB", "AUX") or (token.is_punct and token.text != ","):
            return None
    return None


def lost_speaker(cue: Token) -> Token | None:
    """ "..., a member of his party told the radio": who speaks, where a tree adds him to what is said."""
    if cue.tag_ not in PAST_OR_PRESENT or cue.i == 0 or child(cue, "nsubj", "aux:pass") is not None:
        return None
    last = cue.nbor(-1) if cue.nbor(-1).text != "," or cue.i < 2 else cue.nbor(-2)
    nouns = [t for t in (last, *islice(ancestors(last), MAX_CLIMB)) if _stands_apart(t, cue)]
    return nouns[-1] if nouns else None


def lost_subject(cue: Token) -> Token | None:
    """ "A girl on the telephone said": the noun phrase right before a finite cue to which a tree gave no subject."""
    if cue.tag_ in PAST_OR_PRESENT and has_dep(cue, "conj") and child(cue.head, "nsubj") is None:
        cue = cue.head  # "stopped and told her"
    helpers = [t.i for t in children(cue, "aux", "advmod") if t.i < cue.i]
    first = min([cue.i, *helpers])
    if cue.tag_ not in PAST_OR_PRESENT or is_passive(cue) or has_dep(cue, "conj", "advcl", "acl") or first == 0:
        return None
    last = cue.doc[first - 1]
    nouns = [t for t in (last, *islice(ancestors(last), MAX_CLIMB)) if t.right_edge.i == first - 1]
    nouns = [t for t in nouns if t.pos_ in ("NOUN", "PROPN", "PRON") and preposition(t) is None]
    return nouns[-1] if nouns else None


def end_with_predicate(clause: Token) -> int:
    """The end of a clause, also where a tree takes its subject for all of it: "told her the vat | was full"."""
    end = int(clause.right_edge.i) + 1
    following = clause.doc[end : end + 1]
    lone = clause.pos_ in ("NOUN", "PROPN") and child(clause, "nsubj", "cop") is None
    if not lone or not following or following[0].tag_ not in FINITE:
        return end
    head = following[0] if has_dep(following[0], "conj", "parataxis") else following[0].head
    return int(head.right_edge.i) + 1 if head.i >= end else end


def _stands_apart(noun: Token, cue: Token) -> bool:
    """Whether a noun phrase begins behind a comma and ends before the cue."""
    first = noun.left_edge.i
    if noun.pos_ not in ("NOUN", "PROPN") or not has_dep(noun, "parataxis", "appos", "conj", "dep", "obl"):
        return False
    comma = any(t.text == "," for t in cue.doc[max(first - 1, 0) : first + 1])
    return comma and noun.right_edge.i in (cue.i - 1, cue.i - 2)


def _speech(cue: Token) -> Cue | None:
    entry = cue_of(cue)
    said = entry is not None and entry.group == "speech" and "clause" in entry.frames
    return entry if said and cue.tag_ in PAST_OR_PRESENT else None
