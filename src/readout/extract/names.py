"""Names and who bears them: the pipeline's name spans become entities, one for everything the article calls by name.

The model's spans are trimmed (articles, titles, possessive endings), widened to the noun that completes them ("the
Riverside plant"), given one label throughout the article, and found again where the model missed them. Then names
of the same bearer are put together (`aliases`).
"""

from collections import defaultdict
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from readout.extract.aliases import bearers
from readout.extract.edges import completed, nation_run, trimmed, widened
from readout.extract.entities import add_entity
from readout.extract.forms import Name
from readout.extract.kinds import DESIGNATION, LABELS
from readout.extract.labels import ALSO_OTHERS, agreed
from readout.extract.tree import char_span, words_at
from readout.knowledge.nations import nation
from readout.knowledge.nouns import given_names, is_portfolio, is_title, kind_of_word
from readout.schema import _Span as CharSpan

MAX_NAMES = 4000
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august".split()
    + "september october november december".split()
)


class Names:
    """The component `readout_names`."""

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc._.entities` anew from `doc.ents`."""
        doc._.entities = []
        marked = list(labelled(doc))[:MAX_NAMES]
        names = agreed([*marked, *nationalities(doc, marked), *weapons(doc, marked)][:MAX_NAMES])
        names = sorted([*names, *missed(doc, names)], key=lambda name: (name.words.start, -len(name.words)))
        for bearer in bearers(names):
            spans = [char_span(doc, name.words.start, name.words.end) for name in bearer.names]
            entity = add_entity(doc, bearer.kind, bearer.name, sorted(set(spans)))
            entity.country = bearer.country
        return doc


@Language.factory("readout_names")
def make_names(nlp: Language, name: str) -> Names:
    """The factory that spaCy calls for `nlp.add_pipe("readout_names")`."""
    return Names()


def labelled(doc: Doc) -> Iterator[Name]:
    """The pipeline's name spans, mended."""
    people = [ent for ent in doc.ents if LABELS.get(ent.label_) == "PERSON" and len(ent) > 1]
    family = {ent[-1].text for ent in people if not all(_is_title_word(token) for token in ent)}
    start = end = 0
    for ent in doc.ents:
        label = LABELS.get(ent.label_)
        if label == "PERSON" and (ent[0].pos_ == "ADP" or _is_bare_title(ent, family)):
            continue
        nested = ent.start < end and not (nation(ent.text) and not nation(doc[start:end].text))
        words = trimmed(completed(ent, label), label) if label and not nested else None
        if words is not None and label != "PERSON" and words.text.lower() in CALENDAR:
            continue
        if words is None or label is None or _is_bare_title(words, family):
            continue
        if _modifies_title(words, label) or _joins_nations(words):
            continue
        start, end = words.start, words.end
        if label == "PERSON" and (body := _body_in(words)) is not None:
            words = words.doc[words.start : body.start - 1]
            yield Name(body, "ORG")
        wider = widened(words, label)
        if wider is None:
            yield Name(words, label)
            continue
        kind = kind_of_word(wider[-1])
        yield Name(wider, {"facility": "FACILITY", "place": "PLACE"}.get(str(kind), "ORG"))


def _joins_nations(words: Span) -> bool:
    """Whether a hyphen joins two nations ("U.S.-Iraq"), which are no third thing."""
    parts = words.text.split("-")
    return len(parts) > 1 and all(nation(part) or part.isupper() for part in parts) and any(map(nation, parts))


def _body_in(words: Span) -> Span | None:
    """The body that the model has taken into a person's name ("Anna Lind of Unity")."""
    for token in words[1:-1]:
        if token.lower_ in ("of", "from") and token.pos_ == "ADP" and words.doc[token.i + 1].text[0].isupper():
            return words.doc[token.i + 1 : words.end]
    return None


def _modifies_title(words: Span, label: str) -> bool:
    """Whether the words are the field of an office ("Shadow Home" before "Secretary") and no name."""
    after = words.doc[words.end] if words.end < len(words.doc) else None
    if label == "PLACE" or after is None or not is_title(after.lemma_):
        return False
    return all(is_portfolio(token.lower_) for token in words)


def _is_bare_title(words: Span, family: set[str]) -> bool:
    """Whether a span is an office and no name ("Prime Minister", "Minister of Trade")."""
    if is_title(words[0].lower_) and len(words) > 1 and words[1].lower_ in ("of", "for"):
        named = len(words) > 4 or any(token.lower_ in given_names() for token in words[2:])
        return not named and (words.label_ == "PERSON" or all(token.pos_ != "PROPN" for token in words[1:]))
    if not is_title(words[-1].lower_):
        return False
    if len(words) == 1:
        return words.text not in family
    return all(_is_title_word(token) for token in words)


def _is_title_word(token: Token) -> bool:
    return is_title(token.lower_) or is_portfolio(token.lower_) or token.pos_ in ("ADJ", "ADP", "NOUN")


def nationalities(doc: Doc, marked: list[Name]) -> Iterator[Name]:
    """Nations that the model has not marked: adjectives ("a Finnish court"), also in names ("Finnish Red Cross")."""
    for name in marked:
        if name.label not in ("PERSON", "WORK", "EVENT") and not nation(name.words.text):
            yield from _nation_within(name.words)
    taken = {token.i for name in marked for token in name.words}
    for token in doc:
        words = _longest_nation(token) if token.i not in taken and token.text[:1].isupper() else None
        if words is not None:
            taken.update(range(words.start, words.end))
            yield Name(words, "MISC")


def _longest_nation(token: Token) -> Span | None:
    """The longest name of a nation that begins with the token."""
    if token.lower_ == "the":
        return None
    for size in range(nation_run(token.doc[token.i : token.i + 6]), 1, -1):
        words = token.doc[token.i : token.i + size]
        if words[-1].text[0].isupper() and nation(words.text):
            return words
    single = token.pos_ in ("ADJ", "PROPN", "NOUN") and nation(token.text) is not None
    return token.doc[token.i : token.i + 1] if single else None


def weapons(doc: Doc, marked: list[Name]) -> Iterator[Name]:
    """Serial designations before a word for equipment that the model has not marked ("a T-72 tank")."""
    taken = {token.i for name in marked for token in name.words}
    for match in DESIGNATION.finditer(doc.text):
        words = words_at(doc, CharSpan(*match.span()))
        before_thing = any(kind_of_word(token) == "equipment" for token in doc[words.end : words.end + 3])
        if words.text == match[0] and words.start not in taken and before_thing:
            yield Name(words, "PRODUCT")


def _nation_within(words: Span) -> Iterator[Name]:
    """The nation that a name begins with."""
    for size in (3, 2, 1):
        if len(words) > size and nation(words[:size].text) and words[:size].text not in ALSO_OTHERS:
            yield Name(words[:size], "MISC")
            return


def missed(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Further places where a known name stands in the same letters, outside all marked names."""
    taken = {token.i for name in names for token in name.words}
    forms: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for name in names:
        words = tuple(token.text for token in name.words)
        if words[0][:1].isupper() and (len(words) > 1 or len(words[0]) > 2):
            forms[words[0]][words] = name.label
    for token in doc:
        for words in sorted(forms.get(token.text, ()), key=len, reverse=True):
            end = token.i + len(words)
            if len(words) > 1 and tuple(t.text for t in doc[token.i : end]) != words:
                continue
            if not taken.isdisjoint(range(token.i, end)):
                continue
            if len(words) > 1 or token.pos_ == "PROPN":
                taken.update(range(token.i, end))
                yield Name(doc[token.i : end], forms[token.text][words])
                break
