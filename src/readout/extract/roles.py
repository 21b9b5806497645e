"""Titles, offices and callings that the article gives to persons, with the body they are held in.

Read from the usual frames of English news: before the name ("Finnish Prime Minister Sanna Marin"), beside it
("Marin, the party's leader", "the mayor, Anna Lind,"), by a verb ("Lind was elected president",
"who heads the agency").
"""

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.extract.entities import add_entity, add_mention, description, entity_at, entity_for, mention_span
from readout.extract.titles import HEADING, MAX_TITLE, PRIOR, Title, keeps, object_of, titles_beside, titles_of
from readout.extract.tree import char_span, child, children, has_dep, preposition, words_at
from readout.knowledge.nations import nation
from readout.knowledge.nouns import is_office, is_portfolio, is_title, kind_of_word, known_form
from readout.schema import Entity, Relation, RelationType, Role

SERVICES = frozenset({"guard", "police", "army", "navy", "force", "military"})
BELONGING = frozenset(
    {"member", "senator", "mp", "mep", "lawmaker", "legislator", "fellow", "representative", "activist"}
)
"""Titles whose holder is a member of the body and not employed by it."""
OWNERS = frozenset({"owner", "co-owner", "proprietor"})


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
            for title in titles_beside(words.root, words.start, words.end):
                add_mention(entity, mention_span(doc, title.head))
        return doc


@Language.factory("readout_roles")
def make_roles(nlp: Language, name: str) -> Roles:
    """The factory that spaCy calls for `nlp.add_pipe("readout_roles")`."""
    return Roles()


def add_role(doc: Doc, entity: Entity, title: Title, name: Token) -> None:
    """Put a role on a person, once for each title and body, with the relation to the body.

    A nationality before a calling ("Finnish painter") is no employer.
    """
    body = organization_of(doc, title) or _after_name(doc, title, name)
    if body is not None and entity.country is None:
        entity.country = body.country
    if body is not None and (body.id == entity.id or (nation(body.name) and not is_office(title.head.lemma_))):
        body = None
    verbal = HEADING.get(known_form(title.head, HEADING) or "") if title.head.pos_ == "VERB" else None
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
    """Give roles held in something named by a pronoun ("its chairman, Anna Lind") their body, after coreference.

    A minister named with no country is one of the country that the sentences just before are about.
    """
    countries = _countries(doc)
    for entity in doc._.entities:
        if len(entity.roles) == 1 and entity.roles[0].organization is None and entity.kind == "person":
            country = _country_in_view(doc, entity.roles[0], countries)
            if country is not None:
                entity.roles[0].organization = country.id
                _belong(entity, entity.roles[0], country, words_at(doc, entity.roles[0].span)[-1])
    for entity in doc._.entities:
        for role in entity.roles:
            heads = [t for t in words_at(doc, role.span) if is_title(t.lemma_)] if role.organization is None else []
            owner = child(heads[-1], "nmod:poss") if heads else None
            body = entity_at(doc, owner) if owner is not None and owner.pos_ == "PRON" else None
            if body is not None and body.id != entity.id and _is_body(body):
                role.organization = body.id
                _belong(entity, role, body, heads[-1])


def _countries(doc: Doc) -> list[tuple[int, bool, Entity]]:
    """Where whole countries are named: token, whether as a subject or possessor, and the country."""
    found = []
    for entity in doc._.entities:
        named = nation(entity.name) if entity.kind == "place" else None
        if named is not None and not named.is_part:
            roots = [words_at(doc, span).root for span in entity.mentions]
            found += [(root.i, has_dep(root, "nsubj", "nsubj:pass", "nmod:poss"), entity) for root in roots]
    return sorted(found, key=lambda item: item[0])


def _country_in_view(doc: Doc, role: Role, countries: list[tuple[int, bool, Entity]]) -> Entity | None:
    """The country of a minister: the only one named in this sentence and two before, or the only subject there."""
    words = role.title.lower().split()
    if "minister" not in words or words_at(doc, role.span)[-1].lower_ != "minister" or not role.title[0].isupper():
        return None
    place = words_at(doc, role.span)
    start = place.sent.start
    for _ in range(2):
        start = doc[start - 1].sent.start if start else 0
    near = [item for item in countries if start <= item[0] < place.start]
    acting = {entity.id: entity for _, acts, entity in near if acts}
    named = {entity.id: entity for _, _, entity in near}
    only = acting if len(acting) == 1 else named
    return next(iter(only.values())) if len(only) == 1 else None


def _complement(doc: Doc, head: Token, *prepositions: str) -> Entity | None:
    """The body in the title's complement ("minister of ...", "professor at ...")."""
    phrases = [t for t in children(head, "nmod") if preposition(t) in prepositions and t.i < head.i + MAX_TITLE]
    phrases = [t for t in phrases if not is_portfolio(t.lower_)]
    bodies = [(t, body) for t in phrases if (body := _body(doc, t)) is not None]
    return next((body for t, body in bodies if body.kind != "place" or preposition(t) not in ("in", "at")), None)


def _service(doc: Doc, title: Title) -> Entity | None:
    """A body named by a common noun within the title ("coast guard spokesman")."""
    nouns = [t for t in doc[title.start : title.end] if t.pos_ == "NOUN" and has_dep(t, "compound")]
    bodies = [
        t for t in nouns if t.lower_ in SERVICES or (kind_of_word(t) == "organization" and not is_title(t.lemma_))
    ]
    if not bodies:
        return None
    known = entity_at(doc, bodies[-1]) or _named_so(doc, bodies[-1])
    span = mention_span(doc, bodies[-1])
    return known or add_entity(doc, "organization", description(doc, span), [span])


def _named_so(doc: Doc, noun: Token) -> Entity | None:
    """The one body of the article whose name ends in the noun ("union secretary", of the "Dockers Union")."""
    named = [e for e in doc._.entities if e.kind == "organization" and e.name.lower().endswith(" " + noun.lower_)]
    return named[0] if len(named) == 1 else None


def _wording(doc: Doc, title: Title) -> str:
    """The title's words on one line, without the nationality behind "former"."""
    if doc[title.start].lower_ not in PRIOR:
        return " ".join(doc[title.start : title.end].text.split())
    return " ".join(token.text for token in doc[title.start : title.end] if keeps(token) and not token.is_space)


def organization_of(doc: Doc, title: Title) -> Entity | None:
    """The body in which a title is held: its complement, a name within it, its possessor, a nationality before it."""
    head = title.head
    if head.pos_ == "VERB":
        body = object_of(head)
        return entity_for(doc, body) if body is not None else None
    found = _complement(doc, head, "of", "for", "to", "on")
    inside = [e for t in reversed(doc[title.start : title.end]) if (e := entity_at(doc, t)) and _is_body(e)]
    owner = child(head, "nmod:poss")
    if found is not None or inside:
        return found or inside[0]
    if owner is not None and owner.pos_ != "PRON":
        return _body(doc, owner)
    found = _complement(doc, head, "at", "in", "with") or _service(doc, title)
    if found is not None:
        return found
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
    described = noun.pos_ == "PROPN" or bool(children(noun, "det", "nmod:poss", "amod"))
    entity = entity_for(doc, noun) if described else entity_at(doc, noun)
    return entity if entity is not None and _is_body(entity) else None


def _is_body(entity: Entity) -> bool:
    return entity.kind in ("organization", "facility", "place") or (entity.kind == "group" and entity.country is None)
