"""Who may come in: a password (argon2id), a token for programs, sessions, and what proves that a form is ours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import Request, Response

from readout.desk.settings import HOURS, Settings
from readout.errors import OptionError

SESSION = "readout_session"
SHORTEST_PASSWORD = 8
MOST_SESSIONS = 10_000
FREE_TRIES = 5
"""Wrong passwords from one address before it must wait."""
FIRST_WAIT, LONGEST_WAIT = 2.0, 900.0
"""Seconds; each further wrong password doubles the wait."""
_HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """The hash of a password; one that is a hash already stays.

    Raises:
        OptionError: it is too short, or a hash of another kind.
    """
    if password.startswith("$argon2id$"):
        try:
            _HASHER.check_needs_rehash(password)
        except InvalidHashError:
            raise OptionError("the password looks like a hash of argon2id, and is none") from None
        return password
    if len(password) < SHORTEST_PASSWORD:
        raise OptionError(f"the password is too short; give at least {SHORTEST_PASSWORD} characters")
    return _HASHER.hash(password)


class _Tries(NamedTuple):
    wrong: int
    until: float


class Visitors:
    """Who is logged in, who tries to, and what proves that a change was asked for on our own page.

    Sessions are kept in memory, so that all of them end with the desk.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._secret = secrets.token_bytes(32)
        self._sessions: dict[str, float] = {}
        self._tries: dict[str, _Tries] = {}
        self._one_at_a_time = threading.Lock()  # each check of a password takes 64 MiB

    def may_enter(self, request: Request) -> bool:
        """Whether a request comes from somebody who may use the desk."""
        return self._settings.is_open or self.is_program(request) or self._is_logged_in(request)

    def is_program(self, request: Request) -> bool:
        """Whether a request carries the token, which no page elsewhere can make a browser send."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and _same(token.strip(), self._settings.token)

    def wait(self, address: str) -> float:
        """Seconds for which an address may not try again."""
        return max(0.0, self._tries.get(address, _Tries(0, 0.0)).until - time.monotonic())

    def log_in(self, address: str, password: str) -> str | None:
        """A new session for a right password or token, else `None`."""
        with self._one_at_a_time:
            if self.wait(address) > 0:
                return None
            if self._is_right(password):
                self._tries.pop(address, None)
                return self._new_session()
            self._count_wrong(address)
        return None

    def log_out(self, request: Request) -> None:
        """End the session of a request."""
        self._sessions.pop(request.cookies.get(SESSION, ""), None)

    def token(self, request: Request) -> str:
        """What a form sends to prove that it is ours: bound to the browser, and another each time (against BREACH)."""
        mark = secrets.token_hex(8)
        return f"{mark}.{self._sign(mark, browser_of(request))}"

    def is_ours(self, request: Request, token: str) -> bool:
        """Whether a token was given to the browser that sends it."""
        mark, _, signed = token.partition(".")
        return SESSION in request.cookies and _same(signed, self._sign(mark, browser_of(request)))

    def _is_logged_in(self, request: Request) -> bool:
        return self._sessions.get(request.cookies.get(SESSION, ""), 0.0) > time.monotonic()

    def _is_right(self, password: str) -> bool:
        if self._settings.token and _same(password, self._settings.token):
            return True
        if not self._settings.password:
            return False
        try:
            return _HASHER.verify(self._settings.password, password)
        except (VerificationError, InvalidHashError):
            return False

    def _new_session(self) -> str:
        now = time.monotonic()
        self._sessions = {key: until for key, until in self._sessions.items() if until > now}
        while len(self._sessions) >= MOST_SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        session = secrets.token_urlsafe(32)
        self._sessions[session] = now + HOURS * 3600
        return session

    def _count_wrong(self, address: str) -> None:
        if len(self._tries) >= MOST_SESSIONS:
            self._tries.pop(next(iter(self._tries)))
        wrong = self._tries.get(address, _Tries(0, 0.0)).wrong + 1
        wait = min(FIRST_WAIT * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT) if wrong >= FREE_TRIES else 0.0
        self._tries[address] = _Tries(wrong, time.monotonic() + wait)

    def _sign(self, mark: str, browser: str) -> str:
        return hmac.new(self._secret, f"{mark}\n{browser}".encode(), hashlib.sha256).hexdigest()


def browser_of(request: Request) -> str:
    """The session that a browser has, or is about to be given."""
    given: str | None = request.cookies.get(SESSION) or request.scope.get("readout_session")
    if given is None:
        given = request.scope["readout_session"] = secrets.token_urlsafe(32)
    return given


def give_session(request: Request, response: Response, session: str) -> None:
    """Have the browser keep a session: out of reach of scripts, and over TLS alone where there is TLS."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(SESSION, session, max_age=HOURS * 3600, httponly=True, samesite="lax", secure=is_secure)


def _same(one: str, other: str | None) -> bool:
    return bool(other) and hmac.compare_digest(one.encode(), str(other).encode())
