"""What is due: announced, and its time to come (open) or gone by (overdue), unless another report settles it."""

from __future__ import annotations

import sqlalchemy as sa

from readout.errors import OptionError
from readout.record import tables as t
from readout.record.questions.changed import with_changes
from readout.record.questions.events import Chosen, answer
from readout.record.questions.filters import Conditions, Filters
from readout.record.questions.happened import in_place
from readout.record.questions.lines import Answer, Line
from readout.record.questions.settled import Outcome, outcomes, with_outcome

TIMES = ("overdue", "open")
SETTLED = ("fulfilled", "dropped", "denied")
STATES = (*TIMES, "postponed", *SETTLED)
KEPT = 100
"""Announcements overdue, and still to come, whose outcomes the record keeps."""


def due(
    connection: sa.Connection,
    filters: Filters | None = None,
    *,
    settle: bool = True,
    only: Conditions | None = None,
) -> Answer:
    """What is due, by the day of `as_of`.

    Args:
        connection: of a reading transaction.
        filters: what to narrow it to; `status` is one of `STATES`.
        settle: whether to look in other reports for what became of it; else the dates alone decide.
        only: further conditions on the events, such as those of a beat.

    Returns:
        Up to `limit` lines of each kind: what is overdue, the latest first; then what is to come, the next first,
        with what has no date at the end. What other reports tell as done, dropped or denied is left out, unless
        `status` asks for it.

    Raises:
        OptionError: no such state, place or type.
    """
    filters = filters or Filters()
    if filters.status not in (None, *STATES):
        raise OptionError(f"{filters.status}: no state of what is due; there are {', '.join(STATES)}")
    times = [state for state in TIMES if filters.status not in TIMES or state == filters.status]
    answers = [_of(connection, filters, state, only or []) for state in times]
    lines = [line for one in answers for line in one.lines]
    lines = with_outcome(connection, lines, filters) if settle else lines
    lines = with_changes(connection, (line for line in lines if _is_asked(line, filters.status)))
    return Answer(lines, any(one.more for one in answers))


def outcomes_today(connection: sa.Connection) -> dict[str, Outcome]:
    """What became of the announcements that are due about today, to be kept in the record; see `settled.keep`."""
    filters = Filters(limit=KEPT)
    return outcomes(connection, due(connection, filters, settle=False).lines, filters)


def _is_asked(line: Line, status: str | None) -> bool:
    state = line.what["state"]
    return state == status if status else state not in SETTLED


def _of(connection: sa.Connection, filters: Filters, state: str, only: Conditions) -> Answer:
    x, today = t.EXPECTATIONS.c, filters.today
    conditions: Conditions = [*filters.reports(), *filters.typed(), *in_place(connection, filters)]
    conditions += only
    conditions += filters.during(x.due_start, x.due_end)
    of_today = sa.func.substr(today, 1, sa.func.length(x.due_end))  # what is due in a month is so until its last day
    said = {"state": state}
    if state == "overdue":
        gone = [x.due_end <= today, x.due_end < of_today, *conditions]
        return answer(connection, [Chosen(x.due_end, gone, expected=True, what=said)], filters.limit, newest=True)
    coming = Chosen(x.due_end, [x.due_end >= today[:4], x.due_end >= of_today, *conditions], expected=True, what=said)
    without_end = [x.due_end.is_(None), *conditions]
    found = answer(connection, [coming], filters.limit, newest=False)
    left = filters.limit - len(found.lines)
    if left <= 0:
        return found
    rest = answer(connection, [Chosen(t.ARTICLES.c.known_on, without_end, expected=True, what=said)], left, newest=True)
    return Answer(found.lines + rest.lines, found.more or rest.more)
