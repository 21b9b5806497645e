"""What stands beside a quotation: the cue after it, the cue or colon before it, the signature under it.

Trees of sentences with quotations err more often than others; the words next to the marks seldom do.
"""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import overlaps
from readout.extract.statements.cues import cue_of
from readout.extract.statements.quoted import FINITE, STOPS, Quoted, is_finite, is_sentence
from readout.extract.statements.sources import source_of
from readout.extract.tree import child, subject

MAX_GAP = 40
MAX_SIGNATURE = 12
MAX_BEFORE_VERB = 12
DASHES = frozenset({"-", "--", "–", "—", "―"})
NOMINAL = ("PROPN", "NOUN", "PRON")


class Announcement(NamedTuple):
    """Who is said to speak the words in marks, by which cue (`None` for a mere colon or signature)."""

    source: Token | None
    cue: Token | None


def announced_after(doc: Doc, quote: Quoted, limit: int) -> Announcement | None:
    """ "...," she said; "...," said the minister.

    Args:
        doc: a Doc with tags and a tree.
        quote: the quotation.
        limit: the token where the next quotation starts.
    """
    gap = _following(doc, quote.end, limit)
    while gap and gap[0].text in DASHES | {","}:
        gap = gap[1:]
    if not gap or not _leans_on_what_follows(doc, quote) or _links(gap[0]):
        return None
    known = next((t for t in gap if _takes_quotation(t) and _is_predicate(t)), None)
    cue = known if known is not None else _unknown_cue(doc, quote, gap)
    source = _speaker_in(cue, gap) if cue is not None else None
    if cue is None or source is None:
        return None
    first = min(cue.i, source.left_edge.i) if source.i < cue.i else cue.i
    return Announcement(source, cue) if first <= gap[0].i + 1 else None


def lead_to(doc: Doc, quote: Quoted, start: int) -> list[Token]:
    """The words of the sentence that leads to a quotation, the nearest first, over a paragraph break too.

    Args:
        doc: the Doc.
        quote: the quotation.
        start: the token where the quotation before ends.
    """
    lead: list[Token] = []
    for token in reversed(doc[max(start, quote.start - MAX_GAP) : quote.start]):
        if token.text in STOPS or (token.is_space and lead and "\n" in token.text):
            break
        if not token.is_space:
            lead.append(token)
    return lead


def announced_before(doc: Doc, quote: Quoted, lead: Sequence[Token]) -> Announcement | None:
    """She said: "..."; he wrote that "..."; with a colon, whoever the sentence is about."""
    colon = ends_in_colon(lead)
    cue = next((t for t in lead if _takes_quotation(t)), None)
    if cue is not None and cue.pos_ == "NOUN" and cue == lead[0]:
        cue = None  # "called the claim "a lie"": the marks hold no claim
    if cue is not None and (colon or _leads_on(doc, quote, lead, cue)):
        return Announcement(source_of(cue) or _named_after(cue, lead), cue)
    found = subject(lead[-1].sent.root) if colon else None
    return Announcement(found[0], None) if found is not None and not found[1] else None


def ends_in_colon(lead: Sequence[Token]) -> bool:
    """Whether the words that lead to a quotation end in a colon."""
    return bool(lead) and lead[0].text.endswith(":")


def signed(doc: Doc, quote: Quoted) -> Token | None:
    """The name under a quotation: "..." - Jane Doe, at the end of a paragraph."""
    line = [t for t in _following(doc, quote.end, len(doc)) if not t.is_space]
    dashed = bool(line) and (line[0].text in DASHES or doc[quote.end - 1].text[-1] in DASHES)
    if not dashed or len(line) > MAX_SIGNATURE or any(t.tag_ in FINITE for t in line):
        return None
    return next((t for t in line if t.pos_ == "PROPN"), None)


def _following(doc: Doc, start: int, limit: int) -> list[Token]:
    """The words after a quotation, up to the next one or the end of the sentence."""
    gap: list[Token] = []
    for token in doc[start : min(limit, start + MAX_GAP)]:
        if token.text in STOPS or (token.is_space and "\n" in token.text):
            break
        gap.append(token)
    return gap


def _leans_on_what_follows(doc: Doc, quote: Quoted) -> bool:
    """Whether the quotation ends in a comma, dash, question or exclamation mark, or a comma follows its mark."""
    last = {t.text for t in quote.last(doc, 3)}
    after = doc[quote.end].text if quote.end < len(doc) else ""
    return after == "," or bool(last & ({",", "?", "!", ',"', ",”"} | DASHES))


def _links(token: Token) -> bool:
    """Whether a word makes what follows a clause of its own ("and he said", "who said")."""
    return token.pos_ in ("CCONJ", "SCONJ") or token.tag_ in ("WP", "WDT", "WRB")


def _takes_quotation(token: Token) -> bool:
    entry = cue_of(token)
    return entry is not None and entry.takes_quotation


def _is_predicate(cue: Token) -> bool:
    """Whether a cue carries a clause of its own: "adding that ..." after a quotation announces something else."""
    return cue.tag_ not in ("VBG", "VBN") or child(cue, "nsubj", "aux") is not None


def _unknown_cue(doc: Doc, quote: Quoted, gap: Sequence[Token]) -> Token | None:
    """A verb that the lexicon does not know: "...," he thundered."""
    verb = next((t for t in gap[:MAX_BEFORE_VERB] if t.tag_ in ("VBD", "VBZ")), None)
    if verb is None or verb.pos_ == "AUX" or child(verb, "obj", "cop", "xcomp", "ccomp") is not None:
        return None
    return verb if is_finite(doc, quote) else None


def _speaker_in(cue: Token, gap: Sequence[Token]) -> Token | None:
    """Who speaks, among the words beside a quotation: the cue's subject, else the noun next to it."""
    own = child(cue, "nsubj")
    if own is not None and overlaps((own.i, own.i + 1), (gap[0].i, gap[-1].i + 1)):
        return own
    nouns = [t for t in gap if t.pos_ in NOMINAL]
    after = next((t for t in nouns if t.i > cue.i), None) if cue.i == gap[0].i else None
    return after or next((t for t in reversed(nouns) if t.i < cue.i), None)


def _leads_on(doc: Doc, quote: Quoted, lead: Sequence[Token], cue: Token) -> bool:
    between = [t for t in lead if t.i > cue.i]
    if any(t.tag_ in FINITE for t in between):
        return False
    return not between or between[0].lower_ in DASHES | {",", "that"} or is_sentence(doc, quote)


def _named_after(cue: Token, lead: Sequence[Token]) -> Token | None:
    """ "Said Jane Doe: ...", where a tree has no subject."""
    first = cue.i == lead[-1].i
    return next((t for t in reversed(lead) if t.i > cue.i and t.pos_ in NOMINAL), None) if first else None
