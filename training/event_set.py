"""Our own event set (`datasets/events`) as training texts: triggers, types, modes, statuses, who and where."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from readout.evaluate.datasets import Item, items, locate
from training.corpora import EventLayer, Sentence, Text

HALVES = (0, 1)
"""Of the batches, by author; what is stacked on the encoder's head is fitted on its opinion of the other half."""
GROUP = 6
"""Items that stand together as one text at most, so that windows of several sentences are seen too."""
SEED = 3
"""For the order in which items are put together."""


def half_of(batch: Path) -> int:
    """Which half a batch belongs to; it hangs on the batch's name alone, so that new batches move no other."""
    return sum(batch.stem.encode()) % len(HALVES)


def half_run(half: int) -> Path:
    """The folder of the run that left a half out."""
    return Path(f"training/runs/event-layers-without-{half}")


def grouped(batch: Iterable[Item]) -> Iterator[list[Item]]:
    """The items of a batch, each once: articles alone, other items alone or several as one text."""
    batch, rng = list(batch), random.Random(SEED)
    yield from ([item] for item in batch if item["kind"] == "article")
    others = [item for item in batch if item["kind"] != "article"]
    rng.shuffle(others)
    while others:
        count = rng.choice((1, 1, 1, 2, 3, GROUP))
        yield others[:count]
        others = others[count:]


def event_texts(folder: Path, nlp: Language, rng: random.Random) -> list[Text]:
    """The batches of a folder; items of one batch are put together at random.

    Whole articles are left to the layer for events, which needs texts that the encoder has not learnt from.

    Args:
        folder: holds `train*.jsonl`.
        nlp: gives words, sentences and the tree that names each phrase's head.
        rng: for the order.
    """
    texts = []
    for path in sorted(folder.glob("train*.jsonl")):
        batch = [item for item in items(path) if item["kind"] != "article"]
        rng.shuffle(batch)
        docs = list(nlp.pipe(item["text"] for item in batch))
        for i in range(0, len(batch), GROUP):
            text = Text("events")
            for item, doc in zip(batch[i : i + GROUP], docs[i : i + GROUP], strict=True):
                text.sentences += _sentences(item, doc, len(text.sentences))
            texts.append(text)
    return texts


def _sentences(item: Item, doc: Doc, base: int) -> Iterator[Sentence]:
    """The sentences of an item, numbered from `base` in their text."""
    spots = {}
    found = []
    for span in doc.sents:
        words = [t for t in span if not t.is_space]
        if words:
            spots |= {t.i: (base + len(found), i) for i, t in enumerate(words)}
            layer = [EventLayer() for _ in words]
            found.append(Sentence([t.text for t in words], events=layer, number=base + len(found)))
    found[0].opens_paragraph = True
    at = {s.number: s for s in found}
    for event in item["events"]:
        for n, quoted in enumerate([event["trigger"], *event.get("mentions", ())]):
            number, i = spots[head_of(doc, item["text"], quoted).i]
            layer = at[number].events
            assert layer is not None
            layer[i].type, layer[i].mode, layer[i].status = event["type"], event.get("mode"), event["status"]
            if n == 0:
                roles = roles_of(doc, item["text"], event)
                layer[i].roles = {spots[word]: role for word, role in roles if word in spots}
    yield from found


def roles_of(doc: Doc, text: str, event: Item, base: int = 0) -> Iterator[tuple[int, str]]:
    """The role of each word that heads a phrase; the other words of the phrase are left unjudged ("").

    Args:
        doc: where the item stands, alone or among others.
        text: the item's.
        event: one of its events.
        base: the place of its first character.
    """
    quoted = {
        "actor": event.get("actors") or [],
        "recipient": event.get("recipients") or [],
        "place": [event["place"]] if event.get("place") else [],
        "time": [event["time"]] if event.get("time") else [],
    }
    for role, phrases in quoted.items():
        for phrase in phrases:
            span = _span(doc, text, phrase, base)
            yield from ((token.i, role if token == span.root else "") for token in span)


def head_of(doc: Doc, text: str, quoted: str, base: int = 0) -> Token:
    """The head of the words that an annotation quotes."""
    return _span(doc, text, quoted, base).root


def _span(doc: Doc, text: str, quoted: str, base: int) -> Span:
    start, end = locate(text, quoted)
    span = doc.char_span(base + start, base + end, alignment_mode="expand")
    assert span is not None
    return span
