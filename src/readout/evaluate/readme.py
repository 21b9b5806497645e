"""The README's table of figures, written from what was measured, so that no figure stands there by hand.

`readme.toml` has the rows. A row whose areas were not measured keeps what the table says.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from readout.errors import OptionError

BEGIN = "<!-- FIGURES from `readout evaluate`: begin -->"
END = "<!-- FIGURES: end -->"
_ROWS = Path(__file__).with_suffix(".toml")


def write(readme: Path, figures: Mapping[str, Mapping[str, float]]) -> None:
    """Put figures into the table of a README.

    Args:
        readme: a Markdown file with the two marks `BEGIN` and `END`.
        figures: values by measure, by area.

    Raises:
        OptionError: the file lacks the marks.
    """
    text = readme.read_text(encoding="utf-8")
    parts = re.match(f"(.*{re.escape(BEGIN)}\n)(.*)({re.escape(END)}.*)", text, re.DOTALL)
    if not parts:
        raise OptionError(f"{readme}: has no lines «{BEGIN}» and «{END}» to put the figures between")
    readme.write_text(parts[1] + table(figures, parts[2]) + parts[3], encoding="utf-8")


def table(figures: Mapping[str, Mapping[str, float]], before: str) -> str:
    """The table in Markdown.

    Args:
        figures: values by measure, by area.
        before: the table as it stands, which gives the rows that were not measured.

    Returns:
        A line for each row that has values, now or before.
    """
    measured = {f"{area}.{name}": value for area, values in figures.items() for name, value in values.items()}
    kept = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", before, re.MULTILINE))
    rows = [(row["label"], _values(row, measured) or kept.get(row["label"])) for row in _rows()]
    return "| | |\n|---|---|\n" + "".join(f"| {label} | {values} |\n" for label, values in rows if values)


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(_ROWS.read_text(encoding="utf-8"))["row"]
    return rows


def _values(row: Mapping[str, Any], measured: Mapping[str, float]) -> str | None:
    if any(name not in measured for name in row["figures"]):
        return None
    scale = 100 if row.get("fractions") else 1
    return " / ".join(f"{scale * measured[name]:.1f}" for name in row["figures"])
