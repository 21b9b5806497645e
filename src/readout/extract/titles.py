"""Where the text gives a person a title: before the name, beside it, or by a verb."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from readout.extract.entities import entity_at, mention_span, phrase_end
from readout.extract.tree import child, children, conjuncts, has_dep, is_negated, preposition, words_at
from readout.knowledge.nations import nation
from readout.knowledge.nouns import honorifics, is_title, kind_of_word, known_form

MAX_TITLE = 14
LINKERS = frozenset({"of", "for", "and", "&", "-", "–", "/", "at", "in"})
HEADING = {
    **{"head": "head", "run": "head", "lead": "leader", "chair": "chair", "direct": "director", "found": "founder"},
    **{"oversee": "overseer", "manage": "manager", "command": "commander", "edit": "editor", "own": "owner"},
}
"""Verbs whose subject holds an office, with the noun for it."""
APPOINTING = frozenset(
    "elect appoint swear inaugurate name nominate reelect re-elect choose designate crown install".split()
)
SERVING = frozenset({"serve", "work", "act", "become", "remain", "resign"})
PRIOR = frozenset("former ex then acting late incoming outgoing ousted deposed exiled interim".split())
"""Words that stand before the nationality and belong to the title."""


@dataclass
class Title:
    """The words of a title, `[start, end)` in tokens, and its head noun."""

    start: int
    end: int
    head: Token


def titles_of(doc: Doc, start: int, end: int) -> Iterator[Title]:
    """The titles given to the person named at tokens `[start, end)`."""
    before = title_before(doc, start)
    if before is not None:
        yield before
    after = title_after(doc, end)
    if after is not None:
        yield after
    root = doc[start:end].root
    yield from titles_beside(root, start, end)
    yield from titles_by_verb(root)


def title_before(doc: Doc, start: int) -> Title | None:
    """The title that stands directly before a name, determiner and possessor left out."""
    i = start
    while i > 0 and doc[i - 1].lower_ in honorifics() and not is_title(doc[i - 1].lower_):
        i -= 1
    end = i
    while i > max(0, end - MAX_TITLE) and (_in_title(doc[i - 1]) or _is_article_within(doc, i - 1)):
        i -= 1
    while i < end and (doc[i].lower_ in LINKERS or doc[i].is_punct or not keeps(doc[i])):
        i += 1
    heads = [t for t in doc[i:end] if is_title(t.lemma_) or is_title(t.lower_)]
    if i >= end or doc[end - 1].lower_ in LINKERS:
        return _shared_title(doc, start)
    if not heads or (heads[-1].i != end - 1 and doc[heads[-1].i + 1].lower_ not in ("of", "for", "-", "and", "&")):
        return _shared_title(doc, start)
    head = heads[-1]
    if head.tag_ in ("NNS", "NNPS") and not _is_coordinated(doc, start):
        return None
    return Title(_with_prior(doc, _after_other_name(doc, i, head)), end, head)


def _with_prior(doc: Doc, start: int) -> int:
    """The start of a title with a "former" before the nationality ("former French president")."""
    i = start
    while i > 0 and i > start - 3 and not keeps(doc[i - 1]):
        i -= 1
    return i - 1 if 0 < i < start and doc[i - 1].lower_ in PRIOR else start


def _is_article_within(doc: Doc, i: int) -> bool:
    """Whether an article stands inside a title ("President of the Finnish Red Cross")."""
    return doc[i].lower_ == "the" and i > 0 and doc[i - 1].lower_ in ("of", "for")


def _in_title(token: Token) -> bool:
    """Whether a word can be part of a title in front of a name."""
    if token.tag_ == "POS" or token.is_space or token.ent_type_ in ("DATE", "TIME") or entity_is_person(token):
        return False
    if token.pos_ in ("NOUN", "PROPN", "ADJ") or token.lower_ in LINKERS:
        return True
    capital = token.text[0].isupper() and not token.is_sent_start and token.pos_ not in ("PRON", "DET", "SCONJ")
    return capital or (token.tag_ in ("VBN", "VBG") and has_dep(token, "amod", "compound"))


def entity_is_person(token: Token) -> bool:
    """Whether the token belongs to a person's name."""
    entity = entity_at(token.doc, token)
    return entity is not None and entity.kind == "person"


