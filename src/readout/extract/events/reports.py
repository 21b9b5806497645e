"""Finding the words that report events: triggers of the lexicon whose conditions hold and whose actors are there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc, Token

from readout.extract import tree
from readout.extract.events.content import ABSORBING, without_content
from readout.extract.events.kinds import is_actor, kinds, parties
from readout.extract.events.lexicon import Trigger, belongs, is_trigger, lemma_of, senses_of, triggers
from readout.extract.events.seen import Seen, seen_events, trigger_of
from readout.extract.events.sides import meant, struck, undergoing
from readout.extract.events.slots import Slots, slots_of
from readout.extract.events.speech import (
    OBLIGATION,
    is_announced,
    is_refusal,
    is_ultimatum,
    obliging_speaker,
    speaker_of,
)
from readout.extract.events.understood import is_condition, named_by
from readout.knowledge.codebook import codebook
from readout.schema import _Span

PARTS_OF_SPEECH = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a"}
SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
FORCEFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST"})
MATERIAL = frozenset({"CRAFT", "WEAPON", "ARMS", "ATTACK", "FORCE"})
DIRECTED = ("iobj", "to", "against", "toward", "towards", "for")  # whom an act is for or against, whatever the verb
BESIDE = frozenset({"subj", "mod", "prt", "comp", "poss", "by", "nat"})
"""Slots whose words do not complete a verb."""
ANAPHORIC = frozenset({"the", "this", "that", "these", "those", "both"})


class Party(NamedTuple):
    """Somebody who takes part: the word for whom, and the head of the phrase that fills the slot.

    Both are the same but for "criticised the court's ruling": "court" takes part, "ruling" fills the slot.
    """

    head: Token
    filler: Token


@dataclass(eq=False)
class Report:
    """One mention of an event: its trigger, and the head words in its slots."""

    trigger: Trigger
    token: Token
    slots: Slots
    part_of: "Report | None" = None
    """The report of whose content this is a part, if it is one."""
    seen: Seen | None = None
    """What the encoder makes of the trigger."""
    is_learned: bool = False
    """Whether the encoder alone took the word for a trigger."""
    anaphoric: bool = False
    """Nobody is named beside the noun: it can only take up an event told before ("the meeting")."""

    @cached_property
    def type(self) -> str:
        """The PLOVER type: that of the trigger; but to say that one will use force, or act unless, is to threaten, and
        to say that one will not do something for others is to refuse it."""
        if self.trigger.type in codebook().refused_as and not self.is_nominal and is_refusal(self.token):
            return codebook().refused_as[self.trigger.type]
        if self.is_learned:
            return self.trigger.type
        threat = self.trigger.type in FORCEFUL and is_announced(self.token)
        return "THREATEN" if threat or (self.trigger.pos == "v" and is_ultimatum(self.token)) else self.trigger.type

    @property
    def mode(self) -> str | None:
        """The PLOVER mode, where it belongs to the type: as it is seen, or by the user's own sense of the word."""
        if self.type != self.trigger.type:
            return None
        return self.trigger.mode if self.seen is None or self.trigger.is_own else self.seen.mode

    @property
    def predicate(self) -> Token:
        """The word whose tense, mood and negation hold for the event."""
        return self.slots.carrier or self.token

    @property
    def is_certain(self) -> bool:
        """Whether the lexicon goes by certain words beside the trigger, and these are there; or by "must"."""
        named = self.trigger.names_words or self.trigger is OBLIGATION
        return named and all(self.slots.meets(condition) for condition in self.trigger.when)

    @cached_property
    def completing(self) -> list[Token]:
        """The nouns that a sense of a verb names and that tell the event with it: "alert" of "put on alert"."""
        if self.trigger.pos != "v" or not self.is_certain or self.trigger is OBLIGATION:
            return []
        asked = [c for c in self.trigger.when if not c.absent and not set(c.slots) & BESIDE]
        found = (t for c in asked for t in self.slots.get(*c.slots) if lemma_of(t) in c.values)
        return [t for t in found if t.pos_ == "NOUN"]

    @property
    def is_nominal(self) -> bool:
        """Whether a noun reports the event."""
        return self.trigger.pos == "n"

    def actors(self) -> list[Party]:
        """Those who act."""
        names = [s for s in self.trigger.actors if not (self.slots.undergone and s.startswith("subj"))]
        seen = self.seen.actors if self.seen is not None else []
        return self._told(self._acting(*names), [t for t in seen if not self._befalls(t)])

    def _befalls(self, side: Token) -> bool:
        """Whether grammar says that somebody undergoes it; forces that are moved act all the same."""
        passive = bool(self.slots.get("passive")) and tree.object_of(self.predicate) is None
        return passive and self.type != "MOBILIZE" and side in self.slots.get("obj")

    def recipients(self) -> list[Party]:
        """Those acted on."""
        own = self._acting(*self.trigger.recipients, "undergoer") or self._named_in_content() or self._beside()
        seen = self.seen.recipients if self.seen is not None and not self._is_mutual() else []
        own = self._told(own, [t for t in seen if not self._is_elsewhere(t)])
        acting = {party.head.i for party in self.actors()}
        own = undergoing(self, [party for party in own if party.head.i not in acting])
        return own or [Party(thing, thing) for thing in struck(self)]

    def _is_elsewhere(self, side: Token) -> bool:
        """Whether a word is of a clause above the verb's own, or beside it ("met him after they had signed")."""
        here = self.predicate
        if here.pos_ != "VERB" or not tree.children(here, "nsubj", "nsubj:pass"):
            return False
        above = tree.ancestors(side)
        clause = next((t for t in above if t.pos_ == "VERB"), None)
        return clause is not None and here.i not in {t.i for t in (clause, *tree.ancestors(clause))}

    def _told(self, own: list[Party], seen: Iterable[Token]) -> list[Party]:
        """Whom grammar names or else the encoder; the other way round for a trigger that the lexicon lacks."""
        fillers = dict.fromkeys(named_by(t) for t in seen)
        named = [Party(head, filler) for filler in fillers for head in parties(filler) or [filler]]
        return (named or own) if self.is_learned and self.is_nominal else (own or named)

    def _is_mutual(self) -> bool:
        """Whether all sides of the frame act alike and more than one is named ("discussed Libya with the envoy")."""
        return not self.trigger.recipients and not self.is_learned and len(self.actors()) > 1

    def _beside(self) -> list[Party]:
        """Whom a phrase with a preposition of direction names, where the verb's frame says nothing of recipients."""
        if self.is_nominal or not (self.trigger.recipients or self.is_learned):
            return []
        return self._acting(*DIRECTED)

    def _named_in_content(self) -> list[Party]:
        """Whom the content names: who is to do or undergo what is demanded or refused, who is accused of doing it, and
        against whom people march ("demanded that the army leave", "marched to demand that the minister resign")."""
        if self.is_nominal or self.type not in ABSORBING | {"ACCUSE", "PROTEST"}:
            return []
        for complement in self._contents():
            found = [Party(head, filler) for filler in self._meant(complement) for head in parties(filler)]
            if found:
                return found
        return []

    def _meant(self, complement: Token) -> list[Token]:
        """Whom a content means: of others' acts, who does them; of what people protest at, whose doing it is."""
        of_others = self.type in ("REQUEST", "ACCUSE") or tree.has_dep(complement, "advcl")
        subject = tree.child(complement, "nsubj")
        if (
            self.type == "THREATEN" and subject is not None
        ):  # "warned that rebels would be shot", but not "that it would"
            of_others = of_others or subject.pos_ != "PRON"
        if of_others and subject is not None:
            return [subject]
        slots = slots_of(complement)
        if self.type == "PROTEST" and not tree.has_dep(complement, "advcl"):
            return slots.get("poss", "by", "nat", "against")
        return meant(slots)

    def _contents(self) -> list[Token]:
        """The clauses that say what is demanded, refused, charged; for a protest, those that say what it is about."""
        if self.type == "PROTEST":
            topics = [t for t in self.slots.get("over", "about", "at", "for") if not is_actor(t)]
            aims = [t for t in tree.children(self.predicate, "advcl") if t.tag_ in ("VB", "VBG")]
            return [*aims, *topics]
        found = [t for t in self.slots.get("comp", "inf", "to") if t.pos_ == "VERB"]
        if self.type == "THREATEN" and tree.has_dep(self.predicate, "parataxis"):  # "rebels face a trial, he warned"
            found.append(self.predicate.head)
        if self.type in ("REJECT", "THREATEN"):  # "will not leave until the army does"
            found += [t for t in tree.children(self.predicate, "advcl") if is_condition(t)]
        if self.type == "REQUEST":  # "called for sanctions against the junta"
            found += [t for t in self.slots.get("for") if t.pos_ == "NOUN" and not is_actor(t)]
        return [t for t in found if tree.has_dep(t, "ccomp")] if self.type == "ACCUSE" else found

    def _acting(self, *names: str) -> list[Party]:
        """Who fills slots; of slots written "a|b" the first that is filled counts."""
        filled = [next((s for s in name.split("|") if self.slots.fillers.get(s)), name) for name in names]
        fillers = [t for t in self.slots.get(*filled) if t.i != self.token.i]
        found = {head.i: Party(head, filler) for filler in reversed(fillers) for head in parties(filler)}
        return [found[i] for i in sorted(found) if i != self.token.i]


