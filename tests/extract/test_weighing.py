"""The layer for events: what it adds to the lexicon, and what it is told of a word."""

import numpy as np
import pytest

from readout.extract.events.precedents import KEYS
from readout.extract.events.seen import candidates, likeliest_mode, word_traits
from readout.extract.events.traits import settings
from readout.extract.events.weighing import FAINTEST, VIEWS, opinions, views, weighed, weights
from readout.language import load


@pytest.fixture(scope="module")
def doc():
    nlp = load()
    rooms = nlp.pipe_names[nlp.pipe_names.index("readout_events") :]
    with nlp.select_pipes(disable=rooms):
        return nlp("Rebels bayoneted two constables outside Gulu on Monday. The bakery opened at six.")


def test_the_layer_gives_chances_and_knows_a_killing_from_an_opening(doc):
    words = [pair for pair in candidates(doc, {}) if pair[0].text in ("bayoneted", "opened")]
    chances, modes = weighed(doc, words)
    assert chances.shape == (len(words), len(doc._.happening.names["events"]))
    assert modes.shape == (len(words), len(doc._.happening.names["modes"]))
    assert np.allclose([chances.sum(axis=1), modes.sum(axis=1)], 1, atol=1e-5)
    found = {token.text: row for (token, _), row in zip(words, chances, strict=True)}
    names = doc._.happening.names["events"]
    assert names[int(found["bayoneted"].argmax())] == "ASSAULT"
    assert "opened" not in found or found["opened"][0] > 0.5


def test_a_mode_is_one_of_its_type_and_the_lexicon_can_tip_it(doc):
    scores = doc._.happening
    chances = np.full(len(scores.names["modes"]), 0.01, dtype=np.float32)
    chances[scores.names["modes"].index("PROTEST:riot")] = 0.9
    chances[scores.names["modes"].index("ASSAULT:firearms")] = 0.05
    assert likeliest_mode(scores, chances, "ASSAULT", None) == "firearms"
    assert likeliest_mode(scores, chances, "ASSAULT", "beat") == "beat"
    assert likeliest_mode(scores, chances, "AID", None) is None


def test_the_opinion_of_the_head_goes_from_ruled_out_to_sure():
    chances = np.array([[1.0, np.exp(-FAINTEST / 2), np.exp(-FAINTEST), 0.0]], dtype=np.float32)
    assert np.allclose(opinions(chances), [[1.0, 0.5, 0.0, 0.0]], atol=1e-6)


def test_nothing_is_seen_of_no_words(doc):
    assert views(doc, []).shape == (0, len(VIEWS), doc.tensor.shape[1])


def test_who_is_to_do_what_is_wanted_is_told():
    def traits(text):
        doc = load()(text)
        return word_traits(next(t for t in doc if t.text == "wants"), None, doc._.happening)

    assert "v own inf" in traits("The army wants to shell the town.")
    assert "v own inf" not in traits("The army wants rebels to shell the town.")


@pytest.mark.parametrize(
    "text", ["The consul wants to leave Lagos on Friday.", "The guild might want the mayor to wait."]
)
def test_a_wish_for_oneself_or_a_possible_one_asks_nobody(text):
    assert [e for e in load()(text)._.events if e.type == "REQUEST"] == []


def test_a_word_is_told_by_lexicon_grammar_and_what_it_can_mean(doc):
    traits = next(traits for token, traits in candidates(doc, {}) if token.text == "bayoneted")
    assert {"pos VERB", "possible ASSAULT", "v subj acts", "v obj acts", "v top"} <= traits


def test_what_stands_around_a_word_is_seen_and_what_is_missing_is_nought(doc):
    word = next(t for t in doc if t.text == "bayoneted")
    (seen,) = views(doc, [word])
    states = np.asarray(doc.tensor)
    by_name = dict(zip(VIEWS, seen, strict=True))
    assert np.array_equal(by_name["word"], states[word.i])
    assert np.allclose(by_name["left"], states[[t.i for t in word.lefts]].mean(axis=0))
    assert np.allclose(by_name["sentence"], states[word.sent.start : word.sent.end].mean(axis=0))
    assert not views(doc, [doc[0]])[0, VIEWS.index("before")].any()


def test_an_article_is_told_from_a_line(doc):
    around = settings(doc)
    assert list(around) == [s.start for s in doc.sents]
    assert {"text short", "short 1"} <= set(around[0])


def test_every_trait_has_a_row_and_the_weights_are_finite():
    layer = weights()
    assert sorted(layer.traits.values()) == list(range(len(layer.traits)))
    told = (len(KEYS) + 1) * len(layer.out_bias)
    assert len(layer.known) == len(layer.direct) == len(layer.traits) + told
    assert {len(odds) for odds in layer.odds.values()} == {len(layer.out_bias)}
    assert all(np.isfinite(part).all() for name, part in vars(layer).items() if name not in ("traits", "odds"))
