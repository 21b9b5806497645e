"""Screening that reads the article: our set of namesakes, and the listed ones of the founding report.

The set's two halves are measured apart: rules and weights were set with `dev` in view, and `test` never.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language

from readout.evaluate.datasets import ROOT, items, locate
from readout.reading import read_text
from readout.resolve.screening import screened
from readout.schema import Readout, Screening

FOUNDING = {
    "Yuri Gagarin Aviation Plant": "35341",
    "United Aircraft Corporation": "36431",
    "Kim Jong Un": "20157",
    "Vladimir Putin": "35096",
    "Sergei Lavrov": "35233",
    "Dmitry Peskov": "35320",
    "Denis Manturov": "40556",
    "Mikhail Degtyarev": "41044",
}
"""Who of the founding report stood in the United States' list on its day, with the numbers there."""


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure screening.

    Args:
        shared: the development data.
        nlp: the pipeline.

    Returns:
        For each half of the set the share of mentions whose match is the entry meant or, for nobody listed, none
        (`right`); of those listed (`found`) and not (`refused`) alone; of the found ones the share with the right
        status on the day (`in_force`). For the founding report how many of the eight, and how many other matches.
    """
    figures: dict[str, float] = {}
    for half in ("dev", "test"):
        figures |= {f"{half}.{name}": value for name, value in _rates(rows(half, nlp)).items()}
    return figures | founding(shared, nlp)


def rows(half: str, nlp: Language) -> Iterable[tuple[dict[str, Any], Screening | None]]:
    """Each mention asked about, with the match found for it."""
    for item in items(ROOT / "namesakes" / f"{half}.jsonl"):
        readout = screened(read_text(item["text"], published=item["published"], nlp=nlp))
        for asked in item["screenings"]:
            yield asked, match_at(readout, *locate(item["text"], asked["mention"]))


def match_at(readout: Readout, start: int, end: int) -> Screening | None:
    """The match of the entity whose mention fits a stretch best, if it has one."""
    near = [
        (abs(m[0] - start) + abs(m[1] - end), e.id)
        for e in readout.entities
        for m in e.mentions
        if m[0] < end and start < m[1]
    ]
    entity = min(near)[1] if near else None
    matches = [s for s in readout.screenings if s.entity == entity and s.match and s.list]
    return max(matches, key=lambda s: s.score or 0.0) if matches else None


def _rates(asked: Iterable[tuple[dict[str, Any], Screening | None]]) -> dict[str, float]:
    listed, unlisted, status = [], [], []
    for gold, match in asked:
        if gold["entry_id"] is None:
            unlisted.append(match is None)
            continue
        right = (
            match is not None and match.entry_id == gold["entry_id"] and (match.via is None) == (gold["via"] is None)
        )
        listed.append(right)
        if right and match is not None:
            status.append(match.in_force == gold["in_force"])
    both = listed + unlisted
    named = {"right": both, "found": listed, "refused": unlisted, "in_force": status}
    return {name: round(sum(held) / len(held), 4) for name, held in named.items() if held}


def founding(shared: Path, nlp: Language) -> dict[str, float]:
    """The eight of the founding report, and the matches beside them that are neither of them nor through one."""
    from readout.evaluate.readouts import founding_readout

    readout = screened(founding_readout(shared, nlp))
    names = {e.id: e.name for e in readout.entities}
    pairs = {(names[s.entity], s.entry_id) for s in readout.screenings if s.match and s.list and s.via is None}
    right = sum((name, entry) in pairs for name, entry in FOUNDING.items())
    return {"founding.of_eight": float(right), "founding.not_wrong": float(8 - len(pairs) + right)}
