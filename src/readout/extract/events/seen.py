"""Events as the encoder sees them: triggers with type and mode, the words that act or are acted on, and statuses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from readout.extract.events.lexicon import Trigger, lemma_of, usual_trigger
from readout.language.happenings import EventScores
from readout.schema import EventStatus

FIND, KEEP = 0.85, 0.05
"""Probability of an event from which a word is taken for a trigger: alone, and where the lexicon says so too."""
REACH = 120
"""Words to either side of a trigger in which its roles are looked for."""
GRAMMAR = 30.0
"""How much likelier a status is that tense, mood and negation give too."""
ROLE = 0.5
"""Probability from which a word fills a role."""


@dataclass
class Seen:
    """One trigger as the encoder sees it; the words that fill its roles are the heads of their phrases."""

    type: str
    mode: str | None
    actors: list[Token]
    recipients: list[Token]


def seen_events(doc: Doc, known: Collection[int]) -> Iterator[tuple[int, Seen]]:
    """The triggers of a Doc.

    Args:
        doc: a Doc with `doc._.happening`.
        known: tokens that the lexicon takes for triggers.

    Yields:
        Token numbers with what is seen there, in text order.
    """
    scores: EventScores = doc._.happening
    chance = 1 - scores.types[:, 0]
    for i in np.flatnonzero(chance >= KEEP).tolist():
        if chance[i] >= FIND or i in known:
            yield i, _seen(doc, scores, i)


def _seen(doc: Doc, scores: EventScores, trigger: int) -> Seen:
    kind = scores.names["events"][1 + int(scores.types[trigger, 1:].argmax())]
    start = max(0, trigger - REACH)
    roles = scores.roles(trigger, start, min(len(doc), trigger + REACH))
    fillers = {
        role: [doc[start + i] for i in np.flatnonzero(roles[:, n] >= ROLE).tolist()]
        for n, role in enumerate(scores.names["roles"])
    }
    return Seen(kind, _mode(scores, trigger, kind), fillers["actor"], fillers["recipient"])


def likeliest_status(scores: EventScores, trigger: int, grammatical: EventStatus) -> EventStatus:
    """The status of an event.

    Args:
        scores: what the encoder makes of the text.
        trigger: a token.
        grammatical: what tense, mood and negation say.
    """
    names = scores.names["status"]
    chances = scores.statuses[trigger] * np.array([GRAMMAR if name == grammatical else 1.0 for name in names])
    found: EventStatus = names[int(chances.argmax())]  # type: ignore[assignment]
    return found


def _mode(scores: EventScores, trigger: int, kind: str) -> str | None:
    """The likeliest mode of a type, if it is likelier than none."""
    names = scores.names["modes"]
    fitting = [n for n, name in enumerate(names) if not name or name.startswith(kind + ":")]
    best = names[max(fitting, key=lambda n: float(scores.modes[trigger, n]))]
    return best.partition(":")[2] or None


def trigger_of(token: Token, seen: Seen) -> Trigger:
    """The sense of a trigger that the lexicon lacks."""
    pos = "n" if token.pos_ in ("NOUN", "PROPN") else "a" if token.pos_ == "ADJ" else "v"
    return usual_trigger(lemma_of(token), pos, seen.type, seen.mode)
