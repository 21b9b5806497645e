"""When: the temporal expression that belongs to a report."""

import re
from calendar import monthrange
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from readout.extract import tree
from readout.extract.due import is_future
from readout.extract.events.lexicon import belongs, lemma_of
from readout.extract.events.modality import is_called_for_a_day, modality
from readout.extract.events.reports import Report
from readout.schema import Time

DAYS = re.compile(r"P(\d{1,3})([DW])")

FIXING = frozenset({"for", "until", "till"})
"""Prepositions between a verb that arranges something and its day."""
DAY_BEFORE = re.compile(r"\b([1-9]\d?)(?:st|nd|rd|th)? (?:and|or) $", re.ASCII)
DAY_BEHIND = re.compile(r" and ([1-9]\d?)(?:st|nd|rd|th)?\b", re.ASCII)
"""The other of two days of a month: the first day in front of "and 19 April", the last behind "between May 3"."""
CARRYING = frozenset({"on", "in", "to", "into", "for"})
"""Prepositions of a noun that completes its verb."""
MEANWHILE = frozenset({"as", "while"})
"""What joins clauses that tell of one time."""

WHEN = frozenset({"when", "once", "after", "until"})
"""What joins a clause that says when."""


class Calendar:
    """The temporal expressions of a Doc, by sentence, with the word that heads each."""

    def __init__(self, doc: Doc) -> None:
        self.published: str | None = doc._.published
        self.by_sentence: dict[int, list[tuple[Time, Token]]] = {}
        self.lengths, self.beginnings = _lengths(doc), set[str]()
        """By its word, for how many days something lasts; which expressions "from" stands before."""
        self.counted_from: dict[int, Time] = {}
        """By the head word of the clause or phrase behind "a day after": when that took place."""
        for time in _whole_ranges(doc):
            if time.kind != "set" and time.start:
                root = tree.words_at(doc, time.span).root
                self.by_sentence.setdefault(root.sent.start, []).append((time, root))
                if tree.preposition(root) == "from" and not is_future(self.published, time.start):
                    self.beginnings.add(time.id)
                self._count_back(doc, time)

    def _count_back(self, doc: Doc, time: Time) -> None:
        """ "Met on Friday, a day after they had signed": the signing is a day earlier than the day of the meeting."""
        words = tree.words_at(doc, time.span)
        mark = doc[words.end] if words.end < len(doc) else None
        days = DAYS.fullmatch(time.value)
        if mark is None or days is None or mark.lower_ not in ("after", "before") or not time.start:
            return
        if time.precision == "day" and tree.has_dep(mark, "mark", "case"):
            count = timedelta(int(days[1]) * (7 if days[2] == "W" else 1) * (-1 if mark.lower_ == "after" else 1))
            day = (date.fromisoformat(time.start[:10]) + count).isoformat()
            self.counted_from[mark.head.i] = time.model_copy(update={"start": day, "end": day})

    def time_of(self, report: Report, reporting: set[int]) -> Time | None:
        """When a report's event takes place; of what is to come, up to the last of its days: "a two-day strike from
        Monday". Where no "from" tells that they are counted, the annotators of our own set give the day that is told.

        Args:
            report: a report.
            reporting: token indices of all triggers and their carriers.

        Returns:
            The expression, with the interval that it stands for here; `None` where the text names no time.
        """
        found = self._named(report, reporting)
        days = self.lengths.get(report.token.i) if found and found.id in self.beginnings else None
        if found is None or days is None or found.precision != "day" or found.start is None or found.start != found.end:
            return found
        first = date.fromisoformat(found.start[:10])
        last = first + min(timedelta(days - 1), date.max - first)
        return found.model_copy(update={"end": last.isoformat()})

    def _named(self, report: Report, reporting: set[int]) -> Time | None:
        """The expression that says when a report's event takes place.

        Args:
            report: a report.
            reporting: token indices of all triggers and their carriers.

        Returns:
            The expression attached to the trigger's own clause or phrase, the nearest first; else the only one of the
            sentence that is attached to no other trigger; else `None`. For what is planned none that is over,
            where another is not.
        """
        candidates = self.by_sentence.get(report.token.sent.start, [])
        if modality(report.token) == "planned":
            ahead = [(time, root) for time, root in candidates if not is_future(self.published, time.end)]
            candidates = ahead or candidates
        candidates = [(time, root) for time, root in candidates if not self._is_a_nouns(time, root, report, reporting)]
        own = {report.token.i, report.predicate.i, *_dating_clauses(report, reporting)}
        if tree.has_dep(report.token, "cop"):  # "will be in Quito on Thursday"
            own.add(report.token.head.i)
        attached = [
            (abs(root.i - report.token.i), time) for time, root in candidates if _holder(root, own, reporting) in own
        ]
        counted = self.counted_from.get(report.predicate.i) or self.counted_from.get(report.token.i)
        if counted is not None:
            attached = [pair for pair in attached if pair[1].id != counted.id] or [(0, counted)]
        if attached:
            return min(attached, key=lambda pair: pair[0])[1]
        governing = self._governing(report, candidates, reporting)
        if governing is not None:
            return governing
        if (fixed := _fixed_for(report, candidates)) is not None:
            return fixed
        if report.is_nominal:
            named = (time for time, root in candidates if self._holder_of_day(time, root, reporting) == report.token.i)
            if (day := next(named, None)) is not None:
                return day
        if modality(report.token) == "planned":
            coming = self._only_one_to_come(candidates, reporting) or self._of_clause_below(report, candidates)
            if coming is not None:
                return coming
        if report.is_nominal and report.slots.carrier is None:
            return next((time for time, root in candidates if _follows(root, report.token)), None)
        free = [time for time, root in candidates if _frames(root, report.predicate)]
        return free[0] if len(candidates) == 1 and free else None

    def _is_a_nouns(self, time: Time, root: Token, report: Report, reporting: set[int]) -> bool:
        """Whether a day is that of another report, which a noun makes."""
        holder = self._holder_of_day(time, root, reporting)
        return holder is not None and holder > report.token.i

    def _holder_of_day(self, time: Time, root: Token, reporting: set[int]) -> int | None:
        """The noun to which a day to come in a clause of the past belongs, as no past can have it: the last trigger
        before it, "freed them ahead of talks in Oslo next week"."""
        clause = next((t for t in tree.ancestors(root) if t.pos_ in ("VERB", "AUX")), None)
        if (
            clause is None
            or not is_future(time.start, self.published)
            or modality(clause) not in ("occurred", "denied")
        ):
            return None
        last = next((i for i in range(root.i - 1, root.sent.start - 1, -1) if i in reporting), None)
        return last if last is not None and root.doc[last].pos_ == "NOUN" else None

    def _only_one_to_come(self, candidates: list[tuple[Time, Token]], reporting: set[int]) -> Time | None:
        """The one day to come that a sentence names, if it hangs on no trigger: "will pardon all who report by May"."""
        coming = [(time, root) for time, root in candidates if is_future(time.end, self.published)]
        if len(coming) != 1 or _holder(coming[0][1], set(), reporting) is not None:
            return None
        return None if _tells_when(coming[0][1].head) else coming[0][0]

    def _of_clause_below(self, report: Report, candidates: list[tuple[Time, Token]]) -> Time | None:
        """The one day to come in a clause that says when: "will sign when they meet on 12 December"."""
        clauses = tree.children(report.predicate, "advcl")
        below = {c.i for c in clauses if any(t.lower_ in WHEN for t in tree.children(c, "mark", "advmod"))}
        coming = [
            time
            for time, root in candidates
            if is_future(time.end, self.published) and _holder(root, below, set()) in below
        ]
        return coming[0] if len(coming) == 1 else None

    def _governing(self, report: Report, candidates: list[tuple[Time, Token]], reporting: set[int]) -> Time | None:
        """The expression of the clause that the report's clause completes ("plans on Friday to meet")."""
        here = report.predicate
        for _ in range(2):
            upper = tree.governor(here)
            completes = tree.has_dep(here, "xcomp", "advcl", "acl", "conj") and not tree.has_dep(here, "acl:relcl")
            marks = {t.lower_ for t in tree.children(here, "mark")}
            if upper is None or not (completes or "to" in marks):
                return None
            if tree.has_dep(here, "advcl") and marks - MEANWHILE and here.tag_ != "VB":
                return None
            held = [
                (root.i < here.i, time) for time, root in candidates if _holder(root, {upper.i}, reporting) == upper.i
            ]
            if held:  # of two, the one behind the infinitive is its own: "voted on Monday to strike from Friday"
                return min(held, key=lambda pair: pair[0])[1]
            here = upper
        return None


