"""Intake: how much of an article's prose, and how many of its fields, come out as they should."""

import json
from collections import Counter
from pathlib import Path

import trafilatura

from readout.evaluate.development import read_jsonl, scorer
from readout.ingest import article

SHINGLE = 4  # words


def evaluate(shared: Path) -> dict[str, float]:
    """Measure intake on the made-up pages and on the founding report.

    The body is compared by shingles of four words against the page's true paragraphs, the mean taken over pages; the
    figures of trafilatura as it comes stand beside ours.

    Args:
        shared: the development data.

    Returns:
        Body precision, recall and F1, title and date accuracy over pages, and the share of the founding report's
        article fields that are right, all 0 to 1.
    """
    pages = list(read_jsonl(shared / "data" / "articles" / "pages.jsonl"))
    folder = shared / "data" / "articles"
    taken = [article(folder / page["file"]) for page in pages]
    ours = [_overlap(got.text, page["paragraphs"]) for got, page in zip(taken, pages, strict=True)]
    theirs = [_overlap(_as_it_comes(folder / page["file"]), page["paragraphs"]) for page in pages]
    right_titles = [got.title == page["title"] for got, page in zip(taken, pages, strict=True)]
    right_dates = [(got.published or "")[:10] == page["published"] for got, page in zip(taken, pages, strict=True)]
    return {
        "body_precision": _mean([precision for precision, _, _ in ours]),
        "body_recall": _mean([recall for _, recall, _ in ours]),
        "body_f1": _mean([f1 for _, _, f1 in ours]),
        "body_f1_trafilatura": _mean([f1 for _, _, f1 in theirs]),
        "title": _mean([float(right) for right in right_titles]),
        "date": _mean([float(right) for right in right_dates]),
        "founding_fields": founding_fields(shared),
    }


def founding_fields(shared: Path) -> float:
    """The share of the founding report's article fields that intake gets right from its bare text."""
    score = scorer(shared, "score_readout")
    gold = json.loads((shared / "acceptance" / "kim_tours_plant.gold.json").read_text(encoding="utf-8"))
    tally = score.Tally()
    taken = article(shared / "acceptance" / "kim_tours_plant.txt")
    score.score_article(gold, score.Article({"article": taken.model_dump()}), tally)
    right, wrong, _ = tally.counts["article"]
    return float(right) / float(right + wrong)


def _as_it_comes(path: Path) -> str:
    return trafilatura.extract(path.read_text(encoding="utf-8")) or ""


def _overlap(text: str, paragraphs: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the shingles of a text against those of the true paragraphs."""
    got, want = _shingles(text), _shingles("\n".join(paragraphs))
    shared = sum((got & want).values())
    precision, recall = shared / max(1, sum(got.values())), shared / max(1, sum(want.values()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = text.split()
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
