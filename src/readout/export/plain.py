"""Text of unknown origin made safe to show: no control codes, no invisible or direction-changing characters."""

import unicodedata

_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode general categories (UAX 44) that a terminal or a page must not be given: control codes such as ESC, format
characters such as the bidirectional overrides, lone surrogates, private use, unassigned."""


def plain(text: str) -> str:
    """One line of showable text: white space becomes single spaces, unshowable characters go.

    Args:
        text: any text.

    Returns:
        The text on one line.
    """
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """The text without unshowable characters; line breaks and tabs stay.

    Args:
        text: any text.

    Returns:
        What can be shown of it.
    """
    if text.isprintable():
        return text
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in _UNSHOWN)
