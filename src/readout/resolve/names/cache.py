"""The names of the lists made ready, kept in the user's cache folder: making them takes seconds, reading them less."""

import gc
import hashlib
import os
import pickle
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from readout import __version__
from readout.resolve.lists.place import default_file
from readout.resolve.lists.watchlist import Watchlist, watchlist
from readout.resolve.names.screen import NameIndex

KEPT = 3


class Prepared(NamedTuple):
    """The lists and their names."""

    lists: Watchlist
    names: NameIndex


def prepared(database: str | None = None) -> Prepared:
    """The lists, ready to be searched; from the cache where it holds them.

    Args:
        database: as for `watchlist`.

    Raises:
        OptionError: the database is not there or cannot be opened.
    """
    path = _file(database)
    if path is not None and (found := _read(path)) is not None:
        return found
    lists = watchlist(database)
    made = Prepared(lists, NameIndex(lists.entries))
    if path is not None:
        _write(path, made)
    return made


def _file(database: str | None) -> Path | None:
    """Where these lists are kept; nowhere for a database whose state no file shows."""
    from platformdirs import user_cache_path

    if database and "://" in database:
        return None
    stored = Path(database) if database else default_file()
    parts = [files("readout.knowledge.data").joinpath("lists_ofac_sdn.json.xz"), stored]
    package = Path(__file__).parents[1]
    parts += [*sorted((package / "names").glob("*.py")), *sorted((package / "lists").glob("*.py"))]
    state = [f"{p}:{s.st_size}:{s.st_mtime_ns}" for p in map(Path, map(str, parts)) if p.exists() and (s := p.stat())]
    key = hashlib.sha256("\n".join([__version__, *state]).encode()).hexdigest()[:24]
    return Path(os.environ.get("READOUT_CACHE") or user_cache_path("readout", appauthor=False)) / f"names-{key}.pickle"


def _read(path: Path) -> Prepared | None:
    """What the file holds; nothing where there is none, it is broken, or somebody else wrote it."""
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        packed = path.read_bytes()
        collecting = gc.isenabled()
        gc.disable()  # a million small objects at once; collecting between them takes longer than reading
        try:
            found = pickle.loads(packed)  # our own file, in the user's own cache
        finally:
            if collecting:
                gc.enable()
    except Exception:
        return None
    return found if isinstance(found, Prepared) else None


def _write(path: Path, made: Prepared) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            pickle.dump(made, file, protocol=5)
        Path(file.name).replace(path)
        for old in sorted(path.parent.glob("names-*.pickle"), key=lambda p: -p.stat().st_mtime)[KEPT:]:
            old.unlink()
    except OSError:
        return  # a cache that cannot be kept is made again
