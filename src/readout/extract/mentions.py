"""The mentions that coreference puts together, and the clusters it puts them into."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from readout.extract.entities import entity_at, guess_kind, head_of_span, is_plural, mention_span, tokens_of
from readout.extract.tree import base, child, children, conjuncts, has_dep, tokens_span, words_at
from readout.knowledge.nouns import Gender, gender_of_name, gender_of_noun, is_title, kind_of_noun
from readout.schema import Entity, EntityKind
from readout.schema import Span as CharSpan

MentionType = Literal["name", "pronoun", "nominal", "coordination"]
PRONOUNS: dict[str, tuple[Gender | None, str]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("m", "he")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("f", "she")),
    **dict.fromkeys(("it", "its", "itself"), (None, "it")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), (None, "they")),
}
"""Third person pronouns with gender and subject form."""
TIME_NOUNS = frozenset(
    "second minute hour day week month year decade century time morning evening night today date".split()
    + "monday tuesday wednesday thursday friday saturday sunday january february march april may june july".split()
    + "august september october november december".split()
)
WITHIN_PHRASE = frozenset("compound flat fixed goeswith nmod:unmarked obl:unmarked nmod:desc".split())
"""Relations of nouns that head no phrase of their own."""
RANKS = frozenset({"vice", "deputy", "assistant", "shadow", "prime", "acting"})
MAX_COORDINATION = 25
"""Words between the first and the last member."""


@dataclass(eq=False)
class Mention:
    """One place where something is referred to."""

    head: Token
    type: MentionType
    span: CharSpan
    entity: Entity | None = None
    sentence: int = 0
    paragraph: int = 0
    quoted: bool = False
    determiner: str = ""
    modifiers: frozenset[str] = frozenset()
    bodies: dict[str, set[str]] = field(default_factory=dict)
    """The entities that modify the head ("the agency's president"), with the modifying words."""
    countries: set[str] = field(default_factory=set)
    """The countries of adjectives and possessors ("the Finnish president"), ISO 3166-1 alpha-3."""

    lemma: str = field(init=False)
    title: str = ""
    """The title that a description may stand for."""
    kind: EntityKind | None = field(init=False)
    """The kind of thing that the noun names."""
    role: str = field(init=False)
    """The grammatical role, coarsely."""
    is_plural: bool = field(init=False)
    """Whether it refers to several by its form."""

    def __post_init__(self) -> None:
        self.lemma = self.head.lemma_.lower()
        self.kind = kind_of_noun(self.lemma)
        self.role = _role(self.head)
        they = self.type == "pronoun" and PRONOUNS[self.head.lower_][1] == "they"
        self.is_plural = they or self.type == "coordination" or (self.type != "pronoun" and is_plural(self.head))


def _role(head: Token) -> str:
    if head.dep_ == "nmod:poss":
        return "poss"
    dep = base(head.dep_)
    return dep if dep in ("nsubj", "obj", "obl", "nmod", "conj", "appos") else "other"


@dataclass(eq=False)
class Cluster:
    """What is so far known of one referent."""

    mentions: list[Mention] = field(default_factory=list)
    entity: Entity | None = None
    kind: str | None = None
    gender: Gender | None = None
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    name_words: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    is_plural: bool | None = None
    """The number of the latest description."""
    bodies: set[str] = field(default_factory=set)
    """Ids of the entities in which the person holds a title."""

    @property
    def last(self) -> Mention:
        """The latest mention."""
        return self.mentions[-1]

    def add(self, mention: Mention) -> None:
        """Take a mention in, with what it tells."""
        self.mentions.append(mention)
        if mention.type == "pronoun":
            self.gender = self.gender or PRONOUNS[mention.head.lower_][0]
            return
        self.words |= mention.modifiers
        self.words.add(mention.lemma)
        if mention.type != "name":
            self.is_plural = mention.is_plural
        if mention.type == "nominal":
            self.heads.add(mention.lemma)
            self.gender = self.gender or gender_of_noun(mention.lemma)
            self.kind = self.kind or guess_kind(mention.head)
        if mention.type == "coordination":
            self.kind = "group"
        if mention.entity is not None and self.entity is None:
            self._learn(mention.entity)

    def _learn(self, entity: Entity) -> None:
        self.entity, self.kind = entity, entity.kind
        self.name_words = set(entity.name.lower().split())
        self.words |= self.name_words
        if entity.kind == "person":
            self.gender = self.gender or gender_of_name(entity.name)
        for role in entity.roles:
            words = [word.strip(",.").lower() for word in role.title.split()]
            self.titles |= {ranked(word, words) for word in words if is_title(word)}
            self.words |= set(words)
            self.gender = self.gender or next((g for word in words if (g := gender_of_noun(word))), None)
            self.bodies |= {role.organization} if role.organization else set()
        self.bodies |= {relation.to for relation in entity.relations}


def ranked(noun: str, modifiers: Iterable[str]) -> str:
    """A title's head noun with its rank ("vice president"), so that the deputy is not taken for the holder."""
    return " ".join([*sorted(RANKS.intersection(modifiers)), noun])


