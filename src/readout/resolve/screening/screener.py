"""Holds every entity of a readout against the lists, with the whole article as evidence."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from math import exp, log
from typing import NamedTuple

from readout.knowledge.nouns import kind_of_noun
from readout.resolve.lists.entry import Entry
from readout.resolve.lists.shipped import STALE
from readout.resolve.lists.watchlist import Watchlist
from readout.resolve.names import Hit, NameIndex
from readout.resolve.names.structure import parse
from readout.resolve.names.tables import counts
from readout.resolve.screening.described import THRESHOLD as DESCRIBED
from readout.resolve.screening.described import Works
from readout.resolve.screening.evidence import findings, weights
from readout.resolve.screening.judged import CANDIDATES, Judged, compared, matched, ordered
from readout.resolve.screening.naming import longer_names
from readout.resolve.screening.subject import SCREENED, Passage, Subject
from readout.resolve.screening.words import words, words_of
from readout.schema import Entity, Readout, Screening

ENTITIES = 300
"""Entities of an article that are screened."""
WORTH, THRESHOLD, ENOUGH = 0.1, 0.5, 1.2
"""Score from which a name is weighed; that of a match; evidence (log odds) that makes one of a name too unlike."""
SHARED = 0.5
"""Share of both names' weight in similar words below which hardly any name reaches `WORTH`."""
VARIANT = 0.035
"""Unlikeness of two forms of one name by the table of such."""
CAP = 2.5
"""Most that a name can say, in log odds: the rest is for the article."""
FAMILY = 3
"""Bodies linked to one from which its telling word alone means it."""
PERSONAL = 5
"""Persons on lists who bear a word from which it means no body alone."""
BESIDE = 1.05
"""Most weight of the words that may stand beside it on the list: one rare word, or several common ones."""
RARE, COMMON = 0.9, 0.6
"""Weight from which a lone word means a body without family, and most weight of the words beside it then."""
OWNED = frozenset({"branch_of", "part_of", "owned_by"})


class Candidate(NamedTuple):
    """An entry whose name is like one, with the findings of the article, and whether a lone word means it."""

    hit: Hit
    found: dict[str, float]
    first: bool


