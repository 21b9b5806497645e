"""Article: the text with its marks, what was read in it, its versions side by side, and the way to the live source."""

from typing import Annotated, Any
from urllib.parse import quote

import sqlalchemy as sa
from fastapi import APIRouter, Path, Query
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from readout.desk.page import Connection, Shown, TheDesk, page
from readout.desk.revisions import side_by_side
from readout.export.html import LAYERS, marked, targets, web_address
from readout.export.links import passage
from readout.export.marks import Mark
from readout.export.view import View
from readout.record import tables as t
from readout.record.questions import difference, versions
from readout.record.questions import show as ask
from readout.resolve.words import sentence_around
from readout.schema import Readout

router = APIRouter()
Id = Annotated[str, Path(max_length=200, description="of the article in the record, or the id it came in with")]


class Version(BaseModel):
    """A version of an article."""

    id: str
    title: str | None
    published: str | None
    known_on: str | None
    revises: str | None


class ArticleOut(BaseModel):
    """An article of the record with what was read in it, and its versions, the oldest first."""

    id: str
    copies: list[str]
    versions: list[Version]
    readout: Readout


class ChangesOut(BaseModel):
    """What a version gained and lost against the one before it."""

    before: str
    after: str
    lines: list[dict[str, Any]]


@page(router, "/article/{id}", "article.html", answers=ArticleOut, exports=("jsonld", "ftm"))
def article(
    desk: TheDesk,
    connection: Connection,
    id: Id,
    at: Annotated[str | None, Query(pattern=r"^\d{1,7}-\d{1,7}$", description="words to light, START-END")] = None,
) -> Shown:
    """An article with its words marked, and what was read in them."""
    kept, readout = desk.record.article(id), desk.record.readout(id)
    view, text = View(readout), readout.article.text
    span = _span(at, len(text))
    pieces = marked(view, _lit(text, span) if span else [])
    known = _versions(versions(connection, kept.id))
    copies = _copies(connection, kept.id, kept.source_group)
    start, end = sentence_around(text, span) if span else (0, 0)
    context = {
        "view": view, "kept": kept, "paragraphs": pieces, "targets": targets(pieces), "layers": LAYERS,
        "versions": known, "copies": copies, "source": web_address(kept.url),
        "live": passage(kept.url, text[start:end].strip()) if span else None,
    }  # fmt: skip
    data = {"id": kept.id, "copies": copies, "versions": known, "readout": readout}
    return Shown(view.title, data, context=context, readouts=((kept.id, readout),))


@page(router, "/article/{id}/changes", "changes.html", answers=ChangesOut, exports=("csv",))
def changes(connection: Connection, id: Id) -> Shown:
    """What a version of an article gained and lost against the one before it, side by side."""
    found = versions(connection, id)
    after = next((row for row in found if row.id == id), found[-1])
    before = next((row for row in found if row.key == after.revision_of), after)
    lines = [line for line in difference(connection, id).lines if line.article in (before.id, after.id)]
    data = {"before": before.id, "after": after.id, "lines": [line.as_dict() for line in lines]}
    read = [line for line in lines if line.what["kind"] != "sentence"]
    context = {
        "before": before, "after": after, "versions": _versions(found), "read": read,
        "rows": side_by_side(before.text, after.text),
    }  # fmt: skip
    return Shown(f"What changed: {after.title or 'untitled'}", data, lines, context=context)


@router.get("/show/{id}", include_in_schema=False)
def show(connection: Connection, id: Id) -> RedirectResponse:
    """Where something is, by its id: an article, or the words that an item rests on."""
    if ":" not in id:
        return RedirectResponse(f"/article/{quote(id, safe='')}", 303)
    line, _ = ask(connection, id)
    start, end = line.span
    return RedirectResponse(f"/article/{line.article}?at={start}-{end}#w{start}", 303)


def _span(at: str | None, length: int) -> tuple[int, int] | None:
    start, _, end = (at or "").partition("-")
    span = (int(start), min(int(end), length)) if at else (0, 0)
    return span if span[0] < span[1] else None


def _lit(text: str, span: tuple[int, int]) -> list[Mark]:
    """Marks of the words that are asked for, and of the sentence around them."""
    return [Mark(*span, "at", "at"), Mark(*sentence_around(text, span), "around", "around")]


def _versions(rows: list[Any]) -> list[Version]:
    ids = {row.key: row.id for row in rows}
    return [
        Version(
            id=row.id, title=row.title, published=row.published, known_on=row.known_on, revises=ids.get(row.revision_of)
        )
        for row in rows
    ]


def _copies(connection: sa.Connection, id: str, group: str | None) -> list[str]:
    """The articles that copy the same report."""
    a = t.ARTICLES.c
    chosen = sa.select(a.id).where(a.source_group == group, a.id != id).order_by(a.id).limit(100)
    return list(connection.scalars(chosen)) if group else []
