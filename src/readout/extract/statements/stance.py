"""The stance of a speaker toward what he says: what tells it, in the cue and in the words themselves.

Some cues tell it alone ("denied", "vowed"); after "said" the words do: their negation, mood, person and tense, and
how the sentence before by the same speaker was meant.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import Attribution
from readout.extract.statements.cues import words
from readout.extract.statements.quoted import FINITE
from readout.extract.tree import NEGATORS, child, children, has_dep, is_negated, is_passive
from readout.schema import Stance, Statement

STANCES: tuple[Stance, ...] = get_args(Stance)
FIRST = frozenset({"i", "we", "my", "our", "me", "us"})
SECOND = frozenset({"you", "your", "yours"})
QUESTIONS = frozenset({"who", "what", "when", "where", "why", "how", "whether", "if", "which"})
DENYING = frozenset({"cue=denies", "rule=denies", "cue-negated", "negator", "negated", "falsehood"})
FORWARD = "first=to"
ASKING = frozenset(
    {"first=for", "first=not", "first=let", "first-pos=VB", "imperative", "question", "exclaims", "first-person"}
)
MAX_WORDS = 60


CAUTION = 1.0
"""What the cue's own stance gets beforehand (log-odds): the training set is denser in denials and charges than news."""
Told = tuple[Statement, Attribution]
"""A statement and the attribution it was made from."""


def assign_stances(doc: Doc, told: Sequence[Told]) -> None:
    """Give each statement the likeliest stance by a multinomial logistic regression over `stance_features`.

    Args:
        doc: the Doc.
        told: its statements in text order; each has the stance of its cue.
    """
    weights = _weights()
    zero = np.zeros(len(STANCES))
    for (statement, _), features in zip(told, list(stance_features(doc, told)), strict=True):
        scores = zero + sum(weights.get(name, zero) for name in features)
        scores[STANCES.index(statement.stance)] += CAUTION
        likeliest = STANCES[int(scores.argmax())]
        if likeliest not in _impossible(features):  # else the cue's own stands
            statement.stance = likeliest


def stance_features(doc: Doc, told: Sequence[Told]) -> Iterator[set[str]]:
    """What speaks for one stance or another, of each statement of a Doc.

    Args:
        doc: the Doc.
        told: its statements in text order; each has the stance of its cue.
    """
    by_speaker: dict[str, str] = {}
    before: Statement | None = None
    for statement, found in told:
        features = {
            "bias",
            f"kind={statement.kind}",
            f"rule={statement.stance}",
            *_of_cue(found),
            *_of_content(doc, found),
        }
        known = by_speaker.get(statement.speaker or "")
        if known is not None:
            features.add(f"own-last={known}")
        if before is not None:
            features.add(f"last={before.stance}")
            features.add(f"{'own' if before.speaker == statement.speaker else 'other'}-just={before.stance}")
        if statement.speaker is not None:
            by_speaker[statement.speaker] = statement.stance
        before = statement
        yield features


def _impossible(features: set[str]) -> Iterator[Stance]:
    """What neither the cue nor the words can mean: demands and promises look forward, denials say no to something.

    A denial may be all in what was asked before ("It was a ditch"). One in four is in our training batches, but no mark
    tells those from plain claims, and a plain claim taken for a denial makes a conflict where there is none.
    """
    if not features & DENYING:
        yield "denies"
    modal = any(name.startswith("modal=") for name in features)
    forward = modal or FORWARD in features
    if not features & {"cue=demands", "rule=demands"} and not forward and not features & ASKING:
        yield "demands"
    if not features & {"cue=promises", "rule=promises"} and not forward:
        yield "promises"


@cache
def _weights() -> dict[str, NDArray[np.float64]]:
    text = files("readout.knowledge.data").joinpath("stances.json").read_text(encoding="utf-8")
    return {name: np.array(row) for name, row in json.loads(text)["weights"].items()}


