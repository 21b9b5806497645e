"""Where reported words end and the article speaks again, in sentences whose tree hangs all of it on what was said."""

from collections.abc import Iterable

from spacy.tokens import Token

from readout.extract.statements.attribution import Range
from readout.extract.statements.cues import cue_of, words
from readout.extract.tree import child, children, has_dep

BACKSHIFTED = words("backshifted")
ARTICLES = words("articles")
MAX_WORDS = 120
MAX_PHRASE = 4


def end_of_report(cue: Token, content: Iterable[Range]) -> int:
    """The token before which reported words that follow their cue end.

    Args:
        cue: the word that announces them.
        content: what the tree takes for said.

    Returns:
        The index of the first token that is the article's own, or the length of the Doc.
    """
    following = [(max(start, cue.i + 1), end) for start, end in content if end > cue.i]
    for start, end in following:
        for token in cue.doc[start : min(end, start + MAX_WORDS)]:
            if _answers(token) or _returns(token, cue):
                return _before_comma(token)
    return len(cue.doc)


def _answers(token: Token) -> bool:
    """Whether a claim is named whose reception is told: "..., a charge the army denied", "..., an allegation that"."""
    if token.lower_ not in ARTICLES or token.i == 0 or token.nbor(-1).text != ",":
        return False
    phrase = token.doc[token.i + 1 : token.i + MAX_PHRASE]
    noun = next((t for t in phrase if t.pos_ == "NOUN" and t.right_edge.i >= t.i and token.head == t), None)
    entry = cue_of(noun) if noun is not None else None
    if noun is None or entry is None or entry.group != "speech":
        return False
    verb = noun.head if has_dep(noun, "obj", "nsubj:pass") and noun.head.i > noun.i else None
    verb = verb or next((t for t in children(noun, "acl") if t.dep_ != "acl" or child(t, "nsubj") is not None), None)
    return verb is not None and not any(t.lower_ == "that" for t in children(verb, "mark"))


def _returns(token: Token, cue: Token) -> bool:
    """Whether another clause with its own subject follows a comma: another speaker, or plain past after backshift.

    What is said in the past has its past as "had done"; "..., but the mayor left" is told by the article.
    """
    clause = token.head
    speaker = child(token, "nsubj")
    if not has_dep(token, "conj") or speaker is None or speaker.pos_ not in ("NOUN", "PROPN") or clause.head != cue:
        return False
    before = token.doc[max(token.left_edge.i - 1, 0) : speaker.left_edge.i]
    if not any(t.text == "," for t in before) or not any(t.pos_ in ("CCONJ", "SCONJ") for t in before):
        return False
    entry = cue_of(token)
    if entry is not None and entry.group == "speech" and child(token, "ccomp", "xcomp", "obj") is not None:
        return True
    plain = token.tag_ == "VBD" and token.pos_ == "VERB" and child(token, "aux", "aux:pass") is None
    shifted = any(t.lower_ in BACKSHIFTED for t in children(clause, "aux"))
    return plain and shifted and cue.tag_ == "VBD"


def _before_comma(token: Token) -> int:
    first = int(min(token.left_edge.i, token.i))
    return first - 1 if first and token.doc[first - 1].text == "," else first
