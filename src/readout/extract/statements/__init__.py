"""`readout_statements`: who said what, over the whole article.

    cues          the words that announce speech, and how their content stands to them
    clauses       attributions from the tree: said that, according to, promised to, a claim that
    phrases       the same without a clause: accused them of, called it a lie, denied the charge
    inserted      the same for cues in the middle of what is said, or behind it
    ends          where the article speaks again within a sentence
    sentences     how far a clause may reach
    claims        cues that are nouns, and whose they are
    repairs       where the tree went wrong
    sources       whose word it is, and whether anything was said
    hearsay       whose words somebody else quotes, shows or overhears
    blocks        paragraphs after "The minister said:"
    transcripts   paragraphs that begin with the speaker's name and a colon
    quoted        a quotation in tokens: a sentence, a title, a piece
    beside        cue, colon or signature next to a quotation
    joining       quotations and clauses brought together
    linking       the parts that the encoder sees, each with its cue
    completing    what the tree adds to these
    keeping       which of all these are somebody's words
    inner         who, within another's words, is said to have said what
    resolve       speaker and kind
    circumstances addressee, medium and time
    sides         for whom a speaker speaks
    stance_acts   what the words do: blame, bind, ask, contradict
    stance_features  what else tells how the speaker stands to what he says
    stance        how he does
    positions     who says the same from one side

Parts of the task as in Pareti (LREC 2012) and PolNeAR (Newell, Margolin and Ruths, LREC 2018): source, cue, content.
"""

from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

import readout.layers  # noqa: F401  (registers doc._.statements)
from readout.extract.entities import entity_at
from readout.extract.statements.attribution import Attribution, Range, copied, trimmed, union
from readout.extract.statements.blocks import block_attributions
from readout.extract.statements.circumstances import assign_hearers, is_heard, teller, without_addressee
from readout.extract.statements.clauses import clause_attributions
from readout.extract.statements.completing import completed
from readout.extract.statements.cues import words
from readout.extract.statements.inner import inner_attributions, quoting_attributions
from readout.extract.statements.joining import join
from readout.extract.statements.keeping import worth_keeping
from readout.extract.statements.linking import linked
from readout.extract.statements.positions import assign_positions
from readout.extract.statements.quoted import in_tokens
from readout.extract.statements.resolve import marked_words, statement_of
from readout.extract.statements.sources import REFLEXIVE
from readout.extract.statements.stance import assign_stances
from readout.extract.statements.stance_features import Told
from readout.extract.statements.transcripts import transcript_attributions
from readout.extract.tree import children, words_at
from readout.language.quotation import find_quotations
from readout.schema import Statement, _Span

SPANS = "readout_statements"
VAGUE = words("vague")


@Language.factory("readout_statements", default_config={"wide": False})
def make_statements(nlp: Language, name: str, wide: bool) -> "Statements":
    """The component for a spaCy pipeline.

    Args:
        nlp: a pipeline whose earlier components give tags, lemmas and a Universal Dependencies tree.
        name: the component's name in it.
        wide: also keep beliefs, plans and what sources show; else speech alone.
    """
    return Statements(wide)


class Statements:
    """Writes `doc._.statements`, and their contents to `doc.spans["readout_statements"]`."""

    def __init__(self, wide: bool = False) -> None:
        self.wide = wide

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements of a Doc; one without a tree has none."""
        doc._.statements = []
        if doc.has_annotation("DEP"):
            doc._.statements = statements_of(doc, self.wide)
        _write_spans(doc)
        return doc


def statements_of(doc: Doc, wide: bool = False) -> list[Statement]:
    """The statements of a Doc, in text order.

    Args:
        doc: a Doc with tags, lemmas and a UD v2 tree; names, times and coreference as far as they are known.
        wide: also beliefs, plans and what sources show.

    Returns:
        Statements with ids "s1", "s2", ...
    """
    told = _reported(told_in(doc, wide))
    assign_stances(doc, told)
    statements = _ordered(told)
    assign_hearers(doc, told)
    assign_positions(doc, statements)
    return statements


def told_in(doc: Doc, wide: bool = False) -> list[Told]:
    """The statements of a Doc without their ids, with the stance of their cues, and what each was made from."""
    quotes = in_tokens(doc, find_quotations(doc.text))
    blocks = [*block_attributions(doc), *transcript_attributions(doc)]
    clauses = list(clause_attributions(doc))
    joined = join(doc, quotes, _outside(blocks, map(copied, clauses)))
    if doc._.spoken is not None:
        for quote in quotes:
            quote.owner = None
        seen = linked(doc, joined)
        joined = join(doc, quotes, _outside(blocks, seen if wide else completed(seen, joined)))
    found = _of_one_cue([*joined, *blocks])
    if not wide:
        found += quoting_attributions(doc, found)
        found += inner_attributions(doc, found, clauses, quotes)
        for attribution in found:
            _hear(attribution)
    for attribution in found:
        attribution.content = trimmed(doc, attribution.content)
    found = [attribution for attribution in found if attribution.content]
    kept = found if wide else worth_keeping(found, quotes)
    return _resolved(doc, sorted(kept, key=lambda a: (a.start, -a.end)), marked_words(doc, quotes), wide)


def _hear(found: Attribution) -> None:
    """Part those who are spoken to from what is said and from who speaks."""
    found.content = without_addressee(found)
    if found.cue is not None and is_heard(found.cue):
        doer = teller(found.cue)
        if doer is None or found.source != doer:
            found.source, found.source_range = doer, None


def _reported(told: Sequence[Told]) -> list[Told]:
    """The statements without those inner ones in which a speaker tells of his own words."""
    by_id = {statement.id: statement for statement in _ordered(told)}

    def is_own(statement: Statement, found: Attribution) -> bool:
        outer = by_id.get(statement.reported_by or "")
        if outer is None or outer.kind == "direct":  # there he says "I" of himself
            return False
        if found.source is None or found.source.pos_ != "PRON" or _tells(found, outer.speaker):
            return False  # who reports his own words says "he" or "I"
        return statement.speaker is not None and statement.speaker == outer.speaker

    return [(statement, found) for statement, found in told if not is_own(statement, found)]


def _tells(found: Attribution, speaker: str | None) -> bool:
    """Whether somebody else speaks to the speaker: "she said he had told her to wait"; one does not tell oneself."""
    cue = found.cue
    told = children(cue, "obj", "iobj", "obl") if cue is not None else []
    heard = [entity_at(t.doc, t) for t in told if t.pos_ == "PRON" and t.lower_ not in REFLEXIVE]
    return any(entity is not None and entity.id == speaker for entity in heard)


def _ordered(told: Sequence[Told]) -> list[Statement]:
    """The statements with their ids and the statements around them."""
    statements = [statement for statement, _ in told]
    for number, statement in enumerate(statements, start=1):
        statement.id, statement.reported_by = f"s{number}", None
    _nest(statements)
    return statements


def attributions_by_tree(doc: Doc) -> list[Attribution]:
    """What the tree and the quotation marks attribute, without the encoder's opinion."""
    quotes = in_tokens(doc, find_quotations(doc.text))
    return join(doc, quotes, clause_attributions(doc))