def reports(doc: Doc) -> list[Report]:
    """Every mention of an event in a text, in text order.

    Args:
        doc: a Doc with tree and, if possible, entities.

    Returns:
        Reports; those that merely restate the content of another ("refused to meet": no meeting) are left out.
    """
    found = lexical_reports(doc)
    if doc._.happening is not None:
        found = _weighed(doc, found)
    return without_content(found)


def lexical_reports(doc: Doc) -> list[Report]:
    """What the lexicon alone takes for reports, in text order."""
    return [report for token in _candidates(doc) if (report := report_at(token)) is not None]


def _weighed(doc: Doc, found: list[Report]) -> list[Report]:
    """What the layer takes for reports, of the type that it sees, and the user's own; frames are the lexicon's."""
    by_token = {report.token.i: report for report in found}
    kept = {report.token.i: report for report in found if report.trigger.is_own}
    for i, seen in seen_events(doc, by_token):
        report = by_token.get(i)
        if i not in kept and (report is None or report.type != seen.type) and seen.type in codebook().types:
            bare = report is not None and report.anaphoric
            report = Report(_sense(doc[i], seen), doc[i], slots_of(doc[i]), is_learned=True, anaphoric=bare)
        if report is not None:
            report.seen = seen
            kept[i] = report
    return [kept[i] for i in sorted(kept)]


