"""Due: the ledger of what was announced: open, overdue, and what other reports made of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from readout.desk.asked import Asked
from readout.desk.page import LinesOut, Shown, TheDesk, lines_out, page
from readout.record.questions import due as ask
from readout.record.questions.due import STATES

TAB = ("Due", "/due")
router = APIRouter()


class DueAsked(Asked):
    """What is asked of the ledger."""

    state: Literal["overdue", "open", "postponed", "fulfilled", "dropped", "denied"] | None = Field(None, title="State")


@page(router, "/due", "due.html", answers=LinesOut, exports=("ics", "atom", "csv", "geojson", "ftm", "jsonld"))
def due(desk: TheDesk, asked: Annotated[DueAsked, Query()]) -> Shown:
    """What was announced: overdue, open, or settled by another report."""
    filters = asked.filters(status=asked.state)
    found = desk.worked_out.get(("due", filters, filters.today), lambda connection: ask(connection, filters))
    groups = [(state, [line for line in found.lines if line.what["state"] == state]) for state in STATES]
    context = {
        "asked": asked, "more": found.more, "states": STATES, "groups": [group for group in groups if group[1]],
    }  # fmt: skip
    return Shown("Due", lines_out(found.lines, found.more), found.lines, context=context)
