"""Which attributions are statements: words that were uttered, by somebody in particular."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from readout.extract.statements.attribution import Attribution
from readout.extract.statements.circumstances import is_heard
from readout.extract.statements.cues import cue_of, is_uttered, made_known, words
from readout.extract.statements.hearsay import presenting
from readout.extract.statements.quoted import FINITE, STOPS, Quoted
from readout.extract.statements.sources import can_speak, is_assertive, is_naming, is_stranger
from readout.extract.tree import child, children, has_dep, is_passive

MENTIONED = 4
"""Words in marks that may be a mere mention."""


def worth_keeping(found: Iterable[Attribution], quotes: Iterable[Quoted]) -> list[Attribution]:
    """The attributions whose words somebody uttered.

    Args:
        found: what tree, marks and encoder attribute.
        quotes: the quotations, each with its owner.
    """
    owned: dict[int, list[Quoted]] = defaultdict(list)
    for quote in quotes:
        owned[id(quote.owner)].append(quote)
    return [attribution for attribution in found if _is_kept(attribution, owned[id(attribution)])]


def _is_kept(found: Attribution, quotes: Sequence[Quoted]) -> bool:
    """Whether words were uttered, by somebody in particular; praise and blame count where they are quoted.

    Args:
        found: the attribution.
        quotes: the quotations that belong to it.
    """
    if found.quoted and found.cue is None:
        return True
    if not quotes and found.entry is None and found.cue is not None and not _reports_speech(found.cue):
        return False  # the encoder takes beliefs and plans for attributions too; a cue that no lexicon knows may be one
    if found.entry is None and found.cue is not None and found.cue.doc[found.start].tag_ == "WP":
        return False  # "tabled what she called "the mother of all receipts"": a thing, and what it is called
    if _hides_name(found) or _is_taken(found) or (not quotes and _is_acted_on(found)):
        return False
    group = found.entry.group if found.entry is not None else "speech"
    if found.cue is not None and found.entry is not None:
        told = is_heard(found.cue) or _is_ruling(found) or any(made_known(t) for t in children(found.cue, "xcomp"))
        group = "speech" if told or (found.inner and is_uttered(found.entry)) else group
    if group in ("mind", "evidence") or (group == "verdict" and not quotes):
        return False
    if any(quote.start == found.start for quote in quotes) and not is_naming(found):
        if found.cue is not None and _is_asked_for(found.cue):
            return False
        heard = found.cue is not None and is_heard(found.cue) and is_assertive(found.cue)  # "had been told "no""
        return (found.source is not None or heard) and not _is_mere_mention(found)
    if is_naming(found):
        return False
    assertive = found.cue is None or found.entry is None or is_assertive(found.cue)
    if found.source is None:
        return assertive and found.cue is not None and is_heard(found.cue)
    known = words("claims") | words("uttering")  # whatever the word for their subject, it is a speaker's
    says = found.entry is not None and found.entry.lemma in known
    says = says or _is_parenthesis(found.cue) or (found.entry is None and _quotes(found.cue))
    return assertive and not is_stranger(found.source) and (says or can_speak(found.source))


def _is_acted_on(found: Attribution) -> bool:
    """ "Recalled their envoys" tells an act: a thing or person is the object of a verb that only clauses complete."""
    if found.cue is None or found.entry is None or found.entry.frames != {"clause"}:
        return False
    thing = child(found.cue, "obj")
    if thing is None or thing.left_edge.i != found.start or children(found.cue, "ccomp", "xcomp"):
        return False
    return not any(t.tag_ == "VBG" and cue_of(t) for t in children(thing, "acl"))  # "recalled the girl telling him"


def _is_ruling(found: Attribution) -> bool:
    """Whether a body or somebody tells what was found out: "the inquiry found that ..."."""
    cue, ruled = found.cue, found.entry is not None and found.entry.lemma in words("ruling")
    return ruled and cue is not None and not is_passive(cue) and any(_opens(t) for t in children(cue, "ccomp"))


def _opens(clause: Token) -> bool:
    return any(t.lower_ == "that" for t in children(clause, "mark"))


def _reports_speech(cue: Token) -> bool:
    """Whether a word that is no cue of the lexicon's frames tells of words all the same: "according to", "quoted"."""
    return cue.lower_ == "according" or _quotes(cue) or any(presenting(t) == cue for t in children(cue))


def _quotes(cue: Token | None) -> bool:
    """Whether a cue brings in another's words: "quotes her as saying"; what does is a text or somebody."""
    return cue is not None and cue.lemma_.lower() in words("quoting")


def _is_parenthesis(cue: Token | None) -> bool:
    """Whether a cue is an "according to" that stands apart, and not that of "all went according to plan"."""
    if cue is None or cue.lower_ != "according":
        return False
    return cue.is_sent_start or cue.nbor(-1).is_punct or cue.nbor(-1).is_space


def _hides_name(found: Attribution) -> bool:
    """Whether what is asked for is not to be named: "asked not to be identified"."""
    asks = found.entry is not None and found.entry.stance == "demands" and found.cue is not None
    last = found.cue.doc[found.end - 1] if asks and found.cue is not None else None
    return last is not None and last.lemma_.lower() in words("naming") and is_passive(last)


def _is_taken(found: Attribution) -> bool:
    """Whether a thing is accepted or held, and nothing said: "accepted the invitation"."""
    cue, entry = found.cue, found.entry
    return cue is not None and entry is not None and entry.lemma in words("taking") and child(cue, "ccomp") is None


def _is_asked_for(cue: Token) -> bool:
    """Whether words are to be uttered, as another cue says: "asked her to write "paid" on it"."""
    upper = cue_of(cue.head) if cue.tag_ == "VB" and has_dep(cue, "xcomp", "ccomp") else None
    return upper is not None and upper.stance == "demands" and "to" in upper.frames


def _is_mere_mention(found: Attribution) -> bool:
    """Whether a few words in marks stand by a word that announces no speech, or are what a thing bears: a name, title,
    scare quotes, the plate that reads "Dock 4."."""
    shown = found.cue is not None and found.cue.lemma_.lower() in words("bearing")
    if found.cue is None or (found.entry is not None and not shown):
        return False
    said = [t for t in found.cue.doc[found.start : found.end] if not t.is_quote]
    said = said[:-1] if shown and said and said[-1].text in STOPS else said
    finite = any(t.tag_ in FINITE or t.text in STOPS for t in said)
    return 0 < sum(t.is_alpha for t in said) <= MENTIONED and not finite
