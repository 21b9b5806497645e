"""Whose word it is: the source of a cue, and whether anything was said at all.

What was not said is left out: denied, possible or intended acts of speech ("did not say", "may announce", "refused to
confirm").
"""

from collections.abc import Sequence

from spacy.tokens import Token

from readout.extract.entities import entity_at
from readout.extract.statements.attribution import Attribution
from readout.extract.statements.claims import CONDITIONS, equated, is_given, owner_of
from readout.extract.statements.cues import cue_of, made_known, words
from readout.extract.statements.hearsay import overheard_by, quoted_speaker
from readout.extract.tree import (
    NEGATORS,
    agent,
    child,
    children,
    clause_head,
    governor,
    has_dep,
    is_negated,
    is_passive,
    is_root,
    preposition,
    subject,
)
from readout.knowledge.nouns import kind_of_word, known_form

FIRST_AND_SECOND = words("strangers")
REFLEXIVE = words("reflexive")
POINTING = words("pointing")
ANYBODY = words("callers")
"""Of whom, where nobody is meant, "call" tells a name: "they call it "the soup"\"."""
PERSONS = words("persons")
MAX_NAME = 4
DOERS = ("er", "or", "ist", "ian", "man", "woman", "smith", "master", "mistress", "folk")
SHORTEST_DOER = 5


def source_of(cue: Token) -> Token | None:
    """The head word of whoever speaks by a cue: subject, agent, owner of a claim, issuer of a statement.

    Args:
        cue: a verb, noun or adjective that announces speech.

    Returns:
        The head word, or `None` ("it was reported").
    """
    if cue.pos_ == "NOUN":
        issued = cue.head if has_dep(cue, "acl") and cue.head.lemma_.lower() in words("documents") else None
        own = (owner_of(issued) or issued) if issued is not None else None  # "a letter warning/NOUN the mayor that"
        return quoted_speaker(cue) or own or owner_of(cue)
    if cue.pos_ == "ADJ" and has_dep(cue, "xcomp"):
        cue = cue.head  # "made clear that"
    upper = made_known(cue)
    if upper is not None:
        by = (t for t in children(cue, "obl") if preposition(t) == "by" and is_passive(upper))
        return source_of(upper) or next(by, None)
    quoted = quoted_speaker(cue) or overheard_by(cue)
    if quoted is not None:
        return quoted
    if _is_done_to(cue):
        return agent(cue)
    found = subject(coordinate_cue(cue))
    if found is None or has_dep(found[0], "expl"):
        return None
    speaker = found[0]
    if has_dep(cue, "acl") and speaker.lemma_.lower() in words("documents"):
        return owner_of(speaker) or speaker
    return speaker


def _is_done_to(cue: Token) -> bool:
    """Whether the subject is spoken to or of: a passive, also "Asked whether ..., he said"."""
    alone = _is_alone(cue)
    if has_dep(cue, "acl"):
        return cue.dep_ == "acl" and cue.tag_ == "VBN" and alone
    aside = has_dep(cue, "parataxis") and cue.i > 0 and cue.nbor(-1).text == "," and cue_of(cue.head) is not None
    return is_passive(cue) or (alone and (has_dep(cue, "advcl") or aside)) or joins_passive(cue)


def joins_passive(cue: Token) -> bool:
    """Whether a participle goes on from a passive: "was summoned and told"; who "was asked and said" speaks."""
    entry = cue_of(cue)
    if cue.tag_ == "VBD" and entry is not None and entry.lemma not in words("addressees"):
        return False
    joined = _is_alone(cue) and has_dep(cue, "conj") and child(cue, "obj", "iobj") is None
    return joined and is_passive(cue.head)


def _is_alone(cue: Token) -> bool:
    return cue.tag_ in ("VBN", "VBD") and child(cue, "nsubj", "aux") is None


def coordinate_cue(cue: Token) -> Token:
    """The cue that a second one without a subject goes on from ("said that ..., and wrote that ...").

    Trees often hang the second on the last verb of what the first one says; that its form is the first one's tells, but
    beside a verb or participle whose form is the same.
    """
    upper = governor(cue)
    if upper is None or not has_dep(cue, "conj") or child(cue, "nsubj", "nsubj:pass") is not None:
        return cue
    if (first := _joined_within(cue, upper)) is not None:
        return first
    entry = cue_of(cue)
    if entry is None or entry.group != "speech" or child(cue, "ccomp", "xcomp", "obj") is None:
        return cue
    outer = governor(upper) if has_dep(upper, "ccomp") and not _joins_alike(cue, upper) else upper
    return outer if outer is not None and outer.tag_ == cue.tag_ and cue_of(outer) is not None else cue


