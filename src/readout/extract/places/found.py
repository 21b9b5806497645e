"""A place name found in a text."""

from typing import Literal, NamedTuple

Within = Literal["place", "facility", "other", "nothing"]


class Found(NamedTuple):
    """A place name found in a text."""

    start: int
    """First character."""
    end: int
    text: str
    within: Within
    """What kind of name it is or stands in; "nothing" where no name is marked."""
    adjective: bool
    words: tuple[int, int]
    """Its tokens `[first, last)`."""
