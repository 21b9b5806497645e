"""From bytes to text: what encodings news files come in, and what is refused as no text at all."""

import codecs
import re
from itertools import islice

from readout.errors import ContentError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF; save its text as .txt or give the web page"),
    (b"PK\x03\x04", "a zip archive or an office document; save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an office document; save it as plain text"),
    (b"{\\rtf", "a rich text document; save it as plain text"),
    (b"\x1f\x8b", "compressed (gzip); unpack it first"),
    (b"BZh", "compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ", "compressed (xz); unpack it first"),
    (b"\x89PNG", "a picture; give the text"),
    (b"\xff\xd8\xff", "a picture; give the text"),
    (b"GIF8", "a picture; give the text"),
    (b"\x7fELF", "a program; give a text"),
    (b"SQLite format 3", "a database; give a text"),
)
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
SAMPLE = 200_000  # bytes looked at for zeros


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The text that bytes stand for.

    UTF-8 first, then the encoding declared by the sender or in the page. Nothing is guessed: most old encodings have a
    letter for every byte, so that a guess would turn a broken file into a report with wrong words.

    Args:
        data: the bytes of a file or a response.
        name: what the input is called in messages.
        declared: the charset an HTTP header named.

    Returns:
        The text, without byte order mark.

    Raises:
        ContentError: no text, or none that can be told from garbage.
    """
    if not data.strip():
        raise ContentError(f"{name}: is empty; give a file with the text of a report")
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise ContentError(f"{name}: is {what}")
    text = _decode(data, name, declared)
    refuse_garbage(text, name)
    return text


def refuse_garbage(text: str, name: str) -> None:
    """Refuse text that cannot be written out again or is mostly control characters.

    Raises:
        ContentError: it holds half a surrogate pair, or more than a stray control character.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ContentError(f"{name}: holds half a character (surrogate) at {error.start}; write it as UTF-8") from None
    stray = sum(1 for _ in islice(CONTROL.finditer(text), 1000))
    if stray > 2 + len(text) // 2000:
        raise ContentError(f"{name}: is binary, not text; give plain text, Markdown or HTML")


def _decode(data: bytes, name: str, declared: str | None) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    if b"\x00" in data[:SAMPLE]:
        raise ContentError(f"{name}: is binary, not text; give plain text, Markdown or HTML")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    for charset in (declared, _meta_charset(data)):
        if charset and _is_text_encoding(charset):
            return _strict(data, charset, name)
    raise ContentError(
        f"{name}: is not UTF-8 (byte {broken.start + 1}); convert it, for instance: iconv -f windows-1252 -t utf-8"
    )


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise ContentError(f"{name}: is not the {encoding} it says it is; save it as UTF-8") from None


def _meta_charset(data: bytes) -> str | None:
    found = META_CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _is_text_encoding(encoding: str) -> bool:
    try:
        codec = codecs.lookup(encoding)
    except LookupError:
        return False
    return codec._is_text_encoding and codec.name not in (
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
    )
