"""Who and what stands around a trigger: the slots of its clause or noun phrase, read off the UD tree.

Voice, control, raising, relative clauses, coordination and light verbs are undone here, so that a condition or frame
of the lexicon speaks of `subj` and `obj` as in a plain active clause (https://universaldependencies.org/u/dep/).
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from readout.extract import tree
from readout.extract.events.kinds import is_actor, kinds
from readout.extract.events.lexicon import Condition, belongs, lemma_of
from readout.extract.events.understood import gap, is_passive, meaning, raised_objects, referent, subject_of
from readout.extract.remember import remembered

UNDER = frozenset({"under", "subject to", "on", "in"})
MODIFIERS = ("compound", "amod", "nmod:unmarked", "nmod:desc")
CORE = frozenset("subj obj iobj comp inf prt mod neg aux passive self".split())
MAX_FILLERS = 24


@dataclass
class Slots:
    """The fillers (head words) of each slot, and the light verb that carries a nominal trigger."""

    token: Token
    fillers: dict[str, list[Token]] = field(default_factory=lambda: defaultdict(list))
    carrier: Token | None = None
    undergone: bool = False
    """The carrier's subject undergoes the event ("face sanctions", "is under sanctions")."""

    def add(self, slot: str, *heads: Token | None) -> None:
        """Put head words into a slot, each with what is coordinated with it."""
        for head in heads:
            for token in coordinated(head) if head is not None else ():
                if token not in self.fillers[slot] and len(self.fillers[slot]) < MAX_FILLERS:
                    self.fillers[slot].append(token)

    def beside(self, slot: str, head: Token | None) -> "Slots":
        """The same slots with one more filled."""
        wider = replace(self, fillers=defaultdict(list, {name: [*found] for name, found in self.fillers.items()}))
        wider.add(slot, head)
        return wider

    def get(self, *slots: str) -> list[Token]:
        """The fillers of the slots, in text order."""
        found = {token.i: token for slot in slots for token in self.fillers.get(slot, ())}
        return [found[i] for i in sorted(found)]

    def meets(self, condition: Condition) -> bool:
        """Whether a condition of the lexicon holds."""
        tokens = self.get(*condition.slots, *(("undergoer",) if "subj" in condition.slots else ()))
        if condition.values:
            return any(_is_one_of(token, condition.values) for token in tokens) != condition.absent
        return bool(tokens) != condition.absent


def _is_one_of(token: Token, values: frozenset[str]) -> bool:
    words = {lemma_of(token), token.lower_, *_counted(token)}
    return not values.isdisjoint(words | kinds(token))


def _counted(token: Token) -> list[str]:
    """What a quantity is of: "rounds" for "dozens of rounds"."""
    if not belongs(lemma_of(token), "QUANTITY"):
        return []
    return [lemma_of(t) for t in tree.children(token, "nmod") if tree.preposition(t) == "of"]


def coordinated(head: Token) -> list[Token]:
    """A head word and what is coordinated under it, in text order."""
    found, queue = [head], [head]
    while queue and len(found) < MAX_FILLERS:
        more = [t for t in tree.children(queue.pop(), "conj") if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")]
        found += more
        queue += more
    return sorted(found, key=lambda t: t.i)


@remembered
def slots_of(token: Token) -> Slots:
    """The slots around a verb, noun or adjective.

    Args:
        token: a possible trigger.

    Returns:
        `subj`, `obj`, `iobj`, `comp`, `inf`, `prt`, `mod`, `neg`, `aux`, `passive`, `nat`, `poss`, `case`, `cop`,
        `undergoer`, `self`, and one slot for each preposition.
    """
    slots = Slots(token)
    slots.fillers["self"].append(token)
    if tree.has_dep(token, "case"):  # "is due in Rome", where the parser takes the place for the predicate
        _fill_clause(slots, token.head)
        slots.carrier = token.head
        slots.add("subj", tree.child(token, "nsubj"))
        for mark in tree.children(token.head, "case"):
            slots.add(mark.lower_, token.head)
    elif token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and tree.has_dep(token, *tree.CLAUSES, "conj")):
        _fill_clause(slots, token)
    else:
        _fill_phrase(slots, token)
    return slots


# ---------------------------------------------------------------- clauses


def _fill_clause(slots: Slots, verb: Token) -> None:
    passive = is_passive(verb)
    subject = subject_of(verb)
    below = _by_relation(verb)
    slots.add("obj" if passive else "subj", subject)
    if passive:
        slots.fillers["passive"].append(verb)
        slots.add("subj", tree.agent(verb))
    receiver, things = _objects(below)
    slots.add("obj", *(referent(t) for t in things), gap(verb, passive))
    slots.add("iobj", *receiver)
    if not slots.get("obj"):
        slots.add("obj", *receiver, *raised_objects(verb))
    slots.fillers["neg"] += [verb] if tree.is_negated(verb) else []
    slots.fillers["aux"] += below["aux"]
    slots.fillers["comp"] += [meaning(t) for t in (*below["xcomp"], *below["ccomp"])]
    slots.fillers["inf"] += [t for t in (*below["xcomp"], *below["ccomp"], *below["advcl"]) if _has_to(t)]
    slots.fillers["prt"] += [t for t in below["compound"] if t.dep_ == "compound:prt"]
    slots.fillers["mod"] += [*below["advmod"], *below["compound"], *below["amod"]]
    _fill_prepositions(slots, below, "obl")
    objects = [*below["obj"], *(below["nsubj"] if passive else ())]
    phrases = [*below["obl"], *(t for noun in objects for t in tree.children(noun, "nmod"))]
    slots.add("against", *(t for p in phrases for t in tree.children(p, "nmod") if tree.preposition(t) == "against"))
    for noun in objects:
        beside = _by_relation(noun)
        _fill_prepositions(slots, beside, "nmod", skip="of")
        slots.fillers["comp"] += [t for t in beside["amod"] if t.i > noun.i]


