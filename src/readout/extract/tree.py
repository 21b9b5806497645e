"""Small pure functions on Universal Dependencies v2 trees, shared by the rooms of `extract`.

A relation is named without its subtype to mean all of its subtypes: `"nsubj"` is also `"nsubj:pass"`; with one it means
just that (https://universaldependencies.org/u/dep/). Nothing here walks more than `MAX_STEPS` up a tree, so that a
hostile text cannot make it slow.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc, Span, Token

from readout.schema import Span as CharSpan
from readout.schema import _Span

MAX_STEPS = 32
NEGATORS = frozenset(
    {"not", "n't", "n’t", "never", "neither", "nor", "no", "none", "nobody", "nothing", "nowhere", "hardly"}
)
RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that", "whose"})
SUBJECTS = ("nsubj", "csubj")
CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "root")
OBJECT_CONTROL = frozenset(
    """advise allow ask beg cause challenge command compel convince direct enable encourage forbid force get help
    instruct invite lead let make oblige order permit persuade press push remind request tell urge warn""".split()
)

Dependents = list[list[tuple[int, str, str]]]
"""By token its dependents in text order: which token, its relation, and the relation without its subtype."""


@lru_cache(maxsize=1_000)
def base(dep: str) -> str:
    """The relation without its subtype: `"nsubj:pass"` gives `"nsubj"`, spaCy's `"ROOT"` gives `"root"`."""
    return dep.partition(":")[0].lower()


def has_dep(token: Token, *deps: str) -> bool:
    """Whether the token bears one of the relations (a relation without subtype stands for all of its subtypes)."""
    dep = token.dep_
    return dep in deps or base(dep) in deps


def children(token: Token, *deps: str) -> list[Token]:
    """The token's dependents in text order, of the given relations only when any are given."""
    doc: Doc = token.doc
    below = dependents(token)
    return [doc[i] for i, dep, plain in below if not deps or dep in deps or plain in deps] if below else []


def dependents(token: Token) -> list[tuple[int, str, str]]:
    """The token's dependents in text order: which token, its relation, and the relation without its subtype."""
    doc: Doc = token.doc
    known: Dependents | None = doc.user_data.get("readout_dependents")
    if known is None or len(known) != len(doc):
        known = doc.user_data["readout_dependents"] = _dependents(doc)
    return known[token.i]


def _dependents(doc: Doc) -> Dependents:
    """What each token has below it; `Token.children` goes through the sentence anew at each of thousands of calls."""
    found: Dependents = [[] for _ in range(len(doc))]
    strings = doc.vocab.strings
    relations = [strings[dep] for dep in doc.to_array(DEP).tolist()]
    for i, offset in enumerate(doc.to_array(HEAD).astype(np.int64).tolist()):
        if offset:
            found[i + offset].append((i, relations[i], base(relations[i])))
    return found


def child(token: Token, *deps: str) -> Token | None:
    """The first dependent of one of the relations."""
    return next(iter(children(token, *deps)), None)


def is_root(token: Token) -> bool:
    """Whether the token heads its sentence."""
    return bool(token.head.i == token.i)


def governor(token: Token) -> Token | None:
    """The token's head; `None` for the head of a sentence."""
    return None if is_root(token) else token.head


def ancestors(token: Token) -> Iterator[Token]:
    """The token's governors, nearest first, `MAX_STEPS` at most."""
    yield from islice(token.ancestors, MAX_STEPS)


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in text order.

    Args:
        token: any member of the coordination; UD hangs all members on the first.

    Returns:
        The first member and its `conj` dependents, also those that hang in a chain.
    """
    first = token
    for _ in range(MAX_STEPS):
        if base(first.dep_) != "conj" or is_root(first):
            break
        first = first.head
    members, queue = [first], [first]
    while queue and len(members) < 4 * MAX_STEPS:
        found = children(queue.pop(), "conj")
        members += found
        queue += found
    return sorted(members, key=lambda t: t.i)


def clause_head(token: Token) -> Token:
    """The predicate of the clause that the token stands in (the token itself if it is one)."""
    for step in (token, *ancestors(token)):
        if has_dep(step, *CLAUSES) or (has_dep(step, "conj") and step.pos_ in ("VERB", "AUX")):
            return step
    return token


def object_of(verb: Token) -> Token | None:
    """The verb's direct object."""
    return child(verb, "obj")


def agent(verb: Token) -> Token | None:
    """The by-phrase of a passive verb ("signed by the minister" gives "minister")."""
    marked = child(verb, "obl:agent")
    return marked or next((t for t in children(verb, "obl") if preposition(t) == "by" and is_passive(verb)), None)


