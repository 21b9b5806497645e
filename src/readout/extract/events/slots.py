"""Who and what stands around a trigger: the slots of its clause or noun phrase, read off the UD tree.

Voice, control, raising, relative clauses, coordination and light verbs are undone here, so that a condition or frame
of the lexicon speaks of `subj` and `obj` as in a plain active clause (https://universaldependencies.org/u/dep/).
"""

from collections import defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Token

from readout.extract import tree
from readout.extract.events.kinds import is_actor, kinds
from readout.extract.events.lexicon import Condition, belongs, lemma_of

UNDER = frozenset({"under", "subject to", "on", "in"})
MODIFIERS = ("compound", "amod", "nmod:unmarked", "nmod:desc")
SPEAKERS_OWN = frozenset({"it", "they"})
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
    if token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and tree.has_dep(token, *tree.CLAUSES, "conj")):
        _fill_clause(slots, token)
    else:
        _fill_phrase(slots, token)
    return slots


# ---------------------------------------------------------------- clauses


def _fill_clause(slots: Slots, verb: Token) -> None:
    passive = _is_passive(verb)
    subject = subject_of(verb)
    slots.add("obj" if passive else "subj", subject)
    if passive:
        slots.fillers["passive"].append(verb)
        slots.add("subj", tree.agent(verb))
    slots.add("obj", *(_referent(t) for t in tree.children(verb, "obj")), _gap(verb, passive))
    slots.add("iobj", *tree.children(verb, "iobj"))
    if not slots.get("obj"):
        slots.add("obj", *tree.children(verb, "iobj"), *_raised_objects(verb))
    slots.fillers["neg"] += [verb] if tree.is_negated(verb) else []
    slots.fillers["aux"] += tree.children(verb, "aux")
    slots.fillers["comp"] += [_meaning(t) for t in tree.children(verb, "xcomp", "ccomp")]
    slots.fillers["inf"] += [t for t in tree.children(verb, "xcomp", "ccomp", "advcl") if _has_to(t)]
    slots.fillers["prt"] += tree.children(verb, "compound:prt")
    slots.fillers["mod"] += tree.children(verb, "advmod", "compound", "compound:prt", "amod")
    _fill_prepositions(slots, verb, "obl")
    for noun in tree.children(verb, "obj"):
        _fill_prepositions(slots, noun, "nmod", skip="of")
        slots.fillers["comp"] += [t for t in tree.children(noun, "amod") if t.i > noun.i]


def _has_to(verb: Token) -> bool:
    return verb.tag_ != "VBG" and any(mark.lower_ == "to" for mark in tree.children(verb, "mark"))


def _fill_prepositions(slots: Slots, head: Token, relation: str, skip: str = "") -> None:
    for nominal in tree.children(head, relation):
        phrase = tree.preposition(nominal)
        if not phrase or not phrase.strip() or phrase == skip or tree.has_dep(nominal, "obl:agent"):
            continue
        for name in {phrase, phrase.split()[0], phrase.split()[-1]}:
            slots.add(name, _referent(nominal))
    for gerund in tree.children(head, "advcl", "acl", "ccomp"):
        if gerund.tag_ == "VBG" and (mark := tree.child(gerund, "mark", "case")) is not None:
            slots.fillers[mark.lower_].append(gerund)


def _raised_objects(verb: Token) -> list[Token]:
    """The subject of an infinite complement is the verb's object: "urged them to leave", "accused them of lying"."""
    infinite = [
        t for t in tree.children(verb, "xcomp", "ccomp") if t.tag_ in ("VB", "VBG") and not tree.children(t, "aux")
    ]
    return [subject for t in infinite if (subject := tree.child(t, "nsubj")) is not None]


def _meaning(predicate: Token) -> Token:
    """The verb that a complement is about, below "be able to" and the like."""
    for _ in range(3):
        lower = tree.child(predicate, "xcomp")
        if lower is None or lemma_of(predicate) not in ("be", "able", "continue", "begin", "start", "go", "try"):
            break
        predicate = lower
    return predicate


def _is_passive(verb: Token) -> bool:
    if tree.is_passive(verb):
        return True
    shares = tree.has_dep(verb, "conj") and verb.tag_ == "VBN" and not tree.children(verb, "nsubj", "aux")
    return shares and verb.head.tag_ == "VBN" and tree.is_passive(verb.head)


def subject_of(verb: Token) -> Token | None:
    """Who is understood to do (or, in the passive, undergo) what the verb says."""
    if (controller := _blamed(verb)) is not None:
        return controller
    found = tree.subject(verb)
    if found is None:
        return None
    noun = _likeliest(tree.children(verb, "nsubj"), found[0])
    if noun.lower_ in SPEAKERS_OWN and (speaker := _reporting_subject(verb)) is not None and not is_actor(noun):
        return speaker
    if (
        tree.has_dep(verb, "acl")
        and noun.i == verb.head.i
        and not tree.has_dep(verb, "acl:relcl")
        and _is_infinite(verb)
    ):
        return _owner(noun)
    return _referent(noun)


