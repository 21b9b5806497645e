"""Who is under sanctions by the article's own words: "which is under U.S. sanctions", "the EU blacklisted the bank".

Only what stands is taken: neither plans and threats, nor denials, nor sanctions lifted.
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.extract.entities import entity_at, entity_for, phrase_end, tokens_of
from readout.extract.tree import (
    antecedent,
    char_span,
    child,
    children,
    conjuncts,
    has_dep,
    is_negated,
    is_passive,
    is_root,
    object_of,
    preposition,
    subject,
)  # fmt: skip
from readout.knowledge.nouns import known_form
from readout.schema import Entity, Screening
from readout.schema import Span as CharSpan

SANCTION_NOUNS = frozenset({"sanction", "blacklist", "embargo", "asset-freeze"})
LIST_NOUNS = frozenset({"list", "blacklist", "register"})
SANCTION_VERBS = frozenset({"sanction", "blacklist", "embargo"})
IMPOSING = frozenset(
    {"impose", "slap", "place", "put", "levy", "announce", "issue", "introduce", "apply", "adopt", "approve"}
)
LISTING = frozenset({"add", "include", "put", "place", "list", "name", "designate", "appear"})
STRIKING = frozenset({"hit", "slap", "target", "punish", "strike"})
BARRING = frozenset({"bar", "ban", "prohibit", "forbid", "freeze"})
BEARING = frozenset({"face", "incur", "suffer"})
MODALS = frozenset({"may", "might", "could", "would", "will", "should", "can", "must", "shall", "'ll", "’ll"})
PLANNING = frozenset(
    "plan threaten consider propose urge ask call want seek prepare intend demand vow lift ease remove suspend".split()
    + "refuse decline fail avoid evade circumvent deny delist unfreeze revoke cancel oppose reject discuss".split()
    + "debate weigh hope end waive drop".split()
)
"""Governing verbs under which no sanction is in force (yet, or any more)."""
WORD_CLASSES = ("VERB", "NOUN", "PROPN", "ADJ", "AUX")
TRIGGERS = SANCTION_VERBS | SANCTION_NOUNS | BARRING | LIST_NOUNS
MAX_LISTED = 50
AIMING = frozenset({"target", "hit", "name", "punish", "designate"})
TARGETS = ("person", "organization", "facility", "place", "group", "equipment")


class Screenings:
    """The component `readout_screenings`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add to `doc._.screenings` what the article itself states."""
        seen = {(s.entity, s.stated) for s in doc._.screenings}
        for token in tokens_of(doc, "POS", *WORD_CLASSES):
            if known_form(token, TRIGGERS) is None:
                continue
            for entity, span in stated_at(doc, token):
                if (entity.id, span) not in seen:
                    seen.add((entity.id, span))
                    doc._.screenings.append(Screening(entity=entity.id, match=True, stated=span))
        return doc


@Language.factory("readout_screenings")
def make_screenings(nlp: Language, name: str) -> Screenings:
    """The factory that spaCy calls for `nlp.add_pipe("readout_screenings")`."""
    return Screenings()


def stated_at(doc: Doc, token: Token) -> Iterator[tuple[Entity, CharSpan]]:
    """Who is stated to be under sanctions by a word, and the words that say so."""
    lemma = token.lemma_.lower()
    found: list[tuple[Token, tuple[int, int]]] = []
    if known_form(token, SANCTION_VERBS) and token.pos_ in ("VERB", "ADJ", "AUX"):
        found = list(_by_verb(token))
    elif token.pos_ in ("NOUN", "PROPN") and (known_form(token, SANCTION_NOUNS) or _is_freeze(token)):
        found = list(_by_noun(token))
    if known_form(token, BARRING) and token.pos_ == "VERB" and is_in_force(token):
        found += list(_by_bar(token))
    if lemma in LIST_NOUNS and token.pos_ == "NOUN" and _is_sanctions_list(token):
        found += list(_by_list(token))
    for target, (start, end) in found:
        for member in _members(target):
            entity = entity_for(doc, member, "organization" if member.text[0].isupper() else None)
            if entity is not None and entity.kind in TARGETS:
                yield entity, char_span(doc, start, end)


def _is_freeze(noun: Token) -> bool:
    """Whether the noun is "asset freeze" or "travel ban"."""
    return any(t.lemma_.lower() in ("asset", "travel") for t in children(noun, "compound")) and (
        known_form(noun, ("freeze", "ban")) is not None
    )


def _members(target: Token) -> list[Token]:
    """All who are listed with a target, also where the tree takes the next of a list for an apposition."""
    members = conjuncts(target)
    for member in members:
        if member.pos_ == "PROPN":
            listed = [t for t in children(member, "appos") if t.pos_ == "PROPN"]
            members += [t for name in listed for t in conjuncts(name) if t not in members and t.i > member.i]
    return members[:MAX_LISTED]


def _by_verb(verb: Token) -> Iterator[tuple[Token, tuple[int, int]]]:
    """ "The Treasury sanctioned the bank", "was sanctioned by the EU", "the sanctioned bank"."""
    if not is_in_force(verb):
        return
    start = min([verb.i, *(t.i for t in children(verb, "aux", "aux:pass"))])
    if verb.dep_ == "amod" and verb.tag_ == "VBN":
        yield verb.head, (verb.i, verb.i + 1)
    elif is_passive(verb):
        target = antecedent(verb) if verb.dep_.startswith("acl") else None
        found = subject(verb)
        noun = target if target is not None else found[0] if found else None
        agents = [t for t in children(verb, "obl", "obl:agent") if preposition(t) == "by"]
        if noun is not None:
            yield noun, (start, max([verb.i, *(t.right_edge.i for t in agents[:1])]) + 1)
    elif (target := object_of(verb)) is not None:
        yield target, (start, phrase_end(target))
        for example in children(target, "nmod"):
            if preposition(example) == "including":
                yield example, (start, phrase_end(target))


def _by_noun(noun: Token) -> Iterator[tuple[Token, tuple[int, int]]]:
    """ "is under sanctions", "imposed sanctions on the bank", "faces U.S. sanctions", "subject to sanctions"."""
    marker = preposition(noun)
    governor = noun.head
    if marker in ("under", "to") and is_in_force(noun) and (marker == "under" or governor.lemma_ == "subject"):
        yield from _borne(noun)
        return
    if known_form(governor, BEARING) and has_dep(noun, "obj") and is_in_force(governor):
        found = subject(governor)
        if found is not None:
            yield found[0], (governor.i, noun.i + 1)
    if marker == "with" and known_form(governor, STRIKING) and is_in_force(governor):
        found = subject(governor)
        target = found[0] if found and is_passive(governor) else object_of(governor)
        if target is not None:
            yield target, (governor.i, noun.i + 1)
    if not has_dep(noun, "conj") and _is_stated(noun):
        yield from _aimed_at(noun)
    if has_dep(noun, "conj"):
        noun, governor = conjuncts(noun)[0], conjuncts(noun)[0].head
    phrases = [t for n in conjuncts(noun) for t in children(n, "nmod")]
    phrases += children(governor, "obl") if has_dep(noun, "obj", "nsubj") else []
    imposed = bool(known_form(governor, IMPOSING)) and is_in_force(governor)
    for phrase in phrases:
        if imposed and preposition(phrase) in ("on", "against", "upon") and phrase.i > noun.i:
            yield phrase, (min(governor.i, noun.left_edge.i), phrase_end(phrase))
            yield from _listed_after(noun, phrase)


def _is_stated(noun: Token) -> bool:
    """Whether the sanctions spoken of are in force: under no verb of planning, lifting or denial."""
    governor = noun.head
    return not known_form(governor, PLANNING) and is_in_force(noun if is_root(noun) else governor)


def _aimed_at(noun: Token) -> Iterator[tuple[Token, tuple[int, int]]]:
    """ "sanctions targeting the bank", "sanctions that hit the bank", "the bank, named in the sanctions"."""
    for verb in children(noun, "acl"):
        target = object_of(verb)
        if target is not None and known_form(verb, AIMING) and not is_negated(verb) and not is_passive(verb):
            yield target, (noun.i, phrase_end(target))
    verb = noun.head
    if preposition(noun) == "in" and known_form(verb, ("name", "list", "include")) and verb.pos_ == "VERB":
        found = subject(verb)
        if found is not None and is_passive(verb):
            yield found[0], (verb.i, noun.i + 1)


def _borne(noun: Token) -> Iterator[tuple[Token, tuple[int, int]]]:
    """Who is "under sanctions": the subject of the copula, or the noun that the phrase stands with."""
    case = child(noun, "case")
    start = case.i if case is not None else noun.i
    end = max(phrase_end(noun), noun.i + 1)
    if noun.head.lemma_ == "subject":
        noun, start = noun.head, noun.head.i
    bearer: Token | None = None
    if has_dep(noun, "nmod", "acl"):
        bearer = noun.head
    if child(noun, "cop") is not None or bearer is None:
        found = subject(noun if child(noun, "cop") is not None or has_dep(noun, "acl", "root", "conj") else noun.head)
        bearer = found[0] if found else bearer
    bearer = _before_which(noun) or bearer
    if bearer is not None:
        yield bearer, (start, end)


def _before_which(noun: Token) -> Token | None:
    """The noun in front of ", which is under sanctions", wherever the tree hangs that clause."""
    pronoun = child(noun, "nsubj")
    if pronoun is None or pronoun.lower_ not in ("which", "who") or pronoun.i < 2 or pronoun.nbor(-1).text != ",":
        return None
    before = pronoun.nbor(-2)
    return before if before.pos_ in ("NOUN", "PROPN") else None


def _by_bar(verb: Token) -> Iterator[tuple[Token, tuple[int, int]]]:
    """ "bars citizens from dealings with the bank", "froze the assets of the bank"."""
    found = subject(verb) if is_passive(verb) else None
    thing = found[0] if found else object_of(verb)
    if known_form(verb, ("freeze",)):
        if thing is not None and known_form(thing, ("asset", "account", "property")):
            for owner in children(thing, "nmod:poss", "nmod"):
                if has_dep(owner, "nmod:poss") or preposition(owner) in ("of", "belonging to"):
                    ends = (phrase_end(thing), phrase_end(owner), verb.i + 1)
                    yield owner, (min(verb.i, owner.left_edge.i), max(ends))
        return
    barred = [t for t in children(verb, "obl") if preposition(t) == "from"] + ([thing] if thing is not None else [])
    for dealings in barred:
        if known_form(dealings, ("dealing", "business", "transaction", "trade")):
            for partner in (*children(dealings, "nmod"), *children(verb, "obl")):
                if preposition(partner) == "with":
                    yield partner, (min(verb.i, dealings.left_edge.i), max(phrase_end(partner), verb.i + 1))


def _listed_after(noun: Token, phrase: Token) -> Iterator[tuple[Token, tuple[int, int]]]:
    """Those that the next sentence lists ("These targets include A and B")."""
    doc = noun.doc
    end = noun.sent.end
    if end >= len(doc):
        return
    following = doc[end].sent
    verb = following.root
    listed = object_of(verb) if known_form(verb, ("include", "comprise")) else None
    head = child(verb, "nsubj")
    if (
        listed is None
        or head is None
        or not any(t.lower_ in ("these", "those", "the", "they") for t in [head, *children(head, "det")])
    ):
        return
    for member in conjuncts(listed):
        if entity_at(doc, member) is not None:
            yield member, (noun.left_edge.i, phrase.i + 1)


def _is_sanctions_list(noun: Token) -> bool:
    modifiers = [t.lemma_.lower() for t in children(noun, "compound", "amod", "nmod")]
    return noun.lemma_.lower() == "blacklist" or bool({"sanction", "sanctions", "sdn", "denied"} & set(modifiers))


def _by_list(noun: Token) -> Iterator[tuple[Token, tuple[int, int]]]:
    """ "was added to the sanctions list", "put the bank on its blacklist", "is on the sanctions list"."""
    if preposition(noun) not in ("to", "on", "onto", "in") and child(noun, "cop") is None:
        return
    verb = noun if child(noun, "cop") is not None else noun.head
    if not is_in_force(verb) or not (verb is noun or known_form(verb, LISTING) or verb.lemma_ == "be"):
        return
    target = object_of(verb)
    found = subject(verb)
    if target is None or is_passive(verb):
        target = found[0] if found else None
    if target is not None:
        yield target, (min(verb.i, noun.left_edge.i), noun.i + 1)


def is_in_force(word: Token) -> bool:
    """Whether a sanction is stated as standing: not negated, modal, planned, asked for, or lifted."""
    for step in (word, *_upward(word)):
        if is_negated(step) or any(t.lower_ in MODALS for t in children(step, "aux")):
            return False
        if step is not word and known_form(step, PLANNING):
            return False
        if any(t.lower_ in ("if", "unless") for t in children(step, "mark")):
            return False
    marked = children(word, "mark")
    return not any(t.lower_ == "to" for t in marked) or has_dep(word, "acl", "advcl")


def _upward(word: Token) -> Iterator[Token]:
    """The predicates above a word, within its own assertion: not beyond a relative clause or a reporting verb."""
    for _ in range(6):
        if has_dep(word, "acl", "parataxis", "advcl") or is_root(word):
            return
        last = has_dep(word, "ccomp")
        word = word.head
        yield word
        if last:
            return
