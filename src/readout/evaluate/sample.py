"""A small part of the development data, for a check that takes less than a minute."""

from pathlib import Path

from spacy.language import Language

from readout.evaluate import language, readouts
from readout.evaluate.development import read_jsonl, read_text, scorer

SENTENCES = 400
NAMES_EVERY = 12
ARTICLES = ("wn-news_korea", "wn-news_taxes", "wh-af2c9db645", "r3-6646f63f6a")


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure a sample of `language` and `readouts`.

    Args:
        shared: the development data.
        nlp: the pipeline.

    Returns:
        Percentages, named as in those two; `four` are four articles of the twelve.
    """
    rate, folder = scorer(shared, "score_language"), shared / "data" / "language"
    figures: dict[str, float] = {}
    for name in language.TREEBANKS:
        sentences = list(rate.read_conllu(read_text(folder / f"{name}.dev.conllu.gz")))[:SENTENCES]
        figures |= language.treebank(name, sentences, nlp, rate)
    figures |= language.names(list(read_jsonl(folder / "ner.dev.jsonl.gz"))[::NAMES_EVERY], nlp, rate)
    rate = scorer(shared, "score_readout")
    gold = {name: shared / "acceptance" / f"{name}.gold.json" for name in (readouts.FOUNDING, *ARTICLES)}
    founding = readouts.founding_readout(shared, nlp)
    four = readouts.readouts(readouts.collected(shared, ARTICLES), nlp)
    figures |= readouts.score(rate, "founding", [(gold[readouts.FOUNDING], founding)])
    return figures | readouts.score(rate, "four", ((gold[r.id], r) for r in four))
