"""From the trees of spaCy's own English pipelines to Universal Dependencies.

`en_core_web_sm`, `md`, `lg` and `trf` parse in CLEAR style (Choi and Palmer 2012, "Guidelines for the CLEAR style
constituent to dependency conversion") and name entities after OntoNotes 5. The rooms of Readout expect UD v2 as in
English-EWT and four kinds of names. This component rewrites heads, relations and names in place; a document that is
in UD already comes out as it went in.
"""

import tomllib
from importlib.resources import files

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span

from readout.errors import PipelineError
from readout.language.rewriting import Tree

_TABLES = tomllib.loads(files(__package__).joinpath("clear.toml").read_text(encoding="utf-8"))
ENTITY_TYPES: dict[str, str] = _TABLES["entities"]
_FIXED = frozenset(tuple(pair.split()) for pair in _TABLES["fixed"])
_PREDICATIVE_ADVERBS = frozenset(_TABLES["predicative_adverbs"])
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET"})
_CLAUSAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


@Language.factory("readout_ud", assigns=["token.dep", "token.head", "doc.ents"])
def make_ud(nlp: Language, name: str) -> "UniversalDependencies":
    """The component, as spaCy makes it."""
    return UniversalDependencies()


class UniversalDependencies:
    """Turns CLEAR trees and OntoNotes names into what the rooms of Readout expect."""

    def __call__(self, doc: Doc) -> Doc:
        """Rewrite heads, relations and names.

        Args:
            doc: a parsed document.

        Returns:
            The same document, with the same sentences.

        Raises:
            PipelineError: the document is not parsed.
        """
        if len(doc) and not doc.has_annotation("DEP"):
            raise PipelineError("readout_ud: the document has no syntax; add the component after a parser")
        _rename_entities(doc)
        tree = Tree([t.head.i for t in doc], [_TABLES["relations"].get(t.dep_, t.dep_) for t in doc])
        for step in (
            _infinitives,
            _money,
            _prepositions,
            _copulas,
            _raise_subjects,
            _fixed,
            _person_names,
            _coordination,
            _rest,
        ):
            step(doc, tree)
        _write(doc, tree)
        return doc


def _rename_entities(doc: Doc) -> None:
    doc.ents = [
        Span(doc, e.start, e.end, ENTITY_TYPES[e.label_], kb_id=e.kb_id) for e in doc.ents if e.label_ in ENTITY_TYPES
    ]


def _write(doc: Doc, tree: Tree) -> None:
    heads = np.array(tree.heads, dtype=np.int64) - np.arange(len(doc))
    deps = np.array([doc.vocab.strings.add(dep) for dep in tree.deps], dtype=np.uint64)
    doc.from_array([HEAD, DEP], np.column_stack([heads.astype(np.uint64), deps]))  # type: ignore[arg-type]


def _infinitives(doc: Doc, tree: Tree) -> None:
    for i, token in enumerate(doc):
        if tree.deps[i] == "aux" and token.tag_ == "TO":
            tree.deps[i] = "mark"


def _money(doc: Doc, tree: Tree) -> None:
    """The currency sign is the head of its amount: "$5 million" is `$`, with "million" as its number."""
    for i, token in enumerate(doc):
        amount = tree.heads[i]
        if amount <= i or tree.deps[i] not in ("quantmod", "nmod") or not (token.is_currency or token.tag_ == "$"):
            continue
        relation = "compound" if tree.deps[amount] == "nummod" else tree.deps[amount]
        tree.promote(i, relation, "nummod")
        for child in tree.children(amount):
            if tree.deps[child] != "compound":
                tree.attach(child, i)


def _prepositions(doc: Doc, tree: Tree) -> None:
    """A preposition becomes the case (before a clause: the marker) of its complement, which takes its place."""
    for i in tree.bottom_up():
        complement = _complement(doc, tree, i)
        if complement is None:
            _strand(doc, tree, i)
            continue
        clausal = doc[complement].pos_ in _CLAUSAL and not tree.children(complement, "case")
        relation = _oblique(doc, tree, i, clausal)
        tree.promote(complement, relation, "mark" if clausal else "case")
        for child in tree.children(i):
            if not _is_bare_preposition(doc, tree, child) and tree.deps[child] != "cc":
                tree.attach(child, complement)
        if not any(tree.deps[child] == "conj" for child in tree.children(i)):
            for child in tree.children(i, "cc"):
                tree.attach(child, complement)


