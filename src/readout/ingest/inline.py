"""Marks inside a line of text: links, emphasis, escapes and entities (CommonMark), read away and remembered."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from readout.ingest.blocks import Block, one_line
from readout.schema import RelatedLink

# Back-ticks are left alone: old wire copy writes ``quotations'' with them.
_PARSER = MarkdownIt("commonmark").disable("backticks")
_MARKED = re.compile(r"[*_\[<&\\!]")
_HTML_NAMES = re.compile(r"</?(?:a|b|i|u|em|strong|span|br|p|div|font|sup|sub|small|mark|q|cite|img|abbr|time)\b", re.I)
_COMMENT = re.compile(r"<!--.*?-->")
LONGEST = 20_000  # characters; a longer line is no Markdown and is taken as it stands
MOST_MARKS = 300  # a line with more is none either; nested brackets would take quadratic time


def read_inline(line: str, heading: int = 0, item: bool = False) -> Block:
    """One line as a block: marks gone, words kept.

    Args:
        line: the line's source.
        heading: the level of the heading it is, 0 for none.
        item: whether it is a list item.

    Returns:
        The block, with its links and the emphasised words it ends in.
    """
    if len(line) > LONGEST or not 0 < len(_MARKED.findall(line)) < MOST_MARKS:
        return Block(one_line(line), heading=heading, item=item)
    tokens = _PARSER.parseInline(_COMMENT.sub(" ", line))[0].children or []
    text, links, tail = _gather(tokens)
    return Block(one_line(text), heading=heading, item=item, tail=one_line(tail), links=tuple(links))


def _gather(tokens: list[Token]) -> tuple[str, list[RelatedLink], str]:
    """The words of inline tokens, the links among them, and the emphasised words at the very end."""
    words: list[str] = []
    links: list[RelatedLink] = []
    emphasis: list[int] = []
    tail_from: int | None = None
    link_from, target = 0, ""
    for token in tokens:
        if token.type == "link_open":
            link_from, target = len(words), str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            title = one_line("".join(words[link_from:]))
            links.append(RelatedLink(title=title, url=web_address(target)))
        elif token.type in ("em_open", "strong_open"):
            emphasis.append(len(words))
        elif token.type in ("em_close", "strong_close"):
            tail_from = emphasis.pop()
        elif content := _content(token):
            words.append(content)
            tail_from = tail_from if emphasis or not content.strip(" .") else None
    tail = "".join(words[tail_from:]) if tail_from else ""
    return "".join(words), [link for link in links if link.title], tail


def _content(token: Token) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline" and not _HTML_NAMES.match(token.content):
        return token.content
    return ""


def web_address(target: str) -> str | None:
    """A link's target, if it is an address on the web."""
    return target if target.startswith(("http://", "https://")) else None
