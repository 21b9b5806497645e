"""The language component: what it writes, what it keeps, what it survives."""

import pytest
import spacy
from spacy.tokens import Doc

import readout
from readout.language.component import model_folder
from readout.language.encoder import LONGEST, Encoder, Words

REPORT = (
    "The foreign ministers of Chile and Peru met in Lima on Tuesday to discuss fishing rights. "
    "They agreed to meet again in May.\n\nAlberto Rojas of Chile told reporters that the talks were useful."
)


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return readout.load(rooms=False)


def test_every_layer_is_there(nlp: spacy.Language) -> None:
    doc = nlp(REPORT)
    assert doc.text == REPORT
    for part in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(part), part
    met = next(t for t in doc if t.text == "met")
    assert (met.pos_, met.tag_, met.lemma_) == ("VERB", "VBD", "meet")
    assert met.morph.get("Tense") == ["Past"]
    assert {t.text: t.dep_ for t in met.children}["ministers"] == "nsubj"
    assert [e.text for e in doc.ents if e.label_ == "PERSON"] == ["Alberto Rojas"]
    assert {"Chile", "Peru", "Lima"} <= {e.text for e in doc.ents if e.label_ == "PLACE"}
    assert len(list(doc.sents)) == 3
    assert doc.tensor.shape == (len(doc), 384)


def test_given_words_and_sentences_are_kept(nlp: spacy.Language) -> None:
    words = "He left . Did she ? No".split()
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[True, False, False, True, False, False, False]))
    assert [t.text for t in doc] == words
    assert [s.start for s in doc.sents] == [0, 3]
    assert sum(t.head.i == t.i for t in doc) == 2


def test_a_batch_reads_like_single_texts(nlp: spacy.Language) -> None:
    texts = [REPORT, "Nobody came.", REPORT.upper(), "One. Two. Three."]
    together = [[(t.text, t.pos_, t.head.i) for t in doc] for doc in nlp.pipe(texts)]
    alone = [[(t.text, t.pos_, t.head.i) for t in nlp(text)] for text in texts]
    assert together == alone


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "\n\nWord", "a \n\n b\n\n", "\u00ad", "🙂 🙂", "a\u0301\u0301\u0301"]
)
def test_odd_texts(nlp: spacy.Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert "".join(s.text_with_ws for s in doc.sents) == text


def test_a_sentence_without_end_is_cut(nlp: spacy.Language) -> None:
    doc = nlp("and then they talked " * 2_000)
    assert max(len(s) for s in doc.sents) <= 301


def test_a_dateline_stands_apart(nlp: spacy.Language) -> None:
    doc = nlp("GENEVA (AP) — Kenyan envoy Grace Otieno met UN officials on Friday.")
    assert next(doc.sents).text == "GENEVA (AP) —"
    met = next(t for t in doc if t.text == "met")
    assert "Otieno" in [t.text for c in met.children if c.dep_ == "nsubj" for t in c.subtree]


def test_windows_hold_every_word_once() -> None:
    encoder = Encoder(model_folder())
    forms = [f"word{i}" if i % 17 else "." for i in range(1_000)]
    windows = list(encoder.windows(Words(forms, paragraphs=frozenset({100, 400, 401, 900}))))
    assert [w.start for w in windows] == [0, *[w.end for w in windows[:-1]]]
    assert windows[-1].end == len(forms)
    assert max(len(w.ids) for w in windows) <= LONGEST + 2
