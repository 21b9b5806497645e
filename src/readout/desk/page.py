"""How a page is made: one function that answers, one template that shows it, and the same answer in other forms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict

from readout.desk.exports import FORMS, Form, Taken
from readout.desk.state import Desk, connection_of, desk_of
from readout.record.questions import Line
from readout.resolve.reports import Report
from readout.schema import Readout

Connection = Annotated[sa.Connection, Depends(connection_of)]
"""A reading transaction on the record, for as long as the request takes."""
TheDesk = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows, in whatever form.

    Attributes:
        title: of the page; the browser's tab has it too.
        data: what `.json` answers: a mapping or a pydantic model.
        lines: what the exports are made of, in the order of the screen.
        readouts: of a page about articles, each with its article's id; exports are made of them in place of lines.
        context: what the template needs besides `title`, `data` and `lines`.
        status: the HTTP status.
        finish: what is still to be done to the page's answer, such as setting a cookie.
    """

    title: str
    data: Any
    lines: Sequence[Line] = ()
    readouts: Sequence[tuple[str, Readout]] = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    finish: Callable[[Response], None] = lambda _: None


class LineOut(BaseModel):
    """A line of an answer: its words, what it rests on, and, by name, what the question is about."""

    model_config = ConfigDict(extra="allow")

    id: str
    start: str | None
    end: str | None
    sources: int
    sentence: str
    article: str
    span: tuple[int, int]
    outlet: str | None
    published: str | None
    reports: list[str]


class LinesOut(BaseModel):
    """The lines of an answer, and whether the limit left some out."""

    lines: list[LineOut]
    more: bool = False


def lines_out(lines: Sequence[Line], more: bool) -> dict[str, Any]:
    """What `.json` answers where a page is a list of lines."""
    return {"lines": [line.as_dict() for line in lines], "more": more}


Handler = Callable[..., Shown]


def page(
    router: APIRouter, path: str, template: str, *, answers: Any = LinesOut, exports: Sequence[str] = ()
) -> Callable[[Handler], Handler]:
    """Register a function that gives a `Shown` as a page, as `.json` and as exports.

    Args:
        router: of the page's module.
        path: of the page, without a suffix.
        template: its template.
        answers: the model of what `.json` answers, for OpenAPI.
        exports: names of `exports.FORMS`.
    """

    def register(handler: Handler) -> Handler:
        name, about = handler.__name__, (handler.__doc__ or "").strip().partition("\n")[0]
        router.add_api_route(
            f"{path}.json", _as_data(handler), response_model=answers, name=f"{name}_json", summary=about, tags=[name]
        )
        for form in exports:
            route, kind = _as_export(handler, name, FORMS[form]), FORMS[form].type
            router.add_api_route(
                f"{path}.{form}", route, response_class=Response, name=f"{name}_{form}", tags=[name],
                summary=f"{about.rstrip('.')} ({FORMS[form].label})", responses={200: {"content": {kind: {}}}},
            )  # fmt: skip
        route = _as_page(handler, template, path, tuple(exports))
        router.add_api_route(path, route, response_class=HTMLResponse, name=name, include_in_schema=False)
        return handler

    return register


def _as_page(handler: Handler, template: str, path: str, exports: tuple[str, ...]) -> Callable[..., Response]:
    def as_page(request: Request, shown: Shown = Depends(handler)) -> Response:  # noqa: B008
        filled = [(name, value) for name, value in request.query_params.multi_items() if value]
        if len(filled) < len(request.query_params.multi_items()):  # a form that was sent with blank fields
            return RedirectResponse(f"{request.url.path}{'?' if filled else ''}{urlencode(filled)}", 303)
        answer = desk_of(request).render(request, template, shown, exports)
        shown.finish(answer)
        return answer

    return as_page


def _as_data(handler: Handler) -> Callable[..., Any]:
    def as_data(shown: Shown = Depends(handler)) -> Any:  # noqa: B008
        return shown.data

    return as_data


def _as_export(handler: Handler, name: str, form: Form) -> Callable[..., Response]:
    def as_export(request: Request, connection: Connection, shown: Shown = Depends(handler)) -> Response:  # noqa: B008
        reports = [Report(id, readout) for id, readout in shown.readouts]
        base = str(request.base_url).rstrip("/")
        content = form.write(Taken(shown.title, base, shown.lines, reports, connection))
        kept = {"Content-Disposition": f'attachment; filename="{name}.{form.suffix}"'} if form.is_file else {}
        return Response(content, media_type=form.type, headers=kept)

    return as_export
