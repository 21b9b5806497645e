"""Acts done by speaking of one's own or others' future: "said it would strike" threatens, "said they must go" demands.

The PLOVER manual codes announced force as THREATEN, stated obligations of others as REQUEST, and what somebody says he
will not do for others as REJECT.
"""

from spacy.tokens import Token

from readout.extract import tree
from readout.extract.events.kinds import is_actor
from readout.extract.events.lexicon import Trigger, belongs, lemma_of, triggers
from readout.schema import Span, Statement, _Span

OBLIGATION = Trigger("must", "v", "REQUEST", None, ("speaker",), ("subj",), (), ())
FUTURE = frozenset({"will", "would", "'ll", "’ll"})
REFUSING = frozenset({"will", "would", "wo"})
NOT = frozenset({"not", "n't", "n’t", "never"})
SELF = frozenset({"it", "they", "he", "she", "we", "i"})


def is_announced(verb: Token) -> bool:
    """Whether somebody says of himself that he will do it.

    Args:
        verb: a predicate.

    Returns:
        True for "said it would attack"; false for "said they would be attacked" and what others foresee.
    """
    if not any(t.lower_ in FUTURE for t in tree.children(verb, "aux")) or tree.is_negated(verb):
        return False
    own, speaker = tree.child(verb, "nsubj"), _speaker(verb)
    if own is None or speaker is None:
        return False
    return own.lower_ in SELF or own.lemma_ == speaker.lemma_


def is_refusal(verb: Token) -> bool:
    """Whether somebody will not or would not do it: "will not lift the ban", "won't release them"."""
    auxiliaries = {t.lower_ for t in tree.children(verb, "aux")}
    if not auxiliaries & REFUSING or "have" in auxiliaries or tree.is_passive(verb):
        return False
    own = tree.child(verb, "nsubj")
    return own is not None and is_actor(own) and any(t.lower_ in NOT for t in tree.children(verb, "advmod"))


def is_ultimatum(verb: Token) -> bool:
    """Whether it will be done unless others give way: "will withdraw unless a truce is signed"."""
    if not any(t.lower_ in FUTURE for t in tree.children(verb, "aux")):
        return False
    clauses = tree.children(verb, "advcl")
    return any(t.lower_ == "unless" for clause in clauses for t in tree.children(clause, "mark"))


def obliging_speaker(verb: Token) -> Token | None:
    """Who says that others must do it: the subject of the verb of saying.

    Args:
        verb: a predicate.

    Returns:
        The speaker's head word; `None` where there is no obligation, or it is the speaker's own.
    """
    if not any(t.lower_ == "must" for t in tree.children(verb, "aux")):
        return None
    own, speaker = tree.child(verb, "nsubj"), _speaker(verb)
    if own is None or speaker is None or own.pos_ == "PRON" or not (is_actor(own) and is_actor(speaker)):
        return None
    return speaker if own.lemma_ != speaker.lemma_ else None


def is_done_by_speaking(verb: Token, type_name: str) -> bool:
    """Whether negation or obligation made the event: "would not accept" rejects, "said they must go" demands.

    Args:
        verb: an event's trigger.
        type_name: the event's PLOVER type.

    Returns:
        True where the negation or modal verb belongs to the trigger and says nothing of the event's status.
    """
    if type_name == "REQUEST":
        return obliging_speaker(verb) is not None
    if type_name == "REJECT" and is_refusal(verb):
        return True
    senses = triggers().get((lemma_of(verb), "v"), ())
    refusing = any(s.type == "REJECT" and any(c.slots == ("neg",) and not c.absent for c in s.when) for s in senses)
    return type_name == "REJECT" and refusing and tree.is_negated(verb)


def statement_around(statements: list[Statement], span: Span) -> Statement | None:
    """The smallest statement whose content holds a span."""
    holding = [
        (content[1] - content[0], i)
        for i, statement in enumerate(statements)
        for content in statement.content_spans
        if content[0] <= span[0] and span[1] <= content[1]
    ]
    return statements[min(holding)[1]] if holding else None


def speaker_of(token: Token) -> Token | None:
    """Head word of whoever says what the token stands in, inside or outside quotation marks."""
    said = statement_around(token.doc._.statements, _Span(token.idx, token.idx + len(token)))
    if said is not None and said.speaker_span is not None:
        return tree.words_at(token.doc, said.speaker_span).root
    return _speaker(token)


def _speaker(verb: Token) -> Token | None:
    speech = verb.head if tree.has_dep(verb, "ccomp") else None
    if speech is None or not belongs(lemma_of(speech), "SPEECH"):
        return None
    return tree.child(speech, "nsubj")
