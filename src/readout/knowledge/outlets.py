"""Who publishes: the country of an outlet, and whether it is independent, a state's, an office itself, or an agency."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from readout.knowledge.countries import rows, split
from readout.knowledge.folding import fold

OutletKind = Literal["independent", "state", "official", "agency"]


class Outlet(NamedTuple):
    """An outlet as the table has it."""

    name: str
    country: str | None
    """ISO 3166-1 alpha-3."""
    kind: str
    """independent; state: owned or directed by a state; official: an office's own word; agency: a news agency that no
    state directs."""


@cache
def _table() -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    """Outlets by folded name, and by host."""
    names, hosts = {}, {}
    for row in rows("outlets.tsv"):
        known = Outlet(row["name"], row["alpha3"] or None, row["kind"])
        names.update({fold(name): known for name in (row["name"], *split(row["names"]))})
        hosts.update(dict.fromkeys(split(row["hosts"]), known))
    return names, hosts


def outlet(name: str | None, url: str | None = None) -> Outlet | None:
    """What is known of an outlet.

    Args:
        name: its name, or its host.
        url: the address of one of its articles.

    Returns:
        The outlet; an office of a government by its address alone; else `None`.
    """
    names, hosts = _table()
    known = names.get(fold(name)) if name else None
    return known or _by_host(name or "", hosts) or _by_host(_host(url), hosts)


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _by_host(host: str, hosts: dict[str, Outlet]) -> Outlet | None:
    """The outlet of a host or of the domain it lies in: what is registered for "gov.uk" holds for all below it."""
    parts = host.lower().split(".")
    return next((hosts[d] for d in (".".join(parts[n:]) for n in range(len(parts))) if d in hosts), None)
