"""What words told in other items: the item itself is left out, and each use counts once."""

import numpy as np
from training.event_words import Memory, Word, least_of


def word(item: str, answer: int, *keys: str) -> Word:
    views, chances = np.zeros((8, 4), dtype=np.float16), np.full(17, 1 / 17, dtype=np.float32)
    return Word({"pos VERB", *keys}, views, chances, answer, 0, item)


def test_the_item_of_a_word_is_left_out():
    one, other = word("a", 3, "own v call"), word("b", 0, "own v call")
    memory = Memory([one, other, word("c", 0, "own v go")])
    assert memory.counts["own v call"].sum() == 2
    assert memory.odds_of(one)[0] > 0  # elsewhere it told nothing
    assert memory.odds_of(other)[3] > 0 > memory.odds_of(other)[0]
    assert not memory.odds_of(word("c", 0, "own v go")).any()
    assert memory.odds_of(word("new", 0, "own v call"))[3] > 0


def test_what_is_seen_often_is_counted_once():
    one = word("a", 3, "own v call")
    memory = Memory([one, one, one])
    assert memory.counts["own v call"].sum() == 1
    assert not memory.odds_of(one).any()


def test_rare_company_is_forgotten():
    rare, often = "object v fire", "above be ccomp"
    memory = Memory([word("a", 3, rare), *(word(f"b{n}", 3, often) for n in range(least_of(often)))])
    assert rare not in memory.counts
    assert often in memory.counts
    assert not memory.odds_of(word("b0", 3, often)).any()  # without its own item too few are left
