"""Which words of a text name places: whole names, adjectives of places, and places within other names."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Span, Token

from readout.extract.kinds import LABELS
from readout.knowledge.gazetteer import Gazetteer

Within = Literal["place", "facility", "other", "nothing"]
LONGEST = 5
"""Words of the longest place name that is looked for inside another name."""
WELL_KNOWN = 40_000
"""Inhabitants from which a town is found inside other names ("the University of Khartoum")."""
PLAIN_SIGHT = 300_000
"""Inhabitants from which a town is believed where no name was marked at all."""


class Found(NamedTuple):
    """A place name found in a text."""

    start: int
    """First character."""
    end: int
    text: str
    within: Within
    """What kind of name it is or stands in."""
    adjective: bool
    words: tuple[int, int]
    """Its tokens `[first, last)`."""


def find(doc: Doc, gazetteer: Gazetteer) -> list[Found]:
    """Find the place names of a text.

    Args:
        doc: a Doc with names marked.
        gazetteer: what counts as a place inside other names.

    Returns:
        Names in order of the text, without overlaps.
    """
    spans = named_spans(doc)
    found = [item for span, label in spans for item in inside(span, label, gazetteer)]
    taken = {i for span, _ in spans for i in range(span.start, span.end)}
    found += unmarked(doc, taken, gazetteer)
    return sorted(without_overlaps(found), key=lambda item: item.start)


def named_spans(doc: Doc) -> list[tuple[Span, str]]:
    """The names that rooms before this one have marked, with their label; the entities' view goes before the model's."""
    labels = {(ent.start, ent.end): LABELS.get(ent.label_, "") for ent in doc.ents}
    kinds = {"place": "PLACE", "facility": "FACILITY", "person": "PERSON"}
    for entity in doc._.entities:
        for start, end in entity.mentions:
            span = doc.char_span(start, end)
            if span is not None:
                labels[span.start, span.end] = kinds.get(entity.kind) or labels.get((span.start, span.end)) or "ORG"
    ordered = sorted(labels.items(), key=lambda item: (item[0][0], -item[0][1]))
    return [(doc[start:end], label) for (start, end), label in ordered if label]


def inside(span: Span, label: str, gazetteer: Gazetteer) -> Iterator[Found]:
    """The place names in one marked name: itself where it names a place, else those it contains."""
    if label == "PERSON":
        return
    words = trimmed(span)
    if words is None:
        return
    if label == "PLACE":
        yield from whole(words, gazetteer)
    elif label == "FACILITY" and gazetteer.lookup(words.text):
        yield found(words, "facility")
    elif gazetteer.adjective(words.text):
        yield found(words, "nothing", adjective=True)
    else:
        yield from parts(words, "facility" if label == "FACILITY" else "other", gazetteer)


def whole(words: Span, gazetteer: Gazetteer) -> Iterator[Found]:
    """A place name as one, or the names on both sides of its commas."""
    commas = [token.i for token in words if token.text == ","]
    if not commas:
        yield found(words, "place", adjective=gazetteer.adjective(words.text) is not None)
        return
    for start, end in zip([words.start, *(i + 1 for i in commas)], [*commas, words.end], strict=True):
        if start < end and (piece := trimmed(words.doc[start:end])) is not None:
            yield found(piece, "place")


def parts(words: Span, within: Within, gazetteer: Gazetteer) -> Iterator[Found]:
    """The longest well-known place names inside another name, from the left."""
    doc, i = words.doc, words.start
    while i < words.end:
        for end in range(min(words.end, i + LONGEST), i, -1):
            piece = doc[i:end]
            if is_known(piece, gazetteer, WELL_KNOWN):
                yield found(piece, within, adjective=gazetteer.adjective(piece.text) is not None)
                i = end
                break
        else:
            i += 1


def unmarked(doc: Doc, taken: set[int], gazetteer: Gazetteer) -> Iterator[Found]:
    """Adjectives, countries and large places among capitalised words that nobody has marked."""
    i = 0
    while i < len(doc):
        end = next((e for e in range(min(len(doc), i + 3), i, -1) if is_plain(doc[i:e], taken, gazetteer)), None)
        if end is not None:
            yield found(doc[i:end], "nothing", adjective=gazetteer.adjective(doc[i:end].text) is not None)
        i = end or i + 1


def is_plain(piece: Span, taken: set[int], gazetteer: Gazetteer) -> bool:
    """Whether unmarked words are surely a place or an adjective of one."""
    if any(token.i in taken or not token.text[0].isupper() for token in piece):
        return False
    if gazetteer.adjective(piece.text) is not None:
        return True
    return all(token.pos_ == "PROPN" for token in piece) and is_known(piece, gazetteer, PLAIN_SIGHT)


def is_known(piece: Span, gazetteer: Gazetteer, population: int) -> bool:
    """Whether words are the usual name of a country, division, region or town of some size, or an adjective."""
    if not (piece[0].text[0].isupper() and piece[-1].text[0].isupper()) or len(piece.text) < 2:
        return False
    if gazetteer.adjective(piece.text) is not None:
        return True
    for place in gazetteer.lookup(piece.text):
        large = place.population >= population and place.kind in ("city", "admin1")
        if (large and gazetteer.is_usual(place, piece.text)) or place.kind in ("country", "region", "water"):
            return True
    return False


def trimmed(span: Span) -> Span | None:
    """A span without article, possessive ending, quotation marks and outer punctuation."""
    doc, start, end = span.doc, span.start, span.end
    while start < end and is_edge(doc[start], first=True):
        start += 1
    while end > start and is_edge(doc[end - 1], first=False):
        end -= 1
    return doc[start:end] if start < end else None


def is_edge(token: Token, first: bool) -> bool:
    """Whether a token at the border of a name does not belong to it."""
    if token.is_space or token.is_quote or token.tag_ == "POS" or token.lower_ in ("'s", "’s"):
        return True
    if first and token.lower_ in ("the", "a", "an"):
        return True
    return token.is_punct and not (not first and "." in token.text and len(token.text) > 1)


def found(words: Span, within: Within, adjective: bool = False) -> Found:
    """A place name from its words."""
    return Found(words.start_char, words.end_char, words.text, within, adjective, (words.start, words.end))


def without_overlaps(items: Iterable[Found]) -> list[Found]:
    """The longest of names that overlap, the earlier of equals."""
    kept: list[Found] = []
    covered: set[int] = set()
    for item in sorted(items, key=lambda item: (item.words[0] - item.words[1], item.start)):
        words = range(*item.words)
        if covered.isdisjoint(words):
            kept.append(item)
            covered.update(words)
    return kept

