"""Reads the training sets into one kind of record: a stretch of sentences with whatever layers the set has."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from readout.language.tokenizer import configure

NAMES = {"LOCATION": "PLACE", "ORGANIZATION": "ORG", "PERSON": "PERSON", "MISC": "MISC"}
QUOTE_PARTS = ("source", "cue", "content")


@dataclass
class EventLayer:
    """What our event set says of one word: the type, mode and status of the event that it triggers, and its roles.

    `roles` gives the role of other words, by (number of the sentence in the text, word); "" leaves a word unjudged.
    """

    type: str | None = None
    mode: str | None = None
    status: str | None = None
    roles: dict[tuple[int, int], str] | None = None


@dataclass
class Sentence:
    """Words with the layers their set has; a layer it lacks is `None`.

    `trees` holds (head, label) per word: head counts words of the sentence from 0, -1 is the root. `names` holds one
    BIO tag per word, "?" where the set cannot be trusted; `quotes` one BIO tag per word and part.
    """

    words: list[str]
    tags: list[tuple[str, str, str, str]] | None = None
    """UPOS, XPOS, FEATS, lemma"""
    trees: list[tuple[int, str]] | None = None
    names: list[str] | None = None
    quotes: dict[str, list[str]] | None = None
    links: list[tuple[int, int] | None] | None = None
    """for each word of a source or content, the first word of its cue: (number of its sentence in the text, word)"""
    events: list[EventLayer] | None = None
    number: int = 0
    opens_paragraph: bool = False


@dataclass
class Text:
    """Sentences in their order, from one document of one set."""

    source: str
    sentences: list[Sentence] = field(default_factory=list)


def read_lines(path: Path) -> Iterator[str]:
    """Lines of a gzipped text file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Records of a gzipped JSON-lines file."""
    return [json.loads(line) for line in read_lines(path)]


def bio(length: int, spans: list[list[Any]]) -> list[str]:
    """BIO tags from [start, end, type] spans over words."""
    tags = ["O"] * length
    for start, end, kind in spans:
        tags[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)
    return tags


def treebank(path: Path, names: dict[str, list[list[Any]]] | None = None) -> list[Text]:
    """Documents of a CoNLL-U file.

    Args:
        path: gzipped CoNLL-U.
        names: spans by sentence id, for a treebank whose names are annotated elsewhere.

    Returns:
        One `Text` a document.
    """
    texts: list[Text] = []
    rows: list[list[str]] = []
    sentence_id, paragraph = "", False
    for line in read_lines(path):
        line = line.rstrip("\n")
        if line.startswith("# newdoc") or not texts:
            texts.append(Text(path.name.split(".")[0]))
        if line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# sent_id"):
            sentence_id = line.split("=", 1)[1].strip()
        elif line[:1].isdigit():
            rows.append(line.split("\t"))
        elif not line and rows:
            texts[-1].sentences.append(_tree_sentence(rows, paragraph, sentence_id, names))
            rows, paragraph = [], False
    return [t for t in texts if t.sentences]


def _tree_sentence(
    rows: list[list[str]], paragraph: bool, sentence_id: str, names: dict[str, list[list[Any]]] | None
) -> Sentence:
    rows = [r for r in rows if r[0].isdigit()]
    sentence = Sentence(
        words=[r[1] for r in rows],
        tags=[(r[3], r[4], r[5], r[2]) for r in rows],
        trees=[(int(r[6]) - 1, r[7]) for r in rows],
        opens_paragraph=paragraph,
    )
    if names is not None and sentence_id in names:
        tags = bio(len(rows), names[sentence_id])
        # GUM's silver names leave out nationalities, which the other sets mark as MISC: their adjectives stay unjudged
        sentence.names = [
            "?" if t == "O" and r[3] == "ADJ" and r[1][:1].isupper() and r[0] != "1" else t
            for t, r in zip(tags, rows, strict=True)
        ]
    return sentence


def named_sentences(path: Path, skip: str) -> list[Text]:
    """Sentences with names only; those whose source starts with `skip` are left to the treebank they come from.

    Sentences of one set follow each other, so that runs of up to eight stand together as one `Text`.
    """
    texts = []
    records = [r for r in read_jsonl(path) if not r["source"].startswith(skip)]
    for source, group in groupby(records, key=lambda r: r["source"]):
        sentences = [
            Sentence(words=r["tokens"], names=bio(len(r["tokens"]), r["spans"]), opens_paragraph=True) for r in group
        ]
        texts += [Text(source, sentences[i : i + 8]) for i in range(0, len(sentences), 8)]
    return texts


def names_by_sentence(path: Path, source: str) -> dict[str, list[list[Any]]]:
    """Name spans by sentence id, of the records whose source starts with `source`."""
    return {r["id"]: r["spans"] for r in read_jsonl(path) if r["source"].startswith(source)}


def news(silver: Path, quotes: Path) -> list[Text]:
    """Political news with automatic names (silver) and human quotation spans (PolNeAR), article by article."""
    nlp = spacy.blank("en")
    configure(nlp)
    layers = {r["id"]: r for r in read_jsonl(silver)}
    texts = []
    for article in read_jsonl(quotes):
        if article["id"] not in layers:
            continue
        layer = layers[article["id"]]
        names = _Marks(layer["names"], NAMES)
        parts = {
            part: _Marks([[s, e, "Q"] for a in article["attributions"] for s, e in a[part]], {"Q": "Q"})
            for part in QUOTE_PARTS
        }
        texts.append(Text("silver", [s for s in _news_sentences(article, layer, names, parts, nlp) if s.words]))
    return texts


def _news_sentences(
    article: dict[str, Any], layer: dict[str, Any], names: "_Marks", parts: dict[str, "_Marks"], nlp: Language
) -> list[Sentence]:
    text, sentences, spots = article["text"], [], []
    for number, (start, end) in enumerate(layer["sentences"]):
        tokens = [t for t in nlp.tokenizer(text[start:end]) if not t.is_space]
        spots.append([(start + t.idx, start + t.idx + len(t)) for t in tokens])
        sentences.append(
            Sentence(
                words=[t.text for t in tokens],
                names=names.tags(spots[-1]),
                quotes={part: marks.tags(spots[-1]) for part, marks in parts.items()},
                opens_paragraph="\n" in text[max(0, start - 2) : start],
                number=number,
            )
        )
    cues = _cue_of_characters(article["attributions"], spots)
    for sentence, its in zip(sentences, spots, strict=True):
        sentence.links = [cues.get(start) for start, _ in its]
    return sentences


def _cue_of_characters(
    attributions: list[dict[str, Any]], spots: list[list[tuple[int, int]]]
) -> dict[int, tuple[int, int]]:
    """For every character of a source or content, where its cue's first word stands."""
    at = {start: (n, i) for n, its in enumerate(spots) for i, (start, _) in enumerate(its)}
    found: dict[int, tuple[int, int]] = {}
    for attribution in attributions:
        cue = next((at[c] for s, e in attribution["cue"] for c in range(s, e) if c in at), None)
        if cue is not None:
            found |= {c: cue for part in ("source", "content") for s, e in attribution[part] for c in range(s, e)}
    return found


class _Marks:
    """Character spans, asked for as BIO tags over tokens."""

    def __init__(self, spans: list[list[Any]], types: dict[str, str]) -> None:
        self.at: dict[int, tuple[int, str]] = {}
        self.last: tuple[int, str] | None = None
        for number, (start, end, kind) in enumerate(spans):
            for i in range(start, end):
                if kind in types:
                    self.at[i] = (number, types[kind])

    def tags(self, spots: list[tuple[int, int]]) -> list[str]:
        """One tag a token; what goes on from the tokens asked for before is tagged as going on."""
        tags = []
        for start, _ in spots:
            mark = self.at.get(start)
            tags.append("O" if mark is None else ("I-" if mark == self.last else "B-") + mark[1])
            self.last = mark
        return tags
