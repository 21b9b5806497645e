"""The trigger lexicon: which word, in which company, reports which PLOVER event (`knowledge/data/triggers*.tsv`).

A trigger's conditions name slots of its clause or phrase and what must stand in them, in the manner of the verb
patterns of TABARI and PETRARCH (Schrodt 2009; https://github.com/openeventdata/petrarch2), on Universal Dependencies.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from spacy.tokens import Token

from readout.extract.events.own import NO_EVENT, own_classes, own_senses
from readout.knowledge.codebook import codebook

DEFAULT_FRAMES = {"v": "subj>obj", "n": "poss,by,nat,subj,of>against,on,to,with", "a": "subj>of"}
MAX_REMEMBERED = 1 << 16
DETACHMENTS = (("ies", ("y",)), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")))


@dataclass(frozen=True)
class Condition:
    """That one of some slots is filled (or none is), if `values` are given, by one of these."""

    slots: tuple[str, ...]
    values: frozenset[str]
    absent: bool


@dataclass(frozen=True)
class Trigger:
    """One sense of a word: the type it reports, and the slots that hold actors, recipients and places."""

    lemma: str
    pos: str
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    when: tuple[Condition, ...]
    is_own: bool = False
    """Whether it is the user's own."""
    is_doubtful: bool = False
    """Whether most uses of it in our training texts tell something else; it then goes by company alone, and no noun
    completes it."""

    @property
    def is_event(self) -> bool:
        """Whether this sense reports an event at all."""
        return self.type != NO_EVENT

    @property
    def names_words(self) -> bool:
        """Whether it goes by certain words beside its own ("present evidence"), and not only by classes of words."""
        beside = (c.values for c in self.when if not c.absent)
        return not self.is_doubtful and any(value.islower() for values in beside for value in values)


@cache
def triggers() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """The senses of each (lemma, "v" | "n" | "a"), in the order in which they are tried: the user's own first."""
    table: dict[tuple[str, str], list[Trigger]] = {}
    shipped = (_trigger(*(row + [""] * 6)[:6]) for row in rows("triggers.tsv"))
    for trigger in chain((replace(_trigger(*row), is_own=True) for row in own_senses()), shipped):
        if not trigger.is_event or trigger.type in codebook().types:
            table.setdefault((trigger.lemma, trigger.pos), []).append(trigger)
    return {key: tuple(senses) for key, senses in table.items()}


def senses_of(token: Token) -> tuple[Trigger, ...]:
    """The senses of a word in any part of speech that it can have."""
    return tuple(s for pos in DEFAULT_FRAMES for s in triggers().get((lemma_of(token), pos), ()))


@cache
def noun_classes() -> dict[str, frozenset[str]]:
    """For each lemma, the classes it belongs to."""
    classes: dict[str, set[str]] = {}
    for name, lemmas in chain(rows("triggers_classes.tsv"), own_classes()):
        for lemma in lemmas.split():
            classes.setdefault(lemma, set()).add(name)
    return {lemma: frozenset(names) for lemma, names in classes.items()}


@cache
def _vocabulary() -> frozenset[str]:
    words = {lemma for lemma, _ in triggers()} | noun_classes().keys()
    words |= {word for _, _, line in rows("triggers_status.tsv") for word in line.split()}
    return frozenset(words | {v for senses in triggers().values() for t in senses for c in t.when for v in c.values})


def lemma_of(token: Token) -> str:
    """A token's lemma, lower case; where the lexicon does not know it, what the word's ending leaves of it.

    The endings are those of WordNet's Morphy (https://wordnet.princeton.edu/documentation/morphy7wn).
    """
    return _known_lemma(token.lemma_, token.lower_)


@lru_cache(maxsize=MAX_REMEMBERED)
def _known_lemma(lemma: str, form: str) -> str:
    lemma = lemma.lower()
    if lemma in _vocabulary():
        return lemma
    return next((word for word in (form, *_detached(form)) if word in _vocabulary()), lemma)


@lru_cache(maxsize=MAX_REMEMBERED)
def is_trigger(lemma: str, form: str) -> bool:
    """Whether the lexicon has a word, by the lemma that a model gave it and its lower-cased form."""
    known = _known_lemma(lemma, form)
    return any((word, pos) in triggers() for word in (known, form) for pos in DEFAULT_FRAMES)


@cache
def _possible() -> dict[tuple[str, str], frozenset[str]]:
    table: dict[tuple[str, str], set[str]] = {}
    for name, pos, lemmas in rows("triggers_possible.tsv"):
        for lemma in lemmas.split():
            table.setdefault((lemma, pos), set()).add(name)
    return {key: frozenset(names) for key, names in table.items()}


def possible_types(lemma: str, pos: str) -> frozenset[str]:
    """The types that a word can report in some company or other, as the layer for events is told.

    Args:
        lemma: a word.
        pos: "v", "n" or "a".
    """
    return _possible().get((lemma, pos), frozenset())


def _detached(word: str) -> Iterator[str]:
    for ending, replacements in DETACHMENTS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            yield from (stem + replacement for replacement in replacements)
            if ending in ("ed", "ing") and stem[-1] == stem[-2]:
                yield stem[:-1]


def belongs(lemma: str, name: str) -> bool:
    """Whether a lemma belongs to a class."""
    return name in noun_classes().get(lemma, ())


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of one of the lexicon's tables."""
    text = files("readout.knowledge").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _trigger(lemma: str, pos: str, type: str, mode: str, frame: str, when: str) -> Trigger:
    conditions = tuple(_condition(text) for text in when.split())
    known, doubt = type.removesuffix("?"), type.endswith("?")
    return Trigger(
        lemma, pos, known, mode or None, *_frame(frame or DEFAULT_FRAMES[pos]), conditions, is_doubtful=doubt
    )


def usual_trigger(lemma: str, pos: str, type: str, mode: str | None) -> Trigger:
    """A sense that the lexicon lacks, with the usual frame of its part of speech ("v" | "n" | "a")."""
    return Trigger(lemma, pos, type, mode, *_frame(DEFAULT_FRAMES[pos]), ())


def _frame(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The slots of actors, recipients and places."""
    actors, _, rest = text.partition(">")
    recipients, _, places = rest.partition("@")
    return _slots(actors), _slots(recipients), _slots(places)


def _slots(text: str) -> tuple[str, ...]:
    return tuple(slot for slot in text.split(",") if slot)


def _condition(text: str) -> Condition:
    slots, _, values = text.removeprefix("!").partition(":")
    return Condition(tuple(slots.split("|")), frozenset(v for v in values.split("|") if v), text.startswith("!"))
