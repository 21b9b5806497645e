"""Who said what on our own set (`datasets/statements`): speaker, stance, nesting, addressee, medium, time, positions.

Train, dev, dev-b and test are measured apart: rules and weights are made by the items of train; of dev-b and test, and
of a third of dev, only the figures count.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from time import process_time
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate.datasets import ROOT, items
from readout.evaluate.statement_matching import OVERLAP, Sides, jaccard, word_set
from readout.schema import Span, Statement

ROOM = "readout_statements"
TRAIN = tuple(f"train-{letter}" for letter in "abcdefghijklmn")
SETS = {"train": TRAIN, "dev": ("dev",), "dev-b": ("dev-b",), "test": ("test-a", "test-b")}
Tally = Counter[str]
"""Under `measure`, how many are right; under `measure gold` and `measure found`, how many there are on each side."""


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure statements on our own set.

    Args:
        shared: the development data; nothing of it is needed.
        nlp: the pipeline; what comes after the statements does not run.

    Returns:
        Percentages by `set.measure`: `found`, F1 of statements whose content words overlap by half and whose source
        agrees; of those whose content was found, the shares with the right `speaker`, `kind` and `stance`, and F1 of
        `addressee`, `medium` and `time`; `nesting`, F1 of inner statements with the right outer one, beside
        `nesting_precision` and `nesting_recall`; `refused`, the share of quoted words nobody says that became no
        statement; `positions`, F1 of pairs of statements that are one position. The room's share of the reading time
        is printed and no figure: it tells of the machine.
    """
    figures: dict[str, float] = {}
    seconds = [0.0, 0.0]
    for name, batches in SETS.items():
        gold = [item for batch in batches for item in items(ROOT / "statements" / f"{batch}.jsonl")]
        tally = Tally()
        for item, doc in read(gold, nlp, seconds):
            tally += counted(Sides(item, doc))
        figures |= {f"{name}.{measure}": value for measure, value in _figures(tally).items()}
    kept = seconds[0] / sum(seconds) if sum(seconds) else 1.0
    print(f"statements: with this room the pipeline keeps {kept:.2f} of its words per second", file=sys.stderr)
    return figures


def read(gold: Iterable[dict[str, Any]], nlp: Language, seconds: list[float]) -> Iterator[tuple[dict[str, Any], Doc]]:
    """Each item with its Doc as the statements room leaves it.

    Args:
        gold: the items.
        nlp: the pipeline.
        seconds: the processor time of the rooms before, and of this one, to which this reading is added.
    """
    names = nlp.pipe_names
    room = nlp.get_pipe(ROOM)
    with nlp.select_pipes(disable=names[names.index(ROOM) :]):
        for item in gold:
            doc = nlp.make_doc(item["text"])
            doc._.published = item["published"]
            started = process_time()
            doc = nlp(doc)
            between = process_time()
            doc = room(doc)
            seconds[0] += between - started
            seconds[1] += process_time() - between
            yield item, doc


def counted(sides: Sides) -> Tally:
    """What is right, annotated and found in one item."""
    tally = Tally({"found gold": len(sides.gold), "found found": len(sides.found), "content gold": len(sides.gold)})
    tally["content found"] = len(sides.found)
    for gold, found in sides.pairs.items():
        tally["content"] += 1
        tally["found"] += sides.source_agrees(gold, found)
        tally += _attributes(sides, gold, found)
    tally += _nesting(sides) + _refused(sides) + _positions(sides)
    return tally


def _attributes(sides: Sides, gold: int, found: int) -> Tally:
    wanted, ours = sides.gold[gold], sides.found[found]
    tally = Tally({f"{measure} {side}": 1 for measure in ("speaker", "kind", "stance") for side in ("gold", "found")})
    tally["speaker"] += sides.speaks(gold, found)
    tally["kind"] += wanted["kind"] == ours.kind
    tally["stance"] += wanted["stance"] == ours.stance
    heard = sides.entities.get(ours.addressee or "")
    times = {time.id: time.span for time in sides.doc._.times}
    medium = _medium(sides, ours)
    heard_at = heard.mentions if heard is not None and wanted["addressee"] else []
    is_heard = bool(heard_at) and _overlaps(sides.span(wanted["addressee"]), heard_at)
    is_carried = jaccard(word_set(wanted["medium"] or ""), word_set(medium or "")) >= OVERLAP
    is_dated = bool(ours.time and wanted["said"]) and _overlaps(sides.span(wanted["said"]), [times[ours.time]])
    for slot, annotated, value, right in (
        ("addressee", wanted["addressee"], heard, is_heard),
        ("medium", wanted["medium"], medium, is_carried),
        ("time", wanted["said"], ours.time, is_dated),
    ):
        tally[f"{slot} gold"] += annotated is not None
        tally[f"{slot} found"] += value is not None
        tally[slot] += right
    return tally


def _medium(sides: Sides, ours: Statement) -> str | None:
    """The medium but for "told reporters", in whom the set sees addressees alone."""
    if ours.cue_span is None or ours.medium is None:
        return ours.medium
    return None if ours.medium.startswith(sides.item["text"][slice(*ours.cue_span)]) else ours.medium


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _nesting(sides: Sides) -> Tally:
    outer = {n: s["reported_by"] for n, s in enumerate(sides.gold) if s["reported_by"] is not None}
    ours = {s.id: n for n, s in enumerate(sides.found)}
    tally = Tally({"nesting gold": len(outer), "nesting found": sum(s.reported_by is not None for s in sides.found)})
    for n, around in outer.items():
        at, by = sides.pairs.get(n), sides.pairs.get(around)
        tally["nesting"] += at is not None and by is not None and ours.get(sides.found[at].reported_by or "") == by
    return tally


def _refused(sides: Sides) -> Tally:
    tally = Tally()
    for quoted in sides.item["not_statements"]:
        words = sides.words([sides.span(quoted)])
        tally["refused gold"] += 1
        tally["refused found"] += 1
        tally["refused"] += all(jaccard(words, own) < OVERLAP for own in sides.found_words)
    return tally


def _positions(sides: Sides) -> Tally:
    gold = _same([s.get("position") for s in sides.gold])
    ours = _same([s.position for s in sides.found])
    mapped = {frozenset((sides.pairs.get(a, -1), sides.pairs.get(b, -1))) for a, b in gold}
    right = sum(frozenset(pair) in mapped for pair in ours)
    return Tally({"positions": right, "positions gold": len(gold), "positions found": len(ours)})


def _same(labels: list[str | None]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in combinations(range(len(labels)), 2) if labels[a] is not None and labels[a] == labels[b]]


def _figures(tally: Tally) -> dict[str, float]:
    """F1 in percent; where both sides hold the same items, it is the share of right ones."""
    measures = sorted({name.split()[0] for name in tally})
    figures = {}
    for name in measures:
        total = tally[f"{name} gold"] + tally[f"{name} found"]
        figures[name] = round(200 * tally[name] / total, 2) if total else 100.0
    for side, part in (("gold", "recall"), ("found", "precision")):
        total = tally[f"nesting {side}"]
        figures[f"nesting_{part}"] = round(100 * tally["nesting"] / total, 2) if total else 100.0
    return figures
