"""From an attribution to a statement: who speaks, to whom, through what, when, with what stance, in whose words."""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from readout.extract.entities import by_id, entity_at, entity_for
from readout.extract.statements.attribution import Attribution, Range, subtree_range, trimmed
from readout.extract.statements.circumstances import addressee_entity, addressee_of, medium_of, time_of
from readout.extract.statements.clauses import cue_tokens
from readout.extract.statements.cues import cue_of, words
from readout.extract.statements.quoted import FINITE, Quoted, is_label
from readout.extract.tree import child, children, has_dep, is_negated, tokens_span, words_at
from readout.knowledge.nouns import honorifics, is_title
from readout.schema import Entity, Stance, Statement, StatementKind, _Span

ALL_QUOTED = 0.9
MAX_NAME = 8
PERSONAL = words("personal")


def statement_of(doc: Doc, found: Attribution, marked: frozenset[int], before: str | None = None) -> Statement:
    """The statement that an attribution stands for; its id is still empty.

    Args:
        doc: the Doc; `doc._.entities` gives the speakers, and gains one for a speaker not met before.
        found: the attribution, its content trimmed.
        marked: the tokens in quotation marks, as `marked_words` gives them.
        before: who spoke last, to whom "she added" goes back where coreference does not say better.

    Returns:
        A statement without id and without the statement around it.
    """
    speaker = _speaker(doc, found, before)
    source = speaker_range(doc, found) if found.source is not None else None
    medium = medium_of(found, source)
    listener = addressee_of(found)
    beside = [part for part in (source, medium, subtree_range(listener) if listener is not None else None) if part]
    return Statement(
        id="",
        speaker=speaker.id if speaker is not None else None,
        speaker_span=_characters(doc, source) if source is not None else None,
        cue_span=_cue_span(doc, found),
        content_spans=[_characters(doc, part) for part in found.content],
        kind=kind_of(doc, found, marked),
        stance=stance_of(doc, found),
        addressee=addressee_entity(doc, found),
        medium=" ".join(doc[slice(*medium)].text.split()) if medium is not None else None,
        time=time_of(doc, found, beside),
    )


def _cue_span(doc: Doc, found: Attribution) -> _Span | None:
    if found.cue_range is not None:
        return _characters(doc, found.cue_range)
    return tokens_span(cue_tokens(found.cue)) if found.cue is not None else None


def _characters(doc: Doc, part: Range) -> _Span:
    last = doc[part[1] - 1]
    return _Span(doc[part[0]].idx, last.idx + len(last))


def _speaker(doc: Doc, found: Attribution, before: str | None) -> Entity | None:
    """The entity that speaks: the name beside a title where there is one, else what the source's head refers to."""
    source = found.source
    if source is None:
        return None
    if found.quoted and found.cue is None and (person := _by_label(doc, source)) is not None:
        return person
    if source.text in honorifics() and source.i + 1 < len(doc):
        source = source.nbor()
    known = entity_at(doc, source)
    if source.lower_ in PERSONAL:
        last = by_id(doc).get(before or "")
        resumes = found.entry is not None and found.entry.lemma in words("resuming")
        strange = not found.inner and (known is None or known.kind != "person" or _names_itself(found, known))
        if last is not None and last.kind == "person" and (resumes or strange):
            return last
    if known is None or known.kind != "person" or source.pos_ == "NOUN":
        known = _named_beside(doc, found) or known
    return known or entity_for(doc, source, "work")


def _by_label(doc: Doc, label: Token) -> Entity | None:
    """The person named elsewhere whom a transcript's label in capitals means: "WALLACE:"."""
    persons = [e for e in doc._.entities if e.kind == "person" and not e.name.isupper()]
    named = [e for e in persons if e.name.split()[-1].casefold() == label.lower_]
    return named[0] if len(named) == 1 else None


def _names_itself(found: Attribution, speaker: Entity) -> bool:
    """Whether what is said by "him" begins with the speaker's own name: then the pronoun means another."""
    first = found.content[0][0] if found.content else None
    subject = found.source.doc[first] if found.source is not None and first is not None else None
    return subject is not None and subject.pos_ == "PROPN" and entity_at(subject.doc, subject) is speaker


def _named_beside(doc: Doc, found: Attribution) -> Entity | None:
    """The person named in or right after the phrase that a title heads ("the minister, Jane Doe, said")."""
    start, end = speaker_range(doc, found)
    following = end
    while following < len(doc) and (doc[following].text == "," or doc[following].text in honorifics()):
        following += 1
    titled = found.source is not None and is_title(found.source.lemma_)
    for name in doc[start : following + MAX_NAME].ents:
        related = has_dep(name.root, "nmod:poss") or child(name.root, "case") is not None
        beside = name.start < end or (titled and name.start == following)
        if name.label_ == "PERSON" and beside and not related:
            entity = entity_at(doc, name.root)
            return entity if entity is not None and entity.kind == "person" else None
    return None


