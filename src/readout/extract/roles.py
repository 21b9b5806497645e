"""Titles, offices and callings that the article gives to persons, with the body they are held in.

Read from the usual frames of English news: before the name ("Finnish Prime Minister Sanna Marin"), beside it
("Marin, the party's leader", "the mayor, Anna Lind,"), by a verb ("Lind was elected president",
"who heads the agency").
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.extract.entities import entity_at, entity_for, mention_span, phrase_end
from readout.extract.tree import char_span, child, children, conjuncts, has_dep, is_negated, preposition, words_at
from readout.knowledge.nations import nation
from readout.knowledge.nouns import honorifics, is_office, is_title, known_form
from readout.schema import Entity, Relation, RelationType, Role

MAX_TITLE = 14
LINKERS = frozenset({"of", "for", "and", "&", "-", "–", "/", "at", "in"})
HEADING = {
    **{"head": "head", "run": "head", "lead": "leader", "chair": "chair", "direct": "director", "found": "founder"},
    **{"oversee": "overseer", "manage": "manager", "command": "commander", "edit": "editor", "own": "owner"},
}
"""Verbs whose subject holds an office, with the noun for it."""
APPOINTING = frozenset(
    {"elect", "appoint", "name", "nominate", "reelect", "re-elect", "choose", "designate", "crown", "install"}
)
SERVING = frozenset({"serve", "work", "act", "become", "remain", "resign"})
BELONGING = frozenset(
    {"member", "senator", "mp", "mep", "lawmaker", "legislator", "fellow", "representative", "activist"}
)
"""Titles whose holder is a member of the body and not employed by it."""


OWNERS = frozenset({"owner", "co-owner", "proprietor"})
PRIOR = frozenset("former ex then acting late incoming outgoing ousted deposed exiled interim".split())
"""Words that stand before the nationality and belong to the title."""


@dataclass
class Title:
    """The words of a title, `[start, end)` in tokens, and its head noun."""

    start: int
    end: int
    head: Token


class Roles:
    """The component `readout_roles`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add roles, and the relations that follow from them, to the persons of `doc._.entities`."""
        names = [(entity, span) for entity in doc._.entities if entity.kind == "person" for span in entity.mentions]
        for entity, span in sorted(names, key=lambda item: item[1]):
            words = words_at(doc, span)
            if words[0].pos_ == "PRON":
                continue
            for title in titles_of(doc, words.start, words.end):
                add_role(doc, entity, title, words.root)
        return doc


@Language.factory("readout_roles")
def make_roles(nlp: Language, name: str) -> Roles:
    """The factory that spaCy calls for `nlp.add_pipe("readout_roles")`."""
    return Roles()


def titles_of(doc: Doc, start: int, end: int) -> Iterator[Title]:
    """The titles given to the person named at tokens `[start, end)`."""
    before = title_before(doc, start)
    if before is not None:
        yield before
    after = title_after(doc, end)
    if after is not None:
        yield after
    root = doc[start:end].root
    yield from titles_beside(root)
    yield from titles_by_verb(root)


def title_before(doc: Doc, start: int) -> Title | None:
    """The title that stands directly before a name, determiner and possessor left out."""
    i = start
    while i > 0 and doc[i - 1].lower_ in honorifics() and not is_title(doc[i - 1].lower_):
        i -= 1
    end = i
    while i > max(0, end - MAX_TITLE) and (_in_title(doc[i - 1]) or _is_article_within(doc, i - 1)):
        i -= 1
    while i < end and (doc[i].lower_ in LINKERS or doc[i].is_punct or not _keeps(doc[i])):
        i += 1
    heads = [t for t in doc[i:end] if is_title(t.lemma_) or is_title(t.lower_)]
    if i >= end or doc[end - 1].lower_ in LINKERS:
        return _shared_title(doc, start)
    if not heads or (heads[-1].i != end - 1 and doc[heads[-1].i + 1].lower_ not in ("of", "for", "-", "and", "&")):
        return _shared_title(doc, start)
    head = heads[-1]
    if head.tag_ in ("NNS", "NNPS") and not _is_coordinated(doc, start):
        return None
    return Title(_with_prior(doc, _after_other_name(doc, i, head)), end, head)


def _with_prior(doc: Doc, start: int) -> int:
    """The start of a title with a "former" before the nationality ("former French president")."""
    i = start
    while i > 0 and i > start - 3 and not _keeps(doc[i - 1]):
        i -= 1
    return i - 1 if 0 < i < start and doc[i - 1].lower_ in PRIOR else start


def _is_article_within(doc: Doc, i: int) -> bool:
    """Whether an article stands inside a title ("President of the Finnish Red Cross")."""
    return doc[i].lower_ == "the" and i > 0 and doc[i - 1].lower_ in ("of", "for")


def _in_title(token: Token) -> bool:
    if token.tag_ == "POS" or token.is_space or token.ent_type_ in ("DATE", "TIME") or entity_is_person(token):
        return False
    return (
        token.pos_ in ("NOUN", "PROPN", "ADJ")
        or token.lower_ in LINKERS
        or (token.tag_ in ("VBN", "VBG") and _is_inside(token))
    )


def entity_is_person(token: Token) -> bool:
    """Whether the token belongs to a person's name."""
    entity = entity_at(token.doc, token)
    return entity is not None and entity.kind == "person"


