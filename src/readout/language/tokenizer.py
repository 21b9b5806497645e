"""spaCy's English tokenizer, brought to the word borders of the English UD treebanks.

The differences: runs of one punctuation mark are one word; an affix that is no word of its own keeps its hyphen
("non-state", "co-operation"), after the tokenization rules of the English Web Treebank (LDC2012T13); telephone numbers
stay whole; a few abbreviations keep their full stop.
"""

import re
from collections.abc import Sequence

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

AFFIXES = (
    "e", "co", "non", "pre", "post", "ex", "anti", "multi", "re", "semi", "sub", "mid", "inter", "intra", "counter",
    "pro", "quasi", "pseudo", "ultra", "mini", "micro", "macro", "mega", "neo", "pan", "un", "bi", "tri", "de", "vice",
    "cross", "over", "under", "super", "hyper", "trans", "extra", "uni", "para", "meta",
)  # fmt: skip
ABBREVIATIONS = (
    "etc.", "Ft.", "Lt.", "Sgt.", "Col.", "Capt.", "Cpl.", "Maj.", "Cmdr.", "Brig.", "Supt.", "Mon.", "Tue.", "Tues.",
    "Wed.", "Thu.", "Thur.", "Thurs.", "Fri.", "Sat.", "Sept.",
)  # fmt: skip
RUNS = r"[!?]{2,} [=]{2,} [_]{2,} [*]{2,} [<]{2,} [>]{2,} [#]{2,} [~]{2,}".split()
TELEPHONE = re.compile(r"(?:\+?\d{1,3}[-.])?(?:\d{3}[-.])?\d{3}[-.]\d{4}")
SPLIT_ELSEWHERE = ("and/or",)
"""Words that spaCy's exceptions hold together and the treebanks do not."""


def configure(nlp: Language) -> None:
    """Set the tokenizer of a blank English pipeline.

    Args:
        nlp: an English pipeline with spaCy's own tokenizer.
    """
    tokenizer, defaults = nlp.tokenizer, nlp.Defaults
    assert isinstance(tokenizer, Tokenizer)
    tokenizer.prefix_search = compile_prefix_regex([*RUNS, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*RUNS, *(defaults.suffixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex(_infixes(defaults.infixes or ())).finditer
    tokenizer.token_match = TELEPHONE.fullmatch
    tokenizer.rules = {k: v for k, v in tokenizer.rules.items() if k not in SPLIT_ELSEWHERE}
    for word in ABBREVIATIONS:
        tokenizer.add_special_case(word, [{"ORTH": word}])


def _infixes(patterns: Sequence[str | re.Pattern[str]]) -> list[str | re.Pattern[str]]:
    """spaCy's patterns; the one for a hyphen between letters spares the hyphen after an affix."""
    kept = [p for p in patterns if f"(?:{HYPHENS})" not in str(p)]
    if len(kept) == len(patterns):
        raise ValueError("spaCy's hyphen rule was not found; its tokenizer has changed")
    spared = "".join(f"(?<!\\b{affix})(?<!\\b{affix.title()})" for affix in AFFIXES)
    return [*kept, rf"(?<=[{ALPHA}]){spared}(?:{HYPHENS})(?=[{ALPHA}])"]
