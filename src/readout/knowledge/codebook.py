"""The PLOVER codebook as data: types, modes, contexts, quad classes, and CAMEO codes in both directions.

Source: PLOVER manual and its table from CAMEO, Open Event Data Alliance (https://github.com/openeventdata/PLOVER);
CAMEO: Gerner, Schrodt & Yilmaz 2009. The definitions are in our own words.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from readout.errors import OptionError

ENVIRONMENT = "READOUT_CODEBOOK"
"""The environment's variable that names a codebook of the user's own (JSON with the keys of `data/plover.json`)."""


@dataclass(frozen=True)
class Mode:
    """A finer division of a type, with its Goldstein-like score (-10 to 10) where the manual gives one."""

    name: str
    meaning: str
    score: float | None


@dataclass(frozen=True)
class EventType:
    """One of the sixteen types; `quad` is 1 to 4, from verbal cooperation to material conflict."""

    name: str
    quad: int
    definition: str
    score: float
    modes: dict[str, Mode]


@dataclass(frozen=True)
class CameoCode:
    """A CAMEO code and what it is in PLOVER."""

    code: str
    type: str
    mode: str | None
    contexts: frozenset[str]


@dataclass(frozen=True)
class Codebook:
    """All of PLOVER that coding needs."""

    types: dict[str, EventType]
    contexts: dict[str, str]
    quads: dict[int, str]
    announced_as: dict[str, str]
    """What PLOVER files an event under while it is only announced: a coming CONSULT is AGREE."""
    refused_as: dict[str, str]
    """What PLOVER files an event under that is said not to happen: no meeting is REJECT."""
    announced_cameo: dict[str, str]
    """CAMEO codes of a type that is only announced: a coming CONSULT is 036, to express intent to meet."""
    refused_cameo: dict[str, str]
    """CAMEO codes of a type that is said not to happen."""
    appealed_cameo: dict[str, str]
    """CAMEO codes of a type or mode that words of appeal tell ("asked", "urged"): 02, where a demand is 10."""
    cameo: tuple[CameoCode, ...]
    cameo_usual: dict[str, str]
    """The code of a type ("CONSULT") or of a mode ("CONSULT:visit") when nothing more is known."""

    def quad(self, type_name: str) -> int:
        """The quad class (1 to 4) of a type.

        Raises:
            KeyError: there is no such type.
        """
        return self.types[type_name].quad

    def coded(self, type_name: str, status: str) -> str:
        """The type under which PLOVER files an event of some status.

        Args:
            type_name: the type of the thing itself, as a readout gives it.
            status: the readout's status.

        Returns:
            Another type for what is only announced ("planned") or refused ("denied"), else the same.
        """
        table = {"planned": self.announced_as, "denied": self.refused_as}.get(status, {})
        return table.get(type_name, type_name)

    def from_cameo(self, code: str) -> CameoCode | None:
        """What a CAMEO code is in PLOVER; an unknown sub-code is read as its parent, `None` where there is none."""
        table = _by_code()
        while len(code) > 1:
            if code in table:
                return table[code]
            code = code[:-1] if len(code) > 3 else f"{code[:2]}0" if not code.endswith("0") else ""
        return None

    def to_cameo(
        self, type_name: str, mode: str | None = None, contexts: Iterable[str] = (), *, appealed: bool = False
    ) -> str | None:
        """The CAMEO code nearest to a PLOVER event.

        Args:
            type_name: PLOVER type.
            mode: PLOVER mode, or `None`.
            contexts: PLOVER contexts of the event.
            appealed: whether a word of appeal tells it.

        Returns:
            The code of an appeal, where the type has one; else the one code of this type and mode that names contexts
            of the event, if there is just one; else the usual code of the mode or type. `None` for an unknown type.
        """
        appeal = self.appealed_cameo.get(f"{type_name}:{mode}") or self.appealed_cameo.get(type_name)
        if appealed and appeal is not None:
            return appeal
        have = set(contexts)
        fitting = [
            c for c in self.cameo if c.type == type_name and c.mode == mode and c.contexts and c.contexts <= have
        ]
        if len(fitting) == 1:
            return fitting[0].code
        return self.cameo_usual.get(f"{type_name}:{mode}") or self.cameo_usual.get(type_name)


@cache
def codebook() -> Codebook:
    """The codebook that comes with the package, or the one that the environment's `READOUT_CODEBOOK` names.

    Raises:
        OptionError: that file cannot be read as a codebook.
    """
    shipped = json.loads(files("readout.knowledge").joinpath("data", "plover.json").read_text(encoding="utf-8"))
    own = os.environ.get(ENVIRONMENT)
    return _own(Path(own), shipped) if own else _codebook(shipped)


def _own(path: Path, shipped: dict[str, Any]) -> Codebook:
    """A codebook of the user's own; what it says `"extends": "plover"` of is added to PLOVER."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if data.get("extends") == "plover":
            data = {
                key: {**value, **data.get(key, {})} if isinstance(value, dict) else value
                for key, value in shipped.items()
            }
        return _codebook(data)
    except (OSError, ValueError, AttributeError, TypeError, KeyError) as wrong:
        reason = f"lacks {wrong}" if isinstance(wrong, KeyError) else wrong
        raise OptionError(f"{path}: cannot be read as a codebook ({reason})") from wrong


def _codebook(data: dict[str, Any]) -> Codebook:
    cameo = tuple(CameoCode(c["code"], c["type"], c["mode"], frozenset(c["contexts"])) for c in data.get("cameo", ()))
    tables = ("announced_as", "refused_as", "announced_cameo", "refused_cameo", "appealed_cameo")
    return Codebook(
        types={name: _type(name, kind) for name, kind in data["types"].items()},
        contexts=data.get("contexts", {}),
        quads={int(number): name for number, name in data.get("quads", {}).items()},
        cameo=cameo,
        cameo_usual=data.get("cameo_usual", {}),
        **{table: data.get(table, {}) for table in tables},
    )


def _type(name: str, data: dict[str, Any]) -> EventType:
    modes = {mode: Mode(mode, d["meaning"], d.get("score")) for mode, d in data.get("modes", {}).items()}
    return EventType(name, int(data["quad"]), data["definition"], float(data["score"]), modes)


@cache
def _by_code() -> dict[str, CameoCode]:
    return {c.code: c for c in codebook().cameo}
