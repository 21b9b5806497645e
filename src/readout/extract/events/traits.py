"""What the layer for events is told of a word beside the encoder's state: lexicon, grammar, neighbours.

A trait is a short name that either holds of a word or does not; the layer (`weighing`) has weights for each. The keys
by which a word's uses are counted (`precedents`) stand among them.
"""

from collections.abc import Iterator
from itertools import accumulate

from spacy.tokens import Doc, Token

from readout.extract import tree
from readout.extract.events.kinds import is_actor, kinds
from readout.extract.events.lexicon import Trigger, belongs, lemma_of, noun_classes, possible_types, triggers
from readout.extract.events.modality import modality
from readout.extract.events.precedents import keys_of
from readout.extract.events.slots import Slots
from readout.language.happenings import EventScores

SCENES = ("SPORT", "MARKET", "ACCIDENT")
"""Classes of words that tell of something else than politics."""
SIDES = (
    "subj",
    "obj",
    "iobj",
    "poss",
    "nat",
    "of",
    "by",
    "against",
    "on",
    "to",
    "with",
    "for",
    "between",
    "in",
    "from",
)
MARKS = ("comp", "inf", "neg", "prt", "passive", "undergoer")
THINGS = ("PLACE", "WEAPON", "MONEY", "DOCUMENT", "CAPTIVE", "TALK", "PENALTY", "PROPERTY", "GOODS", "RULE")
ACTORS = ("PEOPLE", "BODY", "FORCE", "STATE", "PERSON", "NAME")
LOWER = frozenset({"obj", "xcomp", "ccomp", "obl", "nmod", "acl", "nsubj", "advcl", "compound"})
DETERMINERS = dict.fromkeys(("the", "this", "that", "these", "those"), "definite") | {w: w for w in ("a", "an", "no")}
GOVERNING = ("SPEECH", "LIGHT", "SUFFER", "OCCUR", "SCHEDULE", "STAY", "BLAMING")
NEAR = 0.3
"""Probability of an event from which a neighbour in the tree counts as one."""
SIZES, LONG = ((50, "short"), (130, "middle")), "long"
"""Words under which a text is a line or two, or a passage; a long one is an article, and tells much beside events."""
LATER = 4
"""Number from which sentences and paragraphs are no longer told apart."""
PARTS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}


def traits_of(token: Token, slots: Slots, taken: Trigger | None, scores: EventScores) -> Iterator[str]:
    """The traits of a word.

    Args:
        token: what may report an event.
        slots: who and what stands around it.
        taken: the sense of the lexicon whose conditions hold, if there is one.
        scores: the encoder's.
    """
    pos = PARTS.get(token.pos_, "x")
    yield f"pos {token.pos_}"
    yield f"dep {pos} {tree.base(token.dep_)}"
    yield f"tag {token.tag_}"
    yield from _in_lexicon(token, pos, taken)
    yield from _around(token, pos, slots)
    yield from _above(token, pos, scores)
    yield from _below(token, pos, scores)
    yield f"status {pos} {modality(token)}"
    yield from keys_of(token, pos, slots)


def _in_lexicon(token: Token, pos: str, taken: Trigger | None) -> Iterator[str]:
    senses = triggers().get((lemma_of(token), pos), ())
    types = {sense.type for sense in senses}
    if taken is not None:
        yield f"taken {taken.type}"
        yield f"taken {taken.pos}"
        if taken.mode:
            yield f"taken {taken.type} {taken.mode}"
    elif not types:
        yield "unlisted"
    else:
        yield f"listed {pos}"
    for name in types:
        yield f"listed {name}"
    if len(types) == 1:
        yield f"only {next(iter(types))}"
    possible = possible_types(lemma_of(token), pos)
    yield from (f"possible {name}" for name in possible)
    yield f"possible {min(len(possible), 4)}" if possible else "impossible"


def _around(token: Token, pos: str, slots: Slots) -> Iterator[str]:
    for slot in SIDES:
        if fillers := slots.fillers.get(slot):
            yield f"{pos} {slot} {'acts' if any(is_actor(t) for t in fillers) else 'thing'}"
    yield from (f"{pos} {slot}" for slot in MARKS if slots.fillers.get(slot))
    for slot, classes in (("subj", ACTORS), ("obj", (*ACTORS, *THINGS))):
        found = frozenset[str]().union(*(kinds(t) for t in slots.get(slot)))
        yield from (f"{slot} {name}" for name in classes if name in found)
    yield from (f"prt {t.lower_}" for t in slots.get("prt"))
    if slots.fillers.get("inf") and not slots.fillers.get("obj"):
        yield f"{pos} own inf"  # "wants to leave", beside "wants them to leave"
    if slots.carrier is not None:
        yield "carried"


def _above(token: Token, pos: str, scores: EventScores) -> Iterator[str]:
    upper = tree.governor(token)
    if upper is None:
        yield f"{pos} top"
        return
    yield f"{pos} under {upper.pos_} {tree.base(token.dep_)}"
    for name in GOVERNING:
        if belongs(lemma_of(upper), name):
            yield f"{pos} under {name} {tree.base(token.dep_)}"
    if 1 - scores.types[upper.i, 0] >= NEAR:
        kind = scores.names["events"][1 + int(scores.types[upper.i, 1:].argmax())]
        yield f"under event {tree.base(token.dep_)}"
        yield f"under event {kind}"


def _below(token: Token, pos: str, scores: EventScores) -> Iterator[str]:
    for i, _, relation in tree.dependents(token):
        if relation in LOWER and 1 - scores.types[i, 0] >= NEAR:
            yield f"{pos} over event {relation}"
        if relation == "det":
            yield f"det {DETERMINERS.get(token.doc[i].lower_, 'other')}"
        elif relation == "amod":
            yield "amod"
        elif relation == "cop":
            yield "cop "
        elif relation == "aux":
            yield f"aux {token.doc[i].lower_}"


def settings(doc: Doc) -> dict[int, list[str]]:
    """By the first token of each sentence, the traits that its other words and its standing in the text give."""
    words = sum(not token.is_space for token in doc)
    size = next((name for most, name in SIZES if words < most), LONG)
    paragraph_of = list(accumulate((token.is_space and "\n" in token.text for token in doc), initial=1))
    found = {}
    for n, sentence in enumerate(doc.sents, start=1):
        classes = set[str]().union(*(noun_classes().get(lemma_of(t), ()) for t in sentence))
        traits = [f"scene {name}" for name in SCENES if name in classes]
        place = min(paragraph_of[sentence.start] if size == LONG else n, LATER)
        found[sentence.start] = [*traits, f"text {size}", f"{size} {place}"]
    return found