def preposition(nominal: Token) -> str | None:
    """The lower-cased adposition in front of a nominal or its title, with its fixed parts ("according to")."""
    titles = children(nominal, "nmod:desc")
    case = next((case for word in (nominal, *titles) if (case := child(word, "case")) is not None), None)
    if case is None:
        return None
    return " ".join(t.lower_ for t in [case, *children(case, "fixed")])


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive: a passive subject, auxiliary or agent, or a participle after a noun."""
    if children(verb, "nsubj:pass", "csubj:pass", "aux:pass", "obl:agent"):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def is_relative_pronoun(token: Token) -> bool:
    """Whether the token is the pronoun of a relative clause."""
    return token.lower_ in RELATIVE_PRONOUNS and token.pos_ in ("PRON", "DET", "SCONJ", "ADP")


def antecedent(verb: Token) -> Token | None:
    """The nominal that a relative or participial clause (`acl`) modifies."""
    for step in (verb, *islice(ancestors(verb), 4)):
        if has_dep(step, "acl"):
            return governor(step)
        if not has_dep(step, "conj", "xcomp"):
            return None
    return None


def subject(verb: Token) -> tuple[Token, bool] | None:
    """The understood subject of a predicate.

    Its own subject; else that of the clause it is coordinated with, raised or controlled from ("promised to leave",
    "told him to leave"), or adds a participle to ("he left, saying ..."); the modified noun for a relative or
    participial clause. A relative pronoun is replaced by its antecedent.

    Args:
        verb: the predicate, a verb or the noun or adjective of a copula.

    Returns:
        The subject's head word and whether it is the subject of a passive, or `None`.
    """
    here, passive = verb, is_passive(verb)
    for _ in range(MAX_STEPS):
        own = child(here, *SUBJECTS)
        if own is not None:
            noun = antecedent(here) if is_relative_pronoun(own) and has_dep(own, "nsubj") else None
            return (noun if noun is not None else own), passive
        upper = governor(here)
        if upper is None:
            return None
        relation = base(here.dep_)
        if relation == "acl":
            return upper, passive
        if (
            (relation == "xcomp" or (relation == "advcl" and _has_to(here)))
            and upper.lemma_.lower() in OBJECT_CONTROL
            and not is_passive(upper)
        ):
            controller = child(upper, "obj", "iobj")
            if controller is not None:
                return controller, passive
        if relation not in ("conj", "xcomp", "advcl", "ccomp", "parataxis") or (
            relation == "ccomp" and _is_finite(here)
        ):
            return None
        here = upper
    return None


def _has_to(verb: Token) -> bool:
    return any(t.lower_ == "to" for t in children(verb, "mark"))


def _is_finite(verb: Token) -> bool:
    tense = [verb, *children(verb, "aux", "cop")]
    return any(t.tag_ in ("VBD", "VBP", "VBZ", "MD") for t in tense)


def is_negated(verb: Token) -> bool:
    """Whether the clause is negated: "not", "never", or a subject or object with "no" ("no agreements were signed")."""
    if any(t.lower_ in NEGATORS for t in children(verb, "advmod", "det", "cc:preconj")):
        return True
    for nominal in children(verb, "nsubj", "obj"):
        if nominal.lower_ in NEGATORS or any(t.lower_ in NEGATORS for t in children(nominal, "det")):
            return True
    return False


def subtree_span(token: Token) -> CharSpan:
    """The characters from the first to the last word of the token's subtree."""
    return char_span(token.doc, token.left_edge.i, token.right_edge.i + 1)


def char_span(doc: Doc, start: int, end: int) -> CharSpan:
    """The characters of the tokens `[start, end)`, without whitespace tokens at either edge."""
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if start == end:
        return _Span(doc[start].idx, doc[start].idx)
    return _Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def tokens_span(tokens: Iterable[Token]) -> CharSpan:
    """The characters from the first to the last of the tokens (at least one)."""
    ordered = sorted(tokens, key=lambda t: t.i)
    return char_span(ordered[0].doc, ordered[0].i, ordered[-1].i + 1)


def sentence_span(token: Token) -> CharSpan:
    """The characters of the token's sentence, without outer whitespace."""
    sentence: Span = token.sent
    return char_span(token.doc, sentence.start, sentence.end)


def paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """The token ranges `[start, end)` of the paragraphs, which blank lines part."""
    known: tuple[int, list[tuple[int, int]]] | None = doc.user_data.get("readout_paragraphs")
    if known is not None and known[0] == len(doc):
        return known[1]
    bounds, start = [], 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                bounds.append((start, token.i))
            start = token.i + 1
    if start < len(doc):
        bounds.append((start, len(doc)))
    doc.user_data["readout_paragraphs"] = len(doc), bounds
    return bounds


def words_at(doc: Doc, span: CharSpan) -> Span:
    """The tokens that a span of characters covers, wholly or in part.

    The same as `Doc.char_span` with `alignment_mode="expand"`, which goes through the whole Doc at each call.

    Args:
        doc: a Doc.
        span: characters `[start, end)`, not empty.
    """
    starts: list[int] | None = doc.user_data.get("readout_starts")
    if starts is None or len(starts) != len(doc):
        starts = doc.user_data["readout_starts"] = [token.idx for token in doc]
    first = max(bisect_right(starts, span[0]) - 1, 0)
    return doc[first : max(bisect_left(starts, span[1]), first + 1)]


def token_at(doc: Doc, char: int) -> Token | None:
    """The token that begins at a character or covers it."""
    return words_at(doc, _Span(char, char + 1))[0] if char < text_length(doc) else None


def text_length(doc: Doc) -> int:
    """The length of a Doc's text in characters, without building the text."""
    return doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0
