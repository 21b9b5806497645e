"""How well coreference does on OntoGUM's development part: MUC, B³, CEAFe and their mean, the CoNLL-2012 score.

The text is read raw: tokens, sentences, tags and mentions are our own. Singletons are not in the gold standard and do
not count, as in OntoNotes. `conll` compares mentions by head word, as the CorefUD shared tasks do (a coordination is
told from its first member); `conll_exact` by their characters, as the CoNLL-2012 scorer does. `conll_news` is that of
the news, interview and speech genres alone; all counts are summed over documents before they are divided. What is
scored is `doc._.chains`, "I", "we" and abstract things included; `conll_entities` scores what a readout lists.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from readout.evaluate.development import read_jsonl, read_text
from readout.extract.tree import base, children, words_at
from readout.schema import _Span

Key = tuple[int, int]
"""A mention: its head's token index, and that of the last member of a coordination or -1."""
Chains = list[set[Key]]
Sums = tuple[float, float, float, float]
"""Recall's numerator and denominator, precision's numerator and denominator."""
NEWS = frozenset({"news", "interview", "speech"})


def evaluate(shared: Path, nlp: Any) -> dict[str, float]:
    """Read the development documents of OntoGUM and score the chains.

    Args:
        shared: the development data.
        nlp: the pipeline, with `readout_coreference` in it.

    Returns:
        F1 from 0 to 1 by measure: `muc`, `b_cubed`, `ceaf_e`, `conll`, `conll_news`, `conll_exact`, `conll_entities`.
    """
    pairs, exact, entities, news = [], [], [], []
    for genre, doc, gold, spans in _read(shared, "dev", nlp):
        pair = gold, _chains([[mention_key(doc, *span) for span in chain] for chain in doc._.chains])
        pairs.append(pair)
        entities.append((gold, predicted_chains(doc)))
        exact.append((_chains(spans), _chains([[(int(a), int(b)) for a, b in chain] for chain in doc._.chains])))
        if genre in NEWS:
            news.append(pair)
    parts = {"conll_news": news, "conll_exact": exact, "conll_entities": entities}
    return _figures(pairs) | {name: _figures(part)["conll"] for name, part in parts.items()}


def read_documents(shared: Path, split: str, nlp: Any) -> Iterator[tuple[str, Doc, Chains]]:
    """OntoGUM's documents as read from raw text: genre, Doc and gold chains of each.

    Args:
        shared: the development data.
        split: "train" or "dev".
        nlp: the pipeline.
    """
    return ((genre, doc, gold) for genre, doc, gold, _ in _read(shared, split, nlp))


def _read(shared: Path, split: str, nlp: Any) -> Iterator[tuple[str, Doc, Chains, list[list[Key]]]]:
    """As `read_documents`, with the characters of the gold mentions besides."""
    texts = dict(_documents(read_text(shared / f"data/language/gum.{split}.conllu.gz")))
    for item in read_jsonl(shared / f"data/language/coref.gum.{split}.jsonl.gz"):
        text, words = texts[item["id"]]
        doc = nlp(text)
        yield item["genre"], doc, gold_chains(doc, item, words), gold_spans(item, words)


def _figures(pairs: list[tuple[Chains, Chains]]) -> dict[str, float]:
    measures = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e}
    figures = {name: f1([measure(gold, found) for gold, found in pairs]) for name, measure in measures.items()}
    return figures | {"conll": sum(figures.values()) / 3}


def f1(sums: Iterable[Sums]) -> float:
    """The harmonic mean of recall and precision over documents, each summed before it is divided."""
    recall_of, recall_all, precise_of, precise_all = (sum(column) for column in zip(*sums, strict=True))
    recall, precision = recall_of / max(recall_all, 1), precise_of / max(precise_all, 1)
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def muc(gold: Chains, found: Chains) -> Sums:
    """The link measure of MUC-6 (Vilain et al. 1995)."""
    return *_links(gold, found), *_links(found, gold)


def _links(chains: Chains, other: Chains) -> tuple[float, float]:
    """How many links of the chains the other side keeps, of how many."""
    owner = {key: number for number, chain in enumerate(other) for key in chain}
    parts = [len({owner[k] for k in chain if k in owner}) + sum(k not in owner for k in chain) for chain in chains]
    return sum(len(c) - p for c, p in zip(chains, parts, strict=True)), sum(len(c) - 1 for c in chains)