def _lengths(doc: Doc) -> dict[int, int]:
    """By its word, for how many days something lasts: "a two-day strike", "to strike for two days"; of "for two days of
    talks" it is the talks."""
    found = {}
    for time in doc._.times:
        days = DAYS.fullmatch(time.value) if time.kind == "duration" else None
        if days is not None and days[2] == "D" and int(days[1]):
            words = tree.words_at(doc, time.span)
            root, of_talks = words.root, words.end < len(doc) and doc[words.end].lower_ == "of"
            lasting = tree.preposition(root) == "for" and not of_talks
            if tree.has_dep(root, "compound", "amod", "nmod", "nummod") or lasting:
                found[root.head.i] = int(days[1])
    return found


def _dating_clauses(report: Report, reporting: set[int]) -> list[int]:
    """Clauses that say when a noun's event is: "a summit that opens on Monday", "due on Friday for talks", and that of
    a verb that reports nothing itself ("traded shots on Tuesday")."""
    if not report.is_nominal:
        return []
    inner = [report.token, *tree.children(report.token, "nmod")]
    inner += [t for noun in inner[1:] for t in tree.children(noun, "nmod", "conj")]
    clauses = [c for noun in inner for c in tree.children(noun, "acl") if _tells_when(c) or is_called_for_a_day(c)]
    upper = tree.governor(report.token)
    if upper is not None and tree.has_dep(report.token, "obl") and tree.preposition(report.token) == "for":
        sets_out = belongs(lemma_of(upper), "JOURNEY") or modality(upper) == "planned"
        clauses += [upper] if _tells_when(upper) or sets_out else []
    if upper is not None and tree.has_dep(report.token, "nsubj", "nsubj:pass") and _tells_when(upper):
        clauses.append(upper)
    elif upper is not None and tree.has_dep(report.token, "nsubj:pass") and upper.i not in reporting:
        clauses += [upper] if modality(upper) == "planned" else []  # "a motion is to be moved on Monday"
    if upper is not None and upper.pos_ == "VERB" and upper.i not in reporting and _is_carried(report.token):
        clauses.append(upper)
    return [clause.i for clause in clauses]


