"""Single parts of a readout as plain functions, for text that comes without a pipeline."""

from readout.schema import Time


def times(text: str, published: str | None = None) -> list[Time]:
    """The temporal expressions of an English text, by its words alone (no model is loaded).

    Args:
        text: English prose.
        published: when it was published, ISO 8601: date, date-time, month ("2015-11") or year; None where it is not
            known, then nothing relative is resolved.

    Returns:
        Times in text order: span in code points, kind and value after TIMEX3 (ISO 24617-1), modifier, first and last
        day or moment where known, and how exact that is.

    Raises:
        OptionError: `published` is no ISO date.
    """
    from readout.extract.times import times as found

    return found(text, published)
