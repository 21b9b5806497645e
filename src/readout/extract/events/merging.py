"""One event told several times: reports of the same type with compatible people, place, time and status are joined."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from readout.extract import tree
from readout.extract.entities import is_plural
from readout.extract.events.lexicon import belongs, lemma_of
from readout.extract.events.reports import Report, is_anaphoric
from readout.schema import EventStatus, Span, Time, _Span

SELFSAME = frozenset({"CONSULT", "AID", "AGREE", "COOPERATE", "SANCTION", "PROTEST", "MOBILIZE"})
BODILY = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
"""What is done with hands; of words, each noun may mean others ("condemned the criticism")."""
APART = frozenset({"after", "before", "since", "until", "following", "despite", "over", "about", "against", "for"})
"""Prepositions of what is another event."""
OUTCOMES = frozenset({"kill", "wound", "injure", "hurt"})
"""What an attack does to people."""
SUBSTANCE = frozenset(
    {"discuss", "review", "talk", "speak", "attend", "join", "participate", "meet", "engage", "consult"}
)


MAX_GROUPS = 40
"""Events of a type, or told by a word, that a new telling is compared with, the latest first."""
MAX_TELLINGS = 12


@dataclass
class Telling:
    """One report with everything looked up: who, where, when, and whether it has happened."""

    report: Report
    actors: dict[str, Span] = field(default_factory=dict)
    """Entity ids, each with the words in this sentence that stand for it."""
    recipients: dict[str, Span] = field(default_factory=dict)
    place: str | None = None
    place_span: Span | None = None
    time: Time | None = None
    status: EventStatus | None = None

    @property
    def parties(self) -> set[str]:
        """Everybody who takes part."""
        return set(self.actors) | set(self.recipients)

    @property
    def span(self) -> Span:
        """The trigger's characters."""
        return _characters(self.report.token)

    def spans(self, telling: set[int]) -> list[Span]:
        """Those of the trigger and of the nouns that complete it, but for triggers of their own (token numbers)."""
        return [self.span, *(_characters(t) for t in self.report.completing if t.i not in telling)]


def _characters(token: Token) -> Span:
    return _Span(token.idx, token.idx + len(token))


def merge(tellings: list[Telling]) -> list[list[Telling]]:
    """Group tellings of the same event.

    Args:
        tellings: in text order.

    Returns:
        One list for each event, in text order. A noun that only takes up an event ("the meeting") and finds none
        is left out.
    """
    groups: list[list[Telling]] = []
    index: dict[str, list[int]] = {}
    for telling in tellings:
        keys = (telling.report.type, lemma_of(telling.report.token))
        near = sorted({i for key in keys for i in index.get(key, ())[-MAX_GROUPS:]}, reverse=True)
        same = [groups[i] for i in near if _is_same(_recent(groups[i]), telling)]
        group = max(same, key=lambda g: _closeness(_recent(g), telling), default=None)
        if group is not None:
            group.append(telling)
        elif not telling.report.anaphoric:
            for key in keys:
                index.setdefault(key, []).append(len(groups))
            groups.append([telling])
    return groups


def _recent(group: list[Telling]) -> list[Telling]:
    """The telling that began a group and its latest ones."""
    return group if len(group) <= MAX_TELLINGS else [group[0], *group[1 - MAX_TELLINGS :]]


def _closeness(group: list[Telling], new: Telling) -> tuple[bool, bool, bool]:
    """How well a telling fits a group that it can belong to; of equals, the latest group is taken."""
    return (
        any(_continues(old, new) for old in group),
        new.time is not None and any(old.time is not None for old in group),
        any(_are_related(lemma_of(old.report.token), lemma_of(new.report.token)) for old in group),
    )


def _are_related(one: str, other: str) -> bool:
    """Whether two words share a stem ("meet" and "meeting") or both mean a journey."""
    return one[:4] == other[:4] or (belongs(one, "JOURNEY") and belongs(other, "JOURNEY"))


def _is_same(group: list[Telling], new: Telling) -> bool:
    first = group[0]
    if first.report.type != new.report.type and not _repeats_word(first, new):
        return False
    if any(_continues(old, new) for old in group):
        return True
    if not all(_fits(old, new) for old in group):
        return False
    if new.report.is_nominal or first.report.is_nominal:
        return _takes_up(group, new)
    return _repeats(first, new)


def _continues(old: Telling, new: Telling) -> bool:
    """Whether a clause goes on about the event of the clause it depends on, where both are of one type.

    So do the purpose of a visit ("travelled to Rome to meet the pope") and the outcome of an attack ("attacked a post,
    killing two").
    """
    if _is_one_phrase(old.report, new.report) or _is_outcome(old, new):
        return True
    predicate = new.report.predicate
    if new.report.is_nominal and new.report.part_of is old.report and not old.report.is_nominal:
        return new.report.type in SELFSAME
    if new.report.is_nominal or predicate.head.i not in (old.report.token.i, old.report.predicate.i):
        return False
    marks = {t.lower_ for t in tree.children(predicate, "mark")}
    if "to" in marks:
        return tree.has_dep(predicate, "advcl", "xcomp")
    return new.report.type == "ASSAULT" and predicate.tag_ == "VBG" and not marks and tree.has_dep(predicate, "advcl")


