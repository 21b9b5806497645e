"""Which way a clause looks: back or ahead."""

from __future__ import annotations

from readout.extract.times.lexer import Token


class TextTense:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def direction(self, start: int, end: int) -> int:
        return 0
