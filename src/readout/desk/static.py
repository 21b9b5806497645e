"""The files that pages load: packed once, at addresses that change with them, so that browsers keep them for good."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response

FOR_GOOD = "public, max-age=31536000, immutable"
_PACKED = (".css", ".js", ".json", ".svg", ".txt")
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".json": "application/json", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    packed: bytes | None
    type: str


class Static:
    """The files of the package's `static` folder, in memory."""

    def __init__(self) -> None:
        folder = files("readout.desk").joinpath("static")
        self._files = {name: _file(name, entry.read_bytes()) for name, entry in _walk(folder, "")}
        digest = hashlib.sha256()
        for name, file in sorted(self._files.items()):
            digest.update(name.encode() + b"\0" + file.content)
        self.version = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where a file is; one version for all, so that modules find each other by relative addresses."""
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def answer(self, request: Request) -> Response:
        """The file that is asked for; one of another version is given, and not kept."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            return Response("no such file\n", 404, media_type="text/plain")
        is_current = request.path_params["version"] == self.version
        headers = {"Cache-Control": FOR_GOOD if is_current else "no-cache", "Vary": "Accept-Encoding"}
        if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=file.type)
        return Response(file.content, headers=headers, media_type=file.type)


def _walk(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = before + entry.name
        if entry.is_dir():
            yield from _walk(entry, f"{name}/")
        elif not entry.name.startswith("."):
            yield name, entry


def _file(name: str, content: bytes) -> _File:
    suffix = "." + name.rpartition(".")[2]
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = gzip.compress(content, 9, mtime=0) if suffix in _PACKED else None
    return _File(content, packed, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
