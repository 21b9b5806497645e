"""Words that may report an event, too faintly to stand alone.

One report's word is not enough for them; but a plan with a date, or a word that another report of the same story makes
plain, is ("the strike", "will answer questions on Friday"). They are kept apart from the events.
"""

from collections.abc import Collection

import numpy as np
from spacy.tokens import Doc, Token

from readout.extract.events.lexicon import belongs, lemma_of, usual_trigger
from readout.extract.events.modality import governs
from readout.extract.events.reports import PARTS_OF_SPEECH, Report
from readout.extract.events.slots import slots_of
from readout.extract.tree import children, has_dep
from readout.knowledge.codebook import codebook
from readout.language.happenings import EventScores

FAINT = 0.25
"""Probability of an event from which a word is kept: on our own stories, so are nine in ten of the words that report an
event which is not found otherwise, or have a day to come beside them."""
MOST = 200
"""Words of one text that are kept, the likeliest."""


def faint_reports(doc: Doc, told: Collection[int], dated: Collection[int] = ()) -> list[tuple[Report, float]]:
    """The words of a text that the encoder half takes for triggers.

    Args:
        doc: a Doc, with the encoder's scores or without.
        told: the tokens that report the text's events, and the verbs that carry them.
        dated: the tokens that tell what is to be on a day to come, which are kept however faint.

    Returns:
        Reports with their probability, in text order; their slots are those of grammar.
    """
    scores: EventScores | None = doc._.happening
    if scores is None:
        return []
    chances = 1 - scores.types[:, 0]
    likeliest = sorted(np.flatnonzero(chances >= FAINT).tolist(), key=lambda i: (-chances[i], i))[:MOST]
    likeliest = [*dict.fromkeys([*likeliest, *list(dated)[:MOST]])]
    found = [(report, float(chances[i])) for i in sorted(likeliest) if (report := _report(scores, doc[i], told))]
    triggers = {*told, *(report.token.i for report, _ in found)}
    kept = [(r, chance) for r, chance in found if r.token.i in dated or not _only_carries(r.token, triggers)]
    return [(report, round(chance, 2)) for report, chance in kept]


def _report(scores: EventScores, token: Token, told: Collection[int]) -> Report | None:
    kind = scores.names["events"][1 + int(scores.types[token.i, 1:].argmax())]
    pos = PARTS_OF_SPEECH.get(token.pos_)
    if token.i in told or pos is None or token.ent_type_ or has_dep(token, "aux", "aux:pass", "cop", "compound"):
        return None
    if kind not in codebook().types:
        return None
    return Report(usual_trigger(lemma_of(token), pos, kind, None), token, slots_of(token), is_learned=True)


def _only_carries(verb: Token, triggers: Collection[int]) -> bool:
    """Whether a verb only says that another event is held, planned or goes on: "hold talks", "the vote takes place"."""
    lemma = lemma_of(verb)
    if any(t.i in triggers for t in children(verb, "xcomp", "obj", "nsubj:pass")):
        return belongs(lemma, "LIGHT") or governs(verb) == "planned"
    return belongs(lemma, "OCCUR") and any(t.i in triggers for t in children(verb, "nsubj"))
