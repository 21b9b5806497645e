"""Tags, trees and names: the language model on English UD treebanks and on names.

Treebanks: UD English-EWT and UD English-GUM (development parts), with the treebank's own words and from raw text;
CoNLL 2018 measures (words are aligned by their characters). Names: exact typed spans, micro F1, on CrossNER politics,
UNER English-EWT (which has no MISC) and GUM (silver).
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.evaluate.development import read_jsonl, read_text, scorer

TREEBANKS = ("ewt", "gum")
MODEL = "readout_encoder"
ENTITY_TYPES = {"PER": "PERSON", "LOC": "PLACE", "GPE": "PLACE", "FAC": "PLACE"}
WITHOUT_MISC = ("PERSON", "ORG", "PLACE")


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure the language model.

    Args:
        shared: the development data.
        nlp: the pipeline; only its tokenizer and model run.

    Returns:
        Percentages: `{ewt,gum}.gold.*` with given words and sentences, `{ewt,gum}.raw.*` from text,
        `names.{politics,ewt,gum}` F1 over all types, and for the first each type's.
    """
    rate, folder = scorer(shared, "score_language"), shared / "data" / "language"
    figures: dict[str, float] = {}
    for name in TREEBANKS:
        sentences = list(rate.read_conllu(read_text(folder / f"{name}.dev.conllu.gz")))
        figures |= treebank(name, sentences, nlp, rate)
    return figures | names(list(read_jsonl(folder / "ner.dev.jsonl.gz")), nlp, rate)


def treebank(name: str, sentences: list[Any], nlp: Language, rate: ModuleType) -> dict[str, float]:
    """Tags and trees on the sentences of one treebank.

    Args:
        name: goes before each measure.
        sentences: as the scorer's `read_conllu` gives them, in the order of the texts.
        nlp: the pipeline.
        rate: the scorer.

    Returns:
        Percentages by `name.gold.measure` and `name.raw.measure`.
    """
    gold = conllu([[(r[1], r[2], r[3], r[4], r[5], int(r[6]), r[7]) for r in s.rows] for s in sentences])
    texts = list(documents(sentences))
    given = list(_run(nlp, [given_words(nlp, text) for text in texts]))
    raw = list(_run(nlp, [nlp.make_doc(running_text(text)) for text in texts]))
    with_words = rate.score_ud(gold, conllu(row for doc in given for row in doc_rows(doc)))
    from_text = rate.score_ud(gold, conllu(row for doc in raw for row in doc_rows(doc)))
    measures = ("upos", "xpos", "lemma", "uas", "las", "las_sub", "clas")
    return (
        {f"{name}.gold.{m}": with_words[m] for m in measures}
        | {f"{name}.gold.features": features(sentences, given)}
        | {f"{name}.raw.{m}": from_text[m] for m in ("words", "sentences", "upos", "las")}
    )


def names(records: Iterable[dict[str, Any]], nlp: Language, rate: ModuleType) -> dict[str, float]:
    """Names in sentences of given words.

    Args:
        records: the gold, `{id, source, tokens, spans}`.
        nlp: the pipeline.
        rate: the scorer.

    Returns:
        F1 percentages by source, and by type where all four are annotated by hand.
    """
    figures: dict[str, float] = {}
    by_source = sorted(records, key=lambda r: str(r["source"]))
    for source, group in groupby(by_source, key=lambda r: _source(str(r["source"]))):
        gold = list(group)
        docs = _run(nlp, [Doc(nlp.vocab, r["tokens"], sent_starts=_one_sentence(len(r["tokens"]))) for r in gold])
        found = [{"id": r["id"], "spans": entity_spans(doc)} for r, doc in zip(gold, docs, strict=True)]
        options = {"types": WITHOUT_MISC} if source == "ewt" else {}
        result = rate.score_ner(_jsonl(gold), _jsonl(found), **options)
        figures[f"names.{source}"] = result["ALL"]["f1"]
        if source == "politics":
            figures |= {f"names.{source}.{t.lower()}": v["f1"] for t, v in result.items() if t not in ("ALL", "SPAN")}
    return figures