def _is_inside(participle: Token) -> bool:
    return has_dep(participle, "amod", "compound")


def _keeps(token: Token) -> bool:
    """Whether a word can begin a title: any but a nationality, which is the body it is held in."""
    doc, i = token.doc, token.i
    return not (nation(token.text) or nation(doc[i : i + 2].text) or (i > 0 and nation(doc[i - 1 : i + 1].text)))


def _after_other_name(doc: Doc, start: int, head: Token) -> int:
    """The first word of a title behind what is tied to the words before it ("critics of U.S. President")."""
    for i in range(head.i - 1, start - 1, -1):
        if doc[i].lower_ in ("in", "at", "for", "of", "the") or not _keeps(doc[i]):
            return i + 1
        if doc[i].lower_ in ("and", "&") and entity_at(doc, doc[i - 1]) is not None:
            return i + 1
    return start


def _is_coordinated(doc: Doc, start: int) -> bool:
    return len(conjuncts(doc[start])) > 1 or len(conjuncts(doc[start].head)) > 1


def _shared_title(doc: Doc, start: int) -> Title | None:
    """A title in the plural before the first of several names ("Presidents Biden and Putin")."""
    first = conjuncts(doc[start])[0]
    if first.i >= start or first.i == 0:
        return None
    title = title_before(doc, first.i)
    return title if title is not None and title.head.tag_ in ("NNS", "NNPS") else None


def title_after(doc: Doc, end: int) -> Title | None:
    """The title in an apposition that follows a name, an age between them passed over ("Lind, 45, chief of staff")."""
    i = end
    if (
        i >= len(doc)
        or doc[i].text not in (",", "(", "–", "—", "-")
        or (doc[i].text == "-" and not doc[i - 1].whitespace_)
    ):
        return None
    in_brackets = doc[i].text == "("
    i += 1
    if i + 1 < len(doc) and (doc[i].like_num or doc[i].lower_ == "aged"):
        i += 2 if doc[i].like_num else 3
    limit = min(len(doc), i + MAX_TITLE)
    start = i
    while i < limit and (_in_apposition(doc[i])):
        if doc[i].pos_ == "CCONJ" and i == start:
            return None
        if (
            is_title(doc[i].lemma_)
            and doc[i].tag_ not in ("NNS", "NNPS")
            and not (in_brackets and doc[i].text[0].isupper())
        ):
            return _title_of_noun(doc, start, doc[i])
        i += 1
    return None


def _in_apposition(token: Token) -> bool:
    return not entity_is_person(token) and (
        token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "ADV", "CCONJ")
        or token.tag_ in ("POS", "HYPH", "PRP$", "VBN", "VBG")
        or token.text == "-"
    )


