"""Triggers of the user's own: files in the form of `knowledge/data/triggers.tsv` that `READOUT_TRIGGERS` names."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from readout.errors import OptionError
from readout.knowledge.codebook import codebook

ENVIRONMENT = "READOUT_TRIGGERS"
"""The environment's variable that names files of triggers, parted as in PATH."""
CLASS = "@"
"""Begins a line that gives lemmas to a class of nouns: "@VESSEL", tab, "tanker freighter"."""
NO_EVENT = "-"
Line = tuple[str, list[str]]


def own_senses() -> list[list[str]]:
    """The lines of triggers, six fields each: lemma, part of speech, type, mode, frame, conditions.

    Raises:
        OptionError: a file cannot be read, or a line names no part of speech or type that there is.
    """
    lines = [(place, fields) for place, fields in _lines() if not fields[0].startswith(CLASS)]
    return [_checked(place, (fields + [""] * 6)[:6]) for place, fields in lines]


def own_classes() -> list[list[str]]:
    """The lines of classes: name and lemmas parted by blanks.

    Raises:
        OptionError: as for `own_senses`, or a class has no lemmas.
    """
    found = []
    for place, fields in _lines():
        if fields[0].startswith(CLASS):
            if len(fields) != 2:
                raise OptionError(f"{place}: a class has a name and its lemmas, parted by a tab")
            found.append([fields[0].removeprefix(CLASS), fields[1]])
    return found


@cache
def _lines() -> tuple[Line, ...]:
    return tuple(
        line for name in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if name for line in _read(Path(name))
    )


def _read(path: Path) -> Iterator[Line]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise OptionError(f"{path}: cannot be read as a file of triggers ({wrong})") from wrong
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield f"{path}, line {number}", [field.strip() for field in line.split("\t")]


def _checked(place: str, fields: list[str]) -> list[str]:
    _, pos, type_name, mode, _, _ = fields
    kind = codebook().types.get(type_name)
    if pos not in ("v", "n", "a"):
        raise OptionError(f"{place}: the part of speech is v, n or a, not {pos!r}")
    if kind is None and type_name != NO_EVENT:
        raise OptionError(f"{place}: the codebook has no type {type_name!r}")
    if kind is not None and mode and mode not in kind.modes:
        raise OptionError(f"{place}: the codebook has no mode {mode!r} of {type_name}")
    return fields