def _sense(token: Token, seen: Seen) -> Trigger:
    """The lexicon's sense of the type that is seen, whatever its conditions, for its frame; else the usual frame."""
    usual = trigger_of(token, seen)
    own = (s for s in senses_of(token) if s.type == seen.type and (s.pos == "n") == (usual.pos == "n"))
    return next(own, usual)


def _candidates(doc: Doc) -> list[Token]:
    """The words that the lexicon knows or that "must" obliges, outside the sentences that tell a match."""
    strings, must = doc.vocab.strings, doc.vocab.strings["must"]
    words = [(lemma, form) for lemma, form in doc.to_array([LEMMA, LOWER]).tolist()]
    known = {word for word in set(words) if is_trigger(strings[word[0]], strings[word[1]])}
    found = {i for i, word in enumerate(words) if word in known}
    found |= {doc[i].head.i for i, (_, form) in enumerate(words) if form == must}
    matches = _matches(doc)
    return [doc[i] for i in sorted(found) if not (matches and doc[i].sent.start in matches)]


def _matches(doc: Doc) -> set[int]:
    """Where the sentences begin that tell a match: those with a score and a word of sport."""
    sentences = [tree.words_at(doc, _Span(*score.span())).sent for score in SCORE.finditer(doc.text)]
    return {s.start for s in sentences if any(belongs(lemma_of(t), "SPORT") for t in s)}


