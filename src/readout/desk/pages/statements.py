"""Statements: who said what to whom, by search and through time; denials."""

from typing import Annotated, get_args

from fastapi import APIRouter, Query
from pydantic import Field

from readout.desk.asked import Asked, Words
from readout.desk.page import Connection, Shown, lines_out, page
from readout.record.questions import statements as ask
from readout.schema import Stance

TAB = ("Statements", "/statements")
STANCES = get_args(Stance)
router = APIRouter()


class StatementsAsked(Asked):
    """What statements are asked for."""

    speaker: Words | None = Field(None, title="Speaker", description="a name in any spelling, or a surname")
    addressee: Words | None = Field(None, title="To", description="whom it was said to")
    about: Words | None = Field(None, title="About", description='words in it; "two words" quoted go together')
    stance: Stance | None = Field(None, title="Stance")


@page(router, "/statements", "statements.html", exports=("csv", "ftm", "jsonld"))
def statements(connection: Connection, asked: Annotated[StatementsAsked, Query()]) -> Shown:
    """Who said what to whom, the newest first."""
    found = ask(connection, asked.filters(status=asked.stance), asked.speaker, asked.addressee, asked.about)
    context = {"asked": asked, "more": found.more, "stances": STANCES}
    return Shown("Statements", lines_out(found.lines, found.more), found.lines, context=context)