class Screener:
    """Lists made ready to screen articles."""

    def __init__(self, lists: Watchlist, index: NameIndex) -> None:
        """Make ready.

        Args:
            lists: the lists.
            index: the names of their entries.
        """
        self.lists, self.index = lists, index
        self._works = Works(lists.entries)
        self._children: dict[str, int] = defaultdict(int)
        for entry in lists.entries:
            for linked in entry.linked:
                self._children[linked] += 1
        self._hits = lru_cache(maxsize=20_000)(self._find)

    def screen(self, readout: Readout) -> Readout:
        """Add to a readout who of its entities is on a list.

        Args:
            readout: what an article says; left as it is.

        Returns:
            The readout with its screenings by the lists, and with the lists' names and dates in `produced_by`.
        """
        passage = Passage(readout)
        capitals = words_of(" ".join(re.findall(r"\b[A-Z]\w+", readout.article.text)))
        subjects = [Subject(e, passage) for e in readout.entities[:ENTITIES] if self._is_asked(e)]
        found = {subject.entity.id: self._judge(subject, capitals) for subject in subjects}
        found |= {s.entity.id: self._described(s, found) for s in subjects if not matched(found[s.entity.id])}
        screenings = [self._screening(readout, id, judged) for id, all_of in found.items() for judged in all_of]
        screenings += list(self._through_owners(readout, found))
        dates = {name: day.isoformat() for name, day in self.lists.days.items()}
        produced = readout.produced_by.model_copy(update={"lists": dates})
        joined = compared(readout.screenings, screenings)
        return readout.model_copy(update={"screenings": joined, "produced_by": produced})

    def _is_asked(self, entity: Entity) -> bool:
        """Whether it bears a name, or is a works that the text describes.

        Places and works of art are asked for where a ship may bear their name, or a body may have been misread.
        """
        if entity.kind == "facility" and entity.relations:
            return True
        return (entity.kind in SCREENED or entity.kind in ("place", "work")) and _is_named(entity)

    def _find(self, name: str, kind: str) -> tuple[Hit, ...]:
        return tuple(self.index.screen(name, kind, least=SHARED)[: 3 * CANDIDATES])

    def _judge(self, subject: Subject, capitals: set[str]) -> list[Judged]:
        """The entries whose names it may bear, best first."""
        name, kind = self._name(subject), subject.entity.kind
        if kind == "place":
            ship = self._ship(subject, capitals)
            return ship if ship or subject.entity.location else self._misread(subject, name, capitals)
        if kind not in SCREENED:
            return self._misread(subject, name, capitals)
        if not _is_named(subject.entity):
            return []
        judged = self._weighed(subject, name, "person" if kind == "person" else "organization", capitals)
        if kind == "person" and not matched(judged):
            judged = self._misread(subject, name, capitals) or judged
        return ordered(judged, len(name.split()) < 2)

    def _name(self, subject: Subject) -> str:
        """The name to look for: a longer one that the text spells around it, if a list has that letter by letter."""
        kinds = ("person", "organization") if subject.entity.kind == "person" else ("organization",)
        longer = (name for name in longer_names(subject) if any(self.index.has(name, kind) for kind in kinds))
        return next(longer, subject.name)

    def _misread(self, subject: Subject, name: str, capitals: set[str]) -> list[Judged]:
        """A body or a ship taken for a person, a place or a work: where a list has its name letter by letter."""
        if len(name.split()) > 1 and not self.index.has(name, "organization"):
            return []
        judged = self._weighed(subject, name, "organization", capitals)
        telling = [j for j in judged if j[3] and (j[4].get("same_letters") or j[4].get("family"))]
        if subject.entity.kind != "person":
            telling = [j for j in telling if j[0].kind == "organization"]
        return telling[:CANDIDATES]

    def _ship(self, subject: Subject, capitals: set[str]) -> list[Judged]:
        """A ship that bears the name of a place: only where a word for a ship stands right before the name."""
        text = subject.passage.readout.article.text
        before = [text[max(0, m[0] - 14) : m[0]].split()[-1:] for m in subject.entity.mentions[:4]]
        if not any(words_of(word[0]) & words("ships") for word in before if word):
            return []
        judged = self._weighed(subject, subject.name, "vessel", capitals)
        return [j for j in judged if j[0].kind == "vessel" and j[3]][:1]

    def candidates(self, subject: Subject, name: str, kind: str, capitals: set[str]) -> Iterator[Candidate]:
        """The entries whose names are like one, with what speaks for and against each.

        Args:
            subject: the entity as the article shows it.
            name: the name to look for.
            kind: as for `NameIndex.screen`.
            capitals: the capitalised words of the article, small.
        """
        hits = self._hits(name, kind)
        lone = len(name.split()) < 2
        first = self._first_of_family(name, hits) if lone and kind != "person" else None
        for hit in hits:
            if hit.score >= WORTH or (lone and _is_one_word(hit)):
                found = findings(subject, hit.entry, capitals)
                found["name"] = max(-CAP, min(CAP, log((hit.score + 1e-6) / (1 - min(hit.score, 0.999)))))
                if hit.entry is first:
                    found["name"] = max(found["name"], 0.5)
                yield Candidate(hit, found, hit.entry is first)

    def _weighed(self, subject: Subject, name: str, kind: str, capitals: set[str]) -> list[Judged]:
        judged = []
        for hit, found, first in self.candidates(subject, name, kind, capitals):
            moved = {n: round(weights()[n] * value, 4) for n, value in found.items()}
            score = 1 / (1 + exp(-weights()["bias"] - sum(moved.values())))
            shift = sum(moved.values()) - moved.pop("name")
            telling = hit.match or first or (len(name.split()) > 1 and shift >= ENOUGH)
            values = {n: round(v, 3) for n, v in hit.features.items() if v and not n.startswith("context.")}
            values |= {f"article.{n}": v for n, v in moved.items()} | {"name": round(hit.score, 3)}
            values |= {"family": True} if first else {}
            judged.append((hit.entry, hit.entry_name, score, telling and score >= THRESHOLD, values))
        return judged

    def _first_of_family(self, name: str, hits: Iterable[Hit]) -> Entry | None:
        """Of bodies that share one telling word, the one that it means alone.

        That to which the others are linked, or whose name has nothing but common words beside it.
        """
        word = parse(name, "other")
        if word.places or counts("person").get(word.compact, 0) > PERSONAL:
            return None
        good = [hit for hit in hits if _is_one_word(hit) and hit.entry.kind == "organization"]
        good = [hit for hit in good if "weak_alias" not in hit.features and hit.features.get("extra", 0) <= BESIDE]
        first = max(good, key=lambda hit: self._children[hit.entry.name], default=None)
        if first and (first.score >= THRESHOLD or self._children[first.entry.name] >= FAMILY):
            return first.entry
        least = min(good, key=lambda hit: hit.features.get("extra", 0), default=None)
        plain = least and least.features["covered"] >= 1 and least.features.get("extra", 0) <= COMMON
        return least.entry if least and plain and word.weight >= RARE else None

    def _described(self, subject: Subject, found: dict[str, list[Judged]]) -> list[Judged]:
        """Works known by another name, before those with names somewhat alike."""
        own = found[subject.entity.id]
        if subject.entity.kind not in ("organization", "facility"):
            return own
        owners = [r.to for r in subject.entity.relations if r.type in OWNED]
        parents = [j[0] for owner in owners for j in found.get(owner, []) if j[3]]
        works = [(e, e.name, score, score >= DESCRIBED, v) for e, score, v in self._works.find(subject, parents)]
        return [*works[:1], *own][:CANDIDATES] if works else own

    def _through_owners(self, readout: Readout, found: dict[str, list[Judged]]) -> Iterable[Screening]:
        """Those that are not listed themselves, but whose owner or parent is."""
        for entity in readout.entities:
            if matched(found.get(entity.id, [])):
                continue
            for relation in entity.relations:
                for judged in found.get(relation.to, []) if relation.type in OWNED else ():
                    if judged[3] and judged[0].kind == "organization":
                        via = {"relation": relation.type, "entity": relation.to}
                        yield self._screening(readout, entity.id, judged).model_copy(update={"via": via})

    def _screening(self, readout: Readout, id: str, judged: Judged) -> Screening:
        entry, name, score, match, values = judged
        day = _day(readout.article.published)
        features: dict[str, float | bool | str | None] = {
            **values,
            "threshold": DESCRIBED if "town_same" in values else THRESHOLD,
        }
        features |= self._on_days(readout, id, entry, day)
        return Screening(
            entity=id,
            list=entry.list,
            entry_id=entry.id,
            entry_name=entry.name,
            matched_name=name,
            score=round(score, 4),
            features=features,
            programmes=entry.programmes,
            listed_on=entry.listed_on.isoformat() if entry.listed_on else None,
            in_force=self.status(entry, day),
            match=match,
        )

    def _on_days(self, readout: Readout, id: str, entry: Entry, day: date | None) -> dict[str, bool | None]:
        """Whether it is listed today, and on the days of its events where that differs from the day of the report."""
        days = {_day(e.start) for e in readout.events if id in (*e.actors, *e.recipients)} - {None, day}
        reported = self.status(entry, day)
        others = {f"in_force.{d}": self.status(entry, d) for d in sorted(d for d in days if d)}
        changed = {name: status for name, status in others.items() if status != reported}
        return {"in_force.today": self.status(entry, datetime.now(UTC).date())} | changed

    def status(self, entry: Entry, day: date | None) -> bool | None:
        """Whether an entry was in force on a day; None where no list can tell, the newest being too old included."""
        if day is None or day > self.lists.days[entry.list] + timedelta(days=STALE):
            return None
        return self.lists.status(entry, day)


