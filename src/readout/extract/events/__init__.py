"""Events: who did what to whom, where and when, as PLOVER types. The component `readout_events`.

The way through the package: `lexicon` (triggers and their conditions, as data), `kinds` (what a noun phrase can be),
`understood` (subjects and objects left unsaid), `slots` (who and what stands around a trigger), `speech` (acts done by
speaking of the future), `reports` (words that report an event), `traits`, `precedents` (what words told in the training
texts), `weighing`, `seen` (what the encoder and a layer on it make of them), `content` (what is only part of another
event), `modality` (whether grammar says that it happened), `anchoring` (its time), `placing` and `whereabouts` (its
place), `sides`, `contexts` (what it is about), `merging` (one event told several times), `own` (the user's own
ontology), `dated` and `faint` (occurrences that are no event yet).
"""

from collections.abc import Container, Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

import readout.layers  # noqa: F401  (registers the attributes)
from readout.extract import tree
from readout.extract.entities import entity_for, mention_span
from readout.extract.events import kinds
from readout.extract.events.anchoring import Calendar
from readout.extract.events.contexts import contexts_of
from readout.extract.events.dated import dated_plans
from readout.extract.events.faint import faint_reports
from readout.extract.events.lexicon import belongs, lemma_of
from readout.extract.events.merging import Telling, merge
from readout.extract.events.modality import modality
from readout.extract.events.placing import PHYSICAL, place_of
from readout.extract.events.reports import Party, Report, reports
from readout.extract.events.speech import statement_around
from readout.extract.events.whereabouts import likely_place
from readout.extract.remember import forget
from readout.knowledge.codebook import codebook
from readout.knowledge.countries import country_of
from readout.schema import Entity, Event, Occurrence, Span, Time, _Span

TAKING_PART = frozenset({"person", "organization", "group", "place", "facility", "equipment"})
LOCATING = frozenset({"in", "at", "near", "inside", "outside", "from", "within", "across"})
SPEAKING = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})


@Language.factory("readout_events")
def make_events(nlp: Language, name: str) -> "EventsComponent":
    """The factory behind `nlp.add_pipe("readout_events")`."""
    return EventsComponent()


class EventsComponent:
    """Writes `doc._.events` and `doc._.occurrences`; `status` and `asserted_by` are left to `readout_status`."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one `Doc`."""
        forget(doc)
        found = reports(doc)
        calendar = Calendar(doc)
        reporting = {r.token.i for r in found} | {r.predicate.i for r in found}
        tellings = [_telling(doc, report, calendar.time_of(report, reporting)) for report in found]
        _share_places(tellings)
        groups = merge(tellings)
        for group in groups:
            _place(doc, group)
        told = {telling.report.token.i for group in groups for telling in group}
        doc._.events = [_event(f"v{i}", group, told) for i, group in enumerate(groups, start=1)]
        doc._.occurrences = list(_occurrences(doc, calendar, reporting, told))
        forget(doc)
        return doc


def _occurrences(doc: Doc, calendar: Calendar, reporting: set[int], told: set[int]) -> Iterator[Occurrence]:
    dated = {token.i: time for token, time in dated_plans(doc)}
    faint = faint_reports(doc, told, dated.keys())
    reporting = reporting | {r.token.i for r, _ in faint} | {r.predicate.i for r, _ in faint}
    for n, (report, chance) in enumerate(faint, start=1):
        # the encoder has learnt the times of events alone
        telling = _telling(doc, report, calendar.by_grammar(report, reporting))
        if report.token.i in dated:
            telling.time, telling.status = dated[report.token.i], "planned"
        yield _occurrence(f"o{n}", telling, chance)


def _telling(doc: Doc, report: Report, time: Time | None) -> Telling:
    telling = Telling(report, status=modality(report.token), time=time)
    if report.anaphoric:
        telling.actors = _parties(doc, [Party(token, token) for token in report.slots.get("poss")])
        return telling
    telling.actors = _parties(doc, report.actors())
    recipients = _parties(doc, (p for p in report.recipients() if not _is_self(doc, p.head, telling.actors)))
    telling.recipients = {id: span for id, span in recipients.items() if not _is_within(span, telling.actors.values())}
    if (place := place_of(doc, report)) is not None:
        token, entity = place
        telling.place, telling.place_span = entity.id, mention_span(doc, token)
        if report.mode == "visit" and country_of(entity.name) is None:
            telling.recipients.pop(entity.id, None)  # a town is where a visit goes; a country also receives it
    return telling


def _is_self(doc: Doc, word: Token, actors: Container[str]) -> bool:
    """Whether a plain pronoun is taken for who acts, which only "himself" can be (Chomsky 1981, principle B)."""
    entity = entity_for(doc, word) if word.pos_ == "PRON" else None
    return entity is not None and entity.id in actors


def _is_within(span: Span, others: Iterable[Span]) -> bool:
    """Whether words are part of others: "Kazakh" in "the Kazakh president" takes no part of its own."""
    return any(other[0] <= span[0] and span[1] <= other[1] and tuple(other) != tuple(span) for other in others)