def mentions_of(doc: Doc) -> list[Mention]:
    """All mentions of a Doc in text order: names, third person pronouns, noun phrases, coordinations of these."""
    named = _name_heads(doc)
    spans = [span for _, span in named.values()] + [role.span for entity in doc._.entities for role in entity.roles]
    covered = {token.i for span in spans for token in words_at(doc, span)}
    found = [Mention(doc[i], "name", span, entity) for i, (entity, span) in named.items()]
    for token in tokens_of(doc, "POS", "PRON", "NOUN", "PROPN"):
        if token.pos_ == "PRON":
            if token.lower_ in PRONOUNS:
                found.append(Mention(token, "pronoun", tokens_span([token])))
        elif token.i not in covered and _is_nominal(token):
            found.append(Mention(token, "nominal", mention_span(doc, token)))
    heads = {mention.head.i for mention in found}
    found += [both for mention in found if (both := _coordination(mention, heads)) is not None]
    found.sort(key=lambda m: (m.head.i, m.type == "coordination"))
    _locate(doc, found)
    return found


def _name_heads(doc: Doc) -> dict[int, tuple[Entity, CharSpan]]:
    heads: dict[int, tuple[Entity, CharSpan]] = {}
    for entity in doc._.entities:
        for span in entity.mentions:
            head = head_of_span(doc, span)
            if head is not None:
                heads.setdefault(head.i, (entity, span))
    return heads


def _is_nominal(token: Token) -> bool:
    dep = token.dep_
    within = dep in WITHIN_PHRASE or base(dep) in WITHIN_PHRASE
    return not (within or token.lemma_.lower() in TIME_NOUNS or token.ent_type_ in ("DATE", "TIME"))


def _coordination(mention: Mention, heads: set[int]) -> Mention | None:
    """The whole of "A and B", whose first member is the mention."""
    if mention.type == "pronoun" or has_dep(mention.head, "conj") or child(mention.head, "conj") is None:
        return None
    members = [t for t in conjuncts(mention.head) if t.i in heads]
    if len(members) < 2 or not any(t.lower_ in ("and", "&") for m in members for t in children(m, "cc")):
        return None
    if members[-1].i - mention.head.i > MAX_COORDINATION or any(
        t.pos_ in ("VERB", "AUX") for t in mention.head.doc[mention.head.i : members[-1].i]
    ):
        return None
    last = mention_span(mention.head.doc, members[-1])
    return Mention(mention.head, "coordination", type(last)(mention.span[0], last[1]))


def _locate(doc: Doc, mentions: Iterable[Mention]) -> None:
    """Tell each mention its sentence, its paragraph, whether it is quoted, and what modifies its head."""
    sentence_of, paragraph_of, quoted = _places(doc)
    for mention in mentions:
        i = mention.head.i
        mention.sentence, mention.paragraph, mention.quoted = sentence_of[i], paragraph_of[i], quoted[i]
        parts = [(t, dep if (dep := t.dep_) == "nmod:poss" else base(dep)) for t in mention.head.children]
        mention.determiner = next((_determiner(t) for t, dep in parts if dep in ("det", "nmod:poss")), "")
        if mention.type == "nominal":
            _learn_owners(mention, parts)
        mention.modifiers = frozenset(t.lemma_.lower() for t, dep in parts if dep in ("amod", "compound", "nummod"))
        mention.title = ranked(mention.lemma, mention.modifiers)


def _learn_owners(mention: Mention, parts: list[tuple[Token, str]]) -> None:
    """The bodies and countries that modify the head."""
    for token, dep in parts:
        if dep not in ("amod", "compound", "nmod:poss", "nmod"):
            continue
        entity = entity_at(token.doc, token)
        if entity is None:
            continue
        if token.pos_ != "PRON":
            mention.bodies.setdefault(entity.id, set()).add(token.lemma_.lower())
        if dep != "nmod" and entity.country and entity.kind == "place":
            mention.countries.add(entity.country)


def _determiner(token: Token) -> str:
    if has_dep(token, "nmod:poss"):
        return "possessive"
    word = token.lower_
    if word in ("this", "that", "these", "those"):
        return "demonstrative"
    return "the" if word in ("the", "both") else "indefinite"


def _places(doc: Doc) -> tuple[list[int], list[int], list[bool]]:
    sentences, paragraphs, quoted = [], [], []
    sentence = paragraph = 0
    inside = False
    for token in doc:
        if token.is_sent_start and token.i:
            sentence += 1
        if token.is_space and "\n" in token.text:
            paragraph, inside = paragraph + 1, False
        if token.text in ('"', "“", "”", "''", "``"):
            inside = token.text in ("“", "``") or (token.text == '"' and not inside)
        sentences.append(sentence)
        paragraphs.append(paragraph)
        quoted.append(inside)
    return sentences, paragraphs, quoted
