"""The lines of an answer for a terminal, as JSON lines, and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from readout.export.dates import when
from readout.export.plain import plain
from readout.export.terminal import EXCERPT, LEAD, MARKS, NARROW, STYLES
from readout.record.questions.lines import Line
from readout.wording import towards

FORMULA = ("=", "+", "-", "@")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV injection)."""
_MARKS = {**MARKS, "open": "○", "overdue": "!", "fulfilled": "●", "postponed": "→", "dropped": "✗"}
_SIGNS = {"gained": "+", "lost": "-"}
_BOLD = ("type", "name", "speaker", "title", "role", "relation", "item", "sign", "about")
_HIDDEN = (
    "status", "state", "sides", "actors", "recipients", "place", "asserted_by", "words", "score", "fact",
    "country", "lat", "lon", "event",
)  # fmt: skip


def show(lines: Iterable[Line], out: Console) -> None:
    """Print lines for people; plain text when piped.

    Args:
        lines: the lines, in their order.
        out: where to print.
    """
    if out.is_terminal:
        _print(lines, out)
        return
    with out.capture() as captured:
        _print(lines, out)
    out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def write_json(lines: Iterable[Line], file: IO[str]) -> None:
    """Write an object a line; only ASCII where somebody watches, so that no text can play with the terminal."""
    watched = file.isatty()
    file.writelines(f"{json.dumps(line.as_dict(), ensure_ascii=watched)}\n" for line in lines)


def write_csv(lines: Iterable[Line], file: IO[str]) -> None:
    """Write a table of lines with a header."""
    file.write(csv_of(line.as_dict() for line in lines))


def csv_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """A table with a header (RFC 4180); lists are parted by "; ", and no cell is taken for a formula.

    Args:
        rows: values by column; the columns are those of all rows, in the order in which they come.

    Returns:
        The text; empty where there are no rows.
    """
    cells = [{name: _cell(value) for name, value in row.items()} for row in rows]
    columns = list(dict.fromkeys(name for row in cells for name in row))
    out = StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    if cells:
        writer.writeheader()
        writer.writerows(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = "; ".join(map(_item, value)) if isinstance(value, list) else str(value)
    text = plain(text)
    return f"'{text}" if text.startswith(FORMULA) else text


def _item(value: Any) -> str:
    """One of several values; a side of a conflict is all who stand on it."""
    return " + ".join(map(_voice, value)) if isinstance(value, list) else str(value)


def _voice(said: dict[str, Any]) -> str:
    """A sentence, with whose word it is and who reports it."""
    by = ", ".join(filter(None, (said["actor"], said["outlet"], when(said["published"], said["published"], "day"))))
    return f"{said['sentence']} ({by})" if by else str(said["sentence"])


def _print(lines: Iterable[Line], out: Console) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    stacked = out.width < NARROW
    if not stacked:
        table.add_column(width=min(LEAD, out.width // 4) - 4, overflow="fold")
    table.add_column(overflow="fold")
    for line in lines:
        words = _sides(line) if "sides" in line.what else _sentence(line)
        body = _head(line).append("\n").append(words).append("\n").append_text(_rests_on(line))
        if stacked:
            table.add_row(_lead(line).append("  ").append_text(body))
        else:
            table.add_row(_lead(line), body)
    out.print(table)


def _lead(line: Line) -> Text:
    if "fact" in line.what:
        return Text(plain(str(line.what["fact"])), style="dim")
    found = when(line.start, line.end, line.precision)
    return Text(found or "undated", style="" if found else "dim")


def _head(line: Line) -> Text:
    what, text = line.what, Text()
    status = what.get("state") or what.get("status")
    if status:
        text.append(f"{_MARKS[status]} {status}  ", style=STYLES.get(status, "yellow"))
    if "sign" in what:
        return text.append(f"{_SIGNS.get(what['sign'], '')} {what['sign']} {what['kind']}", style="bold")
    for name, value in what.items():
        if value is not None and name not in _HIDDEN and value != []:
            text.append(plain(f"{_told(name, value)}  "), style="bold" if name in _BOLD else "").append("  ")
    if "fact" in what:
        text.append(when(line.start, line.end, line.precision), style="dim")
    return text.append_text(_parties(what))


def _told(name: str, value: Any) -> str:
    """A field in words; numbers and flags with their name."""
    return str(value) if isinstance(value, str) else f"{name.replace('_', ' ')} {str(value).lower()}"


def _parties(what: dict[str, Any]) -> Text:
    text = Text()
    actors, recipients = (plain(", ".join(what.get(side) or ())) for side in ("actors", "recipients"))
    text.append(towards(actors, recipients))
    text.append(f"  at {plain(what['place'])}" if what.get("place") else "", style="dim")
    return text.append(
        f"  by the word of {plain(what['asserted_by'])}" if what.get("asserted_by") else "", style="italic"
    )


def _sentence(line: Line) -> Text:
    words = plain(line.sentence)
    return Text(words if len(words) <= EXCERPT else f"{words[:EXCERPT].rpartition(' ')[0]} …", style="dim")


def _sides(line: Line) -> Text:
    """Both sides of a conflict, each with its words and who says so."""
    sides = (
        "\n".join(f"{mark} {plain(_voice(said))}" for said in side)
        for mark, side in zip("◀▶", line.what["sides"], strict=True)
    )
    return Text("\n".join(sides), style="dim")


def _rests_on(line: Line) -> Text:
    count = f"{line.sources} source{'' if line.sources == 1 else 's'}"
    where = when(line.published, line.published, "day") if line.published else ""
    parts = (line.id, count, plain(line.outlet or ""), where)
    return Text(" · ".join(filter(None, parts)), style="cyan dim")
