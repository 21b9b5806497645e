"""What stands apart from cue and content: transcripts, positions, and the room in somebody else's pipeline."""

import re
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import readout.extract.statements  # noqa: F401  (registers the room)
from readout.extract.statements.positions import assign_positions
from readout.extract.statements.transcripts import transcript_attributions
from readout.schema import Entity, Role, Statement, _Span


def read(text: str) -> Doc:
    return spacy.blank("en")(text)


def test_each_turn_of_a_transcript_is_its_speakers():
    doc = read("THE CHAIR: The bill fails.\n\nMS OKELLO: By how much?\n\nThe gallery was cleared.")
    turns = [
        (t.source.text if t.source else None, doc[slice(*t.content[0])].text) for t in transcript_attributions(doc)
    ]
    assert turns == [("CHAIR", "The bill fails."), ("OKELLO", "By how much?")]


def test_a_lone_label_is_no_transcript():
    assert not list(transcript_attributions(read("OSLO: Snow fell.\n\nTrains stood still until noon.")))


def test_questions_without_a_name_have_no_speaker():
    turns = list(transcript_attributions(read("Q: Why now?\n\nA: Because it is ready.")))
    assert [turn.source for turn in turns] == [None, None]


def test_a_body_and_its_spokesman_deny_as_one():
    text = "The port denied any spill. Its spokesman Jan Ruud said no valve had leaked. The union denied a strike."
    doc = read(text)
    port = Entity(id="e1", kind="organization", name="port", mentions=[_Span(0, 8)])
    ruud = Entity(
        id="e2", kind="person", name="Jan Ruud", roles=[Role(title="spokesman", organization="e1", span=_Span(31, 40))]
    )
    union = Entity(id="e3", kind="organization", name="union")
    doc._.entities = [port, ruud, union]

    def denial(number: int, speaker: str, words: str) -> Statement:
        start = text.index(words)
        span = _Span(start, start + len(words))
        return Statement(id=f"s{number}", speaker=speaker, content_spans=[span], kind="indirect", stance="denies")

    said = [denial(1, "e1", "any spill"), denial(2, "e2", "no valve had leaked"), denial(3, "e3", "a strike")]
    assign_positions(doc, said)
    assert [statement.position for statement in said] == ["p1", "p1", None]


def test_a_pipeline_without_a_tree_has_no_statements():
    nlp = spacy.blank("en")
    nlp.add_pipe("readout_statements")
    doc = nlp("“It held,” she said.")
    assert doc._.statements == [] and len(doc.spans["readout_statements"]) == 0


def test_the_documented_example_runs(capsys: pytest.CaptureFixture[str]):
    fields = (Path(__file__).parents[2] / "docs" / "readout.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", fields, re.DOTALL)
    exec(compile(example, "docs/readout.md", "exec"), {})
    stances, spans = capsys.readouterr().out.splitlines()
    assert stances.startswith("['denies'") and "('“Every valve held,”', 'direct')" in spans
