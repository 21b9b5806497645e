"""Events on made-up reports: what is an event, who takes part, where and when, and which mentions tell the same."""

import time

import pytest
import spacy
from event_trees import add_time, event, mentions, names, reports
from spacy.tokens import Doc

from readout.extract.events import EventsComponent
from readout.extract.events.lexicon import noun_classes, triggers
from readout.knowledge.codebook import codebook


@pytest.fixture
def docs() -> dict[str, Doc]:
    found = reports()
    add_time(found["visit"], "Monday", "2031-05-05", "2031-05-05")
    add_time(found["visit"], "May", "2031-05-01", "2031-05-31")
    add_time(found["raid"], "Friday", "2031-06-06", "2031-06-06")
    component = EventsComponent()
    return {name: component(doc) for name, doc in found.items()}


class TestLexicon:
    def test_types_and_modes_are_those_of_the_codebook(self):
        types = codebook().types
        for senses in triggers().values():
            for sense in senses:
                if sense.is_event:
                    assert sense.type in types, sense
                    assert sense.mode is None or sense.mode in types[sense.type].modes, sense

    def test_classes_that_conditions_name_exist(self):
        builtin = {"ACTOR", "PERSON", "ORG", "PLACE", "NAME", "PLURAL", "ANY"}
        known = builtin.union(*noun_classes().values())
        named = {v for senses in triggers().values() for t in senses for c in t.when for v in c.values if v.isupper()}
        assert named <= known

    def test_covers_every_type_with_verbs_and_nouns(self):
        verbs = {s.type for (_, pos), senses in triggers().items() if pos == "v" for s in senses}
        nouns = {s.type for (_, pos), senses in triggers().items() if pos == "n" for s in senses}
        assert codebook().types.keys() <= verbs
        assert codebook().types.keys() - nouns <= {"AGREE"}
        assert sum(map(len, triggers().values())) > 800


class TestWhatIsAnEvent:
    @pytest.mark.parametrize(
        ("doc", "trigger", "type_name", "mode"),
        [
            ("visit", "arrived", "CONSULT", "visit"),
            ("visit", "met", "CONSULT", None),
            ("visit", "signed", "AGREE", None),
            ("raid", "attacked", "ASSAULT", None),
            ("raid", "condemned", "ACCUSE", "disapprove"),
            ("talks", "Talks", "CONSULT", None),
            ("talks", "sanctions", "SANCTION", "discontinue"),
            ("plans", "cancelled", "REJECT", None),
            ("plans", "arrested", "COERCE", "arrest"),
        ],
    )
    def test_type_and_mode(self, docs: dict[str, Doc], doc: str, trigger: str, type_name: str, mode: str | None):
        found = event(docs[doc], trigger)
        assert (found.type, found.mode) == (type_name, mode)

    def test_one_verb_in_different_company(self, docs: dict[str, Doc]):
        fired = [e for e in docs["raid"]._.events if "fired" in mentions(docs["raid"], e)]
        assert [(e.type, e.mode) for e in fired] == [("SANCTION", "expel"), ("ASSAULT", "heavy-weapons")]

    def test_deadlines_storms_shares_and_films_are_none(self, docs: dict[str, Doc]):
        assert docs["quiet"]._.events == []

    def test_obligation_refusal_and_threat_in_reported_speech(self, docs: dict[str, Doc]):
        doc = docs["talks"]
        assert event(doc, "disarm").type == "REQUEST"
        assert event(doc, "accept").type == "REJECT"
        assert event(doc, "attack").type == "THREATEN"

    def test_what_is_refused_is_not_an_event_of_its_own(self, docs: dict[str, Doc]):
        doc = docs["talks"]
        assert event(doc, "refused").type == "REJECT"
        assert "meet" not in [m for e in doc._.events for m in mentions(doc, e)]