def _is_one_phrase(old: Report, new: Report) -> bool:
    """Whether a verb and what completes it tell one act ("traded shots", "fell silent", "the strike killed two", "a
    clash in which two died")."""
    verb, other = (old.token, new.token) if new.token.head.i == old.token.i else (new.token, old.token)
    if other.head.i != verb.i or old.type != new.type:
        return False
    if tree.has_dep(other, "compound"):
        return True
    if other.pos_ in ("ADJ", "ADV"):
        return verb.pos_ == "VERB" and tree.has_dep(other, "xcomp", "advmod")
    if other in (*old.completing, *new.completing):
        return True
    if other.pos_ == "NOUN" and tree.has_dep(other, "obl"):
        return verb.pos_ == "VERB" and new.type in BODILY | {"CONSULT"} and tree.preposition(other) not in APART
    if new.type not in BODILY:
        return False
    if other.pos_ == "NOUN":
        return verb.pos_ == "VERB" and tree.has_dep(other, "obj", "nsubj")
    return verb.pos_ == "NOUN" and tree.has_dep(other, "acl:relcl")


def _is_outcome(old: Telling, new: Telling) -> bool:
    """Whether one of two tellings in a sentence says what an attack did ("shelled the town, and two were killed").

    Nearly all such pairs of our training sentences are annotated as one event.
    """
    one, other = old.report, new.report
    if one.type != "ASSAULT" or other.type != "ASSAULT" or one.token.sent.start != other.token.sent.start:
        return False
    return not OUTCOMES.isdisjoint({lemma_of(one.token), lemma_of(other.token)}) and _compatible_status(old, new)


def _fits(old: Telling, new: Telling) -> bool:
    """Nothing told of the one speaks against the other."""
    return (
        _compatible_modes(old, new)
        and _compatible_people(old, new)
        and (old.place is None or new.place is None or old.place == new.place)
        and _compatible_times(old.time, new.time)
        and _compatible_status(old, new)
    )


def _compatible_modes(old: Telling, new: Telling) -> bool:
    modes = {old.report.mode, new.report.mode}
    if old.report.type == "CONSULT":
        return ("visit" in modes) == (modes == {"visit"}) and ("phone" in modes) <= (modes <= {"phone", None})
    words = (lemma_of(old.report.token), lemma_of(new.report.token))
    return len(modes - {None}) < 2 and belongs(words[0], "WARFARE") == belongs(words[1], "WARFARE")


def _compatible_people(old: Telling, new: Telling) -> bool:
    if not old.parties or not new.parties:
        return True
    return bool(old.parties & new.parties)


def _compatible_times(old: Time | None, new: Time | None) -> bool:
    if old is None or new is None or not (old.start and new.start):
        return True
    length = min(len(old.start), len(new.start), 10)
    return (
        old.start[:length] <= (new.end or new.start)[:length] and new.start[:length] <= (old.end or old.start)[:length]
    )


def _compatible_status(old: Telling, new: Telling) -> bool:
    statuses = {old.status, new.status} - {None}
    return len(statuses) < 2 or statuses <= {"occurred", "ongoing"} or statuses <= {"occurred", "alleged", "ongoing"}


def _repeats_word(old: Telling, new: Telling) -> bool:
    """ "The attack" may be one on a network, though it does not say so."""
    same = lemma_of(old.report.token) == lemma_of(new.report.token)
    return same and new.report.is_nominal and is_anaphoric(new.report.token) and new.report.mode is None


def _takes_up(group: list[Telling], new: Telling) -> bool:
    """A noun takes up an event if it names nobody else, and either somebody of it or nobody at all.

    It must be definite, or name just the same people: an indefinite noun phrase tells of something new (Heim 1982).
    """
    known = set().union(*(old.parties for old in group))
    noun = new.report.token if new.report.is_nominal else None
    if noun is not None and not _may_refer_back(noun, group):
        return False
    if noun is not None and set(group[0].actors) == set(new.actors) != set() and group[0].report.is_nominal:
        return lemma_of(group[0].report.token) == lemma_of(noun) or new.parties == known
    if noun is not None and new.report.anaphoric:
        return not new.parties or bool(known & new.parties)
    if noun is not None and not is_anaphoric(noun):
        return bool(known) and known == new.parties
    return bool(known & new.parties) and (new.parties <= known or known <= new.parties)


def _may_refer_back(noun: Token, group: list[Telling]) -> bool:
    word = lemma_of(noun)
    if is_plural(noun) and not belongs(word, "PLURALIA"):
        return any(lemma_of(old.report.token) == word and is_plural(old.report.token) for old in group)
    return belongs(word, "ANAPHOR") or any(lemma_of(old.report.token) == word for old in group)


def _repeats(old: Telling, new: Telling) -> bool:
    """A verb repeats another if the same people do the same, and neither place nor time parts them."""
    same_word = lemma_of(old.report.token) == lemma_of(new.report.token)
    if not new.parties and not old.parties:
        return same_word and old.status == new.status
    if set(old.actors) != set(new.actors) or not old.actors:
        return False
    same_recipients = set(old.recipients) == set(new.recipients)
    if old.report.mode == "visit":
        return old.place is not None and old.place == new.place
    if lemma_of(new.report.token) in SUBSTANCE and old.report.type == "CONSULT":
        return same_recipients and (len(old.actors) > 1 or same_word)
    return same_word and same_recipients and bool(new.recipients or new.place)