def _complement(doc: Doc, tree: Tree, i: int) -> int | None:
    """What a preposition governs: its own complement, or that of its conjunct ("in and around the city")."""
    own = tree.children(i, "pobj") or tree.children(i, "pcomp")
    if own:
        return own[0]
    if tree.deps[i] not in ("prep", "agent", "pcomp") or doc[i].pos_ not in ("ADP", "SCONJ"):
        return None
    return next((c for c in tree.children(i, "conj") if tree.children(c, "case")), None)


def _is_bare_preposition(doc: Doc, tree: Tree, i: int) -> bool:
    return tree.deps[i] == "conj" and doc[i].pos_ == "ADP"


def _oblique(doc: Doc, tree: Tree, i: int, clausal: bool) -> str:
    """The relation that the complement of preposition `i` has in the place of `i`."""
    relation, head = tree.deps[i], tree.heads[i]
    if relation == "agent":
        return "advcl" if clausal else "obl:agent"
    if relation == "dative":
        return "obl"
    if _joins(doc, tree, head, i):
        return "pcomp" if clausal else "pobj"
    if relation == "prep":
        nominal = doc[head].pos_ in _NOMINAL
        return ("acl" if nominal else "advcl") if clausal else "nmod" if nominal else "obl"
    return "obl" if relation == "advmod" and doc[i].pos_ == "ADP" else relation


def _joins(doc: Doc, tree: Tree, outer: int, inner: int) -> bool:
    """Whether two prepositions govern together: "from behind the wall", "because of rain"."""
    if outer == inner or tree.children(outer, "pobj"):
        return False
    if tree.deps[outer] in ("prep", "agent", "pcomp") and tree.deps[inner] in ("prep", "pcomp"):
        return True
    return outer + 1 == inner and _pair(doc, outer) in _FIXED and tree.deps[outer] in ("advmod", "amod", "mark")


def _pair(doc: Doc, i: int) -> tuple[str, ...]:
    return tuple(token.lower_ for token in doc[i : i + 2])


def _strand(doc: Doc, tree: Tree, i: int) -> None:
    """A preposition without complement ("the town they fled from") hangs on the verb by itself."""
    if tree.deps[i] == "dative":
        tree.deps[i] = "iobj"
    elif tree.deps[i] in ("prep", "agent"):
        tree.deps[i] = "obl" if doc[tree.heads[i]].pos_ in _CLAUSAL and doc[i].pos_ == "ADP" else "advmod"


def _copulas(doc: Doc, tree: Tree) -> None:
    """The predicate is the head, "be" its copula; in "there is" the verb stays, and what there is is its subject."""
    for i in tree.bottom_up():
        if doc[i].lemma_ != "be" or tree.deps[i] in ("aux", "aux:pass", "cop"):
            continue
        if any(doc[c].tag_ == "EX" or doc[c].lower_ == "there" for c in tree.children(i, "expl")):
            doc[i].pos_ = "VERB"
            for child in tree.children(i, "attr"):
                tree.deps[child] = "nsubj"
        elif (predicate := _predicate(doc, tree, i)) is not None:
            _make_copula(doc, tree, i, predicate)


def _predicate(doc: Doc, tree: Tree, i: int) -> int | None:
    """What is predicated by "be": a noun or adjective, else a place or state after it, else a clause after it."""
    named = tree.children(i, "attr", "acomp", "oprd")
    if named:
        return named[0]
    after = [c for c in tree.children(i) if c > i]
    for child in after:
        if tree.deps[child] == "obl" and tree.children(child, "case"):
            return child
        if tree.deps[child] == "advmod" and doc[child].lower_ in _PREDICATIVE_ADVERBS:
            return child
    before = [c for c in tree.children(i, "advmod") if c < i and doc[c].tag_ == "WRB"]
    clauses = [c for c in after if tree.deps[c] in ("ccomp", "xcomp", "advcl") and doc[c].tag_ != "VBN"]
    if before and tree.children(i, "nsubj"):
        return before[0]
    return clauses[0] if clauses and tree.children(i, "nsubj", "csubj") and tree.deps[clauses[0]] != "advcl" else None


def _make_copula(doc: Doc, tree: Tree, i: int, predicate: int) -> None:
    clause = tree.deps[predicate] in ("ccomp", "xcomp")
    modal = clause and _is_modal(doc, tree, i, predicate)
    tree.promote(predicate, tree.deps[i], "aux" if modal else "cop")
    doc[i].pos_ = "AUX"
    for child in tree.children(i):
        tree.attach(child, predicate)
        if clause and not modal and tree.deps[child] in ("nsubj", "csubj"):
            tree.deps[child] += ":outer"
        elif modal and tree.deps[child] == "nsubj" and tree.children(predicate, "aux:pass"):
            tree.deps[child] = "nsubj:pass"


