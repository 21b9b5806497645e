"""Plain text and Markdown as blocks: which line breaks part paragraphs, and which are only where a line was full."""

import re

from readout.ingest.blocks import Block, plain
from readout.ingest.inline import read_inline

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"(=|-){3,}\s*$")
_ITEM = re.compile(r"(?:[-*•‣▪·]|\d{1,2}[.)])\s+(?=\S)")
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")
NARROWEST_WRAP = 40  # columns
WIDEST_WRAP = 110  # columns; wider lines were not wrapped by hand or by a mail program


def read_plaintext(text: str) -> list[Block]:
    """The blocks of plain text or Markdown.

    A blank line parts paragraphs. A single line break does too, unless the line was broken because it was full
    (hard-wrapped text) or its sentence goes on.

    Args:
        text: the whole source.

    Returns:
        The blocks in order, marks read away.
    """
    groups = _groups(plain(text))
    width = _width(groups)
    return [block for group in groups for block in _blocks(group, width) if block.text]


def _groups(text: str) -> list[list[str]]:
    """Runs of lines between blank lines."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _width(groups: list[list[str]]) -> int | None:
    """The column at which the text was wrapped, or `None` if it was not.

    In wrapped text most lines that have a next one end in the middle of a sentence, and a stray long line (an address)
    is the exception.
    """
    lengths = [len(line) for group in groups for line in group]
    if sum(length > WIDEST_WRAP for length in lengths) > len(lengths) / 5:
        return None
    inner = [line for group in groups for line in group[:-1]]
    wrapped = [len(line) for line in inner if len(line) <= WIDEST_WRAP and not _SENTENCE_END.search(line)]
    width = max((len(line) for line in inner if len(line) <= WIDEST_WRAP), default=0)
    return width if width >= NARROWEST_WRAP and len(wrapped) >= len(inner) / 2 else None


def _blocks(lines: list[str], width: int | None) -> list[Block]:
    blocks: list[Block] = []
    pieces: list[str] = []
    for number, line in enumerate(lines):
        if _UNDERLINE.fullmatch(line.strip()) and pieces:
            blocks.append(read_inline("".join(pieces).strip(), heading=1 if line.strip()[0] == "=" else 2))
            pieces = []
        elif pieces and _goes_on(lines[number - 1], line, width):
            pieces += ["" if _ends_in_hyphen(pieces[-1]) else " ", _unquoted(line)]
        else:
            blocks.append(_block("".join(pieces)))
            pieces = [line]
    return [*blocks, _block("".join(pieces))]


def _goes_on(before: str, line: str, width: int | None) -> bool:
    """Whether `line` continues the paragraph of the line before it."""
    before, words = _unquoted(before), _unquoted(line)
    if _HEADING.match(before) or _HEADING.match(words) or _ITEM.match(words) or not words:
        return False
    if line[:1] in " \t" and before[:1] not in " \t" and _SENTENCE_END.search(before):
        return False  # an indented first line
    if words[:1].islower():
        return not _SENTENCE_END.search(before) or width is not None
    first = words.split(maxsplit=1)[0]
    return width is not None and len(before) + 1 + len(first) > width


def _ends_in_hyphen(text: str) -> bool:
    return len(text) > 1 and text[-1] == "-" and text[-2].isalnum()


def _unquoted(line: str) -> str:
    """A line without the mark of a block quotation, but with its indent if it has none."""
    stripped = line.lstrip()
    return stripped[1:].strip() if stripped.startswith(">") else stripped


def _block(line: str) -> Block:
    line = _unquoted(line).strip()
    heading = _HEADING.match(line)
    if heading:
        return read_inline(heading.group(2), heading=len(heading.group(1)))
    item = _ITEM.match(line)
    if item and not item.group()[0].isdigit():
        return read_inline(line[item.end() :], item=True)
    return read_inline(line, item=bool(item))