def _of_cue(found: Attribution) -> Iterator[str]:
    cue, entry = found.cue, found.entry
    stance = entry.stance if entry is not None else "none"
    yield f"cue={stance}"
    if cue is None:
        return
    yield f"lemma={cue.lemma_.lower()}"
    yield f"said={stance == 'asserts' and (entry is None or entry.group == 'speech')}"
    helpers = {t.lemma_.lower() for t in children(cue, "aux")}
    if is_negated(cue):
        yield "cue-negated"
        yield f"cue-negated={stance}"
    if helpers & {"would", "could", "can", "may", "might"}:
        yield "cue-modal"
    if is_passive(cue):
        yield "cue-passive"
    if entry is not None:
        frames = [t for t in children(cue, "obj", "iobj") if t.lemma_.lower()]
        yield f"cue-object={bool(frames)}"
    following = cue.nbor(1).lower_ if cue.i + 1 < len(cue.doc) else ""
    if following in ("for", "to", "on", "of", "as", "that", "not"):
        yield f"lemma={cue.lemma_.lower()}+{following}"
        yield f"follows={following}"


def _of_content(doc: Doc, found: Attribution) -> Iterator[str]:
    said = [doc[i] for start, end in found.content for i in range(start, end)][:MAX_WORDS]
    alphas = [t for t in said if t.is_alpha or t.text in ("n't", "n’t")]
    low = [t.lower_ for t in alphas]
    if not alphas:
        return
    stance = found.entry.stance if found.entry is not None else "none"
    plain = stance in ("asserts", "none", "other")
    first = alphas[1] if low[0] == "that" and len(alphas) > 1 else alphas[0]
    yield f"first={first.lower_}"
    yield f"first-pos={first.tag_}"
    if low[0] in QUESTIONS:
        yield "asks"
    if any(t.text == "?" for t in said):
        yield "question"
    if any(t.text == "!" for t in said):
        yield "exclaims"
    verb = next((t for t in said if t.tag_ in FINITE), None)
    if verb is None:
        yield "no-verb"
        if first.tag_ == "VB":
            yield "imperative"
    else:
        yield from _of_clause(doc, verb, first, plain)
    if words("falsehoods").intersection(low):
        yield "falsehood"
    negated = [t for t in alphas if t.lower_ in NEGATORS]
    if negated:
        yield "negator"
        if plain:
            yield "plain-negator"
            yield f"negators={min(len(negated), 3)}"
    for name, group in (("first", FIRST), ("second", SECOND)):
        if any(w in group for w in low):
            yield f"{name}-person"
    modals = {t.lower_ for t in alphas if t.tag_ == "MD"}
    for modal in modals:
        yield f"modal={modal}"
        if plain:
            yield f"plain-modal={modal}"
    yield f"long={min(len(alphas) // 6, 4)}"


def _of_clause(doc: Doc, verb: Token, first: Token, plain: bool) -> Iterator[str]:
    head = verb.head if has_dep(verb, "aux", "cop") else verb
    subject = child(head, "nsubj", "csubj")
    who = "none"
    if subject is not None:
        low = subject.lower_
        who = (
            low
            if subject.pos_ == "PRON"
            else "no"
            if any(t.lower_ in NEGATORS for t in children(subject, "det"))
            else subject.pos_
        )
    tense = "past" if verb.tag_ == "VBD" else "modal" if verb.tag_ == "MD" else "present"
    perfect = any(t.lemma_ == "have" for t in children(head, "aux"))
    yield f"subject={who}"
    yield f"tense={tense}"
    yield f"subject-tense={who}/{verb.lower_ if tense == 'modal' else tense}"
    if perfect:
        yield "perfect"
    if is_negated(head):
        yield "negated"
        yield f"negated/{tense}{'/perfect' if perfect else ''}"
        if plain:
            yield "plain-negated"
    if is_passive(head):
        yield "passive"
    if verb.tag_ in ("VB", "VBP") and first == verb and subject is None:
        yield "imperative"