def _blamed(verb: Token) -> Token | None:
    """Who does what the gerund says in "accused the army of torturing", "the army was accused of torturing"."""
    upper = tree.governor(verb)
    if upper is None or verb.tag_ != "VBG" or not belongs(lemma_of(upper), "BLAMING") or tree.child(verb, "nsubj"):
        return None
    if not any(t.lower_ in ("of", "for", "from", "against") for t in tree.children(verb, "mark", "case")):
        return None
    passive = tree.child(upper, "nsubj:pass")
    return passive if passive is not None else tree.child(upper, "obj", "iobj")


def _reporting_subject(verb: Token) -> Token | None:
    """Who says it: "it" in "the ministry says it will not accept" is the ministry, where nothing else is known."""
    speech = verb.head if tree.has_dep(verb, "ccomp") else None
    return tree.child(speech, "nsubj") if speech is not None and belongs(lemma_of(speech), "SPEECH") else None


def _likeliest(subjects: list[Token], first: Token) -> Token:
    """Of several subjects ("which ministers criticised", "they today reject": a parser's slip), one that acts."""
    return next((t for t in subjects if is_actor(t)), first) if len(subjects) > 1 else first


def _is_infinite(verb: Token) -> bool:
    return any(mark.lower_ in ("to", "of", "for", "in", "at", "on") for mark in tree.children(verb, "mark", "case"))


def _owner(noun: Token) -> Token | None:
    """Whose plan, attempt or policy it is: the possessor, a phrase with "by" or "of", or the subject of the verb."""
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return _referent(owner)
    for nominal in tree.children(noun, "nmod", "compound", "amod"):
        if (tree.preposition(nominal) in ("by", "of") or tree.has_dep(nominal, "compound", "amod")) and is_actor(
            nominal
        ):
            return nominal
    verb = tree.governor(noun)
    if verb is not None and verb.pos_ == "VERB" and tree.has_dep(noun, "obj"):
        return subject_of(verb) if not _is_passive(verb) else tree.agent(verb)
    return None


def _gap(verb: Token, passive: bool) -> Token | None:
    """The noun that a relative clause without object is about ("the deal that he signed", "the deal he signed")."""
    if passive or not tree.has_dep(verb, "acl:relcl") or tree.child(verb, "obj") is not None:
        return None
    subject = tree.child(verb, "nsubj")
    if subject is None or tree.is_relative_pronoun(subject):
        return None
    return tree.governor(verb)


def _referent(nominal: Token) -> Token:
    """The noun that a relative pronoun stands for; any other word is itself."""
    if not tree.is_relative_pronoun(nominal) or nominal.pos_ == "NOUN":
        return nominal
    noun = tree.antecedent(tree.clause_head(nominal))
    return noun if noun is not None else nominal


# ---------------------------------------------------------------- noun phrases


def _fill_phrase(slots: Slots, noun: Token) -> None:
    slots.add("poss", *(_referent(t) for t in tree.children(noun, "nmod:poss")))
    for modifier in tree.children(noun, *MODIFIERS, "nummod"):
        slots.fillers["mod"].append(modifier)
        if is_actor(modifier) and (modifier.pos_ != "ADJ" or modifier.is_title):
            slots.add("nat", modifier)
    _fill_prepositions(slots, noun, "nmod")
    _fill_prepositions(slots, noun, "obl")
    slots.fillers["comp"] += tree.children(noun, "acl")
    slots.fillers["case"] += tree.children(noun, "case")
    _fill_carrier(slots, noun)


def _fill_carrier(slots: Slots, noun: Token) -> None:
    """Lend the slots of the verb that carries a nominal trigger: "hold talks", "face sanctions", "talks began"."""
    if tree.child(noun, "cop") is not None:
        _fill_copula(slots, noun)
        return
    verb = tree.governor(_first_conjunct(noun))
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return
    lemma = lemma_of(verb)
    clause = Slots(verb)
    if tree.has_dep(_first_conjunct(noun), "obj", "nsubj:pass"):
        _fill_clause(clause, verb)
        if belongs(lemma, "SUFFER"):
            slots.undergone = True
            slots.add("undergoer", *clause.get("subj"))
        elif belongs(lemma, "LIGHT"):
            slots.add("subj", *(() if slots.get("poss", "nat", "by") else clause.get("subj")))
            slots.add("iobj", *clause.get("iobj"))
        else:
            return
    elif tree.has_dep(_first_conjunct(noun), "nsubj") and belongs(lemma, "OCCUR"):
        _fill_clause(clause, verb)
    elif _is_under(noun) and lemma in ("come", "put", "place", "remain", "be", "live", "hold"):
        _fill_clause(clause, verb)
        slots.undergone = True
        slots.add("undergoer", *clause.get("obj" if _is_passive(verb) or clause.get("obj") else "subj"))
    else:
        return
    slots.carrier = verb
    for name in clause.fillers.keys() - {
        "subj",
        "obj",
        "iobj",
        "comp",
        "inf",
        "prt",
        "mod",
        "neg",
        "aux",
        "passive",
        "self",
    }:
        slots.add(name, *(t for t in clause.get(name) if t.i != noun.i))


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
    return tree.conjuncts(noun)[0] if tree.has_dep(noun, "conj") else noun
