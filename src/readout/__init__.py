"""Readout reads the news and keeps the record, every line pinned to the words it came from.

    import readout

    report = readout.read("report.md", published="2024-03-14")
    for event in report.events:
        print(event.start, event.type, event.status, report.article.text[slice(*event.trigger)])

Importing this package is cheap: the language pipeline is loaded when something is first read.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from readout.errors import ContentError, OptionError, PipelineError, ReadoutError, SourceError
    from readout.language import load
    from readout.plain import places, times
    from readout.reading import Failure, read, read_many, read_text
    from readout.record import Record
    from readout.schema import Article, Readout

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ContentError",
    "Failure",
    "OptionError",
    "PipelineError",
    "Readout",
    "ReadoutError",
    "Record",
    "SourceError",
    "__version__",
    "load",
    "places",
    "read",
    "read_many",
    "read_text",
    "times",
]

_HOMES = {
    "readout.errors": ("ContentError", "OptionError", "PipelineError", "ReadoutError", "SourceError"),
    "readout.language": ("load",),
    "readout.plain": ("places", "times"),
    "readout.reading": ("Failure", "read", "read_many", "read_text"),
    "readout.record": ("Record",),
    "readout.schema": ("Article", "Readout"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
