"""Place names found and resolved: LGL, TR-News and GeoVirus, as in Gritta, Pilehvar and Collier 2020."""

from pathlib import Path
from types import ModuleType
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate import facilities
from readout.evaluate.development import read_jsonl, scorer
from readout.extract.places.resolve import Named, resolve
from readout.knowledge.gazetteer import gazetteer

SETS = ("lgl", "trnews", "geovirus")
BEFORE = ("readout_encoder", "readout_names", "readout_places")
"""The components that place names need."""

Documents = dict[str, dict[str, Any]]


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure place names from raw text, and their resolution alone on the annotated spans.

    Args:
        shared: the development data.
        nlp: the pipeline; only the components that place names need run.

    Returns:
        For each set recognition precision, recall and F1 (strict spans), accuracy within 161 km of what was
        recognised, end-to-end F1, all in percent; `gold_spans.acc161` (what is left unresolved is wrong) and
        `gold_spans.mean_km` with the annotated spans given; facilities of our own set (see `facilities`).
    """
    rate = scorer(shared, "score_place")
    figures: dict[str, float] = {}
    for name in SETS:
        documents = {row["id"]: row for row in read_jsonl(shared / "data" / "place" / f"{name}.jsonl.gz")}
        figures |= measures(name, documents, predicted(documents, nlp), rate)
        given = rate.score(documents, given_spans(documents))["resolution"]
        figures |= {f"{name}.gold_spans.acc161": given["acc161_all"], f"{name}.gold_spans.mean_km": given["mean_km"]}
    with nlp.select_pipes(disable=others(nlp)):
        return figures | facilities.evaluate(nlp)


def measures(name: str, gold: Documents, system: Documents, rate: ModuleType) -> dict[str, float]:
    """The figures of one set, each name with the set's before it."""
    result = rate.score(gold, system)
    found = {f"{name}.recognition.{part}": value for part, value in result["recognition"].items()}
    return found | {f"{name}.acc161": result["resolution"]["acc161"], f"{name}.end_to_end": result["end_to_end"]["f1"]}


def others(nlp: Language) -> list[str]:
    """The components that place names do not need."""
    return [name for name in nlp.pipe_names if name not in BEFORE]


def predicted(documents: Documents, nlp: Language) -> Documents:
    """What the pipeline finds, in the scorer's form."""
    with nlp.select_pipes(disable=others(nlp)):
        return {key: {"toponyms": toponyms(nlp(row["text"]))} for key, row in documents.items()}


def toponyms(doc: Doc) -> list[dict[str, Any]]:
    """The place names of a Doc in the scorer's form."""
    return [point(t.span[0], t.span[1], t.location) for t in doc._.toponyms]


def given_spans(documents: Documents) -> Documents:
    """The resolution of the annotated spans, in the scorer's form."""
    return {key: {"toponyms": resolved(row)} for key, row in documents.items()}


def resolved(row: dict[str, Any]) -> list[dict[str, Any]]:
    """One document's annotated spans with the points of the places they are resolved to."""
    names: list[Named] = []
    for item in sorted(row["toponyms"], key=lambda item: (item["s"], -item["e"])):
        if not names or item["s"] >= names[-1].end:
            names.append(Named(item["s"], item["e"], item["text"]))
    places = resolve(row["text"], names, gazetteer())
    return [point(name.start, name.end, found.place) for name, found in zip(names, places, strict=True)]


def point(start: int, end: int, location: Any) -> dict[str, Any]:
    """A span with a point, `None` where there is none."""
    return {"s": start, "e": end, "lat": location.lat if location else None, "lon": location.lon if location else None}
