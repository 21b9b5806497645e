"""What is said within what is said, and whose words a clause is, as the shipped model's trees have it."""

import pytest
from saying import said
from spacy.language import Language

from readout.language import load


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def test_a_cue_inserted_into_what_another_reports(nlp: Language):
    found = said(nlp, "Lisbon, May 2. The guard had told visitors, the curator said, that the lift was broken.")
    assert ("had told", "that the lift was broken", "said") in found


def test_who_is_warned_is_no_part_of_the_warning(nlp: Language):
    found = said(nlp, "The inquiry opened. Its clerk said an auditor had warned the board in a letter about the gas.")
    assert ("had warned", "about the gas", "said") in found


def test_two_objects_of_telling(nlp: Language):
    found = said(nlp, "The plant closed in May. The foreman said a clerk had told the owner the price.")
    assert ("had told", "the price", "said") in found


def test_what_is_to_be_asked_was_not_said(nlp: Language):
    found = said(nlp, "The abbot spoke on Friday. He proposed that the villagers be asked to leave the chapel.")
    assert [cue for cue, _, _ in found if cue is not None and "asked" in cue] == []


def test_a_sentence_with_its_own_cue_does_not_go_on_from_the_one_before(nlp: Language):
    found = said(nlp, "The mayor told a hearing that the bridge was safe. It would close at noon, an engineer replied.")
    assert ("replied", "It would close at noon", None) in found


def test_the_speakers_next_cue_ends_his_words(nlp: Language):
    found = said(nlp, "The consul spoke at noon. She said she would stay in town and asked drivers to wait for her.")
    assert ("said", "she would stay in town", None) in found
    assert any(cue == "asked" and outer is None for cue, _, outer in found)


def test_a_participle_shares_the_speaker_of_its_sentence(nlp: Language):
    text = "“The river has fallen for a week,” Jana Koval said on Monday, adding that the ferry would sail again."
    statements = nlp(text)._.statements
    adding = next(s for s in statements if s.cue_span and text[slice(*s.cue_span)] == "adding")
    assert adding.speaker == statements[0].speaker is not None


def test_a_participle_joined_to_a_passive_has_its_hearer(nlp: Language):
    found = said(nlp, "The embassy said that its courier had been stopped and told that the bag was too heavy.")
    assert ("told", "that the bag was too heavy", "said") in found


def test_who_tells_somebody_speaks(nlp: Language):
    text = 'The charity said its driver had been told by a porter: "There is no room here."'
    told = next(s for s in nlp(text)._.statements if s.cue_span and text[slice(*s.cue_span)] == "had been told")
    assert told.speaker is not None and told.reported_by is not None


def test_when_it_was_said_is_no_part_of_what_was_said(nlp: Language):
    text = "The tunnel stays shut, the railway said on Friday, hours after Turin had confirmed that it was safe."
    assert ("said", "The tunnel stays shut", None) in said(nlp, text)


def test_a_clause_in_front_is_what_the_last_cue_reports(nlp: Language):
    found = said(nlp, "The airport would not reopen before noon, a controller said he had been told.")
    assert ("had been told", "The airport would not reopen before noon", "said") in found


def test_marks_within_marks(nlp: Language):
    found = said(nlp, "“The porter said, ‘Come back on Monday,’ and on Monday he was gone,” the widow said.")
    assert ("said", "‘Come back on Monday,’", "said") in found


def test_who_keeps_telling_tells(nlp: Language):
    found = said(nlp, "Passengers said the steward had kept telling them that the ferry would dock by noon.")
    assert ("had kept telling", "that the ferry would dock by noon", "said") in found or (
        "telling",
        "that the ferry would dock by noon",
        "said",
    ) in found


def test_what_one_denies_to_have_told_was_not_told(nlp: Language):
    found = said(nlp, "The captain denied that he had told the crew to lie.")
    assert [cue for cue, _, _ in found] == ["denied"]


def test_me_is_who_speaks(nlp: Language):
    text = "“The guard told me that the gate was locked,” Jana Koval said on Monday."
    outer, inner = nlp(text)._.statements
    assert inner.reported_by == outer.id and inner.addressee == outer.speaker is not None


def test_what_many_call_a_thing_is_a_name(nlp: Language):
    found = said(nlp, "The old press still runs. The staff call it “the Kettle”, and nobody minds.")
    assert found == []


def test_what_is_quoted_in_front(nlp: Language):
    text = "The envoys left at noon. Two lorries had crossed the river, the Courier quoted a guard in Minsk as saying."
    assert ("saying", "Two lorries had crossed the river", "quoted") in said(nlp, text)


def test_an_offer_that_somebody_else_tells(nlp: Language):
    found = said(nlp, "The club is looking for a field. Its secretary said the school had offered the meadow.")
    assert ("had offered", "the meadow", "said") in found


def test_anonymity_is_no_statement(nlp: Language):
    text = "The tunnel was shut, a guard said, speaking on condition of anonymity. A clerk asked not to be named."
    assert [cue for cue, _, _ in said(nlp, text)] == ["said"]


def test_a_gerund_is_what_was_denied(nlp: Language):
    found = said(nlp, "The envoy flew home. He said the navy had denied sending the boats.")
    assert ("had denied", "sending the boats", "said") in found


def test_what_somebody_was_promised(nlp: Language):
    found = said(nlp, "The club says its president was promised a stadium by the prince.")
    assert ("was promised", "a stadium", "says") in found


def test_a_relative_clause_judges_what_it_names(nlp: Language):
    text = "An official in Hanoi said the firm's letter, which called the inspection “a raid”, had been returned."
    assert ("called", "the inspection “a raid”", "said") in said(nlp, text)


def test_what_nobody_named_tells_is_by_the_word_of_who_reports_it(nlp: Language):
    doc = nlp(
        "The valley is quiet. According to the Courier, the army has been put on alert and told to attack the fort."
    )
    outer, inner = doc._.statements
    assert inner.speaker is None and inner.reported_by == outer.id
    assert {event.asserted_by for event in doc._.events} == {outer.id}


def test_a_question_asked_of_the_speaker(nlp: Language):
    found = said(nlp, "A crewman winched a woman from a tower. She asked me what day it was, he said.")
    assert ("asked", "what day it was", "said") in found
