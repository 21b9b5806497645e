"""Fits the weights of coreference: `python -m training.fit_coreference --shared ../shared`.

Reads OntoGUM's training documents with the shipped language layer, takes each pronoun and description with the clusters
it may go with (the gold ones so far), and fits the log-linear model of `readout.extract.antecedents` by L-BFGS with an
L2 penalty. Writes `src/readout/knowledge/data/coreference.json`; two minutes on one core.
"""

import argparse
import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path

import torch
from spacy.tokens import Doc

import readout
from readout.evaluate.coreference import Chains, mention_key, read_documents
from readout.extract.antecedents import Features, none_features, pair_features
from readout.extract.candidates import candidates
from readout.extract.coreference import MAX_CLUSTERS, appositions, may_refer_back
from readout.extract.mentions import Cluster, Mention, mentions_of
from readout.extract.names import Names
from readout.extract.roles import Roles

WEIGHTS = Path("src/readout/knowledge/data/coreference.json")
GENRES = frozenset("news bio interview academic voyage speech textbook court".split())
"""The written and prepared genres; conversation and vlogs are unlike news."""
DISCOUNT = 0.8
"""Taken off the options "nothing": decisions are fitted, chains are wanted; chosen by CoNLL F1 on the dev part."""
RAREST = 8
"""Times a feature must occur to get a weight."""
Decision = tuple[list[Features], int]
"""The options of one mention, "nothing" first, and which of them is right."""


def decisions(doc: Doc, gold: Chains) -> Iterator[Decision]:
    """What the resolver would have to decide on a Doc, were all decisions before right."""
    chain_of = {key: number for number, chain in enumerate(gold) for key in chain}
    clusters: dict[Hashable, Cluster] = {}
    recent: list[Cluster] = []
    for mention in mentions_of(doc):
        name = _gold_name(doc, mention, chain_of)
        right = clusters.get(name)
        if mention.entity is None and mention.type != "coordination" and may_refer_back(mention):
            fitting = candidates(mention, recent)
            pairs = [pair_features(mention, cluster, rank) for rank, cluster in enumerate(fitting)]
            if pairs:
                at = fitting.index(right) + 1 if right in fitting else 0
                yield [none_features(mention, len(fitting)), *pairs], at
        cluster = clusters.setdefault(name, Cluster())
        cluster.add(mention)
        recent = [*(other for other in recent if other is not cluster), cluster][-MAX_CLUSTERS:]


def _gold_name(doc: Doc, mention: Mention, chain_of: dict[tuple[int, int], int]) -> Hashable:
    chain = chain_of.get(mention_key(doc, *mention.span))
    if chain is not None:
        return chain
    return mention.entity.id if mention.entity else (mention.head.i, mention.type)


def training_decisions(shared: Path) -> Iterator[Decision]:
    """All decisions in the training documents."""
    nlp = readout.load(rooms=False)
    names, roles = Names(), Roles()
    for genre, doc, gold in read_documents(shared, "train", nlp):
        if genre in GENRES:
            doc = roles(names(doc))
            appositions(doc)
            yield from decisions(doc, gold)


def fit(data: list[Decision], penalty: float) -> dict[str, float]:
    """The weights that make the right decisions likeliest.

    Args:
        data: the decisions.
        penalty: on the sum of the squared weights.

    Returns:
        Weights by feature, those next to nothing left out.
    """
    counts = Counter(name for options, _ in data for option in options for name in option)
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    matrix, mask = _tensors([options for options, _ in data], {name: i for i, name in enumerate(names)})
    target = torch.tensor([right for _, right in data])
    weights = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=150, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.sparse.mm(matrix, weights[:, None]).view(mask.shape) + mask
        value = torch.nn.functional.cross_entropy(scores, target, reduction="sum") + penalty * (weights**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return {name: round(float(w), 3) for name, w in zip(names, weights.tolist(), strict=True) if abs(w) >= 0.005}


def discounted(weights: dict[str, float]) -> dict[str, float]:
    """The weights with a smaller chance for "nothing", for every kind of mention."""
    kinds = ["none:he", "none:she", "none:it", "none:they"]
    kinds += [f"none:det={word}" for word in ("the", "demonstrative", "possessive", "none")]
    return weights | {kind: round(weights.get(kind, 0.0) - DISCOUNT, 3) for kind in kinds}


def _tensors(data: list[list[Features]], columns: dict[str, int]) -> tuple[torch.Tensor, torch.Tensor]:
    """One row an option, decisions padded to the same number of options, and a mask that shuts the padding out."""
    width = max(map(len, data))
    mask = torch.full((len(data), width), -1e9)
    entries: list[tuple[int, int, float]] = []
    for i, options in enumerate(data):
        mask[i, : len(options)] = 0
        for j, option in enumerate(options):
            entries += [(i * width + j, columns[name], value) for name, value in option.items() if name in columns]
    rows, cols, values = zip(*entries, strict=True)
    shape = (len(data) * width, len(columns))
    return torch.sparse_coo_tensor(torch.tensor([rows, cols]), torch.tensor(values), shape).coalesce(), mask


def main(arguments: Iterable[str] | None = None) -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--penalty", type=float, default=1.0)
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    weights = discounted(fit(list(training_decisions(options.shared)), options.penalty))
    WEIGHTS.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