def _share_places(tellings: list[Telling]) -> None:
    """What is coordinated happens in one place: "used tear gas in the square and detained ten people"."""
    clauses: dict[int, list[Telling]] = {}
    for telling in tellings:
        if telling.report.type in PHYSICAL and not telling.report.is_nominal:
            clauses.setdefault(tree.conjuncts(telling.report.predicate)[0].i, []).append(telling)
    for group in clauses.values():
        placed = [telling for telling in group if telling.place is not None]
        if len({telling.place for telling in placed}) == 1:
            for telling in group:
                if telling.actors.keys() == placed[0].actors.keys():
                    telling.place = placed[0].place


def _place(doc: Doc, group: list[Telling]) -> None:
    """Put an event where it most likely happened, if none of its tellings says where."""
    if any(telling.place for telling in group):
        return
    found = likely_place(doc, _lead(group).report)
    if found is not None:
        _lead(group).place, _lead(group).place_span = found[1].id, mention_span(doc, found[0])


def _lead(group: list[Telling]) -> Telling:
    """The telling that leads: the first that is a verb."""
    return next((t for t in group if not t.report.is_nominal), group[0])


def _parties(doc: Doc, parties: Iterable[Party]) -> dict[str, Span]:
    """The entities that take part, each with the words that fill the slot."""
    found: dict[str, Span] = {}
    for head, filler in parties:
        if head.pos_ == "PRON" and head.lower_ in SPEAKING and (speaker := _speaker(doc, head)) is not None:
            found.setdefault(speaker, _characters(head))
            continue
        for word in dict.fromkeys((head, filler)):  # where nobody knows who "his" is, his warehouse stands for itself
            entity = entity_for(doc, word, kinds.likely_kind(word))
            if entity is not None and entity.kind in TAKING_PART:
                found.setdefault(entity.id, _words(doc, entity, word, filler))
                break
    return {id: span for id, span in found.items() if not _is_within(span, found.values())}


def _words(doc: Doc, entity: Entity, head: Token, filler: Token) -> Span:
    """The phrase that fills the slot; for a pronoun a name or description in the same sentence, where there is one."""
    if filler.pos_ != "PRON":
        phrase = _with_place(filler, mention_span(doc, filler))
        return phrase if phrase[0] <= head.idx < phrase[1] else _with_place(head, mention_span(doc, head))
    first, last = tree.sentence_span(filler)
    named = (m for m in entity.mentions if first <= m[0] and m[1] <= last and not _is_pronoun(doc, m))
    return next(named, _characters(filler))


def _with_place(noun: Token, phrase: Span) -> Span:
    """A description with the phrases of place that follow it: "an army base in the north", "workers at the mine"."""
    end = phrase[1]
    for nominal in tree.children(noun, "nmod") if noun.pos_ == "NOUN" else ():
        first = nominal.left_edge
        if tree.preposition(nominal) in LOCATING and first.i > 0 and first.nbor(-1).idx + len(first.nbor(-1)) == end:
            end = mention_span(noun.doc, nominal)[1]
    return _Span(phrase[0], end)


def _is_pronoun(doc: Doc, mention: Span) -> bool:
    words = tree.words_at(doc, mention)
    return len(words) == 1 and words[0].pos_ == "PRON"


def _speaker(doc: Doc, token: Token) -> str | None:
    """Whom "we" and "I" mean inside somebody's words."""
    said = statement_around(doc._.statements, _characters(token))
    return said.speaker if said is not None else None


def _characters(token: Token) -> Span:
    return _Span(token.idx, token.idx + len(token))


def _occurrence(id: str, telling: Telling, chance: float) -> Occurrence:
    time = telling.time
    return Occurrence(
        id=id,
        type=telling.report.type,
        chance=chance,
        trigger=telling.span,
        actors=list(telling.actors),
        recipients=[i for i in telling.recipients if i not in telling.actors],
        place=telling.place,
        time=time.id if time else None,
        start=time.start if time else None,
        end=time.end if time else None,
        precision=time.precision if time else None,
        status=telling.status or "occurred",
        evidence=[tree.sentence_span(telling.report.token)],
    )


def _event(id: str, group: list[Telling], told: set[int]) -> Event:
    """One event of all its tellings; the first that is a verb leads, the others fill what it leaves open."""
    lead = _lead(group)
    ordered = [lead, *(t for t in group if t is not lead)]
    type_name = lead.report.type
    mode = next((t.report.mode for t in ordered if t.report.mode), None)
    placed = next((t for t in ordered if t.place), None)
    time = next((t.time for t in ordered if t.time is not None), None)
    contexts = list(dict.fromkeys(name for t in ordered for name in contexts_of(t.report)))
    actors = list(dict.fromkeys(i for t in ordered for i in t.actors))
    return Event(
        id=id,
        type=type_name,
        mode=mode,
        contexts=contexts,
        cameo=codebook().to_cameo(type_name, mode, contexts, appealed=belongs(lemma_of(lead.report.token), "APPEAL")),
        trigger=lead.span,
        mentions=sorted({span for t in group for span in t.spans(told)}),
        actors=actors,
        recipients=list(dict.fromkeys(i for t in ordered for i in t.recipients if i not in actors)),
        actor_spans=list(lead.actors.values()),
        recipient_spans=list(lead.recipients.values()),
        place=placed.place if placed else None,
        place_span=placed.place_span if placed is lead else None,
        time=time.id if time else None,
        start=time.start if time else None,
        end=time.end if time else None,
        precision=time.precision if time else None,
        status=lead.status or "occurred",
        evidence=list(dict.fromkeys(tree.sentence_span(t.report.token) for t in group)),
    )
