"""Search: over all articles and statements, and over names in all their spellings."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from readout.desk.asked import Asked, Words
from readout.desk.page import Connection, LineOut, Shown, page
from readout.record.questions import named
from readout.record.questions import search as ask

TAB = ("Search", "/search")
MOST_NAMES = 12
router = APIRouter()


class SearchAsked(Asked):
    """What is searched for."""

    words: Words | None = Field(None, title="Words", description='all must be there; "two words" quoted go together')
    kind: Literal["articles", "statements"] = Field("articles", title="In")


class SearchOut(BaseModel):
    """Articles or statements, best first, and the names in the record that the words may stand for."""

    lines: list[LineOut]
    more: bool
    names: list[dict[str, Any]]


@page(router, "/search", "search.html", answers=SearchOut, exports=("csv", "jsonld"))
def search(connection: Connection, asked: Annotated[SearchAsked, Query()]) -> Shown:
    """Words in articles or statements, and names with their spellings."""
    has_words = any(char.isalnum() for char in asked.words or "")
    names = named(connection, asked.words or "", MOST_NAMES) if has_words else []
    found = ask(connection, asked.words or "", asked.filters(), asked.kind) if has_words else None
    lines, more = (found.lines, found.more) if found else ([], False)
    data = {"lines": [line.as_dict() for line in lines], "more": more, "names": names}
    title = f"Search: {asked.words}" if asked.words else "Search"
    context = {"asked": asked, "more": more, "names": names, "has_words": has_words}
    return Shown(title, data, lines, context=context)
