"""What a parser makes of one published list."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from readout.resolve.lists.entry import Entry


class Published(NamedTuple):
    """One list as its maker published it on one day."""

    form: str
    """The format it came in, such as "ofac-xml"."""
    day: date | None
    """The day the list says it is of; None if it does not say."""
    entries: list[Entry]