def _title_of_noun(doc: Doc, start: int, head: Token) -> Title | None:
    """The title phrase around a head noun: from its first modifier to its complement."""
    while head.i + 1 < len(doc) and (is_title(doc[head.i + 1].lemma_) and doc[head.i + 1].pos_ in ("NOUN", "PROPN")):
        head = doc[head.i + 1]
    nxt = doc[head.i + 1] if head.i + 1 < len(doc) else None
    if nxt is not None and (entity_is_person(nxt) or nxt.pos_ in ("VERB", "AUX", "PROPN", "NOUN")):
        return None
    for i in range(start, head.i):
        if doc[i].tag_ == "POS" or (
            doc[i].pos_ in ("DET", "PRON", "CCONJ") and i < head.i - 1 and doc[i].lower_ != "and"
        ):
            start = i + 1
    while start < head.i and (doc[start].pos_ == "DET" or not _keeps(doc[start])):
        start += 1
    return Title(start, phrase_end(head), head)


def titles_beside(root: Token) -> Iterator[Title]:
    """Titles in apposition by the tree, the name being either part ("the mayor, Anna Lind")."""
    others = [t.i for t in conjuncts(root)[1:] if entity_is_person(t)]
    nearest = [noun for noun in children(root, "appos") if not any(root.i < other < noun.i for other in others)]
    beside = [t for noun in nearest for t in conjuncts(noun)]
    if has_dep(root, "appos"):
        beside.append(root.head)
    beside += [
        t for t in children(root.head, "nsubj", "nsubj:pass") if has_dep(root, "nsubj") and _is_before_comma(t, root)
    ]
    for noun in beside:
        if noun.pos_ in ("NOUN", "PROPN") and is_title(noun.lemma_) and noun.tag_ not in ("NNS", "NNPS"):
            yield title_at(noun)


def _is_before_comma(noun: Token, name: Token) -> bool:
    """Whether a noun is parted from the name by a comma alone ("the prime minister, Anna Lind said")."""
    return noun.i < name.i - 1 and phrase_end(noun) == name.i - 1 and noun.doc[name.i - 1].text == ","


def title_at(noun: Token) -> Title:
    """The title headed by a noun, by the tree."""
    span = mention_span(noun.doc, noun)
    words = words_at(noun.doc, span)
    start = words.start
    for token in noun.doc[words.start : noun.i]:
        if token.pos_ in ("DET", "PRON") or token.tag_ == "POS" or not _keeps(token):
            start = token.i + 1
    return Title(start, words.end, noun)


def titles_by_verb(root: Token) -> Iterator[Title]:
    """Titles that a clause gives to its subject: a copula, an appointment, the heading of a body."""
    clause = root.head
    if has_dep(root, "nsubj", "nsubj:pass") and not is_negated(clause):
        yield from _titles_of_clause(clause)
    for relative in children(root, "acl", "acl:relcl"):
        if not is_negated(relative):
            yield from _titles_of_clause(relative)


def _titles_of_clause(verb: Token) -> Iterator[Title]:
    if child(verb, "cop") is not None and is_title(verb.lemma_) and verb.pos_ in ("NOUN", "PROPN"):
        if not children(verb, "aux"):
            yield title_at(verb)
        return
    lemma = verb.lemma_.lower()
    if lemma in APPOINTING | SERVING:
        for noun in children(verb, "xcomp", "obj", "obl"):
            marked = preposition(noun)
            if is_title(noun.lemma_) and (marked == "as" or (marked is None and lemma != "act")):
                yield title_at(noun)
    elif lemma in HEADING and (body := child(verb, "obj")) is not None:
        entity = entity_at(verb.doc, body)
        if entity is not None and entity.kind in ("organization", "facility"):
            yield Title(verb.i, verb.i + 1, verb)


def add_role(doc: Doc, entity: Entity, title: Title, name: Token) -> None:
    """Put a role on a person, once for each title and body, with the relation to the body.

    A nationality before a calling ("Finnish painter") is no employer.
    """
    body = organization_of(doc, title) or _after_name(doc, title, name)
    if body is not None and entity.country is None:
        entity.country = body.country
    if body is not None and (body.id == entity.id or (nation(body.name) and not is_office(title.head.lemma_))):
        body = None
    verbal = HEADING.get(title.head.lemma_.lower()) if title.head.pos_ == "VERB" else None
    words = verbal or _wording(doc, title)
    same = [role for role in entity.roles if role.title.lower() == words.lower()]
    if any(body is None or role.organization == body.id for role in same):
        return
    span = char_span(doc, title.start, title.end)
    role = Role(title=words, organization=body.id if body else None, span=span)
    entity.roles = [*(r for r in entity.roles if r not in same or r.organization), role]
    if body is not None:
        _belong(entity, role, body, title.head)


