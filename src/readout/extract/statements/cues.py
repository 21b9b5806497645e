"""The cue lexicon: which words announce speech, how the content stands to them, and with what stance."""

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import cast

from spacy.tokens import Token

from readout.schema import Stance

HEADLINE = 8
"""Words to either side of which none is in lower case but in a headline, where verbs have capitals too."""

CLAUSAL_FRAMES = frozenset({"clause", "quote"})


@dataclass(frozen=True)
class Cue:
    """One lemma of the lexicon, in one part of speech.

    Attributes:
        group: `speech` (words were uttered), `verdict` (praise and blame), `evidence` (a source shows it)
            or `mind` (held or wanted).
        frames: `clause` (that-clause or quotation), `quote` (quotation only), `to` (infinitive), `predicate` ("called
            it a lie"), `object` (noun phrase), `to_nominal` ("likened it to"), `equated` ("her answer was that"), else
            a preposition.
        stance: the speaker's stance toward the content.
        forms: the lemma and its inflected forms.
    """

    lemma: str
    pos: str
    group: str
    frames: frozenset[str]
    stance: Stance
    forms: tuple[str, ...]

    @property
    def takes_quotation(self) -> bool:
        return bool(self.frames & CLAUSAL_FRAMES)


def words(name: str) -> frozenset[str]:
    """One of the word lists of `data/cue_words.txt` and `data/statement_words.txt`, whose heads say what each holds.

    Args:
        name: which of them, such as "documents".

    Returns:
        Lemmas, or forms in lower case.

    Raises:
        KeyError: there is no such list.
    """
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for file in ("cue_words.txt", "statement_words.txt"):
        text = files("readout.knowledge.data").joinpath(file).read_text(encoding="utf-8")
        for line in text.splitlines():
            name, _, listed = line.partition(":")
            if listed and not line.startswith("#"):
                lists.setdefault(name, set()).update(listed.split())
    return {name: frozenset(listed) for name, listed in lists.items()}


@cache
def lexicon() -> dict[tuple[str, str], Cue]:
    """All cues by lemma and part of speech (`data/cues.tsv`, whose head names its source)."""
    table = files("readout.knowledge.data").joinpath("cues.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")][1:]
    return {(row[0], row[1]): _cue(row) for row in rows}


def is_uttered(entry: Cue) -> bool:
    """Whether a cue tells of words where somebody else reports it: "said the town had offered a field"."""
    return entry.group == "speech" or entry.lemma in words("uttered_when_told")


def _cue(row: list[str]) -> Cue:
    lemma, pos, group, frames, stance, *_, forms = row
    return Cue(lemma, pos, group, frozenset(frames.split(",")), cast(Stance, stance), (lemma, *forms.split()))


@cache
def _forms() -> dict[tuple[str, str], Cue]:
    """All cues by form and part of speech; lemmas are not asked, as a pipeline may lack them or err."""
    return {(form, pos): cue for (_, pos), cue in lexicon().items() for form in cue.forms}


def cue_of(token: Token) -> Cue | None:
    """The lexicon's entry for a word of the text, if it is a cue."""
    pos = "VERB" if token.pos_ == "AUX" else token.pos_
    entry = _forms().get((token.lower_, pos))
    upper = made_known(token) if entry is not None and entry.lemma in ("know", "understand") else None
    if entry is not None and upper is not None:
        asks = upper.lower_ in words("wanting")
        entry = replace(entry, group="speech", stance="other" if asks else entry.stance)
    if entry is None or _is_name(token) or (entry.lemma in words("phrasal") and not _has_particle(token)):
        return None
    return entry


def _has_particle(verb: Token) -> bool:
    return any(t.dep_ == "compound:prt" for t in verb.children)


def made_known(token: Token) -> Token | None:
    """The verb by which somebody lets others know, or asks: "let it be known that", "wanted to know whether", "was
    given to understand that"."""
    upper = token.head
    if token.lower_ == "understand" and upper.lower_ == "given":
        return upper
    if token.lower_ not in ("know", "known"):
        return None
    lets = upper.lower_ in words("letting") or upper.lower_ in words("wanting")
    return upper if lets and upper.i < token.i else None


def _is_name(token: Token) -> bool:
    """Whether a capital in the middle of a sentence makes a name of what looks like a cue ("Colonel Said Ba")."""
    if not token.is_title or token.i == 0 or token.is_sent_start or not token.nbor(-1).is_title:
        return False
    beside = token.doc[max(token.i - HEADLINE, 0) : token.i + HEADLINE]
    return any(t.is_lower and t.pos_ in ("NOUN", "VERB", "ADJ") for t in beside if t.sent == token.sent)
