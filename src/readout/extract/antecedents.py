"""Which cluster a pronoun or description goes with: what agreement forbids, and how likely the rest is.

A log-linear model over a few dozen features of the entity-mention kind (Luo et al. 2004; ranking with a "none" option
after Denis and Baldridge 2008), with the syntactic preferences of Centering (Grosz et al. 1995: subjects, recency,
parallelism). The weights, in `knowledge/data/coreference.json`, were fitted on the training part of OntoGUM.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import takewhile
from math import log

from readout.extract.mentions import PRONOUNS, Cluster, Mention
from readout.extract.tree import has_dep, is_root
from readout.knowledge.nouns import is_office, is_title, known_form

WINDOW = 6
"""Sentences back in which a pronoun's antecedent is sought."""
SPEECH = frozenset(
    "say tell add announce warn deny claim argue insist note explain report urge call confirm vow".split()
)
Features = dict[str, float]
COUNTRY_WORDS = frozenset({"country", "nation", "state", "kingdom", "republic", "government"})


@cache
def weights() -> dict[str, float]:
    """The fitted weights by feature."""
    text = files("readout.knowledge.data").joinpath("coreference.json").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in json.loads(text).items()}


def score(features: Features) -> float:
    """The sum of the weights of what holds."""
    table = weights()
    return sum(table.get(name, 0.0) * value for name, value in features.items())


def candidates(mention: Mention, recent: list[Cluster]) -> list[Cluster]:
    """The clusters that agreement and syntax allow a mention to go with, the latest mentioned first."""
    if mention.type == "pronoun":
        near = takewhile(lambda cluster: mention.sentence - cluster.last.sentence <= WINDOW, reversed(recent))
        return [cluster for cluster in near if _pronoun_fits(mention, cluster)]
    return [cluster for cluster in _within_reach(mention, recent) if _description_fits(mention, cluster)]


def _within_reach(mention: Mention, recent: list[Cluster]) -> Iterator[Cluster]:
    """The clusters called by the description's noun, and near a definite description those of any name."""
    near = mention.kind is not None and mention.determiner in ("the", "demonstrative")
    lemma, title = mention.lemma, mention.title
    for cluster in reversed(recent):
        near = near and mention.sentence - cluster.mentions[-1].sentence <= WINDOW
        if near or lemma in cluster.heads or title in cluster.titles or lemma in cluster.name_words:
            yield cluster


def _pronoun_fits(mention: Mention, cluster: Cluster) -> bool:
    if _is_bound(mention, cluster):
        return False
    last = cluster.last
    gender, form = PRONOUNS[mention.head.lower_]
    if form in ("he", "she"):
        personal = cluster.kind in ("person", None) and not any(m.is_plural for m in cluster.mentions[-3:])
        return personal and cluster.gender in (gender, None) and not (cluster.kind is None and cluster.entity)
    if form == "it":
        if possesses_title(mention) and not _has_offices(cluster):
            return False
        plural = last.is_plural if last.type != "name" else False
        return cluster.gender is None and cluster.kind not in ("person",) and not plural
    return True


def _has_offices(cluster: Cluster) -> bool:
    """Whether the referent can have a chairman or minister: a body, a group or a country."""
    country = cluster.kind == "place" and cluster.entity is not None and cluster.entity.country is not None
    return country or cluster.kind in ("organization", "group")


def _is_bound(mention: Mention, cluster: Cluster) -> bool:
    """Whether syntax keeps the two apart: two arguments of one verb, or a possessor within the thing possessed."""
    reflexive = mention.head.lower_.endswith(("self", "selves"))
    if reflexive:
        return cluster.last.sentence != mention.sentence
    near = [m for m in cluster.mentions[-2:] if m.sentence == mention.sentence]
    return any(_are_coarguments(mention, m) or _is_within(mention, m) for m in near)


def _are_coarguments(one: Mention, other: Mention) -> bool:
    same_verb = one.head.head.i == other.head.head.i and other.type != "coordination"
    return same_verb and one.role in ("obj", "obl", "nsubj", "other") and other.role in ("nsubj", "obj", "obl")


def _is_within(pronoun: Mention, phrase: Mention) -> bool:
    """Whether the pronoun stands in the phrase itself, not in a clause that modifies it."""
    if phrase.type != "nominal":
        return False
    step = pronoun.head
    for _ in range(12):
        if has_dep(step, "acl", "advcl", "ccomp") or is_root(step):
            return False
        step = step.head
        if step.i == phrase.head.i:
            return True
    return False


def _description_fits(mention: Mention, cluster: Cluster) -> bool:
    if not _may_describe(mention, cluster):
        return False
    last = cluster.last.head
    return not (last.is_ancestor(mention.head) or mention.head.is_ancestor(last))


def _may_describe(mention: Mention, cluster: Cluster) -> bool:
    """Whether number and words allow it: the same noun, a title or word of the name, or the kind."""
    if cluster.is_plural is not None and cluster.is_plural != mention.is_plural:
        return False
    if not (_is_called_so(mention, cluster) or _is_of_kind(mention, cluster)):
        return False
    return mention.determiner != "indefinite" and not _is_of_another_country(mention, cluster)


def _is_called_so(mention: Mention, cluster: Cluster) -> bool:
    """Whether the description's noun was used of the cluster, as a noun, a title or a word of a name."""
    lemma = mention.lemma
    if lemma in cluster.heads or mention.title in cluster.titles:
        return True
    return lemma in cluster.name_words and mention.kind in (None, cluster.kind)


def _is_of_kind(mention: Mention, cluster: Cluster) -> bool:
    """Whether a definite description names the cluster's kind, not far behind its last mention."""
    if mention.kind is None or mention.determiner not in ("the", "demonstrative"):
        return False
    if mention.kind != cluster.kind and not (cluster.kind == "place" and mention.lemma in COUNTRY_WORDS):
        return False
    last = cluster.last
    return mention.sentence - last.sentence <= WINDOW and mention.is_plural == (last.is_plural and last.type != "name")


def _is_of_another_country(mention: Mention, cluster: Cluster) -> bool:
    """Whether a nationality ("the Finnish president") tells the person from the one of the cluster."""
    person = cluster.entity if cluster.kind == "person" else None
    return person is not None and person.country is not None and bool(mention.countries - {person.country})


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


def possesses_title(mention: Mention) -> bool:
    """Whether a pronoun stands before an office ("its chairman"): its referent is a body or country."""
    return mention.role == "poss" and is_title(mention.head.head.lemma_)


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