def _belong(entity: Entity, role: Role, body: Entity, head: Token) -> None:
    """The relation that goes with a role, once; a thing is its owner's."""
    if known_form(head, OWNERS):
        if not any(r.to == entity.id for r in body.relations):
            body.relations = [*body.relations, Relation(type="owned_by", to=entity.id, span=role.span)]
        return
    kind: RelationType = "member_of" if known_form(head, BELONGING) else "works_for"
    if not any(r.type == kind and r.to == body.id for r in entity.relations):
        entity.relations = [*entity.relations, Relation(type=kind, to=body.id, span=role.span)]


def settle(doc: Doc) -> None:
    """Give roles held in something named by a pronoun ("its chairman, Anna Lind") their body, after coreference."""
    for entity in doc._.entities:
        for role in entity.roles:
            heads = [t for t in words_at(doc, role.span) if is_title(t.lemma_)] if role.organization is None else []
            owner = child(heads[-1], "nmod:poss") if heads else None
            body = entity_at(doc, owner) if owner is not None and owner.pos_ == "PRON" else None
            if body is not None and body.id != entity.id and _is_body(body):
                role.organization = body.id
                _belong(entity, role, body, heads[-1])


def _wording(doc: Doc, title: Title) -> str:
    """The title's words on one line, without the nationality behind "former"."""
    if doc[title.start].lower_ not in PRIOR:
        return " ".join(doc[title.start : title.end].text.split())
    return " ".join(token.text for token in doc[title.start : title.end] if _keeps(token) and not token.is_space)


def organization_of(doc: Doc, title: Title) -> Entity | None:
    """The body in which a title is held: its complement, a name within it, its possessor, a nationality before it."""
    head = title.head
    if head.pos_ == "VERB":
        body = child(head, "obj")
        return entity_for(doc, body) if body is not None else None
    for noun in children(head, "nmod"):
        if preposition(noun) in ("of", "for", "at", "in", "to", "with", "on") and noun.i < head.i + MAX_TITLE:
            found = _body(doc, noun)
            if found is not None:
                return found
    inside = [e for t in reversed(doc[title.start : title.end]) if (e := entity_at(doc, t)) and _is_body(e)]
    owner = child(head, "nmod:poss")
    if inside:
        return inside[0]
    if owner is not None and owner.pos_ != "PRON":
        return _body(doc, owner)
    return _before(doc, title.start)


def _after_name(doc: Doc, title: Title, name: Token) -> Entity | None:
    """The body named after the holder ("President Anna Lind of Norway")."""
    if title.start > name.i:
        return None
    bodies = [_body(doc, t) for t in children(name, "nmod") if preposition(t) == "of"]
    return next((body for body in bodies if body is not None), None)


def _before(doc: Doc, start: int) -> Entity | None:
    """The body named directly before the title ("Finnish", "Russia's")."""
    i = start - 1
    while i >= 0 and (doc[i].tag_ == "POS" or doc[i].lower_ in ("'s", "’s")):
        i -= 1
    entity = entity_at(doc, doc[i]) if i >= 0 and doc[i].pos_ in ("PROPN", "ADJ", "NOUN") else None
    return entity if entity is not None and _is_body(entity) else None


def _body(doc: Doc, noun: Token) -> Entity | None:
    """The body that a noun names or describes; a bare noun ("secretary of state") is part of the title."""
    described = bool(children(noun, "det", "nmod:poss", "amod"))
    entity = entity_for(doc, noun) if described else entity_at(doc, noun)
    return entity if entity is not None and _is_body(entity) else None


def _is_body(entity: Entity) -> bool:
    return entity.kind in ("organization", "facility", "place") or (entity.kind == "group" and entity.country is None)