def _resolved(doc: Doc, found: Iterable[Attribution], marked: frozenset[int], wide: bool) -> list[Told]:
    told: list[Told] = []
    for attribution in found:
        before = told[-1][0].speaker if told else None
        statement = statement_of(doc, attribution, marked, before)
        if wide or not _is_vague(attribution, statement):
            told.append((statement, attribution))
    return told


def _is_vague(found: Attribution, statement: Statement) -> bool:
    """Whether an unknown speaker is told by a word that stands for anybody ("they say", "some say")."""
    if found.inner and found.cue is not None and found.cue.tag_ in ("VBD", "VBN"):
        return False  # "they had demanded a tax break" tells of somebody; "they say" of nobody
    unknown = statement.speaker is None and statement.addressee is None and statement.kind == "indirect"
    return unknown and (found.source is None or found.source.lower_ in VAGUE) and not found.quoted


def _of_one_cue(found: Sequence[Attribution]) -> list[Attribution]:
    """One attribution for each cue, and one for words that were attributed twice."""
    by_cue: dict[int, Attribution] = {}
    by_content: dict[tuple[int, int], Attribution] = {}
    for attribution in found:
        first = by_cue.setdefault(attribution.cue.i, attribution) if attribution.cue is not None else attribution
        if first is not attribution:
            first.content = union([*first.content, *attribution.content])
            first.quoted = first.quoted or attribution.quoted
    for attribution in found:
        if attribution.cue is None or by_cue[attribution.cue.i] is attribution:
            key = attribution.start, attribution.end
            if key not in by_content or by_content[key].source is None:
                by_content[key] = attribution
    return list(by_content.values())


def _outside(blocks: Sequence[Attribution], found: Iterable[Attribution]) -> list[Attribution]:
    """The attributions whose cue stands in no block quotation."""
    ranges = [part for block in blocks for part in (*block.content, _label(block))]
    return [a for a in found if a.cue is None or not any(start <= a.cue.i < end for start, end in ranges)]


def _label(block: Attribution) -> Range:
    """A transcript's name with its colon."""
    if block.cue is not None:
        return 0, 0
    return (block.source_range[0] if block.source_range is not None else block.start - 1), block.start


def _nest(statements: Sequence[Statement]) -> None:
    """`reported_by`: the smallest other content that a statement's cue stands in."""
    open_: list[Statement] = []
    for statement in statements:
        if statement.cue_span is None:  # a quotation that goes on
            open_.append(statement)
            continue
        at = statement.cue_span[0]
        open_ = [s for s in open_ if s.content_spans[-1][1] > at]
        around = [s for s in open_ if any(a <= at < b for a, b in s.content_spans)]
        if around:
            statement.reported_by = min(around, key=lambda s: s.content_spans[-1][1] - s.content_spans[0][0]).id
        open_.append(statement)


def _write_spans(doc: Doc) -> None:
    spans = [
        Span(doc, words.start, words.end, label=statement.kind)
        for statement in doc._.statements
        for start, end in statement.content_spans
        for words in (words_at(doc, _Span(start, end)),)
    ]
    doc.spans[SPANS] = SpanGroup(doc, name=SPANS, spans=spans)