def keeps(token: Token) -> bool:
    """Whether a word can begin a title: any but a nationality, which is the body it is held in."""
    doc, i = token.doc, token.i
    return not (nation(token.text) or nation(doc[i : i + 2].text) or (i > 0 and nation(doc[i - 1 : i + 1].text)))


def _after_other_name(doc: Doc, start: int, head: Token) -> int:
    """The first word of a title behind what is tied to the words before it ("critics of U.S. President")."""
    for i in range(head.i - 1, start - 1, -1):
        if doc[i].lower_ in ("in", "at", "for", "of", "the") or not keeps(doc[i]):
            return i + 1
        if doc[i].lower_ in ("and", "&") and (doc[i - 1].tag_ == "NNS" or entity_at(doc, doc[i - 1]) is not None):
            return i + 1
    return start


def _is_coordinated(doc: Doc, start: int) -> bool:
    return len(conjuncts(doc[start])) > 1 or len(conjuncts(doc[start].head)) > 1


def _shared_title(doc: Doc, start: int) -> Title | None:
    """A title in the plural before the first of several names ("Presidents Biden and Putin")."""
    first = conjuncts(doc[start])[0]
    if first.i >= start or first.i == 0:
        return None
    title = title_before(doc, first.i)
    return title if title is not None and title.head.tag_ in ("NNS", "NNPS") else None


def title_after(doc: Doc, end: int) -> Title | None:
    """The title in an apposition that follows a name, an age between them passed over ("Lind, 45, chief of staff")."""
    i = end
    if (
        i >= len(doc)
        or doc[i].text not in (",", "(", "–", "—", "-")
        or (doc[i].text == "-" and not doc[i - 1].whitespace_)
    ):
        return None
    in_brackets = doc[i].text == "("
    i += 1
    if i + 1 < len(doc) and (doc[i].like_num or doc[i].lower_ == "aged"):
        i += 2 if doc[i].like_num else 3
    limit = min(len(doc), i + MAX_TITLE)
    start = i
    while i < limit and (_in_apposition(doc[i])):
        if doc[i].pos_ == "CCONJ" and i == start:
            return None
        if i + 1 < len(doc) and doc[i + 1].tag_ == "POS":
            i += 1
            continue
        if (
            is_title(doc[i].lemma_)
            and doc[i].tag_ not in ("NNS", "NNPS")
            and not (in_brackets and doc[i].text[0].isupper())
        ):
            return _title_of_noun(doc, start, doc[i])
        i += 1
    return None


def _in_apposition(token: Token) -> bool:
    return not entity_is_person(token) and (
        token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "ADV", "CCONJ")
        or token.tag_ in ("POS", "HYPH", "PRP$", "VBN", "VBG")
        or token.text == "-"
    )


def _title_of_noun(doc: Doc, start: int, head: Token) -> Title | None:
    """The title phrase around a head noun: from its first modifier to its complement."""
    while head.i + 1 < len(doc) and (is_title(doc[head.i + 1].lemma_) and doc[head.i + 1].pos_ in ("NOUN", "PROPN")):
        head = doc[head.i + 1]
    nxt = doc[head.i + 1] if head.i + 1 < len(doc) else None
    if nxt is not None and (entity_is_person(nxt) or nxt.pos_ in ("VERB", "AUX", "PROPN", "NOUN")):
        return None
    for i in range(start, head.i):
        if doc[i].tag_ == "POS" or (
            doc[i].pos_ in ("DET", "PRON", "CCONJ") and i < head.i - 1 and doc[i].lower_ != "and"
        ):
            start = i + 1
    while start < head.i and (doc[start].pos_ == "DET" or not keeps(doc[start])):
        start += 1
    return Title(start, phrase_end(head), head)


