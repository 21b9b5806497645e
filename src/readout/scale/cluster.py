"""Articles read by a Ray cluster: actors that hold the model, a bounded stream, and no article lost with a machine.

An actor gets a new article when it has answered the last but one, so that nobody waits and memory stays bounded
(back-pressure). One that dies, alone or with its machine, is replaced, and what it had in hand is read again elsewhere;
an article that kills its reader every time is a failure of its own.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from readout.errors import OptionError, ReadoutError
from readout.reading import Failure, outcome
from readout.schema import Readout

if TYPE_CHECKING:
    from readout.ingest import Intake

IN_HAND = 2
"""Articles that an actor has at a time: the one it reads, and the next."""
AHEAD = 16
"""Articles per actor that may be done or in work while an earlier one is being read: outcomes keep their order."""
ATTEMPTS = 3
"""How often an article is read whose reader dies."""
PATIENCE = 120.0
"""Seconds to wait for the first actor; after them the cluster is taken to have no room."""


class Reader:
    """What runs on the machines of a cluster: one pipeline, and the articles it is given.

    Args:
        nlp: name or folder of the pipeline, the same on every machine; `None` for the one that ships with Readout.
    """

    def __init__(self, nlp: str | None) -> None:
        from readout.language import load

        self.nlp = load(nlp)

    def ready(self) -> bool:
        """Answers once the pipeline is loaded."""
        return True

    def read(self, intake: Intake) -> Readout | Failure:
        """Read one article; what goes wrong with it is its own failure."""
        return outcome(intake, self.nlp)


@dataclass(eq=False)
class _Worker:
    actor: Any
    starting: Any
    """Resolves when the pipeline is loaded; `None` from then on."""
    in_hand: set[Any] = field(default_factory=set)
    alone: bool = False
    """Whether it reads an article that was in a dead reader's hands: nothing else must die with it."""

    def takes(self, task: _Task) -> bool:
        """Whether it has a free hand for a task."""
        if self.starting is not None or self.alone:
            return False
        return len(self.in_hand) < (1 if task.attempts else IN_HAND)


@dataclass
class _Task:
    number: int
    intake: Intake
    attempts: int = 0


def outcomes(
    intakes: Iterable[Intake], nlp: str | None = None, *, address: str = "local", workers: int | None = None
) -> Iterator[Readout | Failure]:
    """Read articles on a cluster.

    Args:
        intakes: the articles, taken only as fast as they are read.
        nlp: name or folder of the pipeline on the cluster's machines; `None` for the one that ships with Readout.
        address: of the cluster's head ("10.0.0.1:6379"), or "local" for a cluster of this machine's cores.
        workers: actors; by default one for each core of the cluster.

    Yields:
        A readout or a failure for each article, in the order of `intakes`.

    Raises:
        OptionError: Ray is not installed, no cluster is at the address, or it has no room for a single actor.
    """
    ray = _connected(address)
    try:
        count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        yield from _Stream(ray, iter(intakes), nlp, count).outcomes()
    finally:
        ray.shutdown()


def _connected(address: str) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        raise OptionError("--cluster needs Ray: pip install 'readout[ray]'") from error
    local: dict[str, Any] = {"include_dashboard": False} if address == "local" else {}
    try:
        ray.init(address=address, **local, log_to_driver=False, configure_logging=False)
    except (ConnectionError, OSError, ValueError, RuntimeError) as error:
        raise OptionError(
            f"--cluster {address}: no cluster answers there; start one with `ray start --head`"
        ) from error
    return ray


class _Stream:
    """Articles on their way through the actors."""

    def __init__(self, ray: Any, intakes: Iterator[Intake], nlp: str | None, workers: int) -> None:
        self.ray, self.intakes, self.nlp, self.count = ray, enumerate(intakes), nlp, workers
        self.remote = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Reader)
        self.workers: list[_Worker] = []
        self.tasks: dict[Any, tuple[_Worker, _Task]] = {}
        self.again: deque[_Task] = deque()
        self.done: dict[int, Readout | Failure] = {}
        self.next = 0
        self.taken = 0

    def outcomes(self) -> Iterator[Readout | Failure]:
        """Each outcome in its turn."""
        while True:
            self._hand_out()
            while self.next in self.done:
                yield self.done.pop(self.next)
                self.next += 1
                self._hand_out()
            if not self.tasks and not self.again:
                return
            self._wait()

    def _hand_out(self) -> None:
        """Give articles to whoever has a free hand, while no earlier one is too far behind."""
        while (task := self._next_task()) is not None:
            worker = self._free(task)
            if worker is None:
                self.again.appendleft(task)
                return
            ref = worker.actor.read.remote(task.intake)
            worker.alone = task.attempts > 0
            worker.in_hand.add(ref)
            self.tasks[ref] = worker, task

    def _next_task(self) -> _Task | None:
        if self.again:
            return self.again.popleft()
        if self.taken - self.next >= AHEAD * self.count:
            return None
        for number, intake in self.intakes:
            self.taken = number + 1
            if intake.article is not None:
                return _Task(number, intake)
            self.done[number] = outcome(intake, None)
            return self._next_task()
        return None

    def _free(self, task: _Task) -> _Worker | None:
        while len(self.workers) < self.count:
            actor = self.remote.remote(self.nlp)
            self.workers.append(_Worker(actor, actor.ready.remote()))
        return min((w for w in self.workers if w.takes(task)), key=lambda w: len(w.in_hand), default=None)

    def _wait(self) -> None:
        """Until something is done, dead or ready."""
        starting = {w.starting: w for w in self.workers if w.starting is not None}
        refs = [*self.tasks, *starting]
        timeout = None if self.tasks else PATIENCE
        found, _ = self.ray.wait(refs, num_returns=1, timeout=timeout)
        if not found:
            raise OptionError(f"the cluster has no room for a reader: none was ready in {PATIENCE:.0f} seconds")
        for ref in found:
            if ref in starting:
                self._started(starting[ref])
            else:
                self._answered(ref)

    def _started(self, worker: _Worker) -> None:
        try:
            self.ray.get(worker.starting)
            worker.starting = None
        except self.ray.exceptions.RayActorError as error:
            self._lost(worker)
            if not any(w.starting is None for w in self.workers) and not self.tasks:
                raise OptionError(f"the cluster's readers cannot start: {_reason(error)}") from error

    def _answered(self, ref: Any) -> None:
        worker, task = self.tasks.pop(ref)
        worker.in_hand.discard(ref)
        worker.alone = False
        try:
            self.done[task.number] = self.ray.get(ref)
        except self.ray.exceptions.RayTaskError as error:
            self.done[task.number] = _failure(task.intake, f"could not be read ({_reason(error)})")
        except self.ray.exceptions.RayError:
            self._lost(worker, task)

    def _lost(self, worker: _Worker, *in_hand: _Task) -> None:
        """Take a dead worker out, and what it had in hand back, each a suspect from now on."""
        if worker in self.workers:
            self.workers.remove(worker)
        for task in (*in_hand, *(self.tasks.pop(ref)[1] for ref in worker.in_hand)):
            task.attempts += 1
            if task.attempts < ATTEMPTS:
                self.again.append(task)
            else:
                self.done[task.number] = _failure(task.intake, f"its reader died {ATTEMPTS} times")
        worker.in_hand = set()


def _failure(intake: Intake, reason: str) -> Failure:
    return Failure(intake.name, intake.given_id, ReadoutError(f"{intake.name}: {reason}"))


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[-200:]