def _is_modal(doc: Doc, tree: Tree, i: int, predicate: int) -> bool:
    """Whether "be" with an infinitive says what is to happen ("he is to visit"), not what something is."""
    if tree.deps[predicate] != "xcomp" or doc[predicate].tag_ == "VBG":
        return False
    subjects = tree.children(i, "nsubj", "nsubj:pass")
    named = any(doc[s].pos_ in ("PROPN", "PRON") and doc[s].lower_ not in ("this", "that", "it") for s in subjects)
    return named or bool(tree.children(predicate, "aux:pass"))


def _raise_subjects(doc: Doc, tree: Tree) -> None:
    """Whoever is wanted to do or made to be something is the object above: "want him to go", "consider it unfair"."""
    for i in tree.bottom_up():
        subjects = tree.children(i, "nsubj", "nsubj:pass")
        if tree.deps[i] in ("ccomp", "oprd") and subjects and _is_reduced(doc, tree, i):
            tree.deps[i] = "xcomp"
            tree.attach(subjects[0], tree.heads[i], "obj")


def _is_reduced(doc: Doc, tree: Tree, i: int) -> bool:
    """Whether the clause of `i` has no finite verb and no conjunction, after a verb that takes such a clause."""
    head = doc[tree.heads[i]]
    parts = [doc[c] for c in (i, *tree.children(i, "aux", "aux:pass", "cop"))]
    marks = [doc[c].tag_ for c in tree.children(i, "mark")]
    if head.pos_ != "VERB" or head.i > i or any(t.tag_ in _FINITE for t in parts):
        return False
    bare = doc[i].tag_ == "VB" and not marks
    return marks in ([], ["TO"]) and (not bare or head.lemma_ in _TABLES["bare_infinitive_after"])


def _fixed(doc: Doc, tree: Tree) -> None:
    for i in range(len(doc) - 1):
        second = i + 1
        if _pair(doc, i) not in _FIXED or tree.deps[second] not in ("case", "mark") or tree.heads[second] == i:
            continue
        if tree.heads[i] == tree.heads[second] and tree.deps[i] in ("case", "mark", "advmod", "amod"):
            tree.deps[i] = tree.deps[second]
            tree.attach(second, i, "fixed")


def _person_names(doc: Doc, tree: Tree) -> None:
    """The first part of a person's name heads the others (`flat`), and the title before it describes it."""
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        parts = [t.i for t in entity if t.pos_ == "PROPN"]
        heads = [i for i in parts if tree.heads[i] not in parts or tree.heads[i] == i]
        if len(heads) != 1:
            continue
        _flatten(tree, parts, heads[0])
        _describe(doc, tree, parts[0])


def _flatten(tree: Tree, parts: list[int], head: int) -> None:
    first = parts[0]
    if tree.heads[first] != head or tree.deps[first] != "compound":
        return
    tree.promote(first, tree.deps[head], "flat")
    for child in tree.children(head):
        tree.attach(child, first, "flat" if child in parts else None)


def _describe(doc: Doc, tree: Tree, name: int) -> None:
    title = name - 1
    if title < 0 or tree.heads[title] != name or doc[title].pos_ not in ("NOUN", "PROPN"):
        return
    if tree.deps[title] not in ("compound", "nmod"):
        return
    tree.deps[title] = "nmod:desc"
    for child in tree.children(name, "compound", "amod", "nmod"):
        if child < title:
            tree.attach(child, title)


def _coordination(doc: Doc, tree: Tree) -> None:
    """All conjuncts hang on the first; conjunction and comma hang on the conjunct that they introduce."""
    for i in range(len(doc)):
        conjuncts = tree.children(i, "conj")
        for sign in tree.children(i, "cc", "punct") if conjuncts else ():
            if sign > i and (tree.deps[sign] == "cc" or doc[sign].text in (",", ";")):
                following = next((c for c in conjuncts if c > sign), None)
                if following is not None:
                    tree.attach(sign, following)
    for i in range(len(doc)):
        while tree.deps[i] == "conj" and tree.deps[tree.heads[i]] == "conj":
            tree.attach(i, tree.heads[tree.heads[i]])


def _rest(doc: Doc, tree: Tree) -> None:
    for i, token in enumerate(doc):
        nominal = doc[tree.heads[i]].pos_ in _NOMINAL
        if tree.deps[i] == "npadvmod":
            tree.deps[i] = "nmod:unmarked" if nominal else "obl:unmarked"
        elif tree.deps[i] == "nmod" and i < tree.heads[i] and not tree.children(i, "case"):
            tree.deps[i] = "compound"
        elif tree.heads[i] == i and not token.is_space:
            tree.deps[i] = "root"
        else:
            tree.deps[i] = _TABLES["left_over"].get(tree.deps[i], tree.deps[i])