def _by_relation(head: Token) -> dict[str, list[Token]]:
    """The dependents in text order by their relation without subtype, in one walk."""
    found: dict[str, list[Token]] = defaultdict(list)
    for i, _, relation in tree.dependents(head):
        found[relation].append(head.doc[i])
    return found


def _objects(below: dict[str, list[Token]]) -> tuple[list[Token], list[Token]]:
    """Indirect and direct objects; of two direct ones the first receives ("lend Kazakhstan 400 million euros")."""
    receivers, things = below["iobj"], below["obj"]
    if not receivers and len(things) > 1 and is_actor(things[0]) and not is_actor(things[1]):
        return things[:1], things[1:]
    return receivers, things


def _has_to(verb: Token) -> bool:
    return verb.tag_ != "VBG" and any(mark.lower_ == "to" for mark in tree.children(verb, "mark"))


def _fill_prepositions(slots: Slots, below: dict[str, list[Token]], relation: str, skip: str = "") -> None:
    for nominal in below[relation]:
        phrase = tree.preposition(nominal)
        if not phrase or not phrase.strip() or phrase == skip or tree.has_dep(nominal, "obl:agent"):
            continue
        for name in {phrase, phrase.split()[0], phrase.split()[-1]}:
            slots.add(name, referent(nominal))
    for gerund in (*below["advcl"], *below["acl"], *below["ccomp"]):
        if gerund.tag_ == "VBG" and (mark := tree.child(gerund, "mark", "case")) is not None:
            slots.fillers[mark.lower_].append(gerund)


# ---------------------------------------------------------------- noun phrases


def _fill_phrase(slots: Slots, noun: Token) -> None:
    slots.add("poss", *(referent(t) for t in tree.children(noun, "nmod:poss")))
    for modifier in tree.children(noun, *MODIFIERS, "nummod"):
        slots.fillers["mod"].append(modifier)
        if is_actor(modifier) and (modifier.pos_ != "ADJ" or modifier.is_title):
            slots.add("nat", modifier)
    below = _by_relation(noun)
    _fill_prepositions(slots, below, "nmod")
    _fill_prepositions(slots, below, "obl")
    slots.fillers["comp"] += below["acl"]
    slots.fillers["case"] += below["case"]
    _fill_carrier(slots, noun)


def _fill_carrier(slots: Slots, noun: Token) -> None:
    """Lend the slots of the verb that carries a nominal trigger: "hold talks", "face sanctions", "talks began"."""
    if tree.child(noun, "cop") is not None:
        _fill_copula(slots, noun)
        return
    first = _first_conjunct(noun)
    verb = tree.governor(first)
    if verb is None or not (verb.pos_ in ("VERB", "AUX") or belongs(lemma_of(verb), "SCHEDULE")):
        return
    clause = Slots(verb)
    _fill_clause(clause, verb)
    if tree.has_dep(first, "obj", "nsubj:pass"):
        carries = _fill_from_object(slots, clause)
    elif _is_under(noun) and belongs(lemma_of(verb), "STAY"):
        carries = slots.undergone = True
        slots.add("undergoer", *(clause.get("obj") or clause.get("subj")))
    else:
        carries = tree.has_dep(first, "nsubj") and belongs(lemma_of(verb), "OCCUR")
    if not carries and tree.has_dep(first, "nsubj"):
        carries = belongs(lemma_of(verb), "SCHEDULE") and (verb.pos_ == "ADJ" or is_passive(verb))
    if carries:
        slots.carrier = verb
        for name in clause.fillers.keys() - CORE:
            slots.add(name, *(t for t in clause.get(name) if t.i != noun.i))


def _fill_from_object(slots: Slots, clause: Slots) -> bool:
    """Take subject or undergoer from a light verb of which the noun is the object; false for any other verb."""
    lemma = lemma_of(clause.token)
    if belongs(lemma, "SUFFER"):
        slots.undergone = True
        slots.add("undergoer", *clause.get("subj"))
    elif belongs(lemma, "LIGHT"):
        slots.add("subj", *(() if slots.get("poss", "nat", "by") else clause.get("subj")))
        slots.add("iobj", *clause.get("iobj"))
    else:
        return False
    return True


def _fill_copula(slots: Slots, noun: Token) -> None:
    subject = subject_of(noun)
    slots.add("cop", subject)
    slots.carrier = noun
    if _is_under(noun):
        slots.undergone = True
        slots.add("undergoer", subject)


def _is_under(noun: Token) -> bool:
    return tree.preposition(noun) in UNDER


def _first_conjunct(noun: Token) -> Token:
    """The first of coordinated nouns; for what is counted ("two rounds of talks"), the noun that counts it."""
    upper = noun.head
    if tree.has_dep(noun, "nmod") and tree.preposition(noun) == "of" and belongs(lemma_of(upper), "QUANTITY"):
        noun = upper
    return tree.conjuncts(noun)[0] if tree.has_dep(noun, "conj") else noun
