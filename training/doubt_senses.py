"""Finds the senses of the event lexicon that mostly tell something else: `python -m training.doubt_senses`.

A sense that names the words beside its trigger ("present evidence") is trusted far beyond what the encoder sees
(`SURE` in `readout.extract.events.seen`), unless a "?" behind its type in `triggers.tsv` says that it is doubtful. This
counts the uses of each such sense in every fifth sentence, headline and passage of the training batches of our event
set: right where an event of its type is annotated on the trigger or on a noun that completes it. It prints the
senses of which less than half the uses, of three and more, are right: those that are to bear the "?". Six minutes on
one core.
"""

from collections import Counter
from dataclasses import replace

from spacy.language import Language

from readout.evaluate.datasets import ROOT, Item, items, locate
from readout.extract.events.lexicon import Trigger
from readout.extract.events.reports import Report, lexical_reports
from readout.language import load

STEP, LEAST, BAR = 5, 3, 0.5
"""Which items are read, how many uses tell enough, and the share of right ones below which a sense is doubted."""


def counted(nlp: Language) -> tuple[Counter[Trigger], Counter[Trigger]]:
    """How often each sense that names words is met in the training batches, and how often it is right."""
    met, right = Counter[Trigger](), Counter[Trigger]()
    for path in sorted((ROOT / "events").glob("train-*.jsonl")):
        for item in [item for item in items(path) if item["kind"] != "article"][::STEP]:
            for found in lexical_reports(nlp(item["text"])):
                report = replace(found, trigger=replace(found.trigger, is_doubtful=False))
                if report.is_certain:
                    met[report.trigger] += 1
                    right[report.trigger] += is_right(item, report)
    return met, right


def is_right(item: Item, report: Report) -> bool:
    """Whether an event of the report's type is annotated on its trigger or on what completes it."""
    own = [(token.idx, token.idx + len(token)) for token in (report.token, *report.completing)]
    told = [event for event in item["events"] if event["type"] == report.type]
    gold = [locate(item["text"], words) for event in told for words in (event["trigger"], *event.get("mentions", ()))]
    return any(a < d and c < b for a, b in own for c, d in gold)


def main() -> None:
    """Print the doubtful senses, the commonest first."""
    nlp = load()
    nlp.disable_pipes(*nlp.pipe_names[nlp.pipe_names.index("readout_coreference") :])
    met, right = counted(nlp)
    print(f"{len(met)} senses, {right.total()} of {met.total()} uses right")
    for sense, uses in met.most_common():
        if uses >= LEAST and right[sense] < BAR * uses:
            beside = " ".join(f"{'!' * c.absent}{'|'.join(c.slots)}:{'|'.join(sorted(c.values))}" for c in sense.when)
            print(sense.lemma, sense.pos, sense.type, beside, f"{right[sense]} of {uses}", sep="\t")


if __name__ == "__main__":
    main()
