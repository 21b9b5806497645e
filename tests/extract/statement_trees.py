"""Reads made-up articles with their trees (CoNLL-U) as spaCy Docs, so that tests need no model."""

from functools import cache
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

FILE = Path(__file__).parents[1] / "data" / "statements.conllu"
COLUMNS = ("words", "lemmas", "pos", "tags", "heads", "deps", "spaces", "sent_starts")


def read_docs(path: Path = FILE) -> dict[str, Doc]:
    """The articles of a file by their ids; paragraphs are parted by blank lines."""
    blocks = path.read_text(encoding="utf-8").split("# newdoc id = ")[1:]
    return {block.partition("\n")[0]: _doc(block.partition("\n")[2]) for block in blocks}


def _doc(block: str) -> Doc:
    columns: dict[str, list] = {name: [] for name in COLUMNS}
    for sentence in block.strip().split("\n\n"):
        rows = [line.split("\t") for line in sentence.splitlines() if line[:1].isdigit()]
        if "# newpar" in sentence and columns["words"]:
            last = len(columns["words"]) - 1
            columns["spaces"][-1] = False
            _add(columns, "\n\n", "\n\n", "SPACE", "_SP", last, "dep", False, False)
        start = len(columns["words"])
        for number, (_, word, lemma, pos, tag, _, head, dep, _, misc) in enumerate(rows):
            at = start + int(head) - 1 if head != "0" else start + number
            _add(columns, word, lemma, pos, tag, at, dep, "SpaceAfter=No" not in misc, number == 0)
    return Doc(_vocabulary(), **columns)


@cache
def _vocabulary() -> Vocab:
    return spacy.blank("en").vocab


def _add(columns: dict[str, list], *values: object) -> None:
    for name, value in zip(COLUMNS, values, strict=True):
        columns[name].append(value)
