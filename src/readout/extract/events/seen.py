"""Events as the encoder sees them: triggers with type and mode, the words that act or are acted on, and statuses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc, Span, Token

from readout.extract.due import is_future
from readout.extract.events.lexicon import Trigger, belongs, lemma_of, usual_trigger
from readout.extract.events.modality import modality
from readout.extract.events.slots import slots_of
from readout.extract.events.traits import settings, traits_of
from readout.extract.events.weighing import weighed
from readout.extract.tree import words_at
from readout.language.happenings import EventScores, Floats
from readout.schema import EventStatus, Time

if TYPE_CHECKING:
    from readout.extract.events.reports import Report

WORTH = 0.01
"""Probability by the encoder's own head from which a word is weighed that the lexicon does not take; below it are one
in fifty of the triggers of our own development batch, and nine in ten of its words."""
TRUST, SURE = 25.0, 20000.0
"""How much likelier a type is that the lexicon gives too, by the word's company alone or by certain words beside it;
chosen on our own development batch and on public development records, those without an event among them."""
FIND = 0.5
"""Probability from which a word reports an event."""
POSSIBLE = frozenset({"aux might", "aux may", "aux could"})
"""Traits of what is merely possible."""
MODE = 10.0
"""How much likelier a mode is that the lexicon gives too."""
GRAMMAR, PLAIN = 10.0, 1.5
"""How much likelier a status is that mood, negation or a governing word gives too; and that it occurred, if none says
otherwise."""
COMING = 8.0
"""How much likelier an expression is to say when a plan is, if it is to come."""
JOINING = frozenset({"and", "or", "to"})
ROLE = 0.4
"""Probability from which a word fills a role."""


@dataclass
class Seen:
    """One trigger as the encoder sees it; the words that fill its roles are the heads of their phrases."""

    type: str
    mode: str | None
    actors: list[Token]
    recipients: list[Token]


def seen_events(doc: Doc, known: Mapping[int, "Report"]) -> Iterator[tuple[int, Seen]]:
    """The triggers of a Doc.

    Args:
        doc: a Doc with `doc._.happening`.
        known: by token, what the lexicon takes for a report.

    Yields:
        Token numbers with what is seen there, in text order.
    """
    scores: EventScores = doc._.happening
    words = candidates(doc, known)
    types, modes = weighed(doc, words) if words else ((), ())
    kinds = scores.names["events"]
    for (token, traits), chances, likely in zip(words, types, modes, strict=True):
        report = known.get(token.i)
        if report is not None and report.type in kinds:
            chances[kinds.index(report.type)] *= SURE if report.is_certain else TRUST
        if belongs(lemma_of(token), "WISH"):
            chances *= _told_by_wish(traits, kinds, report)
        if chances[1:].sum() >= FIND * chances.sum():
            kind = kinds[1 + int(chances[1:].argmax())]
            told = report.trigger.mode if report is not None and report.trigger.type == kind else None
            yield token.i, _seen(doc, token.i, kind, likeliest_mode(scores, likely, kind, told))


def _told_by_wish(traits: Set[str], kinds: Sequence[str], report: "Report | None") -> Floats:
    """[types] what a wish can tell: who "wants to leave" asks nobody, and threatens or offers where the lexicon says
    so ("wants to attack"); who "might want" something says nothing."""
    if not POSSIBLE.isdisjoint(traits):
        return np.array([kind == "" for kind in kinds], dtype=np.float32)
    if "v own inf" not in traits:
        return np.ones(len(kinds), dtype=np.float32)
    if report is not None and report.type in kinds and report.type != "REQUEST":
        return np.array([kind == report.type for kind in kinds], dtype=np.float32)
    return np.array([kind != "REQUEST" for kind in kinds], dtype=np.float32)


def candidates(doc: Doc, known: Mapping[int, "Report"]) -> list[tuple[Token, set[str]]]:
    """The words that may report events, with their traits: the lexicon's, and what the encoder does not rule out."""
    scores: EventScores = doc._.happening
    likely = np.flatnonzero(1 - scores.types[:, 0] >= WORTH).tolist()
    around = settings(doc)
    return [
        (doc[i], word_traits(doc[i], known.get(i), scores) | set(around[doc[i].sent.start]))
        for i in sorted({*likely, *known})
    ]


