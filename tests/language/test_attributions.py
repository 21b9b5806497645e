"""The layer for quotations: its tags into spans, what it is told of each token, and its parts on a Doc."""

import numpy as np

from readout.language import load
from readout.language.attributions import TAGS, best_tags, spans_of
from readout.language.quote_features import CLOSING, INSIDE, OPENING, PARAGRAPH, STRAY, quote_features


def test_best_tags_weigh_what_follows_what():
    scores = np.zeros((3, len(TAGS)), dtype=np.float32)
    scores[0, TAGS.index("B-content")] = 2
    scores[1, TAGS.index("I-source")] = 3  # does not follow B-content
    scores[1, TAGS.index("I-content")] = 2
    scores[2, TAGS.index("O")] = 1
    moves = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    moves[[TAGS.index(t) for t in ("O", "B-content", "I-content")], TAGS.index("I-source")] = -1e4
    assert [TAGS[n] for n in best_tags(scores, moves)] == ["B-content", "I-content", "O"]


def test_no_tokens_no_tags():
    assert best_tags(np.zeros((0, len(TAGS)), dtype=np.float32), np.zeros((7, 7), dtype=np.float32)) == []


def test_spans_next_to_each_other():
    path = [TAGS.index(t) for t in ("B-source", "B-cue", "I-cue", "B-content", "I-content", "B-content", "O")]
    assert spans_of(path) == {"source": [(0, 1)], "cue": [(1, 3)], "content": [(3, 5), (5, 6)]}


def test_features_know_marks_and_paragraphs():
    doc = load(rooms=False)("The mayor said: “Not now.”\n\nShe left”")
    features, heads = quote_features(doc, {})
    marks = {token.text: features[token.i, 2] for token in doc}
    assert (marks["“"], marks["Not"], marks["mayor"]) == (OPENING, INSIDE, 0)
    assert [features[t.i, 2] for t in doc if t.text == "”"] == [CLOSING, STRAY]
    assert [t.text for t in doc if features[t.i, 3] == PARAGRAPH] == ["The", "She"]
    assert heads.tolist() == [t.head.i for t in doc]


def test_parts_of_a_report():
    doc = load(rooms=False)("The port denied any spill. “Every valve held,” its spokesman, Jan Ruud, told reporters.")
    parts = doc._.spoken
    assert [doc[slice(*cue)].text for cue in parts.cues] == ["denied", "told"]
    assert [doc[slice(*part)].text for part in parts.contents] == ["any spill", "“Every valve held,”"]
    assert parts.content_scores.shape == (2, 2)
    assert parts.content_scores.argmax(axis=1).tolist() == [0, 1]
