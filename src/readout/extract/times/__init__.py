"""Times: every temporal expression of a text, with its TIMEX3 value and the interval it stands for.

Text is cut into tokens with word classes (`lexer`, `lexicon.toml`), rules over the classes find expressions
(`grammar`, `grammar.toml`), guards refuse what only looks like a time (`guard`), and each expression is read against
publication, tense and what was spoken of before (`context`, `dates`, `relative`, `named`, `durations`, `anchoring`).
"""

from readout.extract.times.component import Times, make_times
from readout.extract.times.finder import find
from readout.schema import Time

__all__ = ["Times", "make_times", "times"]


def times(text: str, published: str | None = None) -> list[Time]:
    """The temporal expressions of a text, by the text alone.

    Args:
        text: English prose.
        published: when it was published, ISO 8601: date, date-time, month ("2015-11") or year; None if not known,
            then nothing relative is resolved.

    Returns:
        Times in text order: span in code points, kind, TIMEX3 value (ISO-TimeML, ISO 24617-1), first and last day or
        moment where known, and how exact that is.

    Raises:
        OptionError: `published` is no ISO date.
    """
    return find(text, published)