def titles_beside(root: Token, start: int, end: int) -> Iterator[Title]:
    """Titles in apposition by the tree, the name being either part ("the mayor, Anna Lind")."""
    others = [t.i for t in conjuncts(root)[1:] if entity_is_person(t)]
    nearest = [noun for noun in children(root, "appos") if not any(root.i < other < noun.i for other in others)]
    beside = [t for noun in nearest for t in conjuncts(noun)]
    if has_dep(root, "appos"):
        beside.append(root.head)
    beside += _in_line_before(root.doc, start, end)
    beside += [t for t in children(root, "nmod:desc") if _is_before_comma(t, root)]
    beside += [
        t for t in children(root.head, "nsubj", "nsubj:pass") if has_dep(root, "nsubj") and _is_before_comma(t, root)
    ]
    for noun in beside:
        if noun.pos_ not in ("NOUN", "PROPN") or not is_title(noun.lemma_) or noun.tag_ in ("NNS", "NNPS"):
            continue
        if not (noun.i > root.i and entity_is_person(noun.doc[min(noun.i + 1, len(noun.doc) - 1)])):
            yield title_at(noun)


def _in_line_before(doc: Doc, start: int, last: int) -> list[Token]:
    """The title that a comma alone parts from the name, where the name is closed off ("its chairman, Anna Lind,")."""
    comma = start - 1
    if comma < 1 or doc[comma].text != "," or last >= len(doc) or doc[last].text not in (",", ".", ";", ")", "-", "–"):
        return []
    noun = doc[comma - 1]
    place = noun if noun.pos_ == "PROPN" and entity_at(doc, noun) is not None else None
    if place is not None:
        noun = next((t for t in place.ancestors if t.pos_ == "NOUN"), noun)
    definite = any(t.lower_ == "the" or has_dep(t, "nmod:poss") for t in noun.lefts)
    singular = noun.tag_ not in ("NNS", "NNPS")
    direct = phrase_end(noun) == comma or (place is not None and place.head.i == noun.i)
    return [noun] if is_title(noun.lemma_) and singular and definite and direct else []


def _is_before_comma(noun: Token, name: Token) -> bool:
    """Whether a noun is parted from the name by a comma alone ("the prime minister, Anna Lind said")."""
    return noun.i < name.i - 1 and phrase_end(noun) == name.i - 1 and noun.doc[name.i - 1].text == ","


def title_at(noun: Token) -> Title:
    """The title headed by a noun, by the tree."""
    span = mention_span(noun.doc, noun)
    words = words_at(noun.doc, span)
    start = words.start
    for token in noun.doc[words.start : noun.i]:
        if token.pos_ in ("DET", "PRON") or token.tag_ == "POS" or not keeps(token):
            start = token.i + 1
    return Title(start, words.end, noun)


def titles_by_verb(root: Token) -> Iterator[Title]:
    """Titles that a clause gives to its subject: a copula, an appointment, the heading of a body."""
    clause = root.head
    if has_dep(root, "nsubj", "nsubj:pass") and not is_negated(clause):
        yield from _titles_of_clause(clause)
        if has_dep(clause, "xcomp") and is_title(clause.lemma_) and known_form(clause.head, APPOINTING | SERVING):
            yield title_at(clause)
    for relative in children(root, "acl", "acl:relcl"):
        if not is_negated(relative):
            yield from _titles_of_clause(relative)


def _titles_of_clause(verb: Token) -> Iterator[Title]:
    if child(verb, "cop") is not None and is_title(verb.lemma_) and verb.pos_ in ("NOUN", "PROPN"):
        if not children(verb, "aux"):
            yield title_at(verb)
        return
    lemma = known_form(verb, HEADING.keys() | APPOINTING | SERVING)
    if lemma in APPOINTING | SERVING:
        for noun in children(verb, "xcomp", "obj", "obl"):
            marked = preposition(noun)
            if is_title(noun.lemma_) and (marked == "as" or (marked is None and lemma != "act")):
                yield title_at(noun)
    elif lemma in HEADING and (body := object_of(verb)) is not None:
        entity = entity_at(verb.doc, body)
        kind = entity.kind if entity is not None else kind_of_word(body)
        if kind in ("organization", "facility"):
            yield Title(verb.i, verb.i + 1, verb)


def object_of(verb: Token) -> Token | None:
    """The verb's object, also where the tree takes it for an oblique without preposition."""
    bare = (token for token in children(verb, "obl") if preposition(token) is None)
    return child(verb, "obj") or next(bare, None)
