"""The files of a list, from a file, a folder or an address, packed or not, with a bound on their size."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple, Protocol

from readout.errors import ContentError, SourceError
from readout.resolve.lists import ofac_csv

LARGEST = 512_000_000
"""Bytes, unpacked, of a list's file; the largest one published, OFAC's SDN_ADVANCED.XML, has about 126 million."""
SECONDS = 300.0
"""The time that fetching a list may take."""
FURTHER = {
    "sdn.csv": ("alt.csv", "add.csv", "sdn_comments.csv"),
    "cons_prim.csv": ("cons_alt.csv", "cons_add.csv", "cons_comments.csv"),
}
"""The further tables that OFAC publishes beside its tables of entries."""


class _Packed(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Source(NamedTuple):
    """The content of the files of one list, and where they came from."""

    parts: list[bytes]
    origin: str

    @property
    def sha256(self) -> str:
        """The digest of the content, whatever the order of its files."""
        digests = sorted(hashlib.sha256(part).digest() for part in self.parts)
        if len(digests) == 1:
            return digests[0].hex()
        return hashlib.sha256(b"".join(digests)).hexdigest()


def fetch(source: str | Path, *, allow_private: bool = False) -> Source:
    """Get the files of a list.

    Args:
        source: a file, a folder with OFAC's tables, or an http or https address. Files may be packed with gzip or zip.
            Beside OFAC's sdn.csv or cons_prim.csv, its further tables in the same folder are taken too.
        allow_private: whether addresses in private networks may be fetched from.

    Returns:
        Its content, unpacked.

    Raises:
        SourceError: it cannot be read or fetched, or is too large.
        ContentError: it is packed and damaged.
    """
    if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
        return Source(_unpacked(_download(source, allow_private), source), source)
    path = Path(source)
    try:
        packed = [(part, _bounded(part)) for part in _files(path)]
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error})") from None
    return Source([part for file, content in packed for part in _unpacked(content, str(file))], str(path))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        tables = sorted(part for part in path.iterdir() if part.suffix.lower() == ".csv")
        if not tables:
            raise SourceError(f"{path}: the folder holds no .csv; give the file of a list")
        return tables
    beside = [path.with_name(name) for name in FURTHER.get(path.name.lower(), ())]
    with path.open("rb") as file:
        is_table = bool(beside) and ofac_csv.is_primary(file.read(20_000))
    return [path, *(part for part in beside if is_table and part.is_file())]


def _bounded(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise SourceError(f"{path}: is larger than {LARGEST:,} bytes, too large for a list")
    return path.read_bytes()


def _download(address: str, allow_private: bool) -> bytes:
    from readout.ingest.fetch import Fetcher

    fetcher = Fetcher(allow_private=allow_private, seconds=SECONDS, max_bytes=LARGEST, types=None)
    try:
        return fetcher.fetch(address).content
    finally:
        fetcher.close()


def _unpacked(content: bytes, name: str) -> list[bytes]:
    try:
        if content[:2] == b"\x1f\x8b":
            return [_read(gzip.GzipFile(fileobj=io.BytesIO(content)), name)]
        if content[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = [info for info in archive.infolist() if not info.is_dir()][:8]
                return [_read(archive.open(info), name) for info in names]
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise ContentError(f"{name}: is packed and damaged") from None
    return [content]


def _read(file: _Packed, name: str) -> bytes:
    """What is packed, read no further than the bound, so that a small file cannot unpack to a huge one."""
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SourceError(f"{name}: unpacks to more than {LARGEST:,} bytes, too much for a list")
    return content
