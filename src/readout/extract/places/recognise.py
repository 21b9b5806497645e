"""Which words of a text name places: whole names, adjectives of places, and places within other names."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from readout.extract.kinds import LABELS
from readout.extract.places.found import Found, Within
from readout.extract.places.shape import BODIES, ROADS, compound_pieces, is_direction, trimmed
from readout.extract.places.shape import words as word_class
from readout.extract.places.sites import Sites
from readout.knowledge.countries import country_of
from readout.knowledge.gazetteer import Gazetteer
from readout.knowledge.nouns import kind_of_noun

Piece = tuple[Span, Within]
LONGEST = 5
"""Words of the longest place name that is looked for."""
WELL_KNOWN = 40_000
"""Inhabitants from which a town is found inside other names ("the University of Khartoum")."""
PLAIN_SIGHT = 300_000
"""Inhabitants from which a town is believed where no name was marked at all."""
WHERE = word_class("where")
"""Prepositions that a place follows more than a person."""
METROPOLIS = 1_000_000
"""Inhabitants from which a name marked as a body's is believed to be the town's ("Toyota" is a company)."""
SURE_KINDS = frozenset(("country", "admin1", "region", "water", "military", "nuclear", "spaceport", "site", "facility"))
"""Kinds whose names of several words are places wherever they stand."""


def find(doc: Doc, gazetteer: Gazetteer) -> list[Found]:
    """Find the place names of a text.

    Args:
        doc: a Doc with names marked.
        gazetteer: what counts as a place inside other names.

    Returns:
        Names in order of the text, without overlaps.
    """
    return Finder(doc, gazetteer).find()


def named_spans(doc: Doc) -> list[tuple[Span, str]]:
    """The names that rooms before this one have marked, with labels; the entities' view goes first."""
    labels = {(ent.start, ent.end): LABELS.get(ent.label_, "") for ent in doc.ents}
    marked = set()
    kinds = {"place": "PLACE", "facility": "FACILITY", "person": "PERSON"}
    for entity in doc._.entities:
        for start, end in entity.mentions:
            span = doc.char_span(start, end)
            if span is not None:
                marked.add((span.start, span.end))
                labels[span.start, span.end] = kinds.get(entity.kind) or labels.get((span.start, span.end)) or "ORG"
    ordered = sorted(labels.items(), key=lambda item: (item[0][0], -item[0][1]))
    names, last = [], 0
    for (start, end), label in ordered:
        if label and (
            end > last or (start, end) in marked
        ):  # a part of a longer name counts only where it is an entity
            names.append((doc[start:end], label))
            last = max(last, end)
    return names


