"""Whole articles: the readout beside what a careful reader keeps from each article.

The founding article (`kim_tours_plant`) goes in as the page it was, the twelve others as items of a JSON-lines file
with what is known of them, so that ingest is part of what is measured.

The rooms were written with those thirteen in view, and few as they are, they flatter: the figures guard against loss.
How well an article is read that nobody looked at, the invented reports say better: those of `tests/data/reports` a
little, since some of their misses were read once, and those of `tests/data/unseen` best.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from spacy.language import Language

from readout.evaluate.development import REPOSITORY, read_jsonl, scorer
from readout.reading import Failure, read, read_many
from readout.schema import Readout

FOUNDING = "kim_tours_plant"
INVENTED = REPOSITORY / "tests" / "data" / "reports"
UNSEEN = REPOSITORY / "tests" / "data" / "unseen"
_KNOWN = ("id", "text", "title", "url", "published", "outlet")
_FOUND_AND_SPURIOUS = ("statements", "events", "expectations", "events.same_event_merged")


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure whole readouts.

    Args:
        shared: the development data.
        nlp: the pipeline.

    Returns:
        Percentages by `founding.measure`, `twelve.measure`, `invented.measure` and `unseen.measure` (the articles of
        each together): F1 of statements, events and expectations, accuracy of the rest.
    """
    rate = scorer(shared, "score_readout")
    gold = gold_files(shared / "acceptance")
    founding = {FOUNDING: founding_readout(shared, nlp)}
    twelve = readouts(collected(shared, gold.keys() - founding.keys()), nlp)
    return (
        score(rate, "founding", ((gold[name], r) for name, r in founding.items()))
        | score(rate, "twelve", ((gold[r.id], r) for r in twelve))
        | score(rate, "invented", reports(INVENTED, nlp))
        | score(rate, "unseen", reports(UNSEEN, nlp))
    )


def reports(folder: Path, nlp: Language) -> Iterator[tuple[Path, Readout]]:
    """The gold file and the readout of each invented report in a folder."""
    paths = [p for p in sorted(folder.glob("*.json")) if not p.name.endswith(".gold.json")]
    for readout in readouts((json.loads(p.read_text(encoding="utf-8")) for p in paths), nlp):
        yield folder / f"{readout.id}.gold.json", readout


def gold_files(folder: Path) -> dict[str, Path]:
    """The annotations in a folder by the article's id."""
    return {p.name.removesuffix(".gold.json"): p for p in sorted(folder.glob("*.gold.json"))}


def founding_readout(shared: Path, nlp: Language) -> Readout:
    """The readout of the founding article, from its page."""
    return read(shared / "acceptance" / f"{FOUNDING}.txt", nlp=nlp)


def collected(shared: Path, ids: Collection[str]) -> list[dict[str, Any]]:
    """Items of the shared collection of articles, in its order."""
    return [item for item in read_jsonl(shared / "data" / "articles" / "articles.jsonl") if item["id"] in ids]


def readouts(items: Iterable[dict[str, Any]], nlp: Language) -> Iterator[Readout]:
    """The readouts of articles.

    Args:
        items: what is known of each, as in a JSON-lines file.
        nlp: the pipeline.

    Yields:
        A readout for each, in their order.

    Raises:
        ReadoutError: an article could not be read.
    """
    with TemporaryDirectory() as folder:
        batch = Path(folder, "articles.jsonl")
        batch.write_text("".join(json.dumps({k: item[k] for k in _KNOWN}) + "\n" for item in items), encoding="utf-8")
        for outcome in read_many([batch], nlp=nlp):
            if isinstance(outcome, Failure):
                raise outcome.error
            yield outcome


def score(rate: ModuleType, prefix: str, pairs: Iterable[tuple[Path, Readout]]) -> dict[str, float]:
    """The measures of articles together.

    Args:
        rate: the scorer.
        prefix: goes before each measure.
        pairs: the gold file and the readout of each article.

    Returns:
        Percentages by `prefix.measure`.
    """
    tally = rate.Tally()
    for path, readout in pairs:
        add_article(rate, tally, json.loads(path.read_text(encoding="utf-8")), json.loads(readout.to_json()))
    return {f"{prefix}.{name}": value for name, value in figures(tally.counts).items()}


def add_article(rate: ModuleType, tally: Any, gold: dict[str, Any], readout: dict[str, Any]) -> None:
    """Add one article to the tally."""
    article = rate.Article(readout)
    rate.score_statements(gold, article, tally)
    matched = rate.score_events(gold, article, tally)
    rate.score_expectations(gold, article, tally, matched)
    parts = (
        rate.score_roles,
        rate.score_relations,
        rate.score_times,
        rate.score_places,
        rate.score_article,
        rate.score_sanctions,
    )
    for part in parts:
        part(gold, article, tally)


def figures(counts: Mapping[str, tuple[int, int, int]]) -> dict[str, float]:
    """Percentages from counts of found, missed and spurious items: F1 where something can be spurious, else recall."""
    out = {}
    for name, (found, missed, spurious) in counts.items():
        if name in _FOUND_AND_SPURIOUS:
            total = 2 * found + missed + spurious
            out[f"{name}_f1"] = round(200 * found / total, 2) if total else 100.0
        else:
            out[name] = round(100 * found / (found + missed), 2)
    return out
