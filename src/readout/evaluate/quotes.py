"""Who said what: source, cue and content of attributions on PolNeAR's development part.

PolNeAR (Newell, Margolin and Ruths, LREC 2018) counts beliefs, plans and poll results as attributions too, so the wide
form of the statements is measured here.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate.development import read_jsonl, scorer
from readout.extract.statements import statements_of
from readout.schema import Span

ROOM = "readout_statements"
ROLES = ("source", "cue", "content")
TYPES = ("direct", "mixed", "indirect")
TIMED = 20
"""Articles that are read once more for the time."""


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure statements.

    Args:
        shared: the development data.
        nlp: the pipeline; what comes after the statements does not run.

    Returns:
        Percentages: `{source,cue,content}.{exact,token}` F1 of spans and of words; `joint` F1 of whole attributions
        (content words overlap by half, source agrees), also for `joint.{direct,mixed,indirect}`; `strict`, F1 of those
        whose source, cue and content are all exact; `speaker`, the share of right sources where the content was found;
        `empty`, the articles with attributions in which nothing was found; `words_kept`, what of its words per second
        the whole pipeline keeps with the statements in it.
    """
    gold = list(read_jsonl(shared / "data" / "quotes" / "polnear_dev.jsonl.gz"))
    found = list(predictions(gold, nlp))
    result = scorer(shared, "score_quotes").score(gold, found)
    figures = {f"{role}.{kind}": result[kind][role]["f1"] for role in ROLES for kind in ("exact", "token")}
    figures |= {"joint": result["joint"]["f1"], "strict": result["joint_strict"]["f1"]}
    lost = sum(bool(a["attributions"]) and not f["attributions"] for a, f in zip(gold, found, strict=True))
    figures |= {"speaker": result["source_accuracy"], "empty": 100 * lost / len(gold)}
    figures["words_kept"] = 100 * words_kept((a["text"] for a in gold[:TIMED]), nlp)
    return figures | {f"joint.{name}": result["by_type"][name]["joint"]["f1"] for name in TYPES}


def words_kept(texts: Iterable[str], nlp: Language) -> float:
    """The share of its words per second that the whole pipeline keeps with the statements in it.

    Args:
        texts: whole articles.
        nlp: the pipeline, of which the layer for quotations and the statements room are timed again by themselves.
    """
    whole = alone = 0.0
    layer, room = nlp.get_pipe("readout_encoder").spoken, nlp.get_pipe(ROOM)  # type: ignore[attr-defined]
    for text in texts:
        started = process_time()
        doc = nlp(text)
        between = process_time()
        layer(doc)
        room(doc)
        whole, alone = whole + between - started, alone + process_time() - between
    return 1 - alone / whole


def predictions(articles: Iterable[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """What the statements room finds, in the scorer's shape.

    Args:
        articles: objects with `id` and `text`.
        nlp: the pipeline.

    Yields:
        `{id, attributions: [{source, cue, content}]}`, spans in characters.
    """
    names = nlp.pipe_names
    later = names[names.index(ROOM) :] if ROOM in names else []
    with nlp.select_pipes(disable=later):
        for article in articles:
            yield {"id": article["id"], "attributions": attributions(nlp(article["text"]))}


def attributions(doc: Doc) -> list[dict[str, list[Span]]]:
    """A Doc's statements as spans of source, cue and content; those within others are not annotated in PolNeAR."""
    return [
        {
            "source": [s.speaker_span] if s.speaker_span else [],
            "cue": [s.cue_span] if s.cue_span else [],
            "content": list(s.content_spans),
        }
        for s in statements_of(doc, wide=True)
        if s.reported_by is None
    ]
