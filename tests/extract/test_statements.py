"""Who said what: quotation marks, cues, speakers, kinds and stances, on made-up articles."""

import time

import pytest
import spacy
from spacy.tokens import Doc
from statement_trees import read_docs

from readout.extract.statements import SPANS, Statements
from readout.extract.statements.cues import lexicon
from readout.extract.statements.resolve import stance_in_words
from readout.extract.statements.sources import can_speak
from readout.language.quotation import find_quotations
from readout.schema import Entity, Statement, Time


def pieces(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in q.pieces] for q in find_quotations(text)]


class TestQuotationMarks:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('"Stay," he said. "Now."', [['"Stay,"'], ['"Now."']]),
            ("«On part», a dit le préfet.", [["«On part»"]]),
            ("``Typed marks,'' she wrote.", [["``Typed marks,''"]]),
            ("‘It isn’t ours,’ the brothers’ lawyer said.", [["‘It isn’t ours,’"]]),
            ('The 6\'2" guard said "fine".', [['"fine"']]),
            ("The drivers' union and the cooks' guild met.", []),
            ("\"He told me 'go home' twice,\" she said.", [["\"He told me 'go home' twice,\""]]),
        ],
    )
    def test_pairs(self, text: str, expected: list[list[str]]):
        assert pieces(text) == expected

    def test_reopened_in_each_paragraph(self):
        text = "“First part.\n\n“Second part.\n\n“Third part,” he said."
        assert pieces(text) == [["“First part.", "“Second part.", "“Third part,”"]]

    def test_missing_mark_costs_its_paragraph_only(self):
        found = pieces("“The gate was open, she said.\n\nThen “all went dark” again.")
        assert found[-1] == ["“all went dark”"] and len(found) == 2

    def test_missing_mark_before_another_quotation(self):
        assert pieces('"We go. He said "we stay" later.') == [['"We go.'], ['"we stay"']]

    @pytest.mark.parametrize("unit", ['" ', "“a ", "'a ", '"a\n\n', "‘ ’"])
    def test_hostile_text_is_read_in_linear_time(self, unit: str):
        start = time.perf_counter()
        find_quotations(unit * 50_000)
        assert time.perf_counter() - start < 20  # seconds; a quadratic reader needs minutes


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    component = Statements()
    return {name: component(doc) for name, doc in read_docs().items()}


def contents(doc: Doc, statement: Statement) -> list[str]:
    return [doc.text[start:end] for start, end in statement.content_spans]


def said(doc: Doc) -> list[tuple[str | None, str]]:
    """Speaker and content of each statement, as words."""
    return [
        (doc.text[s.speaker_span[0] : s.speaker_span[1]] if s.speaker_span else None, " … ".join(contents(doc, s)))
        for s in doc._.statements
    ]


def test_interrupted_quotation_is_one_statement(docs: dict[str, Doc]):
    (statement,) = docs["interrupted"]._.statements
    assert contents(docs["interrupted"], statement) == ["“The pumps failed twice,”", "“and nobody told us why.”"]
    assert statement.kind == "direct"
    assert said(docs["interrupted"])[0][0] == "Marta Oyelaran, the port’s chief engineer"


def test_quotation_goes_on_in_its_paragraph_and_starts_anew_in_the_next(docs: dict[str, Doc]):
    first, second = docs["turns"]._.statements
    assert contents(docs["turns"], first) == ["“We found no leak,”", "“The valves held. Nobody was hurt.”"]
    assert contents(docs["turns"], second) == ["“The report will be public,”"]
    assert first.medium == "told reporters" and first.addressee is not None
    assert first.stance == "denies" and second.stance in ("asserts", "promises")


def test_reported_speech_with_medium(docs: dict[str, Doc]):
    (statement,) = docs["reported"]._.statements
    assert said(docs["reported"]) == [
        ("The ministry", "that the ferry had left late and that two inspectors were aboard")
    ]
    assert (statement.kind, statement.medium) == ("indirect", "in a statement")


def test_claim_that_something_is_not_so_is_a_denial(docs: dict[str, Doc]):
    (statement,) = docs["denial"]._.statements
    assert statement.stance == "denies"
    assert contents(docs["denial"], statement) == ["no permits were sold"]


@pytest.mark.parametrize(
    ("name", "expected", "stance"),
    [
        ("promise", ("Governor Lindqvist", "to reopen the northern bridge before winter"), "promises"),
        ("according", ("a senior fire official", "The blaze destroyed nine warehouses"), "asserts"),
        ("middle", ("engineers", "The dam … was built on sand"), "asserts"),
        ("claim", ("Opposition leader Vera Stanek", "that ballots were burned"), "asserts"),
        ("relative", ("Tomas Brandl", "the fund was empty"), "asserts"),
        ("asked", ("Rescuers", "to send a second helicopter"), "demands"),
        ("dismissed", ("Minister Paola Greco", "that the dam was cracked"), "denies"),
        ("closing", ("the operator", "The tunnel reopened at noon"), "asserts"),
        ("dateline", ("rescuers", "Three climbers were found alive on Sunday"), "asserts"),
        ("accused", ("Villagers", "the mining company of poisoning the river"), "accuses"),
        ("inserted", ("she", "The dam … has not leaked"), "asserts"),
        ("no_plan", ("Greco", "she had no plan"), None),
        ("answered", ("Greco", "the union of theft"), "accuses"),
        ("narrated", ("Voss", "the crew had left"), "asserts"),
        ("pieces_told", ("Voss", "“The Danes,” … “came to listen.”"), "asserts"),
        ("colon", ("Captain Ilse Moreno", "“Keep the lights off. Wait for my signal.”"), None),
    ],
)
def test_frames(docs: dict[str, Doc], name: str, expected: tuple[str, str], stance: str | None):
    assert said(docs[name]) == [expected]
    if stance is not None:  # where it takes the encoder's states too, test_stance looks at it
        assert docs[name]._.statements[0].stance == stance


