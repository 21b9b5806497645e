"""Scores the times of the engine on public annotations: TempEval-3 measures and intervals."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

from readout.errors import SourceError
from readout.extract.times import times

Finder = Callable[[str, str | None], list[Any]]
NOT_TIMES = Path(__file__).resolve().parents[3] / "datasets" / "not_times"
NEWS = ("timebank", "aquaint")
"""The sets of news stories, on which speed is taken."""
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
        "set.measure" to percent: strict, relaxed, type and value F1; for gum_dates interval F1 (GUM marks
        only datable times, so that its precision is a lower bound), the share of matched intervals that are
        right (of all, and of its news, whose day is the text's), and relaxed recall; for our own sentences
        without times the share in which none is found. And the news stories read per second on one core,
        without the encoder.

    Raises:
        SourceError: the scorer is not there.
    """
    judge = scorer(shared)
    out: dict[str, float] = {}
    spent, read = 0.0, 0
    for name in SETS:
        gold = {d["id"]: d for d in documents(shared / "data" / "time" / f"{name}.jsonl.gz")}
        began = process_time()
        found = {key: predict(document) for key, document in gold.items()}
        if name in NEWS:
            spent, read = spent + process_time() - began, read + len(gold)
        result, _ = judge.score(gold, found)
        if name == "gum_dates":
            intervals = judge.score_interval(gold, found)
            out[f"{name}.interval"] = intervals["interval"]["f1"]
            out[f"{name}.interval_accuracy"] = intervals["interval_acc"]
            out[f"{name}.relaxed_recall"] = result["relaxed"]["r"]
            news = {key: document for key, document in gold.items() if key.startswith("GUM_news")}
            out[f"{name}.news.interval_accuracy"] = judge.score_interval(news, found)["interval_acc"]
            continue
        measures = ("strict", "relaxed", "value") if name == "wikiwars" else ("strict", "relaxed", "type", "value")
        out.update({f"{name}.{measure}": result[measure]["f1"] for measure in measures})
    return {**out, **refused(), "documents_per_second": round(read / spent) if spent else 0.0}


def refused(folder: Path = NOT_TIMES, find: Finder = times) -> dict[str, float]:
    """Of the sentences that hold no time, the share (percent) in which none is found.

    Args:
        folder: the set `datasets/not_times`; the half `held_back` is not looked at while rules are mended.
        find: what finds times in a text.

    Returns:
        "not_times.HALF" to percent; nothing where the set is not there.
    """
    out = {}
    for path in sorted(folder.glob("*.jsonl")):
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
        clean = sum(not find(text, "2023-09-15") for text in texts)
        out[f"not_times.{path.stem}"] = round(100 * clean / len(texts), 2)
    return out
