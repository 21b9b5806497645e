"""What an article tells of one entity, gathered from its readout for screening."""

import re
from dataclasses import dataclass
from functools import cached_property

from readout.knowledge.countries import country_of
from readout.knowledge.folding import fold
from readout.resolve.screening.words import words_of
from readout.schema import Entity, Readout

SCREENED = frozenset({"person", "organization", "facility", "equipment", "group"})
SENTENCES, NEAR = 12, 60
"""Sentences about an entity that are read, and characters after its name that may describe it."""
MENTIONS, TITLE, APPOSED = 6, 4, 90
"""Mentions whose surroundings are read, words before a name that may be its title, and characters behind it that may
say what its bearer is."""
_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"'(])|\n\n")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|St|Sen|Gov|No))\.$")
_LEAD = re.compile(r"^(?:[A-Z][\w-]+['’]s\s+|(?:the|an?)\s+|[a-z][a-z-]+\s+)+")
_YEAR = re.compile(r"\b1[89]\d\d\b|\b20\d\d\b")
_APPOSED = re.compile(
    r"(?:,(?: (?:aged )?\d\d?,)?\s|\s[–—-]\s|\s\(|\s(?:is|was|has been|had been|became|works as|worked as)\s"
    r"|\s(?:of|at|from)\s)[^,.;:!?)]+"
)
_TIED = re.compile(
    r"(?:,? (?:of|from|in|at) |(?:,| of| at| from)[^.;:,]{0,50}? (?:from|of|in|at) "
    r"|, who [^.;:,]{0,60}? (?:in|at|for) )(?:the )?(?=[A-Z])"
)
_NUMBERS = (
    "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
_YEARS = rf"(\d\d?|{'|'.join(_NUMBERS)})(?: years old)?(?=[,.;)]|$)"
_AGED = re.compile(rf",? (?:aged |\()?{_YEARS}|, who (?:is|was|turned) (?:only |just )?{_YEARS}")
_AGE = re.compile(rf"\b(?:is|was|turned) (?:only |just )?{_YEARS}|\bunder-(\d\d)\b|\b(\d\d)-year-old\b")
_DIED = re.compile(r"\b(?:died|buried|murder(?:ed)?|assassinated|shot himself|killed|late)\b")


@dataclass
class Passage:
    """A readout, with its sentences and toponyms at hand."""

    readout: Readout

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of each sentence, roughly: for context only."""
        text, start, found = self.readout.article.text, 0, []
        for mark in _END.finditer(text):
            if not _ABBREVIATION.search(text[start : mark.start() + 1]):
                found.append((start, mark.end()))
                start = mark.end()
        return [*found, (start, len(text))]

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.readout.entities}

    def about(self, entity: Entity) -> list[tuple[int, int]]:
        """The first sentences that mention an entity."""
        starts = [mention[0] for mention in entity.mentions]
        return [s for s in self.sentences if any(s[0] <= start < s[1] for start in starts)][:SENTENCES]


@dataclass
class Subject:
    """One entity as the article shows it."""

    entity: Entity
    passage: Passage

    @cached_property
    def name(self) -> str:
        """The fullest name without a possessor, article or describing words before it."""
        bare = _LEAD.sub("", self.entity.name)
        left_out = self.entity.name[: len(self.entity.name) - len(bare)].split()[-1:]
        return bare if bare[:1].isupper() and left_out not in (["of"], ["for"]) else self.entity.name

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The sentences about it."""
        return self.passage.about(self.entity)

    @cached_property
    def text(self) -> str:
        """Those sentences as one text."""
        whole = self.passage.readout.article.text
        return " ".join(whole[start:end] for start, end in self.spans)[:8000]

    @cached_property
    def words(self) -> set[str]:
        """Words of the sentences about it and of its titles, its own name left out."""
        titles = " ".join(role.title for role in self.entity.roles)
        return words_of(f"{self.text} {titles}") - words_of(self.entity.name)

    @cached_property
    def countries(self) -> set[str]:
        """Countries that the sentences about it name, cities and adjectives included."""
        found = {
            t.country
            for t in self.passage.readout.toponyms
            if t.country and any(start <= t.span[0] < end for start, end in self.spans)
        }
        return found | self.bound

    @cached_property
    def bound(self) -> set[str]:
        """Countries that it is tied to by name: its own, and that of a place right behind its name or description."""
        found = {self.entity.country} if self.entity.country else set()
        text = self.passage.readout.article.text
        for mention in self.entity.mentions[:MENTIONS]:
            tied = _TIED.match(text, mention[1], mention[1] + NEAR + 20)
            at = tied.end() if tied else -1
            found |= {t.country for t in self.passage.readout.toponyms if t.country and t.span[0] == at}
        return {country for country in found if country}

    @cached_property
    def described(self) -> set[str]:
        """Words that say what it is: titles before its name, what is apposed to it or said of it by "is", its roles."""
        text = self.passage.readout.article.text
        parts = [role.title for role in self.entity.roles]
        for start, end in self.entity.mentions[:MENTIONS]:
            sentence = max((s for s, _ in self.spans if s <= start), default=start)
            parts.append(" ".join(re.split(r"[,;:.]\s", text[sentence:start])[-1].split()[-TITLE:]))
            if apposed := _APPOSED.match(text, end, end + APPOSED):
                parts.append(apposed[0])
        return words_of(" ".join(parts)) - words_of(self.entity.name)

    @cached_property
    def born(self) -> int | None:
        """Year of birth by the age given behind its name, with the year of publication.

        An age that stands elsewhere in a sentence counts where the sentence names no other person.
        """
        day, text = self.passage.readout.article.published, self.passage.readout.article.text
        if not day:
            return None
        ages = [_AGED.match(text, end, end + 40) for _, end in self.entity.mentions[:MENTIONS]]
        ages += [_AGE.search(text, *span) for span in self.spans if self._is_alone(span)]
        said = [next(filter(None, age.groups())) for age in ages if age]
        years = [int(n) if n.isdigit() else _NUMBERS.index(n) + 6 for n in said]
        return next((int(day[:4]) - n for n in years if n > 5), None)

    def _is_alone(self, span: tuple[int, int]) -> bool:
        """Whether a sentence names no other person."""
        others = (e for e in self.passage.readout.entities if e.kind == "person" and e.id != self.entity.id)
        return not any(span[0] <= start < span[1] for e in others for start, _ in e.mentions)

    @cached_property
    def years(self) -> list[int]:
        """Years that the sentences about it name."""
        return [int(year) for year in _YEAR.findall(self.text)]

    @cached_property
    def died(self) -> int | None:
        """The year in which it is said to have died."""
        for start, end in self.spans:
            sentence = self.passage.readout.article.text[start:end]
            if (verb := _DIED.search(sentence)) and (year := _YEAR.search(sentence, verb.end())):
                return int(year[0])
        return None

    @cached_property
    def towns(self) -> set[str]:
        """Names of the towns in the sentences about it, in plain small letters."""
        text = self.passage.readout.article.text
        near = [t.span for t in self.passage.readout.toponyms if any(s <= t.span[0] < e for s, e in self.spans)]
        names = {text[start:end] for start, end in near[:40]}
        return {fold(name) for name in names if country_of(name) is None}

    def toponyms(self) -> set[str]:
        """Places it may lie in: by its relations and location, else those that the sentences about it name."""
        entity, passage = self.entity, self.passage
        places = {passage.entities[r.to].name for r in entity.relations if r.to in passage.entities}
        if entity.location:
            places |= set(entity.location.within[:1])
        text = passage.readout.article.text
        near = [t.span for t in passage.readout.toponyms if any(s <= t.span[0] < e for s, e in self.spans)]
        return places | {text[span[0] : span[1]] for span in near[:20]}
