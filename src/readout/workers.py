"""Reading in several processes: each worker holds one pipeline, and the outcomes come in input order.

A worker that dies (out of memory, a fault in native code) breaks the whole pool; the articles then in flight are read
again one at a time, so that only the article that kills its worker is lost.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

from readout.errors import ReadoutError
from readout.language import load
from readout.reading import Failure, outcome
from readout.schema import Readout

if TYPE_CHECKING:
    from readout.ingest import Intake

AHEAD = 4
"""Articles in flight per worker: enough to keep the workers busy, few enough to bound memory."""


def outcomes(intakes: Iterable[Intake], nlp: str | None, processes: int) -> Iterator[Readout | Failure]:
    """Read articles in worker processes.

    Args:
        intakes: the articles, taken only as fast as they are read.
        nlp: name or folder of the pipeline; `None` for the one that ships with Readout.
        processes: number of workers.

    Yields:
        A readout or a failure for each article, in the order of `intakes`.

    Raises:
        PipelineError: the pipeline cannot be loaded.
    """
    remaining = iter(intakes)
    broken: list[Intake] = []
    while True:
        for intake in broken:
            yield _alone(intake, nlp)
        broken = []
        for intake, result in _flow(remaining, nlp, processes):
            if result is None:
                broken.append(intake)
            else:
                yield result
        if not broken:
            return


def _flow(
    intakes: Iterator[Intake], nlp: str | None, processes: int
) -> Iterator[tuple[Intake, Readout | Failure | None]]:
    """Each article with its outcome, until all are read or a worker dies: then those in flight, with `None`."""
    with _pool(processes) as pool:
        flight = deque((intake, pool.submit(_work, intake, nlp)) for intake in islice(intakes, AHEAD * processes))
        alive = True
        try:
            while flight:
                intake, future = flight.popleft()
                result = _result(future) if alive else None
                alive = result is not None
                yield intake, result
                for following in islice(intakes, 1 if alive else 0):
                    flight.append((following, _submitted(pool, following, nlp)))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor:
    # A forked child would inherit the inference engine's threads and locks in an unusable state.
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends its workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _submitted(pool: ProcessPoolExecutor, intake: Intake, nlp: str | None) -> Future[Readout | Failure]:
    try:
        return pool.submit(_work, intake, nlp)
    except BrokenProcessPool as error:
        failed: Future[Readout | Failure] = Future()
        failed.set_exception(error)
        return failed


def _result(future: Future[Readout | Failure]) -> Readout | Failure | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _alone(intake: Intake, nlp: str | None) -> Readout | Failure:
    with _pool(1) as pool:
        result = _result(pool.submit(_work, intake, nlp))
    if result is not None:
        return result
    error = ReadoutError(f"{intake.name}: the process that read it died; it may need more memory than there is")
    return Failure(intake.name, intake.given_id, error)


def _work(intake: Intake, nlp: str | None) -> Readout | Failure:
    return outcome(intake, None if intake.article is None else load(nlp))
