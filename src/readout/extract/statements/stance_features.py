"""What tells a speaker's stance: the cue, the words themselves, whose side they are about, and what was said before.

Some cues tell it alone ("denied", "vowed"). After "said" the words do, by negation, mood, person and tense; by whether
their subject is on the speaker's own side, who answers for himself, or on another's, whom he blames; and by the charge
that somebody made before.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from readout.extract.entities import by_id, entity_at
from readout.extract.statements.attribution import Attribution
from readout.extract.statements.cues import words
from readout.extract.statements.quoted import FINITE
from readout.extract.statements.sides import owners, side_of
from readout.extract.statements.stance_acts import FIRST, LIGHT, MEANING, SECOND, act_features
from readout.extract.tree import NEGATORS, child, children, has_dep, is_negated, is_passive
from readout.schema import Entity, Statement

QUESTIONS = words("questions")
OPENERS = words("openers") | QUESTIONS
MODALS = words("modals")
CLAIMS = frozenset({"asserts", "none", "other"})
"""Stances of cues after which the words decide."""
CONTESTING = frozenset({"accuses", "denies", "confirms"})
"""Stances of cues that tell of a dispute."""
MAX_WORDS = 60
Told = tuple[Statement, Attribution]
"""A statement and the attribution it was made from."""


def stance_features(doc: Doc, told: Sequence[Told]) -> Iterator[set[str]]:
    """What speaks for one stance or another, of each statement of a Doc.

    Args:
        doc: the Doc.
        told: its statements in text order; each has the stance of its cue.

    Yields:
        Names of what holds, one set a statement.
    """
    context = _Context(doc, told)
    for number, (statement, found) in enumerate(told):
        yield {
            "bias",
            f"kind={statement.kind}",
            f"rule={statement.stance}",
            *_of_cue(found),
            *_of_content(doc, found),
            *act_features(
                doc,
                found,
                said_tokens(doc, found),
                context.sides[number],
                context.entities.get(statement.speaker or ""),
            ),
            *_of_speaker(found, statement, context),
            *context.of_turn(number),
        }


def said_tokens(doc: Doc, found: Attribution) -> list[Token]:
    """The words said, the first ones of a long speech."""
    return [doc[i] for start, end in found.content for i in range(start, end)][:MAX_WORDS]


class _Context:
    """The statements of a Doc beside each other: sides, what they mention, who answers whom."""

    def __init__(self, doc: Doc, told: Sequence[Told]) -> None:
        self.told, self.entities = told, by_id(doc)
        self.sides = [self._side(doc, statement) for statement, _ in told]
        said = [said_tokens(doc, found) for _, found in told]
        self.mentioned = [{e.id for t in part if (e := entity_at(doc, t)) is not None} for part in said]
        self.meanings = [{t.lemma_.lower() for t in part if t.pos_ in MEANING} - LIGHT for part in said]
        self.negated = [any(t.lower_ in NEGATORS for t in part) for part in said]
        strong = sum(statement.stance in CONTESTING for statement, _ in told)
        self.contested = min(int(5 * strong / max(len(told), 1)), 3)

    def _side(self, doc: Doc, statement: Statement) -> set[str]:
        speaker = self.speaker(statement)
        own = side_of(speaker) if speaker is not None else set()
        return own | owners(doc, statement)

    def speaker(self, statement: Statement) -> Entity | None:
        """Who says it, as far as he is known."""
        return self.entities.get(statement.speaker or "")

    def of_turn(self, number: int) -> Iterator[str]:
        """What stands around a statement."""
        statement = self.told[number][0]
        yield f"turn={min(number, 2)}"
        yield f"told={min(len(self.told) // 4, 3)}"
        yield f"contested={self.contested}"
        mine = self.sides[number]
        before = [n for n in range(number) if self.told[n][0].speaker != statement.speaker]
        own = [n for n in range(number) if self.told[n][0].speaker == statement.speaker]
        if own and statement.speaker is not None:
            yield f"own-last={self.told[own[-1]][0].stance}"
        if number:
            last = self.told[number - 1][0]
            yield f"{'own' if own and own[-1] == number - 1 else 'other'}-just={last.stance}"
        if number + 1 < len(self.told):
            following = self.told[number + 1][0]
            yield f"{'own' if following.speaker == statement.speaker else 'other'}-next={following.stance}"
        charges = [n for n in before if self.mentioned[n] & mine]
        if charges:
            yield "charged"
            yield from {f"charged={self.told[n][0].stance}" for n in charges}
        if any(self.mentioned[number] & (self.sides[n] - mine) for n in before):
            yield "speaks-of-speaker"
        if any(self.mentioned[number] & (self.sides[n] - mine) for n in range(number + 1, len(self.told))):
            yield "speaks-of-next"
        yield from self._echoes(number, before)

    def _echoes(self, number: int, before: Sequence[int]) -> Iterator[str]:
        shared = [(len(self.meanings[number] & self.meanings[n]), n) for n in before[-4:]]
        most, at = max(shared, default=(0, 0))
        if most:
            yield f"echo={min(most, 3)}"
            flipped = self.negated[number] != self.negated[at]
            yield f"echo-{'flipped' if flipped else 'same'}"
            yield f"echo-{self.told[at][0].stance}"


def _of_cue(found: Attribution) -> Iterator[str]:
    cue, entry = found.cue, found.entry
    stance = entry.stance if entry is not None else "none"
    yield f"cue={stance}"
    if found.inner:
        yield "inner"
    if cue is None:
        return
    lemma = cue.lemma_.lower()
    yield f"lemma={lemma}"
    yield f"said={stance == 'asserts' and (entry is None or entry.group == 'speech')}"
    for name in ("replying", "insisting", "faulting", "refusing", "allowing", "thanking", "warning"):
        if lemma in words(name):
            yield f"cue-{name}"
    helpers = {t.lemma_.lower() for t in children(cue, "aux")}
    if is_negated(cue):
        yield "cue-negated"
        yield f"cue-negated={stance}"
    if helpers & MODALS:
        yield "cue-modal"
    if is_passive(cue):
        yield "cue-passive"
    if entry is not None:
        yield f"cue-object={bool(children(cue, 'obj', 'iobj'))}"
        yield f"cue-group={entry.group}"
    following = cue.nbor(1).lower_ if cue.i + 1 < len(cue.doc) else ""
    if following in OPENERS:
        yield f"lemma={lemma}+{following}"
        yield f"follows={following}"


def _of_content(doc: Doc, found: Attribution) -> Iterator[str]:
    said = said_tokens(doc, found)
    alphas = [t for t in said if t.is_alpha or t.text in ("n't", "n’t")]
    if not alphas:
        return
    low = [t.lower_ for t in alphas]
    stance = found.entry.stance if found.entry is not None else "none"
    plain = stance in CLAIMS
    first = alphas[1] if low[0] == "that" and len(alphas) > 1 else alphas[0]
    yield f"first={first.lower_}"
    yield f"first-pos={first.tag_}"
    if low[0] in OPENERS:
        yield f"opens={low[0]}/{stance}"
    if low[0] in QUESTIONS:
        yield "asks"
    yield from (name for name, mark in (("question", "?"), ("exclaims", "!")) if any(t.text == mark for t in said))
    verb = next((t for t in said if t.tag_ in FINITE), None)
    if verb is None:
        yield "no-verb"
        if first.tag_ == "VB":
            yield "imperative"
    else:
        yield from _of_clause(verb, first, plain)
    yield from _of_words(alphas, low, plain)
    yield f"long={min(len(alphas) // 6, 4)}"


def _of_words(alphas: Sequence[Token], low: Sequence[str], plain: bool) -> Iterator[str]:
    """Negators, persons, modals, and words of the lists that tell blame, need, denial or courtesy."""
    lemmas = {form for t in alphas if t.pos_ != "PROPN" for form in (t.lemma_.lower(), t.lower_)}
    for name in ("falsehoods", "wrongs", "needs", "courtesies", "limits", "commitments"):
        if words(name) & lemmas:
            yield name
            yield f"{name}/{plain}"
    negated = [t for t in alphas if t.lower_ in NEGATORS]
    if negated:
        yield "negator"
        if plain:
            yield "plain-negator"
            yield f"negators={min(len(negated), 3)}"
    for name, group in (("first", FIRST), ("second", SECOND)):
        if any(w in group for w in low):
            yield f"{name}-person"
    for modal in {t.lower_ for t in alphas if t.tag_ == "MD"}:
        yield f"modal={modal}"
        if plain:
            yield f"plain-modal={modal}"


def _of_clause(verb: Token, first: Token, plain: bool) -> Iterator[str]:
    head = verb.head if has_dep(verb, "aux", "cop") else verb
    subject = child(head, "nsubj", "csubj")
    who = _word_for(subject)
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


def _word_for(subject: Token | None) -> str:
    if subject is None:
        return "none"
    if subject.pos_ == "PRON":
        return str(subject.lower_)
    return "no" if any(t.lower_ in NEGATORS for t in children(subject, "det")) else str(subject.pos_)


def _of_speaker(found: Attribution, statement: Statement, context: _Context) -> Iterator[str]:
    """Who speaks: a body, a person, somebody unnamed, one who answers for another."""
    speaker = context.speaker(statement)
    kind = speaker.kind if speaker is not None else "nobody"
    yield f"speaker={kind}"
    source = found.source
    if source is None:
        return
    yield f"source={source.pos_}"
    lemma = source.lemma_.lower()
    named = {lemma, *(t.lemma_.lower() for t in children(source, "compound", "appos", "nmod:desc", "flat"))}
    if named & words("representatives"):
        yield "representative"
    if source.pos_ == "NOUN":
        yield f"source-noun={lemma}"
