"""Who "he", "the minister" and "the plant" are: pronouns and descriptions join the entities they refer to."""

from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.extract.coreference.decoding import chains_of
from readout.extract.coreference.joining import join
from readout.extract.coreference.mentions import Mentions, mentions_of
from readout.extract.coreference.pairs import Floats, holders, pair_features, pairs_of, traits
from readout.extract.coreference.ranker import Weights, scores, weights
from readout.extract.coreference.spans import full_span
from readout.extract.entities import add_mention, entity_at, guess_kind, mention_span, tokens_of
from readout.extract.roles import settle
from readout.extract.tree import children, is_relative_pronoun, tokens_span
from readout.schema import Entity

HOLDER = 1.5
"""Log-odds by which a definite title goes rather with the name of its holder; general texts, which the ranker learns
from, have few offices, and news has many."""


class Coreference:
    """The component `readout_coreference`."""

    def __call__(self, doc: Doc) -> Doc:
        """Put the chains on `doc._.chains`; add mentions to `doc._.entities`, and entities that are taken up again."""
        appositions(doc)
        mentions = mentions_of(doc)
        found = resolve(doc, mentions, weights())
        doc._.chains = [
            sorted(full_span(doc, int(mentions.heads[n]), int(mentions.last[n])) for n in chain)
            for chain in found
            if len(chain) > 1
        ]
        join(doc, mentions, found)
        relative_pronouns(doc)
        settle(doc)
        return doc


@Language.factory("readout_coreference")
def make_coreference(nlp: Language, name: str) -> Coreference:
    """The factory that spaCy calls for `nlp.add_pipe("readout_coreference")`."""
    return Coreference()


def resolve(doc: Doc, mentions: Mentions, trained: Weights) -> list[list[int]]:
    """The chains of an article.

    Args:
        doc: the article as read.
        mentions: its mentions.
        trained: the weights of `ranker`.

    Returns:
        For each chain the places of its mentions in the table; also chains of one mention.
    """
    i, j = pairs_of(mentions)
    states = states_of(doc, mentions, trained)
    pair, alone = scores(states, traits(mentions), pair_features(mentions, i, j), i, j, trained)
    return chains_of(mentions, i, j, pair + HOLDER * holders(mentions, i, j), alone)


def states_of(doc: Doc, mentions: Mentions, trained: Weights) -> Floats:
    """The encoder's states at the heads; the mean state where another pipeline than Readout's own read the text."""
    width = len(trained["mean"])
    if doc.tensor.shape == (len(doc), width):
        return np.asarray(doc.tensor[mentions.heads], dtype=np.float32)
    return np.tile(trained["mean"], (len(mentions), 1))


def appositions(doc: Doc) -> None:
    """Descriptions in apposition to a name ("Lind, the governor of the region") are mentions of its bearer."""
    found: list[tuple[Entity, Token]] = []
    for token in tokens_of(doc, "DEP", "appos"):
        for name, noun in ((token.head, token), (token, token.head)):
            entity = entity_at(doc, name)
            is_pair = name.pos_ == "PROPN" and noun.pos_ == "NOUN" and entity_at(doc, noun) is None
            if is_pair and entity is not None and guess_kind(noun) == entity.kind:
                found.append((entity, noun))
    for entity, noun in found:
        add_mention(entity, mention_span(doc, noun))


def relative_pronouns(doc: Doc) -> None:
    """ "who", "which" and "whose" are mentions of what their clause modifies."""
    found = [(pronoun, entity_at(doc, noun)) for pronoun, noun in _relative_pairs(doc)]
    for pronoun, entity in found:
        if entity is not None:
            add_mention(entity, tokens_span([pronoun]))


def _relative_pairs(doc: Doc) -> Iterator[tuple[Token, Token]]:
    for token in tokens_of(doc, "DEP", "acl:relcl"):
        below = [token, *children(token), *(t for c in children(token) for t in children(c))]
        for word in below:
            if is_relative_pronoun(word) and word.i > token.head.i:
                yield word, token.head
                break
