"""To whom, through what and when something was said: the words around a cue that are neither speaker nor content."""

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc, Token

from readout.extract.entities import add_mention, by_id, describe, entity_at, entity_for, mention_span
from readout.extract.statements.attribution import Attribution, Range, overlaps, subtree_range, without
from readout.extract.statements.claims import CALENDAR
from readout.extract.statements.cues import cue_of, words
from readout.extract.statements.sources import joins_passive
from readout.extract.tree import (
    agent,
    ancestors,
    child,
    children,
    clause_head,
    has_dep,
    is_passive,
    preposition,
    tokens_span,
)
from readout.knowledge.nouns import kind_of_word
from readout.schema import Statement, _Span

CARRYING = words("carrying")
FIRST_PERSON = words("hearing")
AUDIENCES = frozenset({"person", "group", "organization", "place", None})
PRESS = words("press")
"""Those who, told something, are the way to everybody: "told reporters" is a medium."""
OPENERS = words("opening_clauses")
MAX_STEPS = 5
MAX_PHRASE = 16


def addressee_of(found: Attribution) -> Token | None:
    """The head word of those spoken to: "told parliament", "said to a friend", "the diplomats were told"."""
    cue = found.cue
    if cue is None or cue.pos_ not in ("VERB", "AUX"):
        return None
    listens = found.entry is not None and found.entry.lemma in words("addressees")
    if is_heard(cue):
        return _hearer(cue)
    if listens and has_dep(cue, "advcl") and cue.tag_ == "VBN" and agent(cue) is not None:
        return child(cue.head, "nsubj")  # "Asked by a senator what she knew, she said"
    beside = children(cue, "iobj", "obj") if listens else children(cue, "iobj")
    bare = [t for t in children(cue, "obl") if listens and preposition(t) is None and t.i > cue.i]  # as trees err
    beside += bare + [t for t in children(cue, "obl") if _is_spoken_to(t)]
    return next(
        (t for t in beside if not _is_said(found, t) and not _is_time(t, listens) and not _is_given(found, t)), None
    )


def _is_given(found: Attribution, token: Token) -> bool:
    """Whether an object is what is promised, and nobody who hears it: "promised tents"."""
    takes = found.entry is not None and "object" in found.entry.frames
    return takes and has_dep(token, "obj") and token.pos_ == "NOUN" and kind_of_word(token) is None


def _is_spoken_to(token: Token) -> bool:
    """Whether a phrase names an audience: "to the army", "before a committee"."""
    marker = preposition(token)
    if marker == "before" and token.i > token.head.i:
        return _sits(token)
    asked = marker == "of" and token.head.lemma_.lower() in words("asking_of")
    return (marker == "to" or asked) and _may_listen(token)


def _sits(token: Token) -> bool:
    """Whether a noun is a body that people speak before."""
    return kind_of_word(token) == "organization" or token.lemma_.lower() in words("sittings")


def teller(cue: Token) -> Token | None:
    """Who tells those who hear: "was told by a clerk that ...", "the court heard from a guard that ..."."""
    return agent(cue) or next((t for t in children(cue, "obl") if preposition(t) == "from" and t.i > cue.i), None)


def without_addressee(found: Attribution) -> list[Range]:
    """The content without those spoken to, who may stand at its start: "urged both sides to stop"."""
    cue = found.cue
    if cue is None or found.entry is None:
        return found.content
    listens = found.entry.lemma in words("addressees")
    for person in children(cue, *(("iobj", "obj", "obl") if listens else ("obl",))):
        if person.i < cue.i or (has_dep(person, "obl") and preposition(person) != "to"):
            continue
        start, end = subtree_range(person)
        end = min([end, *(t.left_edge.i for t in children(person, "acl", "advcl"))])  # a clause hung on the wrong word
        said = next((part for part in found.content if part[0] <= person.i < part[1]), None)
        start = max(start, cue.i + 1)
        two = has_dep(person, "iobj") and any(end <= t.left_edge.i <= end + 1 for t in children(cue, "obj"))
        if said is not None and start <= said[0] + 1 and end + 1 < said[1] and (two or _is_clause(cue.doc[end])):
            return without(found.content, (said[0], end))
    return found.content


def _is_clause(token: Token) -> bool:
    """Whether a word opens what somebody is told, asked or urged."""
    return token.lower_ in OPENERS or token.tag_ in ("WP", "WRB", "WDT") or token.is_quote


def is_heard(cue: Token) -> bool:
    """Whether the subject of a cue is spoken to: "were told", "the court heard that", and no order that "was given"."""
    entry, who = cue_of(cue), _hearer(cue)
    if entry is not None and entry.lemma in words("listening"):
        return who is not None and (_sits(who) or (child(cue, "ccomp") is not None and _hears_from(cue)))
    hears = who is None or who.pos_ != "NOUN" or kind_of_word(who) is not None
    passive = is_passive(cue) or (joins_passive(cue) and entry is not None and entry.lemma in words("telling"))
    return entry is not None and entry.lemma in words("addressees") and passive and hears


def _hears_from(cue: Token) -> bool:
    """Whether somebody tells what is heard: "had heard from the abbot that"."""
    return any(preposition(t) == "from" and t.i > cue.i and _may_listen(t) for t in children(cue, "obl"))


def _hearer(cue: Token) -> Token | None:
    """The subject of a passive, its own or that of the verb it is joined to ("was summoned and told")."""
    own = child(cue, "nsubj:pass", "nsubj")
    return own if own is not None or not has_dep(cue, "conj") else child(cue.head, "nsubj:pass", "nsubj")


