"""How likely a pronoun or description goes with each cluster that agreement allows.

A log-linear model over a few dozen features of the entity-mention kind (Luo et al. 2004; ranking with a "none" option
after Denis and Baldridge 2008), with the syntactic preferences of Centering (Grosz et al. 1995: subjects, recency,
parallelism). The weights, in `knowledge/data/coreference.json`, were fitted on the training part of OntoGUM.
"""

import json
from functools import cache
from importlib.resources import files
from math import log

from readout.extract.candidates import possesses_title
from readout.extract.mentions import PRONOUNS, Cluster, Mention
from readout.knowledge.nouns import is_office, known_form

SPEECH = frozenset(
    "say tell add announce warn deny claim argue insist note explain report urge call confirm vow".split()
)
Features = dict[str, float]


@cache
def weights() -> dict[str, float]:
    """The fitted weights by feature."""
    text = files("readout.knowledge.data").joinpath("coreference.json").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in json.loads(text).items()}


def score(features: Features) -> float:
    """The sum of the weights of what holds."""
    table = weights()
    return sum(table.get(name, 0.0) * value for name, value in features.items())


def pair_features(mention: Mention, cluster: Cluster, rank: int) -> Features:
    """What speaks for and against a mention going with a cluster.

    Args:
        mention: the pronoun or description.
        cluster: one of its `candidates`.
        rank: how many fitting clusters were mentioned later.

    Returns:
        Feature values by name.
    """
    kind = "p" if mention.type == "pronoun" else "n"
    distance = mention.sentence - cluster.last.sentence
    features = {
        f"{kind}:distance={min(distance, 4)}": 1.0,
        f"{kind}:tokens": log(1 + mention.head.i - cluster.last.head.i),
        f"{kind}:rank": log(1 + rank),
        f"{kind}:size": log(len(cluster.mentions)),
        f"{kind}:last={cluster.last.type}": 1.0,
        f"{kind}:role={cluster.last.role}": 1.0,
    }
    if mention.paragraph != cluster.last.paragraph:
        features[f"{kind}:paragraph"] = 1.0
    features |= _pronoun_features(mention, cluster) if kind == "p" else _description_features(mention, cluster)
    return features


def _pronoun_features(mention: Mention, cluster: Cluster) -> Features:
    gender, form = PRONOUNS[mention.head.lower_]
    last = cluster.last
    features = {f"p:{form}:kind={cluster.kind}": 1.0, f"p:{form}:{last.role}": 1.0}
    if mention.role == last.role:
        features[f"p:parallel={mention.role}"] = 1.0
    if mention.role == "poss" and mention.sentence == last.sentence:
        features[f"p:possessor-of={last.role}"] = 1.0
    if gender is not None and cluster.gender == gender:
        features["p:gender"] = 1.0
    if last.type == "pronoun" and PRONOUNS[last.head.lower_][1] == form:
        features[f"p:same={form}"] = 1.0
    if form == "they":
        features["p:they:plural" if _is_several(cluster) else "p:they:one"] = 1.0
    if any(m.role == "nsubj" and mention.sentence - m.sentence == 1 for m in cluster.mentions[-4:]):
        features["p:subject-before"] = 1.0
    if any(m.role == "nsubj" and mention.sentence == m.sentence for m in cluster.mentions[-4:]):
        features["p:subject-here"] = 1.0
    if mention.quoted != last.quoted:
        features["p:into-quote" if mention.quoted else "p:out-of-quote"] = 1.0
    if mention.quoted and not last.quoted and mention.sentence == last.sentence:
        features["p:speaker"] = 1.0
    if is_speaker(mention):
        features[f"p:{form}:speaks:{cluster.kind}"] = 1.0
    if last.type == "nominal":
        features[f"p:nominal={last.determiner}"] = 1.0
    return features


def is_speaker(mention: Mention) -> bool:
    """Whether the mention is the subject of a verb of speech, as persons and bodies are."""
    return mention.role == "nsubj" and known_form(mention.head.head, SPEECH) is not None


def _is_several(cluster: Cluster) -> bool:
    return cluster.kind == "group" or any(m.is_plural for m in cluster.mentions)


def _description_features(mention: Mention, cluster: Cluster) -> Features:
    lemma, determiner = mention.lemma, mention.determiner or "none"
    named = cluster.entity is not None
    features = {f"n:det={determiner}": 1.0, f"n:kind={cluster.kind}": 1.0}
    if lemma in cluster.heads:
        features[f"n:head:{determiner}"] = 1.0
    elif mention.title in cluster.titles:
        features[f"n:{'office' if is_office(lemma) else 'calling'}:{determiner}"] = 1.0
    elif lemma in cluster.name_words:
        features["n:name-word"] = 1.0
    else:
        features["n:by-kind" if named else "n:by-kind-unnamed"] = 1.0
        features[f"n:by-kind={cluster.kind}"] = 1.0
    bodies = mention.bodies
    same_body = bodies.keys() & cluster.bodies
    new = mention.modifiers - cluster.words - {word for body in same_body for word in bodies[body]}
    features["n:new-modifiers"] = float(min(len(new), 3))
    features["n:shared-modifiers"] = float(min(len(mention.modifiers & cluster.words), 3))
    if any(m.modifiers - mention.modifiers for m in cluster.mentions if m.type == "nominal" and m.lemma == lemma):
        features["n:dropped-modifiers"] = 1.0
    if _is_complemented(mention):
        features["n:complement"] = 1.0
    if any(
        m.type == "nominal"
        and m.span[1] - m.span[0] == mention.span[1] - mention.span[0]
        and m.lemma == lemma
        and m.modifiers == mention.modifiers
        for m in cluster.mentions
    ):
        features["n:same-phrase"] = 1.0
    return features


def _is_complemented(mention: Mention) -> bool:
    return any(t.dep_.startswith(("nmod", "acl")) and t.dep_ != "nmod:poss" for t in mention.head.rights)


def none_features(mention: Mention, candidates: int) -> Features:
    """What speaks for a mention that goes with nothing before it."""
    if mention.type == "pronoun":
        form = PRONOUNS[mention.head.lower_][1]
        return {
            f"none:{form}": 1.0,
            f"none:{form}:{mention.role}": 1.0,
            f"none:{form}:speaks": float(is_speaker(mention)),
            "none:possesses-title": float(possesses_title(mention)),
            "none:p:candidates": log(1 + candidates),
        }
    features = {
        f"none:det={mention.determiner or 'none'}": 1.0,
        f"none:plural={mention.is_plural}": 1.0,
        "none:n:candidates": log(1 + candidates),
        "none:modifiers": float(min(len(mention.modifiers), 3)),
    }
    if _is_complemented(mention):
        features["none:complement"] = 1.0
    if mention.kind is None:
        features["none:abstract"] = 1.0
    return features
