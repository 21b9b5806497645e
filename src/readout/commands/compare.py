"""`readout compare`: pairs of names, each with a score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from readout.errors import ContentError


@click.command()
@click.argument("source", metavar="IN.jsonl", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--jsonl", is_flag=True, help="Print a line of JSON for each pair, as is done anyway.")
def compare(source: Path, jsonl: bool) -> int:
    """Compare pairs of names: do they name the same?

    Each line of IN.jsonl holds {id, left, right, kind?}; one line with id, score, match and features is printed for
    it, in
    the same order. Lines that cannot be used are reported, and make the exit status 1.
    """
    bad = 0
    try:
        with source.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip() and not _one(line, number):
                    bad += 1
                    click.echo(f"readout: {source} line {number}: no object with the names left and right", err=True)
    except UnicodeDecodeError:
        raise ContentError(f"{source}: not in UTF-8") from None
    return 1 if bad else 0


def _one(line: str, number: int) -> bool:
    """Print the comparison of one pair; False if the line holds none."""
    from readout.resolve.names import compare as compared

    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(row, dict) or not all(isinstance(row.get(side), str) for side in ("left", "right")):
        return False
    kind = row.get("kind")
    found = compared(row["left"], row["right"], kind if isinstance(kind, str) else None)
    features = {name: round(value, 4) for name, value in found.features.items() if value}
    out = {"id": row.get("id", str(number)), "score": round(found.score, 4), "match": found.match, "features": features}
    click.echo(json.dumps(out, ensure_ascii=False))
    return True