def word_traits(token: Token, report: "Report | None", scores: EventScores) -> set[str]:
    """The traits of a word that the lexicon may take for a report."""
    if report is None:
        return set(traits_of(token, slots_of(token), None, scores))
    return set(traits_of(token, report.slots, report.trigger, scores)) | ({"anaphoric"} if report.anaphoric else set())


def _seen(doc: Doc, trigger: int, kind: str, mode: str | None) -> Seen:
    scores: EventScores = doc._.happening
    sentence = doc[trigger].sent  # who is named in another does other things
    roles = scores.roles(trigger, sentence.start, sentence.end)
    fillers = {
        role: [sentence[i] for i in np.flatnonzero(roles[:, n] >= ROLE).tolist()]
        for n, role in enumerate(scores.names["roles"])
    }
    return Seen(kind, mode, fillers["actor"], fillers["recipient"])


def likeliest_status(scores: EventScores, trigger: int, grammatical: EventStatus, ahead: float) -> EventStatus:
    """The status of an event.

    Args:
        scores: what the encoder makes of the text.
        trigger: a token.
        grammatical: what tense, mood and negation say.
        ahead: how much likelier a plan is by its day.

    Returns:
        The likeliest.
    """
    names = scores.names["status"]
    chances = scores.statuses[trigger].copy()
    chances[names.index(grammatical)] *= PLAIN if grammatical == "occurred" else GRAMMAR
    chances[names.index("planned")] *= ahead
    found: EventStatus = names[int(chances.argmax())]  # type: ignore[assignment]
    return found


def is_likely_plan(trigger: Token) -> bool:
    """Whether the encoder, with grammar, takes an event for a plan.

    Args:
        trigger: what reports the event.
    """
    scores: EventScores | None = trigger.doc._.happening
    told = modality(trigger)
    return (
        told == "planned" if scores is None else likeliest_status(scores, trigger.i, told or "occurred", 1) == "planned"
    )


def likeliest_time(trigger: Token, times: Iterable[tuple[Time, float]]) -> Time | None:
    """The expression that says when an event is.

    Args:
        trigger: what reports the event; its Doc has `doc._.happening`.
        times: expressions near it, each with how much likelier grammar makes it.

    Returns:
        The likeliest, if it is likelier than not; else `None`.
    """
    doc: Doc = trigger.doc
    scores: EventScores = doc._.happening
    coming = COMING ** float(scores.statuses[trigger.i, scores.names["status"].index("planned")])
    best, found = 1.0, None
    for time, weight in times:
        words = _with_first_day(doc, words_at(doc, time.span))
        chances = scores.roles(trigger.i, words.start, words.end)[:, scores.names["roles"].index("time")]
        chance = float(chances.max())
        odds = weight * chance / (1 - chance + 1e-6) * (coming if is_future(time.end, doc._.published) else 1.0)
        if odds >= best:
            best, found = odds, time
    return found


def _with_first_day(doc: Doc, words: Span) -> Span:
    """An expression with the day of the month that is joined to it: "22 and 26 April"."""
    joined = words.start > 1 and doc[words.start - 1].lower_ in JOINING and doc[words.start - 2].like_num
    return doc[words.start - 2 : words.end] if joined else words


def likeliest_mode(scores: EventScores, chances: Floats, kind: str, told: str | None) -> str | None:
    """The mode of an event.

    Args:
        scores: what the encoder makes of the text, for the names of modes.
        chances: [1 + modes] the layer's.
        kind: its type.
        told: the lexicon's mode.

    Returns:
        The likeliest mode of the type, if it is likelier than none.
    """
    names = scores.names["modes"]
    odds = {name: chances[n] for n, name in enumerate(names) if not name or name.startswith(f"{kind}:")}
    if (own := f"{kind}:{told}") in odds:
        odds[own] = odds[own] * MODE
    return max(odds, key=odds.__getitem__).partition(":")[2] or None


def trigger_of(token: Token, seen: Seen) -> Trigger:
    """The sense of a trigger that the lexicon lacks."""
    pos = "n" if token.pos_ in ("NOUN", "PROPN") else "a" if token.pos_ == "ADJ" else "v"
    return usual_trigger(lemma_of(token), pos, seen.type, seen.mode)
