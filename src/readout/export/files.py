"""Files written whole or not at all."""

import os
import tempfile
from pathlib import Path

from readout.errors import OptionError


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step: readers see the old file or the new one, never a part of it.

    Args:
        path: the file; its folder must exist.
        text: what to write, as UTF-8.

    Raises:
        OptionError: the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> OptionError:
    return OptionError(f"{path}: cannot be written ({error.strerror or error})")
