"""Answers that take long to work out: in a thread of their own, and kept until the record changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from typing import Any, TypeVar

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.database import Database

MOST = 64
PATIENCE = 2.0
"""Seconds that a page waits for an answer it can do without."""
Found = TypeVar("Found")


class WorkedOut:
    """Answers with the state of the record that they were worked out in; each is worked out once.

    Args:
        database: of the record.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._guard = threading.Lock()
        self._workers = ThreadPoolExecutor(2, "working-out")

    def get(self, key: Hashable, make: Callable[[sa.Connection], Found]) -> Found:
        """An answer, as it is kept or worked out anew.

        Args:
            key: what was asked.
            make: works the answer out, on a reading transaction on the record.
        """
        found: Found = self._future(key, make).result()
        return found

    def soon(self, key: Hashable, make: Callable[[sa.Connection], Found]) -> Found | None:
        """An answer if it is there or does not take long; else `None`, and it is being worked out."""
        try:
            found: Found = self._future(key, make).result(PATIENCE)
        except NotYetError:
            return None
        return found

    def close(self) -> None:
        """Begin nothing more."""
        self._workers.shutdown(wait=True, cancel_futures=True)

    def _future(self, key: Hashable, make: Callable[[sa.Connection], Any]) -> Future[Any]:
        with self._database.reading() as connection:
            key = (key, _state(connection))
        with self._guard:
            known = self._kept.get(key)
            if known is None or (known.done() and known.exception() is not None):
                known = self._kept[key] = self._workers.submit(self._make, make)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return known

    def _make(self, make: Callable[[sa.Connection], Any]) -> Any:
        with self._database.reading() as connection:
            return make(connection)


def _state(connection: sa.Connection) -> tuple[Any, ...]:
    """What changes with every article that comes, goes or is read again, and with every decision."""
    a, r, d = t.ARTICLES.c, t.READOUTS.c, t.DECISIONS.c
    newest = sa.select(*(sa.select(sa.func.max(column)).scalar_subquery() for column in (a.key, a.added_at)))
    recent = sa.select(sa.func.max(a.key) - 1000).scalar_subquery()
    last_read = sa.select(sa.func.max(r.read_at)).where(r.article > recent)
    decided = sa.select(sa.func.max(d.key), sa.func.max(d.undone_at))
    return (*connection.execute(newest).one(), connection.scalar(last_read), *connection.execute(decided).one())
