"""Review: one item at a time, its sentence lit, and a decision on it that is kept and can be taken back."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Cookie, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from readout.desk.asked import Asked
from readout.desk.page import Connection, LineOut, Shown, TheDesk, page
from readout.errors import OptionError
from readout.export.gold import gold
from readout.knowledge.codebook import codebook
from readout.record.decisions import EDITABLE, Verdict, decisions
from readout.record.questions import show
from readout.record.questions.review import KINDS, waiting
from readout.record.reviewed import judgements
from readout.record.together import reports
from readout.resolve.words import sentence_around

TAB = ("Review", "/review")
ANONYMOUS = "desk"
VERDICTS: dict[str, Verdict] = {"accept": "positive", "reject": "negative", "skip": "unsure", "edit": "positive"}
CHOICES = {
    "status": ("occurred", "ongoing", "planned", "denied", "alleged", "hypothetical"),
    "stance": ("asserts", "denies", "confirms", "promises", "demands", "accuses", "other"),
    "kind": ("direct", "mixed", "indirect"),
}
AROUND = 320
"""Characters of the article that are shown before and after the sentence."""
router = APIRouter()


class ReviewAsked(Asked):
    """What is to be reviewed."""

    kind: Literal["event", "statement", "expectation"] | None = Field(None, title="Kind")
    skipped: bool = Field(False, title="Skipped ones")
    item: str | None = Field(None, max_length=60, title="Item")


class ReviewOut(BaseModel):
    """What waits for review: ids in their order, and the item that is shown."""

    waiting: int
    decided: int
    ids: list[str]
    item: LineOut | None


@page(router, "/review", "review.html", answers=ReviewOut)
def review(
    connection: Connection,
    asked: Annotated[ReviewAsked, Query()],
    readout_reviewer: Annotated[str, Cookie()] = ANONYMOUS,
) -> Shown:
    """One item at a time, the newest reports first."""
    kinds = (asked.kind,) if asked.kind else KINDS
    queue = waiting(connection, asked.filters(), kinds, unsure=asked.skipped)
    id = asked.item or next(iter(queue.ids), None)
    line, item = show(connection, id) if id else (None, {})
    at = queue.ids.index(id) if id in queue.ids else -1
    around = {
        "before": queue.ids[at - 1] if at > 0 else None,
        "after": queue.ids[at + 1] if at + 1 < len(queue.ids) else None,
    }
    context: dict[str, Any] = {
        "asked": asked, "queue": queue, "line": line, "item": item, **around, "reviewer": readout_reviewer[:60],
        "fields": _fields(id, item), "passage": _passage(connection, line), "history": _history(connection, id),
        "own": asked.changed(item=None).query,
    }  # fmt: skip
    data = {
        "waiting": queue.waiting,
        "decided": queue.decided,
        "ids": queue.ids,
        "item": line.as_dict() if line else None,
    }
    return Shown("Review", data, context=context)


@router.post("/review", include_in_schema=False)
def decide(
    desk: TheDesk,
    item: Annotated[str, Form(max_length=60)],
    verdict: Annotated[Literal["accept", "reject", "skip", "edit"], Form()],
    onward: Annotated[str, Form(max_length=2000)] = "/review",
    change: Annotated[list[str] | None, Form()] = None,
    was: Annotated[list[str] | None, Form()] = None,
    readout_reviewer: Annotated[str, Cookie()] = ANONYMOUS,
) -> Response:
    """Keep a decision on an item, and go on to the next."""
    told = _change(item, change or [], was or []) if verdict == "edit" else None
    desk.record.decide(item, VERDICTS[verdict], readout_reviewer[:60] or ANONYMOUS, None, told)
    return RedirectResponse(_within(onward), 303)


@router.post("/review/undo", include_in_schema=False)
def undo(
    desk: TheDesk,
    onward: Annotated[str, Form(max_length=2000)] = "/review",
    readout_reviewer: Annotated[str, Cookie()] = ANONYMOUS,
) -> Response:
    """Take back the reviewer's last decision on an item, and show that item again."""
    by = readout_reviewer[:60] or ANONYMOUS
    own = [one for one in desk.record.decisions() if one.by == by and ":" in one.what and "=" not in one.what]
    if not own:
        return RedirectResponse(_within(onward), 303)
    desk.record.undo(own[-1].key)
    return RedirectResponse(f"/review?item={quote(own[-1].what)}", 303)


@router.post("/review/name", include_in_schema=False)
def name(request: Request, reviewer: Annotated[str, Form(max_length=60)]) -> Response:
    """Keep in the browser who decides."""
    answer = RedirectResponse("/review", 303)
    shown = " ".join(reviewer.split()).encode("ascii", "ignore").decode() or ANONYMOUS
    secure = request.url.scheme == "https"
    answer.set_cookie("readout_reviewer", shown, max_age=31536000, httponly=True, samesite="strict", secure=secure)
    return answer


@router.get("/review/gold.jsonl", tags=["review"], summary="What was accepted, as gold", response_class=Response)
def as_gold(desk: TheDesk) -> Response:
    """The articles that were reviewed, as gold to score a reader against."""
    lines = gold(reports(desk.record, heed=False), judgements(desk.record.decisions()))
    kept = {"Content-Disposition": 'attachment; filename="gold.jsonl"'}
    return Response("".join(lines), media_type="application/x-ndjson", headers=kept)


def _fields(id: str | None, item: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    """What can be edited of an item: name, present value, and the values it may take, if they are few."""
    letter = id.partition(":")[2][:1] if id else ""
    due = item.get("due") or {}
    choices = CHOICES | {"type": tuple(codebook().types)}
    return [
        (name, str(item.get(name) or due.get(name) or ""), choices.get(name, ())) for name in EDITABLE.get(letter, ())
    ]


def _change(item: str, given: list[str], was: list[str]) -> dict[str, str | None]:
    """What was edited: the fields whose values are no longer those that the form came with.

    Raises:
        HTTPException: a value that the field cannot have.
    """
    letter = item.partition(":")[2][:1]
    before = [*was, *[""] * (len(given) - len(was))]
    fields = zip(EDITABLE.get(letter, ()), given, before, strict=False)
    told = {name: " ".join(value.split()) or None for name, value, old in fields if value != old}
    for field, allowed in (CHOICES | {"type": tuple(codebook().types)}).items():
        if field in told and told[field] not in allowed:
            raise HTTPException(422, f"{field}: {told[field]} is none of {', '.join(allowed)}")
    return told


def _passage(connection: Connection, line: Any) -> dict[str, str] | None:
    """The words before, in and after the sentence of an item."""
    if line is None:
        return None
    import sqlalchemy as sa

    from readout.record import tables as t

    text = str(connection.scalar(sa.select(t.ARTICLES.c.text).where(t.ARTICLES.c.id == line.article)))
    first, last = sentence_around(text, line.span)
    start, end = line.span
    start, end = max(start, first), min(end, last)
    return {
        "before": text[max(0, first - AROUND) : first], "lead": text[first:start], "words": text[start:end],
        "tail": text[end:last], "after": text[last : last + AROUND],
    }  # fmt: skip


def _history(connection: Connection, id: str | None) -> list[Any]:
    return decisions(connection, id, undone=True) if id else []


def _within(address: str) -> str:
    """An address on this desk.

    Raises:
        OptionError: it leads elsewhere.
    """
    if not address.startswith("/review"):
        raise OptionError(f"{address[:60]}: leads away from the review")
    return address
