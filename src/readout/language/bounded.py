"""spaCy's tokenizer with its cost bounded."""

import re
from itertools import pairwise
from typing import Any

from spacy.tokens import Doc

LONGEST_RUN = 500
"""Characters without white space that are tokenized as one; the longest real addresses are about as long."""
PIECE = 100

_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


class BoundedTokenizer:
    """Cuts overlong runs of characters before spaCy's tokenizer sees them.

    spaCy takes one prefix or suffix at a time off a run and searches the whole rest again, so that a run of n
    quotation marks costs n² steps: minutes for what a hostile text holds in one line.

    Args:
        tokenizer: the pipeline's own; everything else asked of this object is asked of it.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Tokenize.

        Args:
            text: any text; `doc.text` is the same.

        Returns:
            The tokens.
        """
        cuts = [cut for run in _LONG_RUN.finditer(text) for cut in range(run.start() + PIECE, run.end(), PIECE)]
        if not cuts:
            doc: Doc = self._tokenizer(text)
            return doc
        pieces = [self._tokenizer(text[a:b]) for a, b in pairwise([0, *cuts, len(text)])]
        tokens = [token for piece in pieces for token in piece]
        return Doc(self._tokenizer.vocab, [t.text for t in tokens], [bool(t.whitespace_) for t in tokens])

    def __getattr__(self, name: str) -> Any:
        if name == "_tokenizer":
            raise AttributeError(name)
        return getattr(self._tokenizer, name)