class TestWhoWhereWhen:
    def test_subject_is_shared_by_coordinated_verbs(self, docs: dict[str, Doc]):
        doc = docs["visit"]
        assert names(doc, event(doc, "met").actors) == ["Anna Berg", "Jonas Lund"]
        assert names(doc, event(doc, "arrived").actors) == ["Anna Berg"]

    def test_raised_subject(self, docs: dict[str, Doc]):
        assert names(docs["visit"], event(docs["visit"], "visit").actors) == ["Anna Berg"]

    def test_agent_of_a_passive(self, docs: dict[str, Doc]):
        assert names(docs["raid"], event(docs["raid"], "condemned").actors) == ["Nordic Council"]

    def test_both_sides_of_talks(self, docs: dict[str, Doc]):
        doc = docs["talks"]
        assert names(doc, event(doc, "Talks").actors) == ["Norland", "Sudmark"]
        assert event(doc, "Talks").recipients == []

    def test_who_is_under_sanctions_is_the_recipient(self, docs: dict[str, Doc]):
        doc = docs["talks"]
        assert names(doc, event(doc, "sanctions").recipients) == ["Both banks"]

    def test_words_of_the_slots(self, docs: dict[str, Doc]):
        doc = docs["visit"]
        found = event(doc, "met")
        assert [doc.text[a:b] for a, b in found.actor_spans] == [
            "Foreign Minister Anna Berg",
            "Prime Minister Jonas Lund",
        ]

    @pytest.mark.parametrize(
        ("doc", "trigger", "place"),
        [
            ("visit", "arrived", "Oslo"),
            ("visit", "visit", "Riga"),
            ("raid", "attacked", "Tarvik"),
            ("talks", "Talks", "Geneva"),
        ],
    )
    def test_place(self, docs: dict[str, Doc], doc: str, trigger: str, place: str):
        found = event(docs[doc], trigger)
        assert found.place is not None and names(docs[doc], [found.place]) == [place]

    def test_time_of_the_own_clause(self, docs: dict[str, Doc]):
        doc = docs["visit"]
        assert (event(doc, "arrived").start, event(doc, "visit").end) == ("2031-05-05", "2031-05-31")
        assert event(doc, "signed").start is None


class TestOneEventToldTwice:
    def test_definite_noun_takes_up_the_event(self, docs: dict[str, Doc]):
        assert mentions(docs["visit"], event(docs["visit"], "met")) == ["met", "meeting"]
        assert "attack" in mentions(docs["raid"], event(docs["raid"], "attacked"))

    def test_purpose_of_a_journey_is_part_of_it(self, docs: dict[str, Doc]):
        doc = docs["plans"]
        assert mentions(doc, event(doc, "travel")) == ["travel", "meet"]

    def test_evidence_is_the_sentences(self, docs: dict[str, Doc]):
        doc = docs["visit"]
        evidence = [doc.text[a:b] for a, b in event(doc, "met").evidence]
        assert len(evidence) == 2 and evidence[1] == "The meeting lasted two hours."


def test_text_without_events_or_tree():
    assert EventsComponent()(spacy.blank("en")(""))._.events == []


def test_long_coordination_is_bounded():
    words = ["Rebels", "attacked"] + ["troops", ","] * 3000
    heads = [1, 1] + [1] + [2] * 5999
    deps = ["nsubj", "root", "obj"] + ["punct", "conj"] * 2999 + ["punct"]
    pos = ["NOUN", "VERB"] + ["NOUN", "PUNCT"] * 3000
    doc = Doc(spacy.blank("en").vocab, words=words, lemmas=[w.lower() for w in words], pos=pos, heads=heads, deps=deps)
    doc[1].lemma_ = "attack"
    start = time.perf_counter()
    EventsComponent()(doc)
    assert time.perf_counter() - start < 10  # seconds


class TestDaysCountedFromAnotherEvent:
    def test_the_clause_behind_a_day_after_is_a_day_earlier(self):
        words = "Berg met Lund , a day after they signed a pact .".split()
        heads, deps = [1, 1, 1, 5, 5, 8, 8, 8, 1, 10, 8, 1], (
            "nsubj root obj punct det obl:unmarked mark nsubj advcl det obj punct".split()
        )  # fmt: skip
        pos = "PROPN VERB PROPN PUNCT DET NOUN SCONJ PRON VERB DET NOUN PUNCT".split()
        lemmas = "Berg meet Lund , a day after they sign a pact .".split()
        doc = Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps, pos=pos, lemmas=lemmas)
        add_time(doc, "a day", "2031-05-05", "2031-05-05")
        doc._.times[0].value = "P1D"
        (signed,) = (e for e in EventsComponent()(doc)._.events if doc.text[slice(*e.trigger)] == "signed")
        assert (signed.start, signed.end) == ("2031-05-04", "2031-05-04")
