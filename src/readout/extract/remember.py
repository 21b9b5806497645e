"""Answers about single words that are asked for again and again, kept with the Doc while a component works on it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from spacy.tokens import Doc, Token

T = TypeVar("T")
_STORE = "readout_remembered"


def remembered(function: Callable[[Token], T]) -> Callable[[Token], T]:
    """Make a function of a token give its first answer again until `forget`; nobody may change what it returns."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def answer(token: Token) -> T:
        store: dict[str, dict[int, T]] = token.doc.user_data.setdefault(_STORE, {})
        known = store.setdefault(name, {})
        if (i := token.i) not in known:
            known[i] = function(token)
        return known[i]

    return answer


def forget(doc: Doc) -> None:
    """Drop what was remembered about a Doc: its entities may change, and answers that hold tokens keep it alive."""
    doc.user_data.pop(_STORE, None)
