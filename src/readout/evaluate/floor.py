"""The quality floor: the figure that each measure has reached and may not fall below.

The manner is trafilatura's evaluation gate (`tests/eval_gate.py` there): figures pinned to the data they were measured
on. Here the pin is a digest of the data, the noise that a change of processor or library may bring is stated, and an
update refuses to lower a figure unless that figure is named.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from readout.errors import OptionError

Verdict = Literal["ok", "below", "better", "new", "missing", "other data"]
FAILURES: tuple[Verdict, ...] = ("below", "missing", "other data")

NOISE = {
    "*": 0.003, "sample.*": 0.01, "readouts.twelve.*": 0.02, "sample.four.*": 0.03, "*.founding.*": 0.0,
    "*_per_second": 0.6, "quotes.words_kept": 0.1,
}  # fmt: skip
"""What rounding in int8 kernels may turn over between processors, larger where a measure rests on few items, or on
how busy the machine is."""
_SMALLER_IS_BETTER = ("_km", "_mae", "_error")


@dataclass
class AreaFloor:
    """The floors of one area, with the digest of the data they were measured on."""

    data: str
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One measure beside its floor."""

    area: str
    measure: str
    value: float | None
    floor: float | None
    verdict: Verdict


@dataclass
class Floor:
    """All floors, and the noise allowed under each, as a share of the floor, by pattern of `area.measure`.

    Where several patterns fit, the last one counts.
    """

    noise: dict[str, float] = field(default_factory=lambda: dict(NOISE))
    areas: dict[str, AreaFloor] = field(default_factory=dict)

    def allowance(self, name: str) -> float:
        """The share of a floor by which `area.measure` may miss it."""
        return next((share for pattern, share in reversed(self.noise.items()) if fnmatchcase(name, pattern)), 0.0)

    def compare(self, area: str, figures: Mapping[str, float], data: str) -> list[Line]:
        """Set figures beside their floors.

        Args:
            area: the area measured.
            figures: what was measured.
            data: the digest of the data it was measured on.

        Returns:
            A line for each figure, and one for each floor without a figure.
        """
        known = self.areas.get(area, AreaFloor(data))
        lines = []
        for measure in [*figures, *(m for m in known.figures if m not in figures)]:
            value, bound = figures.get(measure), known.figures.get(measure)
            verdict = "other data" if known.data != data else self._judge(f"{area}.{measure}", value, bound)
            lines.append(Line(area, measure, value, bound, verdict))
        return lines

    def _judge(self, name: str, value: float | None, bound: float | None) -> Verdict:
        if value is None:
            return "missing"
        if bound is None:
            return "new"
        slack = self.allowance(name) * abs(bound)
        gain = _gain(name, value, bound)
        return "below" if gain < -slack else "better" if gain > slack else "ok"

    def update(self, area: str, figures: Mapping[str, float], data: str, allow_lower: Collection[str] = ()) -> None:
        """Make figures the new floors of an area.

        A figure that is lower within the noise leaves its floor as it was.

        Args:
            area: the area measured.
            figures: what was measured.
            data: the digest of the data it was measured on; on other data than before every floor is set anew.
            allow_lower: names (`area.measure`, or `area` for all of it) whose floor may be lowered.

        Raises:
            OptionError: a floor would be lowered or lost, and is not named.
        """
        known = self.areas.get(area, AreaFloor(data))
        free = {m for m in known.figures if {area, f"{area}.{m}"} & set(allow_lower)}
        if known.data != data:
            free = set(known.figures)
        lost = [line for line in self.compare(area, figures, known.data) if line.verdict in FAILURES]
        if refused := [f"{area}.{line.measure}" for line in lost if line.measure not in free]:
            raise OptionError(f"would lower the floor of {', '.join(refused)}; name each with --allow-lower to do so")
        kept = {m: b for m, b in known.figures.items() if m not in free and _gain(m, figures[m], b) < 0}
        self.areas[area] = AreaFloor(data, {m: kept.get(m, round(v, 4)) for m, v in figures.items()})


def _gain(name: str, value: float, bound: float) -> float:
    return bound - value if name.endswith(_SMALLER_IS_BETTER) else value - bound


def load(path: Path) -> Floor:
    """Read the floors.

    Args:
        path: the floor file; where it does not exist there are no floors yet.

    Returns:
        The floors.

    Raises:
        OptionError: the file is damaged.
    """
    if not path.exists():
        return Floor()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        areas = {name: AreaFloor(a["data"], a["figures"]) for name, a in content["areas"].items()}
        return Floor(content["noise"], areas)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OptionError(f"{path}: not a floor file ({type(error).__name__}: {error})") from error


def save(floor: Floor, path: Path) -> None:
    """Write the floors, sorted, so that a change shows as few lines."""
    areas = {n: {"data": a.data, "figures": dict(sorted(a.figures.items()))} for n, a in sorted(floor.areas.items())}
    path.write_text(json.dumps({"noise": floor.noise, "areas": areas}, indent=2) + "\n", encoding="utf-8")