class Finder:
    """Looks for the place names of one text.

    Args:
        doc: a Doc with names marked.
        gazetteer: what counts as a place inside other names.
    """

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc, self.gazetteer = doc, gazetteer
        self.tagged = doc.has_annotation("POS")
        self.words = [token.text for token in doc]
        self.capital = [word[:1].isupper() for word in self.words]
        self.sites = Sites(doc, gazetteer)
        self.spans = named_spans(doc)
        self.places = {words.text for span, label in self.spans if label == "PLACE" and (words := trimmed(span))}
        persons = [span for span, label in self.spans if label == "PERSON" and len(span) > 1]
        self.family = {token.text for span in persons for token in span}
        self.spans = [
            (span, "PLACE" if (label == "PERSON" and self.is_where(span)) or self.sites.is_site(span) else label)
            for span, label in self.spans
        ]
        self.persons = {i for span, label in self.spans if label == "PERSON" for i in range(span.start, span.end)}
        self.labels = {i: label for span, label in self.spans for i in range(span.start, span.end)}

    def find(self) -> list[Found]:
        """The place names in order, without overlaps; sure names of several words go before what was marked."""
        sure = list(self.sure())
        taken = {i for words, _ in sure for i in range(words.start, words.end)} | self.persons
        marked = [piece for span, label in self.spans if label != "PERSON" for piece in self.inside(span, label, taken)]
        taken |= {i for span, _ in self.spans for i in range(span.start, span.end)}
        pieces = [*sure, *marked, *self.unmarked(taken)]
        found = [item for words, within in pieces for item in self.finished(words, within)]
        found += self.sites.find(self.words, self.labels)
        return sorted(without_overlaps(found), key=lambda item: item.start)

    def is_where(self, span: Span) -> bool:
        """Whether what was taken for a person is a people, or a place behind "in" or the like."""
        if self.gazetteer.adjective(span.text) is not None:
            return True
        before = self.doc[span.start - 1].lower_ if span.start else ""
        return (
            len(span) == 1
            and span.text not in self.family
            and before in WHERE
            and bool(self.gazetteer.lookup(span.text))
        )

    def sure(self) -> Iterator[Piece]:
        """Names of several words that are in the gazetteer as countries, divisions, regions or seas."""
        i = 0
        while i < len(self.doc):
            ends = range(min(len(self.doc), i + LONGEST), i + 1, -1) if self.capital[i] else ()
            end = next((e for e in ends if self.capital[e - 1] and self.is_sure(i, e)), None)
            if end is not None:
                yield self.doc[i:end], "other" if self.labels.get(i) in ("ORG", "MISC", "WORK", "EVENT") else "place"
            i = end or i + 1

    def is_sure(self, start: int, end: int) -> bool:
        """Whether capitalised words are a name of several words that only a place has."""
        words = self.doc[start:end]
        if words[0].lower_ == "the" or any(t.i in self.persons or t.is_space or t.text == "," for t in words):
            return False
        if self.gazetteer.adjective(words.text) is not None:
            return True
        usual = (p for p in self.gazetteer.lookup(words.text) if self.gazetteer.is_usual(p, words.text))
        all_places = all(self.labels.get(token.i) == "PLACE" for token in words)
        return any(place.kind in SURE_KINDS or (all_places and place.population >= WELL_KNOWN) for place in usual)

    def inside(self, span: Span, label: str, taken: set[int]) -> Iterator[Piece]:
        """The place names in one marked name: itself where it names a place, else those it contains."""
        words = trimmed(span)
        if words is None or all(token.i in taken for token in words):
            return
        if label == "PLACE":
            yield from self.whole(words)
        elif label == "FACILITY" and self.gazetteer.lookup(words.text):
            yield words, "facility"
        elif self.gazetteer.adjective(words.text):
            yield words, "nothing"
        else:
            yield from self.parts(words, "facility" if label == "FACILITY" else "other")

    def whole(self, words: Span) -> Iterator[Piece]:
        """A place name as one, or the names beside its commas; of a building or body the places in its name."""
        commas = [token.i for token in words if token.text == ","]
        for start, end in zip([words.start, *(i + 1 for i in commas)], [*commas, words.end], strict=True):
            piece = trimmed(words.doc[start:end]) if start < end else None
            if piece is None or not self.is_name(piece):
                continue
            kind = kind_of_noun(piece[-1].lower_) if len(piece) > 1 else None
            if kind in ("facility", "organization") and not self.gazetteer.lookup(piece.text):
                yield from self.parts(piece, "facility" if kind == "facility" else "other")
            else:
                yield self.without_direction(piece), "place"

    def is_name(self, piece: Span) -> bool:
        """Whether words marked as a place can be a name at all."""
        return is_capital(piece[-1]) and not is_common(piece)

    def without_direction(self, piece: Span) -> Span:
        """A name without the direction before it ("Western Pennsylvania"), where the gazetteer has no such name."""
        if len(piece) < 2 or not is_direction(piece[0].text) or self.gazetteer.lookup(piece.text):
            return piece
        places = self.gazetteer.lookup(piece[1:].text)
        around = piece[0].lower_ in ("metro", "downtown", "suburban") and bool(places)
        return piece[1:] if around or any(place.kind in ("country", "admin1") for place in places) else piece

    def parts(self, words: Span, within: Within) -> Iterator[Piece]:
        """The longest place names inside another name, from the left: well-known ones, those that the article names
        elsewhere, and those that a local body begins with ("Springfield Police Department")."""
        i = words.start
        while i < words.end:
            end = next((e for e in range(min(words.end, i + LONGEST), i, -1) if self.is_part(words, i, e)), None)
            if end is not None:
                yield self.doc[i:end], within
            i = end or i + 1

    def is_part(self, words: Span, start: int, end: int) -> bool:
        """Whether some words of a name are a place."""
        piece = self.doc[start:end]
        alone = len(piece) == len(words)
        if self.is_known(piece, METROPOLIS if alone else WELL_KNOWN):
            return True
        if piece.text in self.places and not is_direction(piece.text) and self.gazetteer.lookup(piece.text):
            return True
        follows = self.doc[end].lower_ if end < words.end else ""
        local = start == words.start and follows in BODIES and is_capital(piece[0])
        return local and is_capital(piece[-1]) and not is_common(piece) and bool(self.gazetteer.lookup(piece.text))

    def is_known(self, piece: Span, population: int) -> bool:
        """Whether words are the usual name of a country, division, region or town of some size, or an adjective."""
        if not (is_capital(piece[0]) and is_capital(piece[-1])) or is_common(piece):
            return False
        if self.gazetteer.adjective(piece.text) is not None:
            return True
        for place in self.gazetteer.lookup(piece.text):
            large = place.population >= population and place.kind in ("city", "admin1")
            if (large and self.gazetteer.is_usual(place, piece.text)) or place.kind in ("country", "region", "water"):
                return True
        return False

    def unmarked(self, taken: set[int]) -> Iterator[Piece]:
        """Adjectives, countries and large places among capitalised words that nobody has marked."""
        i = 0
        while i < len(self.doc):
            able = i not in taken and (self.capital[i] or "-" in self.words[i])
            ends = range(min(len(self.doc), i + 3), i, -1) if able else ()
            end = next((e for e in ends if self.is_plain(self.doc[i:e], taken)), None)
            if end is not None:
                yield self.doc[i:end], "nothing"
            i = end or i + 1

    def is_plain(self, piece: Span, taken: set[int]) -> bool:
        """Whether unmarked words are surely a place, an adjective of one, or the short form of a division."""
        if any(token.i in taken for token in piece):
            return False
        if len(piece) == 1 and compound_pieces(piece.text):
            return True
        if not is_capital(piece[0]):
            return False
        if self.gazetteer.adjective(piece.text) is not None or (piece.text.isupper() and country_of(piece.text)):
            return True
        if self.follows_comma(piece) and any(map(self.gazetteer.abbreviation, (piece.text, piece.text + "."))):
            return True
        if self.tagged:
            return all(token.pos_ == "PROPN" for token in piece) and self.is_known(piece, PLAIN_SIGHT)
        return self.stands_alone(piece) and self.is_known(piece, METROPOLIS if piece[0].is_sent_start else WELL_KNOWN)

    def follows_comma(self, piece: Span) -> bool:
        """Whether a word stands behind a name and a comma, as the short forms of divisions do."""
        i = piece.start
        return len(piece) == 1 and i > 1 and self.doc[i - 1].text == "," and is_capital(self.doc[i - 2])

    def stands_alone(self, piece: Span) -> bool:
        """Whether no capitalised word stands beside words, as in the names of people and bodies."""
        beside = (piece.start - 1, piece.end)
        return not any(0 <= i < len(self.doc) and self.capital[i] and not self.doc[i].is_sent_start for i in beside)

    def finished(self, words: Span, within: Within) -> Iterator[Found]:
        """A place name from its words: hyphenated words cut down to the place in them, full stops of abbreviations
        added, seats of government left to the entities."""
        pieces = [] if self.gazetteer.lookup(words.text) else compound_pieces(words.text)
        places = [(start, end) for start, end in pieces if self.is_piece(words.text[start:end])]
        rest = [words.text[start:end] for start, end in pieces if (start, end) not in places]
        if any(part[:1].isupper() and not part.isupper() for part in rest):  # one name, such as "Stoke-on-Trent"
            pieces = places = []
        for start, end in places:
            text, offset = words.text[start:end], words.start_char
            adjective = self.gazetteer.adjective(text) is not None
            yield Found(offset + start, offset + end, text, "nothing", adjective, (words.start, words.end))
        if places or (pieces and within == "nothing"):
            return
        end = words.end
        if end < len(self.doc) and self.doc[end].text == "." and self.gazetteer.abbreviation(words.text + "."):
            words = self.doc[words.start : end + 1]
        adjective = self.gazetteer.adjective(words.text) is not None
        yield Found(words.start_char, words.end_char, words.text, within, adjective, (words.start, words.end))

    def is_piece(self, text: str) -> bool:
        """Whether a part of a hyphenated word is an adjective of a place or a place of some size."""
        places = self.gazetteer.lookup(text) if text[:1].isupper() else ()
        large = any(place.kind in SURE_KINDS or place.population > WELL_KNOWN for place in places)
        return large or self.gazetteer.adjective(text) is not None


def is_capital(token: Token) -> bool:
    """Whether a word begins with a capital letter."""
    return token.text[:1].isupper()


def is_common(piece: Span) -> bool:
    """Whether a single word is a direction or a common noun that names also contain ("Central", "University")."""
    word = piece.text.lower()
    return len(piece) == 1 and (is_direction(word) or word in ROADS or kind_of_noun(word) is not None or len(word) < 2)


def without_overlaps(items: Iterable[Found]) -> list[Found]:
    """The longest of names that overlap, the earlier of equals; parts of one hyphenated word do not overlap."""
    kept: list[Found] = []
    covered: dict[int, tuple[int, int]] = {}
    for item in sorted(items, key=lambda item: (item.words[0] - item.words[1], item.start)):
        others = [covered[i] for i in range(*item.words) if i in covered]
        if all(end <= item.start or item.end <= start for start, end in others) and len(set(others)) < 2:
            kept.append(item)
            covered |= dict.fromkeys(range(*item.words), (item.start, item.end))
    return kept