def documents(sentences: Iterable[Any]) -> Iterator[list[Any]]:
    """The sentences of each document in turn."""
    text: list[Any] = []
    for sentence in sentences:
        if text and sentence.get("newdoc id"):
            yield text
            text = []
        text.append(sentence)
    if text:
        yield text


def running_text(sentences: Iterable[Any]) -> str:
    """The text of a document: sentences parted by a space, paragraphs by a blank line."""
    text = ""
    for sentence in sentences:
        paragraph = any(key.startswith("newpar") for key, _ in sentence.meta)
        text += ("\n\n" if paragraph else " ") * bool(text) + sentence.get("text")
    return text


def given_words(nlp: Language, sentences: Iterable[Any]) -> Doc:
    """A document as a `Doc` of the treebank's words, with its sentence starts."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    for sentence in sentences:
        words += sentence.forms
        spaces += _spaces(sentence)
        starts += _one_sentence(len(sentence.forms))
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def _spaces(sentence: Any) -> list[bool]:
    """Whether a space follows each word: `SpaceAfter=No` on it, or on the multiword token it is a part of, says no."""
    spaces = ["SpaceAfter=No" not in row[9].split("|") for row in sentence.rows]
    for row in sentence.mwt.values():
        first, last = map(int, row[0].split("-"))
        spaces[first - 1 : last] = [False] * (last - first) + ["SpaceAfter=No" not in row[9].split("|")]
    return spaces


def _one_sentence(length: int) -> list[bool | int | None]:
    return [i == 0 for i in range(length)]


Row = tuple[str, str, str, str, str, int, str]
"""Form, lemma, UPOS, XPOS, features, head (1 is the sentence's first word, 0 no head), relation."""


def doc_rows(doc: Doc) -> Iterator[list[Row]]:
    """The sentences of a `Doc` as rows, white space left out."""
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        number = {t.i: n for n, t in enumerate(tokens, 1)}
        if tokens:
            yield [_row(token, number) for token in tokens]


def _row(token: Token, number: dict[int, int]) -> Row:
    head = 0 if token.head.i == token.i else number.get(token.head.i, 0)
    dep = "root" if head == 0 else token.dep_
    return token.text, token.lemma_, token.pos_, token.tag_, str(token.morph) or "_", head, dep


def conllu(sentences: Iterable[list[Row]]) -> str:
    """Rows as CoNLL-U."""
    lines: list[str] = []
    for rows in sentences:
        for number, (form, lemma, upos, xpos, feats, head, dep) in enumerate(rows, 1):
            cells = (str(number), form, lemma, upos, xpos, feats, str(head), dep, "_", "_")
            lines.append("\t".join(cell or "_" for cell in cells))
        lines.append("")
    return "\n".join(lines) + "\n"


def features(sentences: Iterable[Any], docs: Iterable[Doc]) -> float:
    """The share of words whose UD features are all right, in percent; the words must be the same."""
    gold = [row[5] for sentence in sentences for row in sentence.rows]
    found = [str(token.morph) or "_" for doc in docs for token in doc]
    right = sum(set(a.split("|")) == set(b.split("|")) for a, b in zip(gold, found, strict=True))
    return round(100 * right / max(1, len(gold)), 2)


def entity_spans(doc: Doc) -> list[tuple[int, int, str]]:
    """The names of a `Doc`, in tokens, labelled as the gold labels them."""
    return [(e.start, e.end, ENTITY_TYPES.get(e.label_, e.label_)) for e in doc.ents]


def _run(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name == MODEL] or nlp.pipe_names):
        yield from nlp.pipe(docs)


def _source(name: str) -> str:
    return next((short for short in ("politics", "ewt", "gum") if short in name.lower()), name)


def _jsonl(records: Iterable[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(record) for record in records)
