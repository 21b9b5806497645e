"""Logging in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from readout.desk.login import give_session
from readout.desk.page import Shown, TheDesk

router = APIRouter(include_in_schema=False)


@router.get("/login", response_class=HTMLResponse)
def login(request: Request, desk: TheDesk, next: str = "/") -> Response:
    """The form."""
    if desk.visitors.may_enter(request):
        return RedirectResponse(_inside(next), 303)
    return desk.render(request, "login.html", Shown("Log in", {}, context={"next": _inside(next), "problem": ""}))


@router.post("/login", response_class=HTMLResponse)
def log_in(
    request: Request,
    desk: TheDesk,
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Let somebody in, or say why not."""
    address = request.client.host if request.client else ""
    if session := desk.visitors.log_in(address, password):
        entered = RedirectResponse(_inside(next), 303)
        give_session(request, entered, session)
        return entered
    wait = int(desk.visitors.wait(address)) + 1 if desk.visitors.wait(address) else 0
    problem = f"Too many wrong passwords; try again in {wait} seconds." if wait else "That password is wrong."
    shown = Shown("Log in", {}, context={"next": _inside(next), "problem": problem}, status=429 if wait else 403)
    answer = desk.render(request, "login.html", shown)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


@router.post("/logout")
def log_out(request: Request, desk: TheDesk) -> Response:
    """End the session."""
    desk.visitors.log_out(request)
    return RedirectResponse("/login", 303)


def _inside(address: str) -> str:
    """An address of this desk; "/" for any other."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_path else "/"
