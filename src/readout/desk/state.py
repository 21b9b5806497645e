"""What one running desk has: its record, its templates and files, and who is logged in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from readout.desk.jobs import Jobs
from readout.desk.login import Visitors
from readout.desk.settings import Settings
from readout.desk.static import Static
from readout.desk.templating import environment
from readout.desk.worked_out import WorkedOut
from readout.record import Record

if TYPE_CHECKING:
    from readout.desk.page import Shown

JSON_SUFFIX = ".json"


class Desk:
    """A desk over one record.

    Args:
        settings: what it is set up with.
        tabs: labels and addresses of the pages in the navigation.

    Raises:
        OptionError: the record cannot be opened.
    """

    def __init__(self, settings: Settings, tabs: tuple[tuple[str, str], ...] = ()) -> None:
        self.settings = settings
        self.record = Record(settings.database)
        self.static = Static()
        self.visitors = Visitors(settings)
        self.tabs = tabs
        self.jobs = Jobs(self.record)
        self.worked_out = WorkedOut(self.record.database)
        self.paths: frozenset[str] = frozenset()
        self._templates = environment()

    def has(self, path: str) -> bool:
        """Whether there is a page at an address."""
        return path in self.paths

    def close(self) -> None:
        """Close the record."""
        self.jobs.close()
        self.worked_out.close()
        self.record.close()

    def render(self, request: Request, template: str, shown: Shown, exports: tuple[str, ...] = ()) -> Response:
        """The page of what is shown.

        Args:
            request: what was asked.
            template: name of the template.
            shown: what to show.
            exports: the forms in which the page can be taken along.
        """
        context: dict[str, Any] = {
            **shown.context,
            "title": shown.title,
            "data": shown.data,
            "lines": shown.lines,
            "exports": exports,
            "request": request,
            "desk": self,
            "token": self.visitors.token(request),
        }
        return HTMLResponse(self._templates.get_template(template).render(context), shown.status)


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


def connection_of(request: Request) -> Iterator[sa.Connection]:
    """A reading transaction on the record."""
    with desk_of(request).record.database.reading() as connection:
        yield connection


def wants_page(request: Request) -> bool:
    """Whether a request comes from a browser that shows what it gets as a page."""
    is_form = "." in request.url.path.rpartition("/")[2]
    return not is_form and "text/html" in request.headers.get("accept", "")
