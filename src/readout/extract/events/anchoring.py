"""When: the temporal expression that belongs to a report."""

import re
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from readout.extract import tree
from readout.extract.due import is_future
from readout.extract.events.coming import as_planned, as_told
from readout.extract.events.intervals import intervals, lengths
from readout.extract.events.lexicon import lemma_of
from readout.extract.events.modality import modality
from readout.extract.events.reports import Report
from readout.extract.events.seen import is_likely_plan, likeliest_time
from readout.schema import Time

DAYS = re.compile(r"P(\d{1,3})([DW])")
STARTING = frozenset({"begin", "start", "open", "launch", "commence"})
"""Verbs whose day is the first of what lasts several."""
SET_AHEAD = frozenset({"AGREE", "REQUEST", "THREATEN", "CONCEDE", "SANCTION", "COERCE", "PROTEST", "ACCUSE"})
"""What words can do on one day for another: "called a strike for Friday", "banned rallies from Monday"."""
MEANWHILE = frozenset({"as", "while"})
"""What joins clauses that tell of one time."""
TIED, BESIDE = 3.0, 0.3
"""How much likelier an expression is to say when, if grammar ties it to the trigger; and if it stands in the sentence
before or after."""
REACH, NEAREST = 1, 24
"""Sentences to either side in which an event's time may stand; how many expressions are weighed."""


class Calendar:
    """The temporal expressions of a Doc, by sentence, with the word that heads each."""

    def __init__(self, doc: Doc) -> None:
        self.published: str | None = doc._.published
        self.number_of = {sentence.start: n for n, sentence in enumerate(doc.sents)}
        self.by_sentence: dict[int, list[tuple[Time, Token]]] = {}
        self.lengths = lengths(doc)
        """By its word, for how many days something lasts."""
        self.beginnings: set[str] = set()
        """Expressions that "from" stands before."""
        self.counted_from: dict[int, Time] = {}
        """By the head word of the clause or phrase behind "a day after": when that took place."""
        for time in intervals(doc):
            if time.kind != "set" and time.start:
                root = tree.words_at(doc, time.span).root
                self.by_sentence.setdefault(self.number_of[root.sent.start], []).append((time, root))
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
        Monday". Where no "from" or "begin" tells that they are counted, and of what is over, the annotators of our own
        set mostly give the day that is told.

        Args:
            report: a report.
            reporting: token indices of all triggers and their carriers.

        Returns:
            The expression, with the interval that it stands for here; `None` where the text names no time.
        """
        plan, near = is_likely_plan(report.token), self._near(report)
        found = _when(report.predicate, near) or self._likeliest(report, reporting, near)
        if found is not None and any(time.id == found.id for time, _ in self._beside(report, 0)):
            found = as_planned(report.token, found) if plan else as_told(report.predicate, found)
        days = self.lengths.get(report.token.i) if found and self._counts_from(found, report, plan) else None
        if found is None or days is None or found.precision != "day" or found.start is None or found.start != found.end:
            return found
        first = date.fromisoformat(found.start[:10])
        last = first + min(timedelta(days - 1), date.max - first)
        return found.model_copy(update={"end": last.isoformat()})

    def _counts_from(self, time: Time, report: Report, plan: bool) -> bool:
        """Whether a length counts from a day: "a two-day strike from Monday", "begin a two-day strike on Monday"."""
        upper = tree.governor(report.token)
        starts = upper is not None and tree.has_dep(report.token, "obj", "nsubj") and lemma_of(upper) in STARTING
        ahead = plan or is_future(time.start, self.published)
        return (starts and ahead) or time.id in self.beginnings

    def _likeliest(self, report: Report, reporting: set[int], near: list[tuple[Time, Token]]) -> Time | None:
        """What the encoder and grammar tie to a report; grammar alone where the encoder knows no events."""
        tied = self.by_grammar(report, reporting)
        if report.token.doc._.happening is None:
            return tied
        return likeliest_time(report.token, (_weighed(time, root, report, tied) for time, root in near))

    def _near(self, report: Report) -> list[tuple[Time, Token]]:
        """The nearest expressions of a report's sentence and of those beside it; none to come for what is done."""
        near = sorted(self._beside(report, REACH), key=lambda pair: abs(pair[1].i - report.token.i))[:NEAREST]
        return [pair for pair in near if not self._is_to_come(pair[0], report)] if _is_done(report) else near

    def _is_to_come(self, time: Time, report: Report) -> bool:
        return is_future(as_told(report.predicate, time).start, self.published)

    def _beside(self, report: Report, reach: int) -> list[tuple[Time, Token]]:
        """The expressions of a report's sentence and of as many to either side."""
        here = self.number_of[report.token.sent.start]
        return [pair for n in range(here - reach, here + reach + 1) for pair in self.by_sentence.get(n, [])]

    def by_grammar(self, report: Report, reporting: set[int]) -> Time | None:
        """The expression that grammar ties to a report.

        Args:
            report: a report.
            reporting: token indices of all triggers and their carriers.

        Returns:
            The expression attached to the trigger's own clause or phrase, the nearest first; else to the clause that
            it completes; else `None`.
        """
        candidates = self._beside(report, 0)
        own = {report.token.i, report.predicate.i}
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
        return self._governing(report, candidates, reporting)

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


def _weighed(time: Time, root: Token, report: Report, tied: Time | None) -> tuple[Time, float]:
    """An expression near a report with how much likelier grammar makes it."""
    if tied is not None and time.id == tied.id:
        return tied, TIED
    return time, 1.0 if root.sent.start == report.token.sent.start else BESIDE


def _is_done(report: Report) -> bool:
    """Whether a plain past tells what cannot lie ahead: "freed them before talks next week"."""
    past = report.predicate.tag_ == "VBD" and modality(report.token) == "occurred"
    return past and report.type not in SET_AHEAD


def _when(predicate: Token, times: list[tuple[Time, Token]]) -> Time | None:
    """The expression that a clause takes up: "until Wednesday, when it will hear the union"."""
    mark = next((t for t in tree.children(predicate, "advmod", "mark") if t.lower_ == "when"), None)
    if mark is None or not mark.i:
        return None
    before = mark.nbor(-1) if mark.nbor(-1).text != "," or mark.i < 2 else mark.nbor(-2)
    return next((time for time, _ in times if time.span[0] <= before.idx < time.span[1]), None)


def _holder(root: Token, own: set[int], reporting: set[int]) -> int | None:
    """The first trigger above a temporal expression, or `None` if it hangs on none."""
    for upper in tree.ancestors(root):
        if upper.i in own or upper.i in reporting:
            return upper.i
        if tree.has_dep(upper, "ccomp", "acl:relcl", "parataxis"):
            return None
    return None
