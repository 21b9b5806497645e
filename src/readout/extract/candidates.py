"""Which clusters a pronoun or description may go with: what agreement, syntax and the words themselves allow."""

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from readout.extract.mentions import PRONOUNS, Cluster, Mention
from readout.extract.tree import has_dep, is_root
from readout.knowledge.nouns import is_title

WINDOW = 6
"""Sentences back in which a pronoun's antecedent is sought."""
SPECIFIC = frozenset(
    "union ministry court tribunal party parliament senate police army navy bank university school hospital".split()
    + "church newspaper council commission committee embassy airline regulator".split()
)
"""Bodies of a kind that a name of several words says itself ("the union" is none that is not named so)."""
COUNTRY_WORDS = frozenset({"country", "nation", "state", "kingdom", "republic", "government"})


def candidates(mention: Mention, recent: list[Cluster]) -> list[Cluster]:
    """The clusters that agreement and syntax allow a mention to go with, the latest mentioned first."""
    if mention.type == "pronoun":
        near = takewhile(lambda cluster: mention.sentence - cluster.last.sentence <= WINDOW, reversed(recent))
        return _without_agents(mention, [cluster for cluster in near if _pronoun_fits(mention, cluster)])
    return [cluster for cluster in _within_reach(mention, recent) if _description_fits(mention, cluster)]


def _without_agents(mention: Mention, fitting: list[Cluster]) -> list[Cluster]:
    """The candidates for a subject, without the agent of the passive clause before where its subject is one too.

    A passive puts its subject in the centre, which the next subject takes up (Grosz et al. 1995).
    """
    if mention.role != "nsubj":
        return fitting
    centres = {
        m.head.head.i
        for cluster in fitting
        for m in cluster.mentions[-3:]
        if m.head.dep_ == "nsubj:pass" and mention.sentence - m.sentence == 1
    }
    return [cluster for cluster in fitting if not (centres and _agent_of(cluster.last.head) in centres)]


def _agent_of(head: Token) -> int | None:
    """The index of the verb whose agent a noun is, itself or in apposition."""
    noun = head.head if has_dep(head, "appos") else head
    return noun.head.i if noun.dep_ == "obl:agent" else None


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
    if mention.lemma in SPECIFIC and len(cluster.name_words) > 1:
        return False
    last = cluster.last
    return mention.sentence - last.sentence <= WINDOW and mention.is_plural == (last.is_plural and last.type != "name")


def _is_of_another_country(mention: Mention, cluster: Cluster) -> bool:
    """Whether a nationality ("the Finnish president") tells the person from the one of the cluster."""
    person = cluster.entity if cluster.kind == "person" else None
    return person is not None and person.country is not None and bool(mention.countries - {person.country})


def possesses_title(mention: Mention) -> bool:
    """Whether a pronoun stands before an office ("its chairman"): its referent is a body or country."""
    return mention.role == "poss" and is_title(mention.head.head.lemma_)
