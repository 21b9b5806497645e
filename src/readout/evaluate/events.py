"""Event coding on single sentences: PLOVER gold standard records, PETRARCH-2 records, and the PLV sentences.

PLV has no stated licence: it is measured on and never trained on. The scorer is that of the development data.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import readout.layers  # noqa: F401  (registers the attributes)
from readout.evaluate.development import read_jsonl, scorer
from readout.extract.tree import token_at
from readout.knowledge.actors import actor_code
from readout.knowledge.codebook import codebook
from readout.schema import Event, Span

SETS = {"gsr": "gsr_dev.jsonl", "petr": "petr_dev.jsonl", "plv": "plv_dev.jsonl.gz"}
FIGURES = (
    "type_acc", "type_macro_f1", "quad_acc", "type_precision", "type_recall", "type_f1", "types_per_record", "mode_acc",
    "actor_f1", "actor_hit", "recipient_f1", "recipient_hit", "pair_f1", "cameo_root_acc", "none_acc",
)  # fmt: skip
ACTORS = {"actor_country": "country_acc", "actor_sector": "sector_acc", "actor_both": "both_acc"}


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Figures of event coding on the development sets.

    Args:
        shared: the development data.
        nlp: the pipeline with all rooms.

    Returns:
        Figures by `set_measure`, such as `gsr_type_acc`, between 0 and 1, but for `types_per_record`, how many types
        a record is given: a coder that guesses buys its recall with it, so no floor is right for it alone. Of actor
        codes `actor_country`, `actor_sector`, and `actor_both`.

    Raises:
        OptionError: the scorer is not there.
    """
    scoring = scorer(shared, "score_events")
    rate = scoring.score
    figures: dict[str, float] = {}
    for name, file in SETS.items():
        gold = list(read_jsonl(shared / "data" / "events" / file))
        scores = rate(gold, predictions(gold, nlp))
        figures |= {f"{name}_{key}": float(scores[key]) for key in FIGURES if scores.get(key) is not None}
    gold = list(read_jsonl(shared / "data" / "events" / "actor_dev.jsonl"))
    scores = scoring.score_actor(gold, actors(gold))
    return figures | {name: float(scores[key]) for name, key in ACTORS.items()}


def actors(gold: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The actor code of each record's words in the scorer's format."""
    codes = ((record["id"], actor_code(record["text"], record["context"], record["date"])) for record in gold)
    return [{"id": id, "country": code.country, "sectors": list(code.sectors)} for id, code in codes]


def predictions(gold: Iterable[dict[str, Any]], nlp: Language) -> list[dict[str, Any]]:
    """The events of each record's text in the scorer's format, best first."""
    return [{"id": record["id"], "events": coded(nlp(record["text"]))} for record in gold]


def coded(doc: Doc) -> list[dict[str, Any]]:
    """A Doc's events as PLOVER codes them, the main clause first; what is announced or refused has its own type."""
    events = sorted(doc._.events, key=lambda event: (_depth(doc, event), event.trigger))
    return [_record(doc, event) for event in events]


def _depth(doc: Doc, event: Event) -> int:
    token = token_at(doc, event.trigger.start)
    return sum(1 for _ in token.ancestors) if token is not None else len(doc)


def _record(doc: Doc, event: Event) -> dict[str, Any]:
    book = codebook()
    actors = [_text(doc, span) for span in dict.fromkeys(event.actor_spans)]
    recipients = [_text(doc, span) for span in dict.fromkeys(event.recipient_spans)]
    if not recipients:  # a record has one side and the other, also where both act alike
        actors, recipients = actors[:1], actors[1:]
    if not recipients and event.place_span is not None:  # and where nobody undergoes it, the place does
        recipients = [_text(doc, event.place_span)]
    type_name = book.coded(event.type, event.status)
    mode = event.mode if type_name == event.type else None
    return {
        "type": type_name,
        "mode": mode,
        "cameo": event.cameo if type_name == event.type else book.to_cameo(type_name, mode, event.contexts),
        "trigger": _text(doc, event.trigger),
        "actor": actors,
        "recipient": recipients,
    }


def _text(doc: Doc, span: Span) -> str:
    return doc.text[span[0] : span[1]]
