"""Facilities by the common noun that ends their name: "Evin prison", "the Kati barracks"."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span

from readout.extract.places.found import Found
from readout.extract.places.shape import ARTICLES
from readout.extract.places.shape import words as word_class
from readout.knowledge.gazetteer import Gazetteer

SITES = word_class("sites")
"""Nouns that end the names of facilities."""
LONGEST = 5
"""Words of the longest name before such a noun."""
MODIFIERS = 3
"""Words that stand between a facility's own name and its noun ("nuclear power")."""
SMALL_TOWN = 5_000
"""Inhabitants from which an unmarked town is believed before such a noun."""
SITE_KINDS = frozenset(("military", "nuclear", "spaceport", "site", "facility", "airport", "port"))


class Sites:
    """Looks for the facilities of one text.

    Args:
        doc: the Doc.
        gazetteer: where they are looked up.
    """

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc, self.gazetteer = doc, gazetteer

    def find(self, words: Sequence[str], labels: Mapping[int, str]) -> Iterator[Found]:
        """The facilities that a noun in small letters ends the name of.

        Args:
            words: the Doc's words.
            labels: the labels of words in marked names.

        Yields:
            A facility that the gazetteer has, its span without the noun, or the town in the name of one it has not.
        """
        for noun, word in enumerate(words):
            end = self.end_of_name(noun) if word in SITES else 0
            if end and words[end - 1][:1].isupper():
                starts = (i for i in range(max(0, end - LONGEST), end) if words[i][:1].isupper())
                known = next((item for i in starts if (item := self.known(i, end, noun)) is not None), None)
                if known or (end - 1 not in labels and self.is_town(words[end - 1])):
                    last = self.doc[end - 1 : end]
                    yield known or Found(last.start_char, last.end_char, last.text, "place", False, (end - 1, end))

    def end_of_name(self, noun: int) -> int:
        """Where the name before a noun and its modifiers ends."""
        end = noun
        while end > max(0, noun - MODIFIERS) and self.doc[end - 1].is_lower and self.doc[end - 1].is_alpha:
            end -= 1
        return end

    def known(self, start: int, end: int, noun: int) -> Found | None:
        """The facility of a name with its noun, or of the name alone, if the gazetteer has one."""
        name = self.with_article(start, end)
        for text in (self.doc[name.start : noun + 1].text, name.text):
            if any(place.kind in SITE_KINDS for place in self.gazetteer.lookup(text)):
                return Found(name.start_char, name.end_char, text, "facility", False, (name.start, noun + 1))
        return None

    def is_town(self, word: str) -> bool:
        """Whether a word is the usual name of a town of some size."""
        return any(
            place.kind == "city" and place.population >= SMALL_TOWN and self.gazetteer.is_usual(place, word)
            for place in self.gazetteer.lookup(word)
        )

    def with_article(self, start: int, end: int) -> Span:
        """Words with the Arabic article before them ("al-Hol")."""
        has = start > 1 and self.doc[start - 1].text == "-" and self.doc[start - 2].lower_ in ARTICLES
        return self.doc[start - 2 if has else start : end]

    def is_site(self, span: Span) -> bool:
        """Whether a name, whatever it was taken for, is that of a facility and of nothing else."""
        places = self.gazetteer.lookup(span.text)
        return bool(places) and all(place.kind in SITE_KINDS for place in places)
