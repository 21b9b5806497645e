"""Whether an event has happened, and who says so: the component `readout_status`."""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

import readout.layers  # noqa: F401  (registers the attributes)
from readout.extract.due import is_future
from readout.extract.events.dated import is_would
from readout.extract.events.modality import is_futurate, modality
from readout.extract.events.seen import likeliest_status
from readout.extract.events.speech import is_done_by_speaking, statement_around
from readout.extract.statements.resolve import stance_in_words
from readout.extract.tree import children, has_dep, is_negated, is_passive, words_at
from readout.schema import Event, EventStatus, Occurrence, Statement

UTTERED = frozenset({"AGREE", "REQUEST", "ACCUSE", "THREATEN"})
"""What is done by speaking; a day to come beside the past tense is that of what was spoken of."""
POSTPONING = frozenset({"until", "till", "to"})
"""In front of the day that something is put off to."""
AWAITED = frozenset({"due", "expected", "awaited"})
"""What is said of somebody who is to come: "was expected in Kyiv on Tuesday"."""
AHEAD, FIXED = 10.0, 100.0
"""How much likelier a plan is if its day is to come; and if the present tense tells so, as of what a calendar has fixed
(Copley 2009)."""
FACT = 0.02
"""How much likelier a plan is if grammar tells it as a fact, of no day to come or in a text without one: "Biden meets
Xi in Bali", below a picture."""
HAVING = frozenset({"has", "have", "'ve", "’ve"})


@Language.factory("readout_status")
def make_status(nlp: Language, name: str) -> "StatusComponent":
    """The factory behind `nlp.add_pipe("readout_status")`."""
    return StatusComponent()


class StatusComponent:
    """Sets `status` and `asserted_by` of every event on a `Doc`."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one `Doc`."""
        for event in (*doc._.events, *doc._.occurrences):
            said = statement_around(doc._.statements, event.trigger)
            event.asserted_by = _by_whose_word(doc._.statements, said)
            event.status = _status(doc, event, said)
        return doc


def _by_whose_word(statements: Sequence[Statement], said: Statement | None) -> str | None:
    """The id of the innermost statement with a speaker: what "had been told" tells is by the word of who reports it."""
    by_id = {statement.id: statement for statement in statements}
    named = said
    for _ in statements:
        if named is None or named.speaker is not None:
            break
        named = by_id.get(named.reported_by or "")
    found = named or said
    return found.id if found is not None else None


def _status(doc: Doc, event: Event | Occurrence, said: Statement | None) -> EventStatus:
    token = words_at(doc, event.trigger)[0]
    mentions = event.mentions if isinstance(event, Event) else ()
    others = (words_at(doc, mention)[0] for mention in mentions if mention != event.trigger)
    status: EventStatus = next((s for t in (token, *others) if (s := modality(t)) is not None), "occurred")
    if isinstance(event, Occurrence) and "planned" in (status, event.status) and is_future(event.end, doc._.published):
        return "planned"
    if status == "hypothetical" and is_future(event.end, doc._.published):
        status = "planned" if is_would(token) or _is_to_be_done(token) else status
    if _is_put_off(doc, event):
        return "planned"
    ahead = _ahead(token, event, doc._.published, status)
    if doc._.happening is None or (ahead > 1 and isinstance(event, Occurrence)):  # the encoder knows events alone
        status = "planned" if ahead > 1 and status in ("occurred", "ongoing") else status
    else:
        status = likeliest_status(doc._.happening, token.i, status, ahead)
    if is_done_by_speaking(token, event.type):
        return "occurred"
    if said is not None and status in ("occurred", "ongoing"):
        stance = stance_in_words(doc, said) if said.cue_span is not None else said.stance
        if stance == "denies":
            return "denied"
        if stance == "accuses" and said.speaker not in event.actors:
            return "alleged"
    return status


def _is_put_off(doc: Doc, event: Event | Occurrence) -> bool:
    """Whether something is put off to a day to come, on which it is still due: "adjourned until 5 May"."""
    if event.type != "REJECT" or not is_future(event.start, doc._.published):
        return False
    span = next((time.span for time in doc._.times if time.id == event.time), None)
    first = words_at(doc, span)[0].i if span is not None else 0
    return bool(first) and doc[first - 1].lower_ in POSTPONING


def _ahead(trigger: Token, event: Event | Occurrence, published: str | None, grammatical: EventStatus) -> float:
    """How much likelier a plan is by the day: one after publication, or one not yet over of which the present tense
    tells ("the envoy leaves today", "talks resume this week"); but "offered to leave in May" is an offer made, and
    what is told as a fact without a day, of a day that is over, or by a text without one is seldom a plan."""
    last = event.end or event.start
    if grammatical in ("occurred", "ongoing") and (published is None or last is None or is_future(published, last)):
        return FACT
    if is_future(event.start, published):
        told = trigger.tag_ == "VBD" or any(t.lower_ in HAVING for t in children(trigger, "aux"))
        return 1.0 if event.type in UTTERED and told else FIXED if _is_present(trigger) else AHEAD
    if published is None or event.start is None or event.end is None or is_future(published, event.end):
        return 1.0
    awaited = trigger.lower_ in AWAITED and not is_negated(trigger)
    return FIXED if awaited or is_futurate(trigger) else 1.0


def _is_present(trigger: Token) -> bool:
    """Whether the present tells of it: "the ban is lifted on Monday", headlines too ("Suva lifts levy Friday")."""
    verb = trigger if trigger.pos_ != "NOUN" or not has_dep(trigger, "nsubj", "obj") else trigger.head
    helpers = children(verb, "aux", "aux:pass")
    tags = {t.tag_ for t in helpers} if helpers else {verb.tag_}
    return tags <= {"VBZ", "VBP"} and not any(t.lower_ in HAVING for t in helpers)


def _is_to_be_done(trigger: Token) -> bool:
    """ "Ships to be boycotted from 1 July": with a day to come, a passive infinitive behind a noun tells of a plan."""
    marks = {t.lower_ for t in children(trigger, "mark")}
    return has_dep(trigger, "acl") and "to" in marks and is_passive(trigger)