def report_at(token: Token) -> Report | None:
    """What the word at a token reports, if anything."""
    for pos in _parts_of_speech(token):
        if obliging_speaker(token) is not None:
            return _obligation(token)
        senses = triggers().get((lemma_of(token), pos)) or triggers().get((token.lower_, pos), ())
        if not senses:
            continue
        slots = slots_of(token)
        if pos == "a":
            slots = slots.beside("speaker", speaker_of(token))
        sense = next((s for s in senses if all(slots.meets(c) for c in s.when)), None)
        if sense is not None and sense.is_event:
            return _admitted(Report(sense, token, slots))
        if sense is None and pos == "n":
            return _taken_up(senses, token, slots)
    return _obligation(token)


def _parts_of_speech(token: Token) -> Iterator[str]:
    if token.pos_ == "ADJ" and tree.has_dep(token, "case") and tree.child(token.head, "cop") is not None:
        yield "a"
        return
    if token.ent_type_ or tree.has_dep(token, "compound", "flat", "aux", "cop", "case", "mark"):
        return
    pos = PARTS_OF_SPEECH.get(token.pos_)
    if pos == "n" or (pos == "v" and not tree.has_dep(token, "amod")):
        yield pos
    elif pos == "a" and not tree.has_dep(token, "amod"):
        yield "a"
        yield "v"


def _obligation(verb: Token) -> Report | None:
    """ "The minister said rebels must disarm" is a demand, whatever the verb."""
    speaker = obliging_speaker(verb)
    if speaker is None:
        return None
    report = Report(OBLIGATION, verb, slots_of(verb).beside("speaker", speaker))
    return report if report.actors() and report.recipients() else None


def _admitted(report: Report) -> Report | None:
    """The report if somebody acts or is acted on in it; a bare definite noun waits for an event to take up."""
    if not report.is_nominal:
        return report if _verb_has_actors(report) else None
    if report.actors() or report.recipients() or _has_place(report) or belongs(lemma_of(report.token), "INTRINSIC"):
        return report
    report.anaphoric = True
    return report if is_anaphoric(report.token) else None


def _taken_up(senses: tuple[Trigger, ...], token: Token, slots: Slots) -> Report | None:
    events = [sense for sense in senses if sense.is_event]
    sense = next((s for s in events if s.mode is None), events[0] if events else None)
    if sense is None:
        return None
    if belongs(lemma_of(token), "INTRINSIC"):
        return Report(sense, token, slots)
    return Report(sense, token, slots, anaphoric=True) if is_anaphoric(token) else None


def is_anaphoric(noun: Token) -> bool:
    """Whether a noun refers back: "the visit", "this attack", "his trip", "Wednesday's summit"."""
    return any(t.lower_ in ANAPHORIC for t in tree.children(noun, "det")) or bool(tree.children(noun, "nmod:poss"))


def _has_place(report: Report) -> bool:
    return any("PLACE" in kinds(t) for t in report.slots.get("in", "at", "near", *report.trigger.places))


def _verb_has_actors(report: Report) -> bool:
    """An active verb needs a subject that acts, a passive one any party, unless its sense says otherwise."""
    subjects = report.slots.get("subj")
    if any(s.startswith("subj") for s in report.trigger.actors) and subjects:
        acting = any(is_actor(t) or not MATERIAL.isdisjoint(kinds(t)) for t in subjects)
        speaking = any(parties(t) for t in subjects if "UTTERANCE" in kinds(t))
        return acting or speaking or _asks_for(report, "subj")
    if report.slots.get("passive") or not subjects:
        has_party = bool(report.recipients() or report.actors())
        return has_party or (bool(report.slots.get("passive")) and _asks_for(report, "obj"))
    return bool(report.recipients()) or _asks_for(report, "subj")


def _asks_for(report: Report, slot: str) -> bool:
    return any(slot in c.slots and c.values and not c.absent for c in report.trigger.when)