def _is_carried(noun: Token) -> bool:
    """Whether a noun completes its verb: "traded shots", "will go on trial"; not "said after the talks"."""
    return tree.has_dep(noun, "obj") or (tree.has_dep(noun, "obl") and tree.preposition(noun) in CARRYING)


def _fixed_for(report: Report, candidates: list[tuple[Time, Token]]) -> Time | None:
    """The day that a noun's verb sets it for: "called a strike for Friday", "put the talks off until May"."""
    verb = tree.governor(report.token)
    bare = tree.has_dep(report.token, "obl") and tree.preposition(report.token) is None  # as the parser may call it
    if not report.is_nominal or verb is None or not (bare or tree.has_dep(report.token, "obj", "nsubj:pass")):
        return None
    return next((t for t, root in candidates if root.head.i == verb.i and tree.preposition(root) in FIXING), None)


def _tells_when(verb: Token) -> bool:
    return belongs(lemma_of(verb), "OCCUR") or belongs(lemma_of(verb), "SCHEDULE")


def _whole_ranges(doc: Doc) -> list[Time]:
    """The times; a range ("from Monday to Friday") as its first time with the end of its last, and what "since" stands
    before without an end."""
    times: list[Time] = doc._.times
    last = {time.until: next((t for t in times if t.id == time.until), None) for time in times if time.until}
    ranged = (t.model_copy(update={"end": other.end}) if (other := last.get(t.until or "")) else t for t in times)
    return [_from_its_first_day(doc, _without_end(doc, time)) for time in ranged if time.id not in last]


def _from_its_first_day(doc: Doc, time: Time) -> Time:
    """Days of one month told together: "on 18 and 19 April", "between May 3 and 5"."""
    if time.precision != "day" or time.start is None or time.start != time.end:
        return time
    text, (start, end) = doc.text, time.span
    if (first := DAY_BEFORE.search(text[max(start - 12, 0) : start])) and int(first[1]) < int(time.start[8:10]):
        return time.model_copy(update={"start": f"{time.start[:8]}{int(first[1]):02d}"})
    last = DAY_BEHIND.match(text[end : end + 12]) if text[max(start - 8, 0) : start].lower() == "between " else None
    if last and int(time.start[8:10]) < int(last[1]) <= monthrange(int(time.start[:4]), int(time.start[5:7]))[1]:
        return time.model_copy(update={"end": f"{time.start[:8]}{int(last[1]):02d}"})
    return time


def _without_end(doc: Doc, time: Time) -> Time:
    first = tree.words_at(doc, time.span)[0].i
    return time.model_copy(update={"end": None}) if first and doc[first - 1].lower_ == "since" else time


def _follows(root: Token, noun: Token) -> bool:
    """Whether an expression stands right behind the noun's phrase, though the parser hung it on the verb."""
    return bool(root.head.i == noun.head.i and root.left_edge.i == noun.right_edge.i + 1)


def _frames(root: Token, predicate: Token) -> bool:
    """Whether an expression stands in a clause above the predicate, and the predicate is not reported there."""
    clause = next((t for t in tree.ancestors(root) if t.pos_ in ("VERB", "AUX")), None)
    here = predicate
    while clause is not None:
        if here.i == clause.i:
            return True
        upper = tree.governor(here)
        if upper is None or tree.has_dep(here, "ccomp", "parataxis", "acl:relcl"):
            return False
        here = upper
    return False


def _holder(root: Token, own: set[int], reporting: set[int]) -> int | None:
    """The first trigger above a temporal expression, or `None` if it hangs on none."""
    for upper in tree.ancestors(root):
        if upper.i in own or upper.i in reporting:
            return upper.i
        if tree.has_dep(upper, "ccomp", "acl:relcl", "parataxis"):
            return None
    return None
