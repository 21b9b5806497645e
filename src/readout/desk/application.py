"""The application: its pages, its guards, and what it says when something is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.middleware.gzip import GZipMiddleware

from readout import __version__
from readout.desk import pages
from readout.desk.guard import Guard, genuine
from readout.desk.page import Shown
from readout.desk.settings import Settings
from readout.desk.state import Desk, desk_of, wants_page
from readout.errors import ContentError, OptionError, ReadoutError, SourceError

THREADS = 8
"""Requests that are answered at once; each has a connection to the record with a cache of its own."""


def application(settings: Settings | None = None) -> FastAPI:
    """Make a desk.

    Args:
        settings: what it is set up with; by default the record in the user's data folder, for this machine alone.

    Returns:
        An ASGI application, with the desk at `state.desk`.

    Raises:
        OptionError: the record cannot be opened.
    """
    desk = Desk(settings or Settings(), pages.TABS)
    app = FastAPI(
        title="Readout", version=__version__, docs_url=None, redoc_url=None, lifespan=_lifespan,
        summary="What a record of the news says, every line with the words it rests on.",
        dependencies=[Depends(genuine)],
    )  # fmt: skip
    app.state.desk = desk
    app.add_route("/static/{version}/{name:path}", desk.static.answer)
    app.add_api_route("/", lambda: RedirectResponse(pages.TABS[0][1], 307), include_in_schema=False)
    for module in pages.PAGES:
        app.include_router(module.router)
    desk.paths = frozenset(route.path for module in pages.PAGES for route in module.router.routes)
    app.add_exception_handler(OptionError, _told)
    app.add_exception_handler(ReadoutError, _told)
    app.add_exception_handler(AnyHTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told)
    app.add_middleware(Guard, desk=desk)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    app.state.desk.jobs.start()
    yield
    app.state.desk.close()


def _told(request: Request, error: Exception) -> Response:
    """What went wrong, as a page where somebody reads it, else as JSON."""
    status, reason = _reason(error, 404 if request.path_params else 400)
    if not wants_page(request):
        return JSONResponse({"detail": reason}, status, getattr(error, "headers", None))
    asked = [(name, value) for name, value in request.query_params.multi_items() if value][:20]
    shown = Shown("That did not work", {"detail": reason}, context={"reason": reason, "asked": asked}, status=status)
    return desk_of(request).render(request, "error.html", shown)


def _reason(error: Exception, unusable: int) -> tuple[int, str]:
    match error:
        case RequestValidationError():
            return 422, "; ".join(_of_field(one) for one in error.errors())
        case HTTPException() | AnyHTTPException():
            return error.status_code, "there is no such page" if error.status_code == 404 else str(error.detail)
        case OptionError() | ContentError() | SourceError():
            return unusable, str(error)
        case _:
            return 503, str(error)


def _of_field(error: dict[str, object]) -> str:
    where = error.get("loc")
    name = where[-1] if isinstance(where, tuple) and where else "the request"
    return f"{name}: {error.get('msg', 'is not valid')}"
