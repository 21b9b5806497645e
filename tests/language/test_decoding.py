"""Trees, spans and lemmas out of scores."""

from itertools import product

import numpy as np
import pytest

from readout.language import lemma, parse
from readout.language.bio import BioDecoder

TAGS = ["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"]
DECODER = BioDecoder(TAGS)


def best_by_hand(scores: np.ndarray, root: int) -> float:
    """The best tree's score with a given root, by trying all of them."""
    n = len(scores)
    best = -np.inf
    for heads in product(range(n), repeat=n):
        if heads[root] != root or any(h == i for i, h in enumerate(heads) if i != root):
            continue
        if parse._is_tree(np.array(heads), root):
            best = max(best, sum(scores[i, h] for i, h in enumerate(heads) if i != root))
    return best


@pytest.mark.parametrize("seed", range(25))
def test_the_tree_is_the_best_there_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 6))
    scores = rng.normal(size=(n, n))
    root = int(rng.integers(n))
    scores[root] = -1e9
    heads = parse._arborescence(scores.copy(), root)
    assert parse._is_tree(heads, root)
    assert sum(scores[i, h] for i, h in enumerate(heads) if i != root) == pytest.approx(best_by_hand(scores, root))


def test_one_word_is_its_own_head() -> None:
    vector = np.ones((1, 4), dtype=np.float32)
    assert parse.heads(vector, vector, np.zeros(1, dtype=np.float32)).tolist() == [0]


@pytest.mark.parametrize("seed", range(10))
def test_heads_form_a_tree_with_one_root(seed: int) -> None:
    rng = np.random.default_rng(seed)
    children, parents = rng.normal(size=(2, 60, 8)).astype(np.float32)
    heads = parse.heads(children, parents, rng.normal(size=60).astype(np.float32))
    roots = [i for i, h in enumerate(heads.tolist()) if h == i]
    assert len(roots) == 1
    assert parse._is_tree(heads, roots[0])


def scored(tags: list[str]) -> np.ndarray:
    logits = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    for i, tag in enumerate(tags):
        logits[i, TAGS.index(tag)] = 2.0
    return logits


def test_spans_begin_with_b() -> None:
    logits = scored(["O", "I-PERSON", "I-PERSON", "O", "B-ORG"])
    logits[1, TAGS.index("B-PERSON")] = 1.5
    assert DECODER.spans(logits, [0]) == [(1, 3, "PERSON"), (4, 5, "ORG")]


def test_a_span_ends_where_a_sentence_begins() -> None:
    logits = scored(["B-ORG", "I-ORG", "I-ORG"])
    assert DECODER.spans(logits, [0, 2]) == [(0, 2, "ORG")]


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("went", "go"),
        ("Russians", "Russian"),
        ("Meetings", "meeting"),
        ("better", "good"),
        ("IS", "IS"),
        ("n't", "not"),
    ],
)
def test_a_script_leads_from_the_form_to_the_lemma(form: str, base: str) -> None:
    assert lemma.apply(lemma.script(form, base), form) == base


def test_a_script_that_cuts_too_much_leaves_the_word() -> None:
    assert lemma.apply("l|5|go", "Ran") == "ran"
