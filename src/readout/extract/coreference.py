"""Who "he", "the minister" and "the plant" are: pronouns and descriptions join the entities they refer to."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.extract.antecedents import none_features, pair_features, score
from readout.extract.candidates import candidates, possesses_title
from readout.extract.entities import add_mention, add_mentions, describe, entity_at, guess_kind, mention_span, tokens_of
from readout.extract.mentions import PRONOUNS, Cluster, Mention, mentions_of
from readout.extract.roles import settle
from readout.extract.tree import children, has_dep, is_relative_pronoun, tokens_span
from readout.schema import Entity

MAX_CLUSTERS = 80
"""Clusters kept in view, the latest mentioned; bounds the time for a long text."""


class Coreference:
    """The component `readout_coreference`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add mentions to `doc._.entities`, and entities for descriptions that are taken up again."""
        appositions(doc)
        for cluster in resolve(doc):
            entity = cluster.entity or _new_entity(doc, cluster)
            if entity is not None:
                add_mentions(entity, [mention.span for mention in cluster.mentions])
        relative_pronouns(doc)
        settle(doc)
        return doc


@Language.factory("readout_coreference")
def make_coreference(nlp: Language, name: str) -> Coreference:
    """The factory that spaCy calls for `nlp.add_pipe("readout_coreference")`."""
    return Coreference()


def resolve(doc: Doc) -> list[Cluster]:
    """Read the mentions in text order and put each with the likeliest cluster.

    Returns:
        All clusters in the order of their first mention, also those of one mention and of abstract things.
    """
    clusters: list[Cluster] = []
    of_entity: dict[str, Cluster] = {}
    recent: list[Cluster] = []
    for mention in mentions_of(doc):
        cluster = _cluster_of(mention, of_entity, recent)
        if cluster is None:
            cluster = Cluster()
            clusters.append(cluster)
        cluster.add(mention)
        if mention.entity is not None:
            of_entity[mention.entity.id] = cluster
        if cluster in recent:
            recent.remove(cluster)
        recent = [*recent, cluster][-MAX_CLUSTERS:]
    return clusters


def _cluster_of(mention: Mention, of_entity: dict[str, Cluster], recent: list[Cluster]) -> Cluster | None:
    if mention.entity is not None:
        return of_entity.get(mention.entity.id)
    if mention.type == "coordination" or not may_refer_back(mention):
        return None
    fitting = candidates(mention, recent)
    scored = [(score(pair_features(mention, cluster, rank)), -rank, cluster) for rank, cluster in enumerate(fitting)]
    best = max(scored, key=lambda item: item[:2], default=None)
    if best is None:
        return None
    owner = mention.type == "pronoun" and possesses_title(mention)
    return best[2] if owner or best[0] > score(none_features(mention, len(fitting))) else None


def may_refer_back(mention: Mention) -> bool:
    """Whether a mention can have an antecedent: no expletive, no indefinite phrase."""
    return not has_dep(mention.head, "expl") and mention.determiner != "indefinite"


def _new_entity(doc: Doc, cluster: Cluster) -> Entity | None:
    """An entity for a description that later mentions take up; none for what is abstract."""
    first = cluster.mentions[0]
    kind = "group" if first.type == "coordination" else guess_kind(first.head) if first.type == "nominal" else None
    if len(cluster.mentions) < 2 or kind is None:
        return None
    return describe(doc, kind, first.span, first.head)


def appositions(doc: Doc) -> None:
    """Descriptions in apposition to a name ("Lind, the governor of the region") are mentions of its bearer."""
    for token in tokens_of(doc, "DEP", "appos"):
        for name, noun in ((token.head, token), (token, token.head)):
            entity = entity_at(doc, name)
            is_pair = name.pos_ == "PROPN" and noun.pos_ == "NOUN" and entity_at(doc, noun) is None
            if is_pair and entity is not None and guess_kind(noun) == entity.kind:
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
            if is_relative_pronoun(word) and word.lower_ not in PRONOUNS and word.i > token.head.i:
                yield word, token.head
                break
