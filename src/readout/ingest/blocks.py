"""The common currency of intake: one block for each paragraph-like piece of a source, whatever its format."""

import re
import unicodedata
from dataclasses import dataclass, field

from readout.schema import RelatedLink

INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x2060, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_SPACES = re.compile(r"[^\S\n]+")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True)
class Block:
    """One paragraph-like piece, in reading order.

    Attributes:
        text: its words on one line, without markup.
        heading: level 1 to 6, 0 for none.
        caption: whether the source marks it as a caption.
        item: whether it is an item of a list.
        tail: the emphasised words it ends in, such as a picture credit in bold; "" if none or if it is all emphasised.
        links: links to other articles that make up the block, or stand in it.
    """

    text: str
    heading: int = 0
    caption: bool = False
    item: bool = False
    tail: str = ""
    links: tuple[RelatedLink, ...] = ()

    @property
    def linked(self) -> float:
        """The share of the block's characters that is link text."""
        return sum(len(link.title) for link in self.links) / max(1, len(self.text))


@dataclass(frozen=True)
class Known:
    """What is known of an article beside its text: given by the caller, or by the page's own metadata.

    `guessed` is a day of publication made out from the page as a whole, for want of a better.
    """

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    guessed: str | None = None
    authors: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Text with line ends made one kind, odd spaces made plain, invisible and control characters taken out (NFC)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = text.replace("\x0c", "\n\n").replace("\x85", "\n").translate(INVISIBLE)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _NOT_TEXT.sub("", text)))


def one_line(text: str) -> str:
    """Text on one line, its spaces single."""
    return " ".join(plain(text).split())
