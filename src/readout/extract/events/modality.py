"""Whether a predicate or noun says that its event happened: tense, aspect, modals, negation, attitude verbs and nouns.

In the manner of FactBank (Saurí & Pustejovsky 2009) and TruthTeller (Lotan et al. 2012); the words are data,
`knowledge/data/triggers_status.tsv`.
"""

from dataclasses import dataclass
from functools import cache
from typing import get_args

from spacy.tokens import Token

from readout.extract import tree
from readout.extract.events.lexicon import belongs, lemma_of, rows
from readout.extract.remember import remembered
from readout.schema import EventStatus

STRENGTH: tuple[EventStatus, ...] = ("occurred", "ongoing", "planned", "alleged", "hypothetical", "denied")
MAX_CLAUSES = 6
FULL_STOPS = frozenset({".", "?", "!", "…"})
"""What ends a sentence, and no headline."""


@dataclass(frozen=True)
class _Words:
    by_place: dict[str, dict[str, EventStatus]]

    def of(self, place: str, token: Token) -> EventStatus | None:
        table = self.by_place[place]
        return table.get(lemma_of(token)) or table.get(token.lower_)


@cache
def _words() -> _Words:
    tables: dict[str, dict[str, EventStatus]] = {}
    for place, status, words in rows("triggers_status.tsv"):
        assert status in get_args(EventStatus)
        tables.setdefault(place, {}).update(dict.fromkeys(words.split(), status))  # type: ignore[arg-type]
    return _Words(tables)


@remembered
def modality(trigger: Token) -> EventStatus | None:
    """What grammar says of an event's status.

    Args:
        trigger: the verb, noun or adjective that reports the event.

    Returns:
        The status; `None` for a noun about which nothing is said ("the visit").
    """
    if trigger.pos_ in ("VERB", "AUX") or tree.child(trigger, "cop") is not None:
        return _of_clause(trigger) or "occurred"
    if trigger.pos_ == "ADJ":
        return _of_clause(trigger.head if tree.has_dep(trigger, "case") else trigger) or "occurred"
    return _of_noun(trigger)


def governs(verb: Token) -> EventStatus | None:
    """What a verb says of the status of what it governs: "plan a visit", "agree to meet"; `None` if nothing."""
    return _words().of("carrier", verb) or _words().of("complement", verb)


def is_called_for_a_day(predicate: Token) -> bool:
    """Whether a verb calls something for a day: "a rally has been called for Sunday"; that is still to come.

    Args:
        predicate: a verb.
    """
    if lemma_of(predicate) not in ("call", "convene", "summon"):
        return False
    return any(
        tree.preposition(t) == "for" and belongs(lemma_of(t), "CALENDAR") for t in tree.children(predicate, "obl")
    )


def is_futurate(trigger: Token) -> bool:
    """Whether the plain present tells of it, as of what a calendar has fixed (Copley 2009): "leaves today", "talks
    resume tonight"; not in a headline, whose present tells of what has been.

    Args:
        trigger: the verb or noun that reports the event.
    """
    upper = tree.governor(trigger)
    nominal = trigger.pos_ == "NOUN" and upper is not None and tree.has_dep(trigger, "nsubj")
    verb = upper if nominal and upper is not None and belongs(lemma_of(upper), "OCCUR") else trigger
    if verb.tag_ not in ("VBZ", "VBP") or tree.children(verb, "aux", "cop") or tree.is_negated(verb):
        return False
    return verb.sent[-1].is_punct and not tree.has_dep(verb, "acl:relcl", "advcl")


def _of_clause(predicate: Token, depth: int = 0) -> EventStatus | None:
    """The status of a clause, after its own words and those of the clauses and nouns that govern it."""
    own = _own_status(predicate)
    if own in ("denied", "alleged") or depth >= MAX_CLAUSES:
        return own
    outer = _outer_status(predicate, depth)
    found = [status for status in (own, outer) if status is not None]
    return max(found, key=STRENGTH.index, default=None)


