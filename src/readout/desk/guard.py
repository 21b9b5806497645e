"""What stands before every page: who is asked for, who asks, and what browsers may do with the answer."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from readout.desk.login import SESSION, give_session
from readout.desk.state import Desk, desk_of, wants_page

SAFE = ("GET", "HEAD", "OPTIONS")
OPEN_PATHS = ("/static/", "/login")
LARGEST_BODY = 200_000_000  # bytes of what is sent at once
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # "no-referrer" would have browsers hide the Origin of our own forms, too
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """Middleware: turns away what did not ask for this desk or may not, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "private, no-cache")
                if SESSION not in request.cookies and "readout_session" in scope and not _is_set(headers):
                    cookie = Response()
                    give_session(request, cookie, scope["readout_session"])
                    headers.append("set-cookie", cookie.headers["set-cookie"])
            await send(message)

        refused = self._refused(request)
        await (refused or self._app)(scope, _bounded(receive), send_guarded)

    def _refused(self, request: Request) -> Response | None:
        if not self._is_asked_for(request):
            return PlainTextResponse("this desk does not go by that name\n", 421)
        if request.method not in SAFE and not is_same_origin(request):
            return PlainTextResponse("refused: this change was asked for on another site\n", 403)
        if int_or_zero(request.headers.get("content-length")) > LARGEST_BODY:
            return PlainTextResponse(f"refused: larger than {LARGEST_BODY:,} bytes; add it in parts\n", 413)
        if request.url.path.startswith(OPEN_PATHS) or self._desk.visitors.may_enter(request):
            return None
        if request.method in SAFE and wants_page(request):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/login?next={quote(request.url.path + query)}", 303)
        return PlainTextResponse("log in first, or send the token\n", 401, {"WWW-Authenticate": "Bearer"})

    def _is_asked_for(self, request: Request) -> bool:
        """Whether the desk goes by the name it is asked for (else a name elsewhere was made to lead here)."""
        hosts = self._desk.settings.hosts
        try:
            return not hosts or urlsplit(f"//{request.headers.get('host', '')}").hostname in hosts
        except ValueError:
            return False


def _bounded(receive: Receive) -> Receive:
    """What is received, cut off where it grows too large whatever its head said."""
    taken = 0

    async def receive_bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            return {"type": "http.disconnect"}
        return message

    return receive_bounded


def _is_set(headers: MutableHeaders) -> bool:
    return any(cookie.startswith(f"{SESSION}=") for cookie in headers.getlist("set-cookie"))


def is_same_origin(request: Request) -> bool:
    """Whether a change was asked for by this site's own page, or by no page at all."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()


async def genuine(request: Request) -> None:
    """Refuse a change that brings neither a token of one of our forms nor the token for programs.

    Raises:
        HTTPException: it does not.
    """
    if request.method in SAFE or desk_of(request).visitors.is_program(request):
        return
    token = request.headers.get("x-csrf-token")
    if token is None and "form" in request.headers.get("content-type", ""):
        token = str((await request.form()).get("csrf", ""))
    if not desk_of(request).visitors.is_ours(request, token or ""):
        raise HTTPException(403, "the form is too old or not ours; load the page again and repeat it")


def int_or_zero(text: str | None) -> int:
    """A number in a header, 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() else 0
