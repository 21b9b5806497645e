"""Statements within statements: "the minister said that the army had promised to leave", also within quotation marks.

Inner words come from the tree alone: the corpora of attribution know no nesting.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from readout.extract.entities import entity_at
from readout.extract.statements.attribution import Attribution, Range, copied, subtree_range, union, within
from readout.extract.statements.circumstances import addressee_of, is_heard
from readout.extract.statements.cues import cue_of, is_uttered, made_known, words
from readout.extract.statements.hearsay import first_word, is_quoted, presenting, shown
from readout.extract.statements.quoted import STOPS, Quoted, is_label
from readout.extract.statements.repairs import lost_subject
from readout.extract.statements.sources import POINTING, is_assertive, is_stranger, source_of
from readout.extract.tree import agent, ancestors, child, children, has_dep, is_passive, preposition, subject

REASONS = words("reasons")
NOT_TOLD = POINTING | {"i", "we"}
"""Of whom "was told", by nobody in particular, is a way of speaking: "I was told they were lost"."""
SINGLE = frozenset("'‘’‚")
LEAD = 5
"""Words between a cue and the piece in marks that it announces."""


def inner_attributions(
    doc: Doc, outer: Sequence[Attribution], clauses: Iterable[Attribution], quotes: Iterable[Quoted]
) -> list[Attribution]:
    """What is said to have been said, within the words of those already found.

    Args:
        doc: the Doc.
        outer: the attributions found.
        clauses: what the tree attributes.
        quotes: the quotations; within marks nothing reaches over them.

    Returns:
        The attributions of clauses whose cue is new and stands in the content of another; so do pieces in marks
        behind a cue that no clause goes with ("that they had told him "next week""), in marks within marks, and words
        behind a comma within marks.
    """
    quotes = list(quotes)
    deep = {found.cue.i: found for found in _in_inner_marks(doc, quotes) if found.cue is not None}
    clauses = [*deep.values(), *(c for c in clauses if c.cue is not None and c.cue.i not in deep)]
    known = {i for found in outer for i in found.cue_words}
    around = {i: found.content for found in outer for part in found.content for i in range(*part)}
    by_tree = {c.cue.i: c for c in clauses if c.cue is not None}
    for found in outer:
        held = around.get(found.cue.i) if found.cue is not None else None
        found.inner = held is not None and held is not found.content
        if found.inner and held is not None and found.cue is not None:
            _widen(found, by_tree.get(found.cue.i), held)
    marked = {i: part for quote in quotes for part in quote.ranges for i in range(*part)}
    inner: dict[int, Attribution] = {}
    tried = {c.cue.i for c in clauses if c.cue is not None}
    for clause in [*clauses, *_pieces(quotes, tried | known), *_announced(doc, quotes, tried | known)]:
        if clause.cue is None or clause.cue.i in known or clause.cue.i not in around or not _is_told(clause):
            continue
        if (upper := made_known(clause.cue)) is not None and upper.i in known:
            continue  # "wanted to know"
        frames = [_inside(doc, marked[clause.cue.i])] if _is_quoted_whole(clause.cue, marked) else around[clause.cue.i]
        found = copied(clause)
        said = union(part for frame in frames for part in within(clause.content, frame))
        said = [part for part in said if clause.cue.doc[slice(*part)].text.lower() != "that"]
        found.content, found.inner = _with_quotation(said, quotes, frames), True
        first = inner.setdefault(clause.cue.i, found)
        first.content = union([*first.content, *found.content])  # "rejected any suggestion that ..."
    return list(inner.values())


def _widen(found: Attribution, clause: Attribution | None, held: Sequence[Range]) -> None:
    """A quotation within another's words is what its clause has beside it too ("has him saying "yes" and no more"), or
    tells but how it was said: "was advised, "twice", to stay away"."""
    if clause is None or not found.content or not clause.content or clause.cue is None:
        return
    first = next((t for t in clause.cue.doc[clause.start : clause.end] if t.text != ","), None)
    how = 0 <= clause.start - found.end <= 1 and first is not None and first.lower_ in ("to", "that", "not")
    if how or all(within(clause.content, part) == [part] for part in found.content):
        found.content = union(part for frame in held for part in within(clause.content, frame))


def _is_quoted_whole(cue: Token, marked: Mapping[int, Range]) -> bool:
    """Whether the marks around a cue hold its subject too: "the owner "was told in plain terms" that ..." goes on."""
    part, who = marked.get(cue.i), child(cue, "nsubj", "nsubj:pass")
    return part is not None and (who is None or part[0] <= who.i < part[1])


def _inside(doc: Doc, marked: Range) -> Range:
    """What stands between the marks."""
    return marked[0] + doc[marked[0]].is_quote, marked[1] - doc[marked[1] - 1].is_quote


def _with_quotation(said: list[Range], quotes: Iterable[Quoted], frames: Iterable[Range]) -> list[Range]:
    """Inner words with the piece in marks that goes on right behind them: promised seats "by the hundred"."""
    behind = [quote.ranges[0] for quote in quotes if said and said[-1][0] < quote.start <= said[-1][1] < quote.end]
    return union([*said, *(part for frame in frames for part in within(behind, frame))])


def _pieces(quotes: Iterable[Quoted], known: set[int]) -> Iterator[Attribution]:
    """Quotations that are part of a longer content, with the cue right before them."""
    for quote in quotes:
        doc = quote.owner.cue.doc if quote.owner is not None and quote.owner.cue is not None else None
        if doc is None or quote.owner is None or not quote.owner.content or is_label(doc, quote):
            continue
        before = list(doc[max(quote.start - LEAD, doc[quote.start].sent.start, quote.owner.start) : quote.start])
        cue = _last_cue(before)
        if cue is not None and cue.i not in known and child(cue, "nsubj") is not None:
            start = next((t.i for t in before if t.i > cue.i and t.lower_ == "that"), quote.start)
            said = _behind_manner(quote, cue) or [(start, quote.end), *quote.ranges]
            yield Attribution(source_of(cue), cue, cue_of(cue), union(said))


def _behind_manner(quote: Quoted, cue: Token) -> list[Range]:
    """What somebody was told, where the marks hold how: "had been advised by them, "twice", to stay away"."""
    following = [t for t in cue.doc[quote.end : quote.end + 2] if t.text != ","][:1]
    opens = following and (following[0].lower_ == "that" or following[0].tag_ == "TO")
    if not opens or quote.start == cue.i + 1:
        return []
    return [(following[0].i, following[0].head.right_edge.i + 1)]


def _announced(doc: Doc, quotes: Iterable[Quoted], known: set[int]) -> Iterator[Attribution]:
    """Words behind a comma within marks, to the end of their sentence: "He said, when the situation permits."."""
    for first, last in (part for quote in quotes for part in quote.ranges):
        for cue in doc[first + 1 : max(first + 1, last - 2)]:
            entry = cue_of(cue) if cue.nbor().text == "," and cue.i not in known else None
            keeps = has_dep(cue, "xcomp") and cue.head.lemma_.lower() in words("continuing")
            who = child(cue.head if keeps else cue, "nsubj")
            says = entry is not None and entry.lemma in words("claims") and not is_passive(cue)
            if says and who is not None and first <= who.i < cue.i:
                end = next((t.i for t in doc[cue.i + 2 : last] if t.text in STOPS or t.tag_ == "''"), last)
                yield Attribution(source_of(cue), cue, entry, [(cue.i + 2, end)])


def _last_cue(before: Sequence[Token]) -> Token | None:
    """The last of some words that announces a quotation."""
    return next((t for t in reversed(before) if (entry := cue_of(t)) is not None and entry.takes_quotation), None)


def _in_inner_marks(doc: Doc, quotes: Iterable[Quoted]) -> Iterator[Attribution]:
    """Marks within marks, with the cue right before them: "He told me, 'Sign, and the door is open,'"."""
    for first, last in (part for quote in quotes for part in quote.ranges):
        opened: int | None = None
        for token in doc[first + 1 : last]:
            if token.text in SINGLE and token.tag_ == "``":
                opened = token.i
            elif opened is not None and token.text in SINGLE and token.tag_ == "''":
                cue = _last_cue(list(doc[max(first, opened - LEAD) : opened]))
                if cue is not None:
                    yield Attribution(source_of(cue) or lost_subject(cue), cue, cue_of(cue), [(opened, token.i + 1)])
                opened = None


def quoting_attributions(doc: Doc, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """ "The paper quotes him as saying ...": what the paper says, around what he says.

    Args:
        doc: the Doc.
        known: the attributions found; one with such a cue gives way to what it is here.
    """
    by_cue = {i: found for found in known for i in found.cue_words}
    for saying in doc:
        if cue_of(saying) is None or saying.i < 2:
            continue
        cue = presenting(saying) or _quoting(saying)
        who, thing = _quoter(cue, saying) if cue is not None else (None, None)
        if cue is None or who is None or thing is None or thing.i > saying.i:
            continue
        said = [(thing.left_edge.i, saying.right_edge.i + 1)]
        if is_passive(cue):
            said = [subtree_range(thing), (first_word(saying).i - 1, saying.right_edge.i + 1)]
        own = [found for i in (cue.i, saying.i) if (found := by_cue.get(i)) is not None]
        if saying.right_edge.i == saying.i:  # the words stand in front
            said = union([*said, *(part for found in own for part in within(found.content, (0, cue.i)))])
        if cue.i in by_cue:
            by_cue[cue.i].content = []
        yield Attribution(who, cue, None, said)


def _quoter(cue: Token, saying: Token) -> tuple[Token | None, Token | None]:
    """Who quotes, and whom: "the paper quotes him as", "he was quoted by the paper as", "quoted in the paper as"."""
    if is_passive(cue):
        papers = (t for t in children(cue, "obl") if preposition(t) in ("in", "on") and t.i > cue.i and _is_paper(t))
        return agent(cue) or next(papers, None), child(cue, "nsubj:pass")
    who = subject(cue)
    return (who[0] if who is not None else None), shown(cue, saying)


def _is_paper(noun: Token) -> bool:
    known = entity_at(noun.doc, noun)
    named = noun.pos_ == "PROPN" and noun.ent_type_ not in ("DATE", "TIME", "GPE", "LOC")
    return noun.lemma_.lower() in words("channels") or (named and (known is None or known.kind != "place"))


def _quoting(saying: Token) -> Token | None:
    """The verb of "quotes him as saying"."""
    if not is_quoted(saying):
        return None
    quoting = (t for t in islice(ancestors(saying), 2) if t.lemma_.lower() in words("quoting"))
    return next(quoting, None)


def _is_told(found: Attribution) -> bool:
    """Whether the words within are reported as said by somebody else than their speaker."""
    if found.cue is None or (found.entry is not None and not is_uttered(found.entry) and not is_heard(found.cue)):
        return False
    if found.cue.tag_ == "VBG" and not _is_told_participle(found.cue):
        return False
    if found.entry is not None and found.entry.lemma in words("topics"):
        return False  # "it spoke of cuts"
    if _lacks_its_object(found):
        return False
    if _is_denied(found):
        return False  # "denied having asked for a delay": that it was said is what is denied
    if not is_heard(found.cue):
        return is_assertive(found.cue) and not is_stranger(found.source)
    who = subject(found.cue)  # "recalled being told"
    heard = addressee_of(found) or (who[0] if who is not None else None)
    nobody = heard is None or heard.lower_ in NOT_TOLD
    return is_assertive(found.cue) and (found.source is not None or not nobody)


def _lacks_its_object(found: Attribution) -> bool:
    """Whether a relative clause leaves but a verb of what was told: "a form she had refused to sign"."""
    if found.cue is None or not found.content or not has_dep(found.cue, "acl"):
        return False
    told = found.cue.doc[found.start : found.end]
    return len(told) == 2 and told[0].lower_ == "to"


def _is_told_participle(cue: Token) -> bool:
    """Whether an "-ing" form reports words: "recalled him telling them to wait", "a letter saying that".

    "They had been asking for years" tells of no words in particular, "to stop writing down names" of an activity, and
    "beaten for asking to be paid" why.
    """
    helpers = [t.lower_ for t in children(cue, "aux")]
    if helpers:
        return helpers[-1] != "been"  # "they were asking for blood"
    marks = {t.lower_ for t in children(cue, "mark", "case")} & REASONS
    if marks:
        upper = cue_of(cue.head)
        return marks == {"of"} and upper is not None and upper.stance == "accuses"  # "accused him of telling them to"
    keeps = cue.head.lemma_.lower() in words("continuing") | words("perceiving")  # "kept telling", "heard telling"
    other = child(cue, "nsubj") is not None or not has_dep(cue, "xcomp") or keeps or presenting(cue) is not None
    return other or (cue.i > 0 and cue.nbor(-1).lower_ == "as")


def _is_denied(found: Attribution) -> bool:
    """Whether a cue of denial governs a gerund ("denied having asked") or its speaker's own words ("that he had")."""
    cue = found.cue
    upper = cue_of(cue.head) if cue is not None and has_dep(cue, "xcomp", "ccomp", "advcl", "obj") else None
    if cue is None or upper is None or upper.stance != "denies":
        return False
    speaker, own = child(cue.head, "nsubj"), child(cue, "nsubj")
    if own is None:
        return any(t.tag_ == "VBG" for t in (cue, *children(cue, "aux")))
    return own.pos_ == "PRON" and speaker is not None and _is_same(own, speaker)


def _is_same(one: Token, other: Token) -> bool:
    """Whether two words stand for one, as far as coreference or the pronoun tells."""
    known = entity_at(one.doc, one), entity_at(one.doc, other)
    return one.lower_ == other.lower_ if None in known else known[0] is known[1]