def _own_status(predicate: Token) -> EventStatus | None:
    words = _words()
    if tree.is_negated(predicate) or any(words.of("mark", t) == "denied" for t in tree.children(predicate, "mark")):
        return "denied"
    if any(t.lower_ in ("neither", "no") for t in tree.children(predicate, "det")):
        return "denied"
    if is_called_for_a_day(predicate):
        return "planned"
    adverbs = [s for t in tree.children(predicate, "advmod") if (s := words.of("adverb", t))]
    if adverbs:
        return adverbs[0]
    if _is_conditional(predicate):
        return "hypothetical"
    if any(t.lower_ in ("due", "set", "about") for t in tree.children(predicate, "case", "mark", "advmod", "aux")):
        return "planned"  # "is due to arrive", where the parser takes the adjective for a marker
    if _is_to_be(predicate):
        return "planned"
    modals = [s for t in tree.children(predicate, "aux") if (s := words.of("aux", t))]
    if modals:
        return "planned" if _is_future_in_past(predicate) else modals[0]
    return "ongoing" if _is_progressive(predicate) else None


def _is_to_be(predicate: Token) -> bool:
    """ "Are to sign", where the parser takes "are" for an auxiliary or a copula."""
    finite = any(t.lemma_ == "be" and t.tag_ in ("VBP", "VBZ") for t in tree.children(predicate, "aux", "cop"))
    return finite and _is_to_infinitive(predicate)


def _is_conditional(predicate: Token) -> bool:
    if any(_words().of("mark", t) == "hypothetical" for t in tree.children(predicate, "mark")):
        return True
    return any(
        any(t.lower_ == "if" for t in tree.children(clause, "mark"))  # what will be "unless" is planned
        for clause in tree.children(predicate, "advcl")
    )


def _is_future_in_past(predicate: Token) -> bool:
    """ "He said he would visit": the "would" of reported speech, also in sentences that go on reporting."""
    would = any(t.lower_ in ("would", "'d", "’d") for t in tree.children(predicate, "aux"))
    if not would or any(t.lower_ == "have" and t.tag_ == "VB" for t in tree.children(predicate, "aux")):
        return False
    first = tree.conjuncts(predicate)[0] if tree.has_dep(predicate, "conj") else predicate
    return tree.is_root(first) or (tree.has_dep(first, "ccomp") and first.head.tag_ in ("VBD", "VBN"))


def _is_progressive(predicate: Token) -> bool:
    auxiliaries = [t for t in tree.children(predicate, "aux", "aux:pass", "cop") if t.tag_ in ("VBZ", "VBP", "VBG")]
    being = any(t.lower_ == "being" for t in auxiliaries)
    return bool(auxiliaries) and (predicate.tag_ == "VBG" or being)


def _outer_status(predicate: Token, depth: int) -> EventStatus | None:
    upper = tree.governor(predicate)
    if upper is None:
        return None
    if tree.has_dep(predicate, "conj"):
        return _shared_status(predicate, upper, depth)
    if tree.has_dep(predicate, "xcomp", "ccomp", "csubj"):
        return _complement_status(predicate, upper, depth)
    if tree.has_dep(predicate, "acl") and not tree.has_dep(predicate, "acl:relcl"):
        return _noun_complement_status(predicate, upper)
    if tree.has_dep(predicate, "advcl") and _is_to_infinitive(predicate):
        known = _words().of("complement", upper)
        if known is not None and upper.pos_ in ("VERB", "ADJ"):
            return known
        outer = _of_clause(upper, depth + 1)
        return outer if outer is not None or belongs(lemma_of(predicate), "TALKING") else "hypothetical"
    if tree.has_dep(predicate, "advcl") and tree.child(predicate, "mark", "case") is None:
        return _of_clause(upper, depth + 1) if predicate.tag_ == "VBG" else None
    return None


def _shared_status(predicate: Token, upper: Token, depth: int) -> EventStatus | None:
    """A coordinated predicate shares modal, negation and governor of the first, with no subject or aux of its own."""
    if tree.children(predicate, "nsubj", "aux", "aux:pass") or upper.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    if predicate.tag_ == "VB" and upper.tag_ != "VB":
        return None
    return _of_clause(upper, depth + 1)


def _complement_status(predicate: Token, upper: Token, depth: int) -> EventStatus | None:
    finite = tree.has_dep(predicate, "ccomp") and _is_finite(predicate)
    known = _words().of("complement", upper)
    outer = _of_clause(upper, depth + 1)
    if known == "alleged" and _is_to_infinitive(predicate) and not tree.is_passive(upper):
        known = None  # "said to", not "is said to"
    if finite:
        return known if known == "alleged" and lemma_of(upper) in ("allege", "accuse", "suspect") else None
    if known == "ongoing" or known is None:
        return outer
    if known == "denied" and outer == "denied":
        return "occurred"
    if outer in ("denied", "hypothetical") and known != "denied":
        return outer
    return known


