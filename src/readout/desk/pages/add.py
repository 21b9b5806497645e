"""Add: files, a pasted text, addresses, feeds; what is being read, how far it is, and what failed and why."""

import re
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, HTTPException, UploadFile
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from readout.desk.jobs import Job
from readout.desk.page import Connection, Shown, TheDesk, page
from readout.errors import OptionError, ReadoutError
from readout.export.plain import plain
from readout.ingest import article_from_text
from readout.record.feeds import Feed, check_address, feeds, subscribe, unsubscribe

TAB = ("Add", "/add")
MOST_FILES = 500
MOST_ADDRESSES = 200
LONGEST_TEXT = 1_000_000
SEE_OTHER: dict[str, Any] = {"tags": ["add"], "status_code": 303, "response_class": RedirectResponse}
router = APIRouter()


class JobOut(BaseModel):
    """Something that is added, and how far it is."""

    id: str
    label: str
    state: str
    started_at: str
    expected: int
    done: int
    outcomes: dict[str, int]
    failed: int
    failures: list[dict[str, str]]
    problem: str


class AddOut(BaseModel):
    """What is being added, the newest first, and the feeds that are subscribed to."""

    jobs: list[JobOut]
    feeds: list[dict[str, Any]]


@page(router, "/add/{id}", "job.html", answers=JobOut)
def job(desk: TheDesk, id: str) -> Shown:
    """How far something is that is being added."""
    found = desk.jobs.get(id)
    if found is None:
        raise HTTPException(404, "no such job; the desk forgets them when it is ended")
    return Shown(found.label, found.as_dict())


@page(router, "/add", "add.html", answers=AddOut)
def add(desk: TheDesk, connection: Connection) -> Shown:
    """What is being added, and the feeds that are subscribed to."""
    known: list[Feed] = feeds(connection)
    jobs = [one.as_dict() for one in desk.jobs.all()[:20]]
    return Shown("Add", {"jobs": jobs, "feeds": [feed._asdict() for feed in known]})


@router.post("/add/files", **SEE_OTHER)
def add_files(
    desk: TheDesk,
    files: Annotated[list[UploadFile], File(description="articles, archives, feeds, or readouts already made")],
    published: Annotated[str, Form(max_length=40)] = "",
) -> RedirectResponse:
    """Add files: text, Markdown, HTML, PDF, mail, zip, WARC, feeds, JSON lines."""
    given = [file for file in files if file.filename]
    if not given or len(given) > MOST_FILES:
        raise OptionError(f"give 1 to {MOST_FILES} files at once")
    folder = Path(mkdtemp(prefix="readout-desk-"))
    job = Job(f"{len(given)} files" if len(given) > 1 else plain(given[0].filename or "a file"), folder=folder)
    job.published = published or None
    for number, file in enumerate(given):
        path = folder / f"{number}-{_safe(file.filename or '')}"
        with path.open("wb") as kept:
            shutil.copyfileobj(file.file, kept)
        job.sources.append(path)
        job.names[str(path)] = plain(file.filename or "")
    return _begin(desk, job)


@router.post("/add/text", **SEE_OTHER)
def add_text(
    desk: TheDesk,
    text: Annotated[str, Form(max_length=LONGEST_TEXT)],
    title: Annotated[str, Form(max_length=500)] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
) -> RedirectResponse:
    """Add a pasted text."""
    if url:
        check_address(url)
    known = {"title": title or None, "outlet": outlet or None, "url": url or None, "published": published or None}
    article = article_from_text(text, name="the pasted text", **known)  # type: ignore[arg-type]
    return _begin(desk, Job(plain(article.title or "") or "a pasted text", article=article))


@router.post("/add/addresses", **SEE_OTHER)
def add_addresses(
    desk: TheDesk,
    addresses: Annotated[str, Form(max_length=100_000, description="one a line")],
    published: Annotated[str, Form(max_length=40)] = "",
) -> RedirectResponse:
    """Add what is at some addresses: articles, feeds, sitemaps. Private addresses are refused."""
    wanted = addresses.split()
    if not wanted or len(wanted) > MOST_ADDRESSES:
        raise OptionError(f"give 1 to {MOST_ADDRESSES} addresses, one a line")
    for address in wanted:
        check_address(address)
    job = Job(f"{len(wanted)} addresses" if len(wanted) > 1 else plain(wanted[0]), [*wanted])
    job.published = published or None
    return _begin(desk, job)


@router.post("/feeds", **SEE_OTHER)
def follow_feed(
    desk: TheDesk, url: Annotated[str, Form(max_length=2000)], minutes: Annotated[int, Form(ge=5, le=10_080)] = 60
) -> RedirectResponse:
    """Subscribe to a feed; it is asked at once, and then again and again."""
    subscribe(desk.record.database, url.strip(), minutes)
    with suppress(ReadoutError):  # it is asked later, then
        desk.jobs.ask_feeds()
    return RedirectResponse("/add", 303)


@router.post("/feeds/drop", **SEE_OTHER)
def drop_feed(desk: TheDesk, url: Annotated[str, Form(max_length=2000)]) -> RedirectResponse:
    """Ask a feed no more; what came from it stays."""
    unsubscribe(desk.record.database, url)
    return RedirectResponse("/add", 303)


def _begin(desk: TheDesk, job: Job) -> RedirectResponse:
    return RedirectResponse(f"/add/{desk.jobs.add(job).id}", 303)


def _safe(name: str) -> str:
    """A file's name that leads nowhere else, its suffix kept, since that says what it is."""
    last = re.sub(r"[^\w.-]", "_", re.split(r"[/\\]", name)[-1], flags=re.ASCII).lstrip(".")
    return last[-80:] or "file"