@cache
def screener(database: str | None = None) -> Screener:
    """The lists at hand, made ready once.

    Args:
        database: as for `readout.resolve.lists.watchlist.watchlist`.

    Raises:
        OptionError: the database is not there or cannot be opened.
    """
    from readout.resolve.names.cache import prepared

    return Screener(*prepared(database))


def screened(readout: Readout) -> Readout:
    """A readout with its screenings by the lists that the environment's `READOUT_LISTS` says.

    Args:
        readout: what an article says.

    Returns:
        The same, screened against the database that the variable names, by default the lists at hand; unchanged where
        it says "off".
    """
    chosen = os.environ.get("READOUT_LISTS") or None
    return readout if chosen == "off" else screener(chosen).screen(readout)


def _is_one_word(hit: Hit) -> bool:
    """Whether a lone word stands in the list's name, in one of its spellings."""
    exact = bool(hit.features.get("exact"))
    return exact or (hit.features.get("covered", 0.0) > 0 and hit.features.get("loosest", 1.0) <= VARIANT)


def _is_named(entity: Entity) -> bool:
    """A capital letter in its name, and more than common nouns ("Police", "Traders" at a sentence's start)."""
    words = entity.name.split()
    return any(c.isupper() for c in entity.name) and any("-" in w or not _is_common(w) for w in words)


def _is_common(word: str) -> bool:
    return any(kind_of_noun(form) is not None for form in (word, word.removesuffix("s")))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