def _may_listen(token: Token) -> bool:
    if token.pos_ in ("PRON", "PROPN"):
        return True
    known = entity_at(token.doc, token)
    return (known.kind if known is not None else kind_of_word(token)) in AUDIENCES and token.pos_ in ("NOUN", "DET")


def _is_time(token: Token, listens: bool) -> bool:
    """Whether a phrase without a preposition tells when; right behind "told" it may be who was told."""
    paper = token.lemma_.lower() in words("channels") and child(token, "det", "nmod:poss") is not None  # "a daily"
    dated = token.ent_type_ in ("DATE", "TIME")
    if not paper and (dated or any(a <= token.idx < b for a, b in (t.span for t in token.doc._.times))):
        return True
    beside = listens and token.left_edge.i == token.head.i + 1 and token.text not in CALENDAR
    return has_dep(token, "obl:unmarked") and not beside


def _is_said(found: Attribution, token: Token) -> bool:
    return any(start <= token.i < end for start, end in found.content)


def medium_of(found: Attribution, speaker: Range | None) -> Range | None:
    """The phrase that tells what carried the words: "in a statement", "by telephone", "on Radio Mars".

    Args:
        found: the attribution.
        speaker: the words for the speaker.
    """
    if found.cue is None:
        return None
    cue, starts = found.cue, [part[0] for part in found.content]
    phrases = [(start, min([end, *(at for at in starts if at > start)])) for start, end in _phrases(cue)]
    outside = [p for p in phrases if not any(overlaps(p, part) for part in (*found.content, speaker or (0, 0)))]
    told = addressee_of(found)
    if not outside and told is not None and told.lower_ in PRESS and told.i > cue.i:
        return cue.i, told.i + 1
    return min(outside, key=lambda p: abs(p[0] - cue.i), default=None)


def _phrases(cue: Token) -> Iterator[Range]:
    """The prepositional phrases of a cue's sentence that may carry its words."""
    for token in cue.sent:
        if token.lower_ not in CARRYING or token.dep_ != "case" or token.head.i < token.i:
            continue
        noun = token.head
        if _carries(noun, token.lower_) and _belongs(noun, cue):
            end = min(noun.right_edge.i + 1, token.i + MAX_PHRASE)
            yield token.i, next((t.i for t in cue.doc[noun.i + 1 : end] if t.text in (",", ";", ":")), end)


def _carries(noun: Token, marker: str) -> bool:
    if noun.ent_type_ in ("DATE", "TIME") or any(a <= noun.idx < b for a, b in (t.span for t in noun.doc._.times)):
        return False
    if noun.text in CALENDAR:
        return False
    if noun.pos_ == "PROPN" and noun.lemma_.lower() not in words("channels"):
        known = entity_at(noun.doc, noun)
        return marker in ("on", "via") and (known is None or known.kind in ("organization", "work"))
    lemma = noun.lemma_.lower()
    if marker == "through" and kind_of_word(noun) == "person":
        return True  # "through a cousin"
    return lemma in words("channels") | words("documents") or (
        marker in ("by", "over", "through", "under", "in") and lemma in words("means")
    )


def _belongs(noun: Token, cue: Token) -> bool:
    """Whether no other clause stands between a phrase and the cue, in the tree or in the text."""
    between = cue.doc[cue.i + 1 : noun.i]
    if noun.head == cue or (noun.i > cue.i and not any(t.pos_ in ("VERB", "AUX") for t in between)):
        return True
    for step in islice(ancestors(noun), MAX_STEPS):
        if step == cue:
            return True
        if step.pos_ in ("VERB", "AUX"):
            return False
    return False


def time_of(doc: Doc, found: Attribution, taken: list[Range]) -> str | None:
    """The id of the time in the cue's own clause, outside of what is said and of the phrases around.

    Args:
        doc: the Doc; `doc._.times` gives the times.
        found: the attribution.
        taken: the words of speaker, addressee and medium.
    """
    if found.cue is None or not doc._.times:
        return None
    head = found.cue if found.cue.pos_ in ("VERB", "AUX") else clause_head(found.cue)
    low, high = _characters(doc, subtree_range(head))
    said = [_characters(doc, part) for part in (*found.content, *taken)]
    for time in doc._.times:
        inside = low <= time.span[0] and time.span[1] <= high
        pointed = time.kind not in ("duration", "set") and not time.value.endswith("_REF")
        if inside and pointed and not any(overlaps(time.span, part) for part in said):
            return str(time.id)
    return None


def _characters(doc: Doc, part: Range) -> _Span:
    last = doc[part[1] - 1]
    return _Span(doc[part[0]].idx, last.idx + len(last))


def addressee_entity(doc: Doc, found: Attribution) -> str | None:
    """The id of those spoken to, a new entity where they were not met before."""
    person = addressee_of(found)
    if person is None:
        return None
    entity = entity_for(doc, person, "group")
    if entity is None and person.lower_ in words("anybody"):
        entity = describe(doc, "group", mention_span(doc, person), person)
    return entity.id if entity is not None else None


def assign_hearers(doc: Doc, told: Iterable[tuple[Statement, Attribution]]) -> None:
    """Within a speaker's own words, "told me" and "asked us" were said to that speaker.

    Args:
        doc: the Doc; `doc._.entities` gives the speakers, who gain the pronoun as a mention.
        told: its statements with their ids and those around them; each with what it was made from.
    """
    told, entities = list(told), by_id(doc)
    speakers = {statement.id: statement.speaker for statement, _ in told}
    for statement, found in told:
        person = addressee_of(found)
        speaker = entities.get(speakers.get(statement.reported_by or "") or "")
        if person is not None and person.lower_ in FIRST_PERSON and speaker is not None:
            add_mention(speaker, tokens_span([person]))
            statement.addressee = speaker.id
