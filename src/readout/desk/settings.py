"""What a desk is set up with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from readout.errors import OptionError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names that reach this machine alone; a site elsewhere whose name was made to lead here is asked for by its own."""
HOURS = 12
"""How long somebody stays logged in."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a desk is set up with.

    Args:
        database: a SQLite file, or the address of a PostgreSQL database; by default the file in the user's data folder.
        password: the hash of the password, as `login.hashed` makes it (argon2id); `None` where nobody logs in.
        token: what a program sends as `Authorization: Bearer ...`; `None` where none may come in so.
        hosts: names by which the desk may be asked for; empty allows any.
    """

    database: str | Path | None = None
    password: str | None = None
    token: str | None = None
    hosts: frozenset[str] = LOOPBACK

    @property
    def is_open(self) -> bool:
        """Whether everybody who reaches the desk may use it."""
        return not self.password and not self.token


def check_reach(host: str, *, is_open: bool) -> None:
    """Refuse to open a desk to others without a password or token.

    Args:
        host: the name or address it is to listen on.
        is_open: whether it has neither.

    Raises:
        OptionError: others could reach it, and anybody may use it.
    """
    if is_open and not is_loopback(host):
        raise OptionError(f"{host}: reaches others; give the desk a --password or a --token, or leave it on 127.0.0.1")


def is_loopback(host: str) -> bool:
    """Whether a name or address to listen on is of this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
