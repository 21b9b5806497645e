"""Conflicts: one claim on each side, who stands behind it, since when, on what evidence."""

from typing import Annotated

from fastapi import APIRouter, Query

from readout.desk.asked import Asked
from readout.desk.page import Shown, TheDesk, lines_out, page
from readout.record.questions import conflicts as ask

TAB = ("Conflicts", "/conflicts")
router = APIRouter()


@page(router, "/conflicts", "conflicts.html", exports=("csv",))
def conflicts(desk: TheDesk, asked: Annotated[Asked, Query()]) -> Shown:
    """What some reports tell and others deny, or tell with other numbers or days."""
    filters = asked.filters()
    found = desk.worked_out.get(("conflicts", filters), lambda connection: ask(connection, filters))
    return Shown(
        "Conflicts", lines_out(found.lines, found.more), found.lines, context={"asked": asked, "more": found.more}
    )
