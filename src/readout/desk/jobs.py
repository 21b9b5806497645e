"""Adding, in the background: one job after the other, each with its progress and what failed and why."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from readout.errors import ReadoutError
from readout.export.plain import plain
from readout.ingest.fetch import Fetcher
from readout.ingest.gather import Gathering, Taken
from readout.ingest.intake import Intake
from readout.record import Record
from readout.record.adding import Adding, Summary
from readout.record.feeds import asked, feeds
from readout.record.visits import Visits
from readout.schema import Article

MOST_JOBS = 100
"""Jobs that are remembered."""
MOST_WAITING = 50
SHOWN = 200
"""Failures that are told one by one."""
RECHECK = 12.0
"""Hours after which an article that a feed still names is looked at again."""
EVERY = 30.0
"""Seconds between two looks at which feeds are due."""
BETWEEN = 1.0
"""Seconds that are left between two pages of one site."""


@dataclass
class Job:
    """Something to be added, and how far it is."""

    label: str
    sources: list[str | Path] = field(default_factory=list)
    article: Article | None = None
    """A pasted text."""
    names: dict[str, str] = field(default_factory=dict)
    """What the files that were sent are really called, by their paths here."""
    folder: Path | None = None
    """Where they lie; removed when the job is done."""
    published: str | None = None
    feed: str | None = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    state: str = "waiting"
    """waiting, reading, done, failed"""
    expected: int = 0
    summary: Summary | None = None
    problem: str = ""
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ("done", "failed")

    @property
    def total(self) -> int:
        """How many articles are dealt with."""
        return self.summary.total if self.summary else 0

    def as_dict(self) -> dict[str, Any]:
        """The job as data."""
        failures = self.summary.failures if self.summary else []
        told = [{"name": self._own(one.name), "reason": self._own(str(one.error))} for one in failures[:SHOWN]]
        return {
            "id": self.id,
            "label": self.label,
            "state": self.state,
            "started_at": self.started_at.isoformat(),
            "expected": max(self.expected, self.total),
            "done": self.total,
            "outcomes": dict(self.summary.states) if self.summary else {},
            "failed": len(failures),
            "failures": told,
            "problem": self.problem,
        }

    def _own(self, text: str) -> str:
        """A message with the names that files came with, not those they lie under here."""
        for path, name in self.names.items():
            text = text.replace(path, name)
        return plain(text)


class Jobs:
    """What is being added to a record.

    Args:
        record: the record.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, "adding")
        self._end = threading.Event()

    def start(self) -> None:
        """Begin to ask the feeds that are due."""
        threading.Thread(target=self._follow, name="feeds", daemon=True).start()

    def close(self) -> None:
        """Begin nothing more; what is being read is finished."""
        self._end.set()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def add(self, job: Job) -> Job:
        """Add something, after all that was asked for before.

        Raises:
            ReadoutError: too much is waiting already.
        """
        if sum(not one.is_over for one in self._jobs.values()) >= MOST_WAITING:
            _remove(job)
            raise ReadoutError("too much is waiting to be read; try again later")
        self._jobs[job.id] = job
        while len(self._jobs) > MOST_JOBS:
            self._jobs.popitem(last=False)
        self._worker.submit(self._run, job)
        return job

    def get(self, id: str) -> Job | None:
        """A job by its id."""
        return self._jobs.get(id)

    def all(self) -> list[Job]:
        """The jobs that are remembered, the newest first."""
        return list(reversed(self._jobs.values()))

    def _run(self, job: Job) -> None:
        job.state = "reading"
        try:
            self._add(job)
            job.state = "done"
        except ReadoutError as error:
            job.state, job.problem = "failed", plain(str(error))
        except Exception as error:  # whatever it is, the desk goes on and says so
            job.state, job.problem = "failed", plain(f"it broke off ({type(error).__name__}: {error})")[:300]
        finally:
            _remove(job)
            if job.feed:
                with suppress(ReadoutError):
                    asked(self._record.database, job.feed, _outcome(job))

    def _add(self, job: Job) -> None:
        visits = Visits(self._record, RECHECK)
        with closing(Fetcher(types=None, delay=BETWEEN)) as fetcher:  # no `named`: private addresses stay out of reach
            is_due: Callable[[Any], bool] = visits.is_due if job.feed else lambda _: True
            gathering = Gathering(fetcher, published=job.published, last_visit=visits.last, is_due=is_due)

            def tick() -> None:
                job.expected = gathering.expected

            adding = Adding(self._record, tick=tick)
            job.summary = adding.summary
            taken: Iterable[Taken] = gathering.take(job.sources)
            adding.run([Taken(Intake(job.label, article=job.article))] if job.article else taken)

    def _follow(self) -> None:
        while not self._end.wait(EVERY):
            with suppress(ReadoutError):
                self.ask_feeds()

    def ask_feeds(self) -> list[Job]:
        """Ask the feeds that are due, unless they are being asked already."""
        busy = {job.feed for job in self._jobs.values() if not job.is_over}
        with self._record.database.reading() as connection:
            due = [feed for feed in feeds(connection) if feed.is_due and feed.url not in busy]
        return [self.add(Job(f"feed {feed.url}", [feed.url], feed=feed.url)) for feed in due]


def _outcome(job: Job) -> str:
    if job.problem:
        return job.problem
    states = job.summary.states if job.summary else {}
    return f"{states.get('new', 0)} new, {states.get('revision', 0)} revised, {job.as_dict()['failed']} failed"


def _remove(job: Job) -> None:
    if job.folder is not None:
        shutil.rmtree(job.folder, ignore_errors=True)
