"""Counts for the cue lexicon: how often each word stands in a cue of PolNeAR's train part, and at all.

    python -m training.cue_counts path/to/polnear_train.jsonl.gz

Rewrites the columns `cues` and `uses` of `src/readout/knowledge/data/cues.tsv`; lemmas, frames and stances are by hand.
A form that can be of several parts of speech counts for each of them, as the corpus has no tags.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from readout.evaluate.development import read_jsonl

LEXICON = Path(__file__).parents[1] / "src" / "readout" / "knowledge" / "data" / "cues.tsv"
WORD = re.compile(r"\w+")


def count(corpus: Path) -> tuple[Counter[str], Counter[str]]:
    """How often each word form stands in a cue, and at all."""
    cues: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    for article in read_jsonl(corpus):
        text = article["text"].lower()
        uses.update(WORD.findall(text))
        spans = {(start, end) for item in article["attributions"] for start, end in item["cue"]}
        cues.update(word for start, end in spans for word in WORD.findall(text[start:end]))
    return cues, uses


def rewritten(line: str, cues: Counter[str], uses: Counter[str]) -> str:
    """A line of the lexicon with its counts."""
    if not line or line.startswith(("#", "lemma\t")):
        return line
    lemma, pos, group, frames, stance, _, _, forms = line.split("\t")
    words = {lemma, *forms.split()}
    numbers = (str(sum(counts[word] for word in words)) for counts in (cues, uses))
    return "\t".join((lemma, pos, group, frames, stance, *numbers, forms))


def main(corpus: Path) -> None:
    """Rewrite the lexicon with the counts of a corpus."""
    cues, uses = count(corpus)
    lines = LEXICON.read_text(encoding="utf-8").split("\n")
    LEXICON.write_text("\n".join(rewritten(line, cues, uses) for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