def b_cubed(gold: Chains, found: Chains) -> Sums:
    """The mention-wise measure of Bagga and Baldwin (1998)."""
    return *_shares(gold, found), *_shares(found, gold)


def _shares(chains: Chains, other: Chains) -> tuple[float, float]:
    owner = {key: number for number, chain in enumerate(other) for key in chain}
    common = [Counter(owner[k] for k in chain if k in owner) for chain in chains]
    kept = sum(n * n / len(chain) for chain, counts in zip(chains, common, strict=True) for n in counts.values())
    return kept, sum(len(chain) for chain in chains)


def ceaf_e(gold: Chains, found: Chains) -> Sums:
    """The best one-to-one alignment of chains, by their likeness phi 4 (Luo 2005)."""
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    likeness = np.array([[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold]).reshape(
        len(gold), len(found)
    )
    rows, columns = linear_sum_assignment(likeness, maximize=True)
    total = float(likeness[rows, columns].sum())
    return total, len(gold), total, len(found)


def predicted_chains(doc: Doc) -> Chains:
    """The chains of `doc._.entities`."""
    return _chains([[mention_key(doc, *span) for span in entity.mentions] for entity in doc._.entities])


def gold_chains(doc: Doc, item: dict[str, Any], words: list[tuple[int, int]]) -> Chains:
    """OntoGUM's chains on a Doc of the same text.

    Args:
        doc: the text as read.
        item: `clusters` of `[sentence, start, end]`, and `sents`, the words by sentence.
        words: the characters of the document's words.
    """
    return _chains([[mention_key(doc, *span) for span in spans] for spans in gold_spans(item, words)])


def gold_spans(item: dict[str, Any], words: list[tuple[int, int]]) -> list[list[Key]]:
    """The characters of OntoGUM's mentions by chain."""
    starts = np.cumsum([0, *(len(sentence) for sentence in item["sents"])])
    return [
        [(words[starts[s] + a][0], words[starts[s] + b - 1][1]) for s, a, b in cluster] for cluster in item["clusters"]
    ]


def _chains(raw: list[list[Key]]) -> Chains:
    """Chains as sets, each mention in one of them only, without singletons."""
    seen: set[Key] = set()
    chains = []
    for keys in raw:
        chain = set(keys) - seen
        seen |= chain
        if len(chain) > 1:
            chains.append(chain)
    return chains


def mention_key(doc: Doc, start: int, end: int) -> Key:
    """The key of a mention; an apposition counts as the noun that it stands beside.

    Args:
        doc: the text as read.
        start: its first character.
        end: the character after its last.
    """
    head = words_at(doc, _Span(start, end)).root
    members = [token.i for token in children(head, "conj") if token.idx < end]
    for _ in range(5):
        if base(head.dep_) == "flat" or (base(head.dep_) == "appos" and head.pos_ in ("NOUN", "PROPN")):
            head = head.head
    return head.i, max(members, default=-1)


def _documents(conllu: str) -> Iterable[tuple[str, tuple[str, list[tuple[int, int]]]]]:
    """Each document's name, text and words' characters."""
    for part in conllu.split("# newdoc id = ")[1:]:
        name, _, rest = part.partition("\n")
        text = ""
        words: list[tuple[int, int]] = []
        for block in rest.strip().split("\n\n"):
            paragraph = "# newpar" in block and text
            text = text.rstrip() + "\n\n" if paragraph else text
            text = _append(block, text, words)
        yield name.strip(), (text.rstrip(), words)


def _append(block: str, text: str, words: list[tuple[int, int]]) -> str:
    """Add a sentence's words to the text; the parts of a contraction share its characters in their order."""
    rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
    last_of_contraction, glued = 0, False
    for row in rows:
        if "-" in row[0]:
            last_of_contraction, glued = int(row[0].split("-")[1]), "SpaceAfter=No" in row[9]
            continue
        words.append((len(text), len(text) + len(row[1])))
        text += row[1]
        inside = int(row[0]) < last_of_contraction
        at_end = int(row[0]) == last_of_contraction
        if not inside and not (glued if at_end else "SpaceAfter=No" in row[9]):
            text += " "
    return text.rstrip() + " "
