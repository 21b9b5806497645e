"""The words that the layer for events learns from: candidates of the event set, and what words told in other items.

Candidates are the words of the training batches of `datasets/events` that the lexicon takes or the encoder's own head
does not rule out; a trigger or mention is of its event's type, any other word reports nothing. Sentences and passages
are read alone or, several together, as one text; whole articles alone, and learnt from several times.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate.datasets import Item, items, locate
from readout.extract.events.precedents import keys_in, log_odds, recalled
from readout.extract.events.reports import lexical_reports
from readout.extract.events.seen import candidates
from readout.extract.events.weighing import views
from readout.knowledge.codebook import codebook
from training.event_set import grouped

UNJUDGED = -100
"""In place of a mode's column where there is no event; what `cross_entropy` passes over."""
ARTICLES = 3
"""Times that an article is seen for each time that a sentence is."""
LEAST = {"own": 1, "joined": 2, "object": 2, "above": 2}
"""Uses from which a key is remembered."""


@dataclass
class Word:
    """A candidate.

    Attributes:
        traits: its traits, and the keys by which its uses are counted (`precedents`).
        views: [views, states] what the encoder sees around it.
        chances: [1 + types] the probability of each type by the encoder's head.
        answer, mode: the columns of its type (0: no event) and mode.
        item: which item it stands in.
    """

    traits: set[str]
    views: NDArray[np.float16]
    chances: NDArray[np.float32]
    answer: int
    mode: int
    item: str


def training_words(path: Path, nlp: Language) -> Iterator[Word]:
    """The candidates of a batch, as often as each is to be seen in an epoch."""
    for together in grouped(items(path)):
        words = list(words_of(together, nlp))
        yield from words * (ARTICLES if together[0]["kind"] == "article" else 1)


def words_of(together: Sequence[Item], nlp: Language) -> Iterator[Word]:
    """The candidates of a text of some items, a paragraph each; of a trigger of several words its head alone."""
    doc = nlp.make_doc("\n\n".join(item["text"] for item in together))
    doc._.published = together[0]["published"]
    doc = nlp(doc)
    answers, parts = answers_of(together, doc)
    names = doc._.happening.names
    words = candidates(doc, {r.token.i: r for r in lexical_reports(doc)})
    words = [(token, traits) for token, traits in words if token.i not in parts or token.i in answers]
    ends = list(accumulate(len(item["text"]) + 2 for item in together))
    for (token, traits), seen in zip(words, views(doc, [t for t, _ in words]), strict=True):
        kind, mode = answers.get(token.i, ("", None))
        column = names["modes"].index(f"{kind}:{mode}" if mode else "") if kind else UNJUDGED
        item = together[bisect(ends, token.idx)]["id"]
        chances = doc._.happening.types[token.i]
        yield Word(traits, seen.astype(np.float16), chances, names["events"].index(kind), column, item)


def answers_of(together: Sequence[Item], doc: Doc) -> tuple[dict[int, tuple[str, str | None]], set[int]]:
    """By token the type and mode that it reports, and all tokens of triggers."""
    answers: dict[int, tuple[str, str | None]] = {}
    parts, base = set(), 0
    for item in together:
        for event in item["events"]:
            for quoted in (event["trigger"], *event.get("mentions", ())):
                start, end = locate(item["text"], quoted)
                span = doc.char_span(base + start, base + end, alignment_mode="expand")
                assert span is not None
                parts |= {t.i for t in span}
                answers[span.root.i] = event["type"], event.get("mode")
        base += len(item["text"]) + 2
    return answers, parts


class Memory:
    """What words told, and in which item; of a word of the same item the item itself is left out.

    Args:
        words: those of the training batches; each counts once, however often it is seen.

    Attributes:
        counts: by key [classes].
        usual: [classes] the share of each class.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        classes = 1 + len(codebook().types)
        self.counts: dict[str, NDArray[np.float32]] = {}
        self.of_item: dict[tuple[str, str], NDArray[np.float32]] = {}
        self.usual = np.full(classes, 1e-4, dtype=np.float32)
        for word in {id(word): word for word in words}.values():
            self.usual[word.answer] += 1
            for key in keys_in(word.traits):
                self.counts.setdefault(key, np.zeros(classes, dtype=np.float32))[word.answer] += 1
                self.of_item.setdefault((word.item, key), np.zeros(classes, dtype=np.float32))[word.answer] += 1
        self.usual /= self.usual.sum()
        self.counts = {key: told for key, told in self.counts.items() if told.sum() >= least_of(key)}

    def odds_of(self, word: Word) -> NDArray[np.float32]:
        """[keys * classes] what the word told in other items."""
        keys = [key for key in keys_in(word.traits) if key in self.counts]
        others = {key: self.counts[key] - self.of_item.get((word.item, key), 0) for key in keys}
        known = {key: counts for key, counts in others.items() if counts.sum() >= least_of(key)}
        odds = {key: log_odds(counts, self.usual) for key, counts in known.items()}
        found: NDArray[np.float32] = recalled([keys], odds, len(self.usual))[0]
        return found


def least_of(key: str) -> int:
    """Uses from which a key is remembered."""
    return LEAST[key.partition(" ")[0]]
