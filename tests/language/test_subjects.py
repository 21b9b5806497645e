"""No word has two subjects."""

import numpy as np

from readout.language.subjects import Subjects

LABELS = ["root", "nsubj", "nsubj:pass", "obj", "obl", "aux:pass", "case", "nmod"]


def chosen(*preferred, heads):
    """The labels for words that each prefer some labels, the first most."""
    scores = np.zeros((len(preferred), len(LABELS)), dtype=np.float32)
    for word, names in enumerate(preferred):
        for place, name in enumerate(names):
            scores[word, LABELS.index(name)] = 10 - 3 * place
    return [LABELS[n] for n in Subjects(LABELS)(scores, np.array(heads))]


def test_the_noun_that_gains_least_gives_way_and_the_passive_with_it():
    found = chosen(("nsubj:pass", "nmod"), ("root",), ("nsubj:pass", "obj"), heads=[1, 1, 1])
    assert found in (["nsubj", "root", "obj"], ["nmod", "root", "nsubj:pass"])
    assert chosen(("nsubj:pass",), ("root",), ("nsubj:pass", "obj"), heads=[1, 1, 1]) == ["nsubj", "root", "obj"]


def test_a_noun_without_a_preposition_becomes_no_oblique():
    assert chosen(("nsubj",), ("root",), ("nsubj", "obl", "obj"), heads=[1, 1, 1])[2] == "obj"
    with_case = chosen(("nsubj",), ("root",), ("nsubj", "obl", "obj"), ("case",), heads=[1, 1, 1, 2])
    assert with_case[2] == "obl"


def test_each_clause_keeps_its_own_subject():
    assert chosen(("nsubj",), ("root",), ("nsubj",), ("obj",), heads=[1, 1, 3, 1]) == ["nsubj", "root", "nsubj", "obj"]


def test_a_true_passive_stays():
    assert chosen(("nsubj:pass",), ("aux:pass",), ("root",), heads=[2, 2, 2]) == ["nsubj:pass", "aux:pass", "root"]
