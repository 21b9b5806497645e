"""What words have told before: how many uses of a lemma in the training batches reported each type of event.

A perceptron over states and grammar (`weighing`) generalizes over words, and forgets what a rare one told; these counts
remember it. They are kept for a word by itself, with its particle or object, for the object alone, and for what governs
the word, and become log odds against all words, smoothed towards what words tell on the whole (MacKay and Peto, "A
hierarchical Dirichlet language model", 1995).
"""

from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from readout.extract import tree
from readout.extract.events.lexicon import lemma_of
from readout.extract.events.slots import Slots

Floats = NDArray[np.float32]
KEYS = ("own", "joined", "object", "above")
"""How each key begins; a word has one of each kind at most."""
SMOOTH = 2.0
"""Uses of an average word that are added to each."""


def keys_of(token: Token, pos: str, slots: Slots) -> Iterator[str]:
    """By what a word's uses are counted.

    Args:
        token: what may report an event.
        pos: "v", "n", "a" or "x".
        slots: who and what stands around it.

    Yields:
        Keys that begin with each of `KEYS`, such as "own v call", "joined call off", "above give obj".
    """
    lemma = lemma_of(token)
    yield f"own {pos} {lemma}"
    particle = next((t.lower_ for t in slots.get("prt")), None)
    thing = next((lemma_of(t) for t in slots.get("obj") if t.pos_ == "NOUN"), None)
    if particle or thing:
        yield f"joined {lemma} {particle or thing}"
    if thing:
        yield f"object {pos} {thing}"
    upper = tree.governor(token)
    if upper is not None:
        yield f"above {lemma_of(upper)} {tree.base(token.dep_)}"


def keys_in(traits: Collection[str]) -> list[str]:
    """The keys among a word's traits; no other trait begins as they do."""
    return [name for name in traits if name.partition(" ")[0] in KEYS]


def log_odds(counts: Floats, usual: Floats) -> Floats:
    """What uses told, against what words tell on the whole.

    Args:
        counts: [..., classes] how many uses told each class.
        usual: [classes] the share of each class among all uses.

    Returns:
        [..., classes], nought where there were no uses.
    """
    likely: Floats = (counts + SMOOTH * usual) / (counts.sum(axis=-1, keepdims=True) + SMOOTH)
    found: Floats = np.log(likely / usual)
    return found


def recalled(words: Collection[Collection[str]], odds: Mapping[str, Floats], classes: int) -> Floats:
    """[words, keys * classes] the log odds of each word's keys, nought for what is not remembered.

    Args:
        words: the keys of each word; others than those of `odds` are passed over.
        odds: by key [classes].
        classes: how many there are.
    """
    found = np.zeros((len(words), len(KEYS), classes), dtype=np.float32)
    for row, keys in zip(found, words, strict=True):
        for key in keys:
            if (known := odds.get(key)) is not None:
                row[KEYS.index(key.partition(" ")[0])] = known
    return found.reshape(len(words), -1)