def speaker_range(doc: Doc, found: Attribution) -> Range:
    """The words that describe the speaker: the noun phrase with its appositions, up to the cue and to what is said.

    Args:
        doc: the Doc.
        found: an attribution with a source.

    Returns:
        Tokens `[start, end)`, as PolNeAR marks sources.
    """
    source = found.source
    assert source is not None
    if found.source_range is not None:
        return found.source_range
    start, end = subtree_range(source)
    start = max([start, *(t.i + 1 for t in doc[start : source.i] if t.tag_ == ".")])
    case = [t.right_edge.i + 1 for t in children(source, "case", "cc") if t.i < source.i]
    start = max([start, *case])
    for part in source.rights:
        if found.cue is not None and part.left_edge.i <= found.cue.i <= part.right_edge.i:
            end = min(end, part.left_edge.i)
    cue = [(found.cue.i, found.cue.i + 1)] if found.cue is not None else []
    for first, last in [*found.content, *cue]:
        start = max(start, last) if last <= source.i else start
        end = min(end, first) if first > source.i else end
    if end - 1 > source.i and doc[end - 1].tag_ == "POS":
        end -= 1
    while start < source.i and doc[start].pos_ in ("CCONJ", "PUNCT", "SPACE"):
        start += 1
    (kept,) = trimmed(doc, [(start, max(end, source.i + 1))]) or [(source.i, source.i + 1)]
    return kept


def marked_words(doc: Doc, quotes: Iterable[Quoted]) -> frozenset[int]:
    """The tokens that stand in quotation marks as somebody's words; titles and nicknames do not count."""
    words = (part for quote in quotes if not is_label(doc, quote) for part in quote.ranges)
    return frozenset(index for start, end in words for index in range(start, end))


def kind_of(doc: Doc, found: Attribution, marked: frozenset[int]) -> StatementKind:
    """Direct, mixed or indirect, by how much of the content stands in quotation marks."""
    if found.quoted:
        return "direct"
    said = [t.i for start, end in found.content for t in doc[start:end] if t.is_alpha or t.like_num]
    inside = sum(index in marked for index in said)
    if not inside:
        return "indirect"
    return "direct" if inside >= ALL_QUOTED * len(said) else "mixed"


def stance_of(doc: Doc, found: Attribution) -> Stance:
    """The cue's stance; a plain claim that something is not so is a denial."""
    if found.entry is None:
        return "denies" if denies_content(doc, found) else "asserts"
    if found.entry.lemma in words("claims") and denies_content(doc, found):
        return "denies"
    return found.entry.stance


def stance_in_words(doc: Doc, statement: Statement) -> Stance:
    """The stance that a statement's cue and negation tell by themselves, which is also one toward what it reports.

    "That is a lie, he said" denies something, but nothing that its own words report.
    """
    cue = next((t for t in words_at(doc, statement.cue_span) if cue_of(t)), None) if statement.cue_span else None
    content = [(words.start, words.end) for words in (words_at(doc, span) for span in statement.content_spans)]
    return stance_of(doc, Attribution(None, cue, cue_of(cue) if cue is not None else None, content))


def denies_content(doc: Doc, found: Attribution) -> bool:
    """Whether the content's first clause says that something was not done ("never met", "no shots were fired").

    What is not so, will not be or is not thought ("nothing is decided", "it will not leave") denies no act.
    """
    start, end = found.content[0]
    verb = next((t for t in doc[start:end] if t.tag_ in FINITE), None)
    if verb is None:
        return False
    head = verb.head if has_dep(verb, "aux", "cop") else verb
    return is_negated(head) and _is_act(head)


def _is_act(verb: Token) -> bool:
    """Whether a predicate tells of something done, in the past or just now, or of a part in it ("had no role in")."""
    lemma, part = verb.lemma_.lower(), child(verb, "obj", "nsubj")
    if lemma in words("involvements"):
        return True
    if lemma in ("have", "be"):
        return part is not None and any(
            t.lemma_.lower() in words("involvements") for t in children(verb, "obj", "nsubj")
        )
    if verb.pos_ != "VERB" or child(verb, "cop") is not None or lemma in words("thoughts"):
        return False
    helpers = children(verb, "aux")
    if any(t.tag_ == "MD" for t in helpers):
        return False
    past = verb.tag_ in ("VBD", "VBN") or any(t.lower_ in ("did", "had") for t in helpers)
    return past or (verb.tag_ == "VBG" and bool(helpers))
