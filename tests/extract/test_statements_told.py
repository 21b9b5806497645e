"""By which words somebody is said to have said something: verbs, nouns, hearings, letting know; and by which not."""

import pytest
from spacy.language import Language

from readout.language import load


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def told(nlp: Language, text: str) -> list[tuple[str, str, str | None]]:
    """The cue, the words and the cue of the statement around of each statement with a cue."""
    statements = [s for s in nlp(text)._.statements if s.cue_span is not None]
    cues = {s.id: text[slice(*s.cue_span)] for s in statements if s.cue_span is not None}
    return [
        (cues[s.id], " / ".join(text[a:b] for a, b in s.content_spans), cues.get(s.reported_by or ""))
        for s in statements
    ]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("The trust said the tenant had pledged a new roof.", ("had pledged", "a new roof", "said")),
        ("A cellist said the manager had told her nothing.", ("had told", "nothing", "said")),
        (
            "The tribunal heard that the warder had threatened to lock the chapel.",
            ("had threatened", "to lock the chapel", "heard"),
        ),
        ("Deckhands said the bosun shouted at them to cut the rope.", ("shouted", "to cut the rope", "said")),
        (
            "The nuns said the prefect had given his word that the well would stay open.",
            ("word", "that the well would stay open", "said"),
        ),
        (
            "The union rejected a claim by the mill's owner that wages had doubled.",
            ("claim", "that wages had doubled", "rejected"),
        ),
        (
            "The consul said that the rebels let it be known that they would free the pilot.",
            ("be known", "that they would free the pilot", "said"),
        ),
        (
            "According to her diary, the surgeon told her to burn the chart.",
            ("told", "to burn the chart", "According to"),
        ),
        (
            "Teachers said the girl's uncle used to say that the lake had no floor.",
            ("say", "that the lake had no floor", "said"),
        ),
        ("Two clerks recalled being told to burn the file.", ("being told", "to burn the file", "recalled")),
        ("“My aunt said drink it, so I drank it,” the jockey told the panel.", ("said", "drink it", "told")),
        (
            "The daily has the envoy telling friends that he would resign.",
            ("telling", "that he would resign", "has"),
        ),
        (
            "The skipper said the tower had radioed him to turn back.",
            ("had radioed", "to turn back", "said"),
        ),
        ('The usher said that the boy answered "no" twice.', ("answered", '"no"', "said")),
        ("Miners say they had been promised a bonus.", ("had been promised", "a bonus", "say")),
        (
            "She testified that the broker rang her at home and asked her to change the date.",
            ("asked", "to change the date", "testified"),
        ),
        (
            "The lifeguards said they had ignored a warning by the club that the tide was turning.",
            ("warning", "that the tide was turning", "said"),
        ),
        (
            "The choir said it had a promise from the abbey that the hall would be heated.",
            ("promise", "that the hall would be heated", "said"),
        ),
        (
            "“They would say, ‘The well is for members,’ and walk off,” the shepherd said.",
            ("would say", "‘The well is for members,’", "said"),
        ),
        (
            "“He said, when the river falls. We are still waiting,” the ferryman recalled.",
            ("said", "when the river falls", "recalled"),
        ),
    ],
)
def test_what_is_told_within_what_is_told(nlp: Language, text: str, inner: tuple[str, str, str]):
    assert inner in told(nlp, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The prefecture put the number of wounded at 31.", "the number of wounded at 31"),
        ("The broker did not dispute that the ship was late.", "that the ship was late"),
        ("A deputy wanted to know who had paid for the flags.", "who had paid for the flags"),
        ("The palace would say only that the king was resting.", "only that the king was resting"),
        ("The watchdog found that the lift had never been tested.", "that the lift had never been tested"),
        ("The harbour master ordered all barges to stay in.", "to stay in"),
        ("The guild asked the court who had signed the lease.", "who had signed the lease"),
    ],
)
def test_what_is_said_by_these_words(nlp: Language, text: str, words: str):
    assert words in [said for _, said, _ in told(nlp, text)]


@pytest.mark.parametrize(
    "text",
    [
        "The barge's name plate reads “Second Chance.”",
        "The envoy accepted the invitation to Tunis.",
        "The duke held the bridge for a day.",
        "The choir asked for it.",
    ],
)
def test_what_tells_of_no_words(nlp: Language, text: str):
    assert [cue for cue, said, _ in told(nlp, text) if said not in ("it", "for it")] == []


@pytest.mark.parametrize(
    "text",
    [
        "The union said it had no promise from the ministry that wages would be paid.",
        "The union said it did not get a promise from the ministry that wages would be paid.",
        "The union said it could receive a promise from the ministry that wages would be paid.",
    ],
)
def test_a_promise_that_nobody_gave(nlp: Language, text: str):
    assert [cue for cue, _, _ in told(nlp, text)] == ["said"]


@pytest.mark.parametrize("means", ["by e-mail", "on Friday"])
def test_who_issues_a_warning_speaks(nlp: Language, means: str):
    doc = nlp(f"The institute issued a warning {means} that the dam would break.")
    assert [doc._.entities[0].id] == [s.speaker for s in doc._.statements]


def test_what_goes_on_behind_an_inserted_cue(nlp: Language):
    assert ("said", "Towers fall / and are built again", None) in told(
        nlp, "Towers fall, the mason said, and are built again."
    )


def test_each_cue_keeps_the_words_of_its_own_sentence(nlp: Language):
    found = told(nlp, "The kiosk will close on Friday, its owner said. He had known of one thief, he wrote in a note.")
    assert ("said", "The kiosk will close on Friday", None) in found
    assert any("He had known of one thief" in words and cue.startswith("wrote") for cue, words, _ in found)


def test_a_speakers_own_words_are_no_statement_within_his_words(nlp: Language):
    found = told(nlp, "Envoy Pavel Horak cabled home that he had asked for a truce and been given a proverb.")
    assert [cue for cue, _, outer in found if outer is not None and "asked" in cue] == []
