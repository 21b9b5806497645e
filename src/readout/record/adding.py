"""Articles read into a record: what is known already is not read again, and each is safe before the next is counted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from readout.errors import ReadoutError
from readout.ingest.gather import Taken
from readout.ingest.intake import Intake
from readout.reading import Failure, outcomes_of
from readout.record.store import BATCH, Record
from readout.record.writing import Added
from readout.schema import Readout


@dataclass
class Summary:
    """What came of adding: how many articles are new, the same, revisions, read again; and what failed."""

    states: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many articles there were, the failed ones too."""
        return self.states.total() + len(self.failures)


class Adding:
    """A stream of what was taken in, on its way into a record.

    Args:
        record: the record.
        nlp: name or folder of the pipeline; by default the one that ships with Readout.
        processes: worker processes, by default 1, which reads in this one; on a cluster actors, by default one a core.
        cluster: the address of a Ray cluster that reads, or "local".
        again: read also what the record has a readout of.
        tick: called after each article.
    """

    def __init__(
        self,
        record: Record,
        *,
        nlp: str | None = None,
        processes: int | None = None,
        cluster: str | None = None,
        again: bool = False,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self.summary = Summary()
        self._record = record
        self._nlp = nlp
        self._processes = processes
        self._cluster = cluster
        self._again = again
        self._tick = tick
        self._waiting: deque[Taken] = deque()
        self._made: list[Taken] = []

    def run(self, taken: Iterable[Taken]) -> Summary:
        """Add everything, find which articles copy one another, and what became of what is due.

        Args:
            taken: as `Gathering.take` gives it.

        Returns:
            What came of it.
        """
        for outcome in self._outcomes(self._unread(taken)):
            self._read(self._waiting.popleft(), outcome)
        self._flush()
        if self.summary.states.total() > self.summary.states["same"] or not self._record.is_grouped():
            self._record.regroup()
            self._record.settle()
        return self.summary

    def _outcomes(self, intakes: Iterable[Intake]) -> Iterator[Readout | Failure]:
        if self._cluster is None:
            return outcomes_of(intakes, self._nlp, self._processes or 1)
        from readout.scale.cluster import outcomes

        return outcomes(intakes, self._nlp, address=self._cluster, workers=self._processes)

    def _unread(self, taken: Iterable[Taken]) -> Iterator[Intake]:
        """What must be read; everything else is dealt with on the way."""
        for one in taken:
            if one.readout is not None:
                self._made.append(one)
                if len(self._made) >= BATCH:
                    self._flush()
                continue
            article = one.intake.article
            if article is None:
                self._settle(one)
                continue
            known = None if self._again else self._record.reading_of(article, one.intake.given_id)
            if known is not None:
                self._store(one, known)
                continue
            self._waiting.append(one)
            yield one.intake

    def _settle(self, one: Taken) -> None:
        """Without an article there is only a failure to count, or a visit to note."""
        if one.intake.error is not None:
            self._fail(one, one.intake.error)
        elif one.visit is not None:
            self._record.visited(*one.visit, "unchanged")

    def _read(self, one: Taken, outcome: Readout | Failure) -> None:
        if isinstance(outcome, Failure):
            self._fail(one, outcome.error)
        else:
            self._store(one, outcome)

    def _store(self, one: Taken, readout: Readout) -> None:
        try:
            added = self._record.add(readout)
        except ReadoutError as error:
            self._fail(one, error)
            return
        self._count(added)
        if one.visit is not None:
            self._record.visited(*one.visit, added.state)

    def _flush(self) -> None:
        """Add readouts that were made elsewhere, many at once; if one of them is unfit, one by one."""
        made, self._made = self._made, []
        try:
            for added in list(self._record.add_many(one.readout for one in made if one.readout)):
                self._count(added)
        except ReadoutError:
            for one in made:
                if one.readout is not None:
                    self._store(one, one.readout)

    def _count(self, added: Added) -> None:
        self.summary.states[added.state] += 1
        self._tick()

    def _fail(self, one: Taken, error: ReadoutError) -> None:
        self.summary.failures.append(Failure(one.intake.name, one.intake.given_id, error))
        if one.visit is not None:
            self._record.visited(*one.visit, "failed")
        self._tick()