def _noun_complement_status(predicate: Token, noun: Token) -> EventStatus | None:
    """ "A plan to sign", "the risk of being attacked"; participles after a noun ("a system backed by") say nothing."""
    if predicate.tag_ == "VBN" and not tree.children(predicate, "aux", "aux:pass", "mark"):
        return None
    if _is_to_be(predicate):
        return None  # a relative clause: "the accord that both are to sign"
    if tree.children(noun, "det") and any(t.lower_ == "no" for t in tree.children(noun, "det")):
        return "denied"
    verb = tree.governor(noun)
    if verb is not None and tree.has_dep(noun, "obj") and lemma_of(verb) == "accept":
        return "planned"  # "accepted an invitation to visit"
    if _is_headlines_future(predicate, noun):
        return "planned"
    return _words().of("noun", noun) or ("hypothetical" if _is_to_infinitive(predicate) else None)


def _is_headlines_future(predicate: Token, noun: Token) -> bool:
    """ "Drivers to strike at dawn", "Lomé: Mali to free six": headlines, without a full stop, behind who can act."""
    if noun.pos_ != "PROPN" and not any(belongs(lemma_of(noun), who) for who in ("PEOPLE", "BODY", "FORCE")):
        return False
    is_first = tree.is_root(noun) or (tree.is_root(noun.head) and noun.head.pos_ in ("NOUN", "PROPN"))
    return is_first and _is_to_infinitive(predicate) and not any(t.text in FULL_STOPS for t in noun.sent[-2:])


def _is_finite(predicate: Token) -> bool:
    """Whether a clause has tense of its own, as also "was due to leave" where the parser takes "due" for a marker."""
    if any(t.tag_ in ("VBD", "VBP", "VBZ", "MD") for t in tree.children(predicate, "aux", "aux:pass", "cop")):
        return True
    return not _is_to_infinitive(predicate) and predicate.tag_ != "VBG"


def _is_to_infinitive(predicate: Token) -> bool:
    return any(t.lower_ == "to" for t in tree.children(predicate, "mark")) and predicate.tag_ != "VBG"


# ---------------------------------------------------------------- modality of a noun


def _of_noun(noun: Token) -> EventStatus | None:
    words = _words()
    if any(t.lower_ in ("no", "neither") for t in tree.children(noun, "det")):
        return "denied"
    for modifier in tree.children(noun, "amod", "compound"):
        if (found := words.of("premodifier", modifier)) is not None:
            return found
    for clause in tree.children(noun, "acl"):
        if clause.tag_ == "VBN" and (found := words.of("carrier", clause)) in ("planned", "denied"):
            return found
    return _of_noun_in_phrase(noun) or _of_noun_in_clause(noun)


def _of_noun_in_phrase(noun: Token) -> EventStatus | None:
    """ "The possibility of talks", "fears of an attack", "ahead of the visit"."""
    upper = tree.governor(noun)
    phrase = tree.preposition(noun) or ""
    if phrase in ("ahead of", "before", "prior to", "pending"):
        return None
    if upper is not None and tree.has_dep(noun, "nmod") and not tree.has_dep(noun, "nmod:poss"):
        found = _words().of("noun", upper)
        return found if phrase in ("of", "for", "about", "over", "on", "to") and found != "ongoing" else None
    return None


def _of_noun_in_clause(noun: Token) -> EventStatus | None:
    first = tree.conjuncts(noun)[0] if tree.has_dep(noun, "conj") else noun
    verb = tree.governor(first)
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return None
    lemma = lemma_of(verb)
    is_object = tree.has_dep(first, "obj", "nsubj:pass")
    if (is_object or tree.has_dep(first, "xcomp")) and is_called_for_a_day(verb) and not tree.is_negated(verb):
        return "planned"
    if is_object and (found := _words().of("carrier", verb)) is not None:
        return "denied" if _of_clause(verb) == "denied" else found
    if is_object and (belongs(lemma, "LIGHT") or belongs(lemma, "SUFFER")):
        return _of_clause(verb) or "occurred"
    if tree.has_dep(first, "nsubj") and belongs(lemma, "OCCUR"):
        return _of_clause(verb)
    return None
