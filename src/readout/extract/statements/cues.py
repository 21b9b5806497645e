"""The cue lexicon: which words announce that somebody says something, how the content stands to them, with what stance."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from spacy.tokens import Token

from readout.schema import Stance

CLAUSAL_FRAMES = frozenset({"clause", "quote"})


@dataclass(frozen=True)
class Cue:
    """One lemma of the lexicon, in one part of speech.

    Attributes:
        group: `speech` (words were uttered), `evidence` (a source shows it) or `mind` (held or wanted).
        frames: `clause` (that-clause or quotation), `quote` (quotation only), `to` (infinitive), `predicate` ("called
            it a lie"), `object` (noun phrase), `to_nominal` ("likened it to"), else a preposition.
        stance: the speaker's stance toward the content.
    """

    lemma: str
    pos: str
    group: str
    frames: frozenset[str]
    stance: Stance

    @property
    def takes_quotation(self) -> bool:
        return bool(self.frames & CLAUSAL_FRAMES)


@cache
def lexicon() -> dict[tuple[str, str], Cue]:
    """All cues by lemma and part of speech (`data/cues.tsv`, whose head names its source)."""
    table = files("readout.knowledge.data").joinpath("cues.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")][1:]
    cues = [Cue(row[0], row[1], row[2], frozenset(row[3].split(",")), cast(Stance, row[4])) for row in rows]
    return {(cue.lemma, cue.pos): cue for cue in cues}


def cue_of(token: Token) -> Cue | None:
    """The lexicon's entry for a word of the text, if it is a cue."""
    pos = "VERB" if token.pos_ == "AUX" else token.pos_
    return lexicon().get((token.lemma_.lower(), pos))