def _joined_within(cue: Token, upper: Token) -> Token | None:
    """What somebody is said to have done before he spoke: "said the firm first claimed it was lost and later said it
    never was". The form fits both verbs in front; where the tree takes the first, the encoder's contents tell."""
    clause = child(upper, "ccomp") if cue_of(upper) is not None else None
    seen = cue.doc._.spoken
    if clause is None or seen is None or not upper.i < clause.i < cue.i or cue.tag_ not in ("VBD", "VBN"):
        return None
    helpers = children(clause, "aux", "cop")
    finite = helpers[0] if helpers else clause
    fits = finite.tag_ == "VBD" and finite.lower_ != "had" and clause.pos_ == "VERB"  # "was asked and said"
    inside = any(start <= clause.left_edge.i + 1 and cue.i < end for start, end in seen.contents)
    return clause if fits and inside and upper.i + 1 >= clause.left_edge.i else None


def _joins_alike(cue: Token, first: Token) -> bool:
    """Whether a verb goes on from one of its own form without a comma: "he rang and asked", "been seen and told"."""
    apart = any(t.text == "," for t in cue.doc[max(first.i, cue.left_edge.i - 1) : cue.i])
    participles = first.tag_ == "VBN" and child(first, "aux") is not None
    pasts = first.tag_ == cue.tag_ and child(first, "aux") is None
    return (participles or pasts) and not apart


def is_assertive(cue: Token) -> bool:
    """Whether the words were said: not negated, not merely possible, intended, asked for or ordered."""
    if cue.pos_ == "ADJ" and has_dep(cue, "xcomp"):
        cue = cue.head  # "will make clear that"
    cue = made_known(cue) or cue
    verb = cue if cue.pos_ in ("VERB", "AUX") else clause_head(cue)
    entry = cue_of(verb)
    own = cue_of(cue) if cue.pos_ == "NOUN" else None
    if own is not None and (is_given(cue, entry) or equated(cue, own)):
        return True
    unsaid = _is_unsaid(verb) and not (entry is not None and entry.stance == "denies")  # "did not deny" concedes
    only = any(t.lower_ == "only" for t in verb.doc[max(verb.i - 1, 0) : verb.i + 2])  # "would say only that"
    if unsaid or (any(t.tag_ == "MD" for t in children(verb, "aux")) and not only and not _is_habit(verb)):
        return False
    mark = child(verb, "mark")
    if (mark is not None and mark.lower_ in CONDITIONS) or _is_asked(verb):
        return False
    if any(t.lower_ == "be" for t in children(verb, "aux")):
        return False  # "asked that he be told", "to be warned"
    if verb.tag_ == "VB" and (mark is None or is_passive(verb.head)) and overheard_by(verb) is not None:
        return is_assertive(verb.head)
    if verb.tag_ == "VB" and (mark is None or mark.lower_ == "to") and not _is_finite_all_the_same(verb):
        upper = governor(verb)
        return upper is not None and _leads_to_words(upper) and is_assertive(upper)
    return True


def _is_asked(verb: Token) -> bool:
    """Whether it is what a question asks, that something was said: "Did he tell you where it came from?"."""
    who, helpers = child(verb, "nsubj"), children(verb, "aux")
    return who is not None and bool(helpers) and helpers[0].i < who.left_edge.i and not _asks_back(verb, helpers[0])


def _asks_back(verb: Token, helper: Token) -> bool:
    """Whether something stands before the helper that brings it forward: "nor did he say", "what did he say"."""
    return any(t.i < helper.i for t in children(verb, "advmod", "cc", "obj", "obl", "advcl", "mark", "xcomp", "ccomp"))


def _is_habit(verb: Token) -> bool:
    """Whether words in marks follow that were said time and again: "they would say, 'Nobody wants you'"."""
    behind = [t for t in verb.doc[verb.i + 1 : verb.i + 3] if t.text not in (",", ":")]
    return bool(behind) and behind[0].tag_ == "``" and any(t.lower_ == "would" for t in children(verb, "aux"))


def _is_finite_all_the_same(verb: Token) -> bool:
    """Whether a bare form is a finite one: "did not dispute", or "let", tagged amiss."""
    helped = any(t.lower_ in ("do", "does", "did", "would") for t in children(verb, "aux"))
    bare = child(verb, "aux", "mark", "cop") is None
    return helped or (bare and is_root(verb) and child(verb, "nsubj") is not None)


