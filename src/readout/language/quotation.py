"""Where a text stands in quotation marks: straight, curly, angled or typed marks, over paragraphs, closed or not.

English news reopens a quotation at the start of each of its paragraphs and closes it once. A mark that is missing costs
its own paragraph at most. One pass over the text, so that no text is slow.
"""

import re
from dataclasses import dataclass

_MARKS = re.compile(r"[\"“”„‟«»＂]|``|''|\n\s*")
_OPENING = frozenset({"“", "„", "‟", "«", "``"})
_CLOSING = frozenset({"”", "»"})
_SINGLE = re.compile(r"[‘’'\n]")
_SENTENCE_END = re.compile(r"[.!?…,]")
MIN_SINGLE_WORDS = 2


@dataclass(frozen=True)
class Quotation:
    """A stretch in quotation marks.

    Attributes:
        pieces: `[start, end)` in characters, marks included, one for each paragraph that it runs through.
        closed: whether its closing mark stands in the text.
    """

    pieces: tuple[tuple[int, int], ...]
    closed: bool

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def find_quotations(text: str) -> list[Quotation]:
    """All quotations of a text, outermost only, in text order.

    Args:
        text: prose; a line break ends a paragraph.

    Returns:
        Quotations in double marks, and those in single marks that stand in none of them and hold several words.
    """
    double = _Scanner(text).scan()
    return sorted(double + _single_quotations(text, double), key=lambda q: q.start)


class _Scanner:
    """Reads the double marks left to right; at most one quotation is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quotation] = []
        self.pieces: list[tuple[int, int]] = []
        self.open_at: int | None = None

    def scan(self) -> list[Quotation]:
        for match in _MARKS.finditer(self.text):
            if match.group()[0] == "\n":
                self._paragraph_break(match)
            else:
                self._mark(match)
        self._give_up(len(self.text.rstrip()))
        return self.found

    def _mark(self, match: re.Match[str]) -> None:
        opens, closes = self._roles(match)
        if self.open_at is None:
            if opens:
                self.open_at = match.start()
        elif match.start() == self.open_at:
            pass  # the mark that reopens the quotation in a new paragraph
        elif closes:
            self._close(match.end())
        elif opens:
            self._give_up(self._last_sentence_end(match.start()))
            self.open_at = match.start()

    def _roles(self, match: re.Match[str]) -> tuple[bool, bool]:
        """Whether the mark can open, and whether it can close, a quotation here."""
        before = self.text[match.start() - 1 : match.start()]
        after = self.text[match.end() : match.end() + 1]
        glued_left = bool(before) and not before.isspace()
        glued_right = bool(after) and not after.isspace()
        if match.group() in _CLOSING:
            return False, True
        if match.group() in _OPENING:  # some type “this“
            return glued_right or not glued_left, glued_left and not after.isalnum()
        return glued_right and not (before.isalnum() or before in (*".,!?;)]",)), glued_left or not glued_right

    def _close(self, end: int) -> None:
        assert self.open_at is not None
        self.found.append(Quotation((*self.pieces, (self.open_at, end)), closed=True))
        self.pieces, self.open_at = [], None

    def _give_up(self, end: int) -> None:
        """Ends an open quotation whose closing mark is missing."""
        if self.open_at is not None and end > self.open_at + 1:
            self.pieces.append((self.open_at, end))
        if self.pieces:
            self.found.append(Quotation(tuple(self.pieces), closed=False))
        self.pieces, self.open_at = [], None

    def _last_sentence_end(self, before: int) -> int:
        assert self.open_at is not None
        ends = [m.end() for m in _SENTENCE_END.finditer(self.text, self.open_at, before)]
        return ends[-1] if ends else self.open_at

    def _paragraph_break(self, match: re.Match[str]) -> None:
        if self.open_at is None:
            return
        end = len(self.text[self.open_at : match.start()].rstrip()) + self.open_at
        following = _MARKS.search(self.text, match.end())
        if following is None or following.group()[0] == "\n":
            self._give_up(end)
        elif (
            following.start() == match.end()
            and following.group() == self.text[self.open_at : self.open_at + len(following.group())]
        ):
            self.pieces.append((self.open_at, end))
            self.open_at = following.start()
        elif not self._roles(following)[0]:
            self.pieces.append((self.open_at, end))
            self.open_at = match.end()
        else:
            self._give_up(end)


def _single_quotations(text: str, double: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks outside the double ones; apostrophes are told apart by what stands around them."""
    taken = iter([piece for q in double for piece in q.pieces])
    blocked = next(taken, None)
    found: list[Quotation] = []
    start, fallback = -1, -1
    for match in _SINGLE.finditer(text):
        at = match.start()
        while blocked and at >= blocked[1]:
            blocked = next(taken, None)
        if blocked and at >= blocked[0]:
            start = -1
        elif match.group() == "\n":
            _add_single(found, text, start, fallback)
            start = -1
        elif start < 0:
            start, fallback = (at, -1) if _opens_single(text, at) else (-1, -1)
        elif _closes_single(text, at):
            if _may_be_possessive(text, at):
                fallback = at
            else:
                _add_single(found, text, start, at)
                start = -1
    _add_single(found, text, start, fallback)
    return found


def _add_single(found: list[Quotation], text: str, start: int, end: int) -> None:
    if start >= 0 and end > start and len(text[start:end].split()) >= MIN_SINGLE_WORDS:
        found.append(Quotation(((start, end + 1),), closed=True))


def _opens_single(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] != "’" and not before.isalnum() and before not in ("’", "'") and after.isalpha()


def _closes_single(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    return text[at] != "‘" and not before.isspace() and not after.isalnum()


def _may_be_possessive(text: str, at: int) -> bool:
    return text[at - 1] in "sS" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].isalpha()
