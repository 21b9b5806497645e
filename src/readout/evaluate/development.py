"""The development data: where it lies, and how its scorers and files are read."""

import gzip
import hashlib
import importlib.util
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from readout.errors import OptionError

REPOSITORY = Path(__file__).resolve().parents[3]


def shared_folder(given: Path | None = None) -> Path:
    """Where the development data lies.

    Args:
        given: the folder the caller named; without it `READOUT_SHARED`, else `../shared` beside the repository.

    Returns:
        The folder, which holds `data`, `eval` and `acceptance`.

    Raises:
        OptionError: there is no such folder.
    """
    folder = given or Path(os.environ.get("READOUT_SHARED") or REPOSITORY.parent / "shared")
    if not (folder / "eval").is_dir():
        raise OptionError(f"{folder}: no development data here (a folder with data, eval and acceptance); use --shared")
    return folder


def scorer(shared: Path, name: str) -> ModuleType:
    """One of the scorers that come with the development data, as a module.

    Args:
        shared: the development data.
        name: the scorer's file name without `.py`, such as "score_language".

    Returns:
        The module, run from where it lies.

    Raises:
        OptionError: there is no such scorer.
    """
    path = shared / "eval" / f"{name}.py"
    if not path.is_file():
        raise OptionError(f"{path}: no such scorer")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # a plain .py file has both
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_text(path: Path) -> str:
    """The text of a file, unpacked if its name ends in `.gz`."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return file.read()
    return path.read_text(encoding="utf-8")


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, packed or not."""
    return (json.loads(line) for line in read_text(path).split("\n") if line.strip())  # not at U+2028 inside a text


def digest(shared: Path, patterns: Iterable[str]) -> str:
    """A fingerprint of development files: their names and bytes.

    Args:
        shared: the development data.
        patterns: glob patterns relative to it.

    Returns:
        The first 16 hexadecimal digits of the SHA-256.
    """
    sha = hashlib.sha256()
    for path in sorted({p for pattern in patterns for p in shared.glob(pattern) if p.is_file()}):
        content = path.read_bytes()
        sha.update(f"{path.relative_to(shared).as_posix()} {len(content)}\n".encode())
        sha.update(content)
    return sha.hexdigest()[:16]