def _leads_to_words(verb: Token) -> bool:
    """Whether an infinitive of speech behind a verb was a fact: "went on to say", "rang to say", "used to say"."""
    return known_form(verb, words("continuing") | words("contacting")) is not None


def _is_unsaid(verb: Token) -> bool:
    """Whether a cue is negated; the "no" of what a tree takes for an object in front of it belongs to what is said."""
    fronted = [t for t in children(verb, "obj") if t.right_edge.i < verb.i or t.lower_ in words("answering")]
    return is_negated(verb) and not (fronted and not any(t.lower_ in NEGATORS for t in children(verb, "advmod")))


def is_stranger(source: Token | None) -> bool:
    """Whether a source is nobody in particular: the writer, the reader, or an expletive."""
    if source is None:
        return True
    if source.lower_ == "one" and (has_dep(source, "nsubj") and source.head.tag_ in ("VBD", "VBN")):
        return False  # "one recalled that ..." goes on with those named before; "one says" is anybody
    if source.lower_ in FIRST_AND_SECOND:
        return child(source, "det", "nmod") is None  # "the i" is a newspaper, "one of them" somebody
    return source.pos_ == "PRON" and source.lower_ in POINTING


def is_naming(found: Attribution) -> bool:
    """Whether a cue only tells what something is called: "what the press calls "the club"", "calls itself a party"."""
    cue, entry = found.cue, found.entry
    if cue is not None and any(t.lemma_.lower() in words("known_as") and is_passive(t) for t in children(cue, "xcomp")):
        return True  # "likes to be known as "the Old Lion"\"
    if cue is None or entry is None or "predicate" not in entry.frames:
        return False
    things = children(cue, "obj", "iobj", "nsubj:pass")
    itself = any(t.lower_ in REFLEXIVE for t in things)
    free = any(t.tag_ in ("WP", "WDT") for t in (*things, *children(cue, "xcomp"))) or (
        has_dep(cue, "acl") and cue.dep_ != "acl" and not any(t.pos_ in ("NOUN", "PROPN") for t in things)
    )
    somebody = any(t.lower_ in PERSONS for t in things)  # "they had called him a traitor"
    anybody = found.source is not None and found.source.lower_ in ANYBODY and entity_at(cue.doc, found.source) is None
    anybody = anybody and not somebody
    as_known = has_dep(cue, "advcl") and any(t.lower_ == "as" for t in children(cue, "mark", "advmod"))
    as_known = as_known and quoted_speaker(cue) is None  # "was quoted as calling it a lie"
    return entry.lemma in words("naming_verbs") or itself or free or as_known or anybody or _is_usual_name(found)


def _is_usual_name(found: Attribution) -> bool:
    """Whether many unnamed call something by a short definite name: "the staff call it "the Gun"\"; no judgement is."""
    cue, source = found.cue, found.source
    if cue is None or source is None or cue.tag_ != "VBP" or source.pos_ not in ("NOUN", "PRON") or not found.content:
        return False
    said = cue.doc[found.start : found.end]
    opened = next((n for n, t in enumerate(said) if t.is_quote), None)
    name = [t for t in said[opened:] if t.is_alpha] if opened is not None else []
    definite = bool(name) and (name[0].lower_ == "the" or all(t.is_title for t in name))
    return definite and len(name) <= MAX_NAME and not any(t.tag_ == "JJS" for t in name)


def can_speak(source: Token) -> bool:
    """Whether a noun stands for somebody or some text; "the times demand", "this shows" report no words.

    Args:
        source: the head word of a source.
    """
    if source.pos_ != "NOUN" or source.ent_type_ or any(t.pos_ == "PROPN" for t in children(source, "appos")):
        return True
    lemma = source.lemma_.lower()
    known = words("documents") | words("channels") | words("texts") | words("speakers")
    return lemma in known or kind_of_word(source) is not None or _is_doer(lemma)


def _is_doer(noun: str) -> bool:
    """Whether a noun is made as those for persons by what they do are: "warder", "hydrologist", "stallholder"."""
    return len(noun) >= SHORTEST_DOER and noun.endswith(DOERS) and noun not in words("things")


def within_sentence(source: Token | None, cue: Token, sentence: Sequence[int]) -> Token | None:
    """The source, or where a tree fetched it from another sentence, the subject nearest before the cue.

    Args:
        source: what the tree gives.
        cue: the cue.
        sentence: the tokens `[start, end)` between the full stops around the cue.
    """
    if source is None or sentence[0] <= source.i < sentence[1]:
        return source
    before = reversed(cue.doc[sentence[0] : cue.i])
    return next((t for t in before if has_dep(t, "nsubj")), None)