def test_having_no_plan_denies_no_act(docs: dict[str, Doc]):
    (statement,) = docs["no_plan"]._.statements
    assert stance_in_words(docs["no_plan"], statement) == "asserts"  # what an event's status rests on


def test_who_is_quoted_speaks_within_what_the_paper_says(docs: dict[str, Doc]):
    assert said(docs["quoted_as"]) == [
        ("The agency", "Dr. Salas as saying that the well was dry"),
        ("Dr. Salas", "that the well was dry"),
    ]
    assert docs["quoted_as"]._.statements[1].reported_by == "s1"


def test_partial_quotation_is_a_piece_of_a_mixed_statement(docs: dict[str, Doc]):
    calls, denies = docs["partial"]._.statements
    assert said(docs["partial"])[0][1] == "the ruling “a gift to smugglers”"
    assert (calls.kind, denies.kind, denies.stance) == ("mixed", "indirect", "denies")
    assert said(docs["partial"])[1] == ("Mayor Adeyemi", "that his office had delayed the inquiry")


def test_what_was_not_said_is_no_statement(docs: dict[str, Doc]):
    assert docs["possible"]._.statements == []


def test_nicknames_and_titles_are_no_statements(docs: dict[str, Doc]):
    assert docs["nickname"]._.statements == []


def test_participle_has_the_speaker_of_its_verb(docs: dict[str, Doc]):
    assert said(docs["adding"]) == [("Brandl", "the fund was empty"), ("Brandl", "that an audit would follow")]


def test_two_voices_in_one_sentence(docs: dict[str, Doc]):
    assert said(docs["while"]) == [
        ("Greco", "the wall was sound"),
        ("the union", "the repairs “a coat of paint”"),
    ]
    assert [s.kind for s in docs["while"]._.statements] == ["indirect", "mixed"]


def test_two_cues_of_one_speaker(docs: dict[str, Doc]):
    assert said(docs["coordinated"]) == [
        ("Voss", "that the cable had been replaced"),
        ("Voss", "that the brakes were new"),
    ]


def test_quotation_then_reported_speech(docs: dict[str, Doc]):
    assert said(docs["quoting"]) == [("Voss", "“The bell rang twice,”"), ("Voss", "that nobody answered")]


def test_second_piece_in_marks_belongs_to_the_sentence(docs: dict[str, Doc]):
    (statement,) = docs["pieces"]._.statements
    assert contents(docs["pieces"], statement) == ["the plan “reckless” after the council “ignored every warning”"]


def test_nobody_in_particular_is_no_speaker(docs: dict[str, Doc]):
    assert docs["passive"]._.statements == []


def test_abstract_subjects_do_not_speak(docs: dict[str, Doc]):
    words = {token.text: token for doc in docs.values() for token in doc}
    assert can_speak(words["engineers"]) and can_speak(words["She"]) and can_speak(words["statement"])
    assert not can_speak(words["blaze"]) and not can_speak(words["losses"])


def test_a_pronoun_goes_back_to_who_spoke_last():
    doc = read_docs()["resumed"]
    at = doc.text.index("Lena")
    doc._.entities = [Entity(id="e1", kind="person", name="Lena Voss", mentions=[(at, at + 9)])]
    assert [s.speaker for s in Statements()(doc)._.statements] == ["e1", "e1"]


def test_words_within_words(docs: dict[str, Doc]):
    outer, inner = docs["tell"]._.statements
    assert inner.reported_by == outer.id and outer.reported_by is None
    assert said(docs["tell"])[1] == ("Brandl", "that the ward would flood")


def test_block_quotation_without_marks(docs: dict[str, Doc]):
    (statement,) = docs["block"]._.statements
    assert statement.kind == "direct"
    assert contents(docs["block"], statement)[0].startswith("I am glad")
    assert "flew home" not in contents(docs["block"], statement)[-1]


def test_spans_are_on_the_doc(docs: dict[str, Doc]):
    group = docs["interrupted"].spans[SPANS]
    assert (group[0].text, group[0].label_) == ("“The pumps failed twice,”", "direct")


def test_anonymous_speaker_becomes_an_entity(docs: dict[str, Doc]):
    (statement,) = docs["according"]._.statements
    (speaker,) = [e for e in docs["according"]._.entities if e.id == statement.speaker]
    assert (speaker.name, speaker.kind) == ("senior fire official", "person")


def test_time_of_speaking_is_the_one_beside_the_cue():
    doc = read_docs()["turns"]
    at = doc.text.index("Tuesday")
    doc._.times = [Time(id="t1", span=(at, at + 7), kind="date", value="2031-05-06")]
    assert [s.time for s in Statements()(doc)._.statements] == ["t1", None]


def test_reading_twice_gives_the_same(docs: dict[str, Doc]):
    doc = docs["turns"]
    before = [s.model_dump() for s in doc._.statements]
    assert [s.model_dump() for s in Statements()(doc)._.statements] == before


def test_wide_keeps_what_is_only_held():
    doc = read_docs()["possible"]
    assert Statements(wide=True)(doc)._.statements


def test_as_a_component_of_any_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("readout_statements")
    doc = nlp("“Nothing here has a tree,” he said.")
    assert doc._.statements == [] and len(doc.spans[SPANS]) == 0


def test_lexicon_is_sound():
    stances = {"asserts", "denies", "confirms", "promises", "demands", "accuses", "other"}
    assert {cue.stance for cue in lexicon().values()} <= stances
    assert {cue.group for cue in lexicon().values()} == {"speech", "verdict", "evidence", "mind"}
    assert "said" in lexicon()["say", "VERB"].forms
