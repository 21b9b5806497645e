"""Which words report events, of which type and mode: a layer over lexicon, tree and the encoder's frozen states.

A perceptron with two hidden layers. It is told the traits of a word (`traits`), what its uses told (`precedents`),
how likely the encoder's own head takes each type, and what the encoder makes of the word, of what stands around it in
the tree and in the line, of its sentence and of the whole text (`views`). Fitted by `training/fit_events.py` on the
training batches of `datasets/events`; the weights fit the shipped encoder alone. The head learnt from the same
batches, and is surer there than on what is new; so each batch is read for the fit with a head that did not learn from
it (stacking, Wolpert 1992).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from readout.extract import tree
from readout.extract.events.precedents import log_odds, recalled
from readout.language.happenings import EventScores, softmax

Floats = NDArray[np.float32]
FILE = "events.npz"
VIEWS = ("word", "head", "left", "right", "before", "after", "sentence", "text")
"""What the layer sees by the encoder's states: the word, its governor, the means of its dependents to either side, its
neighbours in the line, the means of its sentence and of the text."""
FAINTEST = 7.0
"""What counts as ruled out: a probability of e to the minus seventh, one in a thousand."""
LAYER, HEAD = 0.4, 1.0
"""Exponents of what the layer and the encoder's head say of a word in their product (a logarithmic opinion pool, Genest
and Zidek 1986); the shipped head has learnt from all batches and knows more than those on which the layer was stacked.
Chosen on our own development batch."""
LARGE = ("known", "views")
"""Arrays that are stored in int8, with a scale a row."""


NAMES = ("traits", "keys")
"""Lists of names, stored as bytes."""


@dataclass
class Weights:
    """The layer.

    Attributes:
        traits: the row of each trait in `known` and `direct`; below them stand those of what words told before.
        odds: by key [1 + types] what a word told before (`precedents`).
        known: [traits + (keys + 1) * (1 + types), hidden] weights of traits, of what was told, of the head's opinion.
        views: [views, states, hidden] weights of the encoder's states.
        bias: [hidden].
        gain, shift: [hidden] of the normalization before the first bend.
        middle: [hidden, hidden]; middle_bias: [hidden].
        out: [hidden, 1 + types]; out_bias: [1 + types].
        modes: [hidden, 1 + modes]; modes_bias: [1 + modes].
        direct: [traits + (keys + 1) * (1 + types), 1 + types] what these add by themselves.
    """

    traits: dict[str, int]
    odds: dict[str, Floats]
    known: Floats
    views: Floats
    bias: Floats
    gain: Floats
    shift: Floats
    middle: Floats
    middle_bias: Floats
    out: Floats
    out_bias: Floats
    modes: Floats
    modes_bias: Floats
    direct: Floats


@cache
def weights() -> Weights:
    """The shipped layer."""
    with files("readout.knowledge.data").joinpath(FILE).open("rb") as file, np.load(file) as data:
        arrays = {name: data[name].astype(np.float32) for name in data.files if name not in NAMES}
        traits, keys = (bytes(data[name]).decode().split("\n") for name in NAMES)
    for name in LARGE:
        arrays[name] *= arrays.pop(f"{name}_scale")
    odds = dict(zip(keys, log_odds(arrays.pop("counts"), arrays.pop("usual")), strict=True))
    return Weights({name: n for n, name in enumerate(traits)}, odds, **arrays)


def weighed(doc: Doc, words: Sequence[tuple[Token, Collection[str]]]) -> tuple[Floats, Floats]:
    """The probability that each word reports no event, or one of each type; and of what mode, if it reports one.

    Args:
        doc: with the encoder's scores and states.
        words: words with their traits, the keys of their uses among them.

    Returns:
        [words, 1 + types] and [words, 1 + modes], the columns as in `doc._.happening`; for a model of other types or
        states than the layer's, what that model's own heads say.
    """
    layer = weights()
    scores: EventScores = doc._.happening
    sizes = (doc.tensor.shape[-1], scores.types.shape[-1], scores.modes.shape[-1])
    at = [token.i for token, _ in words]
    if sizes != (layer.views.shape[1], len(layer.out_bias), len(layer.modes_bias)):
        return scores.types[at], scores.modes[at]
    traits = [traits for _, traits in words]
    told = recalled(traits, layer.odds, len(layer.out_bias))
    heard = opinions(scores.types[at])
    held = np.hstack((_held(traits, layer.traits), told, heard))
    x = views(doc, [token for token, _ in words]).reshape(len(words), -1) @ layer.views.reshape(-1, len(layer.bias))
    x = _bent(_normal(x + held @ layer.known + layer.bias) * layer.gain + layer.shift)
    x += _bent(x @ layer.middle + layer.middle_bias)
    own = x @ layer.out + layer.out_bias + held @ layer.direct
    types = softmax(LAYER * np.log(softmax(own) + 1e-6) + HEAD * FAINTEST * heard)
    return types, softmax(x @ layer.modes + layer.modes_bias)


def opinions(chances: Floats) -> Floats:
    """Probabilities on a scale of their logarithms, from 0 for what is ruled out to 1 for what is sure."""
    logarithms: Floats = np.log(np.maximum(chances, np.exp(-FAINTEST)), dtype=np.float32)
    return 1 + logarithms / np.float32(FAINTEST)


def views(doc: Doc, words: Sequence[Token]) -> Floats:
    """What the encoder makes of words and of what stands around them: [words, views, states]."""
    states = np.asarray(doc.tensor, dtype=np.float32)
    if not words:
        return np.zeros((0, len(VIEWS), states.shape[1]), dtype=np.float32)
    sentences = {span.start: _mean(states[span.start : span.end]) for span in doc.sents}
    padded = np.vstack((states, np.zeros_like(states[:1])))  # the last row stands before the first word, after the last
    at = np.array([word.i for word in words])
    seen = {
        "word": states[at],
        "head": states[[word.head.i for word in words]],
        "left": _means(states, [[t.i for t in tree.children(word) if t.i < word.i] for word in words]),
        "right": _means(states, [[t.i for t in tree.children(word) if t.i > word.i] for word in words]),
        "before": padded[at - 1],
        "after": padded[at + 1],
        "sentence": np.array([sentences[word.sent.start] for word in words]),
        "text": np.broadcast_to(states[[not token.is_space for token in doc]].mean(axis=0), states[at].shape),
    }
    return np.stack([seen[name] for name in VIEWS], axis=1)


def _means(states: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """The mean state of each group of words; nought for an empty one."""
    found = np.zeros((len(groups), states.shape[1]), dtype=np.float32)
    for row, group in zip(found, groups, strict=True):
        if group:
            row[:] = _mean(states[group])
    return found


def _mean(rows: Floats) -> Floats:
    """What `mean(axis=0)` gives, without its checks."""
    found: Floats = np.add.reduce(rows, axis=0) / np.float32(len(rows))
    return found


def _held(words: Sequence[Collection[str]], rows: Mapping[str, int]) -> Floats:
    """[words, traits] 1 where a word has a trait that the layer knows."""
    found = np.zeros((len(words), len(rows)), dtype=np.float32)
    for row, traits in zip(found, words, strict=True):
        row[[rows[name] for name in traits if name in rows]] = 1
    return found


def _normal(x: Floats) -> Floats:
    """Rows of mean nought and variance one (layer normalization)."""
    centred = x - x.mean(axis=1, keepdims=True)
    found: Floats = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    return found


def _bent(x: Floats) -> Floats:
    """GELU, by the tangent of Hendrycks and Gimpel (2016)."""
    found: Floats = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi).astype(np.float32) * (x + 0.044715 * x**3)))
    return found
