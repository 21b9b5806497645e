"""What words do by themselves: blame, own up, bind the speaker, ask for something, answer nothing, or contradict.

Clause by clause: whose doing it tells (the speaker's own side, who answers for himself, or another's, whom he blames),
whether it is a wrong, negated, willed or owed; and whether what it tells stands elsewhere in the text.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from readout.extract.entities import entity_at
from readout.extract.statements.attribution import Attribution
from readout.extract.statements.cues import words
from readout.extract.statements.quoted import FINITE
from readout.extract.tree import NEGATORS, child, children, has_dep, is_negated, is_passive
from readout.knowledge.nouns import kind_of_word
from readout.schema import Entity

FIRST = words("first_person")
SECOND = words("second_person")
MEANING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
LIGHT = words("light")
WILL = words("will")
OWED = words("owed")
SPEECH_PREDICATES = words("naming_predicates")
"""Cues that give their object a name ("called it a lie")."""
NO_NAMING = words("no_naming")
ENDINGS = ("ed", "d", "ing", "es", "s")
PARTS = ("obj", "xcomp", "obl", "advmod", "amod", "compound")
MAX_VERBS = 4
BEFORE, AFTER = 100, 60
"""Words around a statement in which what it tells may stand."""


def act_features(
    doc: Doc, found: Attribution, said: Sequence[Token], side: set[str], speaker: Entity | None
) -> Iterator[str]:
    """What speaks for one stance or another in the words said.

    Args:
        doc: the Doc.
        found: the attribution.
        said: the words said, the first ones of a long speech.
        side: ids of the entities on the speaker's side.
        speaker: who speaks, as far as he is known.

    Yields:
        Names of what holds.
    """
    yield from _of_cue(found, said)
    yield from _of_marks(said)
    for name in ("wrongs", "crimes"):
        count = sum(is_of(t, name) for t in said)
        if count:
            yield f"{name}={min(count, 3)}"
    heads = [t.head if has_dep(t, "aux", "cop", "aux:pass") else t for t in said if t.tag_ in FINITE]
    for number, head in enumerate(list(dict.fromkeys(heads))[:MAX_VERBS]):
        yield from _of_clause(doc, head, "lead" if number == 0 else "later", side, speaker)
    yield from _echoes(doc, found, said)


def _of_cue(found: Attribution, said: Sequence[Token]) -> Iterator[str]:
    if found.cue is None:
        return
    lemma = found.cue.lemma_.lower()
    particles = [t.lower_ for t in children(found.cue, "compound")]
    yield from (f"cue={lemma}+{particle}" for particle in particles)
    following = found.cue.nbor(1).lower_ if found.cue.i + 1 < len(found.cue.doc) else ""
    first = said[0].lower_ if said else ""
    if lemma in SPEECH_PREDICATES and not {first, following} & NO_NAMING:
        yield "names-it"
        yield f"names-it/{bool(words('falsehoods') & {t.lower_ for t in said})}"


def _of_marks(said: Sequence[Token]) -> Iterator[str]:
    low = [t.lower_ for t in said]
    alphas = [t.lower_ for t in said if t.is_alpha]
    if any(one in (",", "—", "-", "and") and two == "not" for one, two in pairwise(low)):
        yield "contrast"
    if alphas and alphas[0] in ("yes", "no", "please"):
        yield f"starts={alphas[0]}"
    if "please" in low:
        yield "please"
    if any(t in ("?", "?”", '?"') for t in low[-3:]):
        yield "ends-question"


def _of_clause(doc: Doc, head: Token, named: str, side: set[str], speaker: Entity | None) -> Iterator[str]:
    """Of one clause: whose it is, and whether it tells a wrong, a "not", a will or something owed."""
    subject = child(head, "nsubj", "nsubj:pass", "csubj")
    whose = _whose(doc, subject, side, speaker)
    party = "own" if whose == "own" else "none" if whose == "none" else "other"
    modal = next((t.lower_ for t in (head, *children(head, "aux")) if t.tag_ == "MD"), None)
    negated, passive = is_negated(head), is_passive(head)
    lemma = head.lemma_.lower()
    mood = f"{'will' if modal in WILL else 'owed' if modal in OWED else modal or 'is'}{'-not' if negated else ''}"
    yield f"{named}={whose}"
    yield f"{party}/{mood}{'/passive' if passive else ''}"
    yield f"head={lemma}"
    yield f"{party}/head={lemma}"
    if modal is not None:
        yield f"{named}={whose}/{modal}"
    if negated:
        yield f"{named}={whose}/not"
        yield f"{whose}/not"
        yield f"{party}/not"
    for name in ("wrongs", "crimes"):
        if any(is_of(t, name) for t in (head, *children(head, *PARTS))):
            yield f"{whose}/{name}"
            yield f"{named}={whose}/{name}/{'passive' if passive else 'not' if negated else 'active'}"
            yield f"{party}/{name}/{mood}"
            if passive and not negated:
                yield f"suffered/{name}"
    if lemma in words("wishes") or (lemma == "like" and modal == "would"):
        yield f"{party}/wishes"
    if negated and lemma in words("answers"):
        yield f"{party}/answers-not/{head.tag_ == 'VBD'}"


def is_of(token: Token, name: str) -> bool:
    """Whether a word is on one of the lists, by its lemma, its form, or its form without an ending; no name is."""
    if token.pos_ == "PROPN":
        return False
    low = token.lower_
    return not words(name).isdisjoint({token.lemma_.lower(), low, *(low.removesuffix(e) for e in ENDINGS)})


def _whose(doc: Doc, subject: Token | None, side: set[str], speaker: Entity | None) -> str:
    """On whose side a subject is: the speaker's own, the hearer's, a person's, a body's, a thing's."""
    if subject is None:
        return "none"
    low = subject.lower_
    if low in FIRST:
        return "own"
    if low in SECOND:
        return "you"
    if low in ("it", "there", "this", "that", "what"):
        known = entity_at(doc, subject)
        return "own" if known is not None and known.id in side else "it"
    if low in NEGATORS or any(t.lower_ in NEGATORS for t in children(subject, "det")):
        return "no"
    named = [e for t in (subject, *children(subject, "nmod:poss")) if (e := entity_at(doc, t)) is not None]
    if any(t.lower_ in FIRST for t in children(subject, "nmod:poss")) or any(e.id in side for e in named):
        return "own"
    if (
        speaker is not None
        and speaker.country
        and any(e.kind == "place" and e.country == speaker.country for e in named)
    ):
        return "own"
    if named:
        return str(named[0].kind)
    return "they" if subject.pos_ == "PRON" else str(kind_of_word(subject) or "thing")


def _echoes(doc: Doc, found: Attribution, said: Sequence[Token]) -> Iterator[str]:
    """Whether the words with a meaning stand around the statement too, as they do where somebody else told it."""
    inside = {t.i for t in said} | set(found.cue_words)
    start, end = max(found.start - BEFORE, 0), min(found.end + AFTER, len(doc))
    around = Counter(t.lemma_.lower() for t in doc[start:end] if t.i not in inside and t.pos_ in MEANING)
    meant = {t.lemma_.lower() for t in said if t.pos_ in MEANING} - LIGHT
    told = sum(lemma in around for lemma in meant)
    kind = "not" if any(t.lower_ in NEGATORS for t in said) else "plain"
    yield f"told-around={min(told, 3)}/{kind}"
    if meant:
        yield f"share-around={int(3 * told / len(meant))}/{kind}"
