"""The mentions of an article as a table: one row for each phrase that may refer to something, one column a property.

Everything is numbers in arrays, so that pairs of mentions are compared thousands at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from readout.extract.coreference.words import (
    ANY,
    DETERMINERS,
    GENDERS,
    HUMAN,
    INDEFINITE,
    NEUTER,
    POSSESSED,
    PRONOUNS,
    SPEECH,
    TIME_NOUNS,
)
from readout.extract.tree import base
from readout.knowledge.nouns import gender_of_name, gender_of_noun, is_title, kind_of_word
from readout.schema import Entity

Ints = NDArray[np.int64]
TYPES = ("pronoun", "name", "nominal", "coordination")
KINDS = ("", "person", "organization", "place", "facility", "equipment", "group", "work", "time")
ROLES = ("other", "nsubj", "passive", "obj", "obl", "nmod", "poss", "conj", "root", "agent")
WITHIN_PHRASE = frozenset("compound flat fixed goeswith nmod:unmarked nmod:desc".split())
"""Relations of nouns that head no phrase of their own, if they are no names."""
MODIFIERS = frozenset("amod compound nummod flat nmod:desc nmod:poss".split())
PERSON = KINDS.index("person")
ROOT = ROLES.index("root")
GENDER_OF_KIND = {"": ANY, "person": HUMAN, "group": ANY}
"""All other kinds are neither."""
COLUMNS = (
    "heads last entity type pronoun person gender number kind determiner role governor lemma speaks start title".split()
)
PLAIN = len(COLUMNS)
MAX_MODIFIERS = 6
MAX_COORDINATION = 25
"""Words between the first and the last member."""


@dataclass(eq=False)
class Mentions:
    """The mentions in the order of their heads, a coordination after its first member.

    All columns are integers; -1 or 0 stands for "not known" where a property may be.
    """

    doc: Doc
    heads: Ints
    last: Ints
    """The head of a coordination's last member, else -1."""
    entity: Ints
    """The place of a name's entity in `entities`, else -1."""
    entities: list[Entity]
    type: Ints
    pronoun: Ints
    """Which pronoun (`PRONOUNS`), 0 for none."""
    person: Ints
    """Grammatical person of a pronoun, else 3."""
    gender: Ints
    """What it may be, as bits: 1 male, 2 female, 4 neither (`words.ANY` where nothing is known)."""
    number: Ints
    """0 not known, 1 one, 2 several."""
    kind: Ints
    determiner: Ints
    role: Ints
    sentence: Ints
    paragraph: Ints
    quote: Ints
    """The number of the quotation that the head stands in, 0 outside."""
    governor: Ints
    """The token that the head depends on."""
    lemma: Ints
    """A number for the head's lemma."""
    modifiers: Ints
    """Numbers of the lemmas that modify the head, -1 where there are fewer than the columns."""
    speaks: Ints
    """Whether it is the subject of a verb of speech."""
    frequency: Ints
    """How many mentions the article has of this lemma or entity."""
    reflexive: Ints
    """Whether it is "himself" or the like."""
    start: Ints
    """First token of the head's subtree."""
    title: Ints
    """Whether the head is a title or office, or the entity bears one of that name."""

    def __len__(self) -> int:
        return len(self.heads)


@lru_cache(maxsize=4_000)
def _relation(dep: str) -> tuple[int, bool, bool]:
    """A relation's role, whether its dependents head no phrase, and whether they modify their head."""
    simple = base(dep)
    special = {"nsubj:pass": "passive", "nmod:poss": "poss", "obl:agent": "agent"}
    role = special.get(dep, simple)
    return (
        ROLES.index(role) if role in ROLES else 0,
        dep in WITHIN_PHRASE or simple in WITHIN_PHRASE,
        dep in MODIFIERS or simple in MODIFIERS,
    )


def mentions_of(doc: Doc) -> Mentions:
    """All mentions of a Doc that has tags and a tree; names are those of `doc._.entities`."""
    return _Reader(doc).table()


