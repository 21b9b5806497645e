"""Names as forms: where something is called by name, and the spelling that all spellings of a name share."""

from dataclasses import dataclass, field

from spacy.tokens import Span

from readout.knowledge.folding import fold

_DROPPED = str.maketrans(dict.fromkeys('"“”()\u200b\u200c\u200d\u200e\u200f\u2060\ufeff'))


@dataclass
class Name:
    """One place where something is called by name; `key` is its folded form ("Kim Jong-Un" as "kim jong un")."""

    words: Span
    label: str
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.key = fold(self.words.text.translate(_DROPPED))
