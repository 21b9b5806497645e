"""Scores the times of the engine on public annotations: TempEval-3 measures and intervals."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from readout.errors import SourceError
from readout.extract.times import times

Finder = Callable[[str, str | None], list[Any]]
SETS = ("timebank", "aquaint", "wikiwars", "gum_dates")


def scorer(shared: Path) -> ModuleType:
    """The scoring program as a module."""
    path = shared / "eval" / "score_time.py"
    spec = importlib.util.spec_from_file_location("score_time", path)
    if spec is None or spec.loader is None or not path.exists():
        raise SourceError(f"{path}: the scorer of times is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(path: Path) -> list[dict[str, Any]]:
    """The annotated documents of one set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def predict(document: dict[str, Any], find: Finder = times) -> dict[str, Any]:
    """The engine's times of a document in the form the scorer reads."""
    found = find(document["text"], document["dct"])
    return {
        "id": document["id"],
        "timex": [
            {"s": t.span[0], "e": t.span[1], "type": t.kind.upper(), "value": t.value,
             "begin": (t.start or "")[:10], "end": (t.end or "")[:10]}
            for t in found
        ],
    }  # fmt: skip


def evaluate(shared: Path) -> dict[str, float]:
    """TempEval-3 figures (F1 in percent) and interval agreement.

    Args:
        shared: folder with `data/time` (annotations) and `eval/score_time.py` (UzZaman et al. 2013, SemEval Task 1).

    Returns:
        "set.measure" to percent: strict, relaxed, type and value F1; for gum_dates also interval F1, the share of
        matched intervals that are right, and relaxed recall.

    Raises:
        SourceError: the scorer is not there.
    """
    judge = scorer(shared)
    out: dict[str, float] = {}
    for name in SETS:
        gold = {d["id"]: d for d in documents(shared / "data" / "time" / f"{name}.jsonl.gz")}
        found = {key: predict(document) for key, document in gold.items()}
        result, _ = judge.score(gold, found)
        if name == "gum_dates":
            intervals = judge.score_interval(gold, found)
            out[f"{name}.interval"] = intervals["interval"]["f1"]
            out[f"{name}.interval_accuracy"] = intervals["interval_acc"]
            out[f"{name}.relaxed_recall"] = result["relaxed"]["r"]
            continue
        measures = ("strict", "relaxed", "value") if name == "wikiwars" else ("strict", "relaxed", "type", "value")
        out.update({f"{name}.{measure}": result[measure]["f1"] for measure in measures})
    return out