class _Reader:
    """Reads one Doc; keeps what is asked of every token."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        strings = doc.vocab.strings
        columns = doc.to_array(["POS", "DEP", "TAG", "LEMMA", "LOWER"])
        pos, dep, tag, lemma, lower = columns.T if len(doc) else np.zeros((5, 0), dtype=np.uint64)
        self.pos = _decoded(pos, strings.__getitem__)
        self.deps = _decoded(dep, strings.__getitem__)
        self.tag = _decoded(tag, strings.__getitem__)
        self.lower = _decoded(lower, strings.__getitem__)
        self.lemmas = _decoded(lemma, lambda value: strings[value].lower())
        self.head = (np.arange(len(doc)) + doc.to_array("HEAD").astype(np.int64)).tolist() if len(doc) else []
        self.relations = [_relation(d) for d in self.deps]
        self.numbers: dict[str, int] = {}
        self.known: dict[int, tuple[int, int, int, int]] = {}

    def number(self, word: str) -> int:
        """A number for a word, the same throughout the article."""
        return self.numbers.setdefault(word, len(self.numbers))

    def table(self) -> Mentions:
        self.names = self._names()
        self.below = self._modifiers()
        rows = [self._row(i) for i in range(len(self.doc)) if self._is_head(i)]
        rows += self._coordinations({row[0] for row in rows})
        rows.sort(key=lambda row: (row[0], row[1]))
        table = np.array(rows, dtype=np.int64).reshape(-1, PLAIN + MAX_MODIFIERS)
        column = dict(zip(COLUMNS, table[:, :PLAIN].T, strict=True))
        places = {name: value[column["heads"]] for name, value in self._places().items()}
        same = np.where(column["entity"] >= 0, column["entity"], len(self.entities) + column["lemma"])
        frequency = np.bincount(same, minlength=1)[same]
        return Mentions(
            doc=self.doc,
            entities=self.entities,
            modifiers=table[:, PLAIN:],
            frequency=frequency,
            reflexive=self._reflexive(column["heads"]),
            **column,
            **places,
        )

    def _reflexive(self, heads: Ints) -> Ints:
        return np.array([self.lower[i].endswith(("self", "selves")) for i in heads.tolist()], dtype=np.int64)

    def _names(self) -> dict[int, int]:
        """The entity of each head of a name."""
        self.entities: list[Entity] = list(self.doc._.entities)
        heads: dict[int, int] = {}
        self.within: set[int] = set()
        starts = {t.idx: t.i for t in self.doc}
        for number, entity in enumerate(self.entities):
            for start, end in entity.mentions:
                i = starts.get(start)
                if i is not None:
                    heads.setdefault(self._top(i, end), number)
        return heads

    def _top(self, i: int, end: int) -> int:
        """The head of the words from a token up to a character."""
        first, stop = i, i
        while stop < len(self.doc) and self.doc[stop].idx < end:
            stop += 1
        self.within.update(range(first, stop))
        for _ in range(stop - first):
            if not first <= self.head[i] < stop or self.head[i] == i:
                break
            i = self.head[i]
        return i

    def _modifiers(self) -> dict[int, list[int]]:
        """The tokens that say something of each head: determiners, modifiers, possessors."""
        below: dict[int, list[int]] = {}
        for i, (_, _, modifies) in enumerate(self.relations):
            if modifies or self.deps[i].startswith("det"):
                below.setdefault(self.head[i], []).append(i)
        return below

    def _is_head(self, i: int) -> bool:
        pos = self.pos[i]
        if i in self.names:
            return True
        if pos == "PRON":
            return self.lower[i] in PRONOUNS and self.deps[i] != "expl"
        if pos not in ("NOUN", "PROPN"):
            return self.lower[i] in PRONOUNS and pos in ("DET", "ADV") and not self.deps[i].startswith("det")
        part_of_name = pos == "PROPN" and i in self.within
        return not (part_of_name or self.relations[i][1] or self.deps[i] == "appos")

    def _row(self, i: int) -> list[int]:
        """The columns of one mention, up to where it stands in the text."""
        entity = self.names.get(i, -1)
        is_noun = entity >= 0 or self.pos[i] in ("NOUN", "PROPN")
        determiner, modifiers, start = self._phrase(i)
        if is_noun:
            pronoun, person = 0, 3
            gender, number, kind, title = self._named(entity) if entity >= 0 else self._described(i)
            modifiers += self._name_words(entity) if entity >= 0 else []
        else:
            pronoun, person, gender, number = PRONOUNS[self.lower[i]]
            kind = title = 0
        kind_of_mention = 0 if not is_noun else 1 if entity >= 0 or self.pos[i] == "PROPN" else 2
        head, role = self.head[i], self.relations[i][0]
        speaks = ROLES[role] == "nsubj" and self.lemmas[head] in SPEECH
        role = ROOT if head == i else role
        padding = [-1] * (MAX_MODIFIERS - len(modifiers))
        return [
            i, -1, entity, kind_of_mention, pronoun, person, gender, number, kind, determiner, role, head,
            self.number(self.lemmas[i]), int(speaks), start, title, *modifiers[:MAX_MODIFIERS], *padding,
        ]  # fmt: skip

    def _phrase(self, i: int) -> tuple[int, list[int], int]:
        """A head's determiner, the lemmas that modify it, and where its phrase starts."""
        determiner, modifiers, start = 0, [], i
        for t in self.below.get(i, ()):
            start = min(start, t)
            if self.deps[t].startswith("det"):
                determiner = DETERMINERS.get(self.lower[t], INDEFINITE)
                continue
            if self.deps[t] == "nmod:poss":
                determiner = determiner or POSSESSED
            if self.pos[t] != "PRON":
                modifiers.append(self.number(self.lemmas[t]))
        return determiner, modifiers, start

    def _named(self, number: int) -> tuple[int, int, int, int]:
        """Gender, number, kind and whether a title, of an entity's name."""
        if number not in self.known:
            entity = self.entities[number]
            several = 0 if entity.kind in ("group", "organization") else 1
            self.known[number] = _gender_of(entity), several, KINDS.index(entity.kind), 0
        return self.known[number]

    def _name_words(self, number: int) -> list[int]:
        """The words of a name and of the titles with it, which a description takes up."""
        entity = self.entities[number]
        words = [*entity.name.lower().split()[-3:], *(role.title.lower().split()[-1] for role in entity.roles)]
        return [self.number(word) for word in dict.fromkeys(words)]

    def _described(self, i: int) -> tuple[int, int, int, int]:
        """Gender, number, kind and whether a title, of a noun that is no entity's name."""
        lemma, several = self.lemmas[i], 2 if self.tag[i] in ("NNS", "NNPS") else 1
        kind = "time" if lemma in TIME_NOUNS else kind_of_word(self.doc[i]) or ""
        told = gender_of_noun(lemma) or (gender_of_name(self.lower[i]) if not kind and self.pos[i] == "PROPN" else None)
        gender = GENDERS[told] if told else GENDER_OF_KIND.get(kind, NEUTER)
        return gender, several, KINDS.index(kind), int(is_title(lemma))

    def _coordinations(self, heads: set[int]) -> list[list[int]]:
        """ "A and B", as a mention beside its first member."""
        members: dict[int, int] = {}
        # "for the men and for the boats" is no phrase of its own
        governed = {self.head[i] for i, dep in enumerate(self.deps) if dep == "case" and self.tag[i] != "POS"}
        joined = {self.head[i] for i, d in enumerate(self.deps) if d == "cc" and self.lower[i] in ("and", "&")}
        for i, dep in enumerate(self.deps):
            if dep == "conj" and i in heads and self.head[i] in heads and i - self.head[i] <= MAX_COORDINATION:
                verbs = {"VERB", "AUX"}.intersection(self.pos[self.head[i] : i])
                if self.pos[i] in ("NOUN", "PROPN", "PRON") and not verbs and i not in governed:
                    members[self.head[i]] = i
                if i in joined:
                    joined.add(self.head[i])
        found = []
        for first, last in members.items():
            if last in joined or first in joined:
                row = self._row(first)
                row[1], row[2], row[3] = last, -1, 3
                row[4:8] = [0, 3, ANY, 2]
                row[12] = self.number(f"{self.lemmas[first]} & {self.lemmas[last]}")
                found.append(row)
        return found

    def _places(self) -> dict[str, Ints]:
        """The sentence, paragraph and quotation of each token."""
        size = len(self.doc)
        sentence = np.cumsum(self.doc.to_array("SENT_START") == 1) if size else np.zeros(0, dtype=np.int64)
        paragraph, quote = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        breaks, marks = [], []
        for i, word in enumerate(self.lower):
            if "\n" in word:
                breaks.append(i)
            elif word in ('"', "“", "”", "''", "``"):
                marks.append(i)
        paragraph[breaks] = 1
        paragraph = np.cumsum(paragraph)
        opened = -1
        count = 0
        for i in marks:
            word = self.lower[i]
            if opened >= 0 and (paragraph[opened] == paragraph[i]) and word in ('"', "”", "''"):
                count += 1
                quote[opened:i] = count
                opened = -1
            elif word in ('"', "“", "``"):
                opened = i
        return {"sentence": sentence.astype(np.int64), "paragraph": paragraph, "quote": quote}


def _gender_of(entity: Entity) -> int:
    """The gender that a name or the titles with it tell."""
    if entity.kind != "person":
        return GENDER_OF_KIND.get(entity.kind, NEUTER)
    words = (word for role in entity.roles for word in role.title.lower().split())
    told = gender_of_name(entity.name) or next((g for word in words if (g := gender_of_noun(word))), None)
    return GENDERS[told] if told else HUMAN


def _decoded(values: NDArray[np.uint64], text: Callable[[int], str]) -> list[str]:
    """The text of each value; each different one is looked up once."""
    known = {int(v): text(int(v)) if v else "" for v in np.unique(values)}
    return [known[v] for v in values.tolist()]
