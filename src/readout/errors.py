"""Every failure a caller can meet, in one screen.

    ReadoutError
    ├── SourceError      the input could not be opened or fetched, or is refused (private address, robots, size)
    ├── ContentError     it was opened, and holds no news text (empty, binary, broken encoding, list page, error page)
    ├── OptionError      what the caller asked for makes no sense (a date that is none, an unknown format)
    └── PipelineError    the language pipeline lacks what is needed (no parser, a damaged model file)

Each message is one line that names the input and says what to do.
"""


class ReadoutError(Exception):
    """Base of all errors that Readout raises on purpose."""


class SourceError(ReadoutError):
    """The input could not be opened or fetched, or is refused."""


class ContentError(ReadoutError):
    """The input was opened, and holds no news text."""


class OptionError(ReadoutError):
    """An option or argument has a value that cannot be used."""


class PipelineError(ReadoutError):
    """The language pipeline lacks a part that reading needs."""
